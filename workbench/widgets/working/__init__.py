"""What all working pages share: the widget, how it is asked and answers, its transport, drafts and look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget

from workbench.locale import user_language, using_language
from workbench.widgets.parts import joined
from workbench.widgets.working.conversation import Conversation

__all__ = ["Conversation", "WorkingPage", "look", "module"]

_HERE = Path(__file__).parent
SHARED = tuple(f"../working/{part}" for part in ("elements", "counts", "drafts", "transport", "page"))


def module(folder: Path, *parts: str) -> str:
    """Return a page's module: what all pages share, and its own parts after that."""
    return joined(folder, *SHARED, *parts)


def look(*sheets: Path) -> str:
    """Return a page's style sheet: the tokens, what all pages share, and its own sheets after that."""
    return "".join(
        sheet.read_text("utf-8") for sheet in (_HERE.parent / "tokens.css", _HERE / "working.css", *sheets)
    )  # fmt: skip


class WorkingPage(anywidget.AnyWidget):
    """A page in a notebook or Voilà; everything it shows travels by message, nothing as synced state.

    A notebook saves synced state: a transcript, or a log, would end up in it.
    """

    def __init__(self, conversation: Conversation[Any]) -> None:
        """Show what `conversation` is about."""
        super().__init__()
        self._conversation = conversation
        self.on_msg(self._answer)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if isinstance(message, dict) and "id" in message:
            with using_language(user_language()):
                self.send({"id": message["id"], **self._conversation.answer(message)})

    def __repr__(self) -> str:
        return type(self).__name__
