"""What the gate passes over although it looks like somebody's name: the boilerplate of formats, which no reader meets.

A short list, each entry with its reason. What is not on it is held, and what a person may have written never is on it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from workbench.resources import resource

__all__ = ["JSON_KEYS", "PICTURES", "is_office_word", "is_schema_value", "without_fonts"]

# Names of fonts and of the scripts they are for ("Times New Roman", "Hans"): what a machine has, not what was written.
_FONTS = frozenset(
    ["rFonts", "font", "latin", "ea", "cs", "sym", "buFont", "mathFont", "altName", "rFont", "majorFont", "minorFont"]
)
_FONT_ATTRIBUTES = frozenset(["ascii", "hAnsi", "eastAsia", "cs", "typeface", "script", "name", "val", "font"])
# References from a paragraph to its style ("Strong"): the style itself is held by its name, see below.
_STYLED = frozenset(
    ["pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink", "clickAndTypeStyle",
     "defaultTableStyle"]
)  # fmt: skip
# What Office calls the colours and fonts it comes with.
_THEMES = frozenset(["theme", "themeFamily", "clrScheme", "fontScheme", "fmtScheme"])
_THEME_NAME = re.compile(r"Office([ -](Theme|tema))?( 20\d\d( ?[-–] ?20\d\d)?)?")
# What made the file, and from which template when it is everybody's.
_PROGRAMS = re.compile(r"Microsoft( Office| Macintosh)? (Word|Excel)|Normal(\.dotm?)?")


def is_office_word(element: Any, attribute: str | None, value: str) -> bool:
    """Say whether a value in Open XML is boilerplate: an attribute's, or with None the element's text."""
    tag, parent = _local(element), _local(element.getparent())
    match tag, attribute:
        case (("Application" | "Template"), None):
            return _PROGRAMS.fullmatch(value) is not None
        case _, None:
            return False
        case ("style", "styleId") | ("lsdException", "name"):
            return True
        case "name", "val":  # a font in a sheet, or a style as Word's user reads it: only a built-in one passes
            return parent == "font" or (parent == "style" and value.casefold() in _built_in_styles())
        case "cellStyle", "name":
            return element.get("builtinId") is not None and value.casefold() in _built_in_styles()
    if tag in _STYLED:
        return attribute == "val"
    if tag in _THEMES:
        return attribute == "name" and _THEME_NAME.fullmatch(value) is not None
    return tag in _FONTS and attribute in _FONT_ATTRIBUTES


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if element is not None else ""


@cache
def _built_in_styles() -> frozenset[str]:
    """Return the names of the styles that Word and pandoc come with, as python-docx's and our templates list them."""
    import docx

    names = set()
    for template in (None, str(resource("templates", "reference.docx"))):
        styles = docx.Document(template).styles
        names |= {style.name for style in styles} | {style.name for style in styles.latent_styles}
    return frozenset(name.casefold() for name in names if name)


# Keys of a notebook's schema, and of our own tables, segments and manifests: words of the format ("data").
JSON_KEYS = frozenset(
    ["attachments", "cell_type", "cells", "data", "display_name", "ename", "evalue", "execution_count", "id",
     "kernelspec", "language", "language_info", "metadata", "name", "nbformat", "nbformat_minor", "output_type",
     "outputs", "source", "text", "traceback", "text/html", "text/latex", "text/markdown", "text/plain", "image/jpeg",
     "image/png", "image/svg+xml", "application/json", "as_of", "audit_head", "coder", "coding_id", "codings",
     "columns", "definition", "determinant", "determinants", "edition", "effect", "effects", "end", "files", "group",
     "head", "informants", "inputs", "kind", "label", "material", "methods", "note", "number", "primary", "quote",
     "recruitment", "reference", "rows", "secondary", "segments", "sources", "speakers", "start", "statement",
     "statements", "tables", "templates", "theme", "title", "turns", "words", "workbench"]
)  # fmt: skip
_SCHEMA_VALUES = {
    "cell_type": frozenset(["code", "markdown", "raw"]),
    "output_type": frozenset(["display_data", "error", "execute_result", "stream"]),
}
# In a notebook a picture is a run of letters and digits, as little a text as the picture's own file.
PICTURES = frozenset(["image/png", "image/jpeg"])


def is_schema_value(key: str, value: Any) -> bool:
    """Say whether a notebook's value is one of the few that its schema knows."""
    return isinstance(value, str) and value in _SCHEMA_VALUES.get(key, ())


_FONT_RULE = re.compile(r"(?<![\w-])(font|font-family|--[\w-]*font[\w-]*)\s*:[^;{}]*")


def without_fonts(css: str) -> str:
    """Return style rules without the names of fonts ("Helvetica", "DejaVu Sans")."""
    return _FONT_RULE.sub(r"\1:", css)
