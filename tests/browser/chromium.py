"""Where the browser is, and how it is started so that it asks nobody for anything."""

from __future__ import annotations

import shutil
from typing import Any


def launch_options() -> dict[str, Any]:
    """Return what Playwright is to start: the distribution's Chromium where there is one, else its own."""
    installed = shutil.which("chromium") or shutil.which("chromium-browser")
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {"args": [*quiet, "--no-first-run"], **({"executable_path": installed} if installed else {})}
