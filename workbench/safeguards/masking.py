"""Names that became known late are masked everywhere: in every version, quote, memo, statement, log entry and
hypothesis."""

from __future__ import annotations

from workbench import coding, review
from workbench.coding import records as coding_records
from workbench.coding import search
from workbench.coding.codebook import WORDS
from workbench.forms import records as forms
from workbench.journal import records as journal
from workbench.locale import language
from workbench.material import records as material
from workbench.material import rewrite
from workbench.pathways import records as networks
from workbench.pathways.courses import records as courses
from workbench.pathways.gatherings import records as gatherings
from workbench.privacy import (
    Decide,
    Decision,
    Edit,
    Finding,
    Mask,
    Register,
    Shift,
    accept_certain,
    apply_edits,
    in_raw,
    records,
    screen,
)
from workbench.reflection import records as reflection
from workbench.review import records as review_records
from workbench.store.history import State
from workbench.store.records import (
    Connection,
    history_of,
    list_memos,
    reword_memo,
    reword_revision,
    reword_short,
    short_texts,
)  # fmt: skip

__all__ = ["mask_everywhere", "settle", "waiting"]


def mask_everywhere(connection: Connection, register: Register, decide: Decide = accept_certain) -> int:
    """Screen all text in the store once more; masks, turns and codings move along. Returns how many masks were added.

    Works on what is stored, so it also finds what a name's first import left open.
    """
    added, rewritten = 0, []
    for source in material.list_sources(connection):
        for text_id, text in material.versions_of(connection, source.id):
            screened = screen(text, register, _once(connection, text_id, decide))
            before = records.masks_of(connection, text_id)
            if screened.edits:
                rewritten.append(text_id)
                records.drop_findings(connection, text_id, screened.edits)
                shift = rewrite(connection, text_id, list(screened.edits))
                coding.move(connection, text_id, shift, screened.text)
                review.move(connection, text_id, shift)
                records.move(connection, text_id, shift)
            masks = [in_raw(mask, before) for mask in screened.masks]
            records.add_screened(connection, text_id, masks, screened.open)
            added += len(screened.masks)
    for statement in coding_records.list_statements(connection):
        added += _mask_owned(connection, statement.id, statement.text, register, decide)
    for memo in list_memos(connection):
        added += _mask_owned(connection, memo.id, memo.text, register, decide)
    for wording, text in _written(connection):
        added += _mask_owned(connection, wording, text, register, decide)
    _mask_revisions(connection, register)
    search.rebuild(connection, rewritten, language())
    return added + _mask_short(connection, register)


def _mask_owned(connection: Connection, owner: str, text: str, register: Register, decide: Decide) -> int:
    """Screen a statement, memo or wording of the log again."""
    screened = screen(text, register, _once(connection, owner, decide))
    if screened.edits:
        _reword(connection, owner, screened.text)
        records.drop_findings(connection, owner, screened.edits)
        records.move(connection, owner, Shift(screened.edits))
    records.add_screened(connection, owner, screened.masks, screened.open)
    return len(screened.masks)


def _reword(connection: Connection, owner: str, text: str) -> None:
    coding_records.reword_statement(connection, owner, text)
    reword_memo(connection, owner, text)
    journal.reword(connection, owner, text)
    reflection.reword(connection, owner, text)
    review_records.reword(connection, owner, text)
    forms.reword(connection, owner, text)  # an id is that of one of the six


_SHORT = (
    *material.SHORT, *journal.SHORT, *review_records.SHORT, *networks.SHORT, *courses.SHORT, *forms.SHORT,
    *gatherings.SHORT,
)  # fmt: skip


def _mask_short(connection: Connection, register: Register) -> int:
    """Mask what is certain in names of things: groups, recruitments, sources, codes, places and people of the log,
    networks, courses and who stands in them, and what teams told at gatherings."""
    added = 0
    for short in short_texts(connection, _SHORT):
        screened = screen(short.text, register)
        if screened.edits:
            reword_short(connection, short, screened.text)
            added += len(screened.masks)
    for code in coding_records.list_codes(connection):
        masked = {word: screen(getattr(code, word), register) for word in WORDS if getattr(code, word)}
        if any(one.edits for one in masked.values()):
            coding_records.reword_code(connection, code.id, {word: one.text for word, one in masked.items()})
            added += sum(len(one.masks) for one in masked.values())
    return added


