"""Tables of statements whose segments open beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from workbench.locale import _, using_language
from workbench.publishing.edition import Edition

__all__ = ["Statements"]

_HERE = Path(__file__).parent


class Statements(anywidget.AnyWidget):
    """Shows tables of an edition; a click on a statement asks for its segments.

    The page sends `{kind: "segments", statement}` and is answered with their HTML: words travel by
    message, never as state that a notebook would save.
    """

    _esm = (_HERE / "statements.js").read_text("utf-8")
    _css = (_HERE / "statements.css").read_text("utf-8")
    html = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, edition: Edition, *names: str) -> None:
        """Show the named tables of `edition`."""
        self._edition = edition
        with using_language(edition.about["language"]):
            words = {"close": _("Close"), "title": _("Segments"), "hint": _("Choose a statement to see its segments.")}
        super().__init__(html="".join(self._part(name) for name in names), words=words)
        self.on_msg(self._answer)

    def _part(self, name: str) -> str:
        show = self._edition.show if name == "matrix" else self._edition.section
        return show(name, lambda statement: f"#{statement}").content

    def _answer(self, _widget: Any, content: Any, _buffers: Any) -> None:
        if isinstance(content, dict) and content.get("kind") == "segments":
            statement = str(content.get("statement"))
            text = dict(self._edition.statements("matrix")).get(statement, "")
            html = self._edition.quotes(statement).content
            self.send({"kind": "segments", "statement": statement, "text": text, "html": html})

    def __repr__(self) -> str:
        return "Statements"
