"""What several coders made of the same text, or of the same passages of a round, laid side by side to be compared.

Only text that at least two coders read counts: a source in which somebody coded is one that they read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.coding.records import Coding, list_codings
from workbench.material import records as material
from workbench.review import looked_at, reading_of
from workbench.review.agreed import FEW, Layer
from workbench.review.independent import OwnCoding, own_codings
from workbench.review.records import Round, items_of
from workbench.store.records import Connection

__all__ = ["BY", "Passage", "Spans", "layers", "passages", "readings"]

BY = ("theme", "effect", "determinant", "code")
Pattern = tuple[tuple[str, int], ...]
Spans = Sequence[tuple[int, int]]


def layers(
    connection: Connection, by: str, sources: Iterable[str] | None = None, made: Round | None = None,
    shown: Mapping[str, Spans] | None = None,
) -> dict[str, Layer]:  # fmt: skip
    """Return each theme, effect, determinant or code as a layer over the characters that several coders read.

    Characters are Unicode code points. Where there are eight sources or more they are the clusters, else the turns are:
    characters are far from independent of each other. `sources` are the ids of those that count (None: all). In a round
    of independent coding the study's codings are laid beside those of the round, over those parts of its sources, by
    id, that its coders were `shown`.
    """
    wanted = None if sources is None else set(sources)
    read: dict[str, list[Coding | OwnCoding]] = defaultdict(list)
    newest = {source.id: source.text_id for source in material.list_sources(connection)}
    for coding in _codings(connection, made):
        if coding.text_id == newest.get(coding.source_id) and (wanted is None or coding.source_id in wanted):
            read[coding.source_id].append(coding)
    shared = {source: codings for source, codings in read.items() if len({one.coder for one in codings}) > 1}
    values = sorted({value for codings in shared.values() for one in codings if (value := _value(one, by))})
    clusters: dict[str, list[dict[Pattern, int]]] = {value: [] for value in values}
    coders = {one.coder for codings in shared.values() for one in codings}
    for source, codings in shared.items():
        edges = [0, len(material.text_of(connection, newest[source]))]
        if len(shared) < FEW:
            edges += [turn.start for turn in material.turns_of(connection, newest[source])]
        within = None if shown is None else shown[source]
        for cluster in _clusters(codings, by, sorted(set(edges)), within):
            for value in values:
                clusters[value].append(cluster(value))
    return {value: Layer(tuple(sorted(coders)), clusters[value]) for value in values}


def _codings(connection: Connection, made: Round | None) -> list[Coding | OwnCoding]:
    """The study's codings; for a round those of its sources, and what was coded in the round."""
    codings: list[Coding | OwnCoding] = [*list_codings(connection)]
    if made is None:
        return codings
    sources = {one.subject for one in items_of(connection, made.id)}
    return [one for one in codings if one.source_id in sources] + own_codings(connection, made.id)


@dataclass(frozen=True)
class Passage:
    """Words that one or several people coded, `[start, end)` of a text version, and what each made of them.

    Codings that share characters make one passage.
    """

    source_id: str
    text_id: str
    start: int
    end: int
    codings: tuple[Coding | OwnCoding, ...]

    @property
    def readings(self) -> int:
        """How many readings there are beside each other."""
        return len({(one.theme, one.code_id, one.effect, one.determinant) for one in self.codings})


def passages(connection: Connection, made: Round, shown: Mapping[str, Spans]) -> list[Passage]:
    """Return what was coded in a round of independent coding, those read in most ways first, in the order of the text.

    The study's own codings are among it where they stand at words that were `shown`.
    """
    found: list[Passage] = []
    newest = {source.id: source.text_id for source in material.list_sources(connection)}
    here = [one for one in _codings(connection, made) if one.text_id == newest.get(one.source_id)]
    for one in sorted(here, key=lambda coding: (coding.source_id, coding.start, coding.end)):
        if not any(start < one.end and one.start < end for start, end in shown.get(one.source_id, ())):
            continue
        last = found[-1] if found else None
        if last and last.source_id == one.source_id and one.start < last.end:
            whole = (last.start, max(last.end, one.end), (*last.codings, one))
            found[-1] = Passage(one.source_id, one.text_id, *whole)
        else:
            found.append(Passage(one.source_id, one.text_id, one.start, one.end, (one,)))
    return sorted(found, key=lambda passage: -passage.readings)


def _value(coding: Coding | OwnCoding, by: str) -> str:
    return coding.code_id or "" if by == "code" else str(getattr(coding, by))


class _Cluster:
    """One stretch of text that everybody read: how many characters have which pattern, value by value."""

    def __init__(self, coders: Iterable[str], length: int) -> None:
        self.coders = sorted(coders)
        self.length = length
        self.found: dict[str, dict[Pattern, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, by_value: Mapping[str, set[str]], length: int) -> None:
        for value, gave in by_value.items():
            self.found[value][tuple((coder, int(coder in gave)) for coder in self.coders)] += length

    def __call__(self, value: str) -> dict[Pattern, int]:
        found = dict(self.found.get(value, {}))
        left = self.length - sum(found.values())
        return {**found, tuple((coder, 0) for coder in self.coders): left} if left else found


def _clusters(codings: list[Coding | OwnCoding], by: str, edges: list[int], within: Spans | None) -> Iterable[_Cluster]:
    """Cut a text at every edge of a coding, within its clusters, or within those parts of it that were shown."""
    coders = {one.coder for one in codings}
    for first, last in pairwise(edges) if within is None else within:
        cluster = _Cluster(coders, last - first)
        here = [one for one in codings if one.start < last and first < one.end and _value(one, by)]
        cuts = sorted({first, last, *(at for one in here for at in (one.start, one.end) if first < at < last)})
        for start, end in pairwise(cuts):
            gave: dict[str, set[str]] = defaultdict(set)
            for one in here:
                if one.start < end and start < one.end:
                    gave[_value(one, by)].add(one.coder)
            cluster.add(gave, end - start)
        yield cluster


def readings(connection: Connection, made: Round, by: str) -> dict[str, dict[str, str]]:
    """Return by passage of a round, and by who read it, the reading: the researcher's own, and each co-researcher's.

    Who agrees reads as was read; who wonders gives no reading. In a blind round the first answer counts, given before
    the other reading was seen.
    """
    codings = {one.id: one for one in list_codings(connection)}
    found: dict[str, dict[str, str]] = {}
    for looked in looked_at(connection, made.id):
        coding = codings.get(looked.item.subject)
        if coding is None:
            continue
        own = reading_of(coding)[by]
        found[looked.item.id] = {coding.coder: own}
        unseen = [answer for answer in reversed(looked.said) if answer.seen is None]  # the first of each comes last
        for answer in unseen if made.blind else looked.standing:
            if answer.stance == "agree":
                found[looked.item.id][answer.reviewer] = (answer.seen or {}).get(by, own)
            elif answer.reading:
                found[looked.item.id][answer.reviewer] = answer.reading[by]
    return found
