"""A course as a picture: one lane a helper, by level and service, along the days; gaps are hatched and counted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape

from workbench.ink import COLOUR, EM, PLAIN, Ink, Point, framed, line, width_of, words_at
from workbench.locale import _, format_month, ngettext
from workbench.pathways.courses.continuity import GAP, Break, Episode, breaks, handovers, in_order, met
from workbench.pathways.labels import EVENT_LABELS, KIND_LABELS, LEVEL_LABELS, ROLE_LABELS

__all__ = ["Lanes", "Mark", "Span", "draw_lanes"]

WIDTH = 1240.0
MARGIN = 20.0
ROW = 26.0  # units from lane to lane
BAR = 14.0  # how high a bar is
LEAST = 5.0  # how long a bar is at least, however short what it stands for
APART = 112.0  # units between two months that are named at the axis
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 1200)  # months from name to name on the axis
_HANDED_OVER = 'stroke-dasharray="2 3"'
LONGEST = 44  # characters of a name at the left; what is longer is cut


@dataclass(frozen=True)
class Span:
    """Somebody holds something from one day to another, both in it: a role, by its id."""

    what: str
    who: str
    start: date
    end: date


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day, or holds until another: an event, by its kind's id."""

    kind: str
    day: date
    until: date | None
    about: str


@dataclass(frozen=True)
class Lanes:
    """Everything that a course's picture shows: `opened` and `closed` are the days of the course itself, which goes on
    until `today` where it is not closed."""

    title: str
    opened: date
    closed: date | None
    episodes: Sequence[Episode]
    roles: Sequence[Span] = ()
    marks: Sequence[Mark] = ()
    gap: int = GAP
    today: date | None = None

    @property
    def open_until(self) -> date | None:
        """The day until which a course that is not closed is shown."""
        return None if self.closed else self.today


@dataclass
class _Row:
    """One lane: what it is called, and what is drawn in it."""

    name: str
    heading: bool = False
    indent: float = 0.0
    episodes: list[Episode] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def draw_lanes(lanes: Lanes, *, plain: bool = False) -> str:
    """Return a course as SVG, in colour or `plain` black and white.

    Contacts are bars, stays tall ones, referrals hollow, meetings round; thin lines lead from helper to helper where
    help changed hands. A time without contact longer than `gap` days is hatched across all lanes, with its days above.
    """
    ink = PLAIN if plain else COLOUR
    ordered, contacts = in_order(lanes.episodes), met(lanes.episodes)
    around, helped = _rows_around(lanes), _rows_of(ordered)
    left = MARGIN + EM * max([width_of(row.name) * (1.1 if row.heading else 1) for row in around + helped] + [6]) + 24
    days = _Days(*_first_and_last(lanes), left, WIDTH - MARGIN)
    broken = breaks(contacts, lanes.gap, lanes.open_until)
    told, high = _gap_labels([one for one in broken if one.is_gap], days)
    top = 2.2 * EM + high
    bottom = top + ROW * len(around + helped) + 4
    ends = top + ROW * len(around)
    parts = [
        '<defs><pattern id="gap" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<line x1="0" y1="0" x2="0" y2="8" stroke="{ink.quiet}" stroke-width="2"/></pattern></defs>',
        *_axis(days, top, bottom, ink),
        *_gaps(broken, days, top, bottom),
        *told,
        *(part for n, row in enumerate(around + helped) for part in _row(row, top + n * ROW, days, ink)),
        *_handed_over(contacts, helped, days, ends, ink),
        *_other_breaks(broken, days, ends, bottom, ink),
    ]
    legend, more = _legend(lanes, broken, bottom, ink)
    return framed(WIDTH, bottom + more, lanes.title, [*parts, *legend])


