"""A Voilà that only looks: what a client may send to a dashboard's kernel, and nothing else.

Voilà drops `execute_request` by itself; here comm messages are narrowed too, and a refused request is answered, so that
a client and a test can see the refusal.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Callable
from typing import Any

from jupyter_server.auth.identity import PasswordIdentityProvider
from jupyter_server.services.kernels.connection.base import (
    deserialize_binary_message,
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from jupyter_server.utils import url_path_join

from workbench.serving.prompt import PromptConnection

__all__ = ["AskingConnection", "PrefixedIdentity", "ReadOnlyConnection", "refusal"]

CONTROL = "jupyter.widget.control"
V1 = "v1.kernel.websocket.jupyter.org"
# What a dashboard's own widget sends: nothing but the wish to see the segments behind a statement.
CUSTOM_KINDS = frozenset({"segments"})


Allows = Callable[[dict[str, Any]], bool]


def only_looks(content: dict[str, Any]) -> bool:
    """Say whether a dashboard's own widget may have sent this: nothing but the wish to see some segments."""
    return content.get("kind") in CUSTOM_KINDS and set(content) == {"kind", "statement"}


def asks(content: dict[str, Any]) -> bool:
    """Say whether a working page's widget may have sent this: its kernel answers asks, and looks at each itself."""
    return set(content) == {"id", "ask", "with"} and isinstance(content["with"], dict)


def refusal(
    channel: str, kind: str, content: dict[str, Any], control: set[str], allows: Allows = only_looks
) -> str | None:
    """Return why a message is refused, None when it may pass.

    `allows` says which of its widget's own messages a page may send. `control` are the ids of control comms opened so
    far; an allowed `comm_open` adds its own.
    """
    if channel != "shell":
        return "only the shell channel is open"
    if kind in {"kernel_info_request", "comm_info_request"}:
        return None
    comm = content.get("comm_id")
    if kind == "comm_open":
        if content.get("target_name") != CONTROL or not isinstance(comm, str):
            return "clients may not create widgets"
        control.add(comm)
        return None
    if kind == "comm_close":
        return None if comm in control else "clients may not close widgets"
    if kind == "comm_msg":
        return _comm_refusal(content.get("data") or {}, allows, in_control=comm in control)
    return f"{kind} not allowed"


def _comm_refusal(data: dict[str, Any], allows: Allows, *, in_control: bool) -> str | None:
    method = data.get("method")
    if in_control:
        return None if method == "request_states" else "the control comm only tells states"
    if method == "request_state":
        return None
    if method == "custom":
        content = data.get("content") or {}
        if isinstance(content, dict) and allows(content):
            return None
    return f"comm {method} not allowed"


class ReadOnlyConnection(PromptConnection):
    """A kernel's websocket that lets through what `refusal` lets through."""

    allows = staticmethod(only_looks)

    def handle_incoming_message(self, incoming_msg: Any) -> None:
        """Pass a message on, or answer why not."""
        control: set[str] = self.__dict__.setdefault("_control", set())
        try:
            channel, header, content = self._parse(incoming_msg)
            why = refusal(channel, str(header.get("msg_type")), content, control, self.allows)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError):
            channel, header, why = "shell", {}, "unreadable message"
        if why is None:
            super().handle_incoming_message(incoming_msg)
            return
        kind = str(header.get("msg_type") or "unknown")
        self.log.warning("Refused %s/%s: %s", channel, kind, why)
        if kind.endswith("_request"):
            self._answer(channel, header, kind.removesuffix("_request") + "_reply", why)

    def _parse(self, raw: Any) -> tuple[str, dict[str, Any], dict[str, Any]]:
        if self.subprotocol == V1:
            channel, parts = deserialize_msg_from_ws_v1(raw)
            return str(channel), self.session.unpack(parts[0]), self.session.unpack(parts[3])
        message = deserialize_binary_message(raw) if isinstance(raw, bytes) else json.loads(raw)
        return message.get("channel", "shell"), message["header"], message.get("content", {})

    def _answer(self, channel: str, parent: dict[str, Any], kind: str, why: str) -> None:
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "username": "workbench",
            "session": "read-only",
            "version": "5.3",
            "date": datetime.datetime.now(datetime.UTC).isoformat(),
        }
        content = {"status": "error", "ename": "ReadOnly", "evalue": why, "traceback": []}
        if self.subprotocol == V1:
            parts = [json.dumps(part).encode() for part in (header, parent, {}, content)]
            self.write_message(serialize_msg_to_ws_v1(parts, channel), binary=True)
        else:
            message = {"header": header, "parent_header": parent, "metadata": {}, "content": content, "buffers": []}
            self.write_message(
                json.dumps({**message, "channel": channel, "msg_id": header["msg_id"], "msg_type": kind})
            )


class AskingConnection(ReadOnlyConnection):
    """A working page's websocket: its widget may ask, and nothing may be run."""

    allows = staticmethod(asks)


class PrefixedIdentity(PasswordIdentityProvider):
    """Voilà mounts the login page at the root whatever its base address is; this mounts it right."""

    def get_handlers(self) -> list[Any]:
        """Return login and logout under the base address."""
        base = str(getattr(self.parent, "server_url", None) or getattr(self.parent, "base_url", "/"))
        return [(url_path_join(base, path), handler) for path, handler in super().get_handlers()]
