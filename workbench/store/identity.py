"""Ids and times."""

from __future__ import annotations

from datetime import UTC, datetime

import uuid_utils

__all__ = ["new_id", "now", "written"]


def new_id() -> str:
    """Return a new UUIDv7 as a string; ids made later sort later."""
    return str(uuid_utils.uuid7())


def now() -> str:
    """Return the present moment in UTC as ISO 8601 with milliseconds."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """Return a moment as the store writes it: in UTC; one without a time zone is of this machine's."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
