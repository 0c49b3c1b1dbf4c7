"""Repair what converting to text breaks, and say what was repaired. The raw file stays sealed as it came."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

__all__ = ["Repaired", "join_hyphens", "repair"]

# Bullets of symbol fonts land in the private-use area; seen in Word and PDF files: F0B7, F0A7, F0D8, F076, F0FC, F02D.
_BULLET = re.compile("[\ue000-\uf8ff]")
_INVISIBLE = re.compile("[\ufeff\u00ad\u200b\u0000]")
_LINE_END = re.compile("\r\n|[\r\u2028\u2029\u0085\x0b\x0c]")
_TRAILING = re.compile(r"[ \t\u00a0]+$", re.MULTILINE)
# "bruker-\nog" and "DPS-\nlege" keep their hyphen; "sam-\narbeid" loses it. A blank line between may be doubled.
_HYPHEN = re.compile(r"(\w*[^\W\d_])[-\u2010\u2011]\n\n?(?=([^\W\d_]+))")
_KEEPS_HYPHEN = frozenset(["og", "eller", "til", "samt", "and", "or", "und"])
_SPEAKER_AHEAD = re.compile(r"[^\n:]{1,40}:")
_MID_SENTENCE_BLANK = re.compile(r"(?<![.:;!?\u2026\"\u201d\u00bb\n])\n\n(?=[a-zæøåäöéü(,])")
_BLANKS = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Repaired:
    """A text in NFC with `\\n` line ends, and how often each repair was made."""

    text: str
    repairs: dict[str, int] = field(default_factory=dict)


def repair(text: str) -> Repaired:
    """Return the repaired text; kinds of repair: line_end, normalised, invisible, bullet, space, hyphen, blank_line."""
    made: Counter[str] = Counter()

    def replace(kind: str, shape: re.Pattern[str], by: str) -> None:
        nonlocal text
        text, times = shape.subn(by, text)
        made[kind] += times

    replace("line_end", _LINE_END, "\n")
    normal = unicodedata.normalize("NFC", text)
    made["normalised"] += int(normal != text)
    text = normal
    replace("invisible", _INVISIBLE, "")
    replace("bullet", _BULLET, "\u2022")
    text = _TRAILING.sub("", text)
    text, joined = join_hyphens(text)
    made["hyphen"] += joined
    text, times = _MID_SENTENCE_BLANK.subn(lambda m: m.group() if _SPEAKER_AHEAD.match(text, m.end()) else "\n", text)
    made["blank_line"] += times
    replace("blank_line", _BLANKS, "\n\n")
    return Repaired(text.strip("\n") + "\n", {kind: n for kind, n in made.items() if n})


def join_hyphens(text: str) -> tuple[str, int]:
    """Join words divided at the end of a line; returns the text and how many were joined."""
    joined = 0

    def join(match: re.Match[str]) -> str:
        nonlocal joined
        before, after = match.group(1), match.group(2)
        if after.casefold() in _KEEPS_HYPHEN or not after[0].islower():
            return match.group()
        joined += 1
        return f"{before}-" if before.isupper() and len(before) > 1 else before

    return _HYPHEN.sub(join, text), joined
