"""How far coders agree: Krippendorff's alpha and what stands beside it, computed by ourselves.

Units that several coders gave a value (`of_units`): alpha after Krippendorff (2011), with the metrics nominal, ordinal,
interval and ratio; percent agreement over pairs; Cohen's kappa (1960) for two coders, Fleiss' (1971) for more where all
gave every unit a value; Gwet's AC1 (2008). Stretches of a continuum (`of_spans`): the uα family after Krippendorff,
Mathet, Bouvry and Widlöcher (2016) and Krippendorff (2019, 12.6).

What can't be computed is None, with the reason in words: a figure that stands for nothing is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import BadInput
from workbench.locale import _
from workbench.review.agreed import FEW, Agreement, Layer, Span, Spread

__all__ = ["LEVELS", "of_layer", "of_spans", "of_units"]

LEVELS = ("nominal", "ordinal", "interval", "ratio")
DRAWS, SEED = 1000, 2019  # of the bootstrap; the same data give the same interval
LARGE = 20_000_000  # numbers held at once; more values than that have no interval
TENTATIVE = 0.667  # below it Krippendorff draws no conclusions; .800 is his threshold for firm ones
Floats = NDArray[np.float64]
_GAP = -1


# --- units with values ---


def of_units(given: Mapping[str, Mapping[str, str]], level: str = "nominal") -> Agreement:
    """Return how far coders agree on units: `given` has, by unit and coder, the value. Who gave none is left out.

    Raises BadInput for an unknown level, or a value that is no number where the level needs numbers.
    """
    if level not in LEVELS:
        raise BadInput(_("The level is {known}, not {level}.").format(known=", ".join(LEVELS), level=level))
    coders = tuple(sorted({coder for values in given.values() for coder in values}))
    values = sorted({value for by in given.values() for value in by.values()}, key=lambda one: _number(one, level))
    place = {value: n for n, value in enumerate(values)}
    counts = np.zeros((len(given), len(values)))
    for row, by in zip(counts, given.values(), strict=True):
        for value in by.values():
            row[place[value]] += 1
    numeric = level in {"interval", "ratio"}
    numbers = np.array([_number(value, level) for value in values] if numeric else range(len(values)), float)
    pairable = counts.sum(axis=1) >= 2
    patterns, times = np.unique(counts[pairable], axis=0, return_counts=True)  # alike units count together
    made = _described(patterns, times[None, :].astype(float), coders, level, numbers, units=True)
    return _with_kappa(made, [by for by, counted in zip(given.values(), pairable, strict=True) if counted])


def _number(value: str, level: str) -> Any:
    if level == "nominal":
        return value
    try:
        number = float(value.replace(",", "."))
    except ValueError as error:
        raise BadInput(_no_number(value, level)) from error
    if not np.isfinite(number) or (level == "ratio" and number < 0):
        raise BadInput(_no_number(value, level))
    return number


def _no_number(value: str, level: str) -> str:
    return _("“{value}” is no number, which the level {level} needs.").format(value=value, level=level)


def _with_kappa(made: Agreement, units: Sequence[Mapping[str, str]]) -> Agreement:
    """Cohen's kappa for two coders; Fleiss' for more, where all gave all units a value."""
    if made.reason or any(len(by) != len(made.coders) for by in units):
        return made
    share: dict[str, list[float]] = {}
    for n, coder in enumerate(made.coders):
        for by in units:
            share.setdefault(by[coder], [0.0] * len(made.coders))[n] += 1 / len(units)
    if len(made.coders) == 2:
        expected = sum(one * other for one, other in share.values())
    else:
        expected = sum((sum(each) / len(each)) ** 2 for each in share.values())
    agreed = made.percent or 0.0
    kappa = None if expected >= 1 else (agreed - expected) / (1 - expected)
    return replace(made, kappa=kappa)


# --- one binary layer over text ---


def of_layer(layer: Layer) -> Agreement:
    """Return how far coders agree on one value, each unit of text having it or not."""
    patterns = sorted({pattern for cluster in layer.clusters for pattern in cluster if len(pattern) >= 2})
    found = [sum(on for _coder, on in pattern) for pattern in patterns]
    pairs = [[len(pattern) - on, on] for pattern, on in zip(patterns, found, strict=True)]
    counts = np.array(pairs, float).reshape(-1, 2)
    weights = np.array([[cluster.get(pattern, 0) for pattern in patterns] for cluster in layer.clusters], float)
    made = _described(
        counts, weights.reshape(len(layer.clusters), len(patterns)), layer.coders, "nominal", np.array([0.0, 1.0])
    )
    whole = weights.sum(axis=0) if len(patterns) else np.zeros(0)
    seen = float((whole * counts.sum(axis=1)).sum()) if len(patterns) else 0.0
    prevalence = float((whole * counts[:, 1]).sum() / seen) if seen else None
    kappa = _cohen(patterns, whole, layer.coders) if not made.reason and len(layer.coders) == 2 else None
    return replace(made, kappa=kappa, prevalence=prevalence)


def _cohen(patterns: Sequence[tuple[tuple[str, int], ...]], weights: Floats, coders: Sequence[str]) -> float | None:
    table = np.zeros((2, 2))
    for pattern, weight in zip(patterns, weights, strict=True):
        gave = dict(pattern)
        table[gave[coders[0]], gave[coders[1]]] += weight
    table /= table.sum()
    expected = float(table.sum(axis=1) @ table.sum(axis=0))
    return None if expected >= 1 else (float(np.trace(table)) - expected) / (1 - expected)


# --- alpha ---


def _described(
    counts: Floats, weights: Floats, coders: tuple[str, ...], level: str, numbers: Floats, *, units: bool = False
) -> Agreement:  # fmt: skip
    """Return alpha with its interval. `counts` is patterns × values, `weights` clusters × patterns.

    With `units` each unit is a cluster of its own, and there is one row of weights: how many units have which pattern.
    """
    whole = weights.sum(axis=0)
    number = int(whole.sum())
    if len(coders) < 2 or not number:
        return Agreement(number, coders, reason=_("Nothing was given a value by two coders."))
    percent = _percent(counts, whole)
    if counts.size * counts.shape[1] > LARGE:
        alpha, alphas = float(_alphas(_summed(counts, whole)[None, :], level, numbers)[0]), np.zeros(0)
    else:
        pairs = _coincidences(counts)
        alpha = float(_alphas(whole[None, :] @ pairs, level, numbers)[0])
        alphas = _alphas(_drawn(weights, units) @ pairs, level, numbers)
        alphas = alphas[~np.isnan(alphas)]
    if np.isnan(alpha):
        reason = _("All values are the same: chance can't be told from agreement.")
        return Agreement(number, coders, percent=percent, reason=reason)
    clusters = number if units else int((weights.sum(axis=1) > 0).sum())
    made = Agreement(number, coders, alpha, None, percent, None, _ac1(counts, whole, percent), few=clusters < FEW)
    if not len(alphas):
        return made
    low, high = (float(edge) for edge in np.percentile(alphas, [2.5, 97.5]))
    return replace(made, ci=(low, high), below=float((alphas < TENTATIVE).mean()))


def _percent(counts: Floats, weights: Floats) -> float:
    """The share of pairs of coders that agree."""
    many = counts.sum(axis=1)
    agreeing = (counts * (counts - 1)).sum(axis=1) / (many * (many - 1))
    return float(weights @ agreeing / weights.sum())


def _ac1(counts: Floats, weights: Floats, percent: float) -> float | None:
    share = weights @ (counts / counts.sum(axis=1, keepdims=True)) / weights.sum()
    if len(share) < 2:
        return None
    expected = float((share * (1 - share)).sum() / (len(share) - 1))
    return (percent - expected) / (1 - expected)


def _coincidences(counts: Floats) -> Floats:
    """What each pattern adds to the matrix of coincidences, as patterns × (values · values)."""
    pairs = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    pairs[:, diagonal, diagonal] -= counts
    return np.asarray((pairs / (counts.sum(axis=1) - 1)[:, None, None]).reshape(len(counts), counts.shape[1] ** 2))


def _summed(counts: Floats, weights: Floats) -> Floats:
    """All coincidences laid flat, pattern by pattern: for so many values that they can't be held for each pattern."""
    whole = np.zeros((counts.shape[1], counts.shape[1]))
    for row, weight in zip(counts, weights, strict=True):
        there = np.flatnonzero(row)
        part = np.outer(row[there], row[there]) - np.diag(row[there])
        whole[np.ix_(there, there)] += weight * part / (row.sum() - 1)
    return whole.ravel()


