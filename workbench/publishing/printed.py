"""Forms on paper: one page of HTML that prints as it stands, empty, to be filled with a pen."""

from __future__ import annotations

from html import escape

from workbench.forms import KIND_LABELS, Form, Item
from workbench.locale import _, language
from workbench.publishing.page import style

__all__ = ["printed_form"]

PAPER = """
.form { max-width: 44rem; margin: 0 auto; padding: 1rem; }
.form ul { list-style: none; padding: 0; }
.form li { margin: 0 0 0.8rem; break-inside: avoid; }
.box { display: inline-block; width: 1.1em; height: 1.1em; border: 1.5px solid currentColor; }
.box { margin-right: 0.6em; vertical-align: -0.15em; }
.write { border-bottom: 1px solid currentColor; height: 3.2em; }
.scale { display: flex; flex-wrap: wrap; gap: 0.6em; align-items: center; }
.scale b { border: 1px solid currentColor; border-radius: 50%; width: 1.9em; height: 1.9em; }
.scale b { text-align: center; line-height: 1.9em; font-weight: 400; }
.from { font-size: 0.85rem; }
@page { margin: 18mm; }
"""


def printed_form(form: Form) -> str:
    """Return the form as a page that asks nobody for anything and runs no script, in the language that is spoken."""
    kinds = [kind for kind in KIND_LABELS if form.of_kind(kind)]
    sections = "".join(
        f"<section><h2>{escape(_(KIND_LABELS[kind]))}</h2><ul>{''.join(map(_item, form.of_kind(kind)))}</ul></section>"
        for kind in kinds
    )
    title, who = escape(str(form.title)), escape(str(form.filled_by))
    note = f"<p>{escape(str(form.note))}</p>" if form.note else ""
    after = ", ".join(dict.fromkeys(one.source for one in form.items))
    told = escape(_("After: {sources}. The wording is our own.").format(sources=after))
    day = escape(_("Date")) + ": " + "_" * 20
    return (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<title>{title}</title><style>{style()}{PAPER}</style></head><body><main class="form"><h1>{title}</h1>'
        f'<p>{who}</p><p>{day}</p>{note}{sections}<p class="from">{told}</p></main></body></html>\n'
    )


def _item(one: Item) -> str:
    text = escape(str(one.text))
    match one.kind:
        case "check":
            return f'<li><span class="box" aria-hidden="true"></span>{text}</li>'
        case "score":
            steps = "".join(f"<b>{step}</b>" for step in range(one.least or 0, (one.most or 0) + 1))
            least, most = (escape(str(end)) for end in one.ends)
            return f'<li>{text}<div class="scale"><span>{least}</span>{steps}<span>{most}</span></div></li>'
        case "text":
            return f'<li>{text}<div class="write"></div></li>'
    return f"<li>{text}</li>"
