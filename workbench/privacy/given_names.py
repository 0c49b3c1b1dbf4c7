"""What may be somebody's name although no register tells: by the usual given names, and by how names are spelt.

The names are those of `given_names.txt`, which says where they come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from workbench.privacy.recognisers import COMMON_WORDS, WORD, folded, starts_sentence

__all__ = ["may_name_somebody"]

# Given names that mean something else more often, in Norwegian, Danish or English; and those that may begin a role.
_EVERYDAY = COMMON_WORDS | {
    "andre", "are", "edit", "else", "endre", "finn", "line", "live", "lyder", "mark", "my", "said", "sine", "tage",
    "tale", "vilje",
}  # fmt: skip
_BEGINNINGS = frozenset(["andre", "bror", "dag", "my", "vår"])
_WRITTEN_LARGE = frozenset(["nav"])  # within a sentence too, and nobody's name


def may_name_somebody(words: str, *, is_role: bool) -> bool:
    """Say whether words may name somebody: with a usual given name, capitalised unless it is to be a role.

    What is to be a role, not a sentence, is spelt with a capital at its beginning at most in Norwegian and Danish, so
    any other is taken for a name: “the neighbour Anne”, “nurse Nordmann”.
    """
    return any(
        _may_be_given(match.group(), is_first, is_role) or (is_role and _is_spelt_as_name(match.group(), is_first))
        for match, is_first in _with_beginnings(words)
    )


def _with_beginnings(words: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Each word, and whether it is the first, or the first of a sentence."""
    for number, match in enumerate(WORD.finditer(words)):
        yield match, number == 0 or starts_sentence(words, match.start())


def _may_be_given(word: str, is_first: bool, is_role: bool) -> bool:
    key = folded(word)
    if key not in _given_names() and not (key.endswith("s") and key[:-1] in _given_names()):
        return False
    if word[0].isupper():
        return not is_first or key not in (_BEGINNINGS if is_role else _EVERYDAY)
    return is_role and key not in _EVERYDAY


def _is_spelt_as_name(word: str, is_first: bool) -> bool:
    is_capitalised = len(word) > 1 and word[0].isupper() and word[1:].islower()
    return is_capitalised and not is_first and word.casefold() not in _WRITTEN_LARGE


@cache
def _given_names() -> frozenset[str]:
    lines = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()
    return frozenset(line.casefold() for line in lines if not line.startswith("#"))