class _Days:
    """Where a day stands on the axis."""

    def __init__(self, first: date, last: date, left: float, right: float) -> None:
        self.first, self.last, self.left, self.right = first, last, left, right
        self.unit = (right - left) / ((last - first).days + 1)

    def at(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days * self.unit

    def bar(self, start: date, end: date) -> tuple[float, float]:
        """Where days begin and how long they are, never too short to be seen."""
        long = max(LEAST, ((end - start).days + 1) * self.unit)
        return min(self.at(start), self.right - long), long


def _first_and_last(lanes: Lanes) -> tuple[date, date]:
    starts = [lanes.opened, *(one.start for one in lanes.episodes), *(one.start for one in lanes.roles)]
    ends = [
        lanes.closed or lanes.today or lanes.opened,
        *(one.end for one in lanes.episodes),
        *(one.end for one in lanes.roles),
    ]
    marked = [one.day for one in lanes.marks]
    return min(starts + marked), max(ends + marked + [one.until for one in lanes.marks if one.until])


# --- the lanes ---


def _rows_around(lanes: Lanes) -> list[_Row]:
    """Who held which role, and what happened: above what helpers did."""
    rows = []
    for role, who in dict.fromkeys((one.what, one.who) for one in lanes.roles):
        held = [one for one in lanes.roles if (one.what, one.who) == (role, who)]
        rows.append(_Row(_cut(f"{_(ROLE_LABELS[role])}: {who}"), spans=held))
    marked = {kind: [one for one in lanes.marks if one.kind == kind] for kind in EVENT_LABELS}
    rows += [_Row(_(EVENT_LABELS[kind]), marks=marks) for kind, marks in marked.items() if marks]
    worded = _phases(in_order(lanes.episodes))
    phases = dict.fromkeys(one.who for one in worded)
    return rows + [
        _Row(_cut(_("“{words}”").format(words=phase)), spans=[one for one in worded if one.who == phase])
        for phase in phases
    ]


def _rows_of(ordered: Sequence[Episode]) -> list[_Row]:
    rows = []
    for level in (*LEVEL_LABELS, ""):
        inside = [one for one in ordered if one.level == level]
        if inside:
            rows.append(_Row(_(LEVEL_LABELS[level]) if level else _("No level told"), heading=True))
        for service in dict.fromkeys(one.service for one in inside):
            own = [one for one in inside if one.service == service]
            helpers = list(dict.fromkeys(one.helper for one in own))
            if helpers == [service]:
                rows.append(_Row(_cut(service), indent=12, episodes=own))
                continue
            rows.append(_Row(_cut(service), indent=12))
            rows += [
                _Row(_cut(helper), indent=28, episodes=[one for one in own if one.helper == helper])
                for helper in helpers
            ]
    return rows


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _row(row: _Row, top: float, days: _Days, ink: Ink) -> list[str]:
    middle = top + ROW / 2
    bold = 'font-weight="bold"' if row.heading else ""
    parts = [words_at([row.name], Point(MARGIN + row.indent, middle + EM * 0.35), "start", bold)]
    if not row.heading:
        parts.append(line(Point(days.left, middle), Point(days.right, middle), "#d5d9dd", "", 1))
    parts += [_bar(days.bar(one.start, one.end), middle, BAR * 0.5, ink.line, ink, one.who) for one in row.spans]
    parts += [_episode(one, middle, days, ink) for one in row.episodes]
    parts += [_mark(one, middle, days, ink) for one in row.marks]
    return parts


def _episode(one: Episode, middle: float, days: _Days, ink: Ink) -> str:
    told = f"{one.helper}: {_(KIND_LABELS[one.kind])}, {one.start} – {'' if one.open else one.end} {one.phase}".strip()
    x, long = days.bar(one.start, one.end)
    if one.kind == "meeting" and long <= LEAST:
        return _round(x + long / 2, middle, ink, told)
    high = {"stay": BAR * 1.5}.get(one.kind, BAR)
    fill = {"referral": "#ffffff", "stay": ink.service}.get(one.kind, ink.line if ink is PLAIN else ink.person)
    bar = _bar((x, long), middle, high, fill, ink, told)
    arrow = f'<path d="M{x + long - 7:.1f} {middle - 6:g}l7 6l-7 6" fill="none" stroke="#ffffff" stroke-width="2"/>'
    return bar + (arrow if one.open else "")


def _bar(where: tuple[float, float], middle: float, high: float, fill: str, ink: Ink, told: str) -> str:
    x, long = where
    return (
        f'<rect x="{x:.1f}" y="{middle - high / 2:.1f}" width="{long:.1f}" height="{high:g}" rx="2" fill="{fill}" '
        f'stroke="{ink.edge}" stroke-width="1"><title>{escape(told)}</title></rect>'
    )


def _mark(one: Mark, middle: float, days: _Days, ink: Ink) -> str:
    if one.kind == "meeting":
        return _round(days.at(one.day) + days.unit / 2, middle, ink, f"{one.day} {one.about}")
    return _bar(days.bar(one.day, one.until or one.day), middle, BAR * 0.5, "#ffffff", ink, f"{one.day} {one.about}")


def _round(x: float, middle: float, ink: Ink, told: str) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="{BAR / 2:g}" fill="{ink.person}" stroke="{ink.edge}" '
        f'stroke-width="2"><title>{escape(told)}</title></circle>'
    )


def _phases(ordered: Sequence[Episode]) -> list[Span]:
    """Return the phases of a course as the person words them, each from its first day to its last."""
    found = []
    for phase, group in itertools.groupby((one for one in ordered if one.phase), key=lambda one: one.phase):
        inside = list(group)
        found.append(Span("phase", phase, inside[0].start, max(one.end for one in inside)))
    return found


# --- the days ---


