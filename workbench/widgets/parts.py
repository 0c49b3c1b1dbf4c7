"""One ES module out of several: anywidget loads a single text, and a page in one file nobody reads.

The parts stay plain ES modules, as an editor and a type checker want them. What ties them together is left out when
they are joined: the imports of each other, and the word `export` before what a part offers. So a name at the top of a
part must be its own in the whole widget (a test looks).
"""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["joined"]

_IMPORT = re.compile(r'^import [^;]*? from "\.{1,2}/[^"]+";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?(function|const|class) )", re.MULTILINE)


def joined(folder: Path, *parts: str) -> str:
    """Return the module made of the named parts, in this order; the last one has the default export."""
    texts = ((folder / f"{part}.js").read_text("utf-8") for part in parts)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
