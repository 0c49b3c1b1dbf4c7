"""Co-research as the researcher sees it: rounds, invitations, what was said, and what was settled."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from workbench import coding, review
from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound
from workbench.locale import _, using_language
from workbench.material import records as material_records
from workbench.privacy import Decide, Register, Screened, accept_certain, screen
from workbench.privacy import records as privacy_records
from workbench.review import records
from workbench.safeguards import excerpts
from workbench.store import Act, new_id, now, written
from workbench.store.records import Connection, put_memo
from workbench.study.base import checked_day, for_the_user
from workbench.study.codebook import Codebook
from workbench.study.coding import Coding

__all__ = ["Reviewing", "has_ended", "sealed_link"]

DAYS = 30  # that a link is good for, where no deadline says otherwise


def sealed_link(secret: str) -> str:
    """Return what the store keeps of a secret that only one person or device holds."""
    return hashlib.sha256(secret.encode()).hexdigest()


def has_ended(made: review.Round) -> bool:
    """Say whether a round takes no more answers: somebody closed it, or its last day has been."""
    return bool(made.closed or (made.deadline and made.deadline < date.today().isoformat()))


def _coded(one: coding.Coding) -> dict[str, str]:
    return {**review.reading_of(one), "code": one.code or ""}


class Reviewing(Coding, Codebook):
    """What the researcher does with others about her readings."""

    def open_round(
        self, title: str, codings: Sequence[str] = (), *, statements: Sequence[str] = (), sources: Sequence[str] = (),
        kind: str = "review", informant: str | None = None, source: str | None = None, blind: bool = False,
        most: int | None = None, hard: Sequence[str] = (), deadline: str | None = None,
    ) -> str:  # fmt: skip
        """Open a round over codings and statements given by id, `most` of them at most; returns its id.

        Only what co-researchers may read goes in. An `independent` round is over `sources`, which people code by
        themselves. A `member_check` is over the words of one `informant`, given by code, whom it is for. `source` is
        the conversation that the round belongs to. `hard` codings, and sources, carry a note before they are shown,
        with the contact that study.toml names. Raises BadInput where nothing is left to look at.
        """
        until = self._last_day(deadline)
        self._refuse_wrong_kind(kind, informant, statements, blind, sources)
        to_code = [self.source(one).id for one in sources]
        hard = [*hard, *(one.id for one in self.sources() if one.name in hard)]
        self._refuse_identifiers(title)
        whom = self._takes_part(informant).id if informant else None
        belongs = self.source(source).id if source else None
        with self.store.read() as connection:
            if whom:
                chosen = [("coding", one.id) for one in excerpts.own_words(connection, whom)]
            elif kind == review.INDEPENDENT:
                chosen = [("source", one) for one in excerpts.readable_sources(connection, to_code)]
            else:
                chosen = self._readable(connection, codings) + self._supported(connection, statements)
        if not chosen:
            raise BadInput(
                _("Nothing is left to look at: co-researchers may read no words of these. Their informants' consent "
                  "needs the scope co_researchers.")
            )  # fmt: skip
        identity = new_id()
        with self.store.act("round opened", identity, items=len(chosen[:most])) as act:
            blind = blind or kind == review.INDEPENDENT
            values = {"title": title.strip() or _(review.KIND_LABELS[kind]), "blind": blind, "deadline": until}
            whose = {"kind": kind, "source_id": belongs, "informant": whom}
            records.add_round(act.connection, identity, **values, **whose, created=now())
            for position, (about, subject) in enumerate(chosen[:most], start=1):
                values = {"round_id": identity, "position": position, "hard": subject in hard}
                records.add_item(act.connection, new_id(), **values, about=about, subject=subject)
        return identity

    def _last_day(self, deadline: str | None) -> str | None:
        until = checked_day(deadline, date.today()) if deadline else None
        if until and until < date.today().isoformat():
            raise BadInput(_("{day} has been. Choose a day to come.").format(day=until))
        return until

    def _refuse_wrong_kind(
        self, kind: str, informant: str | None, statements: Sequence[str], blind: bool, sources: Sequence[str]
    ) -> None:  # fmt: skip
        if kind not in review.KIND_LABELS:
            known = ", ".join(review.KIND_LABELS)
            raise BadInput(_("A round is one of {known}, not {kind}.").format(known=known, kind=kind))
        if (kind == "member_check") != bool(informant):
            raise BadInput(_("A check of own quotes is for one informant: say whose, and for no other kind of round."))
        if (kind == review.INDEPENDENT) != bool(sources):
            raise BadInput(_("Independent coding is over sources: say which, and for no other kind of round."))
        if blind and statements:
            raise BadInput(_("A statement is a reading already: a round over statements can't be blind."))

    def _readable(self, connection: Connection, codings: Sequence[str]) -> list[tuple[str, str]]:
        known = {one.id: one for one in coding_records.list_codings(connection, id=list(codings))}
        if unknown := [one for one in codings if one not in known]:
            raise NotFound(_("There is no coding {id}.").format(id=unknown[0]))
        wanted = [known[one] for one in dict.fromkeys(codings)]
        return [("coding", one.id) for one in excerpts.readable(connection, wanted)]

    def _supported(self, connection: Connection, statements: Sequence[str]) -> list[tuple[str, str]]:
        """Statements of which something that they rest on may be read."""
        known = {one.id: one for one in coding_records.list_statements(connection)}
        if unknown := [one for one in statements if one not in known]:
            raise NotFound(_("There is no statement {id}.").format(id=unknown[0]))
        rests = {one: coding_records.list_codings(connection, id=list(known[one].codings)) for one in statements}
        return [("statement", one) for one in dict.fromkeys(statements) if excerpts.readable(connection, rests[one])]

    def codings_to_review(self, themes: Sequence[str], sources: Sequence[str]) -> list[str]:
        """The ids of the codings of these themes in these sources, in the order of the text; none named means all."""
        wanted = {self.framework.theme(one).id for one in themes}
        within = {self.source(one).id for one in sources}
        with self.store.read() as connection:
            return [
                one.id for one in coding_records.list_codings(connection)
                if (not wanted or one.theme in wanted) and (not within or one.source_id in within)
            ]  # fmt: skip

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
        chosen = self.round(round_id)
        if has_ended(chosen):
            raise BadInput(_("The round is closed: a link into it would take no answers. Open another."))
        reviewer, until = self._whom_to_invite(chosen, reviewer), self._until(chosen, days)
        secret, identity = secrets.token_urlsafe(32), new_id()
        with self.store.act("invited", round_id) as act:
            for earlier in records.invitations_of(act.connection, round_id):
                if earlier.reviewer == reviewer and earlier.by_link and not earlier.withdrawn:
                    records.change_invitation(act.connection, earlier.id, withdrawn=now())
            values = {"round_id": round_id, "reviewer": reviewer, "link": sealed_link(secret), "by_link": True}
            records.add_invitation(act.connection, identity, **values, expires=until, created=now())
        return secret

    def _whom_to_invite(self, chosen: review.Round, reviewer: str) -> str:
        reviewer = reviewer.strip()
        if not reviewer:
            raise BadInput(_("Say who is invited: a code or a role."))
        self._refuse_identifiers(reviewer)
        if chosen.kind == review.INDEPENDENT and reviewer == self.store.actor:
            raise BadInput(_("Who codes independently has a code of their own: “{who}” is you.").format(who=reviewer))
        if chosen.informant and reviewer not in {p.code for p in self.informants() if p.id == chosen.informant}:
            raise BadInput(_("A check of own quotes is for the one whose words they are: nobody else is invited."))
        return reviewer

    def _until(self, chosen: review.Round, days: int | None = None) -> str:
        """Until when somebody has a place in a round: its last day, unless so many days are said."""
        if chosen.deadline and days is None:
            return written(datetime.combine(date.fromisoformat(chosen.deadline), time.max))
        return written(datetime.now(UTC) + timedelta(days=days or DAYS))

    def withdraw_invitation(self, round_id: str, reviewer: str) -> int:
        """End somebody's ways into a round, links and files alike; returns how many there were."""
        self.round(round_id)
        with self.store.act("invitation withdrawn", round_id) as act:
            mine = [one for one in records.invitations_of(act.connection, round_id) if one.reviewer == reviewer]
            for one in mine:
                records.change_invitation(act.connection, one.id, withdrawn=now())
        return len(mine)

    def looked_at(self, round_id: str) -> list[review.Looked]:
        """What was said of each thing of a round, in the order in which it is worth a talk."""
        self.round(round_id)
        with self.store.read() as connection:
            stated = coding_records.list_statements(connection)
            in_matrix = {one.id for one in stated}.union(*(one.codings for one in stated))
            return review.in_order(review.looked_at(connection, round_id), in_matrix)

    def decide(
        self, item: str, outcome: str, *, reason: str = "", present: Sequence[str] = (), whose: str = "",
        code: str = "", decide: Decide = accept_certain,
    ) -> str:  # fmt: skip
        """Settle something of a round together: `stands`, `theirs`, `new` or `both`; returns the decision's id.

        `theirs` gives a coding the reading of `whose`, by code (needless where one person reads it otherwise); `new`
        gives it the `code` of that name, which is made where there is none. `present` are codes or roles. What people
        said stays as it is beside the decision. Raises VaultLocked, for the reason is screened.
        """
        if outcome not in review.OUTCOME_LABELS:
            known = ", ".join(review.OUTCOME_LABELS)
            raise BadInput(_("What was settled is {known}, not {what}.").format(known=known, what=outcome))
        who = [one.strip() for one in present if one.strip()]
        if not reason.strip() or not who:
            raise BadInput(_("Say why it was settled so, and who was there: those who read it otherwise can ask."))
        self._refuse_identifiers(*who)
        register, identity = self.register(), new_id()
        before, after = self._changed_by(item, outcome, whose, code.strip())
        with self.store.act("decided", item) as act:
            values = {"item_id": item, "outcome": outcome, "author": self.store.actor, "created": now()}
            records.add_decision(act.connection, identity, who, **values, before=before, after=after)
            self._take_review_words(act, register, decide, identity, self.store.actor, reason, now())
        return identity

    def _changed_by(
        self, item: str, outcome: str, whose: str, code: str
    ) -> tuple[dict[str, str], dict[str, str]] | tuple[None, None]:
        """Change a coding as was settled; returns its reading before and after, none where nothing was changed."""
        with self.store.read() as connection:
            found = next((one for one in records.items_of(connection) if one.id == item), None)
            if found is None:
                raise NotFound(_("Nothing in a round has the id {id}.").format(id=item))
            known = coding_records.list_codings(connection, id=found.subject)
            looked = next(one for one in review.looked_at(connection, found.round_id) if one.item.id == item)
        if outcome == "theirs" and not looked.count("differ"):
            raise BadInput(_("Nobody reads it otherwise: there is no other reading to take."))
        values: dict[str, str] = {}
        if known and outcome == "new" and code:
            values = {"code_id": self._code_called(code, known[0].theme)}
        elif known and outcome == "theirs":
            values = self._reading_of(looked, whose)
        if not values:
            return None, None
        return _coded(known[0]), _coded(self.change_coding(known[0].id, **values))

    def _code_called(self, name: str, theme: str) -> str:
        """The id of the code of this name, which is made under the theme where there is none."""
        there = next((one.id for one in self.codebook() if one.name.casefold() == name.casefold()), None)
        return there or self.add_code(theme=theme, name=name)

    def _reading_of(self, looked: review.Looked, whose: str) -> dict[str, str]:
        """The reading of one who sees it differently; empty where nobody gave another one."""
        others = {one.reviewer: one.reading for one in looked.standing if one.stance == "differ" and one.reading}
        if whose not in others and len({tuple(sorted(one.items())) for one in others.values()}) > 1:
            known = ", ".join(others)
            raise BadInput(_("Say whose reading it is to be. Another reading is that of: {known}.").format(known=known))
        return dict(others.get(whose) or next(iter(others.values()), {}))

    def stances(self) -> dict[str, tuple[int, int, int]]:
        """How many agree, differ and wonder by now, over all rounds, by the id of what they looked at."""
        counts: dict[str, tuple[int, int, int]] = {}
        with self.store.read() as connection:
            for _made, looked in review.rounds_together(connection):
                for one in looked:
                    before = counts.get(one.item.subject, (0, 0, 0))
                    new = (one.count("agree"), one.count("differ"), one.count("wonder"))
                    counts[one.item.subject] = (before[0] + new[0], before[1] + new[1], before[2] + new[2])
        return counts

    def settled_about(self, names: Collection[str]) -> list[tuple[review.Round, review.Decision]]:
        """What was settled in rounds that gave a coding a code called so, or took it from one; the oldest first."""
        with self.store.read() as connection:
            together = review.rounds_together(connection)
        settled = [(made, one.decision) for made, looked in together for one in looked if one.decision]
        found = [
            (made, one) for made, one in settled
            if {*names}.intersection((change or {}).get("code") for change in (one.before, one.after))
        ]  # fmt: skip
        return sorted(found, key=lambda pair: pair[1].created)

    def passage_words(self, text_id: str, start: int, end: int) -> str:
        """The words of `[start, end)` of a text version, in code points."""
        with self.store.read() as connection:
            return material_records.text_of(connection, text_id)[start:end]

    def answers(self, ids: Sequence[str]) -> list[review.Answer]:
        """The answers with these ids, the oldest first."""
        with self.store.read() as connection:
            return records.answers_of(connection, id=list(ids))

    def subjects_of_round(self, round_id: str) -> dict[str, coding.Coding | coding.Statement]:
        """The codings and statements that are looked at in a round, by id, as they are now."""
        with self.store.read() as connection:
            wanted = [item.subject for item in records.items_of(connection, round_id)]
            codings = {one.id: one for one in coding_records.list_codings(connection, id=wanted)}
            stated = {one.id: one for one in coding_records.list_statements(connection) if one.id in wanted}
            return {**codings, **stated}

    def _take_review_words(
        self, act: Act, register: Register | None, decide: Decide, about: str, author: str, words: str, at: str
    ) -> str | None:  # fmt: skip
        """Screen the words of an answer or a decision and store them; while the vault is locked they wait, sealed."""
        if register is None:
            item: dict[str, Any] = {"kind": "review", "about": about, "author": author, "words": words, "written": at}
            content = json.dumps(item, ensure_ascii=False).encode()
            self.vault.seal(f"inbox/{about}-review", content)
            return None
        with using_language(self.settings.language):
            screened = screen(words.strip(), register, for_the_user(decide))
        identity = new_id()
        records.add_text(act.connection, identity, about, author, screened.text, at)
        privacy_records.add_screened(act.connection, identity, screened.masks, screened.open)
        for wondering in records.answers_of(act.connection, id=about, stance="wonder"):
            self._keep_as_memo(act, wondering, screened)
        return identity

    def _keep_as_memo(self, act: Act, wondering: review.Answer, screened: Screened) -> None:
        """What somebody wonders about is a memo on what they looked at."""
        (item,) = (one for one in records.items_of(act.connection) if one.id == wondering.item_id)
        memo = put_memo(act, item.subject, screened.text, wondering.reviewer)
        privacy_records.add_screened(act.connection, memo, screened.masks, screened.open)
