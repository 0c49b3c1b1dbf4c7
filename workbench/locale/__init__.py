"""Texts, dates and sorting in the user's language: bokmål, Danish or English.

The catalogues are written as `.po` and compiled when the package is built. Text marked with `_` is looked up at the
moment it is shown, so a study in Danish can be reported in Danish by a user who reads bokmål: what is written follows
the study, and what goes wrong meanwhile is told to the user, for an error leaves `using_language` in the language
outside it.
"""

from __future__ import annotations

import contextvars
import gettext
import locale
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from workbench.errors import WorkbenchError

__all__ = [
    "LANGUAGES",
    "NN_",
    "N_",
    "_",
    "format_date",
    "format_month",
    "format_number",
    "format_span",
    "language",
    "ngettext",
    "sort_key",
    "user_language",
    "using_language",
]

LANGUAGES = ("nb", "da", "en")
_HERE = Path(__file__).parent


def user_language() -> str:
    """Return the language of this user's screen: `WORKBENCH_LANGUAGE`, else the system's, else bokmål.

    What the environment says counts though no such locale is installed: only texts and dates are wanted of it.
    """
    said = (os.environ.get(name, "") for name in ("WORKBENCH_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = (one for one in said if one.partition(".")[0] not in {"", "C", "POSIX"})
    wanted = next(spoken, "") or (locale.getlocale()[0] if sys.platform == "win32" else "") or ""
    short = wanted.lower().partition("_")[0].partition("-")[0]
    return {"no": "nb", "nn": "nb", "norwegian": "nb", "danish": "da", "english": "en"}.get(
        short, short if short in LANGUAGES else "nb"
    )


_current: contextvars.ContextVar[str | None] = contextvars.ContextVar("language", default=None)


def language() -> str:
    """Return the language that texts are shown in now."""
    return _current.get() or user_language()


@contextmanager
def using_language(code: str) -> Iterator[None]:
    """Show texts in another language inside the `with` block: a report follows its study, not its reader.

    An error that leaves the block says what it says in the language outside.
    """
    outside, token = language(), _current.set(code)
    try:
        yield
    except WorkbenchError as error:
        _current.set(outside)
        error.args = tuple(map(_again, error.args))
        raise
    finally:
        _current.reset(token)


class _Said(str):
    """A text in the language of the moment it was said, which can be said again in another."""

    __slots__ = ("_say",)
    _say: Callable[[], str]

    def __new__(cls, say: Callable[[], str]) -> _Said:
        """Say a text for the first time."""
        made = super().__new__(cls, say())
        made._say = say
        return made

    def format(self, *_positions: object, **values: object) -> str:
        return _Said(lambda: self._say().format(**{key: _again(value) for key, value in values.items()}))

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)  # a copy is plain text


def _again(value: Any) -> Any:
    return _Said(value._say) if isinstance(value, _Said) else value


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("workbench", _HERE, [code], fallback=True)


def _(text: str) -> str:
    """Return `text` in the current language."""
    return _Said(lambda: _catalogue(language()).gettext(text))


def ngettext(one: str, many: str, n: int) -> str:
    """Return the form that fits the number `n`, in the current language."""
    return _Said(lambda: _catalogue(language()).ngettext(one, many, n))


def N_(text: str) -> str:  # noqa: N802  the name that gettext's extractors know
    """Mark a text for the catalogues where it is written; `_` translates it where it is shown."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark both forms of a text with a number for the catalogues; `ngettext` translates them where they are shown."""
    return one, many


def format_month(value: Any) -> str:
    """Return the month of a date as the current language writes it: “mai 2026”."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMM", value, locale=language()))


def format_date(value: Any) -> str:
    """Return a date or datetime as the current language writes it, in medium length."""
    from babel.dates import format_date as babel_format  # slow to import, and only pages and reports need it

    return babel_format(value, format="medium", locale=language())


def format_number(value: float) -> str:
    """Return a figure with up to three decimals as the current language writes it."""
    from babel.numbers import format_decimal

    return format_decimal(value, locale=language())


def format_span(value: Any) -> str:
    """Return a timedelta in words of the current language, in its largest unit: 14 minutes, 3 days."""
    from babel.dates import format_timedelta

    return format_timedelta(value, threshold=1.5, locale=language())


_ALPHABET = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})  # the three characters after z


def sort_key(text: str) -> str:
    """Return a key that sorts as Norwegian and Danish do: æ, ø, å last (in English too, for one order everywhere)."""
    return text.casefold().translate(_ALPHABET)
