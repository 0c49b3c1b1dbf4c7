"""Words of a text, and the stem that each is found by.

Offsets are Unicode code points, half-open.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

__all__ = ["Token", "beginnings", "fold", "is_stop_word", "letters", "spell", "tokens"]


class Token(NamedTuple):
    """One word as written: `[start, end)` of its text, in code points."""

    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """Return the words of a text: letters and digits with their combining marks; a hyphen parts two words."""
    return [Token(match.start(), match.end(), match.group()) for match in _shape().finditer(text)]


@cache
def _shape() -> re.Pattern[str]:
    # `re` has no class for marks. None stands between the third plane and the variation selectors of the fifteenth.
    marks = (chr(code) for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)))
    joined = "".join(mark for mark in marks if unicodedata.category(mark).startswith("M"))
    return re.compile(rf"[^\W_](?:[^\W_]|[{joined}])*")


@lru_cache(maxsize=100_000)
def letters(word: str) -> str:
    """Return a word without its case, in composed characters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


def spell(word: str, language: str) -> str:
    """Return a word in one spelling: `aa` is `å`, `oe` is `ø`, `ae` is `æ`, whatever its case.

    English takes the two letters instead: its stemmer knows no others, and would part *shoe* from *shoes*.
    """
    spelled = letters(word)
    for two, one in (("aa", "å"), ("oe", "ø"), ("ae", "æ")):
        spelled = spelled.replace(one, two) if language == "en" else spelled.replace(two, one)
    return spelled


@lru_cache(maxsize=100_000)
def fold(word: str, language: str) -> str:
    """Return the stem that a word is found by, the same for every inflection, case and spelling of it.

    Snowball takes *-leg* for an ending in Norwegian, as Nynorsk writes *vanleg*: *fastlegen* would be found by *fast*,
    *kollegene* by *kol*. In bokmål that ending is *-lig*, so a word on *-lege* keeps it.
    """
    spelled = spell(word, language)
    doctor = _ON_LEGE.fullmatch(spelled) if language == "nb" else None
    return doctor[1] if doctor else str(_stemmer(language).stem(spelled))


_ON_LEGE = re.compile(r"(.+leg)(?:e|a|en|er|ar|ene|ane|es|ens|ers|enes|as)?")


@cache
def _stemmer(language: str) -> Any:
    from nltk.stem.snowball import SnowballStemmer  # type: ignore[import-untyped]  # half a second to import

    return SnowballStemmer({"nb": "norwegian", "da": "danish", "en": "english"}[language])


def beginnings(word: str, language: str) -> list[tuple[str, bool]]:
    """Return stems that between them cover every word beginning so, and whether each is itself a beginning.

    They cover other words too: whoever asks must look at the words found.
    """
    spelled = spell(word, language)
    if language == "en":  # its stems may end otherwise than their words, but for the first letters
        return [(spelled[:1], True)] if spelled[1:2] in ("", "y") else [(spelled[:2], True), (spelled[:1], False)]
    # The others are cut from the end of the word, which leaves three letters; and `a` or `o` may be half of a pair.
    halves = {"a": "åæ", "o": "ø"}.get(spelled[-1:], "")
    whole = [(spelled, True), *((spelled[:-1] + letter, True) for letter in halves)]
    return whole + [(spelled[:length], False) for length in range(3, len(spelled))]


@lru_cache(maxsize=100_000)
def is_stop_word(word: str, language: str) -> bool:
    """Say whether a word only holds others together: pronoun, preposition, conjunction, auxiliary."""
    return spell(word, language) in _stop_words(language)


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(spell(word, language) for word in _STOP_WORDS[language].split())


_STOP_WORDS = {
    "nb": """
        jeg meg min mitt mine du deg din ditt dine han ham hun henne hans hennes den det de dem deres vi oss vår vårt
        våre dere man seg sin sitt sine denne dette disse en ei et som hva hvem hvor hvordan hvorfor hvilken hvilke
        og eller men at om når da så for hvis fordi enn i på til av med fra ved hos mot over under etter før mellom uten
        er var være vært har hadde ha blir ble blitt bli kan kunne skal skulle vil ville må måtte
        ikke her der jo nok bare også noe noen alle alt ja nei
    """,
    "da": """
        jeg mig min mit mine du dig din dit dine han ham hun hende hans hendes den det de dem deres vi os vores
        jer jeres man sig sin sit sine denne dette disse en et som der hvad hvem hvor hvordan hvorfor hvilken hvilke
        og eller men at om når da så for hvis fordi end i på til af med fra ved hos mod over under efter før mellem uden
        er var være været har havde have bliver blev blevet blive kan kunne skal skulle vil ville må måtte
        ikke her jo nok kun også noget nogen nogle alle alt ja nej
    """,
    "en": """
        i me my mine you your yours he him his she her hers it its we us our ours they them their theirs
        this that these those a an the who whom whose which what where when why how
        and or but if because than as so at by for from in into of off on onto over to under up with without between
        am is are was were be been being has have had do does did can could shall should will would may might must
        not no yes there here some any all
    """,
}