def _drawn(weights: Floats, units: bool) -> Floats:
    """Weights of patterns in draws of as many clusters as there are, with replacement: draws × patterns."""
    random = np.random.default_rng(SEED)
    if units:
        number = int(weights.sum())
        return random.multinomial(number, weights[0] / number, size=DRAWS).astype(float)
    there = weights[weights.sum(axis=1) > 0]
    drawn = random.multinomial(len(there), np.full(len(there), 1 / len(there)), size=DRAWS)
    return np.asarray(drawn @ there, float)


def _alphas(coincidences: Floats, level: str, numbers: Floats) -> Floats:
    """Return an alpha for each row, a matrix of coincidences laid flat; NaN where all values are the same."""
    size = len(numbers)
    matrices = coincidences.reshape(-1, size, size)
    margins = matrices.sum(axis=2)
    total = margins.sum(axis=1)
    distance = _distances(margins, level, numbers)
    observed = (matrices * distance).sum(axis=(1, 2))
    expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(expected > 0, 1 - (total - 1) * observed / expected, np.nan)


def _distances(margins: Floats, level: str, numbers: Floats) -> Floats:
    one, other = numbers[:, None], numbers[None, :]
    if level == "nominal":
        return np.asarray((one != other).astype(float)[None])
    if level == "interval":
        return np.asarray(((one - other) ** 2)[None])
    if level == "ratio":
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.nan_to_num(((one - other) / (one + other)) ** 2)[None])
    before = np.cumsum(margins, axis=1) - margins / 2  # the middle of each rank
    return np.asarray((before[:, :, None] - before[:, None, :]) ** 2)


