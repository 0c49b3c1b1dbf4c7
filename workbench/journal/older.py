"""Older logs: dated text (also out of DOCX), CSV, Day One's export, a folder of notes as Obsidian keeps them.

Day One writes a JSON file of entries with `creationDate` and `text`, alone or in a ZIP; Obsidian's daily notes are
Markdown files called by their date, with or without a head of properties between two lines of dashes.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from workbench.errors import BadInput
from workbench.locale import _
from workbench.material import read
from workbench.reading import read_rows, undefused

__all__ = ["Older", "read_older"]

NOON = time(12)  # of a day whose hour nobody wrote down
# How the months begin in bokmål, Danish and English.
MONTHS = ("jan", "feb", "mar", "apr", "mai maj may", "jun", "jul", "aug", "sep", "okt oct", "nov", "des dec")
_WEEKDAY = r"(?:[a-zæøå]{3,5}d(?:ag|ay)[,.]?\s+(?:den\s+)?)?"
_ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_DOTS = r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})"
_NAMED = r"(?P<day>\d{1,2})\.?\s+(?P<name>[a-zæøå]{3,9})\.?\s+(?P<year>\d{4})"
_CLOCK = r"(?:[ T,]+(?:kl\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?"
_HEADS = [
    re.compile(rf"^[#*\s]*{_WEEKDAY}{form}{_CLOCK}[*:\s]*(?P<rest>[^\n]*)$", re.IGNORECASE)
    for form in (_ISO, _DOTS, _NAMED)
]
_PROPERTIES = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Older:
    """An entry of an older log. `written` is when it was written, where the log tells that; `where` is its place in the
    file. `whole_day` says that no hour was told: `happened` is noon then.
    """

    happened: datetime
    observation: str
    reflection: str = ""
    setting: str = ""
    place: str = ""
    written: datetime | None = None
    present: tuple[str, ...] = ()
    role: str = ""
    observer: str = "open"
    where: str = ""
    whole_day: bool = False


def read_older(path: Path, tell: Callable[[str], None] = lambda _sentence: None) -> list[Older]:
    """Return the entries of an older log, by the kind of file; `tell` is told of words that belong to no date.

    Raises BadInput for a log without entries, a row that is none, or a heading whose date there never was.
    """
    if not path.exists():
        raise BadInput(_("There is no file {file}.").format(file=path))
    if path.is_dir():
        found = [one for note in sorted(path.rglob("*.md")) for one in _note(note, tell)]
        found += [one for export in sorted(path.glob("*.json")) for one in _day_one(export)]
    elif path.suffix.lower() == ".csv":
        found = [_row(path, number, cells) for number, cells in _rows(path, tell)]
    elif path.suffix.lower() in {".json", ".zip"}:
        found = list(_day_one(path))
    else:
        found = list(_dated(read(path).text, path.name, tell))
    if not found:
        raise BadInput(
            _("{file} holds no dated entries. An entry begins with a line such as 2024-05-01.").format(file=path.name)
        )
    return found


def _dated(text: str, name: str, tell: Callable[[str], None]) -> Iterator[Older]:
    """Part a text at the lines that begin with a date."""
    parts: list[tuple[datetime | None, bool, list[str]]] = [(None, False, [])]
    for number, line in enumerate(text.splitlines(), start=1):
        head = _head(line)
        if head is not None:
            parts.append((head.when, head.whole_day, [head.rest]))
        elif _is_meant_as_date(line):
            raise BadInput(
                _("{file}, line {line}: there is no such date. Correct it, then bring the log in.").format(
                    file=name, line=number
                )
            )
        else:
            parts[-1][2].append(line)
    for when, whole_day, lines in parts:
        words = "\n".join(lines).strip()
        if words and when is None:
            tell(_("{file}: what stands before the first date is left out.").format(file=name))
        elif words and when is not None:
            yield Older(when, words, where=name, whole_day=whole_day)


class _Head(NamedTuple):
    """A line that begins an entry: when, what else stands in it, and whether no hour was told."""

    when: datetime
    rest: str
    whole_day: bool


def _head(line: str) -> _Head | None:
    for form in _HEADS:
        found = form.match(line.strip())
        moment = _moment(found.groupdict()) if found else None
        if found and moment:
            return _Head(moment, found["rest"].strip(), not found["hour"])
    return None


def _is_meant_as_date(line: str) -> bool:
    """“2022-02-31” is, “12 people 2024” is not."""
    found = (form.match(line.strip()) for form in _HEADS)
    return any(one and ("month" in one.groupdict() or _named(one["name"])) for one in found)


def _moment(parts: dict[str, Any]) -> datetime | None:
    month = int(parts["month"]) if parts.get("month") else _named(parts["name"])
    try:
        day = date(int(parts["year"]), month, int(parts["day"]))
        clock = time(int(parts["hour"]), int(parts["minute"])) if parts.get("hour") else NOON
    except ValueError:
        return None
    return datetime.combine(day, clock).astimezone()


def _named(name: str) -> int:
    begins = [tuple(month.split()) for month in MONTHS]
    return next((number for number, ways in enumerate(begins, start=1) if name.lower().startswith(ways)), 0)


def _note(path: Path, tell: Callable[[str], None]) -> Iterator[Older]:
    text = path.read_text("utf-8")
    properties = _PROPERTIES.match(text)
    head = _head(path.stem)
    if head is None and properties:
        said = re.search(r"^(?:date|dato|created):\s*[\"']?(.+?)[\"']?\s*$", properties[1], re.MULTILINE)
        head = _head(said[1].replace("T", " ")) if said else None
    body = (text[properties.end() :] if properties else text).strip()
    if head is not None and body:
        yield Older(head.when, body, where=path.name, whole_day=head.whole_day)
    elif head is None:
        yield from _dated(body, path.name, tell)


TAKEN = frozenset({
    "when", "date", "dato", "happened", "observation", "text", "observasjon", "tekst", "reflection", "refleksjon",
    "setting", "place", "present", "logged", "role", "observer",
})  # fmt: skip


def _rows(path: Path, tell: Callable[[str], None]) -> Iterator[tuple[int, dict[str, str]]]:
    left = set[str]()
    for number, cells in read_rows(path):
        left |= {key for key, value in cells.items() if value and key not in TAKEN}
        yield number, {key: undefused(value) for key, value in cells.items()}
    if left:
        columns = ", ".join(sorted(left))
        tell(_("{file}: these columns are left out: {columns}.").format(file=path.name, columns=columns))


def _row(path: Path, number: int, cells: dict[str, str]) -> Older:
    when = next((cells[key] for key in ("when", "date", "dato", "happened") if cells.get(key)), "")
    head = _head(when.replace("T", " "))
    words = next((cells[key] for key in ("observation", "text", "observasjon", "tekst") if cells.get(key)), "")
    reflection = cells.get("reflection") or cells.get("refleksjon") or ""
    if head is None or not (words or reflection):
        raise BadInput(
            _("{file}, row {row}: a date in “when” and words in “observation” or “reflection” are needed.").format(
                file=path.name, row=number
            )
        )
    logged = _head(cells.get("logged", "").replace("T", " "))
    return Older(
        head.when, words, reflection, cells.get("setting", ""), cells.get("place", ""),
        present=tuple(filter(None, (who.strip() for who in cells.get("present", "").split(",")))),
        role=cells.get("role", ""), observer="hidden" if cells.get("observer") == "hidden" else "open",
        written=logged.when if logged else None,
        where=_("row {row}").format(row=number), whole_day=head.whole_day,
    )  # fmt: skip


def _day_one(path: Path) -> Iterator[Older]:
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                files = [archive.read(name) for name in archive.namelist() if name.lower().endswith(".json")]
        else:
            files = [path.read_bytes()]
        entries = [entry for file in files for entry in json.loads(file)["entries"]]
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise BadInput(_("{file} is no export from Day One.").format(file=path.name)) from error
    for number, entry in enumerate(entries, start=1):
        try:
            written = datetime.fromisoformat(entry["creationDate"]).astimezone()
            words, place = str(entry.get("text") or ""), (entry.get("location") or {}).get("placeName", "")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(
                _("{file}, entry {n}: there is no date that can be read. Correct it, then bring the log in.").format(
                    file=path.name, n=number
                )
            ) from error
        if words.strip():
            yield Older(written, _plain(words), place=place, written=written, where=_("entry {n}").format(n=number))


def _plain(text: str) -> str:
    """Day One escapes punctuation in its Markdown, and points to its pictures."""
    return re.sub(r"\\([\\.!()\-_*#+])", r"\1", re.sub(r"!\[[^\]]*\]\(dayone-moment:[^)]*\)\s*", "", text)).strip()
