"""Withdrawal: one act takes an informant's words out of every room. Others' words in the same conversation stay."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench import coding, journal, material, reflection, review
from workbench.coding import search
from workbench.forms import records as forms
from workbench.locale import _, language
from workbench.material import records as material_records
from workbench.pathways import records as networks
from workbench.pathways.courses import records as courses
from workbench.privacy import Vault
from workbench.privacy import records as privacy_records
from workbench.review import independent
from workbench.store.records import Connection, erase_payloads, forget_memos

__all__ = ["Receipt", "holdings", "withdraw"]


@dataclass
class Receipt:
    """What was, or would be, removed; `unmapped_turns` are turns in the same sources of nobody known.

    `log_entries_to_read` are the entries where they were present or are spoken of, `hypotheses_to_read` those in whose
    story they are: the researcher reads those herself.
    """

    removed: dict[str, int] = field(default_factory=dict)
    unmapped_turns: list[dict[str, object]] = field(default_factory=list)
    editions_withdrawn: list[str] = field(default_factory=list)
    statements_without_support: list[str] = field(default_factory=list)
    log_entries_to_read: list[str] = field(default_factory=list)
    hypotheses_to_read: list[str] = field(default_factory=list)


def holdings(connection: Connection, informant_id: str) -> Receipt:
    """Return what each room keeps of an informant's words."""
    words = material.holdings(connection, informant_id)
    speakers = [s.id for s in material_records.speakers_of(connection) if s.informant_id == informant_id]
    codings = coding.holdings(connection, speakers)
    sources = {w.source_id for w in words}
    names = {s.id: s.name for s in material_records.list_sources(connection)}
    return Receipt(
        removed={
            "sources": len(sources),
            "turns": len({(w.text_id, w.start) for w in words}),
            "codings": len(codings),
            "answers": review.holdings(connection, [one.id for one in codings], _code(connection, informant_id)),
            "networks": len(networks.networks_of(connection, informant_id)),
            "courses": len(courses.courses_of(connection, informant_id)),
            "forms": len(forms.answers_of(connection, informant_id, _code(connection, informant_id))),
        },
        unmapped_turns=[
            {"source": names[s.source_id], "speaker": s.label}
            for s in material_records.speakers_of(connection)
            if s.source_id in sources and s.informant_id is None and not s.interviewer
        ],
        statements_without_support=[s.id for s in coding.statements_of(connection, codings)],
        log_entries_to_read=journal.holdings(connection, _code(connection, informant_id)),
        hypotheses_to_read=reflection.holdings(connection, _code(connection, informant_id)),
    )


def _code(connection: Connection, informant_id: str) -> str:
    return next(person.code for person in material_records.list_informants(connection) if person.id == informant_id)


def withdraw(connection: Connection, vault: Vault, informant_id: str) -> Receipt:
    """Remove an informant's words everywhere; what was in the vault about them is destroyed.

    The sealed raw of a conversation with others goes too: the masked text keeps what the others said.
    """
    receipt = holdings(connection, informant_id)
    words = material.holdings(connection, informant_id)
    speakers = [s.id for s in material_records.speakers_of(connection) if s.informant_id == informant_id]
    gone = coding.forget(connection, speakers)
    for word in words:
        independent.drop_inside(connection, word.text_id, [(word.start, word.end)])
    moved = material.forget(connection, informant_id, _("[words withdrawn]"))
    for text_id, shift in moved.items():
        privacy_records.drop_inside(connection, text_id, [(w.start, w.end) for w in words if w.text_id == text_id])
        coding.move(connection, text_id, shift, material_records.text_of(connection, text_id))
        review.move(connection, text_id, shift)
        privacy_records.move(connection, text_id, shift)
    drawn = networks.networks_of(connection, informant_id)
    for network_id in drawn:
        networks.forget_network(connection, network_id)
    followed = courses.courses_of(connection, informant_id)
    for course_id in followed:
        courses.forget_course(connection, course_id)
    filled = forms.answers_of(connection, informant_id, _code(connection, informant_id))
    for answer_id in filled:
        privacy_records.forget(connection, forms.forget_answer(connection, answer_id))
    forms.forget_filler(connection, _code(connection, informant_id))
    packed = review.invited(connection, _code(connection, informant_id))
    answered, said = review.forget(connection, [one.id for one in gone], _code(connection, informant_id))
    receipt.removed["answers"] = len(answered)
    privacy_records.forget(connection, said)
    search.rebuild(connection, moved, language())
    receipt.removed["memos"] = forget_memos(
        connection, [coding.id for coding in gone] + [informant_id], _code(connection, informant_id)
    )
    receipt.removed["log_presence"] = journal.forget(connection, _code(connection, informant_id))
    spoken_in = {w.source_id for w in words}
    erase_payloads(connection, [*(one.id for one in gone), informant_id, *spoken_in, *drawn, *followed, *filled])
    # Before the act is through: should it fail, it can be done again; a name left behind could not be called back.
    discarded = [f"register/{informant_id}", *(f"inbox/{answer}-review" for answer in answered)]
    discarded += [f"packages/{package}" for package in packed]
    discarded += [f"contacts/{network_id}" for network_id in drawn]
    for source_id in spoken_in:
        discarded.append(f"raw/{source_id}")
        discarded += [f"raw/{text_id}" for text_id, _text in material_records.versions_of(connection, source_id)]
    receipt.removed["vault_files"] = sum(vault.discard(name) for name in discarded)
    return receipt
