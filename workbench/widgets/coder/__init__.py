"""The coder: read a transcript and code it. In a notebook, and as a page of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget

from workbench.locale import user_language, using_language
from workbench.study import Study
from workbench.widgets.coder.conversation import Conversation
from workbench.widgets.parts import joined

__all__ = ["Coder"]

_HERE = Path(__file__).parent
PARTS = (
    "elements", "offsets", "drafts", "transport", "transcript", "picker", "chosen", "memos", "codebook", "matrix",
    "finding", "whole", "correcting", "help", "keys", "coder",
)  # fmt: skip


class Coder(anywidget.AnyWidget):
    """The coder's page in a notebook or Voilà; everything it shows travels by message, nothing as synced state.

    A notebook saves synced state: a transcript would end up in it.
    """

    _esm = joined(_HERE, *PARTS)
    _css = (_HERE.parent / "tokens.css").read_text("utf-8") + (_HERE / "coder.css").read_text("utf-8")

    def __init__(self, study: Study) -> None:
        """Show `study`, as its actor."""
        super().__init__()
        self._conversation = Conversation(study)
        self.on_msg(self._answer)

    def _answer(self, _widget: Any, message: Any, _buffers: Any) -> None:
        if isinstance(message, dict) and "id" in message:
            with using_language(user_language()):
                self.send({"id": message["id"], **self._conversation.answer(message)})

    def __repr__(self) -> str:
        return "Coder"
