"""The thesis tables: each counts what consent covers, and leads back to the segments it counts.

The tables are handed what consent covers and look at nothing else. Counts are of codings, of the sources they stand in,
and of the informants they quote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from workbench.coding.overview import co_occurrences
from workbench.coding.records import Coding, Statement, list_codes, list_codings, list_statements
from workbench.errors import NotFound
from workbench.framework import Framework
from workbench.journal import records as journal
from workbench.journal.records import Outline
from workbench.locale import N_, _, format_date, ngettext, sort_key
from workbench.material import records as material
from workbench.reflection import STANDING_LABELS
from workbench.reflection import records as reflection
from workbench.review import OUTCOME_LABELS, STANCES, Looked, Round, reading_of, rounds_together
from workbench.store.records import Connection
from workbench.tables import participation
from workbench.tables.agreement import agreement_table
from workbench.tables.pathways import pathways_table
from workbench.tables.records import Coverage, count_by
from workbench.tables.table import Table

__all__ = ["Context", "build", "names"]

KIND_LABELS = {
    "interview": N_("Interview"),
    "focus_group": N_("Focus group"),
    "observation": N_("Observation"),
    "co_research": N_("Co-research"),
    "meeting": N_("Meeting"),
    "document": N_("Document"),
}
TOGETHER = {
    "co-researchers": participation.co_researchers,
    "participation": participation.participation,
    "co-research-changes": participation.changes,
    "user-asks-user": participation.user_asks_user,
}
SECONDARY = frozenset({"document"})
Counts = tuple[int, int, int]


@dataclass(frozen=True)
class Context:
    """What a table is made from."""

    connection: Connection
    framework: Framework
    coverage: Coverage

    def statements(self) -> list[tuple[Statement, Counts]]:
        """Return the statements that may be shown, in the order of their cells, with their counts.

        One whose every coding waits for consent is left out; one without any coding is the researcher's own, and shown.
        """
        counts = count_by(self.connection, self.coverage, "statement")
        determinants = [determinant.id for determinant in self.framework.determinants]
        effects = [effect.id for effect in self.framework.effects]
        all_of_them = sorted(
            list_statements(self.connection),
            key=lambda s: (determinants.index(s.determinant), effects.index(s.effect), s.position),
        )
        return [
            (s, counts.get((s.id,), (0, 0, 0))) for s in all_of_them if (s.id,) in counts or not s.codings
        ]  # fmt: skip

    @property
    def note(self) -> str:
        """What the tables leave out, in words."""
        waiting = self.coverage.waiting_sources
        if not waiting:
            return ""
        return ngettext(
            "{n} source waits for consent and is left out, in whole or in part.",
            "{n} sources wait for consent and are left out, in whole or in part.",
            waiting,
        ).format(n=waiting)


COUNT_COLUMNS = {"codings": N_("Codings"), "sources": N_("Sources"), "informants": N_("Informants")}


def _columns(**named: str) -> dict[str, str]:
    return {key: _(label) for key, label in named.items()}


def _counts(counts: Counts) -> dict[str, int]:
    return dict(zip(COUNT_COLUMNS, counts, strict=True))


def matrix(context: Context) -> Table:
    """Determinant × effect: the statements of each cell in their order, with counts for the cell and for each."""
    framework = context.framework
    cells = count_by(context.connection, context.coverage, "determinant", "effect")
    statements = context.statements()
    data: list[dict[str, Any]] = []
    for determinant in framework.determinants:
        for effect in framework.effects:
            here = [
                {"id": s.id, "text": s.text, "theme": s.theme, **_counts(n)}
                for s, n in statements
                if (s.determinant, s.effect) == (determinant.id, effect.id)
            ]
            counts = _counts(cells.get((determinant.id, effect.id), (0, 0, 0)))
            data.append({"determinant": determinant.id, "effect": effect.id, **counts, "statements": here})
    rows = [
        {
            "determinant": str(framework.determinant(cell["determinant"]).label),
            "effect": str(framework.effect(cell["effect"]).label),
            "statement": line["text"],
            **{key: line[key] for key in COUNT_COLUMNS},
        }
        for cell in data
        for line in [*cell["statements"], *([{**cell, "text": _("The whole cell")}] if cell["codings"] else [])]
    ]
    columns = _columns(determinant=N_("Determinant"), effect=N_("Effect"), statement=N_("Statement"), **COUNT_COLUMNS)
    dimensions = {
        "determinants": {d.id: str(d.label) for d in framework.determinants},
        "effects": {e.id: str(e.label) for e in framework.effects},
    }
    title = _("What promotes and what inhibits")
    return Table("matrix", title, columns, rows, context.note, {"cells": data, **dimensions})


def themes(context: Context) -> Table:
    """The themes with their definitions and counts."""
    counts = count_by(context.connection, context.coverage, "theme")
    written = Counter(s.theme for s, _n in context.statements())
    rows = [
        {
            "number": theme.number,
            "theme": str(theme.label),
            "definition": str(theme.definition or ""),
            "statements": written[theme.id],
            **_counts(counts.get((theme.id,), (0, 0, 0))),
        }
        for theme in context.framework.themes
    ]
    columns = _columns(
        number=N_("No."), theme=N_("Theme"), definition=N_("Definition"), statements=N_("Statements"), **COUNT_COLUMNS
    )
    return Table("themes", _("The themes"), columns, rows, context.note)


def theme(context: Context, number: str) -> Table:
    """One theme's statements by cell, with counts."""
    framework = context.framework
    chosen = framework.theme(number)
    rows: list[dict[str, Any]] = [
        {
            "determinant": str(framework.determinant(s.determinant).label),
            "effect": str(framework.effect(s.effect).label),
            "statement": s.text,
            "id": s.id,
            **_counts(n),
        }
        for s, n in context.statements()
        if s.theme == chosen.id
    ]
    columns = _columns(determinant=N_("Determinant"), effect=N_("Effect"), statement=N_("Statement"), **COUNT_COLUMNS)
    title, data = f"{chosen.number}. {chosen.label}", {"theme": chosen.id}
    return Table(f"theme-{chosen.number}", title, columns, rows, context.note, data)


