"""Independent coding, as a co-researcher meets it: the coder's text and codebook, and nobody else's codings."""

from __future__ import annotations

from pathlib import Path

from workbench.widgets.coder import CODING
from workbench.widgets.independent.conversation import Conversation
from workbench.widgets.working import look, module

__all__ = ["PARTS", "Conversation", "script", "sheet", "sheets"]

_HERE = Path(__file__).parent
PARTS = (*(f"../coder/{part}" for part in CODING), "../independent/independent")


def sheets() -> tuple[Path, ...]:
    """Return the page's own style sheets."""
    return _HERE.parent / "coder" / "coder.css", _HERE / "independent.css"


def script() -> str:
    """Return the page's module, as a small server hands it out."""
    return module(_HERE, *PARTS, "standalone") + "\nexport { standalone };\n"


def sheet() -> str:
    """Return the page's style sheet."""
    return look(*sheets())
