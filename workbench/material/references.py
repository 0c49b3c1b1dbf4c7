"""References of secondary sources, from BibTeX or CSL JSON."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from workbench.errors import BadInput, BrokenFile
from workbench.locale import _
from workbench.reading import decode, read_bytes

__all__ = ["read_references"]


def read_references(path: Path) -> list[dict[str, Any]]:
    """Return references as columns of the table; raises BadInput for a file that holds none."""
    content = read_bytes(path)
    try:
        text = decode(content, path.name)
    except BrokenFile as error:
        raise BrokenFile(
            _(
                "{file} is neither BibTeX nor CSL JSON. Export the references anew from the program they are kept in."
            ).format(file=path.name)
        ) from error
    found = _from_csl(text, path.name) if path.suffix.lower() == ".json" else _from_bibtex(text, path.name)
    if not found:
        raise BadInput(_("{file} holds no reference. Export BibTeX or CSL JSON.").format(file=path.name))
    for reference in found:
        if not (reference["author"] and reference["year"]):
            raise BadInput(
                _("{file}: the reference {key} has no author or no year.").format(file=path.name, key=reference["key"])
            )
    return found


def _from_csl(text: str, name: str) -> list[dict[str, Any]]:
    try:
        items = json.loads(text)
    except ValueError as error:
        raise BadInput(_("{file} can't be read: {reason}.").format(file=name, reason=error)) from error
    return [
        {
            "key": str(item.get("id", "")),
            "author": "; ".join(
                a.get("literal") or ", ".join(filter(None, (a.get("family"), a.get("given"))))
                for a in item.get("author", ())
            ),
            "year": str((item.get("issued", {}).get("date-parts") or [[""]])[0][0]),
            "title": item.get("title", ""),
            "pages": item.get("page"),
            "level": item.get("genre"),
            "public": item.get("type") != "unpublished",
        }
        for item in items
        if isinstance(item, dict)
    ]


def _from_bibtex(text: str, name: str) -> list[dict[str, Any]]:
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what is wrong is told below
    library = parse_string(text)
    if library.failed_blocks:
        line = (library.failed_blocks[0].start_line or 0) + 1
        raise BadInput(
            _("{file}: the reference that begins at line {line} can't be read.").format(file=name, line=line)
        )
    entries = library.entries
    fields = [{key.lower(): str(field.value) for key, field in entry.fields_dict.items()} for entry in entries]
    return [
        {
            "key": entry.key,
            "author": "; ".join(part.strip(" {}") for part in values.get("author", "").split(" and ")),
            "year": values.get("year") or values.get("date", "")[:4],
            "title": values.get("title", "").strip("{}"),
            "pages": values.get("pages"),
            "level": values.get("level"),
            "public": entry.entry_type.lower() != "unpublished",
        }
        for entry, values in zip(entries, fields, strict=True)
    ]
