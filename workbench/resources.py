"""Where files lie: those that travel with the package, and those that tell running programs of each other."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.locale import _

__all__ = ["resource", "runtime_folder"]

_PACKAGE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """Return the path of a file that travels with the package.

    In a checkout the files lie in the folders beside the package, in a wheel under `workbench/_data`.
    """
    installed = _PACKAGE / "_data"
    base = installed if installed.exists() else _PACKAGE.parent
    if parts[0] == "example" and not installed.exists():
        base = base / "data"
    return base.joinpath(*parts)


def runtime_folder() -> Path:
    """Return a folder that only this user can enter, for as long as the machine runs; a foreign one is never used."""
    who = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"workbench-{who}"
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o077):
        raise WorkbenchError(
            _("{folder} can be read by others, so the vault stays locked. Remove that folder.").format(folder=folder)
        )
    return folder
