"""The logbook: write in the field, go back to it, add what came to mind later. In a notebook, and as a page."""

from __future__ import annotations

from pathlib import Path

from workbench.study import Study
from workbench.widgets.logbook.conversation import Conversation
from workbench.widgets.working import WorkingPage, look, module

__all__ = ["Logbook"]

_HERE = Path(__file__).parent
PARTS = ("writing", "quoting", "attached", "entries", "questions", "preunderstanding", "overview", "logbook")


class Logbook(WorkingPage):
    """The logbook's page."""

    _esm = module(_HERE, *PARTS)
    _css = look(_HERE / "logbook.css")

    def __init__(self, study: Study) -> None:
        """Show `study`, as its actor."""
        super().__init__(Conversation(study))
