"""What the coder's page is shown, as plain data. A coding travels as a list, for a long text has thousands of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.coding import Beside, Code, Coding
from workbench.coding.records import Placed
from workbench.framework import Framework
from workbench.journal import PART_LABELS
from workbench.locale import _, format_date, ngettext, sort_key
from workbench.review import in_words
from workbench.review.independent import OwnCoding
from workbench.store.history import Revision
from workbench.store.records import HistoryRow
from workbench.study import Study
from workbench.tables.thesis import KIND_LABELS, SECONDARY

__all__ = [
    "code", "code_history", "codes", "codings_in", "find", "framework", "memos", "overview", "packed", "passages",
    "since", "source", "statements", "things", "told", "unplaced", "whole", "words",
]  # fmt: skip


MANY = 1_000  # codings touched at once, as by an import: the page reads the source anew instead of hearing of each
SHOWN = 60  # code points of what a thing is called
NEAR = 15_000  # code points on either side of where the page opens a text


def packed(coding: Coding | Placed | OwnCoding) -> list[Any]:
    """Return a coding as the page keeps it: id, start, end, theme, code, effect, determinant, coder, text version."""
    return [
        coding.id, coding.start, coding.end, coding.theme, coding.code_id, coding.effect, coding.determinant,
        coding.coder, coding.text_id,
    ]  # fmt: skip


def framework(made: Framework) -> dict[str, Any]:
    """Return the dimensions and themes with their labels in the user's language."""
    return {
        "effects": [_member(one) for one in made.effects],
        "determinants": [_member(one) for one in made.determinants],
        "themes": [{**_member(one), "number": one.number} for one in made.themes],
    }


def _member(member: Any) -> dict[str, Any]:
    return {"id": member.id, "label": str(member.label), "definition": str(member.definition or "")}


def overview(study: Study) -> dict[str, Any]:
    """Return what stands around the text: sources, codebook, who codes, and whether the vault is open."""
    return {
        "seq": study.store.newest.seq,
        "actor": study.store.actor,
        "open": study.vault.is_open,
        "sources": _sources(study),
        "codes": codes(study),
        "memos": Counter(memo.about for memo in study.memos()),
        "hypotheses": [[one.id, one.words] for one in study.hypotheses()],
    }


def _sources(study: Study) -> list[dict[str, Any]]:
    groups = study.groups_by_source()
    return [
        {
            "id": one.id, "name": one.name, "kind": one.kind, "kindLabel": _(KIND_LABELS[one.kind]),
            "group": ", ".join(groups.get(one.id, ())), "words": one.words,
        }
        for one in study.sources()
    ]  # fmt: skip


def codes(study: Study, at: str | None = None) -> list[dict[str, Any]]:
    """Return the codebook, each code with how many codings bear it now."""
    counts = study.count_by_code()
    return [{**code(one), "count": counts.get(one.id, 0)} for one in study.codebook(at)]


def code(one: Code) -> dict[str, Any]:
    """Return a code as the page keeps it, but for its count."""
    return {
        "id": one.id, "theme": one.theme, "name": one.name, "parent": one.parent_id, "colour": one.colour,
        "definition": one.definition or "", "use_when": one.use_when or "", "not_when": one.not_when or "",
        "example": one.example or "", "shortcut": one.shortcut or "", "retired": one.retired,
    }  # fmt: skip


def source(study: Study, name: str, row: int = 0) -> dict[str, Any]:
    """Return a source to read: its text, its rows, and the codings near a row; the page asks for the others later.

    `[near[0], near[1])` is where all codings are among those returned.
    """
    seq = study.store.newest.seq
    read = study.read(name)
    at = read.rows[min(row, len(read.rows) - 1)].start if read.rows else 0
    near = (max(0, at - NEAR), at + NEAR)
    return {
        "id": read.source.id, "name": read.source.name, "textId": read.source.text_id, "text": read.text,
        "rows": [
            [row.start, row.end, read.labels.get(row.speaker_id or "", ""), row.time or "", row.line]
            for row in read.rows
        ],
        "codings": codings_in(study, read.source.text_id, *near),
        "near": near,
        "unplaced": len(study.unplaced_codings(read.source.id)),
        "entry": _entry(study, read.source.id),
        "seq": seq,
    }  # fmt: skip


