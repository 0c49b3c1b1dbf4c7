"""What the researcher's page of co-research is shown, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from workbench.coding import Coding, Statement
from workbench.locale import _, format_date, language
from workbench.review import (
    INDEPENDENT,
    KIND_LABELS,
    OUTCOME_LABELS,
    PART_LABELS,
    SECTION_LABELS,
    STANCE_LABELS,
    TAKING_AWAY,
    TOLD_ALONE,
    Answer,
    Decision,
    Looked,
    in_words,
    reading_of,
)
from workbench.review.agreed import Agreement
from workbench.review.independent import OwnCoding
from workbench.study import Imported, Study
from workbench.tables.agreement import interval, number

__all__ = ["choices", "compared", "dialogue", "people", "rounds", "statements_in", "told_of"]


def choices(study: Study) -> dict[str, Any]:
    """Return what a round can be opened over, and how something can be settled."""
    return {
        "themes": [[one.id, f"{one.number} {one.label}"] for one in study.framework.themes],
        "sources": [[one.id, one.name] for one in study.sources()],
        "kinds": [[key, _(label)] for key, label in KIND_LABELS.items()],
        "informants": [[one.code, one.code] for one in study.informants() if one.consent != "withdrawn"],
        "hypotheses": [[one.id, one.words] for one in study.hypotheses()],
        "outcomes": [[key, _(label)] for key, label in OUTCOME_LABELS.items()],
    }


def statements_in(study: Study, themes: Sequence[str]) -> list[str]:
    """Return the ids of the statements of these themes; none named means all."""
    return [one.id for one in study.statements() if not themes or one.theme in themes]


def rounds(study: Study) -> list[dict[str, Any]]:
    """Return all rounds, the newest first, each with how much was looked at, answered and settled."""
    found, people = [], {person.id: person.code for person in study.informants()}
    coded = study.count_independent()
    for one in reversed(study.rounds()):
        looked = study.looked_at(one.id)
        found.append({
            "id": one.id, "title": one.title, "blind": one.blind, "closed": bool(one.closed),
            "kind": _(KIND_LABELS[one.kind]), "independent": one.kind == INDEPENDENT,
            "informant": people.get(one.informant or "", ""),
            "deadline": format_date(date.fromisoformat(one.deadline)) if one.deadline else "",
            "items": len(looked), "answers": sum(len(each.said) for each in looked), "coded": coded[one.id],
            "alone": sum(answer.stance in TOLD_ALONE for each in looked for answer in each.said),
            "settled": sum(each.decision is not None for each in looked),
        })  # fmt: skip
    return found


def compared(study: Study, round_id: str) -> dict[str, Any]:
    """Return what was coded independently beside the study's codings, how far coders agree, and who is done with what.

    Each passage with its words, and each reading of it with who reads so.
    """
    names = {source.id: source.name for source in study.sources()}
    codes = {one.id: one.name for one in study.codebook()}
    themes = {one.id: f"{one.number} {one.label}" for one in study.framework.themes}
    return {
        "passages": [
            {
                "source": names[one.source_id], "quote": study.passage_words(one.text_id, one.start, one.end),
                "codings": [_claimed(study, coding, codes) for coding in _once(one.codings)],
            }
            for one in study.side_by_side(round_id)
        ],
        "agreement": [
            {"theme": themes[theme], "told": made.reason or _figures(made)}
            for theme, made in study.agreement("theme", round_id)
        ],
        "said": [
            {"who": answer.reviewer, "source": names[one.item.subject], "what": _(STANCE_LABELS[answer.stance]),
             "words": answer.words}
            for one in study.looked_at(round_id) for answer in one.said
            if one.item.subject in names and answer.stance not in TOLD_ALONE
        ],
    }  # fmt: skip


def _once(codings: Sequence[Coding | OwnCoding]) -> list[Coding | OwnCoding]:
    """Leave out what was taken up among the study's codings: it stands there."""

    def claim(one: Coding | OwnCoding) -> tuple[object, ...]:
        return one.coder, one.start, one.end, one.theme, one.code_id, one.effect, one.determinant

    taken = {claim(one) for one in codings if not isinstance(one, OwnCoding)}
    return [one for one in codings if not (isinstance(one, OwnCoding) and claim(one) in taken)]


def _claimed(study: Study, coding: Coding | OwnCoding, codes: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": coding.id, "who": coding.coder, "own": isinstance(coding, OwnCoding),
        "reading": in_words(study.framework, {**reading_of(coding), "code": codes.get(coding.code_id or "", "")}),
        "words": study.passage_words(coding.text_id, coding.start, coding.end),
    }  # fmt: skip


