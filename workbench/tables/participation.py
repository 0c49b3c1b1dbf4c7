"""Research done together, as tables: who took part in what, what was told of it, and what it changed."""

from __future__ import annotations

from collections import Counter
from datetime import date

from workbench.coding.records import Coding, list_codings
from workbench.framework import Framework
from workbench.locale import _, format_date, ngettext
from workbench.material import records as material
from workbench.review import (
    KIND_LABELS,
    OUTCOME_LABELS,
    PART_LABELS,
    SECTION_LABELS,
    STANCES,
    in_words,
    reading_of,
    rounds_together,
)
from workbench.review import records as review
from workbench.review.independent import own_codings
from workbench.store.records import Connection
from workbench.tables.records import Coverage
from workbench.tables.table import Table

__all__ = ["changes", "co_researchers", "participation", "user_asks_user"]


def co_researchers(connection: Connection, framework: Framework, coverage: Coverage, note: str) -> Table:
    """Everybody who took part, by code: their pledge, where they were, what they said, and decisions they were at.

    Informants who checked their own quotes are no co-researchers by that.
    """
    pledges, rounds = review.list_pledges(connection), rounds_together(connection)
    names = {source.id: source.name for source in material.list_sources(connection) if source.id in coverage.sources}
    parts: dict[str, list[str]] = {}
    for there in review.list_presences(connection):
        if there.source_id in names:
            parts.setdefault(there.code, []).append(f"{names[there.source_id]} ({_(PART_LABELS[there.part])})")
    coded = Counter(one.coder for one in own_codings(connection) if one.source_id in names)
    said: Counter[tuple[str, str]] = Counter()
    settled: Counter[str] = Counter()
    for _made, looked in rounds:
        for one in looked:
            said.update((answer.reviewer, answer.stance) for answer in one.standing)
            settled.update(one.decision.present if one.decision else ())
    people = sorted({*pledges, *parts, *coded, *(who for who, _stance in said), *settled})
    rows = [
        {
            "code": who, "pledged": format_date(date.fromisoformat(pledges[who])) if who in pledges else _("missing"),
            "parts": ", ".join(parts.get(who, ())), **{stance: said[who, stance] for stance in STANCES},
            "coded": coded[who], "settled": settled[who],
        }
        for who in people
    ]  # fmt: skip
    columns = {
        "code": _("Co-researcher"), "pledged": _("Confidentiality pledged"), "parts": _("Conversations"),
        "agree": _("Agreed"), "differ": _("Saw it differently"), "wonder": _("Wondered"),
        "coded": _("Passages coded independently"), "settled": _("Decisions"),
    }  # fmt: skip
    return Table("co-researchers", _("Who took part in the research"), columns, rows, note)


def participation(connection: Connection, framework: Framework, coverage: Coverage, note: str) -> Table:
    """What a report on participation tells, after GRIPP2's short form: what the store knows, and what was written.

    Nothing is invented: what nobody has written is marked missing.
    """
    rows = []
    for section, label in SECTION_LABELS.items():
        written = review.texts_about(connection, section)
        told = [_how(connection, framework, coverage)] if section == "methods" else []
        told += [_what_came(connection)] if section == "results" else []
        told += [written[-1][1]] if written else []
        whole = " ".join(filter(None, told)) or _("Missing: nobody has written it yet.")
        rows.append({"section": _(label), "told": whole})
    columns = {"section": _("Section"), "told": _("What is told")}
    return Table("participation", _("Participation in the research (GRIPP2, short form)"), columns, rows, note)


def _how(connection: Connection, framework: Framework, coverage: Coverage) -> str:
    people = co_researchers(connection, framework, coverage, "").rows
    rounds = [made for made, _looked in rounds_together(connection)]
    at = Counter(one.part for one in review.list_presences(connection) if one.source_id in coverage.sources)
    told = [
        ngettext("{n} person took part.", "{n} people took part.", len(people)).format(n=len(people)) if people else "",
        _("Confidentiality was pledged by {n}.").format(n=len(review.list_pledges(connection))) if people else "",
        *(
            ngettext("{what}: {n} time.", "{what}: {n} times.", at[part]).format(what=_(label).capitalize(), n=at[part])
            for part, label in PART_LABELS.items() if at[part]
        ),
        *(
            ngettext("{what}: {n} round.", "{what}: {n} rounds.", n).format(what=_(KIND_LABELS[kind]), n=n)
            for kind, n in Counter(made.kind for made in rounds).items()
        ),
    ]  # fmt: skip
    return " ".join(filter(None, told))


