"""Voilà with TLS: by itself it knows no certificate, and would answer other machines in clear."""

from __future__ import annotations

from functools import partial

from traitlets import Unicode
from voila.app import Voila

__all__ = ["Dashboards"]


class Dashboards(Voila):  # type: ignore[misc]  # Voilà has no types
    """The dashboards' server, started as `python -m workbench.serving.app`."""

    certfile = Unicode("", config=True, help="TLS certificate; without one only this machine is answered.")
    keyfile = Unicode("", config=True, help="TLS key.")

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
