"""Which page belongs to a co-researcher's desk."""

from __future__ import annotations

from typing import Any

from workbench.study.coding_desk import CodingDesk
from workbench.study.desk import Desk
from workbench.widgets import independent, review, working

__all__ = ["conversation_at"]


def conversation_at(desk: Desk | CodingDesk) -> working.Conversation[Any]:
    """Return the conversation of a desk's page."""
    return independent.Conversation(desk) if isinstance(desk, CodingDesk) else review.Conversation(desk)
