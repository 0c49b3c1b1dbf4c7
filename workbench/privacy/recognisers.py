"""Find what may identify a person in a text: the register's names in their forms, and numbers by their shape.

Offsets are Unicode code points of the text that was given, half-open.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from workbench.locale import N_, _
from workbench.privacy.register import Entry, Register

__all__ = ["Finding", "find", "find_names", "find_patterns"]

Status = Literal["auto", "review"]


@dataclass(frozen=True)
class Finding:
    """A span that may identify somebody.

    `auto` is masked without asking, `review` is put to a person; `register_id` is None for what a pattern found.
    """

    start: int
    end: int
    type: str
    status: Status
    replacement: str
    register_id: str | None = None


def find(text: str, register: Register) -> list[Finding]:
    """Return all findings without overlaps, in order: longer before shorter, certain before uncertain."""
    candidates = [*find_names(text, register), *find_patterns(text)]
    candidates.sort(key=lambda f: (f.status == "review", f.start - f.end, f.start))
    taken: list[Finding] = []  # kept in order, so that only two neighbours can overlap
    for finding in candidates:
        at = bisect_left(taken, finding.start, key=lambda f: f.start)
        before_ends = at == 0 or taken[at - 1].end <= finding.start
        if before_ends and (at == len(taken) or finding.end <= taken[at].start):
            taken.insert(at, finding)
    return taken


# --- names -----------------------------------------------------------------------------------------------------------

# What a screen does not show: soft hyphens, joiners, marks of direction. A name they divide is that name still.
INVISIBLE = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
# A word may hold combining marks and what is invisible; the latter is dropped for comparing, and moves no offset.
_LETTERS = r"[^\W_\u0300-\u036f][\u0300-\u036f]*"
WORD = re.compile(rf"(?:{_LETTERS})+(?:[{INVISIBLE}]+(?:{_LETTERS})+)*")
_BETWEEN = re.compile(rf"[\s.\-\u2010\u2011/_{INVISIBLE}]{{0,12}}")
_LINE_HYPHEN = re.compile(r"[-\u2010\u2011\u00ad]\s*\n\s*")
_UNSEEN = re.compile(f"[{INVISIBLE}]")
_GENITIVE_MARK = re.compile(r"['\u2019]s?(?!\w)")
_SENTENCE_START = re.compile(r"(?:^|[.:!?\u2026\n\u2013\u2014\"\u201c\u00ab]\s*|^\s*)$")

# Nordic names that are everyday words too: alone and in small letters they are no name, at the start of a sentence
# only a person can tell.
COMMON_WORDS = frozenset(
    [
        "alm",
        "ask",
        "bakke",
        "bakken",
        "berg",
        "birk",
        "bjørn",
        "bo",
        "bror",
        "by",
        "dag",
        "dahl",
        "dal",
        "dale",
        "dam",
        "eik",
        "elv",
        "even",
        "fjeld",
        "frank",
        "from",
        "glad",
        "gran",
        "haug",
        "hauk",
        "hav",
        "holm",
        "jo",
        "kald",
        "krog",
        "kjær",
        "lang",
        "liv",
        "lien",
        "lie",
        "lund",
        "lunde",
        "mai",
        "may",
        "mo",
        "moe",
        "myr",
        "nes",
        "ness",
        "odd",
        "per",
        "rose",
        "roar",
        "sand",
        "siv",
        "sjø",
        "skog",
        "sol",
        "sommer",
        "stein",
        "strand",
        "sund",
        "svane",
        "tom",
        "tor",
        "und",
        "unn",
        "ung",
        "vik",
        "vår",
        "vang",
        "vold",
        "øst",
        "ås",
    ]
)
_PARTICLES = frozenset(["af", "av", "da", "de", "den", "der", "di", "du", "el", "la", "le", "van", "von", "y", "zu"])


class Token(NamedTuple):
    key: str
    start: int
    end: int


def find_names(text: str, register: Register) -> Iterator[Finding]:
    """Give every occurrence of a register name: whole, in part, with initials, in the genitive, across line breaks."""
    forms = _forms(register)
    if not forms:
        return
    tokens = _tokens(text)
    for at, token in enumerate(tokens):
        joined = _joined(text, tokens, at)
        for key in (*_keys(token.key), *(_keys(joined) if joined else ())):
            for words, entries in forms.get(key, ()):
                last = _match(text, tokens, at, words)
                if last is not None:
                    finding = _finding(text, tokens, at, last, words, entries)
                    if finding is not None:
                        yield finding


@lru_cache(maxsize=4)  # a register does not change, and every passage of an edition is held against one
def _forms(register: Register) -> dict[str, list[tuple[tuple[str, ...], list[Entry]]]]:
    """Index each form of each name by its first word; a form shared by several identities names them all."""
    owners: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in register.entries:
        for form in {form for name in entry.names for form in _forms_of(name, entry.type == "person")}:
            owners[form].append(entry)
    index: dict[str, list[tuple[tuple[str, ...], list[Entry]]]] = defaultdict(list)
    for form, entries in owners.items():
        index[form[0]].append((form, entries))
    return index


def _forms_of(name: str, is_person: bool) -> Iterator[tuple[str, ...]]:
    words = tuple(token.key for token in _tokens(name))
    if not words:
        return
    yield words
    if not is_person or len(words) == 1:
        return
    yield (words[0], words[-1])
    yield (words[0][0], words[-1])
    yield words[:-1]
    for word in words:
        if len(word) > 1 and word not in _PARTICLES:
            yield (word,)


def starts_sentence(text: str, start: int) -> bool:
    """Say whether a word that starts at `start` begins a sentence, where it is spelt with a capital in any case."""
    return bool(_SENTENCE_START.search(text[max(0, start - 20) : start]))


def _tokens(text: str) -> list[Token]:
    return [Token(folded(match.group()), *match.span()) for match in WORD.finditer(text)]


def folded(word: str) -> str:
    """Return a word as it is compared: in small letters, composed, without what is not seen."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", word)).casefold()