# --- spans over a continuum ---


def of_spans(spans: Iterable[Span], length: int) -> Spread:
    """Return how far coders agree on spans of a continuum `[0, length)`.

    A coder's spans of one value that overlap are united; where spans of several values overlap, one stretch has two
    values and only `per_value` is told. Raises BadInput for a span outside the continuum.
    """
    given = _united(spans, length)
    coders = tuple(sorted(given))
    if len(coders) < 2:
        return Spread(length, coders, reason=_("Nothing was given a value by two coders."))
    values = sorted({span.value for mine in given.values() for span in mine})
    per_value = {value: _binary_value(given, value, length) for value in values}
    if any(one.end > other.start for mine in given.values() for one, other in pairwise(mine)):
        reason = _("A coder gave one stretch several values: see each value by itself.")
        return Spread(length, coders, per_value=per_value, reason=reason)
    place = {value: n for n, value in enumerate(values)}
    every = {coder: [(s.start, s.end, place[s.value]) for s in mine] for coder, mine in given.items()}
    anything = {coder: [(start, end, 0) for start, end, _v in mine] for coder, mine in every.items()}
    return Spread(
        length, coders, _unitizing(every, len(values), length), _unitizing(anything, 1, length),
        _coding_only(every, len(values), length), per_value,
    )  # fmt: skip


Units = Mapping[str, Sequence[tuple[int, int, int]]]


