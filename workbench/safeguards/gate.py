"""The gate: nothing that may identify a person leaves. The same gate for an edition and for any file of hers.

It looks for the register's names as whole words everywhere in a file, unpacked, and for what the recognisers know in
everything a reader can see or open. It tells the place, never the word.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import mimetypes
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from lxml import etree

from workbench.errors import BadInput
from workbench.locale import _
from workbench.material.readers import pdf_text
from workbench.material.records import Reference
from workbench.privacy import Finding, Register, find, screen
from workbench.privacy.recognisers import INVISIBLE
from workbench.reading import decode
from workbench.safeguards.boilerplate import JSON_KEYS, PICTURES, is_office_word, is_schema_value, without_fonts

__all__ = ["Allowed", "check_bytes", "check_file"]


class Passage(NamedTuple):
    """A piece of a file: where it is, what it says, and whether a reader sees it or it is markup around it."""

    where: str
    text: str
    seen: bool


@dataclass(frozen=True)
class Allowed:
    """What may stand although the register or a recogniser knows it.

    `names` are those of informants who consented to be named, and of public bodies; a cited author passes where the
    year of the reference follows the name. Where a person has `settled` every open finding, a word that is a name only
    perhaps ("Per" at the start of a sentence) passes too.
    """

    names: frozenset[str] = frozenset()
    references: tuple[Reference, ...] = ()
    settled: bool = False

    def passes(self, text: str, finding: Finding) -> bool:
        """Say whether a finding in `text` may stand."""
        if finding.register_id in self.names or (self.settled and finding.status == "review"):
            return True
        word, after = text[finding.start : finding.end], text[finding.end : finding.end + 60]
        return any(
            word.casefold().rstrip("s'’") in reference.author.casefold().rstrip("s'’") and reference.year in after
            for reference in self.references
        )


def check_file(
    path: Path, register: Register, allowed: Allowed | None = None, show: bool = False
) -> list[dict[str, Any]]:
    """Return what the gate finds in a file; raises BadInput for one that can't be opened.

    Each finding is a dict of `file`, `where`, `type` and `why`; with `show`, `word` too.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(_("{file} can't be read: {reason}.").format(file=path.name, reason=error.strerror)) from error
    return check_bytes(path.name, content, register, allowed, show)


def check_bytes(
    name: str, content: bytes, register: Register, allowed: Allowed | None = None, show: bool = False
) -> list[dict[str, Any]]:
    """As `check_file`, for content that is not on disk. The file's name is looked at too."""
    allowed = allowed or Allowed()
    passages = [Passage(_("file name"), Path(name).stem, True), *_passages(name, content)]
    found = []
    for passage in passages:
        text = _INVISIBLE.sub("", _OURS.sub(lambda m: "\ue000" * len(m.group()), passage.text))
        for finding in find(text, register):
            if not _counts(text, finding, passage) or allowed.passes(text, finding):
                continue
            why = _("a name in the register") if _is_name(finding) else _("looks like: {type}").format(
                type=finding.replacement.strip("[]")
            )  # fmt: skip
            # A part or key may itself be called by the name: the place is told without it.
            where = screen(passage.where, register).text
            row = {"file": name, "where": where, "type": finding.type, "why": why}
            found.append({**row, "word": text[finding.start : finding.end]} if show else row)
    return found


_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Our own ids and hashes hold runs of digits that recognisers would take for somebody's number.
_OURS = re.compile(r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{16})\b")


def _is_name(finding: Finding) -> bool:
    return finding.type not in {"national_id", "phone", "email"} or finding.register_id is not None


def _counts(text: str, finding: Finding, passage: Passage) -> bool:
    if not _is_name(finding):
        return passage.seen and finding.status == "auto"
    word = text[finding.start : finding.end]
    # In markup a lone small-lettered word is a keyword ("val", "else"), not somebody.
    return passage.seen or word[0].isupper() or not word.isalpha()


