"""Typer in the user's language: its headings, its help option, and what it says of a command typed wrongly.

Typer asks gettext's own domain for some of its words; the rest it says in English only, so they are said here.
"""

import gettext
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from workbench import locale
from workbench.locale import N_, _, user_language

__all__ = ["Commands", "usage_error"]

F = TypeVar("F", bound=Callable[..., Any])

TYPERS_OWN = (
    N_("Arguments"), N_("Options"), N_("Commands"), N_("required"), N_("default: {default}"), N_("env var: {var}"),
    N_("Missing command."), N_("No such command {name!r}."),
)  # fmt: skip


class _Spoken:
    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]  # of the class beside it
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]  # of the class beside it
        if option is not None:
            option.help = _("Show this message and exit.")
        return option


class _Group(_Spoken, TyperGroup):
    pass


class _Command(_Spoken, TyperCommand):
    pass


class Commands(typer.Typer):
    """A group of commands whose help is in the user's language throughout."""

    def __init__(self, text: str) -> None:
        """Make a group that says `text` of itself."""
        _let_gettext_find_us()
        super().__init__(cls=_Group, no_args_is_help=True, add_completion=False, rich_markup_mode=None, help=text)

    def command(self, name: str | None = None, **options: Any) -> Callable[[F], F]:
        """Add a command."""
        return super().command(name, cls=_Command, **options)


def _let_gettext_find_us() -> None:
    os.environ["LANGUAGE"] = user_language()
    gettext.bindtextdomain("workbench", Path(locale.__file__).parent)
    gettext.textdomain("workbench")


def usage_error(error: Any) -> str | None:
    """Return a sentence on a command typed wrongly, None for an error that is not of that kind."""
    match type(error).__name__:
        case "MissingParameter":
            said = _("{what} is missing.").format(what=error.param.get_error_hint())
        case "NoSuchOption":
            said = _("There is no option {name}.").format(name=error.option_name)
        case "BadParameter":
            said = _("{what} can't be used as given.").format(what=error.param.get_error_hint())
        case "BadOptionUsage":
            said = _("The option {name} needs a value.").format(name=error.option_name)
        case "UsageError" if "extra argument" in error.message:
            said = _("There are more words than the command takes.")
        case "NoArgsIsHelpError":
            said = error.format_message()
        case "UsageError":
            said = error.format_message().partition(" Did you mean")[0]  # Typer's guess, in English only
        case _:
            return None
    if type(error).__name__ == "NoArgsIsHelpError" or error.ctx is None:
        return str(said)
    return str(said) + " " + _("“{command} --help” shows what there is.").format(command=error.ctx.command_path)
