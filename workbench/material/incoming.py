"""Make a file ready for the store: read, repair, find turns, mask. Nothing is written here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from workbench.locale import _
from workbench.material.readers import Read
from workbench.material.repair import repair
from workbench.material.turns import Turn, is_interviewer, is_plain_label, split_turns
from workbench.privacy import Decide, Entry, Finding, Register, Screened, Shift, accept_certain, find, screen

__all__ = ["KINDS", "Incoming", "Voice", "prepare", "safe_name"]

KINDS = ("interview", "focus_group", "observation", "co_research", "meeting", "document")


@dataclass
class Voice:
    """A speaker as met in one file: the label that is stored, and who it is, where that is known.

    `informant` is an informant's id.
    """

    label: str
    interviewer: bool = False
    informant: str | None = None


@dataclass(frozen=True)
class Incoming:
    """A file made ready: nothing in it but `content` and `raw` holds a name that anything here could find."""

    content: bytes
    raw: str
    content_hash: str
    repairs: dict[str, int]
    screened: Screened
    turns: list[tuple[Turn, Voice | None]]
    notices: tuple[str, ...] = field(default=())

    @property
    def voices(self) -> list[Voice]:
        """The speakers, each once, in the order they speak."""
        return list({id(voice): voice for _turn, voice in self.turns if voice}.values())


def prepare(
    file: Read,
    kind: str,
    register: Register,
    speakers: Mapping[str, tuple[str, str]],
    decide: Decide = accept_certain,
    informants: Mapping[str, str] | None = None,
) -> Incoming:
    """Turn what was read of a file into masked text and turns.

    `speakers` maps labels as they stand in the file to an informant's code and id; `informants` maps ids to codes.
    """
    repaired = repair(file.text)
    mapped = {label.casefold() for label in speakers}

    @cache
    def is_known(label: str) -> bool:
        return label.casefold() in mapped or any(f.end - f.start == len(label) for f in find(label, register))

    turns = [] if kind == "document" else split_turns(repaired.text, is_known)
    voices = _voices(turns, register, speakers, informants or {})
    known = []
    named: dict[str, Entry] = {}  # unknown people who speak here: masked in the rest of this text too
    for turn in turns:
        voice = voices.get(turn.label)
        if voice and voice.label != turn.label:
            known.append(Finding(turn.label_start, turn.label_end, "person", "auto", voice.label))
            if not is_known(turn.label):
                named[turn.label] = Entry("", turn.label, replacement=voice.label)
    screened = screen(repaired.text, register.with_new(named.values()), decide, known)
    moved = Shift(screened.edits)
    return Incoming(
        content=file.content,
        raw=repaired.text,
        content_hash=hashlib.sha256(repaired.text.encode()).hexdigest(),
        repairs=repaired.repairs,
        screened=screened,
        turns=[
            (turn._replace(start=moved.start(turn.start), end=moved.end(turn.end)), voices.get(turn.label))
            for turn in turns
        ],
        notices=file.notices,
    )


def _voices(
    turns: list[Turn],
    register: Register,
    speakers: Mapping[str, tuple[str, str]],
    informants: Mapping[str, str],
) -> dict[str, Voice]:
    """Give each label its speaker: one mapped by the user, one the register knows, a role, or a number."""
    mapped = {label.casefold(): target for label, target in speakers.items()}
    owners = {entry.id: entry.informant for entry in register.entries}
    voices: dict[str, Voice] = {}
    for label in dict.fromkeys(turn.label for turn in turns if turn.label):
        names = find(label, register)
        informant = next((owners[f.register_id] for f in names if f.register_id and owners[f.register_id]), None)
        if label.casefold() in mapped and not is_interviewer(label):
            code, identity = mapped[label.casefold()]
            voices[label] = Voice(code, informant=identity)
        elif informant is not None:
            voices[label] = Voice(informants.get(informant, names[0].replacement), informant=informant)
        elif is_plain_label(label) and not names:
            voices[label] = Voice(label, interviewer=is_interviewer(label))
        else:
            called = _("Speaker")
            unnamed = sum(1 for voice in voices.values() if voice.label.startswith(called))
            voices[label] = Voice(f"{called} {unnamed + 1}")
    return voices


_PLAIN_WORDS = frozenset(
    [
        "intervju",
        "interview",
        "fokusgruppe",
        "fokusgruppeintervju",
        "focus",
        "group",
        "gruppe",
        "observasjon",
        "observation",
        "møte",
        "meeting",
        "møde",
        "notat",
        "note",
        "logg",
        "log",
        "dokument",
        "document",
        "medforskning",
        "co",
        "research",
        "samling",
        "utskrift",
        "transkript",
        "transkripsjon",
        "transcript",
        "transskription",
        "rapport",
        "report",
        "del",
        "part",
        "kopi",
        "copy",
        "versjon",
        "version",
        "final",
        "renskrevet",
        "revidert",
    ]
)


def safe_name(path: Path, is_code: Callable[[str], bool]) -> str | None:
    """Return the file's name when it can't carry a person's name, else None.

    Only plain words of the trade, informants' codes and numbers (hexadecimal ones too) are taken for harmless.
    """
    words = re.findall(r"[^\W_]+", path.stem)
    harmless = all(
        word.isdigit() or word.casefold() in _PLAIN_WORDS or is_code(word) or re.fullmatch(r"(?=.*\d)[0-9a-f]+", word)
        for word in words
    )
    return path.stem if words and harmless else None