def _passages(name: str, content: bytes) -> Iterator[Passage]:
    suffix = Path(name).suffix.lower()
    if content[:2] == b"PK":
        yield from _zipped(content, name)
    elif suffix == ".pdf" or content[:5] == b"%PDF-":
        yield from _lines(pdf_text(content, name))
    elif content[:8] == b"\x89PNG\r\n\x1a\n" or content[:3] == b"\xff\xd8\xff":
        return
    else:
        yield from _textual(suffix, decode(content, name) if content else "")


def _textual(suffix: str, text: str) -> Iterator[Passage]:
    if suffix in {".html", ".htm", ".xhtml", ".svg", ".json", ".ipynb", ".md", ".css"}:
        yield from _carried(text)
        text = _DATA_URI.sub("", text)
    if suffix in {".html", ".htm", ".xhtml", ".svg"}:
        yield from _html(text)
    elif suffix in {".json", ".ipynb"}:
        yield from _json(text)
    elif suffix == ".csv":
        yield from _csv(text)
    elif suffix == ".css":
        yield from _css(text, _("markup"))
    elif suffix == ".md":
        yield from _lines(re.sub(r"[*`]", "", text))
    else:
        yield from _lines(text)


_DATA_URI = re.compile(r"""data:([\w.+-]+/[\w.+-]+)?((?:;[\w.=+-]+)*),([^\s"'<>()\\]*)""")
# Pictures as dots, fonts and sound hold no words to read.
_WORDLESS = re.compile(r"(image/(?!svg)|font/|audio/|video/|application/(x-)?font)")


def _carried(text: str) -> Iterator[Passage]:
    """Give what a page carries inside its addresses: files written out as `data:`."""
    for kind, options, body in _DATA_URI.findall(text):
        if _WORDLESS.match(kind):
            continue
        content = unquote_to_bytes(body)
        if "base64" in options:
            content = base64.b64decode(content + b"==")
        if content:
            suffix = mimetypes.guess_extension(kind) or ".txt"
            yield from (
                Passage(_("a file inside the page"), p.text, p.seen) for p in _passages(f"data{suffix}", content)
            )


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def _css(text: str, where: str) -> Iterator[Passage]:
    yield from (Passage(where, comment, True) for comment in _COMMENT.findall(text))
    yield Passage(where, without_fonts(_COMMENT.sub(" ", text)), False)


def _lines(text: str) -> Iterator[Passage]:
    """Give a text whole, since a name may be broken over two lines; the line is told from the finding's place."""
    for number, block in enumerate(re.split(r"\n\s*\n", text), start=1):
        yield Passage(_("paragraph {n}").format(n=number), block, True)


def _csv(text: str) -> Iterator[Passage]:
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        for cell in row:
            yield Passage(_("row {n}").format(n=number), cell, True)


def _json(text: str) -> Iterator[Passage]:
    try:
        value = json.loads(text)
    except ValueError:
        yield from _lines(text)
        return
    for place, string in _strings(value, ""):
        if "<" in string and ">" in string:
            yield from (Passage(place, p.text, p.seen) for p in _html(string))
        else:
            yield Passage(place, string, True)


