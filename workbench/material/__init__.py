"""Sources: readers, repairs, speakers and turns, text versions; and the informants and references behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.material import records
from workbench.material.incoming import KINDS, Incoming, prepare, safe_name
from workbench.material.readers import Read, read
from workbench.material.records import Informant, Reference, Source, Speaker, StoredTurn
from workbench.privacy import Edit, Shift, apply_edits
from workbench.store.records import Connection

__all__ = [
    "KINDS",
    "Incoming",
    "Informant",
    "Read",
    "Reference",
    "Source",
    "Speaker",
    "StoredTurn",
    "Words",
    "add_version",
    "forget",
    "holdings",
    "prepare",
    "read",
    "records",
    "revise",
    "rewrite",
    "safe_name",
    "save",
]


@dataclass(frozen=True)
class Words:
    """One informant's words in one text version: `[start, end)` in code points."""

    source_id: str
    text_id: str
    start: int
    end: int


def save(
    connection: Connection, incoming: Incoming, name: str, kind: str, reference_id: str | None, informants: list[str]
) -> tuple[str, str]:
    """Write a file that was made ready as a new source; returns the ids of source and text.

    `informants` are the ids of those behind the whole source: a lone one owns its unmapped speakers.
    """
    source_id = records.add_source(connection, name, kind, incoming.content_hash, reference_id)
    ids = {}
    voices = incoming.voices
    others = [voice for voice in voices if not voice.interviewer]
    for voice in voices:
        owner = voice.informant
        if owner is None and not voice.interviewer and len(others) == len(informants) == 1:
            owner = informants[0]
        ids[id(voice)] = records.add_speaker(connection, source_id, voice.label, voice.interviewer, owner)
    behind_it_all = [] if others else [records.add_speaker(connection, source_id, "", False, i) for i in informants]
    return source_id, add_version(connection, source_id, incoming, ids, behind_it_all)


def add_version(
    connection: Connection,
    source_id: str,
    incoming: Incoming,
    speaker_ids: dict[int, str],
    behind_it_all: Sequence[str] = (),
) -> str:
    """Write the next text version of a source with its turns; returns the text's id.

    `speaker_ids` are those of the voices, by `id(voice)`. Where nobody is marked as speaking, the whole text counts as
    one turn of each speaker in `behind_it_all`.
    """
    text = incoming.screened.text
    text_id = records.add_text(connection, source_id, text, incoming.repairs)
    rows = [
        StoredTurn(number, turn.start, turn.end, turn.time, speaker_ids[id(voice)] if voice else None)
        for number, (turn, voice) in enumerate(incoming.turns, start=1)
    ]
    rows += [StoredTurn(0, 0, len(text), None, speaker_id) for speaker_id in behind_it_all]
    records.add_turns(connection, text_id, rows)
    return text_id


def revise(connection: Connection, text_id: str, text: str, shift: Shift, passage: tuple[int, int]) -> str:
    """Write the next version of a text of which a passage was corrected, with its turns moved; returns the new id.

    What was written at an edge of the passage belongs to the turn that begins or ends there: nobody else speaks it.
    """
    first, last = passage
    grown = len(text) - len(records.text_of(connection, text_id))
    before = records.version(connection, text_id)
    new = records.add_text(connection, before.source_id, text, {}, raw_id=before.raw_id)
    moved = [
        replace(
            turn,
            start=first if turn.start == first else shift.start(turn.start),
            end=last + grown if turn.end == last else shift.end(turn.end),
        )
        for turn in records.turns_of(connection, text_id)
    ]
    records.add_turns(connection, new, [turn for turn in moved if turn.end > turn.start or not turn.number])
    return new


def rewrite(connection: Connection, text_id: str, edits: list[Edit]) -> Shift:
    """Make edits in one text version in place and move its turns; returns how everything else on it moves.

    Only masks and withdrawal rewrite a version; a correction makes a new one.
    """
    shift = Shift(edits)
    records.replace_text(connection, text_id, apply_edits(records.text_of(connection, text_id), edits), shift)
    return shift


def holdings(connection: Connection, informant_id: str) -> list[Words]:
    """Return where this room keeps an informant's words: their turns in every version of every source."""
    found: list[Words] = []
    mine = [speaker for speaker in records.speakers_of(connection) if speaker.informant_id == informant_id]
    ids = {speaker.id for speaker in mine}
    for source_id in dict.fromkeys(speaker.source_id for speaker in mine):
        for text_id, _text in records.versions_of(connection, source_id):
            turns = records.turns_of(connection, text_id)
            found += [
                Words(source_id, text_id, turn.start, turn.end)
                for turn in turns
                if turn.speaker_id in ids and turn.end > turn.start
            ]
    return found


def forget(connection: Connection, informant_id: str, gap: str) -> dict[str, Shift]:
    """Put `gap` in the place of an informant's words in every version; returns how each text moved, by its id."""
    by_text: dict[str, set[Edit]] = {}
    for words in holdings(connection, informant_id):
        by_text.setdefault(words.text_id, set()).add(Edit(words.start, words.end, gap))
    moved = {text_id: rewrite(connection, text_id, sorted(edits)) for text_id, edits in by_text.items()}
    mine = [speaker.id for speaker in records.speakers_of(connection) if speaker.informant_id == informant_id]
    records.remove_speaker(connection, mine)
    records.set_consent(connection, informant_id, "withdrawn", ())
    return moved
