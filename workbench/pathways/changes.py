"""What changed between two maps of one network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.pathways.records import Place, Tie

__all__ = ["MOVED", "Difference", "difference"]

MOVED = 0.05  # of the way from the middle to the edge; less is the hand's


@dataclass(frozen=True)
class Difference:
    """Ids of the actors that came, went, stand nearer or farther, or in another sector; and pairs of them whose tie is
    new, gone, or of another kind or strength."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    nearer: tuple[str, ...]
    farther: tuple[str, ...]
    other_sector: tuple[str, ...]
    new_ties: tuple[tuple[str, str], ...]
    gone_ties: tuple[tuple[str, str], ...]
    changed_ties: tuple[tuple[str, str], ...]


def difference(
    before: Iterable[Place], ties_before: Iterable[Tie], after: Iterable[Place], ties_after: Iterable[Tie]
) -> Difference:
    """Return what changed from one map to another; of several ties of a pair all that is told is compared."""
    was, now = ({place.actor_id: place for place in places} for places in (before, after))
    both = [key for key in now if key in was]
    told_before, told_after = (_by_pair(ties) for ties in (ties_before, ties_after))
    return Difference(
        came=tuple(key for key in now if key not in was),
        went=tuple(key for key in was if key not in now),
        nearer=tuple(key for key in both if was[key].distance - now[key].distance > MOVED),
        farther=tuple(key for key in both if now[key].distance - was[key].distance > MOVED),
        other_sector=tuple(key for key in both if was[key].sector_id != now[key].sector_id),
        new_ties=tuple(sorted(told_after.keys() - told_before.keys())),
        gone_ties=tuple(sorted(told_before.keys() - told_after.keys())),
        changed_ties=tuple(
            sorted(pair for pair in told_before.keys() & told_after.keys() if told_before[pair] != told_after[pair])
        ),
    )


def _by_pair(ties: Iterable[Tie]) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """The kinds and strengths of the ties of each pair."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for tie in ties:
        found.setdefault((tie.one, tie.other), []).append((tie.kind, tie.strength or 0))
    return {pair: sorted(told) for pair, told in found.items()}
