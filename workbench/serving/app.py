"""Voilà with TLS, and with kernels that end with their page.

By itself it knows no certificate, and would answer other machines in clear; and it refuses what a page sends when it is
left, since browsers let that message carry no token against forgery.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from traitlets import Unicode
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

__all__ = ["Dashboards"]


class PageLeft(VoilaShutdownKernelHandler):  # type: ignore[misc]  # Voilà has no types
    """Ends the kernel of a page that was left.

    Nothing can be forged here: whoever asks is logged in, and names a kernel by an id that only its own page was told.
    """

    def check_xsrf_cookie(self) -> None:
        """Let the message pass without the token that it can't carry."""


class Dashboards(Voila):  # type: ignore[misc]  # Voilà has no types
    """The dashboards' server, started as `python -m workbench.serving.app`."""

    certfile = Unicode("", config=True, help="TLS certificate; without one only this machine is answered.")
    keyfile = Unicode("", config=True, help="TLS key.")

    def init_handlers(self) -> list[Any]:
        """Return Voilà's handlers, with ours for a page that was left."""
        return [
            (rule[0], PageLeft, *rule[2:]) if rule[1] is VoilaShutdownKernelHandler else rule
            for rule in super().init_handlers()
        ]

    def listen(self) -> None:
        """Listen as Voilà does, by TLS where there is a certificate, and to no other machine where there is none."""
        if self.certfile:
            tls = {"certfile": self.certfile, "keyfile": self.keyfile}
            self.app.listen = partial(self.app.listen, ssl_options=tls)
        else:
            self.ip = "127.0.0.1"
        super().listen()


if __name__ == "__main__":
    Dashboards.launch_instance()