def _what_came(connection: Connection) -> str:
    looked = [one for _made, all_of_it in rounds_together(connection) for one in all_of_it]
    if not any(one.said for one in looked):
        return ""
    total = {stance: sum(one.count(stance) for one in looked) for stance in STANCES}
    settled = sum(one.decision is not None for one in looked)
    changed = sum(one.decision is not None and one.decision.after is not None for one in looked)
    return _(
        "Agreed: {agree}. Saw it differently: {differ}. Wondered: {wonder}. Settled together: {settled}. "
        "Readings changed by it: {changed}."
    ).format(**total, settled=settled, changed=changed)


def changes(connection: Connection, framework: Framework, coverage: Coverage, note: str) -> Table:
    """What was settled together about codings, theme by theme: what they were read as before and after, and why."""
    codings = {
        one.id: one for one in list_codings(connection)
        if one.source_id in coverage.sources and coverage.speakers.issuperset(one.speakers)
    }  # fmt: skip
    rows = []
    for made, looked in rounds_together(connection):
        for one in looked:
            coding = codings.get(one.item.subject)
            if one.decision is None or coding is None:
                continue
            now = {**reading_of(coding), "code": coding.code or ""}
            before, after = one.decision.before or now, one.decision.after or now
            rows.append({
                "round": made.title, "before": in_words(framework, before), "after": in_words(framework, after),
                "changed": _("yes") if before != after else _("no"), "settled": _(OUTCOME_LABELS[one.decision.outcome]),
                "reason": one.decision.reason, "present": ", ".join(one.decision.present),
                "dissent": one.count("differ"), "themes": sorted({before["theme"], after["theme"]}),
            })  # fmt: skip
    columns = {
        "round": _("Round"), "before": _("Read before as"), "after": _("Read now as"), "changed": _("Changed"),
        "settled": _("Settled together"), "reason": _("Why"), "present": _("Who was there"),
        "dissent": _("See it differently still"),
    }  # fmt: skip
    data = {"themes": [row.pop("themes") for row in rows]}
    return Table("co-research-changes", _("What co-research changed"), columns, rows, note, data)


def user_asks_user(connection: Connection, framework: Framework, coverage: Coverage, note: str) -> Table:
    """Conversations that users led: who led and analysed them, how they were coded, and the rounds that belong to them.

    A dialogue seminar with services and users is one of those rounds.
    """
    presences, rounds, codings = (
        review.list_presences(connection),
        rounds_together(connection),
        list_codings(connection),
    )
    rows = []
    for source in material.list_sources(connection):
        here = [one for one in presences if one.source_id == source.id]
        if source.id not in coverage.sources or not any(one.part == "led" for one in here):
            continue
        mine = [(made, looked) for made, looked in rounds if made.source_id == source.id]
        rows.append({
            "source": source.name, "led": _codes(here, "led"), "analysed": _codes(here, "analysed"),
            "codings": _count(codings, source.id),
            "rounds": ", ".join(f"{made.title} ({_(KIND_LABELS[made.kind])})" for made, _looked in mine),
            "answers": sum(len(one.standing) for _made, looked in mine for one in looked),
            "settled": sum(one.decision is not None for _made, looked in mine for one in looked),
            "seminar": _("yes") if any(made.kind == "dialogue" for made, _looked in mine) else _("missing"),
        })  # fmt: skip
    columns = {
        "source": _("Conversation"), "led": _("Led by"), "analysed": _("Analysed by"), "codings": _("Codings"),
        "rounds": _("Rounds"), "answers": _("Answers"), "settled": _("Settled together"),
        "seminar": _("Dialogue seminar"),
    }  # fmt: skip
    return Table("user-asks-user", _("User asks user"), columns, rows, note)


def _codes(here: list[review.Presence], part: str) -> str:
    return ", ".join(one.code for one in here if one.part == part)


def _count(codings: list[Coding], source_id: str) -> int:
    return sum(one.source_id == source_id for one in codings)
