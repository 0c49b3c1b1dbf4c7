"""What may be somebody's name although no register tells: by the usual names, and by how names are spelt.

The names are those of `usual_names.txt`, which says where they come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from workbench.privacy.recognisers import COMMON_WORDS, WORD, folded, starts_sentence

__all__ = ["possible_names"]

# Names that mean something else more often, in Norwegian, Danish or English; of them those that seldom begin a
# sentence, and those that may begin a role.
_EVERYDAY = COMMON_WORDS | {
    "andre", "are", "brede", "dan", "dina", "edit", "edle", "else", "endre", "finn", "fred", "gitte", "gro", "hans",
    "inga", "iris", "jan", "juni", "lene", "line", "live", "lyder", "mark", "max", "mine", "my", "rana", "rosa", "said",
    "sam", "sine", "storm", "tage", "tale", "this", "tone", "vega", "vilje", "viola",
}  # fmt: skip
_SELDOM_FIRST = frozenset(
    ["bjørn", "frank", "hauk", "jo", "liv", "odd", "per", "roar", "rose", "siv", "stein", "tor", "unn"]
)
_BEGINNINGS = frozenset(["andre", "bror", "dag", "hans", "mine", "my", "vår"])
_ROLES_TOO = frozenset(["andre", "bror"])
_WRITTEN_LARGE = frozenset(["bymisjon", "helse", "kors", "nav"])  # within a sentence too, and nobody's name
_TITLES = frozenset(["dr", "fr", "frk", "fru", "herr", "hr", "mr", "mrs", "ms", "pastor"])


def possible_names(words: str, *, is_role: bool) -> list[str]:
    """Return the words that may name somebody, each once: usual names, in capitals or not.

    What is to be a role, not a sentence, is spelt with a capital at its beginning at most in Norwegian and Danish, so
    any other is taken for a name: “the neighbour Anne”, “nurse Nordmann”.
    """
    is_alone = is_role and len(WORD.findall(words)) == 1
    return list(
        dict.fromkeys(
            word
            for before, word, is_first in _with_beginnings(words, is_role)
            if _may_be(word, is_first, is_role, is_alone)
            or ((is_role or before in _TITLES) and _is_spelt_as_name(word, is_first and before not in _TITLES))
        )
    )


def _with_beginnings(words: str, is_role: bool) -> Iterator[tuple[str, str, bool]]:
    """The word before each, the word, and whether it is the first, or the first of a sentence."""
    before = ""
    for match in WORD.finditer(words):
        is_first = not before or (not is_role and starts_sentence(words, match.start()))
        yield before, match.group(), is_first
        before = folded(match.group())


def _may_be(word: str, is_first: bool, is_role: bool, is_alone: bool) -> bool:
    key = folded(word)
    is_large = word[0].isupper()
    is_genitive = key.endswith("s") and key[:-1] in _usual_names() and (is_large or is_role)
    if key not in _usual_names() and not is_genitive:
        return False
    if is_alone and key in _ROLES_TOO:
        return False
    if is_large and is_first and not is_alone:
        return key not in (_BEGINNINGS if is_role else _EVERYDAY - _SELDOM_FIRST)
    return is_large or is_alone or key not in _EVERYDAY


def _is_spelt_as_name(word: str, is_first: bool) -> bool:
    is_capitalised = len(word) > 1 and word[0].isupper() and word[1:].islower()
    return is_capitalised and not is_first and word.casefold() not in _WRITTEN_LARGE


@cache
def _usual_names() -> frozenset[str]:
    lines = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()
    return frozenset(line.casefold() for line in lines if not line.startswith("#"))