def _keys(word: str) -> tuple[str, ...]:
    """A word, and the word whose genitive it may be."""
    return (word, word[:-1]) if len(word) > 2 and word.endswith("s") else (word,)


def _match(text: str, tokens: list[Token], at: int, words: tuple[str, ...]) -> int | None:
    """Return the index of the last token when `words` stand at token `at`, else None."""
    index = at
    for position, word in enumerate(words):
        if position:
            index += 1
            if index >= len(tokens) or not _BETWEEN.fullmatch(text, tokens[index - 1].end, tokens[index].start):
                return None
        is_last = position == len(words) - 1
        if word not in (_keys(tokens[index].key) if is_last else (tokens[index].key,)):
            joined = _joined(text, tokens, index)
            if joined is None or word not in (_keys(joined) if is_last else (joined,)):
                return None
            index += 1
    return index


def _joined(text: str, tokens: list[Token], index: int) -> str | None:
    """Return the word that a hyphen at the end of a line divides into this token and the next."""
    if index + 1 < len(tokens) and _LINE_HYPHEN.fullmatch(text, tokens[index].end, tokens[index + 1].start):
        return tokens[index].key + tokens[index + 1].key
    return None


def _finding(
    text: str, tokens: list[Token], first: int, last: int, words: tuple[str, ...], entries: list[Entry]
) -> Finding | None:
    start, end = tokens[first].start, tokens[last].end
    status: Status = "auto"
    if len(words) == 1 and words[0] in COMMON_WORDS:
        if not text[start].isupper():
            return None
        if starts_sentence(text, start):
            status = "review"
    replacement = entries[0].replacement if len(entries) == 1 else _("[name]")
    mark = _GENITIVE_MARK.match(text, end)
    if mark:
        end = mark.end()
        replacement += "s" if mark.group().endswith("s") else mark.group()
    elif tokens[last].key != words[-1] and tokens[last].key.endswith("s") and not words[-1].endswith("s"):
        replacement += "s"
    one = len(entries) == 1
    return Finding(start, end, entries[0].type, status, replacement, (entries[0].id or None) if one else None)


# --- numbers and addresses by their shape ----------------------------------------------------------------------------


class Pattern(NamedTuple):
    """A recogniser: what it is called, how it looks, and how sure a match is."""

    type: str
    label: str
    shape: re.Pattern[str]
    status: Callable[[str], Status | None]


def _always(_text: str) -> Status:
    return "auto"


def _if_born(text: str) -> Status:
    """A CPR number begins with a birthday; its checksum was dropped in 2007 and tells nothing."""
    return "auto" if _is_day(text[:2], text[2:4]) else "review"


def _is_day(day: str, month: str) -> bool:
    try:
        date(2000, int(month), int(day))
    except ValueError:
        return False
    return True


def _phone(text: str) -> Status | None:
    """Eight digits in a row may also be a date written without marks."""
    digits = re.sub(r"\D", "", text)
    if len(text) == 8 and (_is_day(digits[:2], digits[2:4]) or digits.startswith(("19", "20"))):
        return "review"
    return None if digits.startswith(("0", "1")) and len(digits) == 8 else "auto"


_G = "[ .\u00a0\u202f-]?"
_EDGE, _END = r"(?<![\w.,+/-])", r"(?![\w-]|[.,]\d)"
PATTERNS = (
    # 6 + 5 digits: fødselsnummer, D-, H- and test numbers alike. Slips of the pen are common in transcripts, and the
    # check digits change in 2032, so neither decides.
    Pattern("national_id", N_("[national id]"), re.compile(rf"{_EDGE}\d{{6}}{_G}\d{{5}}(?!\d)"), _always),
    Pattern("national_id", N_("[national id]"), re.compile(rf"{_EDGE}\d{{6}}-?\d{{4}}(?!\d)(?!-\d)"), _if_born),
    Pattern(
        "phone",
        N_("[phone]"),
        re.compile(rf"(?<![\w.,])(?:\+|00)4[57][ \u00a0]?(?:\d[ .\u00a0-]?){{7}}\d{_END}"),
        _always,
    ),
    Pattern(
        "phone",
        N_("[phone]"),
        re.compile(
            rf"{_EDGE}(?:\d{{2}}(?:[ .\u00a0]\d{{2}}){{3}}|\d{{3}}[ \u00a0]\d{{2}}[ \u00a0]\d{{3}}|\d{{8}}){_END}"
        ),
        _phone,
    ),
    Pattern(
        "email",
        N_("[e-mail]"),
        re.compile(r"(?<![\w.+-])[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,24}(?![\w-])"),
        _always,
    ),
)


def find_patterns(text: str) -> Iterator[Finding]:
    """Give what looks like a national id, a phone number or an e-mail address."""
    for pattern in PATTERNS:
        for match in pattern.shape.finditer(text):
            status = pattern.status(match.group())
            if status is not None:
                yield Finding(*match.span(), pattern.type, status, _(pattern.label))
