"""The reader's façade: one edition folder and nothing else. Reports, dashboards and readers' notebooks use it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from workbench.errors import NotFound
from workbench.locale import _, using_language
from workbench.pathways.explained import Explained
from workbench.tables.movement import movement_picture
from workbench.tables.pathways import caption, course_picture, map_picture, measured
from workbench.tables.picture import matrix_picture
from workbench.tables.rendering import counted, html
from workbench.tables.stances import stances_picture
from workbench.tables.table import Table

__all__ = ["Edition", "Shown"]


class Shown:
    """A piece of a page: HTML that Jupyter shows, and that says nothing else of itself."""

    def __init__(self, content: str) -> None:
        self.content = content

    def _repr_html_(self) -> str:
        return self.content

    def __repr__(self) -> str:
        return ""


def _definitions(told: Iterable[tuple[str, Explained]]) -> str:
    """What each measure is, how to read it, and where it is from."""
    items = []
    for name, one in told:
        words = f"{_(one.definition)} {_(one.reading)} ({_(one.source)})"
        items.append(f"<dt><strong>{escape(name)}</strong></dt><dd>{escape(words)}</dd>")
    return f"<dl>{''.join(items)}</dl>"


class Edition:
    """An anonymised, unchanging set of tables and reports.

    Raises NotFound for a folder that holds no edition.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        try:
            self.about: dict[str, Any] = json.loads((self.folder / "edition.json").read_text("utf-8"))
        except OSError as error:
            raise NotFound(_("{folder} holds no edition.").format(folder=folder)) from error

    @classmethod
    def served(cls) -> Edition:
        """The edition that a dashboard was started on."""
        return cls(os.environ["WORKBENCH_EDITION"])

    def table(self, name: str) -> Table:
        """A table as it was frozen; raises NotFound with those there are."""
        try:
            return Table(**json.loads((self.folder / "tables" / f"{name}.json").read_text("utf-8")))
        except OSError as error:
            raise NotFound(
                _("There is no table called {name}. There are: {known}.").format(
                    name=name, known=", ".join(self.about["tables"])
                )
            ) from error

    @cached_property
    def segments(self) -> list[dict[str, Any]]:
        """All segments that the tables count, as far as consent lets them be shown."""
        return list(json.loads((self.folder / "tables" / "segments.json").read_text("utf-8")))

    def behind(self, statement: str) -> list[dict[str, Any]]:
        """The segments that support a statement."""
        return [segment for segment in self.segments if statement in segment["statements"]]

    # --- as pages ----------------------------------------------------------------------------------------------------

    def show(self, name: str, link: Callable[[str], str] | None = None) -> Shown:
        """Show a table."""
        with using_language(self.about["language"]):
            return Shown(html(self.table(name), link))

    def heading(self, text: str = "") -> Shown:
        """Show the study's title, or a part's, and below it what the edition is."""
        with using_language(self.about["language"]):
            made = _("Edition {id}, as of {date}. Anonymised.").format(id=self.about["id"], date=self.about["as_of"])
        title = escape(text or self.about["title"])
        return Shown(f'<h1>{title}</h1><p class="note">{escape(made)}</p>')

    def section(self, name: str, link: Callable[[str], str] | None = None) -> Shown:
        """Show a table under its title as a heading."""
        return Shown(f"<h2>{escape(self.table(name).title)}</h2>{self.show(name, link).content}")

    def picture(self) -> Shown:
        """Show the matrix as a picture."""
        with using_language(self.about["language"]):
            return Shown(f'<figure class="picture" tabindex="0">{matrix_picture(self.table("matrix"))}</figure>')

    def movement(self) -> Shown:
        """Show how the preunderstanding moved, as a picture; nothing where none was written down."""
        with using_language(self.about["language"]):
            drawn = movement_picture(self.table("preunderstanding"))
        return Shown(f'<figure class="picture" tabindex="0">{drawn}</figure>' if drawn else "")

    def pathways(self) -> Shown:
        """Show the maps and courses of those who let them be shared, each as a picture."""
        data = self.table("pathways").data
        with using_language(self.about["language"]):
            drawn = [(caption(_("Network map"), one["whose"], one["day"]), map_picture(one)) for one in data["maps"]]
            drawn += [
                (caption(_("Course"), one["whose"], one["opened"]), course_picture(one)) for one in data["courses"]
            ]
        shown = (
            f'<figure class="picture" tabindex="0"><figcaption>{escape(told)}</figcaption>{picture}</figure>'
            for told, picture in drawn
        )
        return Shown("".join(shown))

    def measures(self) -> Shown:
        """Show the measures of maps and courses, each with what it is, where it is from and how to read it."""
        whole = self.table("pathways")
        with using_language(self.about["language"]):
            parts = [
                f"<h2>{escape(table.title)}</h2>{html(table)}{_definitions(told)}" for table, told in measured(whole)
            ]
        note = f'<p class="note">{escape(whole.note)}</p>' if whole.note else ""
        return Shown("".join(parts) + note)

    def changes(self, name: str) -> Shown:
        """Show what co-research changed about a theme, by its table's name; nothing where it settled nothing."""
        table, theme = self.table("co-research-changes"), self.table(name).data["theme"]
        rows = [row for row, themes in zip(table.rows, table.data["themes"], strict=True) if theme in themes]
        if not rows:
            return Shown("")
        with using_language(self.about["language"]):
            return Shown(f"<h2>{escape(table.title)}</h2>{html(replace(table, rows=rows, data={}))}")

    def stances(self) -> Shown:
        """Show what people said of codings and statements, as a picture; nothing where nobody said anything."""
        with using_language(self.about["language"]):
            drawn = stances_picture(self.table("reviews"))
        return Shown(f'<figure class="picture" tabindex="0">{drawn}</figure>' if drawn else "")

    def theme_names(self) -> list[str]:
        """The names of the theme tables, in the themes' order."""
        return [name for name in self.about["tables"] if name.startswith("theme-")]

    def definition(self, name: str) -> Shown:
        """Show what a theme is, and how much material it has."""
        number = int(name.removeprefix("theme-"))
        row = next(row for row in self.table("themes").rows if row["number"] == number)
        with using_language(self.about["language"]):
            return Shown(f'<p>{escape(row["definition"])}</p><p class="counts">{counted(row)}</p>')

    def quotes(self, statement: str) -> Shown:
        """Show the segments behind a statement."""
        with using_language(self.about["language"]):
            return Shown(
                "".join(self._quote(segment) for segment in self.behind(statement)) or f"<p>{_no_quotes()}</p>"
            )

    def all_quotes(self, name: str, level: int = 2) -> Shown:
        """Show the statements of a table with the segments behind each, under the addresses that links name.

        `level` is that of the statements' headings.
        """
        parts = []
        for identity, text in self.statements(name):
            parts.append(
                f'<section id="{identity}"><h{level}>{escape(text)}</h{level}>{self.quotes(identity).content}</section>'
            )
        return Shown("".join(parts))

    def statements(self, name: str) -> list[tuple[str, str]]:
        """Id and text of the statements in the matrix or a theme's table."""
        table = self.table(name)
        if name == "matrix":
            return [(s["id"], s["text"]) for cell in table.data["cells"] for s in cell["statements"]]
        return [(row["id"], row["statement"]) for row in table.rows]

    def _quote(self, segment: dict[str, Any]) -> str:
        words, withheld = segment["quote"], escape(_("Not to be quoted."))
        body = f"<p>{escape(words)}</p>" if words else f'<p class="note">{withheld}</p>'
        told = ", ".join(filter(None, [segment["source"], segment["kind"], *segment["speakers"], segment["reference"]]))
        return f"<blockquote>{body}<footer>{escape(told)}</footer></blockquote>"


def _no_quotes() -> str:
    return escape(_("No segment supports this statement."))
