"""Measures of a course: how help was spread over helpers, how often it changed hands, and where it stopped.

All of them describe the contacts that were recorded, not how good the help was. With fewer than `FEW` contacts a
figure says little, and whoever shows it says so.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from workbench.pathways.labels import GAPS

__all__ = [
    "FEW",
    "GAP",
    "Break",
    "By",
    "CourseMeasures",
    "Episode",
    "Wait",
    "breaks",
    "handovers",
    "in_order",
    "measure_course",
    "met",
    "overlap",
    "shares_days",
    "unheld",
    "waits",
]

FEW = 5
GAP = 30  # days

By = Literal["helper", "service", "level"]


@dataclass(frozen=True)
class Episode:
    """Contact of one person with one service and helper: both days are in it. `contacts` is how often they met.

    `phase` is how the person words that time of illness or life; `open` means that it goes on still.
    """

    service: str
    helper: str
    start: date
    end: date
    level: str = ""
    contacts: int = 1
    kind: str = "contact"
    phase: str = ""
    open: bool = False


class Break(NamedTuple):
    """Where a course broke: a `gap` longer than chosen, an `open_gap` that goes on still, `no_follow_up` after a stay,
    or `organised_discontinuity`: the helper changed when the phase did. `days` are those without contact in between.
    """

    kind: str
    before: Episode
    after: Episode | None
    days: int

    @property
    def day(self) -> date:
        """The last day before it, or the one on which another helper took over."""
        return self.after.start if self.after and self.kind == "organised_discontinuity" else self.before.end

    @property
    def is_gap(self) -> bool:
        """True for days on end without contact."""
        return self.kind in GAPS


class Wait(NamedTuple):
    """From a referral to the first contact with the service it went to; without `first` it is waited for still."""

    referral: Episode
    first: Episode | None
    days: int | None


@dataclass(frozen=True)
class CourseMeasures:
    """What is measured of one course.

    `contacts` n is the number of contacts, `units` how many helpers (or services, or levels) they are spread over.
    """

    contacts: int
    units: int
    upc: float | None
    coc: float | None
    secon: float | None
    herfindahl: float | None
    handovers: int
    days: int
    covered: int
    coverage: float | None
    longest_gap: int | None
    breaks: tuple[Break, ...]

    @property
    def few(self) -> bool:
        """True where there are too few contacts to say much."""
        return self.contacts < FEW


def measure_course(
    episodes: Iterable[Episode], by: By = "helper", gap: int = GAP, open_until: date | None = None
) -> CourseMeasures:
    """Measure a course by helper, service or level; `gap` is how many days without contact make a break.

    A course that goes on has been `open_until` a day, and the days since the last contact are a gap too.

    Over n contacts, of which unit i had n_i: UPC, the usual provider's share, max n_i / n (Breslau and Reeb 1975);
    COC, (Σ n_i² − n) / (n (n − 1)) (Bice and Boxerman 1977); SECON, the share of contacts with the same unit as the
    one before (Steinwachs 1979), in the order in which episodes began; Herfindahl, Σ (n_i / n)². COC and SECON are
    undefined for fewer than two contacts, the others for none. A referral is no contact: nobody was met.
    """
    ordered = met(episodes)
    sequence = [getattr(one, by) for one in ordered for _n in range(one.contacts)]
    counts, n = Counter(sequence), len(sequence)
    squares = sum(count**2 for count in counts.values())
    pauses = _pauses(ordered, open_until)
    last = max([*(one.end for one in ordered), *([open_until] if open_until else [])], default=None)
    days = (last - ordered[0].start).days + 1 if ordered and last else 0
    covered = days - sum(pause.days for pause in pauses)
    same = sum(one == other for one, other in itertools.pairwise(sequence))
    return CourseMeasures(
        contacts=n,
        units=len(counts),
        upc=max(counts.values()) / n if n else None,
        coc=(squares - n) / (n * (n - 1)) if n > 1 else None,
        secon=same / (n - 1) if n > 1 else None,
        herfindahl=squares / n**2 if n else None,
        handovers=len(handovers(ordered, by)),
        days=days,
        covered=covered,
        coverage=covered / days if days else None,
        longest_gap=max((pause.days for pause in pauses), default=0) if ordered else None,
        breaks=tuple(breaks(ordered, gap, open_until)),
    )


def met(episodes: Iterable[Episode]) -> list[Episode]:
    """Return in order the episodes in which somebody was met: all but referrals."""
    return in_order(one for one in episodes if one.kind != "referral")


def in_order(episodes: Iterable[Episode]) -> list[Episode]:
    """Return episodes in the order in which they began; of those that began together, the one that ended first."""
    return sorted(episodes, key=lambda one: (one.start, one.end))


def handovers(episodes: Sequence[Episode], by: By = "helper") -> list[tuple[Episode, Episode]]:
    """Return where one unit followed another, in the order in which episodes began."""
    pairs = itertools.pairwise(episodes)
    return [(one, other) for one, other in pairs if getattr(one, by) != getattr(other, by)]


def overlap(one: Episode, other: Episode) -> int:
    """Return on how many days both went on: a warm handover has some."""
    return max(0, (min(one.end, other.end) - max(one.start, other.start)).days + 1)


def shares_days(one: Episode, other: Episode) -> bool:
    """Say whether two episodes are of the same helper, service and kind and share days: then they are one."""
    same = (one.service, one.helper, one.kind) == (other.service, other.helper, other.kind)
    return same and overlap(one, other) > 0


def waits(ordered: Sequence[Episode]) -> list[Wait]:
    """Return how long was waited after each referral, until the first contact with that service."""
    found = []
    for index, one in enumerate(ordered):
        if one.kind == "referral":
            after = (other for other in ordered[index + 1 :] if other.service == one.service)
            first = next((other for other in after if other.kind != "referral"), None)
            found.append(Wait(one, first, (first.start - one.start).days if first else None))
    return found


def unheld(spans: Iterable[tuple[date, date]], start: date, end: date) -> int:
    """Return on how many days from `start` to `end`, both in it, no span goes on: nobody coordinates, say."""
    held = {
        day for first, last in spans for day in range(max(first, start).toordinal(), min(last, end).toordinal() + 1)
    }
    return max(0, (end - start).days + 1 - len(held))


def _pauses(ordered: Sequence[Episode], open_until: date | None = None) -> list[Break]:
    """Return the times without any contact, each with the last episode before and the first after, if there is one."""
    found = []
    last = ordered[0] if ordered else None
    for one in ordered:
        assert last is not None
        without = (one.start - last.end).days - 1
        if without > 0:
            found.append(Break("gap", last, one, without))
        if one.end >= last.end:
            last = one
    if last is not None and open_until is not None and (since := (open_until - last.end).days) > 0:
        found.append(Break("open_gap", last, None, since))
    return found


def _changes_with_phase(one: Episode, other: Episode) -> bool:
    """Say whether another helper takes over in another phase; one who goes on beside them has not been changed."""
    takes_over = one.helper != other.helper and not one.open and one.end < other.end
    return takes_over and bool(one.phase and other.phase) and one.phase != other.phase


def breaks(ordered: Sequence[Episode], gap: int = GAP, open_until: date | None = None) -> list[Break]:
    """Return where a course broke, in the order of time; `ordered` as `met` gives it."""
    found = [pause for pause in _pauses(ordered, open_until) if pause.days > gap]
    found += [
        Break("organised_discontinuity", one, other, max(0, (other.start - one.end).days - 1))
        for one, other in itertools.pairwise(ordered)
        if _changes_with_phase(one, other)
    ]
    last = max(ordered, key=lambda one: one.end, default=None)
    if last is not None and last.kind == "stay" and not last.open:
        found.append(Break("no_follow_up", last, None, 0))
    return sorted(found, key=lambda one: (one.day, one.before.end))
