"""What can go wrong, as sentences for people.

* WorkbenchError        nothing was changed; the text says what is wrong, where, and what to do
  x BadInput            a file or value given by the user can't be used
    - BrokenFile        a file that no reader can read
    - BrokenTemplate    a framework or form definition with a fault at a line
  x NotFound            a name or id that the study does not know
  x VaultLocked         the act needs the vault open
  x WrongPassphrase     the passphrase does not open the vault
  x Overtaken           somebody else has gone on from what was to be changed
  x GateClosed          something that may identify a person stands in what was to be published
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = [
    "BadInput",
    "BrokenFile",
    "BrokenTemplate",
    "GateClosed",
    "NotFound",
    "Overtaken",
    "Refused",
    "VaultLocked",
    "WorkbenchError",
    "WrongPassphrase",
]


class WorkbenchError(Exception):
    """The base of all errors a user meets; `str()` is the sentence to show."""


class BadInput(WorkbenchError, ValueError):
    """A file or value given by the user can't be used."""


class BrokenFile(BadInput):
    """A file that no reader can read."""


class BrokenTemplate(BadInput):
    """A framework or form definition with a fault; the sentence names file and line."""


class NotFound(WorkbenchError, LookupError):
    """A name or id that the study does not know."""


class VaultLocked(WorkbenchError, PermissionError):
    """The act needs the vault open."""


class WrongPassphrase(WorkbenchError, PermissionError):
    """The passphrase does not open the vault."""


class Unsure(BadInput):
    """What is asked for may be a slip: it is done when the user says that she is sure."""


class Refused(WorkbenchError, PermissionError):
    """Whoever asks may not: a link or device that is no longer good, a round that is closed."""


class Overtaken(WorkbenchError, RuntimeError):
    """Somebody else has gone on from what was to be changed."""


class GateClosed(WorkbenchError):
    """Something that may identify a person stands in what was to be published.

    `findings` holds one dict per finding: `file`, `where`, `type`, `why`; never the word itself.
    """

    def __init__(self, sentence: str, findings: Sequence[dict[str, Any]]) -> None:
        super().__init__(sentence)
        self.findings = list(findings)
