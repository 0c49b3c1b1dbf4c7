"""Ids and times."""

from __future__ import annotations

from datetime import UTC, datetime

import uuid_utils

__all__ = ["new_id", "now"]


def new_id() -> str:
    """Return a new UUIDv7 as a string; ids made later sort later."""
    return str(uuid_utils.uuid7())


def now() -> str:
    """Return the present moment in UTC as ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