def _axis(days: _Days, top: float, bottom: float, ink: Ink) -> list[str]:
    """Name months, or years, as close as they can be read."""
    months = max(1.0, (days.last - days.first).days / 30.44)
    step = next((n for n in STEPS if (days.right - days.left) / months * n >= APART), STEPS[-1])
    parts = []
    for month in range(days.first.year * 12 + days.first.month, days.last.year * 12 + days.last.month + 1):
        day = date(month // 12, month % 12 + 1, 1)
        if month % step or not days.first <= day <= days.last:
            continue
        x = days.at(day)
        parts.append(line(Point(x, top - 4), Point(x, bottom), "#d5d9dd", "", 1))
        named = format_month(day)
        if x + width_of(named) * EM / 2 < WIDTH - 4 and x - width_of(named) * EM / 2 > days.left - 40:
            parts.append(words_at([named], Point(x, 1.2 * EM)))
    return [*parts, line(Point(days.left, top - 4), Point(days.right, top - 4), ink.edge, "", 1)]


def _gap_labels(gaps: Sequence[Break], days: _Days) -> tuple[list[str], float]:
    """How many days each gap lasts, above it, each where no other stands; and how high that is."""
    ends: list[float] = []
    parts = []
    for gap in gaps:
        named = ngettext("{n} day", "{n} days", gap.days).format(n=gap.days)
        half = width_of(named) * EM / 2
        x = min(max(_middle(gap, days), days.left + half), days.right - half)
        row = next((n for n, end in enumerate(ends) if end < x - half), len(ends))
        ends[row : row + 1] = [x + half + 6]
        parts.append(words_at([named], Point(x, 1.5 * EM + (row + 1) * 1.2 * EM), more='font-weight="bold"'))
    return parts, 1.2 * EM * len(ends)


def _middle(gap: Break, days: _Days) -> float:
    return sum(_ends(gap, days)) / 2


def _ends(gap: Break, days: _Days) -> tuple[float, float]:
    """Where the days without contact begin and end."""
    first = gap.before.end + timedelta(days=1)
    return days.at(first), days.at(first + timedelta(days=gap.days))


def _gaps(broken: Iterable[Break], days: _Days, top: float, bottom: float) -> list[str]:
    parts = []
    for gap in broken:
        if gap.is_gap:
            start, end = _ends(gap, days)
            parts.append(
                f'<rect x="{start:.1f}" y="{top - 4:.1f}" width="{max(1.0, end - start):.1f}" '
                f'height="{bottom - top + 4:.1f}" fill="url(#gap)" opacity="0.55"/>'
            )
    return parts


def _handed_over(ordered: Sequence[Episode], rows: Sequence[_Row], days: _Days, top: float, ink: Ink) -> list[str]:
    """Lines from the bar of whoever had contact to the bar of the helper who came next."""
    where = {
        (one.level, one.service, one.helper): top + (n + 0.5) * ROW
        for n, row in enumerate(rows)
        for one in row.episodes
    }
    parts = []
    for one, other in handovers(ordered):
        start = Point(sum(days.bar(one.start, min(one.end, other.start))), where[one.level, one.service, one.helper])
        end = Point(days.bar(other.start, other.end)[0], where[other.level, other.service, other.helper])
        parts.append(line(start, end, ink.line, _HANDED_OVER, 1))
    return parts


def _other_breaks(broken: Iterable[Break], days: _Days, top: float, bottom: float, ink: Ink) -> list[str]:
    parts = []
    for one in broken:
        if one.is_gap:
            continue
        x = days.at(one.after.start) if one.after else days.at(one.before.end + timedelta(days=1))
        dash = "6 4" if one.after else "1 4"
        parts.append(line(Point(x, top), Point(x, bottom), ink.edge, f'stroke-dasharray="{dash}"', 2.5))
    return parts


def _legend(lanes: Lanes, broken: Sequence[Break], top: float, ink: Ink) -> tuple[list[str], float]:
    """Say what each sign means; only those that stand in the picture."""
    middle = top + 24
    day = _Days(date(2000, 1, 1), date(2000, 1, 1), 0, 28)
    kinds = [kind for kind in KIND_LABELS if any(one.kind == kind for one in lanes.episodes)]
    signs: list[tuple[str, str]] = []
    for kind in kinds:
        drawn = _episode(Episode("", "", day.first, day.first, kind=kind), 0, day, ink)
        signs.append((_round(14, 0, ink, "") if kind == "meeting" else drawn, _(KIND_LABELS[kind])))
    if handovers(met(lanes.episodes)):
        signs.append((line(Point(0, 0), Point(28, 0), ink.line, _HANDED_OVER, 1), _("Help changed hands")))
    if any(one.is_gap for one in broken):
        told = _("More than {n} days without contact").format(n=lanes.gap)
        signs.append(('<rect x="0" y="-9" width="28" height="18" fill="url(#gap)" opacity="0.55"/>', told))
    for kind, dash, told in (
        ("organised_discontinuity", "6 4", _("Another phase, another helper")),
        ("no_follow_up", "1 4", _("Nobody followed up")),
    ):
        if any(one.kind == kind for one in broken):
            sign = line(Point(14, -10), Point(14, 10), ink.edge, f'stroke-dasharray="{dash}"', 2.5)
            signs.append((sign, told))
    parts, x = [], MARGIN
    for sign, told in signs:
        long = 28 + 10 + width_of(told) * EM + 24
        if x > MARGIN and x + long > WIDTH - MARGIN:
            x, middle = MARGIN, middle + 30
        parts.append(f'<g transform="translate({x:.1f},{middle:.1f})">{sign}</g>')
        parts.append(words_at([told], Point(x + 38, middle + EM * 0.35), "start"))
        x += long
    return parts, middle - top + 24 if signs else 10.0
