"""What the logbook's page is shown, as plain data."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from workbench.journal import PART_LABELS, Entry, Passage
from workbench.locale import _, format_date, format_span
from workbench.study import Study

__all__ = ["around", "entries", "entry", "people"]

PORTION = 30  # entries shown at once
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
    }


def _waiting(item: dict[str, Any]) -> dict[str, Any]:
    whole = item["kind"] == "entry"
    words = "\n\n".join(filter(None, item["words"].values())) if whole else item["words"]
    return {"id": item["id"], "words": words, "when": _at(item["logged" if whole else "written"])}


def _questions(study: Study) -> list[dict[str, Any]]:
    asked = study.follow_ups()
    asked_in = study.log_entries(ids=sorted({one.entry_id for one in asked}))
    found = {passage.id: passage for one in asked_in for passage in one.passages}
    outcomes = {passage.about_id: passage.text for passage in found.values() if passage.about_id}
    return [
        {
            "id": one.passage_id, "entry": one.entry_id, "text": found[one.passage_id].text,
            "whom": one.whom, "due": format_date(datetime.fromisoformat(one.due)) if one.due else "",
            "settled": bool(one.settled), "outcome": outcomes.get(one.passage_id, ""),
        }
        for one in asked
    ]  # fmt: skip


def entries(
    study: Study, before: list[str] | None, *, setting: str = "", words: str = "", part: str = ""
) -> dict[str, Any]:  # fmt: skip
    """Return a portion of the log, the newest first, and after what to ask for the next (None: that was all)."""
    found = study.log_entries(
        setting=setting or None, words=words, without=part or None, limit=PORTION + 1,
        before=(before[0], before[1]) if before else None,
    )  # fmt: skip
    shown = found[:PORTION]
    more = [shown[-1].happened, shown[-1].id] if len(found) > PORTION else None
    return {"entries": [entry(one) for one in shown], "more": more}


def entry(one: Entry) -> dict[str, Any]:
    """Return one entry with all its wordings."""
    return {
        "id": one.id, "when": _when(one.local), "delay": _delay(one.delay), "setting": one.setting,
        "place": one.place, "role": one.role, "hidden": one.observer == "hidden", "present": list(one.present),
        "passages": [_passage(passage) for passage in one.passages],
    }  # fmt: skip


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id, "part": passage.part, "label": _(PART_LABELS[passage.part]),
        "text": passage.text, "about": passage.about_id,
        "when": _at(passage.created),
        "standing": [one.id for one in passage.standing],
        "wordings": [
            {"text": one.text, "when": _at(one.written)}
            for one in passage.wordings
        ],
    }  # fmt: skip


def _at(stored: str) -> str:
    return _when(datetime.fromisoformat(stored).astimezone())


def _when(moment: datetime) -> str:
    return f"{format_date(moment)} {moment:%H:%M}"


def _delay(after: timedelta) -> str:
    return _("Logged at once") if after < SOON else _("Logged {span} after").format(span=format_span(after))
