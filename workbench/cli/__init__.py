"""The command `workbench`, laid thinly over the façades: one function per command, no logic.

What takes time to import is imported by the command that needs it, so that `--help` is quick. For the same reason the
other modules here do not postpone their annotations: Typer would evaluate each of them from its text, twice.
"""

from __future__ import annotations

import json
import sys
from typing import NoReturn

import typer

from workbench.cli import (
    agreement,
    coding,
    forms,
    gatherings,
    log,
    material,
    pathways,
    people,
    reflection,
    results,
    review,
    study,
)
from workbench.cli.shared import DONE, REFUSED, app, say, tell_findings
from workbench.cli.spoken import usage_error
from workbench.errors import GateClosed, Unsure, WorkbenchError
from workbench.locale import _

__all__ = [
    "agreement",
    "app",
    "coding",
    "forms",
    "gatherings",
    "log",
    "main",
    "material",
    "pathways",
    "people",
    "reflection",
    "results",
    "review",
    "study",
]


def main() -> NoReturn:
    """Run the command; what a user meets when something is wrong is one sentence, never a traceback."""
    try:
        left = app(prog_name="workbench", standalone_mode=False)
        code = left if isinstance(left, int) else DONE
    except GateClosed as error:
        say(str(error))
        tell_findings(error.findings)
        if "--json" in sys.argv:
            typer.echo(json.dumps(error.findings, ensure_ascii=False))
        code = REFUSED
    except Unsure as error:
        # On a line of its own: what stands in an f-string is not extracted.
        advice = _("With --sure it is done all the same.")
        say(f"{error} {advice}")
        code = REFUSED
    except WorkbenchError as error:
        say(str(error))
        code = REFUSED
    except Exception as error:  # noqa: BLE001  Typer's own errors share no public base class
        code = _told_by_typer(error)
    sys.exit(code)


def _told_by_typer(error: Exception) -> int:
    if (sentence := usage_error(error)) is not None:
        say(sentence)
        return REFUSED
    if type(error).__name__ == "Abort":
        say(_("Stopped. Nothing was changed."))
        return REFUSED
    raise error
