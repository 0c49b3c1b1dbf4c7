"""Find who speaks when: speaker turns in the layouts that transcripts come in.

A layout is a shape of the line that begins a turn. The layout that fits most lines of a text is used for all of it.
Offsets are code points of the text given, half-open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

__all__ = ["LAYOUTS", "Layout", "Turn", "is_interviewer", "is_plain_label", "split_turns"]


class Turn(NamedTuple):
    """What one speaker says before the next.

    `[start, end)` are the words; `[label_start, label_end)` the label, empty where nobody is named; `time` as written.
    """

    start: int
    end: int
    label: str
    label_start: int
    label_end: int
    time: str | None


class Layout(NamedTuple):
    """A named shape with the groups `label` and `time`, either of which may be missing."""

    name: str
    shape: re.Pattern[str]


_TIME = r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)"
_LABEL = r"(?P<label>[^\W_][^:\n\t\[\]()<>*]{0,39}?)"


def _layout(name: str, shape: str) -> Layout:
    return Layout(name, re.compile(rf"^[ \t]*{shape}", re.MULTILINE))


LAYOUTS = (
    _layout("time before the name", rf"[\[(]{_TIME}[\])][ \t]*{_LABEL}[ \t]*:[ \t]*"),
    _layout("bare time before the name", rf"{_TIME}[ \t]+{_LABEL}[ \t]*:[ \t]+"),
    _layout("time after the name", rf"{_LABEL}[ \t]*[\[(]{_TIME}[\])][ \t]*:?[ \t]*\n?"),
    _layout("name and time on a line", rf"{_LABEL}(?:[ \t]{{2,}}|\t|[ \t]+(?=\d)){_TIME}[ \t]*\n"),
    _layout("bold name", rf"\*\*{_LABEL}[ \t]*:?\*\*[ \t]*:?[ \t]*"),
    _layout("name on a line", rf"{_LABEL}[ \t]*:[ \t]*\n"),
    _layout("initial", r"(?P<label>[A-ZÆØÅ]{1,3})[ \t]*:[ \t]*"),
    _layout("numbered initial", r"(?P<label>[A-ZÆØÅ]{1,3}[ \t]?\d{1,2})[ \t]*:[ \t]*"),
    _layout("name", rf"{_LABEL}[ \t]*:[ \t]*"),
    _layout("name and tab", rf"{_LABEL}[ \t]*\t[ \t]*"),
    _layout("dash", rf"{_LABEL}[ \t]+[\u2013\u2014][ \t]+"),
    _layout("time only", rf"[\[(]{_TIME}[\])][ \t]*"),
)

_INTERVIEWERS = frozenset(
    [
        "i",
        "int",
        "interviewer",
        "intervjuer",
        "intervjuar",
        "interviewer",
        "f",
        "forsker",
        "forskar",
        "m",
        "moderator",
        "mod",
        "ordstyrer",
        "ordstyrar",
        "facilitator",
        "møteleder",
        "mødeleder",
    ]
)
_ROLES = _INTERVIEWERS | frozenset(
    [
        "b",
        "bruker",
        "brukar",
        "borger",
        "p",
        "pasient",
        "pårørende",
        "pårørande",
        "informant",
        "deltaker",
        "deltakar",
        "deltager",
        "respondent",
        "speaker",
        "taler",
        "talende",
        "fastlege",
        "lege",
        "behandler",
        "kontaktperson",
        "koordinator",
        "tovholder",
        "medforsker",
        "medforskar",
        "co-researcher",
        "hjelper",
        "leder",
        "sykepleier",
        "erfaringskonsulent",
        "user",
        "participant",
        "r",
    ]
)
# Words that stand before a colon on many pages without speaking.
_HEADINGS = frozenset(
    [
        "samling",
        "kapittel",
        "kapitel",
        "chapter",
        "del",
        "part",
        "tabell",
        "tabel",
        "table",
        "figur",
        "figure",
        "tema",
        "theme",
        "punkt",
        "fase",
        "phase",
        "trinn",
        "trin",
        "spørsmål",
        "question",
        "vedlegg",
        "bilag",
        "appendix",
        "dato",
        "date",
        "sted",
        "place",
        "tid",
        "time",
        "kilde",
        "kilder",
        "source",
        "note",
        "merk",
        "nb",
        "obs",
        "ps",
        "mål",
        "tiltak",
        "utfordringer",
        "utfordring",
        "resultat",
        "resultater",
        "eksempel",
        "example",
        "http",
        "https",
        "e-post",
        "epost",
        "mail",
        "telefon",
        "tlf",
        "mobil",
        "setting",
        "tilstede",
        "observasjon",
        "refleksjon",
    ]
)
CONVERSATION = 3  # turns of speakers beyond doubt
SPARSEST = 0.02  # turns per line of text; hard-wrapped monologues come down to about 0.03, reports to 0.01
_NUMBER_AT_END = re.compile(r"[ \t_]*\d{1,2}$")
_CODE = re.compile(r"[A-ZÆØÅ]{1,3}[ \t]?\d{0,2}$")


def split_turns(text: str, is_known: Callable[[str], bool] = lambda _label: False) -> list[Turn]:
    """Return the turns of a text, empty where it holds none; a label that `is_known` is taken without further ado.

    Else a label must be a role, a code such as `A1`, or recur; where a conversation is under way, somebody may speak
    once. Headings and numbered gatherings (`Samling 1:`) are no speakers.
    """
    best: list[re.Match[str]] = []
    for layout in LAYOUTS:
        matches = _speaking(list(layout.shape.finditer(text)), is_known)
        if len(matches) > len(best):
            best = matches
    lines = sum(1 for line in text.splitlines() if line.strip())
    if len(best) < SPARSEST * lines:
        return []  # a report with a few labels before colons is no conversation
    return [_turn(text, match, following) for match, following in zip(best, [*best[1:], None], strict=True)]


def _speaking(matches: list[re.Match[str]], is_known: Callable[[str], bool]) -> list[re.Match[str]]:
    times = Counter(map(_label, matches))
    shaped = {label for label in times if is_known(label) or _may_speak(label)}
    sure = {label for label in shaped if not label or is_known(label) or is_plain_label(label)}
    under_way = sum(times[label] for label in sure) >= CONVERSATION
    return [m for m in matches if _label(m) in shaped and (
        _label(m) in sure or times[_label(m)] > 1 or under_way or m.groupdict().get("time")
    )]  # fmt: skip


def _may_speak(label: str) -> bool:
    """Say whether a label has the shape of a speaker: nobody, a role, a code, or one to four words with a capital."""
    words = label.casefold().split()
    noun = _NUMBER_AT_END.sub("", label.casefold())
    if not label or is_plain_label(label):
        return True
    if noun in _HEADINGS or words[0] in _HEADINGS or _NUMBER_AT_END.search(label):
        return False
    return len(words) <= 4 and label[0].isupper()


def _label(match: re.Match[str]) -> str:
    return (match.groupdict().get("label") or "").strip()


def _turn(text: str, match: re.Match[str], following: re.Match[str] | None) -> Turn:
    end = following.start() if following else len(text)
    words = text[match.end() : end]
    start = match.end() + len(words) - len(words.lstrip())
    end = max(start, match.end() + len(words.rstrip()))
    label = _label(match)
    label_start = match.start("label") if label else match.end()
    time = match.groupdict().get("time")
    return Turn(start, end, label, label_start, label_start + len(label), time)


def is_interviewer(label: str) -> bool:
    """Say whether a label stands for the one who asks: `I`, `Intervjuer`, `Moderator 2` …"""
    return _NUMBER_AT_END.sub("", label.casefold()) in _INTERVIEWERS


def is_plain_label(label: str) -> bool:
    """Say whether a label is a role or a code, which tells nobody's name."""
    return _NUMBER_AT_END.sub("", label.casefold()) in _ROLES or bool(_CODE.match(label))