def informants(context: Context) -> Table:
    """Informants by group and recruitment: how many were asked, declined, withdrew, have yet to consent, took part."""
    groups: dict[tuple[str, str], Counter[str]] = {}
    for person in material.list_informants(context.connection):
        counter = groups.setdefault((person.group, person.recruitment or ""), Counter())
        counter["asked"] += 1
        counter[_participation(person)] += 1
    keys = ("asked", "declined", "withdrawn", "waiting", "took_part")
    rows = [
        {"group": group, "recruitment": recruitment, **{key: counter[key] for key in keys}}
        for (group, recruitment), counter in sorted(groups.items())
    ]
    columns = _columns(
        group=N_("Group"), recruitment=N_("Recruited"), asked=N_("Asked"), declined=N_("Declined"),
        withdrawn=N_("Withdrawn"), waiting=N_("Waiting"), took_part=N_("Took part"),
    )  # fmt: skip
    return Table("informants", _("Informants by group and recruitment"), columns, rows)


def _participation(person: material.Informant) -> str:
    if person.declined:
        return "declined"
    if person.consent is None:
        return "waiting"
    return "withdrawn" if person.consent == "withdrawn" else "took_part"


def sources(context: Context) -> Table:
    """The covered sources: kind, words, turns, codings, and the reference of a secondary one."""
    counts = count_by(context.connection, context.coverage, "source_id")
    turns = material.count_turns(context.connection)
    cited = {reference.id: reference for reference in material.list_references(context.connection)}
    rows = []
    for source in material.list_sources(context.connection):
        if source.id not in context.coverage.sources:
            continue
        reference = cited.get(source.reference_id or "")
        rows.append(
            {
                "source": source.name,
                "kind": _(KIND_LABELS[source.kind]),
                "words": source.words,
                "turns": turns.get(source.text_id, 0),
                "codings": counts.get((source.id,), (0, 0, 0))[0],
                "reference": f"{reference.author} ({reference.year})" if reference else "",
            }
        )
    columns = _columns(
        source=N_("Source"), kind=N_("Kind"), words=N_("Words"), turns=N_("Turns"), codings=N_("Codings"),
        reference=N_("Reference"),
    )  # fmt: skip
    return Table("sources", _("Sources"), columns, rows, context.note)


