"""De-identification of texts apart from any study: for a look, and for measuring."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workbench.errors import BadInput
from workbench.locale import _, using_language
from workbench.privacy.recognisers import Finding, find
from workbench.privacy.register import Entry, Register, read_register_csv
from workbench.privacy.screening import screen
from workbench.reading import decode, read_bytes

__all__ = ["deidentify_batch", "deidentify_file"]


def deidentify_file(path: Path, register: Path | None, language: str) -> dict[str, Any]:
    """Return the masked text of a file and the spans found, in code points of the text as it stands in the file."""
    text = decode(read_bytes(path), path.name)
    with using_language(language):
        known = Register(read_register_csv(register, None) if register else ())
        return {"text": screen(text, known).text, "spans": [_span(f) for f in find(text, known)]}


def deidentify_batch(source: Path, target: Path) -> int:
    """Work through JSON lines, one text each with its own register; returns how many. Raises BadInput with the line."""
    done = 0
    with target.open("w", encoding="utf-8") as out:
        for number, line in enumerate(decode(read_bytes(source), source.name).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
                entries = [
                    Entry(str(e["id"]), e["name"], tuple(e.get("aliases", ())), e.get("type", "person"), str(e["id"]))
                    for e in item.get("register", ())
                ]
                with using_language(item.get("lang", "nb")):
                    spans = [_span(finding) for finding in find(item["text"], Register(entries))]
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise BadInput(
                    _("{file}, line {line}: {reason}.").format(file=source.name, line=number, reason=error)
                ) from error
            out.write(json.dumps({"id": item.get("id"), "spans": spans}, ensure_ascii=False) + "\n")
            done += 1
    return done


def _span(finding: Finding) -> dict[str, Any]:
    return dict(finding.__dict__)
