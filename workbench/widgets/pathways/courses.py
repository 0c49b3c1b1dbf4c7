"""What the page of network maps is shown of courses, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from workbench import pathways
from workbench.locale import N_, _, format_date, ngettext, sort_key
from workbench.pathways.courses.explained import EXPLAINED
from workbench.pathways.services import Services
from workbench.study import Study
from workbench.study.courses import LONGEST, Followed
from workbench.widgets.pathways.reading import as_told

__all__ = ["choices", "followed", "listed"]

BY = {"helper": N_("Helpers"), "service": N_("Services"), "level": N_("Levels")}


def choices(study: Study) -> dict[str, Any]:
    """Return what can be chosen and typed in what stands in a course, and by what it is measured."""
    return {"by": _named(BY), "entries": _fields(study)}


def _fields(study: Study) -> dict[str, list[dict[str, Any]]]:
    services = _services_of(study.service_dictionary())
    return {
        "episode": [
            _words("service", _("Service"), known=services),
            _words("helper", _("Helper"), help=_("By their role, never a name. Empty: the service as such.")),
            _choice("level", _("Level"), {"": "–", **pathways.LEVEL_LABELS}),
            _choice("kind", _("What it is"), pathways.KIND_LABELS),
            _day("start", _("From")), _day("end", _("Until"), help=_("Empty: it goes on.")),
            {"key": "contacts", "label": _("Contacts"), "kind": "count"},
            _words("phase", _("Phase"), help=_("As the person words that time of illness or life.")),
        ],
        "holder": [
            _choice("role", _("Role"), pathways.ROLE_LABELS),
            _words("holder", _("Who, by their role"),
                   help=_("A new coordinator ends the time of the one before on the same day.")),
            _day("start", _("From")), _day("end", _("Until"), help=_("Empty: it goes on.")),
        ],
        "event": [
            _choice("kind", _("What it is"), pathways.EVENT_LABELS),
            _day("day", _("Day")), _day("until", _("Holds until"), help=_("Of an agreement, if it ends.")),
            _words("about", _("What it is about")), _words("who", _("Who was in it, by their roles")),
        ],
    }  # fmt: skip


def _services_of(dictionary: Services) -> list[str]:
    return sorted((str(one.label) for one in dictionary.services), key=sort_key)


def _named(labels: dict[str, str]) -> list[list[str]]:
    return [[key, _(label)] for key, label in labels.items()]


def _words(key: str, label: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "label": label, "kind": "words", "longest": LONGEST[key], **more}


def _choice(key: str, label: str, labels: dict[str, str]) -> dict[str, Any]:
    return {"key": key, "label": label, "kind": "choice", "choices": _named(labels)}


def _day(key: str, label: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "label": label, "kind": "day", **more}


def listed(study: Study) -> list[dict[str, str]]:
    """Return the courses to choose from."""
    return [
        {"id": one.id, "shown": f"{one.title}, {format_date(date.fromisoformat(one.opened))}"}
        for one in study.courses()
    ]


def followed(study: Study, course_id: str, gap: int, by: str) -> dict[str, Any]:
    """Return a course: its picture, what stands in it, and its measures by helper, service or level."""
    made = study.course(course_id)
    measured = study.measures_of_course(course_id, by, gap)
    codes = {person.id: person.code for person in study.informants()}
    return {
        **asdict(made.course),
        "informant": codes.get(made.course.informant_id or "", ""),
        "picture": study.course_picture(course_id, gap=gap),
        "entries": {what: _entries(made, what, fields) for what, fields in _fields(study).items()},
        "contacts": measured["contacts"],
        "few": measured["too_few"],
        "figures": figures(measured),
    }


def _entries(made: Followed, what: str, fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "values": {each["key"]: getattr(one, each["key"]) for each in fields},
            "shown": {each["key"]: _shown(getattr(one, each["key"]), each) for each in fields},
        }
        for one in made.entries(what)
    ]


def _shown(value: Any, field: dict[str, Any]) -> str:
    if field["kind"] == "choice":
        return str(dict(field["choices"])[value])
    if field["kind"] == "day":
        return format_date(date.fromisoformat(value)) if value else "–"
    return str(value)


def figures(measured: dict[str, Any]) -> list[dict[str, str]]:
    """Return the measures of a course, each with its definition, source and reading; what is undefined is “–”."""
    told = {
        **measured,
        "breaks": "; ".join(_broken(one) for one in measured["breaks"]) or None,
        "waits": [f"{one['service']}: {as_told(one['days'])}" for one in measured["waits"]],
        "second_meeting": format_date(date.fromisoformat(day)) if (day := measured["second_meeting"]) else None,
    }
    return [
        {"name": _(one.name), "value": as_told(told[one.key]), "definition": _(one.definition), "source": _(one.source),
         "reading": _(one.reading), "n": str(measured["contacts"])}
        for one in EXPLAINED
    ]  # fmt: skip


def _broken(one: dict[str, Any]) -> str:
    """A break in words, with its day, and how long a gap was."""
    told = f"{_(pathways.BREAK_LABELS[one['kind']])}, {format_date(date.fromisoformat(one['day']))}"
    days = ngettext("{n} day", "{n} days", one["days"]).format(n=one["days"])
    return f"{told} ({days})" if one["kind"] in pathways.GAPS else told
