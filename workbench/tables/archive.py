"""Zip files (DOCX, XLSX) without times, so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

__all__ = ["normalise"]

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def normalise(archive: bytes) -> bytes:
    """Return the same zip file with entries in order and every time set to the earliest."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(buffer, "w") as after:
        # Office wants the list of parts first.
        for name in sorted(before.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = before.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", content)
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            after.writestr(entry, content)
    return buffer.getvalue()
