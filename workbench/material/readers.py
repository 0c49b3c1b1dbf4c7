"""Readers of the formats material comes in: each turns a file's bytes into plain text.

Opened by what a file *is*, not by what it is called; a name that lies is said so.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import BrokenFile
from workbench.locale import _
from workbench.reading import decode, read_bytes

__all__ = ["SUFFIXES", "Read", "pdf_text", "read"]


# Zoom writes "Kari Nordmann: ", WhisperX "[SPEAKER_00]: " into the caption itself.
_CAPTION_SPEAKER = re.compile(r"\[?([^\W\d_][^:\n\[\]]{0,39})\]?:\s+")


@dataclass(frozen=True)
class Read:
    """What a reader got out of a file: its bytes, its text, and words about people outside the text.

    `notices` are sentences on names met in the file's properties, comments or tracked changes.
    """

    content: bytes
    text: str
    notices: tuple[str, ...] = ()


def read(path: Path) -> Read:
    """Read a file; raises BrokenFile or BadInput with one sentence for one that can't be used."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise BrokenFile(
            _("{file} has a kind of file that can't be read. These can: {kinds}.").format(
                file=path.name, kinds=" ".join(SUFFIXES)
            )
        )
    content = read_bytes(path)
    _check_name(path, content)
    text, notices = reader(content, path.name)
    if not text.strip():
        raise _no_text(path.name)
    return Read(content, text, notices)


def _check_name(path: Path, content: bytes) -> None:
    suffix = path.suffix.lower()
    is_pdf, is_zip = content.lstrip()[:5] == b"%PDF-", content[:2] == b"PK"
    is_old_office = content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    if suffix == ".docx" and is_old_office:
        raise BrokenFile(
            _("{file} is protected by a password, or an old .doc. Save it in Word as .docx without a password.").format(
                file=path.name
            )
        )
    if (suffix == ".pdf") != is_pdf or (suffix == ".docx") != is_zip or is_old_office:
        raise BrokenFile(
            _(
                "{file} is not what its name says, or it is damaged. Save it again from the program it was made in."
            ).format(file=path.name)
        )


def _read_text(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    return decode(content, name), ()


def _read_docx(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(content))
        text = "\n".join(_docx_paragraphs(document.element.body))
        changes = document.element.body.xpath(".//w:ins|.//w:del")
        comments = list(document.comments)
        author = document.core_properties.author or document.core_properties.last_modified_by
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError, EOFError) as error:
        raise _damaged(name) from error
    except Exception as error:
        if type(error).__module__.startswith("lxml"):
            raise _damaged(name) from error
        raise
    notices = []
    if author and author != "python-docx":
        notices.append(_("{file}: the author's name in its properties is not taken along.").format(file=name))
    if comments:
        notices.append(_("{file}: {n} comments are not taken along.").format(file=name, n=len(comments)))
    if changes:
        notices.append(_("{file}: {n} tracked changes are read as accepted.").format(file=name, n=len(changes)))
    return text, tuple(notices)


def _docx_paragraphs(body: Any) -> Iterator[str]:
    """Give the text of each paragraph, in tables and text boxes too, with tracked changes accepted."""
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    breaks = {f"{namespace}tab": "\t", f"{namespace}br": "\n", f"{namespace}cr": "\n", f"{namespace}noBreakHyphen": "-"}
    for paragraph in body.iter(f"{namespace}p"):
        parts = []
        for node in paragraph.iter():
            if node.tag == f"{namespace}t":
                parts.append(node.text or "")
            elif node.tag in breaks and node.getparent().tag == f"{namespace}r":
                parts.append(breaks[node.tag])
        yield "".join(parts)


def _read_pdf(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    return _pdf(content, name)[0], ()


def pdf_text(content: bytes, name: str) -> str:
    """Return all words of a PDF, those of its properties too; raises BrokenFile for one that can't be looked into."""
    text, properties = _pdf(content, name)
    if not text.strip():
        raise _no_text(name)
    return "\n\n".join([text, *properties])


def _pdf(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return a PDF's text, and the words of its properties."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = []
            for page in document:
                text_page = page.get_textpage()
                pages.append(text_page.get_text_bounded())
                text_page.close()
                page.close()
            properties = tuple(document.get_metadata_dict(skip_empty=True).values())
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise BrokenFile(
                _("{file} is protected by a password. Save it without one first.").format(file=name)
            ) from error
        raise _damaged(name) from error
    # PDFium marks a hyphen at the end of a line by U+FFFE.
    return "\n".join(pages).replace("\ufffe", "-\n"), properties


def _read_vtt(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    import webvtt
    from webvtt.errors import MalformedFileError

    try:
        captions = webvtt.from_string(decode(content, name)).captions
    except (MalformedFileError, ValueError) as error:
        raise _damaged(name) from error
    lines: list[str] = []
    last_speaker = ""
    for caption in captions:
        words = " ".join(caption.text.split())
        named = _CAPTION_SPEAKER.match(words)
        speaker = caption.voice or (named.group(1) if named else "")
        if named and not caption.voice:
            words = words[named.end() :]
        if speaker and speaker == last_speaker:
            lines[-1] += f" {words}"
        else:
            prefix = f"{speaker}: " if speaker else ""
            lines.append(f"[{caption.start.partition('.')[0]}] {prefix}{words}")
        last_speaker = speaker
    return "\n".join(lines), ()


def _no_text(name: str) -> BrokenFile:
    return BrokenFile(_("{file} holds no text. If it is a scan, run text recognition on it first.").format(file=name))


def _damaged(name: str) -> BrokenFile:
    return BrokenFile(_("{file} is damaged: it can't be opened. Nothing was changed.").format(file=name))


_READERS: dict[str, Callable[[bytes, str], tuple[str, tuple[str, ...]]]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
    ".vtt": _read_vtt,
}
SUFFIXES = tuple(_READERS)
