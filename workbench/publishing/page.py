"""The static page of a whole edition: opens from a disk, asks nobody for anything, runs no script."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from workbench.locale import _, using_language
from workbench.publishing.edition import Edition

__all__ = ["static_page", "style"]


def style() -> str:
    """Return the style sheet of every page: the product's tokens, then what a report needs."""
    folder = files("workbench.widgets")
    return (folder / "tokens.css").read_text("utf-8") + (folder / "report.css").read_text("utf-8")


def static_page(edition: Edition) -> str:
    """Return the page: contents, picture, matrix, themes, the other tables, and every statement's segments."""
    with using_language(edition.about["language"]):
        matrix = edition.table("matrix")
        others = [name for name in edition.about["tables"] if name not in {"matrix", *edition.theme_names()}]
        sections = [
            _section("matrix", matrix.title, edition.picture().content + edition.show("matrix", _address).content),
            *(
                _section(
                    name,
                    edition.table(name).title,
                    edition.definition(name).content + edition.show(name, _address).content,
                )
                for name in edition.theme_names()
            ),
            *(
                _section(name, edition.table(name).title, _drawn(edition, name) + edition.show(name).content)
                for name in others
            ),
            _section("segments", _("Statements and their segments"), edition.all_quotes("matrix", 3).content),
            _section("files", _("Files"), _files(edition)),
        ]
        links = "".join(f'<li><a href="#{key}">{escape(title)}</a></li>' for key, title, _body in sections)
        body = "".join(f'<section id="{key}"><h2>{escape(title)}</h2>{text}</section>' for key, title, text in sections)
        title, contents = escape(edition.about["title"]), escape(_("Contents"))
        return (
            f'<!doctype html>\n<html lang="{edition.about["language"]}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            f"<title>{title}</title><style>{style()}</style></head><body><main>{edition.heading().content}"
            f'<nav aria-label="{contents}"><ul class="contents">{links}</ul></nav>'
            f"{body}</main></body></html>\n"
        )


def _section(key: str, title: str, body: str) -> tuple[str, str, str]:
    return key, title, body


def _drawn(edition: Edition, name: str) -> str:
    drawn = {"preunderstanding": edition.movement, "pathways": edition.pathways}
    return drawn[name]().content if name in drawn else ""


def _address(statement: str) -> str:
    return f"#{statement}"


def _files(edition: Edition) -> str:
    rows = []
    for name in edition.about["tables"]:
        links = " ".join(f'<a href="tables/{name}.{form}">{form.upper()}</a>' for form in ("csv", "xlsx", "json"))
        rows.append(f"<li>{escape(edition.table(name).title)}: {links}</li>")
    for name in ("overview", "codebook", "logbook", "co-research", "pathways", *edition.theme_names()):
        titles = {"overview": _("Overview"), "logbook": _("Logbook"), "co-research": _("Co-research")}
        title = titles.get(name) or edition.table(name).title
        links = " ".join(f'<a href="reports/{name}.{form}">{form.upper()}</a>' for form in ("html", "docx", "ipynb"))
        rows.append(f"<li>{escape(title)}: {links}</li>")
    return f"<ul>{''.join(rows)}</ul>"
