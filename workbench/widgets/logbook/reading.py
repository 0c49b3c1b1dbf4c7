"""What the logbook's page is shown, as plain data."""

from __future__ import annotations

import base64
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from workbench.journal import PART_LABELS, Entry, Passage, Timed
from workbench.locale import _, format_date, format_month, format_span, language
from workbench.reflection import STANDING_LABELS, Hypothesis, Turn
from workbench.review import STANCE_LABELS
from workbench.store.records import Link
from workbench.study import Study
from workbench.tables.movement import movement_picture

__all__ = [
    "around",
    "entries",
    "entry",
    "export",
    "framework",
    "noticed",
    "one_entry",
    "overview",
    "people",
    "preunderstanding",
    "source_of_entry",
]

Named = dict[str, str]
PORTION = 30  # entries shown at once
MOST_MONTHS = 240  # that are shown without a gap
SOON = timedelta(minutes=2)  # within which an entry counts as written at once


def people(study: Study) -> list[str]:
    """Return groups and pseudonyms, for the field of those who were present."""
    known = study.informants()
    return sorted({person.group for person in known}) + [person.code for person in known]


def around(study: Study) -> dict[str, Any]:
    """Return what stands around the log: drafts, what waits, and questions to go back with."""
    return {
        "seq": study.store.newest.seq,
        "actor": study.store.actor,
        "open": study.vault.is_open,
        "drafts": study.log_drafts(),
        "waiting": [_waiting(item) for item in study.waiting_log()],
        "questions": _questions(study),
        "hypotheses": [{"id": one.id, "words": one.words} for one in study.hypotheses()],
        "settingsUsed": study.settings_used(),
        "places": study.places_used(),
    }


def framework(study: Study) -> dict[str, Any]:
    """Return the dimensions that a hypothesis stands in, in the user's language."""
    made = study.framework
    return {
        "themeLabels": {one.id: f"{one.number} {one.label}" for one in made.themes},
        "effects": [{"id": one.id, "label": str(one.label)} for one in made.effects],
        "determinants": [{"id": one.id, "label": str(one.label)} for one in made.determinants],
    }


def preunderstanding(study: Study) -> dict[str, Any]:
    """Return what is held with its story and what it is linked to, and the picture of how the whole moved."""
    held, links = study.hypotheses(), study.links()
    named = _names(study, {end for link in links for end in (link.one, link.other)})
    table = study.table("preunderstanding", language())
    return {
        "hypotheses": [_hypothesis(study, one, links, named) for one in held],
        "picture": movement_picture(table),
        "told": table.title,
    }


def _hypothesis(study: Study, one: Hypothesis, links: Sequence[Link], named: Mapping[str, Named]) -> dict[str, Any]:
    ends = [
        (link.id, link.other if link.one == one.id else link.one) for link in links if one.id in (link.one, link.other)
    ]
    return {
        "id": one.id, "effect": one.effect, "words": one.words, "standingLabel": _(STANDING_LABELS[one.standing]),
        "determinantLabel": str(study.framework.determinant(one.determinant).label),
        "story": [
            {
                "day": format_date(date.fromisoformat(turn.day)), "label": _(STANDING_LABELS[turn.standing]),
                "words": turn.words, "grounds": turn.grounds, "written": _written(turn),
            }
            for turn in one.story
        ],
        "links": [{"id": link, **named[end]} for link, end in ends if end in named],
    }  # fmt: skip


def _written(turn: Turn) -> str:
    """When a turn was written down, where that is another day than it is of."""
    at = datetime.fromisoformat(turn.created).astimezone()
    return "" if f"{at:%Y-%m-%d}" == turn.day else _("(written down on {date})").format(date=format_date(at))


def _names(study: Study, ids: set[str]) -> dict[str, Named]:
    """What things are called, by id; of an entry also the entry's own id."""
    entries_there = study.log_entries(ids=sorted(ids))
    named: dict[str, Named] = {
        one.id: {"name": " ".join((when(one), one.setting)), "entry": one.id} for one in entries_there
    }
    named |= {
        one.id: {"name": _("“{words}”").format(words=one.quote[:80])}
        for one in (study.codings(id=sorted(ids)) if ids else ())
    }
    named |= {one.id: {"name": one.name} for one in study.sources() if one.id in ids}
    named |= {
        one.id: {"name": " ".join(filter(None, (f"{one.reviewer}: {_(STANCE_LABELS[one.stance])}.", one.words[:80])))}
        for one in (study.answers(sorted(ids)) if ids else ())
    }
    return named | {one.id: {"name": one.name} for one in study.codebook() if one.id in ids}


