"""Rounds as the researcher sees them: open one, invite, read all readings side by side, settle together."""

from __future__ import annotations

from pathlib import Path

from workbench.study import Study
from workbench.widgets import independent
from workbench.widgets.rounds.conversation import Conversation
from workbench.widgets.working import WorkingPage, look, module

__all__ = ["Rounds"]

_HERE = Path(__file__).parent
PARTS = (
    "../review/marking", "../review/reading", "../review/review", *independent.PARTS,
    "here", "dialogue", "comparing", "opening", "people", "rounds",
)  # fmt: skip


class Rounds(WorkingPage):
    """The researcher's page of co-research."""

    _esm = module(_HERE, *PARTS)
    _css = look(*independent.sheets(), _HERE.parent / "review" / "review.css", _HERE / "rounds.css")

    def __init__(self, study: Study) -> None:
        """Show `study`, as its actor."""
        super().__init__(Conversation(study))