def _united(spans: Iterable[Span], length: int) -> dict[str, list[Span]]:
    """Each coder's spans in order; those of one value that overlap are one."""
    found: dict[str, list[Span]] = {}
    last: dict[tuple[str, str], Span] = {}
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if not 0 <= span.start < span.end <= length:
            raise BadInput(
                _("{coder}'s span {start}–{end} does not lie in 0–{length}.").format(
                    coder=span.coder, start=span.start, end=span.end, length=length
                )
            )
        before = last.get((span.coder, span.value))
        mine = found.setdefault(span.coder, [])
        if before and before.end > span.start:
            mine.remove(before)
            span = before._replace(end=max(before.end, span.end))
        mine.append(span)
        last[span.coder, span.value] = span
    return {coder: sorted(mine, key=lambda one: (one.start, one.end)) for coder, mine in found.items()}


def _segments(units: Units, length: int) -> tuple[Floats, NDArray[np.int64]]:
    """Cut the continuum at every edge: lengths of the segments, and each coder's value there (-1: a gap)."""
    edges = sorted({0, length, *(edge for mine in units.values() for start, end, _v in mine for edge in (start, end))})
    place = {edge: n for n, edge in enumerate(edges)}
    values = np.full((len(units), len(edges) - 1), _GAP)
    for row, coder in zip(values, sorted(units), strict=True):
        for start, end, value in units[coder]:
            row[place[start] : place[end]] = value
    return np.diff(np.array(edges, float)), values


def _coincident(units: Units, size: int, length: int) -> Floats:
    """Lengths over which pairs of coders gave values c and k, both ways, over m-1; the last value is a gap."""
    lengths, values = _segments(units, length)
    many = len(units)
    counts = np.stack([(values == value).sum(axis=0) for value in (*range(size), _GAP)], axis=1).astype(float)
    return np.asarray((lengths @ _coincidences(counts)).reshape(size + 1, size + 1)) if many > 1 else np.zeros((1, 1))


def _alpha_of_lengths(observed: Floats, squares: Floats) -> float | None:
    """Alpha of observed lengths of coincidence; `squares` are by value the sums of the units' lengths squared."""
    margins, total = observed.sum(axis=1), float(observed.sum())
    divisor = total**2 - float(squares.sum())
    if total == 0 or divisor <= 0:
        return None
    expected = total * (np.outer(margins, margins) - np.diag(squares)) / divisor
    apart = ~np.eye(len(observed), dtype=bool)
    return None if expected[apart].sum() == 0 else 1 - float(observed[apart].sum() / expected[apart].sum())


def _unitizing(units: Units, size: int, length: int) -> float | None:
    """uα: values and gaps. A unit counts with its length squared; a gap, which has no unit, with its length."""
    squares = np.zeros(size + 1)
    for mine in units.values():
        for start, end, value in mine:
            squares[value] += (end - start) ** 2
        squares[size] += length - sum(end - start for start, end, _v in mine)
    return _alpha_of_lengths(_coincident(units, size, length), squares)


def _coding_only(units: Units, size: int, length: int) -> float | None:
    """cuα: only where several gave a value. A unit counts with its overlap with others' units, averaged over those."""
    observed = _coincident(units, size, length)[:size, :size]
    squares = np.zeros(size)
    for coder, mine in units.items():
        for start, end, value in mine:
            shared = sum(
                max(0, min(end, e) - max(start, s))
                for other, theirs in units.items() if other != coder for s, e, _v in theirs
            )  # fmt: skip
            squares[value] += (shared / (len(units) - 1)) ** 2
    return _alpha_of_lengths(observed, squares)


def _binary_value(given: Mapping[str, Sequence[Span]], value: str, length: int) -> dict[str, float | None]:
    """One value by itself: everything else is a gap."""
    units = {coder: [(s.start, s.end, 0) for s in mine if s.value == value] for coder, mine in given.items()}
    covered = sum(end - start for mine in units.values() for start, end, _v in mine)
    observed = _coincident(units, 1, length)
    agreed = float(np.trace(observed) / observed.sum())
    both = float(observed[0, 0] / observed[0].sum()) if observed[0].sum() else None
    return {
        "alpha": _unitizing(units, 1, length), "percent": agreed, "positive": both,
        "coverage": covered / (len(units) * length),
    }  # fmt: skip
