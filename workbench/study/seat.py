"""A co-researcher's place in one round: who it is, how they came there, and what they said of what they were shown."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID, uuid5

from workbench import review
from workbench.errors import Refused
from workbench.locale import _
from workbench.privacy import accept_certain
from workbench.review import records
from workbench.store import now
from workbench.study.reviewing import Reviewing, has_ended, sealed_link

__all__ = ["NOWHERE", "Seat", "bind", "invitation_of_device"]

NOWHERE: dict[str, Any] = {"text_id": None, "start": None, "end": None}


class Seat:
    """One co-researcher in one round. The vault, other rounds and others' answers are not there."""

    def __init__(self, study: Reviewing, invitation: review.Invitation) -> None:
        self._study = study
        self.invitation = invitation
        self.round = study.round(invitation.round_id)
        self.reviewer = invitation.reviewer

    @property
    def framework(self) -> Any:
        """The words of the framework: themes, effects, determinants."""
        return self._study.framework

    @property
    def contact(self) -> str:
        """Whom one can talk to when a passage is hard."""
        return self._study.settings.review_contact

    def holds(self, link: str) -> bool:
        """Say whether this is the link that the place was taken by."""
        return secrets.compare_digest(self.invitation.link, sealed_link(link))

    @property
    def place(self) -> str:
        """A mark of this person in this round, the same however often the person is invited into it anew."""
        return str(uuid5(UUID(self.round.id), self.reviewer))

    def draft_key(self) -> str:
        """A key for what this person's browser keeps until it is sent, the same by a newer link."""
        return self._study.vault.own_key(f"drafts-review-{self.place}")

    def was_done(self, edit: str) -> bool:
        """Say whether an answer with this id is there."""
        with self._study.store.read() as connection:
            return bool(records.answers_of(connection, id=edit))

    def _keep(self, identity: str, words: str, at: str, values: dict[str, Any]) -> None:
        with self._study.store.act("answered", values["item_id"], actor=self.reviewer) as act:
            records.add_answer(act.connection, identity, **values, reviewer=self.reviewer, created=at)
            if words.strip():
                register = self._study._register_if_open()
                self._study._take_review_words(act, register, accept_certain, identity, self.reviewer, words, at)

    @property
    def closed(self) -> bool:
        """Whether the round takes no more answers."""
        return has_ended(self._study.round(self.round.id))

    def _refuse_late(self) -> None:
        if self.closed:
            raise Refused(
                _("The round is closed: it takes no more answers. What you said before is kept. What is not sent can "
                  "be copied, and given to whoever invited you.")
            )  # fmt: skip


def invitation_of_device(study: Reviewing, device: str) -> review.Invitation:
    """Return the invitation of whoever holds a device's secret, which is its id and random; raises Refused."""
    identity, _dot, secret = device.partition(".")
    with study.store.read() as connection:
        found = records.invitation_of(connection, id=identity)
    if found is None or not found.device or not secrets.compare_digest(found.device, sealed_link(secret)):
        raise Refused(_("This device has no place in the round. Open your personal link."))
    _refuse_ended(found)
    return found


def bind(study: Reviewing, link: str) -> str:
    """Tie a personal link to the device that opens it first; returns the device's secret. Raises Refused."""
    with study.store.act("link bound", None) as act:
        found = records.invitation_of(act.connection, link=sealed_link(link))
        if found is None:
            raise Refused(_("This link leads nowhere. Ask whoever sent it for a new one."))
        _refuse_ended(found)
        if found.device:
            raise Refused(_("This link is in use on another device. Ask whoever sent it for a new one."))
        secret = secrets.token_urlsafe(32)
        records.change_invitation(act.connection, found.id, device=sealed_link(secret))
        act.subject = found.round_id
    return f"{found.id}.{secret}"


def _refuse_ended(invitation: review.Invitation) -> None:
    if invitation.withdrawn or invitation.expires < now():
        raise Refused(_("This link is no longer good. Ask whoever sent it for a new one."))
