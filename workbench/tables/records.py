"""The queries behind the tables: this room's only use of SQLAlchemy. All count in the database, not in Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    MetaData,
    Select,
    String,
    Subquery,
    Table,
    distinct,
    func,
    insert,
    select,
)

from workbench.coding.records import coding_speakers, codings, statement_codings
from workbench.material.records import references, sources, speakers
from workbench.store.records import Connection

__all__ = ["Coverage", "Segment", "count_by", "segments"]

_passing = MetaData()
covered_sources = Table("covered_sources", _passing, Column("id", String(36), primary_key=True), prefixes=["TEMPORARY"])
covered_speakers = Table(
    "covered_speakers", _passing, Column("id", String(36), primary_key=True), prefixes=["TEMPORARY"]
)


@dataclass(frozen=True)
class Coverage:
    """What consent covers: only codings of these sources, all of whose speakers are among these, may be counted.

    `quotable` are the speakers whose words may be shown too; `approved` are codings that the informant let be quoted
    one by one, `refused` those that are not to be; `sharing` are the informants whose maps and courses may be shown.
    `waiting_sources` tells how many are left out, so that a table can
    say so.
    """

    sources: frozenset[str]
    speakers: frozenset[str]
    quotable: frozenset[str]
    waiting_sources: int = 0
    approved: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    sharing: frozenset[str] = frozenset()

    def may_quote(self, coding_id: str, speakers: Iterable[str]) -> bool:
        """Say whether the words of a coding, of these speakers, may be shown."""
        if coding_id in self.refused:
            return False
        return coding_id in self.approved or self.quotable.issuperset(speakers)


@dataclass(frozen=True)
class Segment:
    """A coded span with what a table needs to show it; `quotable` is False where consent does not cover quoting."""

    coding_id: str
    source: str
    kind: str
    start: int
    end: int
    quote: str
    theme: str
    effect: str
    determinant: str
    coder: str
    speakers: tuple[str, ...]
    reference: str | None
    quotable: bool


@contextmanager
def coverage_tables(connection: Connection, coverage: Coverage) -> Iterator[None]:
    """Lay out what consent covers as tables of this connection, for the length of the block."""
    _passing.create_all(connection, checkfirst=False)
    try:
        for table, ids in ((covered_sources, coverage.sources), (covered_speakers, coverage.speakers)):
            if ids:
                connection.execute(insert(table), [{"id": i} for i in ids])
        yield
    finally:
        _passing.drop_all(connection, checkfirst=False)


def count_by(connection: Connection, coverage: Coverage, *by: str) -> dict[tuple[str, ...], tuple[int, int, int]]:
    """Return numbers of codings, sources and informants for each group of the named columns.

    `by` names columns of the codings, or `statement` or `kind`. Codings are first counted per source, which one pass
    over an index gives; what is left to look at is as much as there are sources, not codings.
    """
    with coverage_tables(connection, coverage):
        covered = select(covered_sources.c.id)
        counted = _per_source(by)
        groups = [counted.c[i] for i in range(len(by))]
        base = select(*groups, func.sum(counted.c.codings), func.count()).group_by(*groups)
        base = base.where(counted.c.source_id.in_(covered))
        voiced = _voiced_in_statements(by) if "statement" in by else _voiced_in_sources(by)
        groups = [voiced.c[i] for i in range(len(by))]
        people = select(*groups, func.count(distinct(speakers.c.informant_id))).select_from(voiced)
        people = people.join(speakers, speakers.c.id == voiced.c.speaker_id)
        people = people.where(speakers.c.source_id.in_(covered)).group_by(*groups)
        width = len(by)
        informants = {tuple(r[:width]): r[width] for r in connection.execute(people)}
        return {
            tuple(r[:width]): (r[width], r[width + 1], informants.get(tuple(r[:width]), 0))
            for r in connection.execute(base)
        }


def _per_source(by: tuple[str, ...]) -> Subquery:
    """Return each group's number of codings in each source."""
    columns = [_column(name) for name in by]
    query = _grouped(select(*columns, codings.c.source_id, func.count().label("codings")), by)
    query = query.where(codings.c.id.not_in(_of_somebody_else()))
    return query.group_by(*columns, codings.c.source_id).subquery()


