"""What the researcher's page of co-research may ask."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from workbench.review import INDEPENDENT
from workbench.study import Study
from workbench.study.served import review_address
from workbench.widgets import working
from workbench.widgets.desks import conversation_at
from workbench.widgets.review.package import packed
from workbench.widgets.rounds import reading
from workbench.widgets.rounds.texts import texts

__all__ = ["Conversation"]


class Conversation(working.Conversation[Study]):
    """One page about rounds. What is done is done once: its answer is kept for when it is asked again."""

    changing = frozenset(
        {
            "open_round",
            "invite",
            "seat",
            "package",
            "merge",
            "close_round",
            "decide",
            "pledge",
            "take_part",
            "account",
            "own_words",
        }
    )

    def _on_open(self) -> dict[str, Any]:
        return {
            "texts": texts(),
            "draftKey": self._study.draft_key(),
            "title": self._study.settings.title,
            "study": self._study.settings.id,
            **reading.choices(self._study),
            **self._on_since(-1),
        }

    def _on_since(self, seq: int) -> dict[str, Any]:
        newest = self._study.store.newest.seq
        if newest == seq:
            return {"seq": seq, "open": self._study.vault.is_open}
        return {"seq": newest, "open": self._study.vault.is_open, "rounds": reading.rounds(self._study)}

    def _on_base(self) -> str:
        return review_address(self._study)[0]

    def _on_round(self, round: str) -> list[dict[str, Any]]:
        return reading.dialogue(self._study, round)

    def _on_told_alone(self, round: str) -> list[dict[str, str]]:
        return reading.told_alone(self._study, round)

    def _on_compared(self, round: str) -> dict[str, Any]:
        return reading.compared(self._study, round)

    def _on_take_up(self, edit: str, coding: str) -> str:
        return self._study.take_up(coding, edit=edit)

    def _on_people(self) -> dict[str, Any]:
        return reading.people(self._study)

    def _on_pledge(self, edit: str, code: str, day: str) -> None:
        self._study.pledge(code, day or None)

    def _on_take_part(self, edit: str, code: str, source: str, part: str) -> None:
        self._study.take_part(code, source, part)

    def _on_account(self, edit: str, section: str, words: str) -> None:
        self._study.account(section, words)

    def _on_own_words(self, edit: str, code: str) -> str:
        return reading.told_of(self._study.own_words(code))

    def _on_open_round(
        self, edit: str, title: str, kind: str, over: str, themes: list[str], sources: list[str], informant: str,
        belongs: str, blind: bool, most: str, deadline: str,
    ) -> str:  # fmt: skip
        if kind == INDEPENDENT:
            chosen = sources or [one.id for one in self._study.sources()]
            return self._study.open_round(
                title, sources=chosen, kind=kind, source=belongs or None, most=int(most) if most else None,
                deadline=deadline or None,
            )  # fmt: skip
        check, stated = kind == "member_check", over == "statements"
        return self._study.open_round(
            title,
            [] if check or stated else self._study.codings_to_review(themes, sources),
            statements=[] if check or not stated else reading.statements_in(self._study, themes),
            kind=kind, informant=informant if check else None, source=belongs or None, blind=blind and not stated,
            most=int(most) if most else None, deadline=deadline or None,
        )  # fmt: skip

    def _on_invite(self, edit: str, round: str, reviewer: str, base: str) -> str:
        return f"{base.rstrip('/')}/i/{self._study.invite(round, reviewer)}"

    def _on_seat(self, edit: str, round: str, reviewer: str) -> str:
        return self._study.new_desk(round, reviewer).invitation.id

    def _on_at_desk(self, desk: str, message: dict[str, Any]) -> dict[str, Any]:
        return conversation_at(self._study.desk(desk)).answer(message)

    def _on_package(self, edit: str, round: str, reviewer: str) -> dict[str, str]:
        page, passphrase = packed(self._study, round, reviewer)
        return {"page": page.decode(), "passphrase": passphrase}

    def _on_merge(self, edit: str, content: str) -> dict[str, Any]:
        return asdict(self._study.merge_answers(content.encode()))

    def _on_close_round(self, edit: str, round: str) -> None:
        self._study.close_round(round)

    def _on_decide(
        self, edit: str, item: str, outcome: str, reason: str, present: str, whose: str = "", code: str = ""
    ) -> None:  # fmt: skip
        self._study.decide(item, outcome, reason=reason, present=present.split(","), whose=whose, code=code)

    def _on_cite(self, edit: str, hypothesis: str, other: str) -> str:
        return self._study.cite(hypothesis, other, edit=edit)
