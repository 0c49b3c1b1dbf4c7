"""Search: turns that hold certain words, words in their context, how often they are written, and beside which others.

Words are found by their stems in the study's language. Offsets are Unicode code points of a text version, half-open.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from workbench.coding.search import records
from workbench.coding.search.words import Token, beginnings, fold, is_stop_word, letters, spell, tokens
from workbench.locale import sort_key
from workbench.material import records as material
from workbench.store.records import Connection

__all__ = [
    "Collocation",
    "Line",
    "Passage",
    "Span",
    "collocations",
    "concordance",
    "find",
    "frequencies",
    "keyword_in_context",
    "rebuild",
    "refresh",
    "sentences",
]

Span: TypeAlias = tuple[int, int]
RAREST = 3  # times that two words must stand near each other to be told of


@dataclass(frozen=True)
class Passage:
    """A turn that was found: `[start, end)` of its text, and in `hits` the words that made it so."""

    source_id: str
    text_id: str
    start: int
    end: int
    hits: tuple[Span, ...]


class Line(NamedTuple):
    """A word at `[start, end)` of a text, with what stands before and after it."""

    before: str
    word: str
    after: str
    start: int
    end: int


class Collocation(NamedTuple):
    """Two words near each other in this order: how many times, and how much oftener than by chance (log-likelihood)."""

    first: str
    second: str
    times: int
    score: float


def refresh(connection: Connection, language: str) -> int:
    """Bring the index up to date with the newest text of every source; returns how many texts were indexed."""
    records.prepare(connection)
    newest = {source.text_id: source.id for source in material.list_sources(connection)}
    known = records.indexed(connection)
    for text_id in sorted(known - newest.keys()):
        records.drop(connection, text_id)
    missing = sorted(newest.keys() - known)
    for text_id in missing:
        _index(connection, newest[text_id], text_id, language)
    return len(missing)


def rebuild(connection: Connection, text_ids: Iterable[str], language: str) -> None:
    """Index texts again that were rewritten in place, and let nothing of their former words stay in the file."""
    records.prepare(connection)
    newest = {source.text_id: source.id for source in material.list_sources(connection)}
    for text_id in sorted(set(text_ids)):
        records.drop(connection, text_id)
        if text_id in newest:
            _index(connection, newest[text_id], text_id, language)
    records.scrub(connection)


def _index(connection: Connection, source_id: str, text_id: str, language: str) -> None:
    text = material.text_of(connection, text_id)
    turns = [(t.number, t.start, t.end) for t in material.turns_of(connection, text_id) if t.number > 0]
    rows = [
        records.Row(source_id, number, start, end, [fold(token.word, language) for token in tokens(text[start:end])])
        for number, start, end in turns or _paragraphs(text)
    ]
    records.put(connection, text_id, [row for row in rows if row.words])


_LINE = r"[^\S\n]*\S[^\n]*"  # not a blank one
_PARAGRAPH = re.compile(rf"{_LINE}(?:\n{_LINE})*")


def _paragraphs(text: str) -> list[tuple[int, int, int]]:
    return [(number, *match.span()) for number, match in enumerate(_PARAGRAPH.finditer(text), start=1)]


def find(connection: Connection, query: str, language: str, *, limit: int = 500) -> list[Passage]:
    """Return the turns that hold all words of a query, in the order of their sources and places.

    In it, "words in quotation marks" follow each other, `word*` is a beginning, `-word` must be absent, and `OR`
    stands between alternatives. What asks for nothing, or only for absence, finds nothing.
    """
    alternatives = _alternatives(query, language)
    newest = {source.text_id for source in material.list_sources(connection)}
    text_id, text, found = "", "", list[Passage]()
    for row in records.match(connection, [_expression(items, language) for items in alternatives]):
        if len(found) >= limit:
            break
        if row.text_id not in newest:
            continue
        if row.text_id != text_id:
            text_id, text = row.text_id, material.text_of(connection, row.text_id)
        hits = _hits(_Turn(text[row.start : row.end], language), alternatives)
        if hits:
            places = tuple((row.start + start, row.start + end) for start, end in hits)
            found.append(Passage(row.source_id, row.text_id, row.start, row.end, places))
    return found


class _Turn:
    """A turn's words beside their stems."""

    def __init__(self, text: str, language: str) -> None:
        self.language = language
        self.tokens: list[Token] = tokens(text)
        self.stems = [fold(token.word, language) for token in self.tokens]


