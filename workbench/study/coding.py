"""Codebook, codings and statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workbench import coding, material
from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound
from workbench.locale import _, using_language
from workbench.material import records as material_records
from workbench.privacy import (
    Decide,
    accept_certain,
    screen,
)
from workbench.reading import read_rows
from workbench.study.base import Base

__all__ = ["Coding"]


class Coding(Base):
    """What the researcher does when coding."""

    def import_codings(
        self, file: Path, *, source: str | None = None, coder: str = "researcher", partial: bool = False
    ) -> tuple[int, coding.Refused]:
        """Store the codings of a CSV file; returns how many, and the rows refused. All or nothing unless `partial`.

        A row that says what a coding there says already is counted in `already`, and not stored twice.
        """
        rows = list(read_rows(file))
        register = self._register_if_open()

        def mask(quote: str) -> str:
            with using_language(self.settings.language):
                return screen(quote, register).text if register else quote

        with self.store.read() as connection:
            places = {
                s.name: coding.Place(s.id, s.text_id, material_records.text_of(connection, s.text_id))
                for s in material_records.list_sources(connection)
            }
        if source is not None:
            source = self.source(source).name
        codes = {code["name"] for code in self.codebook()}
        for _number, cells in rows:
            cells["code"] = mask(cells.get("code", ""))
        good, refused = coding.check_rows(rows, places, self.framework, mask, source)
        if register is None:
            good = [row for row in good if self._may_stand(row, codes, refused)]
        there = {coding.mark(one) for one in self.codings()}
        new: dict[tuple[str | int, ...], coding.CodingRow] = {}
        for ready in good:
            claim = coding.mark_of_row(ready, ready.coder or coder)
            if claim not in there:
                new.setdefault(claim, ready)
        refused.already, good = len(good) - len(new), list(new.values())
        if not good or (len(refused) and not partial):
            return 0, refused
        with self.store.act("codings imported", None, count=len(good)) as act:
            turns: dict[str, list[material.StoredTurn]] = {}
            for row in good:
                text_id = row.place.text_id
                if text_id not in turns:
                    turns[text_id] = material_records.turns_of(act.connection, text_id)
                who = row.coder or coder
                identity = coding.add(act.connection, row, who, turns[text_id])
                if row.statement:
                    cell = {"theme": row.theme, "effect": row.effect, "determinant": row.determinant}
                    self._take_words(act, register, accept_certain, "statement", identity, row.statement, **cell)
                if row.memo:
                    self._take_words(act, register, accept_certain, "memo", identity, row.memo, author=who)
        return len(good), refused

    def _may_stand(self, row: coding.CodingRow, codes: set[str], refused: coding.Refused) -> bool:
        """A code's name can't wait in the inbox: while the vault is locked, only those there are may be used."""
        if not row.code or row.code in codes:
            return True
        refused.invalid.append({"row": row.row, "why": _("the code is new, and the vault is locked")})
        return False

    def codings(self, *, source: str | None = None, theme: str | None = None, **where: str) -> list[coding.Coding]:
        """Codings in the order of their source and place, narrowed by source, theme, effect, determinant, coder."""
        if source is not None:
            where["source_id"] = self.source(source).id
        if theme is not None:
            where["theme"] = self.framework.theme(theme).id
        with self.store.read() as connection:
            return coding_records.list_codings(connection, **where)

    def statements(self) -> list[coding.Statement]:
        """All statements in the order of their cells."""
        with self.store.read() as connection:
            return coding_records.list_statements(connection)

    def add_statement(
        self, words: str, *, theme: str, effect: str, determinant: str, codings: Iterable[str] = (),
        decide: Decide = accept_certain,
    ) -> str | None:  # fmt: skip
        """Write a statement into a cell, supported by codings given by id; returns its id, None while it waits."""
        framework = self.framework
        cell = {
            "theme": framework.theme(theme).id,
            "effect": framework.effect(effect).id,
            "determinant": framework.determinant(determinant).id,
        }
        known = {c.id for c in self.codings()}
        supports = list(codings)
        for identity in supports:
            if identity not in known:
                raise NotFound(_("There is no coding {id}.").format(id=identity))
        with self.store.act("statement written") as act:
            register = self._register_if_open()
            act.subject = statement = self._take_words(act, register, decide, "statement", "", words, **cell)
            for identity in supports:
                if statement is not None:
                    coding_records.support(act.connection, statement, identity)
        return statement

    def order_statements(self, effect: str, determinant: str, ids: Sequence[str]) -> None:
        """Put the statements of a cell in this order; raises BadInput unless all of them are named, each once."""
        cell = (self.framework.determinant(determinant).id, self.framework.effect(effect).id)
        here = [s.id for s in self.statements() if (s.determinant, s.effect) == cell]
        if sorted(here) != sorted(ids):
            raise BadInput(_("Name every statement of the cell once. It holds {n}.").format(n=len(here)))
        with self.store.act("statements ordered", None, order=list(ids)) as act:
            for position, identity in enumerate(ids, start=1):
                coding_records.place_statement(act.connection, identity, position)

    def codebook(self) -> list[dict[str, Any]]:
        """The codes under their themes."""
        with self.store.read() as connection:
            return coding_records.list_codes(connection)

    def import_codebook(self, file: Path) -> int:
        """Read codes from a CSV file `theme,name[,definition]`; returns how many."""
        rows = []
        for number, row in read_rows(file):
            if not row.get("name") or not row.get("theme"):
                raise BadInput(
                    _("{file}, row {row}: the columns “theme” and “name” must be filled.").format(
                        file=file.name, row=number
                    )
                )
            self._refuse_identifiers(row["name"], row.get("definition", ""))
            rows.append((self.framework.theme(row["theme"]).id, row["name"], row.get("definition") or None))
        with self.store.act("codebook imported", None, count=len(rows)) as act:
            for theme, name, definition in rows:
                coding_records.add_code(act.connection, theme, name, definition)
        return len(rows)