def _entry(study: Study, source_id: str) -> dict[str, Any] | None:
    """Return the log entry that a source was made of, as it reads now, None where it was made of none."""
    ends = {end for link in study.links(source_id) for end in (link.one, link.other)} - {source_id}
    for one in study.log_entries(ids=sorted(ends)) if ends else ():
        clock = "" if one.whole_day else f" {one.local:%H:%M}"
        passages = [[_(PART_LABELS[passage.part]), passage.text] for passage in one.passages]
        return {"when": " ".join(filter(None, (f"{format_date(one.local)}{clock}", one.setting))), "passages": passages}
    return None


def codings_in(study: Study, text_id: str, start: int, end: int) -> list[list[Any]]:
    """Return the codings that share characters with a part of a text version."""
    return [packed(one) for one in study.codings_in(text_id, start, end)]


def since(study: Study, seq: int, name: str | None) -> dict[str, Any]:
    """Return what anybody did after act number `seq`.

    `text` is the newest version of the page's source; `reload` says that what the page has of it is no longer true.
    """
    newest = study.store.newest.seq
    if newest == seq:
        return {"seq": seq, "open": study.vault.is_open}
    touched, rewritten = study.touched_since(seq)
    ids = [thing for kind, thing in touched if kind == "coding"]
    if len(ids) > MANY:
        ids, rewritten = [], True
    there = {one.id: one for one in study.codings(id=ids)} if ids else {}
    read = study.source(name) if name else None
    here = read.id if read else None
    kinds = {kind for kind, _thing in touched}
    answer = {
        **overview(study),
        "codings": [packed(one) for one in there.values() if one.source_id == here],
        "gone": [identity for identity in ids if identity not in there or there[identity].source_id != here],
        "text": read.text_id if read else None,
        "unplaced": len(study.unplaced_codings(read.id)) if read else 0,
        "reload": rewritten,
        "kinds": sorted(kinds),
    }
    return {**answer, "seq": newest}


def told(study: Study, revisions: Sequence[Revision], *, back: bool) -> dict[str, Any]:
    """Return in words what undo or redo did, and the coding that it was about, for the page to go there."""
    if not revisions:
        return {"done": _("There is nothing to undo.") if back else _("There is nothing to redo.")}
    lead = next((r for r in revisions if r.kind in {"text", "statement", "code"}), revisions[0])
    what = " · ".join(filter(None, (_what(study, lead), _changed(lead))))
    if more := len(revisions) - 1:
        what = ngettext("{what} and {n} thing more", "{what} and {n} things more", more).format(what=what, n=more)
    done = (_("Undone: {what}") if back else _("Done again: {what}")).format(what=what)
    return {"done": done, "coding": lead.thing if lead.kind == "coding" else None}


def _what(study: Study, revision: Revision) -> str:
    """Say which thing a revision is of, as a reader would call it."""
    kinds = {
        "coding": _("coding “{name}”"), "code": _("code “{name}”"), "statement": _("statement “{name}”"),
        "support": _("what supports “{name}”"), "memo": _("memo “{name}”"), "link": _("link “{name}”"),
        "text": _("correction of “{name}”"),
    }  # fmt: skip
    state = revision.before or revision.after or {}
    name = str(state.get("name") or state.get("text") or "")
    if revision.kind == "coding":
        name = ", ".join(filter(None, (_bears(study, state), _called(study.sources(), state["source_id"]))))
    elif revision.kind == "text":
        name = _called(study.sources(), revision.thing)
    elif revision.kind == "support":
        name = next((one.text for one in study.statements() if one.id == revision.thing.split()[0]), "")
    elif revision.kind == "link":
        called = _names(study)
        name = " – ".join(called.get(state[end], "") for end in ("one", "other"))
    return kinds[revision.kind].format(name=_shortened(name))


def _changed(revision: Revision) -> str:
    """Say what of a coding was put back, where it was there before and after."""
    if revision.kind != "coding" or not revision.before or not revision.after:
        return ""
    parts = {
        "effect": _("Effect"), "determinant": _("Determinant"), "theme": _("Theme"), "code_id": _("Code"),
        "start": _("Where it begins and ends"), "end": _("Where it begins and ends"),
    }  # fmt: skip
    changed = [told for key, told in parts.items() if revision.before.get(key) != revision.after.get(key)]
    return ", ".join(dict.fromkeys(changed))


def _bears(study: Study, state: Mapping[str, Any]) -> str:
    """What a coding is called by: its code, or its theme."""
    return _called(study.codebook(), state["code_id"]) or str(study.framework.theme(state["theme"]).label)


