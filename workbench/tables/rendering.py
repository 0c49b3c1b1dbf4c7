"""Show a table as a file or a page. pandas writes what is data, pandoc what is to be read."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workbench.errors import NotFound
from workbench.locale import _, format_number, ngettext
from workbench.resources import resource
from workbench.tables.archive import normalise
from workbench.tables.table import Table

__all__ = ["FORMATS", "html", "pandoc", "render"]

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # the earliest a zip file can tell


def render(table: Table, form: str) -> bytes:
    """Return a table in one of FORMATS; raises NotFound with those there are."""
    if form not in FORMATS:
        raise NotFound(_("There is no format {form}. There are: {known}.").format(form=form, known=", ".join(FORMATS)))
    return FORMATS[form](table)


def html(table: Table, link: Callable[[str], str] | None = None) -> str:
    """Return a table as HTML; `link` gives the address of a statement's segments."""
    if table.name == "matrix":
        grid = _grid(table, link)
    else:  # on a narrow screen it scrolls, and whoever has no mouse must be able to scroll it
        label = escape(table.title)
        grid = f'<div class="scroll" role="region" tabindex="0" aria-label="{label}">{_rows(table, link)}</div>'
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    return f"{grid}{note}"


def _rows(table: Table, link: Callable[[str], str] | None, widths: str | None = None) -> str:
    numeric = {key for key in table.columns if _tells_numbers([row[key] for row in table.rows])}
    head = "".join(f'<th scope="col">{escape(label)}</th>' for label in table.columns.values())
    body = []
    for row in table.rows:
        cells = []
        for key in table.columns:
            value = row[key]
            text = escape(format_number(value) if isinstance(value, float) else str(value))
            if key == "statement" and link and "id" in row:
                text = f'<a href="{escape(link(row["id"]))}">{text}</a>'
            cells.append(f'<td class="number">{text}</td>' if key in numeric else f"<td>{text}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    caption = f"<caption>{escape(table.title)}</caption>"
    columns = _widths(table) if widths is None else widths
    return f"<table>{caption}{columns}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _tells_numbers(values: Sequence[Any]) -> bool:
    """Say whether a column holds numbers, and “–” where there is none."""
    return any(isinstance(one, int | float) for one in values) and all(
        isinstance(one, int | float) or one == "–" for one in values
    )


def _widths(table: Table) -> str:
    """Return each column's share of the width: Word makes all alike unless told."""
    longest = {}
    for key, label in table.columns.items():
        texts = [label, *(str(row[key]) for row in table.rows)]
        word = max(len(word) for text in texts for word in text.split() or [""])
        longest[key] = max(word + 6, min(34, max(map(len, texts))))
    total = sum(longest.values())
    shares = "".join(f'<col style="width:{100 * share // total}%">' for share in longest.values())
    return f"<colgroup>{shares}</colgroup>"


def _grid(table: Table, link: Callable[[str], str] | None) -> str:
    """Return the matrix as it is printed: determinants down, effects across, statements in their cells."""
    cells = {(c["determinant"], c["effect"]): c for c in table.data["cells"]}
    effects = table.data["effects"]
    head = "".join(f'<th scope="col">{escape(label)}</th>' for label in effects.values())
    body = []
    for determinant, label in table.data["determinants"].items():
        row = "".join(
            f'<td data-effect="{escape(named)}">{_cell(cells[determinant, effect], link)}</td>'
            for effect, named in effects.items()
        )
        body.append(f'<tr><th scope="row">{escape(label)}</th>{row}</tr>')
    caption = f"<caption>{escape(table.title)}</caption>"
    share = 85 // len(effects)
    columns = f'<col style="width:{share}%">' * len(effects)
    shares = f'<colgroup><col style="width:15%">{columns}</colgroup>'
    corner = f'<th scope="col">{escape(table.columns["determinant"])}</th>'
    rows = "".join(body)
    return f'<table class="matrix">{caption}{shares}<thead><tr>{corner}{head}</tr></thead><tbody>{rows}</tbody></table>'


def _cell(cell: dict[str, Any], link: Callable[[str], str] | None) -> str:
    counts = f'<div class="counts">{counted(cell)}</div>'
    if not cell["statements"]:
        return counts
    items = []
    for statement in cell["statements"]:
        text = escape(statement["text"])
        if link:
            text = f'<a href="{escape(link(statement["id"]))}">{text}</a>'
        items.append(f'<li>{text} <span class="counts">({counted(statement)})</span></li>')
    return f"<ol>{''.join(items)}</ol>{counts}"


def counted(counts: dict[str, int]) -> str:
    """Return counts in words: how many codings, in how many sources, by how many informants."""
    if not counts["codings"]:
        return _("no codings")
    return ", ".join(
        (
            ngettext("{n} coding", "{n} codings", counts["codings"]).format(n=counts["codings"]),
            ngettext("{n} source", "{n} sources", counts["sources"]).format(n=counts["sources"]),
            ngettext("{n} informant", "{n} informants", counts["informants"]).format(n=counts["informants"]),
        )
    )


def _csv(table: Table) -> bytes:
    # With its mark Excel reads UTF-8 as UTF-8.
    return table.frame.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _json(table: Table) -> bytes:
    return (json.dumps(table.plain(), ensure_ascii=False, indent=1) + "\n").encode()


def _html(table: Table) -> bytes:
    return f"<!doctype html><meta charset=utf-8><title>{escape(table.title)}</title>{html(table)}\n".encode()


def _xlsx(table: Table) -> bytes:
    from pandas import ExcelWriter

    buffer = io.BytesIO()
    frame = table.frame
    with ExcelWriter(buffer, engine="xlsxwriter") as writer:
        frame.to_excel(writer, sheet_name=table.name, index=False)
        sheet = writer.sheets[table.name]
        sheet.freeze_panes(1, 0)
        wrapped = writer.book.add_format({"text_wrap": True, "valign": "top"})
        for number, column in enumerate(frame.columns):
            longest = max([len(str(column)), *(len(str(value)) for value in frame[column])])
            sheet.set_column(number, number, min(60, longest + 2), wrapped)
        writer.book.set_properties({"title": table.title, "created": EARLIEST})
    return normalise(buffer.getvalue())


def pandoc(source: str, to: str) -> bytes:
    """Convert HTML by pandoc, to DOCX with our styles; the same page gives the same bytes."""
    import pypandoc

    os.environ["SOURCE_DATE_EPOCH"] = str(int(EARLIEST.timestamp()))
    if to != "docx":
        return str(pypandoc.convert_text(source, to, format="html", extra_args=["--wrap=none"])).encode()
    with TemporaryDirectory() as folder:
        target = Path(folder, "out.docx")
        styles = f"--reference-doc={resource('templates', 'reference.docx')}"
        pypandoc.convert_text(source, to, format="html", outputfile=str(target), extra_args=["--standalone", styles])
        return normalise(target.read_bytes())


def _latex(table: Table) -> bytes:
    """Return the rows as a booktabs table; the matrix too, as a long table by cell."""
    style = table.frame.style.hide(axis="index").format(escape="latex")
    columns = "".join("r" if frame_is_number else "l" for frame_is_number in _numeric(table))
    text = style.to_latex(hrules=True, column_format=columns, caption=table.title, label=f"tab:{table.name}")
    return str(text).encode()


def _numeric(table: Table) -> list[bool]:
    return [all(isinstance(row[key], int) for row in table.rows) for key in table.columns]


def _markdown(table: Table) -> bytes:
    """Return a pipe table, which GitHub and JupyterLab show; its title stands below."""
    return pandoc(_rows(table, None, widths=""), "gfm-raw_html")


def _docx(table: Table) -> bytes:
    return pandoc(html(table), "docx")


FORMATS: dict[str, Callable[[Table], bytes]] = {
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    "html": _html,
    "xlsx": _xlsx,
    "docx": _docx,
    "latex": _latex,
}
