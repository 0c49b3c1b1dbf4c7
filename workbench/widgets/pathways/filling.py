"""What the page of network maps is shown of forms, as plain data."""

from __future__ import annotations

from datetime import date
from typing import Any

from workbench.forms import Form, read_form
from workbench.locale import format_date
from workbench.study import Study

__all__ = ["answers", "choices"]


def choices(study: Study) -> dict[str, Any]:
    """Return the forms with their items, and what is wrong with a study's own."""
    found, faults = study.forms()
    return {"forms": [_form(one) for one in found.values()], "formFaults": faults}


def _form(one: Form) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": str(one.title),
        "filledBy": str(one.filled_by),
        "note": str(one.note) if one.note else "",
        "items": [
            {"id": item.id, "kind": item.kind, "text": str(item.text), "source": item.source, "least": item.least,
             "most": item.most, "ends": [str(end) for end in item.ends]}
            for item in one.items
        ],
    }  # fmt: skip


def answers(study: Study, form_id: str, informant: str | None) -> dict[str, Any]:
    """Return the answers to a form, newest last, and its scores over time as a picture, if it has any."""
    form = read_form(study.folder, form_id)
    codes = {person.id: person.code for person in study.informants()}
    core = {item.id for item in form.of_kind("core")}
    found = study.form_answers(form_id, informant)
    return {
        "answers": [
            {"id": one.id, "day": one.day, "shown": format_date(date.fromisoformat(one.day)),
             "informant": codes.get(one.informant_id or "", ""), "filled_by": one.filled_by,
             "core": len(core & one.marks.keys()), "values": {**one.marks, **one.words}}
            for one in found
        ],
        "trends": study.form_trends(form_id, informant=informant) if form.of_kind("score") and found else "",
    }  # fmt: skip