def one_entry(study: Study, identity: str) -> dict[str, Any]:
    """Return one entry as the log shows it."""
    return entry(study.log_entry(identity), _beside(study))


def _beside(study: Study) -> dict[str, Any]:
    """What stands beside each entry, by its id: hypotheses it speaks to, sources it became, what is attached."""
    held = {one.id: one.words for one in study.hypotheses()}
    sources = {one.id: one.name for one in study.sources()}
    found: dict[str, Any] = defaultdict(lambda: {"held": [], "sources": [], "attached": []})
    for link in study.links():
        for one, other in ((link.one, link.other), (link.other, link.one)):
            if one in held:
                found[other]["held"].append({"id": one, "words": held[one]})
            elif one in sources:
                found[other]["sources"].append({"id": one, "name": sources[one]})
    for attached in study.attachments():
        known = {"id": attached.id, "name": attached.name, "type": attached.media_type}
        found[attached.entry_id]["attached"].append(known)
    return found


def _waiting(item: dict[str, Any]) -> dict[str, Any]:
    whole = item["kind"] == "entry"
    words = "\n\n".join(filter(None, item["words"].values())) if whole else item["words"]
    when = _at(item["logged" if whole else "written"])
    part = "wording" if item["kind"] == "wording" else item.get("part", "observation")
    label = _("Worded anew") if part == "wording" else _(PART_LABELS[part]) if not whole else _("Entry")
    around = [item.get("setting", ""), item.get("place", ""), *item.get("present", ())]
    return {
        "id": item["id"], "words": words, "when": when, "whole": whole, "attached": [], "label": label,
        "around": " · ".join(filter(None, around)),
    }  # fmt: skip


def _questions(study: Study) -> list[dict[str, Any]]:
    asked = study.follow_ups()
    asked_in = study.log_entries(ids=sorted({one.entry_id for one in asked}))
    found = {passage.id: passage for one in asked_in for passage in one.passages}
    outcomes = {passage.about_id: passage.text for passage in found.values() if passage.about_id}
    return [
        {
            "id": one.passage_id, "entry": one.entry_id, "text": found[one.passage_id].text,
            "whom": one.whom, "due": format_date(datetime.fromisoformat(one.due)) if one.due else "",
            "overdue": bool(one.due and not one.settled and one.due < date.today().isoformat()),
            "settled": bool(one.settled), "outcome": outcomes.get(one.passage_id, ""),
        }
        for one in asked
    ]  # fmt: skip


def noticed(study: Study, item: dict[str, Any]) -> dict[str, Any]:
    """Return what is seen in an entry while it is written: what would be masked, and a question to oneself."""
    words = "\n".join(str(item.get(part, "")) for part in ("observation", "reflection", "words"))
    around = [str(item.get(part, "")) for part in ("setting", "place", "role")]
    around += [str(one) for one in item.get("present", ())]
    prompt = None if "entry" in item else study.prompt(str(item.get("role", "")), words)
    return {
        "names": [list(pair) for pair in study.notice("\n".join([words, *around]))],
        "prompt": {"id": prompt.id, "text": str(prompt.text)} if prompt else None,
    }


def source_of_entry(study: Study, name: str) -> dict[str, Any]:
    """Return a source that an entry became: its text, and what it is coded with."""
    codes = study.framework
    return {
        "name": study.source(name).name, "text": study.text(name),
        "codings": [
            {"quote": one.quote, "bears": one.code or str(codes.theme(one.theme).label)}
            for one in study.codings(source=name)
        ],
    }  # fmt: skip


def export(study: Study, form: str, first: str, last: str) -> dict[str, str]:
    """Return the log of some days as a file: its name, and its content in base64."""
    content = study.export_log(form, first=first or None, last=last or None)
    name = "-".join(filter(None, (_("Log"), first, last)))
    return {"name": f"{name}.{form}", "data": base64.b64encode(content).decode("ascii")}


