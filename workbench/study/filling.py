"""The manuals' forms: filled, kept as dated records, drawn over time, and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from workbench import forms
from workbench.errors import BadInput, GateClosed, NotFound
from workbench.forms import records
from workbench.forms.model import Form, Item
from workbench.forms.records import Answer
from workbench.forms.trends import draw_trends
from workbench.locale import _, using_language
from workbench.privacy import Decide, Register, accept_certain, possible_names, screen
from workbench.privacy import records as privacy_records
from workbench.publishing.printed import printed_form
from workbench.safeguards import gate
from workbench.store import Act, new_id, now
from workbench.store.history import Revision
from workbench.store.rows import change, put
from workbench.study.base import Base, checked_day, for_the_user
from workbench.study.naming import ask_about

__all__ = ["Filling"]

Value = str | int | bool | None


class Filling(Base):
    """What the researcher, or whoever leads a meeting, does with forms."""

    def forms(self) -> tuple[dict[str, Form], list[str]]:
        """All forms by id, ours and the study's own; and what is wrong with files that hold none."""
        return forms.read_forms(self.folder)

    def form_answers(self, form: str | None = None, informant: str | None = None) -> list[Answer]:
        """Answers by day: of a form, about an informant by their code, or all."""
        whose = self._informant(informant).id if informant else None
        with self.store.read() as connection:
            found = records.list_answers(connection, form)
        return [one for one in found if whose is None or one.informant_id == whose]

    def form_answer(self, answer_id: str) -> Answer:
        """The answer with this id; raises NotFound."""
        with self.store.read() as connection:
            for one in records.list_answers(connection, id=answer_id):
                return one
        raise NotFound(_("That answer is no longer there. “workbench forms answers” shows all."))

    def answer_form(
        self, form: str, values: Mapping[str, Value], *, informant: str | None = None, day: str | None = None,
        filled_by: str = "", sure: bool = False, decide: Decide = accept_certain, edit: str | None = None,
    ) -> str:  # fmt: skip
        """Keep a form as it was filled on a day; returns the answer's id.

        `values` by item: true for what is ticked, a whole number for what is scored, words for what is written.
        Words are screened. Raises BadInput for what the form does not have, VaultLocked where words are to be screened,
        Unsure where who filled it, or somebody in its words, may be told by name, unless `sure`.
        """
        chosen = forms.read_form(self.folder, form)
        checked = {item: _checked(chosen, item, value) for item, value in values.items()}
        if not any(value is not None for value in checked.values()):
            raise BadInput(_("Nothing is filled in yet."))
        state = {"form": form, "created": now(), **self._around(informant, day, filled_by)}
        register = self._register_for(checked)
        with self.store.act("form filled", None, edit=edit, form=form) as act:
            act.subject = identity = new_id()
            put(act, records.ANSWER, identity, state)
            unsure = self._fill(act, identity, checked, {}, register, decide)
            ask_about(possible_names(state["filled_by"], is_role=True) + unsure, sure)
        return identity

    def change_answer(
        self, answer_id: str, values: Mapping[str, Value], *, informant: str | None = None, day: str | None = None,
        filled_by: str | None = None, sure: bool = False, decide: Decide = accept_certain, edit: str | None = None,
    ) -> None:  # fmt: skip
        """Change some of what was filled in; an empty value takes it out. What is not named stays."""
        there = self.form_answer(answer_id)
        chosen = forms.read_form(self.folder, there.form)
        checked = {item: _checked(chosen, item, value) for item, value in values.items()}
        whose = {person.id: person.code for person in self.informants()}.get(there.informant_id or "")
        state = self._around(
            whose if informant is None else informant or None, day or there.day,
            there.filled_by if filled_by is None else filled_by,
        )  # fmt: skip
        register = self._register_for(checked)
        with self.store.act("form filled", answer_id, edit=edit, form=there.form) as act:
            change(act, records.ANSWER, answer_id, **state)
            unsure = self._fill(act, answer_id, checked, there.words, register, decide)
            if state["filled_by"] != there.filled_by:
                unsure += possible_names(state["filled_by"], is_role=True)
            ask_about(unsure, sure)

    def remove_answer(self, answer_id: str) -> None:
        """Remove an answer for good, with what undo remembers of it."""
        self.form_answer(answer_id)
        with self.store.act("form removed", answer_id) as act:
            privacy_records.forget(act.connection, records.forget_answer(act.connection, answer_id))
        self.store.scrub()

    def undo_form(self) -> list[Revision]:
        """Take back one's own newest change of a form."""
        return self.store.undo(records.KINDS, sure=True)

    def redo_form(self) -> list[Revision]:
        """Take back one's own newest undo of a change of a form."""
        return self.store.redo(records.KINDS)

    def form_trends(self, form: str, *, informant: str | None = None, plain: bool = False) -> str:
        """A form's scores over time as SVG, about one informant or everybody; raises BadInput where none is scored."""
        chosen = forms.read_form(self.folder, form)
        if not chosen.of_kind("score"):
            raise BadInput(_("Nothing in the form {form} is scored.").format(form=form))
        answers = [(one.day, one.marks) for one in self.form_answers(form, informant)]
        return draw_trends(chosen, answers, str(chosen.title), plain=plain)

    def printed_form(self, form: str, answer_id: str | None = None) -> bytes:
        """A form as a page to print, empty, or as it was filled; filled it goes through the gate.

        Raises GateClosed with every finding, VaultLocked, NotFound.
        """
        chosen = forms.read_form(self.folder, form)
        if answer_id is None:
            return printed_form(chosen).encode()
        answer = self.form_answer(answer_id)
        if answer.form != form:
            raise BadInput(_("That answer is to the form {form}.").format(form=answer.form))
        codes = {person.id: person.code for person in self.informants()}
        whose = codes.get(answer.informant_id or "", "")
        with using_language(self.settings.language):
            content = printed_form(chosen, replace(answer, informant_id=whose or None)).encode()
        if found := gate.check_bytes("form.html", content, self.register(), gate.Allowed()):
            raise GateClosed(_("The form names somebody yet. Mask that first."), found)
        return content

    # --- how it is kept ---

    def _around(self, informant: str | None, day: str | None, filled_by: str) -> dict[str, Any]:
        who = " ".join(filled_by.split())[:200]
        if who:
            self._refuse_identifiers(who)
        whose = self._takes_part(informant).id if informant else None
        return {"informant_id": whose, "day": checked_day(day, date.today()), "filled_by": who}

    def _register_for(self, checked: Mapping[str, Value]) -> Register | None:
        return self.register() if any(isinstance(value, str) and value for value in checked.values()) else None

    def _fill(
        self, act: Act, answer_id: str, checked: Mapping[str, Value], was: Mapping[str, str],
        register: Register | None, decide: Decide,
    ) -> list[str]:  # fmt: skip
        """Keep what is filled in; returns what may name somebody in words that stood otherwise."""
        unsure: list[str] = []
        there = records.rows_of(act.connection, answer_id)
        for item, value in checked.items():
            identity = there.get(item) or new_id()
            if isinstance(value, str) or value is None:
                privacy_records.forget(act.connection, [identity])
            if value is None:
                for kind in (records.MARK, records.WORDS) if item in there else ():
                    put(act, kind, identity, None)
            elif isinstance(value, str):
                assert register is not None
                with using_language(self.settings.language):
                    screened = screen(value, register, for_the_user(decide))
                if screened.text != was.get(item):
                    unsure += possible_names(screened.text, is_role=False)
                put(act, records.WORDS, identity, {"answer_id": answer_id, "item": item, "text": screened.text})
                privacy_records.add_screened(act.connection, identity, screened.masks, screened.open)
            else:
                put(act, records.MARK, identity, {"answer_id": answer_id, "item": item, "value": int(value)})
        return unsure


def _checked(form: Form, item_id: str, value: Value) -> Value:
    """A value as it is kept, None for nothing; raises BadInput for an item or value that the form does not have."""
    item = next((one for one in form.items if one.id == item_id), None)
    if item is None:
        known = ", ".join(one.id for one in form.items)
        raise BadInput(_("The form has no item {item}. There are: {known}.").format(item=item_id, known=known))
    if value is None or value is False or value == "":
        return None
    if item.kind == "text":
        return str(value).strip() or None
    return _score(item, value) if item.kind == "score" else _tick(item, value)


def _score(item: Item, value: Value) -> int:
    least, most = item.least or 0, item.most or 0
    if isinstance(value, bool) or not str(value).lstrip("-").isdecimal() or not least <= int(str(value)) <= most:
        raise BadInput(
            _("{item} is scored from {least} to {most}, not {value}.").format(
                item=item.id, least=least, most=most, value=value
            )
        )
    return int(str(value))


def _tick(item: Item, value: Value) -> bool:
    if value is True or str(value) in {"1", "x", "X", "true"}:
        return True
    raise BadInput(_("{item} is ticked, with 1 or x, or left out.").format(item=item.id))
