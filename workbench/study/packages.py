"""Rounds that travel as files: one is packed for somebody, and the answers to it are taken in."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from workbench.errors import BadInput, NotFound
from workbench.locale import _
from workbench.review import packages, records
from workbench.store import new_id, now, written
from workbench.study.coding_desk import CodingDesk
from workbench.study.desk import Desk, desk_at
from workbench.study.reviewing import Reviewing, sealed_link

__all__ = ["Packages", "Taken"]

MOST = 20_000_000  # bytes of a file of answers


@dataclass(frozen=True)
class Taken:
    """What came of a file of answers: whose it is, how many were new, known, and of what is no longer there."""

    reviewer: str
    new: int
    known: int
    gone: int


class Packages(Reviewing):
    """What the researcher does with those who never meet the server."""

    def desk(self, invitation: str) -> Desk | CodingDesk:
        """The desk of an invitation, by its id; raises NotFound."""
        with self.store.read() as connection:
            found = records.invitation_of(connection, id=invitation)
        if found is None or found.withdrawn:
            raise NotFound(_("That place in the round is gone. Invite anew."))
        return desk_at(self, found)

    def new_desk(self, round_id: str, reviewer: str) -> Desk | CodingDesk:
        """A desk for somebody without a link: for a file, or here. Their other files and links stay good."""
        chosen = self.round(round_id)
        who, identity = self._whom_to_invite(chosen, reviewer), new_id()
        with self.store.act("seated", round_id) as act:
            values = {"round_id": round_id, "reviewer": who, "by_link": False}
            values["link"] = sealed_link(secrets.token_urlsafe(32))  # that nobody holds
            records.add_invitation(act.connection, identity, **values, expires=self._until(chosen), created=now())
        return self.desk(identity)

    def seal_package(self, desk: Desk | CodingDesk, content: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        """Seal what a desk shows by a new passphrase; returns what stands in the file, and the passphrase.

        The vault keeps, sealed, what opens the answers, and which readings were shown; it need not be open.
        """
        passphrase, identity = packages.new_passphrase(), desk.invitation.id
        sealed, keys = packages.sealed_package(identity, passphrase, content)
        shown = {} if isinstance(desk, CodingDesk) else {seen.item.id: seen.reading for seen in desk.items()}
        kept = {**asdict(keys), "shown": shown, "made": now()}
        self.vault.seal(f"packages/{identity}", json.dumps(kept, ensure_ascii=False).encode())
        return sealed, passphrase

    def merge_answers(self, content: bytes) -> Taken:
        """Take in a file of answers, any number of times; raises BadInput, NotFound, or VaultLocked.

        It comes by the researcher's hand, so it is taken after the round was closed too. Answers to what was withdrawn
        meanwhile are not.
        """
        if len(content) > MOST:
            raise BadInput(_("This is no file of answers."))
        identity = packages.address(content)
        with self.store.read() as connection:
            invitation = records.invitation_of(connection, id=identity)
        self.vault.require_open()
        if invitation is None or not re.fullmatch(r"[0-9a-f-]{36}", identity):
            raise NotFound(_("These answers belong to no round of this study."))
        if invitation.withdrawn:
            raise NotFound(_("The file that these answers belong to was withdrawn."))
        kept = json.loads(self.vault.open(f"packages/{identity}"))
        keys = packages.Keys(kept["passphrase_key"], kept["private"])
        return self._take(desk_at(self, invitation), packages.opened_answers(content, keys), kept)

    def _take(self, desk: Desk | CodingDesk, answers: list[dict[str, Any]], kept: Mapping[str, Any]) -> Taken:
        counts, broken = {"new": 0, "known": 0, "gone": 0}, False
        for one in answers:
            try:
                claimed = _since(kept["made"], str(one["at"]))
                at = min(claimed, now())
                if isinstance(desk, CodingDesk):
                    came = desk.take(one, at=at, claimed=claimed)
                else:
                    came = desk.take(one, seen=kept["shown"][one["item"]], at=at, marked=_marked(one))
                counts[came] += 1
            except (KeyError, TypeError, ValueError, AttributeError, BadInput):
                broken = True
        if broken:
            raise BadInput(_("The file holds an answer that can't be read. The others were taken."))
        return Taken(desk.reviewer, **counts)


def _since(made: str, at: str) -> str:
    """When something was said, by the clock of a stranger's machine: after the file was made, if that can be true."""
    try:
        return max(made, written(datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(UTC)))
    except ValueError:
        return made


def _marked(one: Mapping[str, Any]) -> tuple[int, str] | None:
    """The other words that an answer marked, with their offset."""
    marked = one.get("marked")
    return (int(marked["start"]), str(marked["words"])) if marked and str(marked["words"]).strip() else None