def methods(context: Context) -> Table:
    """The kinds of material: how many sources, words, codings and informants each gave."""
    counts = count_by(context.connection, context.coverage, "kind")
    here = [s for s in material.list_sources(context.connection) if s.id in context.coverage.sources]
    rows = [
        {
            "kind": _(KIND_LABELS[kind]),
            "material": _("secondary") if kind in SECONDARY else _("primary"),
            "sources": sum(1 for s in here if s.kind == kind),
            "words": sum(s.words for s in here if s.kind == kind),
            "codings": counts.get((kind,), (0, 0, 0))[0],
            "informants": counts.get((kind,), (0, 0, 0))[2],
        }
        for kind in KIND_LABELS
        if any(s.kind == kind for s in here)
    ]
    columns = _columns(
        kind=N_("Method"), material=N_("Material"), sources=N_("Sources"), words=N_("Words"), codings=N_("Codings"),
        informants=N_("Informants"),
    )  # fmt: skip
    return Table("methods", _("Sources and methods"), columns, rows, context.note)


def primary_secondary(context: Context) -> Table:
    """Each statement's support from primary and from secondary sources."""
    framework = context.framework
    counts = count_by(context.connection, context.coverage, "statement", "kind")
    rows = []
    for statement, _n in context.statements():
        by_kind = {kind: n for (identity, kind), n in counts.items() if identity == statement.id}
        rows.append(
            {
                "determinant": str(framework.determinant(statement.determinant).label),
                "effect": str(framework.effect(statement.effect).label),
                "statement": statement.text,
                "primary": sum(n[0] for kind, n in by_kind.items() if kind not in SECONDARY),
                "secondary": sum(n[0] for kind, n in by_kind.items() if kind in SECONDARY),
                "methods": len(by_kind),
            }
        )
    columns = _columns(
        determinant=N_("Determinant"), effect=N_("Effect"), statement=N_("Statement"), primary=N_("Primary codings"),
        secondary=N_("Secondary codings"), methods=N_("Methods"),
    )  # fmt: skip
    return Table("primary-secondary", _("Support from primary and secondary sources"), columns, rows, context.note)


def codebook(context: Context) -> Table:
    """The codes under their themes, with what they mean and how much they bear; retired ones too, if they bear any."""
    framework = context.framework
    counts = count_by(context.connection, context.coverage, "code_id")
    numbers = {theme.id: theme for theme in framework.themes}
    rows: list[dict[str, Any]] = [
        {
            "theme": f"{numbers[code.theme].number}. {numbers[code.theme].label}"
            if code.theme in numbers
            else code.theme,
            "code": code.name,
            "definition": code.definition or "",
            "use_when": code.use_when or "",
            "not_when": code.not_when or "",
            **_counts(counts.get((code.id,), (0, 0, 0))),
        }
        for code in list_codes(context.connection)
        if not code.retired or (code.id,) in counts
    ]
    rows.sort(key=lambda row: (str(row["theme"]), sort_key(str(row["code"]))))
    columns = _columns(
        theme=N_("Theme"), code=N_("Code"), definition=N_("Definition"), use_when=N_("Use when"),
        not_when=N_("Do not use when"), **COUNT_COLUMNS,
    )  # fmt: skip
    return Table("codebook", _("Codebook"), columns, rows, context.note)


