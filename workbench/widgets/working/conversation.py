"""How a page asks and is answered: plain data in, plain data out, over whatever transport carries it.

A page asks `{"ask": name, "with": {…}}`; the answer is `{"value": …}`, or `{"error": sentence}`: nothing was changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from workbench.errors import WorkbenchError
from workbench.locale import _

__all__ = ["Conversation"]

_LOG = logging.getLogger(__name__)
Handler = Callable[..., Any]


class Remembers(Protocol):
    """A façade that knows which edits were made."""

    def was_done(self, edit: str) -> bool:
        """Say whether an edit is in the store."""


Facade = TypeVar("Facade", bound=Remembers)


class Conversation(Generic[Facade]):
    """One page's conversation with a façade, as one person. What a page may ask is a method called `_on_` and its name.

    `repeatable` are asks that are made again and again under one edit, as words are while they are typed; `changing`
    those that change something without an edit, so that their answer is kept for when they are sent again.
    """

    repeatable: frozenset[str] = frozenset()
    changing: frozenset[str] = frozenset()

    def __init__(self, study: Facade) -> None:
        self._study = study
        self._answered: dict[str, dict[str, Any]] = {}
        self._handlers: Mapping[str, Handler] = {
            name.removeprefix("_on_"): getattr(self, name) for name in dir(self) if name.startswith("_on_")
        }

    def answer(self, message: Any) -> dict[str, Any]:
        """Answer one message; what is wrong with it becomes a sentence, and nothing has been changed then.

        A page that heard no answer asks again: what changes something is done once, and an edit that is in the store,
        though another process put it there, is not made twice.
        """
        identity = str(message.get("id", "")) if isinstance(message, dict) else ""
        if identity in self._answered:
            return self._answered[identity]
        answer = self._fresh_answer(message)
        if identity and message.get("ask") in self.changing:
            self._answered[identity] = answer
        return answer

    def _fresh_answer(self, message: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        try:
            handler, values = self._handlers[message["ask"]], dict(message.get("with", {}))
            if message["ask"] not in self.repeatable and self._was_done(values):
                return {"value": None, "again": True}
            return {"value": handler(**values)}
        except WorkbenchError as error:
            return {"error": str(error), "kind": type(error).__name__}
        except (KeyError, TypeError, ValueError, AttributeError):
            return {"error": _("The page asked for something that is not there. Load it again."), "kind": "Unknown"}
        except Exception as error:  # noqa: BLE001  an ask without an answer is asked for ever
            if self._was_done(values):  # the same edit, sent again, came through at the same moment
                return {"value": None, "again": True}
            _LOG.error("%s failed: %s", message.get("ask"), type(error).__name__)  # its words may be a person's
            return {"error": _("That could not be done. What you wrote is kept here."), "kind": "Fault"}

    def _was_done(self, values: Mapping[str, Any]) -> bool:
        return "edit" in values and self._study.was_done(values["edit"])