@dataclass(frozen=True)
class _Item:
    """One thing asked for: words that follow each other, the last perhaps only begun, wanted or unwanted."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    begins: bool
    unwanted: bool

    def places(self, turn: _Turn) -> set[int]:
        """Return the numbers of the turn's words that make it hold."""
        length = len(self.words)
        starts = range(len(turn.stems) - length + 1)
        return {start + n for start in starts if self._is_at(turn, start) for n in range(length)}

    def _is_at(self, turn: _Turn, start: int) -> bool:
        whole = len(self.stems) - self.begins
        if tuple(turn.stems[start : start + whole]) != self.stems[:whole]:
            return False
        return not self.begins or _begins(turn.tokens[start + whole].word, self.words[-1], turn.language)


def _begins(word: str, beginning: str, language: str) -> bool:
    # As written first: `no` begins `noen`, whatever `oe` may also stand for.
    written = letters(word).startswith(letters(beginning))
    return written or spell(word, language).startswith(spell(beginning, language))


def _hits(turn: _Turn, alternatives: list[list[_Item]]) -> list[Span]:
    numbers: set[int] = set()
    for items in alternatives:
        places = [(item, item.places(turn)) for item in items]
        if all(bool(found) != item.unwanted for item, found in places):
            numbers.update(*(found for _item, found in places))
    return [(turn.tokens[number].start, turn.tokens[number].end) for number in sorted(numbers)]


_QUOTES = '"“”„‟«»'
_PIECE = re.compile(rf"(-?)(?:[{_QUOTES}]([^{_QUOTES}]*)(?:[{_QUOTES}]|$)(\*?)|([^\s{_QUOTES}]+))")
_OR = ("OR", "ELLER")


def _alternatives(query: str, language: str) -> list[list[_Item]]:
    alternatives: list[list[_Item]] = [[]]
    for minus, phrase, star, bare in _PIECE.findall(query):
        if bare in _OR and not minus:
            alternatives.append([])
            continue
        words = tuple(token.word for token in tokens(phrase or bare))
        if words:
            stems = tuple(fold(word, language) for word in words)
            begins = bool(star) or (phrase or bare).endswith("*")
            alternatives[-1].append(_Item(words, stems, begins, bool(minus)))
    return [items for items in alternatives if not all(item.unwanted for item in items)]


def _expression(items: list[_Item], language: str) -> list[list[records.Term]]:
    # What must be absent is left to `_hits`: a beginning covers more here than was asked for.
    clauses: list[list[records.Term]] = []
    for item in items:
        whole = item.stems[:-1] if item.begins else item.stems
        if not item.unwanted and whole:
            clauses.append([records.Term(whole)])
        if not item.unwanted and item.begins:
            clauses.append([records.Term((stem,), begins) for stem, begins in beginnings(item.words[-1], language)])
    return clauses


def keyword_in_context(text: str, hits: Iterable[Span], width: int = 40) -> list[Line]:
    """Return each hit with at most `width` code points before and after, whole words only, in one line."""
    flat = re.sub(r"\s", " ", text)
    return [
        Line(flat[_left(flat, start, width) : start], flat[start:end], flat[end : _right(flat, end, width)], start, end)
        for start, end in hits
    ]


def _left(text: str, start: int, width: int) -> int:
    cut = max(0, start - width)
    while 0 < cut < start and text[cut - 1] != " ":
        cut += 1
    return cut