def overview(study: Study) -> dict[str, Any]:
    """Return the log at a glance: entries a day, and a month by situation and by theme, and how many were reflected on.

    An entry has the themes that the sources made of it are coded with. Months are as `2026-05`, the newest first.
    """
    outline = study.log_outline()
    of = {one.id: f"{one.local:%Y-%m}" for one in outline}
    themes = {(theme, entry) for theme, entry in _themes(study) if entry in of}
    return {
        "months": [
            {"id": month, "label": format_month(date.fromisoformat(f"{month}-01"))}
            for month in _months(set(of.values()))
        ],
        "days": Counter(f"{one.local:%Y-%m-%d}" for one in outline),
        "settings": [[*pair, n] for pair, n in Counter((one.setting, of[one.id]) for one in outline).items()],
        "themes": [[*pair, n] for pair, n in Counter((theme, of[identity]) for theme, identity in themes).items()],
        "reflected": Counter(of[one.id] for one in outline if one.reflected),
        "themeLabels": {theme.id: f"{theme.number} {theme.label}" for theme in study.framework.themes},
    }


def _months(seen: set[str]) -> list[str]:
    """Return every month from the first to the last of those seen, the newest first: silence is to be seen too.

    Where a date lies so far off that it must be a slip, only those seen.
    """
    if not seen:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (min(seen), max(seen)))
    if last - first > MOST_MONTHS:
        return sorted(seen, reverse=True)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(last, first - 1, -1)]


def _themes(study: Study) -> set[tuple[str, str]]:
    """Return themes with the entries whose sources are coded so."""
    coded: dict[str, set[str]] = defaultdict(set)
    for coding in study.codings():
        coded[coding.source_id].add(coding.theme)
    ends = [pair for link in study.links() for pair in ((link.one, link.other), (link.other, link.one))]
    return {(theme, entry) for source, entry in ends for theme in coded.get(source, ())}


def entries(
    study: Study, before: list[str] | None, *, setting: str | None = None, words: str = "", unreflected: bool = False,
    reflected: bool = False, slower: int = 0, day: str = "", theme: str = "", only: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Return a portion of the log, the newest first, and after what to ask for the next (None: that was all).

    `slower` is in hours, `day` the beginning of an ISO date; `theme` narrows to entries that sources coded so came of,
    `only` to one entry.
    """
    found = study.log_entries(
        setting=setting, words=words, unreflected=unreflected, reflected=reflected, day=day,
        ids=[only] if only else sorted(one for coded, one in _themes(study) if coded == theme) if theme else None,
        slower=timedelta(hours=slower) if slower else None, limit=PORTION + 1,
        before=(before[0], before[1]) if before else None,
    )  # fmt: skip
    shown = found[:PORTION]
    more = [shown[-1].happened, shown[-1].id] if len(found) > PORTION else None
    speaking = _beside(study)
    return {"entries": [entry(one, speaking) for one in shown], "more": more}


def entry(one: Entry, speaking: Mapping[str, Any]) -> dict[str, Any]:
    """Return one entry with all its wordings, the hypotheses that it speaks to, and the sources that it became."""
    return {
        "id": one.id, "when": when(one), "delay": _soon(one), "setting": one.setting,
        "place": one.place, "role": one.role, "hidden": one.observer == "hidden", "present": list(one.present),
        "passages": [_passage(passage) for passage in one.passages],
        **speaking[one.id],
    }  # fmt: skip


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id, "part": passage.part, "label": _(PART_LABELS[passage.part]),
        "text": passage.text, "about": passage.about_id,
        "when": _at(passage.created),
        "standing": [one.id for one in passage.standing],
        "wordings": [
            {"id": one.id, "text": one.text, "when": _at(one.written)}
            for one in passage.wordings
        ],
    }  # fmt: skip


def _at(stored: str) -> str:
    return _when(datetime.fromisoformat(stored).astimezone())


def when(one: Timed) -> str:
    """Return when something happened, as it is read; without an hour that nobody wrote down."""
    return format_date(one.local) if one.whole_day else _when(one.local)


def _when(moment: datetime) -> str:
    return f"{format_date(moment)} {moment:%H:%M}"


def _soon(one: Entry) -> str:
    return _("Brought in from an older log") if one.origin else _delay(one.delay)


def _delay(after: timedelta) -> str:
    if after < -SOON:
        return _("Logged {span} before").format(span=format_span(-after))
    return _("Logged at once") if after < SOON else _("Logged {span} after").format(span=format_span(after))
