"""Co-research as the researcher sees it: rounds, invitations, what was said, and what was settled."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from workbench import coding, review
from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound
from workbench.locale import _, using_language
from workbench.material import records as material_records
from workbench.privacy import Decide, Register, accept_certain, screen
from workbench.privacy import records as privacy_records
from workbench.review import records
from workbench.safeguards import excerpts
from workbench.store import Act, new_id, now, written
from workbench.study.base import Base, checked_day, for_the_user

__all__ = ["Reviewing", "sealed_link"]

DAYS = 30  # that a link is good for, where no deadline says otherwise


def sealed_link(secret: str) -> str:
    """Return what the store keeps of a secret that only one person or device holds."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Reviewing(Base):
    """What the researcher does with others about her codings."""

    def open_round(
        self, title: str, codings: Sequence[str], *, blind: bool = False, most: int | None = None,
        hard: Sequence[str] = (), deadline: str | None = None,
    ) -> str:  # fmt: skip
        """Open a round over codings given by id, `most` of them at most; returns its id.

        Only what co-researchers may read goes in. `hard` ones carry a note before they are shown, with the contact that
        study.toml names. Raises BadInput where nothing is left to look at.
        """
        until = checked_day(deadline, date.today()) if deadline else None
        if until and until < date.today().isoformat():
            raise BadInput(_("{day} has been. Choose a day to come.").format(day=until))
        self._refuse_identifiers(title)
        with self.store.read() as connection:
            known = {one.id: one for one in coding_records.list_codings(connection, id=list(codings))}
            if unknown := [one for one in codings if one not in known]:
                raise NotFound(_("There is no coding {id}.").format(id=unknown[0]))
            may = excerpts.readable(connection, [known[one] for one in dict.fromkeys(codings)])[:most]
        if not may:
            raise BadInput(
                _("Nothing is left to look at: co-researchers may read no words of these. Their informants' consent "
                  "needs the scope co_researchers.")
            )  # fmt: skip
        identity = new_id()
        with self.store.act("round opened", identity, items=len(may)) as act:
            values = {"title": title.strip() or _("Round"), "blind": blind, "deadline": until}
            records.add_round(act.connection, identity, **values, created=now())
            for position, one in enumerate(may, start=1):
                values = {"round_id": identity, "position": position, "coding_id": one.id, "hard": one.id in hard}
                records.add_item(act.connection, new_id(), **values)
        return identity

    def rounds(self) -> list[review.Round]:
        """All rounds, the oldest first."""
        with self.store.read() as connection:
            return records.list_rounds(connection)

    def round(self, identity: str) -> review.Round:
        """The round with this id; raises NotFound."""
        for one in self.rounds():
            if one.id == identity:
                return one
        raise NotFound(_("There is no round {id}. “workbench review rounds” shows all.").format(id=identity))

    def close_round(self, identity: str) -> None:
        """Take no more answers in a round."""
        self.round(identity)
        with self.store.act("round closed", identity) as act:
            records.close_round(act.connection, identity, now())

    def invite(self, round_id: str, reviewer: str, *, days: int | None = None) -> str:
        """Invite somebody into a round, under a code or role, never a name; returns the secret of the personal link.

        It is told once: the store keeps a hash. An earlier link of the same person into the round is withdrawn.
        """
        chosen, reviewer = self.round(round_id), reviewer.strip()
        if not reviewer:
            raise BadInput(_("Say who is invited: a code or a role."))
        self._refuse_identifiers(reviewer)
        until = datetime.now(UTC) + timedelta(days=days or DAYS)
        if chosen.deadline and days is None:
            until = datetime.combine(date.fromisoformat(chosen.deadline), time.max)
        secret, identity = secrets.token_urlsafe(32), new_id()
        with self.store.act("invited", round_id) as act:
            for earlier in records.invitations_of(act.connection, round_id):
                if earlier.reviewer == reviewer and not earlier.withdrawn:
                    records.change_invitation(act.connection, earlier.id, withdrawn=now())
            values = {"round_id": round_id, "reviewer": reviewer, "link": sealed_link(secret)}
            records.add_invitation(act.connection, identity, **values, expires=written(until), created=now())
        return secret

    def withdraw_invitation(self, round_id: str, reviewer: str) -> int:
        """Let somebody's links into a round lead nowhere from now on; returns how many there were."""
        self.round(round_id)
        with self.store.act("invitation withdrawn", round_id) as act:
            mine = [one for one in records.invitations_of(act.connection, round_id) if one.reviewer == reviewer]
            for one in mine:
                records.change_invitation(act.connection, one.id, withdrawn=now())
        return len(mine)

    def looked_at(self, round_id: str) -> list[review.Looked]:
        """What was said of each coding of a round, in the order in which it is worth a talk."""
        self.round(round_id)
        with self.store.read() as connection:
            supporting = {one for statement in coding_records.list_statements(connection) for one in statement.codings}
            return review.in_order(review.looked_at(connection, round_id), supporting)

    def decide(
        self, item: str, outcome: str, *, reason: str = "", present: Sequence[str] = (), decide: Decide = accept_certain
    ) -> str:
        """Settle a coding of a round together: `stands`, `theirs`, `new` or `both`; returns the decision's id.

        `present` are codes or roles. What people said stays as it is beside the decision. Raises VaultLocked, for the
        reason is screened.
        """
        if outcome not in review.OUTCOME_LABELS:
            known = ", ".join(review.OUTCOME_LABELS)
            raise BadInput(_("What was settled is {known}, not {what}.").format(known=known, what=outcome))
        who = [one.strip() for one in present if one.strip()]
        self._refuse_identifiers(*who)
        register, identity = self.register(), new_id()
        with self.store.act("decided", item) as act:
            if item not in {one.id for one in records.items_of(act.connection)}:
                raise NotFound(_("Nothing in a round has the id {id}.").format(id=item))
            values = {"item_id": item, "outcome": outcome, "author": self.store.actor, "created": now()}
            records.add_decision(act.connection, identity, who, **values)
            if reason.strip():
                self._take_review_words(act, register, decide, identity, self.store.actor, reason, now())
        return identity

    def stances(self) -> dict[str, tuple[int, int, int]]:
        """How many agree, differ and wonder by now, over all rounds, by the id of the coding that they looked at."""
        counts: dict[str, tuple[int, int, int]] = {}
        with self.store.read() as connection:
            for made in records.list_rounds(connection):
                for one in review.looked_at(connection, made.id):
                    before = counts.get(one.item.coding_id, (0, 0, 0))
                    new = (one.count("agree"), one.count("differ"), one.count("wonder"))
                    counts[one.item.coding_id] = (before[0] + new[0], before[1] + new[1], before[2] + new[2])
        return counts

    def passage_words(self, text_id: str, start: int, end: int) -> str:
        """The words of `[start, end)` of a text version, in code points."""
        with self.store.read() as connection:
            return material_records.text_of(connection, text_id)[start:end]

    def answers(self, ids: Sequence[str]) -> list[review.Answer]:
        """The answers with these ids, the oldest first."""
        with self.store.read() as connection:
            return records.answers_of(connection, id=list(ids))

    def codings_of_round(self, round_id: str) -> dict[str, coding.Coding]:
        """The codings that are looked at in a round, by id, as they are now."""
        with self.store.read() as connection:
            wanted = [item.coding_id for item in records.items_of(connection, round_id)]
            return {one.id: one for one in coding_records.list_codings(connection, id=wanted)}

    def _take_review_words(
        self, act: Act, register: Register | None, decide: Decide, about: str, author: str, words: str, at: str
    ) -> str | None:  # fmt: skip
        """Screen the words of an answer or a decision and store them; else they wait, sealed also to their writer."""
        if register is None:
            item: dict[str, Any] = {"kind": "review", "about": about, "author": author, "words": words, "written": at}
            content = json.dumps(item, ensure_ascii=False).encode()
            self.vault.seal(f"inbox/{about}-review", content, writer=f"review-{author}")
            return None
        with using_language(self.settings.language):
            screened = screen(words.strip(), register, for_the_user(decide))
        identity = new_id()
        records.add_text(act.connection, identity, about, author, screened.text, at)
        privacy_records.add_screened(act.connection, identity, screened.masks, screened.open)
        return identity