def _called(things: Iterable[Any], identity: str | None) -> str:
    return next((one.name for one in things if one.id == identity), "")


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"


def code_history(study: Study, code_id: str) -> list[dict[str, Any]]:
    """Return what became of a code, oldest first: the fields that changed, and what co-research settled about it."""
    rows = study.code_history(code_id)
    changed: list[tuple[str, dict[str, Any]]] = [(row.at, {
        "at": format_date(_moment(row.at)), "actor": row.actor, "reason": row.reason or "",
        "other": _other(row) if row.thing != code_id else "",
        "changes": [] if row.thing != code_id else [
            [key, (row.before or {}).get(key), (row.after or {}).get(key)]
            for key in ("name", "definition", "use_when", "not_when", "example", "theme", "parent_id", "retired")
            if (row.before or {}).get(key) != (row.after or {}).get(key)
        ],
    }) for row in rows]  # fmt: skip
    states = [state for row in rows if row.thing == code_id for state in (row.before, row.after) if state]
    settled: list[tuple[str, dict[str, Any]]] = [
        (one.created, {
            "at": format_date(_moment(one.created)), "actor": one.author, "reason": one.reason, "changes": [],
            "other": _("settled together in “{round}”: {before} → {after}").format(
                round=made.title, before=in_words(study.framework, one.before or {}),
                after=in_words(study.framework, one.after or {}),
            ),
        })
        for made, one in study.settled_about({str(state["name"]) for state in states})
    ]  # fmt: skip
    return [told for _at, told in sorted([*changed, *settled], key=lambda pair: pair[0])]


def _other(row: HistoryRow) -> str:
    name = ((row.before or row.after) or {}).get("name", "")
    if row.undoes:
        told = (
            _("the splitting off of “{name}” was undone")
            if row.after is None
            else _("the merging of “{name}” was undone")
        )
    else:
        told = _("“{name}” was merged into this code") if row.after is None else _("“{name}” was split from this code")
    return told.format(name=name)


def _moment(at: str) -> Any:
    from datetime import datetime

    return datetime.fromisoformat(at)


def passages(study: Study, where: dict[str, str], limit: int = 500) -> list[dict[str, Any]]:
    """Return codings with their quotes, narrowed by column."""
    return [_passage(study, one) for one in study.codings(**where)[:limit]]


def _passage(study: Study, coding: Coding) -> dict[str, Any]:
    return {
        "coding": packed(coding), "source": coding.source_id, "quote": coding.quote, "code": coding.code or "",
    }  # fmt: skip


def statements(study: Study) -> list[dict[str, Any]]:
    """Return every statement with its support: codings, sources, groups, methods, primary and secondary; and how many
    co-researchers read those codings so, and otherwise."""
    sources = {one.id: one for one in study.sources()}
    groups, stances = study.groups_by_speaker(), study.stances()
    by_id = {one.id: one for one in study.codings()}
    return [
        {
            "id": one.id, "text": one.text, "theme": one.theme, "effect": one.effect, "determinant": one.determinant,
            "support": _support([by_id[i] for i in one.codings if i in by_id], sources, groups),
            "agree": sum(stances[i][0] for i in one.codings if i in stances),
            "differ": sum(stances[i][1] for i in one.codings if i in stances),
            "codings": [_passage(study, by_id[i]) for i in one.codings if i in by_id],
            "counters": [_passage(study, by_id[i]) for i in one.counters if i in by_id],
        }
        for one in study.statements()
    ]  # fmt: skip


def _support(codings: Sequence[Coding], sources: dict[str, Any], groups: dict[str, str]) -> dict[str, Any]:
    of = [sources[one.source_id] for one in codings if one.source_id in sources]
    kinds = sorted({one.kind for one in of})
    return {
        "codings": len(codings),
        "sources": len({one.id for one in of}),
        "groups": sorted(
            {groups[speaker] for one in codings for speaker in one.speakers if speaker in groups}, key=sort_key
        ),
        "methods": [_(KIND_LABELS[kind]) for kind in kinds],
        "primary": sum(one.kind not in SECONDARY for one in of),
        "secondary": sum(one.kind in SECONDARY for one in of),
    }


