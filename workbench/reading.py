"""Bytes from and to anywhere: the encoding of a text, the rows of a CSV file, what is wrong with a value in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from workbench.errors import BadInput, BrokenFile
from workbench.locale import _

__all__ = ["decode", "defused", "fault", "read_bytes", "read_day", "read_rows", "undefused", "write_bytes"]

MOST_BYTES = 100 * 1024 * 1024
csv.field_size_limit(MOST_BYTES)  # how long words may be, each column says itself
EARLIEST = date(1900, 1, 1)  # before it a year is mistyped


def why_not(error: OSError) -> str:
    """Return why a file can't be opened, in the user's language where that is usual."""
    if isinstance(error, FileNotFoundError):
        return _("there is no such file")
    return _("you have no right to") if isinstance(error, PermissionError) else str(error.strerror)


def read_bytes(path: Path) -> bytes:
    """Return a file's content; raises BadInput for one that is missing, empty, unreadable or over 100 MB."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise BadInput(_("{file} is a folder. Name a file.").format(file=path.name))
        if size > MOST_BYTES:
            raise BadInput(
                _("{file} is {size} MB; files up to {most} MB can be read. Split it into parts.").format(
                    file=path.name, size=size // 2**20, most=MOST_BYTES // 2**20
                )
            )
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(_("{file} can't be read: {reason}.").format(file=path.name, reason=why_not(error))) from error
    if not content.strip():
        raise BrokenFile(_("{file} is empty. Nothing was changed.").format(file=path.name))
    return content


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file where the user wants it; raises BadInput where that can't be."""
    if not path.parent.is_dir():
        raise BadInput(_("There is no folder {folder} to write in.").format(folder=path.parent))
    if path.is_dir():
        raise BadInput(_("{file} is a folder. Name a file.").format(file=path.name))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(_("{file} can't be written: {reason}.").format(file=path.name, reason=error.strerror)) from error


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it.

    After OWASP's advice on CSV injection.
    """
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def undefused(cell: str) -> str:
    """Return a cell as it was before `defused`."""
    return cell[1:] if cell[:1] == "'" and defused(cell[1:]) != cell[1:] else cell


def decode(content: bytes, name: str) -> str:
    """Return text in whatever encoding it was saved; raises BrokenFile for what is no text.

    UTF-8 and UTF-16 with their marks are taken at their word; anything else is what charset-normalizer finds among the
    encodings that Nordic files come in.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                break
    if b"\x00" not in content:
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            from charset_normalizer import from_bytes  # slow to import, and most files are UTF-8

            found = from_bytes(content, cp_isolation=["cp1252", "latin_1", "mac_roman", "cp865"]).best()
            if found is not None:
                return str(found)
    raise BrokenFile(
        _("{file} is not a text file, whatever its name says. Save it again as text, DOCX or PDF.").format(file=name)
    )


_NO_TABLE = (b"%PDF-", b"PK", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def _table_text(path: Path) -> str:
    content = read_bytes(path)
    try:
        text = "" if content.startswith(_NO_TABLE) else decode(content, path.name).lstrip()
    except BrokenFile:
        text = ""
    if not text or _CONTROL.search(text):
        raise BrokenFile(
            _(
                "{file} is not a CSV file, whatever its name says. Save the table as CSV in the program it was made in."
            ).format(file=path.name)
        )
    return text


def read_day(told: str) -> date:
    """Return the day that an ISO date tells; raises ValueError for what is no date, and for years before 1900."""
    day = date.fromisoformat(told)
    if day < EARLIEST:
        raise ValueError(told)
    return day


def column_names(path: Path) -> list[str]:
    """Return the columns of a CSV file, lower-cased; raises BadInput as `read_rows` does."""
    return list(_table(path).fieldnames or [])


def read_rows(path: Path, *needed: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row of a CSV file with its number as a spreadsheet shows it (the heading is row 1).

    The delimiter is found among comma, semicolon, tab and bar; column names are lower-cased. Raises BadInput for what
    is no CSV file, and where the heading is missing or lacks a column that is `needed`.
    """
    reader = _table(path)
    if missing := [name for name in needed if name not in (reader.fieldnames or [])]:
        raise BadInput(
            _("The heading of {file} lacks these columns: {columns}.").format(
                file=path.name, columns=", ".join(missing)
            )
        )
    try:
        for number, row in enumerate(reader, start=2):
            cells = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str) and key}
            if any(cells.values()):
                yield number, cells
    except csv.Error as error:
        raise BadInput(
            _("{file}, row {row}: {reason}.").format(file=path.name, row=reader.line_num, reason=error)
        ) from error


def _table(path: Path) -> csv.DictReader[str]:
    text = _table_text(path)
    heading = text.splitlines()[0]
    delimiter = max(",;\t|", key=heading.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or []]
    if not any(reader.fieldnames):
        raise BadInput(_("{file} has no heading in its first row.").format(file=path.name))
    return reader


def fault(error: Mapping[str, Any]) -> str:
    """Return what is wrong with a value in a file that people write, in our words; `error` is one of pydantic's."""
    about: Mapping[str, Any] = error.get("ctx", {})
    match str(error["type"]):
        case "missing":
            return _("is missing")
        case "extra_forbidden":
            return _("nobody knows this key")
        case "string_type" | "string_too_short":
            return _("must be a text that is not empty")
        case "string_pattern_mismatch":
            return _("must begin with a small letter, and hold only small letters a–z, digits and “_”")
        case "int_type" | "int_parsing" | "int_from_float":
            return _("must be a whole number")
        case "greater_than_equal":
            return _("must be {least} or more").format(least=about["ge"])
        case "too_short":
            return _("needs at least {least}").format(least=about["min_length"])
        case "tuple_type" | "list_type":
            return _("must be a list")
        case "model_type" | "dict_type" | "model_attributes_type":
            return _("must have keys of its own, each with a value")
        case "literal_error":
            return _("must be one of these: {known}").format(known=about["expected"].replace(" or ", ", "))
        case "value_error":
            return str(about["error"])
    return _("can't be used as given")
