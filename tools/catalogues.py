"""Bring the catalogues up to date with the texts in the code: new ones are added empty, gone ones removed.

English is what the code says, so its catalogue is filled here; bokmål and Danish are for a person to write.
"""

from __future__ import annotations

from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "workbench" / "locale"
KEYWORDS = {"_": None, "N_": None, "NN_": (1, 2), "ngettext": (1, 2)}


def template() -> Catalog:
    """Return all texts that a user may see."""
    found = Catalog(project="workbench", charset="utf-8")
    for _file, _line, message, _comments, _context in extract_from_dir(
        str(ROOT / "workbench"), [("**.py", "python")], keywords=KEYWORDS
    ):
        found.add(message)
    return found


def main() -> None:
    """Write the three catalogues anew."""
    texts = template()
    for language in ("nb", "da", "en"):
        path = LOCALES / language / "LC_MESSAGES" / "workbench.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read_po(path.open("rb"), locale=language) if path.exists() else Catalog(language)
        catalogue.update(texts, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        for message in catalogue:
            if language == "en" and message.id:
                message.string = message.id
        fresh = Catalog(language, header_comment=f"# Medforsk, {language}", fuzzy=False)
        for message in sorted((m for m in catalogue if m.id), key=lambda m: str(m.id)):
            fresh.add(message.id, message.string)
        with path.open("wb") as file:
            write_po(file, fresh, width=120, omit_header=False, include_lineno=False, sort_output=True)


if __name__ == "__main__":
    main()
