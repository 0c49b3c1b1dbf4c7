"""Where the files that travel with the package lie: notebooks, templates, the example study."""

from __future__ import annotations

from pathlib import Path

__all__ = ["resource"]

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
