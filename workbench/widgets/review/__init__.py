"""The review page: one passage at a time, in plain words. Served by a small server, without a kernel."""

from __future__ import annotations

from pathlib import Path

from workbench.widgets.review.conversation import Conversation
from workbench.widgets.working import look, module

__all__ = ["PARTS", "Conversation", "script", "sheet"]

_HERE = Path(__file__).parent
PARTS = ("marking", "reading", "review", "standalone")


def script() -> str:
    """Return the page's module, as a small server hands it out."""
    return module(_HERE, *PARTS) + "\nexport { standalone };\n"


def sheet() -> str:
    """Return the page's style sheet."""
    return look(_HERE / "review.css")
