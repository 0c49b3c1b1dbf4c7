"""Statements: what the researcher writes into the cells of the matrix, and what supports it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from workbench import coding
from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound
from workbench.locale import _, using_language
from workbench.privacy import Decide, accept_certain, screen
from workbench.privacy import records as privacy_records
from workbench.store.records import MEMO, list_memos, remove_memo
from workbench.study.base import Base, for_the_user

__all__ = ["Statements"]


class Statements(Base):
    """What the researcher does with statements."""

    def statements(self) -> list[coding.Statement]:
        """All statements in the order of their cells."""
        with self.store.read() as connection:
            return coding_records.list_statements(connection)

    def add_statement(
        self, words: str, *, theme: str, effect: str, determinant: str, codings: Iterable[str] = (),
        edit: str | None = None, decide: Decide = accept_certain,
    ) -> str | None:  # fmt: skip
        """Write a statement into a cell, supported by codings given by id; returns its id, None while it waits."""
        framework = self.framework
        cell = {
            "theme": framework.theme(theme).id,
            "effect": framework.effect(effect).id,
            "determinant": framework.determinant(determinant).id,
        }
        supports = self._known_codings(codings)
        with self.store.act("statement written", None, edit=edit) as act:
            register = self._register_if_open()
            act.subject = statement = self._take_words(act, register, decide, "statement", "", words, **cell)
            for identity in supports:
                if statement is not None:
                    coding.support(act, statement, identity)
        return statement

    def order_statements(self, effect: str, determinant: str, ids: Sequence[str], *, edit: str | None = None) -> None:
        """Put the statements of a cell in this order; raises BadInput unless all of them are named, each once."""
        cell = (self.framework.determinant(determinant).id, self.framework.effect(effect).id)
        here = [s.id for s in self.statements() if (s.determinant, s.effect) == cell]
        if sorted(here) != sorted(ids):
            raise BadInput(_("Name every statement of the cell once. It holds {n}.").format(n=len(here)))
        with self.store.act("statements ordered", None, edit=edit, order=list(ids)) as act:
            act.touch(coding.STATEMENT, *ids)
            for position, identity in enumerate(ids, start=1):
                coding_records.place_statement(act.connection, identity, position)

    def change_statement(
        self,
        statement_id: str,
        *,
        words: str | None = None,
        was: str | None = None,
        cell: Mapping[str, str] | None = None,
        edit: str | None = None,
        decide: Decide = accept_certain,
    ) -> str:
        """Word a statement anew, or move it to another theme, effect or determinant; returns its words as stored.

        `was` is what it said when somebody began to word it anew: raises Overtaken where another worded it meanwhile.
        """
        before = self._statement(statement_id)
        values = {key: getattr(self.framework, key)(value).id for key, value in (cell or {}).items()}
        register = self.register() if words is not None else None
        with self.store.act("statement changed", statement_id, edit=edit) as act:
            act.touch(coding.STATEMENT, statement_id)
            text = before.text
            if words is not None and register is not None:
                if not words.strip():
                    raise BadInput(_("A statement needs words. Remove it if it is to go."))
                with using_language(self.settings.language):
                    screened = screen(words, register, for_the_user(decide))
                text = values["text"] = screened.text
                self._refuse_overtaken(was, self._statement(statement_id).text, text)
                privacy_records.forget(act.connection, [statement_id])
                privacy_records.add_screened(act.connection, statement_id, screened.masks, screened.open)
            coding_records.change_statement(act.connection, statement_id, **values)
        return text

    def remove_statement(self, statement_id: str, *, edit: str | None = None) -> None:
        """Remove a statement; its codings stay."""
        self._statement(statement_id)
        with self.store.act("statement removed", statement_id, edit=edit) as act:
            for _statement, identity, _counter in coding_records.supports_of(act.connection, [statement_id]):
                coding.support(act, statement_id, identity, None)
            for memo in list_memos(act.connection, statement_id):
                act.touch(MEMO, memo.id)
                remove_memo(act.connection, memo.id)
            act.touch(coding.STATEMENT, statement_id)
            coding_records.remove_statement(act.connection, statement_id)

    def support(
        self, statement_id: str, codings: Iterable[str], *, counter: bool | None = False, edit: str | None = None
    ) -> None:
        """Let codings support a statement, stand beside it as counter-examples, or (None) neither."""
        self._statement(statement_id)
        ids = self._known_codings(codings)
        with self.store.act("support changed", statement_id, edit=edit) as act:
            for identity in ids:
                coding.support(act, statement_id, identity, counter)

    def _statement(self, statement_id: str) -> coding.Statement:
        for statement in self.statements():
            if statement.id == statement_id:
                return statement
        raise NotFound(_("That statement is no longer there: somebody has removed it."))

    def _known_codings(self, ids: Iterable[str]) -> list[str]:
        wanted = list(ids)
        with self.store.read() as connection:
            known = {one.id for one in coding_records.list_codings(connection, id=wanted)}
        for identity in wanted:
            if identity not in known:
                raise NotFound(_("There is no coding {id}.").format(id=identity))
        return wanted
