"""Make an edition: freeze what consent covers, run the reports over it, gate all of it, and rename once."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbench import __version__
from workbench.errors import GateClosed
from workbench.locale import _, format_date, language, ngettext, using_language
from workbench.privacy import Register
from workbench.publishing.edition import Edition
from workbench.publishing.page import static_page, style
from workbench.publishing.pictures import png
from workbench.publishing.shelf import shelf, verify
from workbench.resources import resource
from workbench.safeguards.gate import Allowed, check_bytes
from workbench.tables.rendering import pandoc, render
from workbench.tables.table import Table

__all__ = ["Frozen", "Published", "build"]

REPORTS = ("overview", "codebook", "logbook", "co-research", "pathways", "theme")


@dataclass(frozen=True)
class Frozen:
    """What an edition is made from: nothing of the study is looked at beyond this.

    `head` is the hash of the last audit row, `as_of` its time; `sources` the ids of the sources counted.
    """

    title: str
    language: str
    head: str
    as_of: str
    tables: Sequence[Table]
    segments: list[dict[str, Any]]
    sources: Sequence[str]


@dataclass(frozen=True)
class Published:
    """An edition on the shelf; `files` are relative to `path`."""

    edition: str
    path: Path
    files: list[str]


def build(
    study: Path, frozen: Frozen, register: Register, allowed: Allowed, progress: Callable[[str], None] = lambda _t: None
) -> Published:
    """Write an edition, or find that it is there already; raises GateClosed with every finding, and writes nothing."""
    inputs = _inputs(frozen)
    identity = hashlib.sha256(_canonical(inputs)).hexdigest()[:16]
    place = shelf(study) / identity
    if _is_whole(study, identity, inputs):
        return Published(identity, place, _files(place))
    if place.exists():
        progress(_("The edition was damaged, and is made anew."))
    # Made apart, on another part of the disk: what the gate refuses never lies in the study's exports.
    with tempfile.TemporaryDirectory(prefix="edition-") as made:
        folder = Path(made) / identity
        told = _in_language(language(), progress)
        with using_language(frozen.language):
            _write(folder, frozen, identity, told)
        progress(_("checking"))
        _gate(folder, register, allowed)
        manifest = {"edition": identity, "title": frozen.title, "inputs": inputs, "sources": sorted(frozen.sources)}
        manifest["files"] = {name: _sha256(folder / name) for name in _files(folder)}
        (folder / "manifest.json").write_bytes(_pretty(manifest))
        _shelve(folder, place)
    return Published(identity, place, _files(place))


def _is_whole(study: Path, identity: str, inputs: dict[str, Any]) -> bool:
    """Say whether the edition stands on the shelf as it was made."""
    try:
        manifest = json.loads((shelf(study) / identity / "manifest.json").read_text("utf-8"))
        return bool(manifest["inputs"] == inputs) and not verify(study, identity)
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _in_language(code: str, progress: Callable[[str], None]) -> Callable[[str], None]:
    """Return `progress` telling in the user's language what is written in the study's."""

    def told(name: str) -> None:
        with using_language(code):
            progress(_("written: {name}").format(name=name))

    return told


def _inputs(frozen: Frozen) -> dict[str, Any]:
    templates = sorted(p for p in resource("templates", "reports").rglob("*") if p.is_file())
    return {
        "workbench": __version__,
        "title": frozen.title,
        "language": frozen.language,
        "audit_head": frozen.head,
        "tables": {t.name: hashlib.sha256(_canonical(t.plain())).hexdigest() for t in frozen.tables},
        "segments": hashlib.sha256(_canonical(frozen.segments)).hexdigest(),
        "templates": hashlib.sha256(b"".join(p.read_bytes() for p in templates) + style().encode()).hexdigest(),
    }


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _pretty(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _write(folder: Path, frozen: Frozen, identity: str, progress: Callable[[str], None]) -> None:
    (folder / "tables").mkdir(parents=True)
    for table in frozen.tables:
        progress(table.name)
        for form in ("json", "csv", "xlsx"):
            (folder / "tables" / f"{table.name}.{form}").write_bytes(render(table, form))
    (folder / "tables" / "segments.json").write_bytes(_pretty(frozen.segments))
    about = {
        "id": identity,
        "title": frozen.title,
        "language": frozen.language,
        "as_of": format_date_of(frozen.as_of),
        "tables": [table.name for table in frozen.tables],
    }
    (folder / "edition.json").write_bytes(_pretty(about))
    for name in run_reports(folder):
        progress(name)
    (folder / "index.html").write_text(static_page(Edition(folder)), "utf-8")


def format_date_of(moment: str) -> str:
    """Return the date of an ISO 8601 moment as the current language writes it."""
    from datetime import datetime

    return format_date(datetime.fromisoformat(moment))


def run_reports(folder: Path) -> Iterator[str]:
    """Run the reports, one a theme among them, over an edition; gives each name when done."""
    import papermill

    from workbench.publishing.kernel import warm_kernel

    edition = Edition(folder)
    target = folder / "reports"
    target.mkdir()
    runs: list[tuple[str, str, dict[str, Any]]] = [(name, name, {}) for name in REPORTS[:-1]]
    runs += [(name, "theme", {"theme": name}) for name in edition.theme_names()]
    with warm_kernel() as engine:
        for name, template, parameters in runs:
            notebook = papermill.execute_notebook(
                str(resource("templates", "reports", f"{template}.ipynb")),
                None,
                {"edition": str(folder), **parameters},
                engine_name=engine,
                progress_bar=False,
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                cwd=str(folder),
            )
            _export(target / name, notebook, edition)
            yield name


def _export(target: Path, notebook: Any, edition: Edition) -> None:
    """Write a run notebook without code, as a page, and for Word."""
    import nbformat  # these are slow to import, and only a build needs them
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    read = _without_code(notebook)
    target.with_suffix(".ipynb").write_text(nbformat.writes(read), "utf-8")
    exporter = HTMLExporter(
        config=Config({"HTMLExporter": {"embed_images": False}}),
        template_name="report",
        extra_template_basedirs=[str(resource("templates", "reports", "nbconvert"))],
    )
    page, _resources = exporter.from_notebook_node(
        read, {"style": style(), "language": edition.about["language"], "metadata": {"name": edition.about["title"]}}
    )
    page = _as_drawn(page)
    target.with_suffix(".html").write_text(page, "utf-8")
    target.with_suffix(".docx").write_bytes(pandoc(_for_word(page), "docx"))


def _without_code(notebook: Any) -> Any:
    """Return a notebook with its results only: no code, no times, no paths of this machine."""
    import nbformat

    clean = nbformat.v4.new_notebook()
    for number, cell in enumerate(notebook.cells):
        identity = f"cell-{number}"
        if cell.cell_type == "markdown":
            clean.cells.append(nbformat.v4.new_markdown_cell(cell.source, id=identity))
            continue
        outputs = [o for o in cell.outputs if o.output_type in {"display_data", "execute_result"}]
        for output in outputs:
            output["metadata"] = {}
            if "execution_count" in output:
                output["execution_count"] = None
        if outputs:
            clean.cells.append(nbformat.v4.new_code_cell("", outputs=outputs, id=identity))
    return clean


# What our drawings spell with a capital: nbconvert reads the page as HTML, where names of attributes have none.
_CAPITALS = {
    name.lower(): name
    for name in (
        "markerHeight", "markerUnits", "markerWidth", "patternTransform", "patternUnits", "refX", "refY", "viewBox",
    )
}  # fmt: skip
_UNCAPITALISED = re.compile(rf"(?<=\s)({'|'.join(_CAPITALS)})(?==)")
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
# Headings say it already; a page's title would be printed above them.
_ONLY_ON_SCREEN = re.compile(r"<style>.*?</style>|<caption>.*?</caption>|<title>[^<]*</title>(?=\s*<style>)", re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>")


def _as_drawn(page: str) -> str:
    """Return a page whose drawings are spelt as they were drawn; a browser forgives it, other readers of SVG do not."""
    return _SVG.sub(lambda drawing: _UNCAPITALISED.sub(lambda name: _CAPITALS[name[1]], drawing[0]), page)


def _for_word(page: str) -> str:
    """Return a page with its drawings as PNG: Word and LibreOffice show those alike."""

    def drawn(match: re.Match[str]) -> str:
        content = base64.b64encode(png(match.group())).decode()
        title = _TITLE.search(match.group())
        alt = title.group(1) if title else ""
        return f'<img alt="{alt}" width="600" src="data:image/png;base64,{content}">'

    return _SVG.sub(drawn, _ONLY_ON_SCREEN.sub("", page))


def _gate(folder: Path, register: Register, allowed: Allowed) -> None:
    findings = []
    for name in _files(folder):
        found = check_bytes(Path(name).name, (folder / name).read_bytes(), register, allowed)
        findings += [{**row, "file": name} for row in found]
    if findings:
        raise GateClosed(
            ngettext(
                "The edition was not written: {n} place may identify somebody.",
                "The edition was not written: {n} places may identify somebody.",
                len(findings),
            ).format(n=len(findings)),
            findings,
        )


def _shelve(folder: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    moving = place.with_name(f".{place.name}.new")
    shutil.rmtree(moving, ignore_errors=True)
    try:
        shutil.copytree(folder, moving)
        shutil.rmtree(place, ignore_errors=True)  # a damaged one, if any
        moving.rename(place)
    except BaseException:
        shutil.rmtree(moving, ignore_errors=True)
        raise


def freeze_segment(segment: Any, statements: Sequence[str], label: str) -> dict[str, Any]:
    """Return a segment as an edition shows it: without its words where consent does not cover quoting."""
    plain = asdict(segment)
    quotable = plain.pop("quotable")
    return {
        **plain,
        "quote": plain["quote"] if quotable else None,
        "speakers": list(segment.speakers),
        "kind": label,
        "statements": list(statements),
    }
