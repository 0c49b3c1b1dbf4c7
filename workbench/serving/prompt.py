"""A kernel's websocket that sends at once.

Jupyter leaves TCP to gather small messages: one that follows another waits 40 ms until the first is acknowledged, which
is longer than all else that happens when a passage is coded.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

__all__ = ["PromptConnection"]


class PromptConnection(ZMQChannelsWebsocketConnection):
    """A kernel's websocket whose small messages don't wait for each other."""

    def connect(self) -> Any:
        """Connect to the kernel, with the socket told not to gather."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
