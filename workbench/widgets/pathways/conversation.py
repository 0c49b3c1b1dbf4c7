"""What the page of network maps may ask."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from workbench.pathways import records
from workbench.store.history import Revision
from workbench.study import Study
from workbench.widgets import working
from workbench.widgets.pathways import courses, filling, gatherings, reading
from workbench.widgets.pathways.texts import texts

__all__ = ["Conversation"]


class Conversation(working.Conversation[Study]):
    """One page of maps and its study."""

    changing = frozenset(
        {
            "undo",
            "redo",
            "undo_course",
            "redo_course",
            "undo_form",
            "redo_form",
            "undo_gathering",
            "redo_gathering",
            "remove_network",
            "remove_course",
            "remove_answer",
            "keep_contact",
        }
    )

    # --- reading ---

    def _on_open(self) -> dict[str, Any]:
        return {
            "texts": texts(),
            "draftKey": self._study.draft_key(),
            "title": self._study.settings.title,
            "study": self._study.settings.id,
            **reading.choices(self._study),
            **courses.choices(self._study),
            **filling.choices(self._study),
            **reading.around(self._study),
        }

    def _on_since(self, seq: int) -> dict[str, Any]:
        newest = self._study.store.newest.seq
        if newest == seq:
            return {"seq": seq, "open": self._study.vault.is_open}
        return reading.around(self._study)

    def _on_map(self, map: str, em: float, named: bool = False) -> dict[str, Any]:
        return reading.drawn(self._study, map, em, named)

    def _on_labels(self, map: str, em: float, named: bool = False) -> dict[str, Any]:
        return reading.labels(self._study, map, em, named)

    def _on_figures(self, map: str) -> list[dict[str, str]]:
        return reading.figures(self._study, map)

    def _on_changes(self, before: str, after: str) -> dict[str, Any]:
        return reading.changes(self._study, before, after)

    def _on_picture(self, map: str, kind: str, plain: bool) -> str:
        return base64.b64encode(self._study.drawn_as(map, kind, plain=plain)).decode("ascii")

    def _on_contacts(self, network: str) -> dict[str, dict[str, str]]:
        return self._study.contacts(network)

    def _on_courses(self) -> list[dict[str, str]]:
        return courses.listed(self._study)

    def _on_course(self, course: str, gap: int, by: str) -> dict[str, Any]:
        return courses.followed(self._study, course, gap, by)

    def _on_course_file(self, course: str, kind: str, gap: int) -> str:
        return base64.b64encode(self._study.course_as(course, kind, gap=gap)).decode("ascii")

    def _on_services(self, informant: str, theme: str, flow: bool) -> dict[str, Any]:
        return reading.services(self._study, informant or None, theme or None, flow)

    def _on_services_file(self, informant: str, theme: str, flow: bool, kind: str) -> str:
        made = self._study.services_as(kind, informant=informant or None, theme=theme or None, flow=flow)
        return base64.b64encode(made).decode("ascii")

    # --- networks and maps ---

    def _on_add_network(self, edit: str, title: str, informant: str, day: str, actors: bool, sure: bool) -> str:
        whose = informant or None
        return self._study.add_network(title, informant=whose, day=day, actors=actors, sure=sure, edit=edit)

    def _on_change_network(self, edit: str, network: str, **values: Any) -> None:
        self._study.change_network(network, edit=edit, **values)

    def _on_remove_network(self, edit: str, network: str) -> None:
        self._study.remove_network(network)

    def _on_set_sectors(self, edit: str, network: str, sectors: list[dict[str, Any]], sure: bool) -> None:
        self._study.set_sectors(network, sectors, sure=sure, edit=edit)

    def _on_add_map(self, edit: str, network: str, day: str, title: str, of: str, sure: bool) -> str:
        return self._study.add_map(network, day, title=title, of=of or None, sure=sure, edit=edit)

    def _on_change_map(self, edit: str, map: str, **values: Any) -> None:
        self._study.change_map(map, edit=edit, **values)

    def _on_remove_map(self, edit: str, map: str) -> None:
        self._study.remove_map(map, edit=edit)

    # --- who stands on it, and what they have to do with each other ---

    def _on_add_actor(self, edit: str, map: str, label: str, sector: str, **values: Any) -> str:
        return self._study.add_actor(map, label, sector, edit=edit, **values)

    def _on_place_actor(
        self, edit: str, map: str, actor: str, sector: str, distance: float, bearing: float
    ) -> None:  # fmt: skip
        self._study.place_actor(map, actor, sector, distance, bearing, edit=edit)

    def _on_change_actor(self, edit: str, map: str, actor: str, **values: Any) -> None:
        self._study.change_actor(map, actor, edit=edit, **values)

    def _on_take_off(self, edit: str, map: str, actor: str) -> None:
        self._study.take_off(map, actor, edit=edit)

    def _on_keep_contact(self, edit: str, map: str, actor: str, **details: str) -> int:
        return self._study.keep_contact(map, actor, **details)

    def _on_tie(self, edit: str, map: str, one: str, other: str, **values: Any) -> str:
        return self._study.tie(map, one, other, edit=edit, **values)

    def _on_change_tie(self, edit: str, map: str, tie: str, **values: Any) -> None:
        self._study.change_tie(map, tie, edit=edit, **values)

    def _on_untie(self, edit: str, map: str, tie: str) -> None:
        self._study.untie(map, tie, edit=edit)

    def _on_undo(self, edit: str) -> dict[str, Any]:
        return _touched(self._study.undo_drawing())

    def _on_redo(self, edit: str) -> dict[str, Any]:
        return _touched(self._study.redo_drawing())

    # --- courses ---

    def _on_add_course(self, edit: str, title: str, informant: str, opened: str, sure: bool) -> str:
        return self._study.add_course(title, informant=informant or None, opened=opened, sure=sure, edit=edit)

    def _on_change_course(self, edit: str, course: str, **values: Any) -> None:
        self._study.change_course(course, edit=edit, **values)

    def _on_remove_course(self, edit: str, course: str) -> None:
        self._study.remove_course(course)

    def _on_add_to_course(self, edit: str, course: str, what: str, sure: bool, values: dict[str, Any]) -> str:
        return self._study.add_to_course(course, what, sure=sure, edit=edit, **values)

    def _on_change_in_course(
        self, edit: str, course: str, what: str, id: str, sure: bool, values: dict[str, Any]
    ) -> None:
        self._study.change_in_course(course, what, id, sure=sure, edit=edit, **values)

    def _on_remove_from_course(self, edit: str, course: str, what: str, id: str) -> None:
        self._study.remove_from_course(course, what, id, edit=edit)

    def _on_undo_course(self, edit: str) -> bool:
        return bool(self._study.undo_course())

    def _on_redo_course(self, edit: str) -> bool:
        return bool(self._study.redo_course())

    # --- forms ---

    def _on_answers(self, form: str, informant: str) -> dict[str, Any]:
        return filling.answers(self._study, form, informant or None)

    def _on_printed(self, form: str, answer: str) -> str:
        return self._study.printed_form(form, answer or None).decode()

    def _on_answer_form(self, edit: str, form: str, values: dict[str, Any], **around: Any) -> str:
        return self._study.answer_form(form, values, edit=edit, **around)

    def _on_change_answer(self, edit: str, answer: str, values: dict[str, Any], **around: Any) -> None:
        self._study.change_answer(answer, values, edit=edit, **around)

    def _on_remove_answer(self, edit: str, answer: str) -> None:
        self._study.remove_answer(answer)

    def _on_undo_form(self, edit: str) -> bool:
        return bool(self._study.undo_form())

    def _on_redo_form(self, edit: str) -> bool:
        return bool(self._study.redo_form())

    # --- gatherings ---

    def _on_gatherings(self, network: str) -> dict[str, Any]:
        return gatherings.told(self._study, network)

    def _on_gatherings_file(self, network: str, kind: str) -> str:
        return base64.b64encode(self._study.progress_as(kind, network)).decode("ascii")

    def _on_add_note(self, edit: str, number: int, day: str, **values: Any) -> str:
        return self._study.add_note(number, day=day or None, edit=edit, **values)

    def _on_change_note(self, edit: str, note: str, **values: Any) -> None:
        self._study.change_note(note, edit=edit, **values)

    def _on_remove_note(self, edit: str, note: str) -> None:
        self._study.remove_note(note, edit=edit)

    def _on_undo_gathering(self, edit: str) -> bool:
        return bool(self._study.undo_gathering())

    def _on_redo_gathering(self, edit: str) -> bool:
        return bool(self._study.redo_gathering())


def _touched(changed: Sequence[Revision]) -> dict[str, Any]:
    """Whether anything was taken back, and on which map, where it was one map."""
    states = [(one, one.after or one.before or {}) for one in changed]
    maps = {one.thing if one.kind == records.MAP.name else state.get("map_id") for one, state in states} - {None}
    return {"done": bool(changed), "map": maps.pop() if len(maps) == 1 else ""}
