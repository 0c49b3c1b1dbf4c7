"""Names that became known late are masked everywhere: in every version, quote, memo and statement."""

from __future__ import annotations

from workbench import coding
from workbench.coding import records as coding_records
from workbench.material import records as material
from workbench.material import rewrite
from workbench.privacy import Decide, Decision, Finding, Register, accept_certain, in_raw, records, screen
from workbench.store.records import Connection, list_memos, reword_memo

__all__ = ["mask_everywhere"]


def mask_everywhere(connection: Connection, register: Register, decide: Decide = accept_certain) -> int:
    """Screen all text in the store once more; masks, turns and codings move along. Returns how many masks were added.

    Works on what is stored, so it also finds what a name's first import left open.
    """
    added = 0
    for source in material.list_sources(connection):
        for text_id, text in material.versions_of(connection, source.id):
            screened = screen(text, register, _once(connection, text_id, decide))
            before = records.masks_of(connection, text_id)
            if screened.edits:
                records.drop_findings(connection, text_id, screened.edits)
                shift = rewrite(connection, text_id, list(screened.edits))
                coding.move(connection, text_id, shift, screened.text)
                records.move(connection, text_id, shift)
            masks = [in_raw(mask, before) for mask in screened.masks]
            records.add_screened(connection, text_id, masks, screened.open)
            added += len(screened.masks)
    for statement in coding_records.list_statements(connection):
        screened = screen(statement.text, register, decide)
        if screened.edits:
            coding_records.reword_statement(connection, statement.id, screened.text)
            records.add_screened(connection, statement.id, screened.masks, ())
            added += len(screened.masks)
    for memo in list_memos(connection):
        screened = screen(memo.text, register, decide)
        if screened.edits:
            reword_memo(connection, memo.id, screened.text)
            records.add_screened(connection, memo.id, screened.masks, ())
            added += len(screened.masks)
    return added


def _once(connection: Connection, text_id: str, decide: Decide) -> Decide:
    """Return `decide` without the findings that wait for a person already."""
    waiting = {(finding.start, finding.end) for _id, finding in records.findings_of(connection, text_id)}

    def decide_once(text: str, finding: Finding) -> Decision:
        decision = decide(text, finding)
        return "keep" if decision == "open" and (finding.start, finding.end) in waiting else decision

    return decide_once
