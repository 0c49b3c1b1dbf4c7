"""The codebook: codes under their themes, with the history of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench import coding
from workbench.coding import records as coding_records
from workbench.errors import BadInput
from workbench.locale import _
from workbench.reading import defused, read_rows
from workbench.store import records as store_records
from workbench.study.base import Base

__all__ = ["Codebook"]


class Codebook(Base):
    """What the researcher does with the codebook."""

    def code_history(self, code_id: str) -> list[store_records.HistoryRow]:
        """What became of a code, oldest first: each change with who, when and why.

        With it stands what became of the codes that were merged into it or split from it, told by the codings that
        went from one to the other in the same act.
        """
        with self.store.read() as connection:
            codings = store_records.history_of(connection, "coding")
            changes = store_records.history_of(connection, "code")
        went = {
            (row.seq, frozenset({row.before["code_id"], row.after["code_id"]}))
            for row in codings
            if row.before and row.after and row.before["code_id"] != row.after["code_id"]
        }
        return [
            row
            for row in changes
            if row.thing == code_id
            or ((row.before is None or row.after is None) and (row.seq, frozenset({row.thing, code_id})) in went)
        ]

    def codebook_csv(self, at: str | None = None) -> str:
        """The codebook, now or as it was at a date, as CSV in the columns that `import_codebook` reads.

        What a spreadsheet would run is defused.
        """
        codes = self.codebook(at)
        names = {code.id: code.name for code in codes}
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerow(["theme", "name", "parent", *coding.codebook.WORDS[1:], "shortcut", "colour", "retired"])
        for code in codes:
            words = [getattr(code, key) or "" for key in coding.codebook.WORDS[1:]]
            said = [code.name, names.get(code.parent_id or "", ""), *words, code.shortcut or ""]
            retired = "yes" if code.retired else ""
            writer.writerow([self.framework.theme(code.theme).number, *map(defused, said), code.colour, retired])
        return buffer.getvalue()

    def add_code(self, *, theme: str, name: str, reason: str = "", edit: str | None = None, **values: Any) -> str:
        """Add a code under a theme, or under the code `parent_id`; returns its id. Its words may identify nobody."""
        self._refuse_identifiers(name, *_words(values), reason)
        with self.store.act("code added", None, edit=edit, reason=reason or None) as act:
            act.subject = coding.codebook.add(act, theme=self.framework.theme(theme).id, name=name, **values)
        return act.subject

    def change_code(self, code_id: str, *, reason: str = "", edit: str | None = None, **values: Any) -> None:
        """Rename, describe, move (`theme`, `parent_id`), retire, or give another shortcut or colour."""
        if said := [*_words(values), reason]:
            self._refuse_identifiers(*said)
        if values.get("theme"):
            values["theme"] = self.framework.theme(values["theme"]).id
        with self.store.act("code changed", code_id, edit=edit, reason=reason or None) as act:
            coding.codebook.change(act, code_id, **values)

    def merge_codes(self, code_id: str, into: str, *, reason: str = "", edit: str | None = None) -> int:
        """Merge a code into another; returns how many codings went over."""
        self._refuse_identifiers(reason)
        with self.store.act("codes merged", code_id, edit=edit, reason=reason or None, into=into) as act:
            act.details["codings"] = moved = coding.codebook.merge(act, code_id, into)
        return moved

    def split_code(
        self, code_id: str, name: str, codings: Sequence[str], *, reason: str = "", edit: str | None = None
    ) -> str:  # fmt: skip
        """Give some of a code's codings to a new code beside it; returns the new one's id."""
        self._refuse_identifiers(name, reason)
        with self.store.act("code split", code_id, edit=edit, reason=reason or None) as act:
            new = coding.codebook.split(act, code_id, name, codings)
            act.details.update(new=new, codings=len(codings))
        return new

    def import_codebook(self, file: Path) -> int:
        """Read codes from a CSV file `theme,name[,parent,definition,use_when,not_when,example]`; returns how many.

        A `parent` is the name of a code there, or of one in an earlier row.
        """
        rows = []
        for number, row in read_rows(file):
            if not row.get("name") or not row.get("theme"):
                raise BadInput(
                    _("{file}, row {row}: the columns “theme” and “name” must be filled.").format(
                        file=file.name, row=number
                    )
                )
            words = {key: row[key] for key in coding.codebook.WORDS[1:] if row.get(key)}
            self._refuse_identifiers(row["name"], *words.values())
            rows.append((self.framework.theme(row["theme"]).id, row["name"], row.get("parent", ""), words))
        with self.store.act("codebook imported", None, count=len(rows)) as act:
            for theme, name, parent, words in rows:
                known = coding_records.code_id_of(act.connection, name)
                above = coding_records.code_id_of(act.connection, parent) if parent else None
                if parent and above is None:
                    raise BadInput(_("“{name}” stands under “{parent}”, and there is no such code.").format(
                        name=name, parent=parent
                    ))  # fmt: skip
                if above is not None:
                    words["parent_id"] = above
                if known is None:
                    coding.codebook.add(act, theme=theme, name=name, **words)
                else:
                    coding.codebook.change(act, known, theme=theme, **words)
        return len(rows)


def _words(values: dict[str, Any]) -> list[str]:
    return [values[key] for key in coding.codebook.WORDS if values.get(key)]
