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
from workbench.reading import decode, read_bytes, write_bytes

__all__ = ["deidentify", "deidentify_batch"]


def deidentify(text: str, register: Path | None, language: str) -> dict[str, Any]:
    """Return a text masked and the spans found in it, in code points of the text as given."""
    with using_language(language):
        known = Register(read_register_csv(register, None) if register else ())
        return {"text": screen(text, known).text, "spans": [_span(f) for f in find(text, known)]}


def deidentify_batch(source: Path, target: Path) -> int:
    """Work through JSON lines, one text each with its own register; returns how many. Raises BadInput with the line."""
    made = []
    # By line feeds alone: JSON may hold other line ends inside its texts.
    for number, line in enumerate(decode(read_bytes(source), source.name).split("\n"), start=1):
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
        made.append(json.dumps({"id": item.get("id"), "spans": spans}, ensure_ascii=False) + "\n")
    write_bytes(target, "".join(made).encode())
    return len(made)


def _span(finding: Finding) -> dict[str, Any]:
    return dict(finding.__dict__)
