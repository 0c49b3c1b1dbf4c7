"""Bytes from anywhere: the encoding of a text, the rows of a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from workbench.errors import BadInput, BrokenFile
from workbench.locale import _

__all__ = ["decode", "read_bytes", "read_rows"]

MOST_BYTES = 100 * 1024 * 1024


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
        raise BadInput(_("{file} can't be read: {reason}.").format(file=path.name, reason=error.strerror)) from error
    if not content.strip():
        raise BrokenFile(_("{file} is empty. Nothing was changed.").format(file=path.name))
    return content


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
            found = from_bytes(content, cp_isolation=["cp1252", "latin_1", "mac_roman", "cp865"]).best()
            if found is not None:
                return str(found)
    raise BrokenFile(
        _("{file} is not a text file, whatever its name says. Save it again as text, DOCX or PDF.").format(file=name)
    )


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row of a CSV file with its number as a spreadsheet shows it (the heading is row 1).

    The delimiter is found among comma, semicolon, tab and bar; column names are lower-cased. Raises BadInput where
    there is no heading.
    """
    text = decode(read_bytes(path), path.name)
    heading = text.lstrip().splitlines()[0]
    delimiter = max(",;\t|", key=heading.count)
    reader = csv.DictReader(io.StringIO(text.lstrip(), newline=""), delimiter=delimiter)
    names = [name.strip().lower() for name in reader.fieldnames or []]
    if not any(names):
        raise BadInput(_("{file} has no heading in its first row.").format(file=path.name))
    reader.fieldnames = names
    try:
        for number, row in enumerate(reader, start=2):
            cells = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str) and key}
            if any(cells.values()):
                yield number, cells
    except csv.Error as error:
        raise BadInput(
            _("{file}, row {row}: {reason}.").format(file=path.name, row=reader.line_num, reason=error)
        ) from error
