"""Coding passages, by hand and from a file; undo and redo."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench import coding, material
from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound, Overtaken
from workbench.locale import _, using_language
from workbench.material import records as material_records
from workbench.privacy import accept_certain, screen
from workbench.reading import defused, read_rows
from workbench.store.history import Revision
from workbench.study.base import Base

__all__ = ["Coding"]

LONGEST_IN_VIVO = 80


class Coding(Base):
    """What the researcher does when coding."""

    def code_passage(
        self, source: str, start: int, end: int, *, text_id: str | None = None, **claim: Any
    ) -> coding.Coding:
        """Code `[start, end)` of one source, as `code_passages` does several."""
        return self.code_passages([(source, start, end, text_id)], **claim)[0]

    def code_passages(
        self,
        passages: Sequence[tuple[str, int, int, str | None]],
        *,
        theme: str = "",
        effect: str,
        determinant: str,
        code: str | None = None,
        in_vivo: bool = False,
        coder: str | None = None,
        edit: str | None = None,
    ) -> list[coding.Coding]:
        """Code passages in one act, each a source and `[start, end)` in code points of a text version (None: newest).

        `code` is a code's id, whose theme wins over `theme`; with `in_vivo` a new code is called after the words. Where
        a text was corrected since that version, the passage is carried over; raises Overtaken when it can't be.
        `coder` is whose claim it is (None: one's own). What they say of a passage already is not said twice: the coding
        there is returned.
        """
        coder = coder or self.store.actor
        claim = {"effect": self.framework.effect(effect).id, "determinant": self.framework.determinant(determinant).id}
        claim["theme"] = "" if code else self.framework.theme(theme).id
        sources = {name: self.source(name) for name in {passage[0] for passage in passages}}
        made = []
        with self.store.act("coded", None, edit=edit, passages=len(passages)) as act:
            if code is not None:
                claim["theme"] = self._usable(act.connection, code).theme
            for name, start, end, text_id in passages:
                chosen = sources[name]
                place, start, end = self._passage(act.connection, text_id or chosen.text_id, chosen.id, start, end)
                if in_vivo:
                    code = coding.codebook.named(act, _in_vivo(place.text[start:end]), claim["theme"])
                turns = material_records.turns_of(act.connection, place.text_id, start, end)
                row = coding.CodingRow(0, place, start, end, **claim)
                said = coding_records.claimed(
                    act.connection, text_id=place.text_id, start=start, end=end, coder=coder, code_id=code, **claim
                )  # fmt: skip
                made.append(said or coding.add(act, row, coder, turns, code))
            act.subject = made[0] if len(made) == 1 else None
            found = {one.id: one for one in coding_records.list_codings(act.connection, id=made)}
        return [found[identity] for identity in made]

    def _usable(self, connection: Any, code_id: str) -> coding.Code:
        code = coding.codebook.code(connection, code_id)
        if code.retired:
            raise BadInput(_("“{name}” is retired. Take it back into use, or choose another.").format(name=code.name))
        return code

    def codings_csv(self) -> str:
        """All codings as CSV, in the columns that `import_codings` reads; what a spreadsheet would run is defused."""
        names = {one.id: one.name for one in self.sources()}
        with self.store.read() as connection:
            rows = coding_records.list_codings(connection)
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerow(["source", "start", "end", "quote", "theme", "code", "effect", "determinant", "coder"])
        for one in rows:
            words = (defused(one.quote), one.theme, defused(one.code or ""), one.effect, one.determinant, one.coder)
            writer.writerow([names[one.source_id], one.start, one.end, *words])
        return buffer.getvalue()

    def change_coding(self, coding_id: str, *, edit: str | None = None, **values: Any) -> coding.Coding:
        """Give a coding another effect, determinant, theme, code (`code_id`), or edges (`start`, `end`, `text_id`)."""
        with self.store.act("coding changed", coding_id, edit=edit) as act:
            before = self._coding(act.connection, coding_id)
            for dimension in ("effect", "determinant", "theme"):
                if dimension in values:
                    values[dimension] = getattr(self.framework, dimension)(values[dimension]).id
            if values.get("code_id"):
                values["theme"] = self._usable(act.connection, values["code_id"]).theme
            elif "theme" in values and values["theme"] != before.theme:
                values["code_id"] = None
            text_id = values.pop("text_id", None) or before.text_id
            start, end = values.pop("start", before.start), values.pop("end", before.end)
            place, start, end = self._passage(act.connection, text_id, before.source_id, start, end)
            turns = material_records.turns_of(act.connection, place.text_id, start, end)
            coding.replace(act, before, place, turns, start=start, end=end, **values)
            return self._coding(act.connection, coding_id)

    def remove_codings(self, ids: Sequence[str], *, edit: str | None = None) -> None:
        """Remove codings with their memos; raises NotFound for one that is not there."""
        with self.store.act("codings removed", None, edit=edit, codings=list(ids)) as act:
            for identity in ids:
                self._coding(act.connection, identity)
            coding.remove(act, ids)

    def unplaced_codings(self, source: str) -> list[coding.Coding]:
        """The codings of a source that a correction left behind: their words stand in an earlier version."""
        chosen = self.source(source)
        with self.store.read() as connection:
            earlier = material_records.earlier_texts(connection, chosen.id)
            return coding_records.list_codings(connection, text_id=earlier) if earlier else []

    def beside(self, one: coding.Coding) -> coding.Beside:
        """The words around a coding that a correction left behind, and those that took their place."""
        with self.store.read() as connection:
            return coding.beside(connection, one)

    def codings_in(self, text_id: str, start: int, end: int) -> list[coding_records.Placed]:
        """The codings that share characters with `[start, end)` of a text version, without their words."""
        with self.store.read() as connection:
            return coding_records.codings_in(connection, text_id, start, end)

    def undo(self, *, sure: bool = False) -> list[Revision]:
        """Take back one's own newest edit; returns what was put back.

        Raises Overtaken where others went on from it, Unsure unless `sure` where it is as large as an import.
        """
        return self.store.undo(coding.KINDS, sure=sure)

    def redo(self) -> list[Revision]:
        """Take back one's own newest undo."""
        return self.store.redo(coding.KINDS)

    def _coding(self, connection: Any, coding_id: str) -> coding.Coding:
        for one in coding_records.list_codings(connection, id=coding_id):
            return one
        raise NotFound(_("That coding is no longer there: somebody has removed it."))

    def _passage(
        self, connection: Any, text_id: str, source_id: str, start: int, end: int
    ) -> tuple[coding.Place, int, int]:
        text = material_records.text_of(connection, text_id)
        if not 0 <= start < end <= len(text) or not text[start:end].strip():
            raise BadInput(_("Select some words first."))
        place = coding.standing(connection, text_id, start, end)
        if place is None:
            raise Overtaken(_("The text was corrected meanwhile, and those words are no longer there."))
        newest, start, end = place
        if newest != text_id:
            text = material_records.text_of(connection, newest)
        return coding.Place(source_id, newest, text), start, end

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
        codes = {code.name for code in self.codebook()}
        self._refuse_names_of_coders([coder, *(cells.get("coder", "") for _number, cells in rows)])
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
                code = coding.codebook.named(act, row.code, row.theme) if row.code else None
                identity = coding.add(act, row, who, turns[text_id], code)
                if row.statement:
                    cell = {"theme": row.theme, "effect": row.effect, "determinant": row.determinant}
                    self._take_words(act, register, accept_certain, "statement", identity, row.statement, **cell)
                if row.memo:
                    self._take_words(act, register, accept_certain, "memo", identity, row.memo, author=who)
        return len(good), refused

    def _refuse_names_of_coders(self, coders: Sequence[str]) -> None:
        """A coder stands in tables and editions: a role or a sign, never anybody's name."""
        known = {one.coder for one in self.codings()} | {self.store.actor}
        if new := sorted(set(filter(None, coders)) - known):
            self._refuse_identifiers(*new)

    def _may_stand(self, row: coding.CodingRow, codes: set[str], refused: coding.Refused) -> bool:
        """A code's name can't wait in the inbox: while the vault is locked, only those there are may be used."""
        if not row.code or row.code in codes:
            return True
        refused.invalid.append({"row": row.row, "why": _("the code is new, and the vault is locked")})
        return False

    def codings(
        self, *, source: str | None = None, theme: str | None = None, **where: str | list[str]
    ) -> list[coding.Coding]:
        """Codings in the order of their source and place, narrowed by source, theme, effect, determinant, coder."""
        if source is not None:
            where["source_id"] = self.source(source).id
        if theme is not None:
            where["theme"] = self.framework.theme(theme).id
        with self.store.read() as connection:
            return coding_records.list_codings(connection, **where)


def _in_vivo(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_IN_VIVO else words[: LONGEST_IN_VIVO - 1].rstrip() + "…"