def memos(study: Study, about: str | None) -> list[dict[str, Any]]:
    """Return memos, all or those on one thing or linked to it, each with what it is on, its links, and the ways."""
    called, ways = _names(study), _way(study)
    links = study.links()
    linked = {end for link in links if about in (link.one, link.other) for end in (link.one, link.other)}
    return [
        {
            "id": one.id, "about": one.about, "on": called.get(one.about, ""), "text": one.text, "author": one.author,
            "way": ways.get(one.about),
            "created": format_date(_moment(one.created)),
            "links": [
                {"id": link.id, "other": other, "name": called.get(other, ""), "way": ways.get(other)}
                for link in links if one.id in (link.one, link.other)
                for other in [link.other if link.one == one.id else link.one]
            ],
        }
        for one in study.memos() if about is None or one.about == about or one.id in linked
    ]  # fmt: skip


def things(study: Study) -> list[list[Any]]:
    """Return what a memo can be on or linked to, under headings: [heading, [[id, name] …]] …"""
    statements_there = sorted(study.statements(), key=lambda one: sort_key(one.text))
    kinds = [
        (_("Themes"), [(one.id, f"{one.number} {one.label}") for one in study.framework.themes]),
        (_("Codes"), sorted(((one.id, one.name) for one in study.codebook()), key=lambda pair: sort_key(pair[1]))),
        (_("Sources"), [(one.id, one.name) for one in study.sources()]),
        (_("Statements"), [(one.id, _shortened(one.text)) for one in statements_there]),
        (_("Informants"), [(one.id, one.code) for one in study.informants()]),
        (_("Memos"), [(one.id, _shortened(one.text)) for one in study.memos()]),
    ]
    return [[heading, [list(pair) for pair in pairs]] for heading, pairs in kinds if pairs]


def _way(study: Study) -> dict[str, list[Any]]:
    """Return how the page opens a thing: its kind, and for a passage its source and place."""
    ways: dict[str, list[Any]] = {one.id: ["source"] for one in study.sources()}
    ways |= {one.id: ["code"] for one in study.codebook()}
    ways |= {one.id: ["statement"] for one in study.statements()}
    return ways | {one.id: ["passage", one.source_id, one.start, one.end] for one in study.codings()}


def _names(study: Study) -> dict[str, str]:
    named: dict[str, str] = {one.id: f"{one.number} {one.label}" for one in study.framework.themes}
    named |= {one.id: one.name for one in study.sources()}
    named |= {one.id: one.name for one in study.codebook()}
    named |= {one.id: one.text for one in study.statements()}
    named |= {one.id: _("“{words}”").format(words=_shortened(one.quote)) for one in study.codings()}
    named |= {one.id: _shortened(one.text) for one in study.memos()}
    named |= {one.id: _shortened(one.words) for one in study.hypotheses()}
    return named | {one.id: one.code for one in study.informants()}


def unplaced(study: Study, name: str) -> list[dict[str, Any]]:
    """Return the codings of a source that wait to be placed by hand, each beside what reads there now."""
    return [{**_passage(study, one), **_beside(study.beside(one))} for one in study.unplaced_codings(name)]


def _beside(there: Beside) -> dict[str, Any]:
    quote = slice(there.start, there.end)
    return {
        "before": [there.before[: there.start], there.before[quote], there.before[there.end :]],
        "now": there.now, "at": [there.at, there.at + len(there.now)],
    }  # fmt: skip


def find(study: Study, query: str, **filters: Any) -> dict[str, Any]:
    """Return passages that hold words, or bear codings of some kind, or none; narrowed by what the page asks."""
    found = study.find(query, **filters)
    names = {one.id: one.name for one in study.sources()}
    return {
        "told": ngettext("{n} passage", "{n} passages", len(found)).format(n=len(found)),
        "passages": [
            {
                "source": one.source_id, "name": names[one.source_id], "text": one.text_id, "start": one.start,
                "end": one.end, "speaker": one.speaker, "lines": [list(line) for line in one.lines],
                "sentences": [list(part) for part in one.sentences],
            }
            for one in found
        ],
    }  # fmt: skip


def words(study: Study, name: str | None, word: str) -> dict[str, Any]:
    """Return how often words are written, beside which others, and one word in its contexts."""
    looked = study.words(name, word)
    return {
        "frequencies": [list(row) for row in looked.frequencies],
        "collocations": [list(row) for row in looked.collocations],
        "concordance": [
            {"source": one.id, "name": one.name, "text": one.text_id, "line": list(line)}
            for one, line in looked.concordance
        ],
    }


def whole(study: Study) -> dict[str, Any]:
    """Return the counts of the whole: code × code, theme × group, effect × determinant per source, and stripes."""
    return study.whole()
