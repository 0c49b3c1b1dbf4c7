"""The codebook: codes under their themes, with the history of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench import coding
from workbench.coding import records as coding_records
from workbench.errors import BadInput
from workbench.locale import _
from workbench.reading import read_rows
from workbench.store import records as store_records
from workbench.study.base import Base

__all__ = ["Codebook"]


class Codebook(Base):
    """What the researcher does with the codebook."""

    def code_history(self, code_id: str) -> list[store_records.HistoryRow]:
        """What became of a code, oldest first: each change with who, when and why."""
        with self.store.read() as connection:
            return store_records.history_of(connection, "code", code_id)

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
        """Read codes from a CSV file `theme,name[,definition,use_when,not_when,example]`; returns how many."""
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
            rows.append((self.framework.theme(row["theme"]).id, row["name"], words))
        with self.store.act("codebook imported", None, count=len(rows)) as act:
            for theme, name, words in rows:
                known = coding_records.code_id_of(act.connection, name)
                if known is None:
                    coding.codebook.add(act, theme=theme, name=name, **words)
                else:
                    coding.codebook.change(act, known, theme=theme, **words)
        return len(rows)


def _words(values: dict[str, Any]) -> list[str]:
    return [values[key] for key in coding.codebook.WORDS if values.get(key)]
