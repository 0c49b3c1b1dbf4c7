"""Where the review pages of a study are served right now: links lead there without anybody typing an address."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from workbench.resources import runtime_folder
from workbench.study.reviewing import Reviewing

__all__ = ["PORT", "review_address", "serving_at"]

PORT = 8868  # where `workbench review serve` listens unless it is told otherwise


@contextmanager
def serving_at(study: Reviewing, address: str) -> Iterator[None]:
    """Note that review pages are served at an address for the length of the block."""
    note = _note(study)
    note.write_text(address, "utf-8")
    try:
        yield
    finally:
        if note.exists() and note.read_text("utf-8") == address:
            note.unlink()


def review_address(study: Reviewing) -> tuple[str, bool]:
    """Return the address that personal links begin with, and whether anybody answers there on this machine."""
    note = _note(study)
    address = note.read_text("utf-8") if note.exists() else f"http://127.0.0.1:{PORT}/"
    try:
        socket.create_connection(("127.0.0.1", urlsplit(address).port or 443), timeout=1).close()
    except OSError:
        return address, False
    return address, note.exists()


def _note(study: Reviewing) -> Path:
    return runtime_folder() / f"review-{study.settings.id}"