def reviews(context: Context) -> Table:
    """What co-researchers said, round by round: how many read something so, and otherwise; what was settled."""
    framework, covered = context.framework, context.coverage
    subjects: dict[str, Coding | Statement] = {
        one.id: one for one in list_codings(context.connection)
        if one.source_id in covered.sources and covered.speakers.issuperset(one.speakers)
    }  # fmt: skip
    subjects.update({statement.id: statement for statement, _counts in context.statements()})
    names = {source.id: source.name for source in material.list_sources(context.connection)}
    rounds = rounds_together(context.connection)
    rows = [
        {
            "round": made.title,
            "source": names[subject.source_id] if isinstance(subject, Coding) else _("Statement"),
            "theme": str(framework.theme(subject.theme).label),
            "effect": str(framework.effect(subject.effect).label),
            "determinant": str(framework.determinant(subject.determinant).label),
            "read": _read_so(one, subject),
            "wonder": one.count("wonder"),
            "settled": _(OUTCOME_LABELS[one.decision.outcome]) if one.decision else "",
        }
        for made, looked in rounds
        for one in looked
        if (subject := subjects.get(one.item.subject)) is not None and one.standing
    ]
    columns = _columns(
        round=N_("Round"), source=N_("Source"), theme=N_("Theme"), effect=N_("Effect"), determinant=N_("Determinant"),
        read=N_("Read so by"), wonder=N_("Wonder"), settled=N_("Settled together"),
    )  # fmt: skip
    data = {"themes": _stances_by_theme(context, rounds, subjects)}
    return Table("reviews", _("What co-researchers said"), columns, rows, context.note, data)


def _stances_by_theme(
    context: Context, rounds: Iterable[tuple[Round, list[Looked]]], subjects: Mapping[str, Coding | Statement]
) -> dict[str, dict[str, int]]:  # fmt: skip
    """How many agree, see it differently and wonder, by the label of the theme, in the themes' order."""
    counts: Counter[tuple[str, str]] = Counter()
    for _made, looked in rounds:
        for one in looked:
            if subject := subjects.get(one.item.subject):
                counts.update((subject.theme, answer.stance) for answer in one.standing)
    themes = [theme for theme in context.framework.themes if any(counts[theme.id, stance] for stance in STANCES)]
    return {str(theme.label): {stance: counts[theme.id, stance] for stance in STANCES} for theme in themes}


def _read_so(one: Looked, subject: Coding | Statement) -> str:
    """How many of those who took a stance read something as it stands now: “2 of 3”."""
    now = reading_of(subject)
    read = [answer.seen if answer.stance == "agree" else answer.reading for answer in one.standing]
    return _("{n} of {all}").format(n=read.count(now), all=one.count("agree") + one.count("differ"))


def together(context: Context, name: str) -> Table:
    """One of the tables of research done together."""
    return TOGETHER[name](context.connection, context.framework, context.coverage, context.note)


def agreement(context: Context) -> Table:
    """How far coders agree, theme by theme."""
    return agreement_table(context.connection, context.framework, context.coverage.sources, context.note)


def co_occurrence(context: Context) -> Table:
    """Codes that stand together: pairs whose codings share words, the commonest first."""
    covered = context.coverage
    codings = [
        one
        for one in list_codings(context.connection)
        if one.source_id in covered.sources and set(one.speakers) <= covered.speakers
    ]
    names = {code.id: code.name for code in list_codes(context.connection)}
    rows = [
        {"code": min(pair, key=sort_key), "other": max(pair, key=sort_key), "passages": times}
        for ids, times in co_occurrences(codings).items()
        for pair in [[names[ids[0]], names[ids[1]]]]
    ]
    rows.sort(key=lambda row: (-int(str(row["passages"])), sort_key(str(row["code"])), sort_key(str(row["other"]))))
    columns = _columns(code=N_("Code"), other=N_("Other code"), passages=N_("Passages"))
    return Table("co-occurrence", _("Codes that stand together"), columns, rows, context.note)


def pathways(context: Context) -> Table:
    """Network maps and courses of those who let them be shared, with their measures."""
    return pathways_table(context.connection, context.coverage)


