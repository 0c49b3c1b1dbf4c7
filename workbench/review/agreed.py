"""What is told of coders' agreement. It is computed in `agreement`, which takes numpy and so a while to load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["FEW", "Agreement", "Layer", "Span", "Spread"]

FEW = 8  # clusters below which an interval says little


@dataclass(frozen=True)
class Agreement:
    """How far coders agree. `ci` is a 95 % interval by bootstrap over clusters of units (units, turns or sources).

    `below` is the share of draws with an alpha below .667; `few` says that there are too few clusters for the interval
    to say much. `prevalence` is how much of the text the coders gave the value. `reason` tells why `alpha` is None.
    """

    units: int
    coders: tuple[str, ...]
    alpha: float | None = None
    ci: tuple[float, float] | None = None
    percent: float | None = None
    kappa: float | None = None
    ac1: float | None = None
    prevalence: float | None = None
    below: float | None = None
    few: bool = False
    reason: str | None = None


class Span(NamedTuple):
    """What a coder gave a value: `[start, end)` in units of the continuum, code points for a text."""

    coder: str
    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Spread:
    """How far coders agree on where something is and what it is, over a continuum of some length.

    `u_alpha`: places and values, gaps too; `binary_alpha`: whether there is anything; `cu_alpha`: values, where several
    found something. `per_value` has, by value, a binary alpha of its own and how much of the continuum it covers.
    """

    length: int
    coders: tuple[str, ...]
    u_alpha: float | None = None
    binary_alpha: float | None = None
    cu_alpha: float | None = None
    per_value: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True)
class Layer:
    """One value over text that several coders read: by cluster (a source, a turn) how many units had which pattern.

    A pattern tells for each coder whether they gave the value (1), did not (0), or did not read that stretch (absent).
    """

    coders: tuple[str, ...]
    clusters: Sequence[Mapping[tuple[tuple[str, int], ...], int]]
