"""The coder: read a transcript and code it. In a notebook, and as a page of its own."""

from __future__ import annotations

from pathlib import Path

from workbench.study import Study
from workbench.widgets.coder.conversation import Conversation
from workbench.widgets.working import WorkingPage, look, module

__all__ = ["Coder"]

_HERE = Path(__file__).parent
CODING = ("offsets", "codes", "transcript", "picker", "chosen", "help", "keys", "coding")
PARTS = (
    *CODING, "overtaken", "memos", "codebook", "matrix", "finding", "whole", "correcting", "coder",
)  # fmt: skip


class Coder(WorkingPage):
    """The coder's page."""

    _esm = module(_HERE, *PARTS)
    _css = look(_HERE / "coder.css")

    def __init__(self, study: Study) -> None:
        """Show `study`, as its actor."""
        super().__init__(Conversation(study))
