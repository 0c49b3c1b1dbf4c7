"""Forms on paper: one page of HTML that prints as it stands, empty, to be filled with a pen, or as it was filled."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from html import escape

from workbench.forms import KIND_LABELS, Form, Item
from workbench.forms.records import Answer
from workbench.locale import _, format_date, language
from workbench.publishing.page import style

__all__ = ["printed_form"]

PAPER = """
.form { max-width: 44rem; margin: 0 auto; padding: 1rem; }
.form ul { list-style: none; padding: 0; }
.form li { margin: 0 0 1.2rem; break-inside: avoid; }
.box { display: inline-block; width: 1.1em; height: 1.1em; border: 1.5px solid currentColor; }
.box { margin-right: 0.6em; vertical-align: -0.15em; }
.write { border-bottom: 1px solid currentColor; height: 3.2em; }
.scale { display: flex; flex-wrap: wrap; gap: 0.6em; align-items: center; }
.scale b { border: 1px solid currentColor; border-radius: 50%; width: 1.9em; height: 1.9em; }
.scale b { text-align: center; line-height: 1.9em; font-weight: 400; }
.scale b.chosen { border-width: 3px; font-weight: 700; }
.words { white-space: pre-line; border-left: 3px solid currentColor; padding-left: 0.6em; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.from { font-size: 0.85rem; }
@page { margin: 18mm; }
"""


def printed_form(form: Form, answer: Answer | None = None) -> str:
    """Return the form as a page that asks nobody for anything and runs no script, in the language that is spoken.

    With an answer it is filled, and says whom it is about by what stands as `informant_id`: a code, not an id.
    """
    sections = "".join(_sections(form, answer))
    title = escape(str(form.title))
    note = f"<p>{escape(str(form.note))}</p>" if form.note else ""
    after = ", ".join(dict.fromkeys(one.source for one in form.items))
    told = escape(_("After: {sources}. The wording is our own.").format(sources=after))
    return (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<title>{title}</title><style>{style()}{PAPER}</style></head><body><main class="form"><h1>{title}</h1>'
        f'{_around(form, answer)}{note}{sections}<p class="from">{told}</p></main></body></html>\n'
    )


def _sections(form: Form, answer: Answer | None) -> Iterator[str]:
    """The items in the form's order, under a heading for each kind, unless kinds come by turns."""
    runs = [(kind, list(run)) for kind, run in itertools.groupby(form.items, key=lambda one: one.kind)]
    apart = len(runs) == len({kind for kind, _run in runs})
    for kind, run in runs:
        heading = f"<h2>{escape(_(KIND_LABELS[kind]))}</h2>" if apart else ""
        scales = {_scale(one) for one in run}
        same = scales.pop() if kind == "score" and len(scales) == 1 else ""
        items = "".join(_item(one, answer, told=not same) for one in run)
        yield f"<section>{heading}{f'<p>{same}</p>' if same else ''}<ul>{items}</ul></section>"


def _around(form: Form, answer: Answer | None) -> str:
    dated, about, filled_by = _("Date"), _("About"), _("Filled in by")
    if answer is None:
        told = [str(form.filled_by), f"{dated}: {'_' * 20}"]
    else:
        told = [f"{dated}: {format_date(date.fromisoformat(answer.day))}"]
        told += [f"{about}: {answer.informant_id}"] if answer.informant_id else []
        told += [f"{filled_by}: {answer.filled_by}"] if answer.filled_by else []
    return "".join(f"<p>{escape(one)}</p>" for one in told)


def _scale(one: Item) -> str:
    """What the ends of an item's scale mean; nothing where it has none."""
    if not one.ends:
        return ""
    least, most = (escape(str(end)) for end in one.ends)
    return f"{one.least} = {least}, {one.most} = {most}"


def _item(one: Item, answer: Answer | None, *, told: bool) -> str:
    text = escape(str(one.text))
    mark = answer.marks.get(one.id) if answer else None
    match one.kind:
        case "score":
            steps = " – ".join(_step(step, step == mark) for step in range(one.least or 0, (one.most or 0) + 1))
            scale = f"<p>{_scale(one)}</p>" if told else ""
            return f'<li>{text}{scale}<div class="scale">{steps}</div></li>'
        case "text":
            words = escape(answer.words.get(one.id, "–")) if answer else ""
            return f'<li>{text}<div class="{"words" if answer else "write"}">{words}</div></li>'
    if one.kind == "check" or answer:
        sign = f'<span aria-hidden="true">{"✓" if mark else ""}</span>'
        ticked = _unseen(_("ticked")) if mark else ""
        return f'<li><span class="box">{sign}</span>{ticked}{text}</li>'
    return f"<li>{text}</li>"


def _step(step: int, chosen: bool) -> str:
    told = _unseen(_("chosen"))
    return f'<b class="chosen">{step}{told}</b>' if chosen else f"<b>{step}</b>"


def _unseen(words: str) -> str:
    """Words for whoever can't see the sign beside them."""
    return f'<span class="unseen"> {escape(words)} </span>'
