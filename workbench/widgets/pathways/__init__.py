"""The page of network maps: the person in the middle, and whoever sits beside them with a pen."""

from __future__ import annotations

from pathlib import Path

from workbench.study import Study
from workbench.widgets.pathways.conversation import Conversation
from workbench.widgets.working import WorkingPage, look, module

__all__ = ["Pathways"]

_HERE = Path(__file__).parent
PARTS = (
    "geometry", "drawn", "legend", "hands", "sure", "pictures", "actors", "sheet", "overview", "dates", "figures",
    "networks", "entries", "courses", "services", "forms", "gatherings", "pathways",
)  # fmt: skip


class Pathways(WorkingPage):
    """Network maps, as one person draws them."""

    _esm = module(_HERE, *PARTS)
    _css = look(_HERE / "pathways.css")

    def __init__(self, study: Study) -> None:
        """Show the networks of `study`, as its actor."""
        super().__init__(Conversation(study))
