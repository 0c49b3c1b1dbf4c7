"""What the page of network maps is shown of gatherings, as plain data."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbench import pathways
from workbench.locale import _, format_date
from workbench.pathways.gatherings.progress import Told
from workbench.study import Study
from workbench.study.gatherings import LONGEST

__all__ = ["told"]


def told(study: Study, network: str) -> dict[str, Any]:
    """Return what the teams of one learning network told, by team and gathering, and a picture of it.

    Where no network of that name is, it is the first.
    """
    held = study.gatherings()
    networks = list(dict.fromkeys(one.network for one in held))
    chosen = network if network in networks else next(iter(networks), "")
    progress = study.progress(chosen)
    days = {one.number: format_date(date.fromisoformat(one.day)) for one in held if one.network == chosen}
    return {
        "networks": networks,
        "network": chosen,
        "gatherings": [
            {"number": n, "shown": _("Gathering {n}, {day}").format(n=n, day=days[n])} for n in progress.numbers
        ],
        "teams": [
            {"team": team, "told": [[_note(one) for one in progress.at(there, team, n)] for n in progress.numbers]}
            for there, team in progress.teams
        ],
        "kinds": [[kind, _(label)] for kind, label in pathways.NOTE_LABELS.items()],
        "longest": LONGEST,
        "picture": study.progress_picture(chosen) if progress.told else "",
    }


def _note(one: Told) -> dict[str, Any]:
    standing = [] if one.standing == "first" else [_(pathways.STANDING_LABELS[one.standing])]
    dropped = [_("not named afterwards")] if one.dropped else []
    return {
        "id": one.note.id, "number": one.number, "kind": one.note.kind, "words": one.note.words,
        "theme": one.note.theme, "earlier": one.note.earlier_id or "",
        "shown": f"{_(pathways.NOTE_LABELS[one.note.kind])}: {one.note.words}",
        "standing": ", ".join(standing + dropped),
    }  # fmt: skip