def _voiced_in_sources(by: tuple[str, ...]) -> Subquery:
    """Return the speakers in each group: of each source's speakers, those with one coding of the group at least.

    Looking for one coding per speaker and group stays in step with the sources; going through all codings for
    their speakers takes longer for each the more there are.
    """
    counted = _per_source(by)
    one = (
        select(codings.c.id)
        .join(coding_speakers, coding_speakers.c.coding_id == codings.c.id)
        .where(coding_speakers.c.speaker_id == speakers.c.id)
        .where(codings.c.source_id == counted.c.source_id)
        .where(codings.c.id.not_in(_of_somebody_else()))
        .where(*(codings.c[name].is_not_distinct_from(counted.c[i]) for i, name in enumerate(by) if name != "kind"))
    )
    groups = [counted.c[i] for i in range(len(by))]
    query = select(*groups, speakers.c.id.label("speaker_id")).select_from(counted)
    return query.join(speakers, speakers.c.source_id == counted.c.source_id).where(one.exists()).subquery()


def _voiced_in_statements(by: tuple[str, ...]) -> Subquery:
    """Return the speakers in each statement's codings, which are few beside all codings."""
    query = _grouped(select(*(_column(name) for name in by), coding_speakers.c.speaker_id).distinct(), by)
    query = query.join(coding_speakers, coding_speakers.c.coding_id == codings.c.id)
    return query.where(codings.c.id.not_in(_of_somebody_else())).subquery()


def _column(name: str) -> Any:
    if name == "statement":
        return statement_codings.c.statement_id
    return sources.c.kind if name == "kind" else codings.c[name]


def _grouped(query: Select[Any], by: tuple[str, ...]) -> Select[Any]:
    query = query.select_from(codings)
    if "statement" in by:
        query = query.join(statement_codings, statement_codings.c.coding_id == codings.c.id)
        query = query.where(statement_codings.c.counter.is_(False))
    if "kind" in by:
        query = query.join(sources, sources.c.id == codings.c.source_id)
    return query


def _of_somebody_else() -> Select[Any]:
    """Return the codings that touch somebody whom consent does not cover; found from those few."""
    others = select(speakers.c.id).where(speakers.c.id.not_in(select(covered_speakers.c.id)))
    return select(coding_speakers.c.coding_id).where(coding_speakers.c.speaker_id.in_(others))


def segments(connection: Connection, coverage: Coverage, statement: str | None = None, **where: str) -> list[Segment]:
    """Return the covered segments of a statement, or of a cell, theme or source given by column."""
    with coverage_tables(connection, coverage):
        coding = (
            select(codings)
            .where(codings.c.source_id.in_(select(covered_sources.c.id)))
            .where(codings.c.id.not_in(_of_somebody_else()))
            .subquery("covered")
        )
        query = (
            select(coding, sources.c.name, sources.c.kind, references.c.key)
            .select_from(coding)
            .join(sources, sources.c.id == coding.c.source_id)
            .outerjoin(references, references.c.id == sources.c.reference_id)
            .order_by(sources.c.name, coding.c.start, coding.c.id)
        )
        if statement is not None:
            query = query.join(statement_codings, statement_codings.c.coding_id == coding.c.id)
            query = query.where(statement_codings.c.statement_id == statement, statement_codings.c.counter.is_(False))
        for column, value in where.items():
            query = query.where(coding.c[column] == value)
        rows = connection.execute(query).all()
        who = (
            select(coding_speakers.c.coding_id, speakers.c.id, speakers.c.label)
            .join(speakers, speakers.c.id == coding_speakers.c.speaker_id)
            .join(coding, coding.c.id == coding_speakers.c.coding_id)
            .order_by(speakers.c.label)
        )
        voices: dict[str, list[tuple[str, str]]] = {}
        for coding_id, speaker_id, label in connection.execute(who):
            voices.setdefault(coding_id, []).append((speaker_id, label))
    return [
        Segment(
            r.id, r.name, r.kind, r.start, r.end, r.quote, r.theme, r.effect, r.determinant, r.coder,
            tuple(label for _id, label in voices.get(r.id, ()) if label), r.key,
            coverage.may_quote(r.id, [speaker for speaker, _label in voices.get(r.id, ())]),
        )
        for r in rows
    ]  # fmt: skip