def preunderstanding(context: Context) -> Table:
    """What was held before the study beside what is held now, by effect and determinant, with grounds and standing."""
    framework = context.framework
    effects = [effect.id for effect in framework.effects]
    determinants = [determinant.id for determinant in framework.determinants]
    held = sorted(
        reflection.list_hypotheses(context.connection),
        key=lambda one: (effects.index(one.effect), determinants.index(one.determinant)),
    )
    rows = [
        {
            "effect": str(framework.effect(one.effect).label),
            "determinant": str(framework.determinant(one.determinant).label),
            "before": one.before,
            "grounds": one.story[0].grounds,
            "now": one.now,
            "standing": _(STANDING_LABELS[one.standing]),
            "since": format_date(date.fromisoformat(one.story[-1].day)),
            "because": one.story[-1].grounds if len(one.story) > 1 else "",
        }
        for one in held
    ]
    columns = _columns(
        effect=N_("Effect"), determinant=N_("Determinant"), before=N_("Before the study"), grounds=N_("Grounds"),
        now=N_("Now"), standing=N_("Standing"), since=N_("Since"), because=N_("Why"),
    )  # fmt: skip
    stories = [
        {
            "effect": str(framework.effect(one.effect).label),
            "words": one.words,
            "turns": [{"standing": turn.standing, "day": turn.day} for turn in one.story],
        }
        for one in held
    ]
    return Table("preunderstanding", _("Preunderstanding, before and now"), columns, rows, "", {"stories": stories})


def log(context: Context) -> Table:
    """The log by kind of situation: how many entries, how soon they were written, how many were reflected on."""
    by_setting: dict[str, list[Outline]] = {}
    for one in journal.outline(context.connection):
        by_setting.setdefault(one.setting, []).append(one)
    rows = [
        {
            "setting": setting or _("not said"),
            "entries": len(here),
            "same_day": sum(not one.origin and one.delay < timedelta(days=1) for one in here),
            "reflected": sum(one.reflected for one in here),
            "afterthoughts": sum(one.parts.count("afterthought") for one in here),
            "first": format_date(here[0].local),
            "last": format_date(here[-1].local),
        }
        for setting, here in sorted(by_setting.items(), key=lambda pair: sort_key(pair[0]))
    ]
    columns = _columns(
        setting=N_("Kind of situation"), entries=N_("Entries"), same_day=N_("Written within a day"),
        reflected=N_("Reflected on"), afterthoughts=N_("Afterthoughts"), first=N_("First"), last=N_("Last"),
    )  # fmt: skip
    return Table("log", _("The log by kind of situation"), columns, rows)


def log_texts(context: Context) -> Table:
    """The log with its words, the oldest first: only where every informant who was there has consented."""
    people = {person.code: person for person in material.list_informants(context.connection)}
    refused = {code for code, person in people.items() if person.consent in {None, "withdrawn"} or person.declined}
    rows = [
        {
            "when": format_date(one.local),
            "setting": one.setting,
            "observation": one.part("observation"),
            "reflection": "\n\n".join(filter(None, (one.part("reflection"), one.part("afterthought")))),
        }
        for one in reversed(journal.list_entries(context.connection))
        if refused.isdisjoint(one.present)
    ]
    columns = _columns(
        when=N_("When"), setting=N_("Kind of situation"), observation=N_("Observation"), reflection=N_("Reflection")
    )
    note = _("Entries where somebody was present who has not consented are left out.")
    return Table("log-texts", _("The log"), columns, rows, note)


# Made only where somebody asks for them by name: they hold the researcher's own words.
ON_REQUEST: dict[str, Callable[[Context], Table]] = {"log-texts": log_texts}

TABLES: dict[str, Callable[[Context], Table]] = {
    "matrix": matrix,
    "themes": themes,
    "primary-secondary": primary_secondary,
    "informants": informants,
    "sources": sources,
    "methods": methods,
    "codebook": codebook,
    "co-occurrence": co_occurrence,
    "preunderstanding": preunderstanding,
    "reviews": reviews,
    "agreement": agreement,
    **{name: partial(together, name=name) for name in TOGETHER},
    "log": log,
    "pathways": pathways,
}


def names(framework: Framework) -> Sequence[str]:
    """Return the names of all tables: `matrix`, `themes`, `theme-1` …"""
    return (*TABLES, *(f"theme-{theme.number}" for theme in framework.themes))


def build(name: str, context: Context) -> Table:
    """Return a table by its name; raises NotFound with those there are."""
    if made := TABLES.get(name) or ON_REQUEST.get(name):
        return made(context)
    if name in names(context.framework):
        return theme(context, name.removeprefix("theme-"))
    raise NotFound(
        _("There is no table called {name}. There are: {known}.").format(
            name=name, known=", ".join(names(context.framework))
        )
    )