def _figures(made: Agreement) -> str:
    figures = _("alpha {alpha} {interval}").format(alpha=number(made.alpha), interval=interval(made))
    return f"{figures} · {100 * (made.percent or 0):.0f} %"


def people(study: Study) -> dict[str, Any]:
    """Return who took part in what, and what was written of the participation."""
    table = study.table("co-researchers", language())
    return {
        "columns": list(table.columns.values()),
        "rows": [[str(row[name]) for name in table.columns] for row in table.rows],
        "parts": [[key, _(label)] for key, label in PART_LABELS.items()],
        "accounts": [
            {"section": key, "label": _(label), "words": study.accounts().get(key, "")}
            for key, label in SECTION_LABELS.items()
        ],
    }


def told_of(made: Imported) -> str:
    """Say which source somebody's own words became."""
    return _("Taken in as the source “{name}”.").format(name=made.name)


def told_alone(study: Study, round_id: str) -> list[dict[str, str]]:
    """Return what people said of a round to the researcher alone: who, what, and of which words."""
    subjects, names = study.subjects_of_round(round_id), {source.id: source.name for source in study.sources()}
    return [
        {
            "who": answer.reviewer, "what": _(STANCE_LABELS[answer.stance]),
            "words": names.get(one.item.subject) or _quoted(subjects.get(one.item.subject)),
            "at": format_date(datetime.fromisoformat(answer.created).astimezone()),
        }
        for one in study.looked_at(round_id) for answer in one.said if answer.stance in TOLD_ALONE
    ]  # fmt: skip


def _quoted(subject: Coding | Statement | None) -> str:
    return subject.quote if isinstance(subject, Coding) else subject.text if subject else ""


def dialogue(study: Study, round_id: str) -> list[dict[str, Any]]:
    """Return what is looked at in a round in the order in which they are worth a talk, all readings side by side."""
    subjects = study.subjects_of_round(round_id)
    names = {source.id: source.name for source in study.sources()}
    held = {one.id: one.words for one in study.hypotheses()}
    ends = [pair for link in study.links() for pair in ((link.one, link.other), (link.other, link.one))]
    speaks = [(other, held[one]) for one, other in ends if one in held]
    return [
        _looked(study, one, subjects[one.item.subject], names, speaks)
        for one in study.looked_at(round_id)
        if one.item.subject in subjects
    ]


def _looked(
    study: Study, one: Looked, subject: Coding | Statement, names: Mapping[str, str], speaks: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    own = reading_of(subject)
    words = (subject.quote, names[subject.source_id]) if isinstance(subject, Coding) else (subject.text, _("Statement"))
    return {
        "item": one.item.id, "about": one.item.about, "quote": words[0], "source": words[1],
        "reading": in_words(study.framework, own), "agree": one.count("agree"), "differ": one.count("differ"),
        "wonder": one.count("wonder"), "held": any(answer.stance in TOLD_ALONE for answer in one.said),
        "said": [_said(study, answer, one, own, speaks) for answer in one.said if answer.stance not in TOLD_ALONE],
        "decision": _settled(one.decision) if one.decision else None,
    }  # fmt: skip


def _said(
    study: Study, one: Answer, looked: Looked, own: Mapping[str, str], speaks: Sequence[tuple[str, str]]
) -> dict[str, Any]:  # fmt: skip
    agreed = one.seen if one.stance == "agree" and one.seen != own else None  # with a reading that is another by now
    read = one.reading or agreed
    marked = ""
    if one.text_id is not None and one.start is not None and one.end is not None:
        marked = study.passage_words(one.text_id, one.start, one.end)
    return {
        "id": one.id, "differs": one.stance == "differ",
        "speaksTo": [words for other, words in speaks if other == one.id],
        "who": one.reviewer, "stance": _(STANCE_LABELS[one.stance]), "words": one.words, "marked": marked,
        "reading": in_words(study.framework, read) if read else "", "first": one.seen is None,
        "stands": one in looked.standing or one.stance in TAKING_AWAY,
    }  # fmt: skip


def _settled(one: Decision) -> dict[str, str]:
    at = datetime.fromisoformat(one.created).astimezone()
    told = [_(OUTCOME_LABELS[one.outcome]), one.reason, ", ".join(one.present), format_date(at)]
    return {"told": " · ".join(filter(None, told))}