def _strings(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in JSON_KEYS:
                yield f"{place}.{key}".lstrip("."), str(key)
            if key not in PICTURES and not is_schema_value(key, inner):
                yield from _strings(inner, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        if value and all(isinstance(line, str) for line in value):  # a notebook's cells are lists of lines
            yield place, "".join(value)
            return
        for number, inner in enumerate(value):
            yield from _strings(inner, f"{place}[{number}]")


class _Page(HTMLParser):
    """Gathers a page's text by block, so that a name divided by inline markup is whole again, and its markup."""

    _INLINE = frozenset(
        [
            "a",
            "abbr",
            "b",
            "bdi",
            "cite",
            "code",
            "em",
            "i",
            "mark",
            "q",
            "s",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "time",
            "tspan",
            "u",
        ]
    )
    _UNSEEN = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__()
        self.passages: list[Passage] = []
        self._block: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._between(tag)
        self._unseen += tag in self._UNSEEN
        for key, value in attrs:
            if key == "style":
                self.passages += _css(value or "", self._where())
            elif key != "font-family":
                self.passages.append(Passage(self._where(), value or "", _is_met(key, value or "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._unseen -= tag in self._UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self._between(tag)
        self._unseen -= tag in self._UNSEEN

    def handle_data(self, data: str) -> None:
        if self._unseen and self.lasttag == "style":
            self.passages += _css(data, self._where())
        elif self._unseen:
            self.passages.append(Passage(self._where(), data, False))
        else:
            self._block.append(data)

    def handle_comment(self, data: str) -> None:
        self.passages.append(Passage(self._where(), data, True))

    def _between(self, tag: str) -> None:
        if tag not in self._INLINE:
            self.finish()

    def finish(self) -> None:
        if self._block:
            self.passages.append(Passage(self._where(), "".join(self._block), True))
            self._block = []

    def _where(self) -> str:
        return _("line {n}").format(n=self.getpos()[0])


_MET_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "content", "placeholder", "summary", "value", "label"})
_LINK = re.compile(r"(https?|mailto|tel|sms|ftp|file):", re.IGNORECASE)


def _is_met(key: str, value: str) -> bool:
    """Say whether a reader meets an attribute: is shown it, told it, or sent to it."""
    leads = key in {"href", "xlink:href", "src", "action", "cite"} and _LINK.match(value) is not None
    return leads or key in _MET_ATTRIBUTES or key.startswith("data-")


def _html(text: str) -> list[Passage]:
    page = _Page()
    page.feed(text)
    page.close()
    page.finish()
    return page.passages


def _zipped(content: bytes, name: str) -> Iterator[Passage]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.namelist()
            is_office = "[Content_Types].xml" in parts
            for part in parts:
                yield Passage(part, Path(part).stem, not is_office)
                yield from _part(part, archive.read(part))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise BadInput(
            _("{file} is damaged or protected by a password, so it can't be checked.").format(file=name)
        ) from error


def _part(part: str, content: bytes) -> Iterator[Passage]:
    if part.endswith((".xml", ".rels", ".vml")):
        yield from (Passage(f"{part}, {p.where}", p.text, p.seen) for p in _office_xml(content))
    elif content:
        yield from (Passage(f"{part}, {p.where}", p.text, p.seen) for p in _passages(part, content))


_BLOCKS = frozenset({"p", "si", "is", "creator", "lastModifiedBy", "title", "subject", "description", "keywords"})
# What Office shows of attributes: alternative texts, tips on links, who wrote, what sheets and fields are called.
_SHOWN = frozenset(
    {"descr", "title", "alt", "tooltip", "author", "initials", "userId", "displayName", "display", "caption"}
)
_NAMED = frozenset({"sheet", "definedName", "table", "tableColumn", "docPr", "cNvPr", "bookmarkStart", "property"})


def _office_xml(content: bytes) -> Iterator[Passage]:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        yield from _lines(decode(content, "xml"))
        return
    number = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield Passage(_("comment"), element.text or "", True)
            continue
        tag = etree.QName(element).localname
        for key, value in element.attrib.items():
            attribute = etree.QName(key).localname
            if not is_office_word(element, attribute, value):
                shown = attribute in _SHOWN or (attribute == "name" and tag in _NAMED)
                link = attribute == "Target" and _LINK.match(value) is not None
                yield from _carried(value)  # pandoc writes a picture out as its description
                yield Passage(_("markup"), _DATA_URI.sub("", value), shown or link)
        if tag in _BLOCKS or (element.text and element.text.strip() and not _inside_block(element)):
            number += 1
            text = "".join(element.itertext())
            if not is_office_word(element, None, text):
                yield Passage(_("paragraph {n}").format(n=number), text, True)


def _inside_block(element: Any) -> bool:
    return any(etree.QName(parent).localname in _BLOCKS for parent in element.iterancestors())


def sentence(findings: Sequence[dict[str, Any]]) -> str:
    """Return what to tell of findings, one line each; with the word itself where it was asked for."""
    return "\n".join(
        (_("{file}, {where}: {why}: “{word}”") if "word" in found else _("{file}, {where}: {why}")).format(**found)
        for found in findings
    )
