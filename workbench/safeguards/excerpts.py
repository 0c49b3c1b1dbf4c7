"""What a co-researcher may read of a passage: pseudonymised words whose informants let co-researchers read them.

Asked at use, not when a round is opened: who takes back the scope is read no more from that moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.coding import Code, Coding
from workbench.coding.records import list_codes, list_codings
from workbench.material import laying
from workbench.material import records as material
from workbench.safeguards.consent import Readers, readers
from workbench.store.records import Connection

__all__ = [
    "Excerpt", "Line", "excerpts", "own_words", "readable", "readable_codes", "readable_rows",
    "readable_sources", "without",
]  # fmt: skip

AROUND = 1  # turns shown before and after the passage


@dataclass(frozen=True)
class Line:
    """What somebody says near a passage: its text from `start` on, in code points of the text version.

    `text` is None where these words may not be read. `voice` is the speaker's id, empty where nobody is said to speak.
    """

    speaker: str
    start: int
    text: str | None
    voice: str


@dataclass(frozen=True)
class Excerpt:
    """A passage `[start, end)` of a text version, and the lines that hold it and stand around it."""

    text_id: str
    start: int
    end: int
    lines: tuple[Line, ...]

    @property
    def own(self) -> tuple[Line, ...]:
        """The lines that hold the passage."""
        return tuple(
            one for one in self.lines
            if one.text is not None and one.start < self.end and self.start < one.start + len(one.text)
        )  # fmt: skip

    def places(self, lines: Iterable[Line]) -> set[tuple[str, int]]:
        """Where lines stand: text version and offset, which are the same in every excerpt that shows them."""
        return {(self.text_id, one.start) for one in lines if one.text is not None}


def readable(connection: Connection, codings: Iterable[Coding]) -> list[Coding]:
    """Return the codings all of whose words co-researchers may read now."""
    may = readers(connection)
    return [one for one in codings if may.read(one.source_id, one.speakers)]


def readable_codes(connection: Connection) -> list[Code]:
    """Return the codebook's codes that may be shown: one that stands only at words that may not be read is left out.

    Its name may be those very words.
    """
    codings = list_codings(connection)
    borne = {one.code_id for one in codings}
    shown = {one.code_id for one in readable(connection, codings)}
    return [one for one in list_codes(connection) if one.id not in borne or one.id in shown]


def readable_rows(connection: Connection, source_id: str, text_id: str) -> tuple[list[laying.Row], str]:
    """Return a text version in rows, and its text, in which every code point that may not be read is a blank.

    A row that may not be read is `[start, start)`.
    """
    may, text = readers(connection), material.text_of(connection, text_id)
    found, shown, at = [], [], 0
    for row in laying.rows(text, material.turns_of(connection, text_id)):
        if not may.read(source_id, [row.speaker_id] if row.speaker_id else []):
            found.append(row._replace(end=row.start))
            continue
        found.append(row)
        shown += [" " * (row.start - at), text[row.start : row.end]]
        at = row.end
    return found, "".join([*shown, " " * (len(text) - at)])


def readable_sources(connection: Connection, source_ids: Iterable[str]) -> list[str]:
    """Return those of the sources in which more may be read than what the interviewer says."""
    asking = {voice.id for voice in material.speakers_of(connection) if voice.interviewer}
    found = []
    for one in dict.fromkeys(source_ids):
        rows, _text = readable_rows(connection, one, material.newest_text(connection, one))
        if any(row.start < row.end and row.speaker_id not in asking for row in rows):
            found.append(one)
    return found


def own_words(connection: Connection, informant_id: str) -> list[Coding]:
    """Return the codings of an informant's words, and of nobody else's but the interviewer's."""
    voices = material.speakers_of(connection)
    own = {voice.id for voice in voices if voice.informant_id == informant_id}
    allowed = own | {voice.id for voice in voices if voice.interviewer}
    codings = [one for one in list_codings(connection) if own.intersection(one.speakers)]
    return [one for one in codings if allowed.issuperset(one.speakers)]


def excerpts(
    connection: Connection, codings: Iterable[Coding], informant_id: str | None = None
) -> dict[str, Excerpt]:  # fmt: skip
    """Return the passages of codings with their context, by the coding's id, but for those that may not be read.

    Whoever reads as an informant reads that informant's words too.
    """
    voices = material.speakers_of(connection)
    own = [voice.id for voice in voices if informant_id and voice.informant_id == informant_id]
    may, found = readers(connection).and_own(own), {}
    laid: dict[str, tuple[str, list[laying.Row]]] = {}
    labels = {voice.id: voice.label for voice in voices}
    for one in codings:
        if not may.read(one.source_id, one.speakers):
            continue
        if one.text_id not in laid:
            text = material.text_of(connection, one.text_id)
            laid[one.text_id] = (text, laying.rows(text, material.turns_of(connection, one.text_id)))
        found[one.id] = _excerpt(one, *laid[one.text_id], labels, may)
    return found


def _excerpt(coding: Coding, text: str, rows: Sequence[laying.Row], labels: Mapping[str, str], may: Readers) -> Excerpt:
    inside = [n for n, row in enumerate(rows) if row.start < coding.end and coding.start < row.end]
    near = rows[max(0, inside[0] - AROUND) : inside[-1] + 1 + AROUND] if inside else []

    def line(row: laying.Row) -> Line:
        heard = [row.speaker_id] if row.speaker_id else []
        said = text[row.start : row.end] if may.read(coding.source_id, heard) else None
        return Line(labels.get(row.speaker_id or "", ""), row.start, said, row.speaker_id or "")

    return Excerpt(coding.text_id, coding.start, coding.end, tuple(map(line, near)))


def without(shown: Excerpt, places: Collection[tuple[str, int]], voices: Collection[str]) -> Excerpt | None:
    """Return an excerpt in which these places and voices can't be read; None where its passage is among them."""

    def goes(line: Line) -> bool:
        return line.voice in voices or (shown.text_id, line.start) in places

    if any(goes(one) for one in shown.own):
        return None
    return replace(shown, lines=tuple(replace(one, text=None) if goes(one) else one for one in shown.lines))