def _right(text: str, end: int, width: int) -> int:
    cut = min(len(text), end + width)
    while end < cut < len(text) and text[cut] != " ":
        cut -= 1
    return cut


_ENDS = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n")


def sentences(text: str, hits: Iterable[Span], within: Span) -> list[Span]:
    """Return the sentences that hold hits, each once, in order; none reaches beyond `within`, a turn.

    A sentence ends at a full stop, question or exclamation mark before white space, or with its line. An abbreviation
    parts one too, which whoever codes it sees: nothing here knows the abbreviations of three languages.
    """
    edges = [within[0], *(end.end() for end in _ENDS.finditer(text, *within)), within[1]]
    found = [
        (start, end)
        for start, end in pairwise(edges)
        if any(start < hit_end and hit_start < end for hit_start, hit_end in hits)
    ]
    return [(end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())) for start, end in found]


def concordance(text: str, word: str, language: str, width: int = 40) -> list[Line]:
    """Return every word of a text that has the same stem, in its context."""
    wanted = {fold(token.word, language) for token in tokens(word)}
    hits = [(token.start, token.end) for token in tokens(text) if fold(token.word, language) in wanted]
    return keyword_in_context(text, hits, width)


def frequencies(
    texts: Iterable[str], language: str, *, minimum_length: int = 3, most: int = 100
) -> list[tuple[str, int]]:  # fmt: skip
    """Return the words written most, all inflections as one in the commonest form; no stop words, no numbers."""
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for token in tokens(text):
            if len(letters(token.word)) >= minimum_length and _tells(token.word, language):
                written[fold(token.word, language)][unicodedata.normalize("NFC", token.word)] += 1
    counted = [(_commonest(forms), forms.total()) for forms in written.values()]
    return sorted(counted, key=lambda pair: (-pair[1], sort_key(pair[0]), pair[0]))[:most]


def _tells(word: str, language: str) -> bool:
    return any(character.isalpha() for character in word) and not is_stop_word(word, language)


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], not form.islower(), form))


def collocations(
    texts: Iterable[str], language: str, window: int = 5, most: int = 50, beside: str = ""
) -> list[Collocation]:  # fmt: skip
    """Return pairs of words that stand near each other oftener than by chance, the most telling first.

    Near means within `window` words of one text. Inflections count as one word, shown in the commonest form. With
    `beside`, only pairs that hold one of its words.
    """
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder  # type: ignore[import-untyped]

    stems, written = _stems(texts, language, window)
    finder = BigramCollocationFinder.from_words(stems, window_size=window)
    finder.apply_freq_filter(RAREST)
    shown = {stem: _commonest(forms) for stem, forms in written.items()}
    finder.apply_ngram_filter(
        lambda one, other: (
            one == other or one not in shown or other not in shown or _is_shunned(finder, one, other, window)
        )
    )
    wanted = {fold(token.word, language) for token in tokens(beside)}
    scored = [
        (pair, score)
        for pair, score in finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
        if not wanted or wanted.intersection(pair)
    ][:most]
    return [Collocation(shown[one], shown[two], finder.ngram_fd[one, two], score) for (one, two), score in scored]


def _is_shunned(finder: Any, one: str, other: str, window: int) -> bool:
    # The measure is as high for words that keep apart as for words that keep together.
    by_chance = finder.word_fd[one] * finder.word_fd[other] * (window - 1) / finder.N
    return bool(finder.ngram_fd[one, other] <= by_chance)


def _stems(
    texts: Iterable[str], language: str, window: int
) -> tuple[Sequence[str | None], dict[str, Counter[str]]]:  # fmt: skip
    """Return the stems of all words, texts held apart by blanks; and how those that tell something are written."""
    stems: list[str | None] = []
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for token in tokens(text):
            stem = fold(token.word, language)
            stems.append(stem)
            if _tells(token.word, language):
                written[stem][unicodedata.normalize("NFC", token.word)] += 1
        stems += [None] * (window - 1)
    return stems, written