# Where a revision keeps words, by the kind of thing.
_WORDS_KEPT = {
    "code": WORDS, "statement": ("text",), "memo": ("text",), "network": ("title",), "network_sector": ("label",),
    "network_actor": ("label", "support"), "network_map": ("title",),
    "course": ("title",), "course_episode": ("service", "helper", "phase"), "course_holder": ("holder",),
    "course_event": ("about", "who"), "form_words": ("text",), "form_answer": ("filled_by",),
    "gathering": ("network",), "gathering_note": ("team", "words"),
}  # fmt: skip


def _mask_revisions(connection: Connection, register: Register) -> None:
    """Mask what undo and the codebook's history remember."""
    for kind, words in _WORDS_KEPT.items():
        for row in history_of(connection, kind):
            before, after = (_masked(state, words, register) for state in (row.before, row.after))
            reason = screen(row.reason, register).text if row.reason else row.reason
            if (before, after, reason) != (row.before, row.after, row.reason):
                reword_revision(connection, row.id, before, after, reason)


def _masked(state: State, words: tuple[str, ...], register: Register) -> State:
    if state is None:
        return None
    return {**state, **{word: screen(state[word], register).text for word in words if state.get(word)}}


def settle(connection: Connection, owner: str, text: str, decide: Decide) -> int:
    """Put what waits in a text, statement, memo or wording to a person; returns how many were settled."""
    settled, edits, masks = 0, [], []
    before = records.masks_of(connection, owner)
    for identity, finding in records.findings_of(connection, owner):
        decision = decide(text, finding)
        if decision == "open":
            continue
        settled += 1
        records.settle(connection, identity)
        if decision == "mask":
            edits.append(Edit(finding.start, finding.end, finding.replacement))
            masks.append(finding)
    if edits:
        shift = Shift(edits)
        if material.is_text(connection, owner):
            rewrite(connection, owner, edits)
            coding.move(connection, owner, shift, apply_edits(text, edits))
            review.move(connection, owner, shift)
            search.rebuild(connection, [owner], language())
        else:
            _reword(connection, owner, apply_edits(text, edits))
        records.move(connection, owner, shift)
        made = [
            Mask(shift.start(f.start), shift.end(f.end), f.start, f.end, f.type, f.replacement, f.register_id)
            for f in masks
        ]
        records.add_screened(connection, owner, [in_raw(mask, before) for mask in made], ())
    return settled


def waiting(connection: Connection) -> list[tuple[str, str, str]]:
    """Return what holds open findings: its id, what it is called, and its text."""
    counts = records.open_findings(connection)
    found = [(i, name, text) for i, name, text in _named_texts(connection) if i in counts]
    found += [(s.id, s.text, s.text) for s in coding_records.list_statements(connection) if s.id in counts]
    found += [(m.id, m.text, m.text) for m in list_memos(connection) if m.id in counts]
    return found + [(i, text, text) for i, text in _written(connection) if i in counts]


def _written(connection: Connection) -> list[tuple[str, str]]:
    """Return id and text of what is written in the rooms that keep words under ids of their own."""
    rooms = (journal.wordings_of_all, reflection.texts_of_all, review_records.texts_of_all, forms.words_of_all)
    return [pair for texts in rooms for pair in texts(connection)]


def _named_texts(connection: Connection) -> list[tuple[str, str, str]]:
    return [
        (text_id, source.name, text)
        for source in material.list_sources(connection)
        for text_id, text in material.versions_of(connection, source.id)
    ]


def _once(connection: Connection, text_id: str, decide: Decide) -> Decide:
    """Return `decide` without the findings that wait for a person already."""
    waiting = {(finding.start, finding.end) for _id, finding in records.findings_of(connection, text_id)}

    def decide_once(text: str, finding: Finding) -> Decision:
        decision = decide(text, finding)
        return "keep" if decision == "open" and (finding.start, finding.end) in waiting else decision

    return decide_once
