"""The logbook: entries, what was worded anew, afterthoughts, and questions to go back with."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from workbench.errors import BadInput, NotFound, Unsure
from workbench.journal import records
from workbench.journal.records import Entry, FollowUp, Outline, Passage, Wording
from workbench.locale import _, format_date, sort_key, using_language
from workbench.privacy import Decide, Register, accept_certain, screen
from workbench.privacy import records as privacy_records
from workbench.store import Act, new_id, now, written
from workbench.study.base import Base, checked_day, for_the_user

__all__ = ["Logbook"]

OBSERVERS = ("open", "hidden")
FIRST_YEAR, LAST_YEAR = 1900, 2199
WAITED = timedelta(days=30)  # for how long a page may have been without contact
AHEAD = timedelta(minutes=10)  # how far a clock may be ahead
BACK = timedelta(days=365)
PORTION = 100  # entries brought in at once


class Logbook(Base):
    """What the researcher does in the field, and after."""

    def log_settings(self) -> tuple[str, ...]:
        """The situations that entries are of: study.toml's `log_settings`, else the usual ones."""
        with using_language(self.settings.language):
            return self.settings.log_settings or (
                _("responsibility group"), _("collaboration meeting"), _("PRIO meeting"), _("conference"), _("course"),
                _("conversation with a co-researcher"), _("other"),
            )  # fmt: skip

    def log(
        self,
        observation: str = "",
        reflection: str = "",
        *,
        happened: str | datetime | None = None,
        setting: str = "",
        place: str = "",
        present: Sequence[str] = (),
        role: str = "",
        observer: str = "open",
        sure: bool = False,
        finished: str | None = None,
        id: str | None = None,
        decide: Decide = accept_certain,
    ) -> str | None:
        """Log what was observed and what was thought, apart; returns the entry's id, None while it waits in the inbox.

        `happened` is local time unless it says its zone (None: now). One in the future, or more than a year back, is
        refused unless `sure`. `finished` is when it was written, where it comes from a page that had no contact then
        (None: now). What is sent again under the same `id` is logged once; where its words are other ones (a
        draft that two devices went on with), they stand beside the first.
        """
        if not observation.strip() and not reflection.strip():
            raise BadInput(_("An entry needs words: what you saw and heard, or what you thought and felt."))
        if observer not in OBSERVERS:
            raise BadInput(_("An observer is open or hidden, not {what}.").format(what=observer))
        when = _moment(happened)
        if not sure:
            _refuse_unlikely(when)
        identity = checked_id(id or new_id())
        item = {
            "kind": "entry", "id": identity, "happened": when.astimezone(UTC).isoformat(timespec="seconds"),
            "offset": _minutes(when), "logged": _written_at(finished), "setting": setting.strip(),
            "place": place.strip(), "role": role.strip(), "observer": observer, "author": self.store.actor,
            "present": [name.strip() for name in present if name.strip()],
            "words": {"observation": observation, "reflection": reflection},
        }  # fmt: skip
        waits = any(one["id"] == identity for one in self.waiting_log())
        if waits or self._is_logged(identity):
            return self._log_again(item, decide, waits)
        return self._write(item, identity, decide)

    def logged_among(self, ids: Sequence[str]) -> list[str]:
        """Those of these ids under which something is logged, or waits to be screened."""
        waiting = {str(one["id"]) for one in self.waiting_log()}
        return [one for one in ids if one in waiting or self._is_logged(one)]

    def _is_logged(self, identity: str) -> bool:
        with self.store.read() as connection:
            return records.is_there(connection, identity)

    def _log_again(self, item: dict[str, Any], decide: Decide, waits: bool) -> str | None:
        """Log what another device finished of the same draft: its words stand beside those that are there."""
        identity = uuid5(NAMESPACE_OID, json.dumps([item["id"], item["words"]], sort_keys=True))
        again = {
            "kind": "again", "id": str(identity), "entry": item["id"], "words": item["words"],
            "author": item["author"], "written": item["logged"],
        }  # fmt: skip
        made = self._write(again, item["id"], decide, waits)
        return None if made is None else str(item["id"])

    def word_anew(
        self, passage: str, words: str, *, after: Sequence[str] | None = None, id: str | None = None,
        decide: Decide = accept_certain,
    ) -> str | None:  # fmt: skip
        """Word a passage anew: its earlier wordings are kept. Returns the wording's id, None while it waits.

        `after` are the wordings that the writer saw (None: those that stand now). A wording that the writer did not see
        goes on standing beside the new one.
        """
        found = self._passage_with(passage)
        seen = [one.id for one in found.standing] if after is None else list(after)
        if unknown := set(seen) - {one.id for one in found.wordings}:
            raise NotFound(_("The passage has no wording {id}.").format(id=sorted(unknown)[0]))
        item = {"kind": "wording", "passage": passage, "after": seen, "words": words}
        return self._write_in(found.entry_id, item, id, decide)

    def add_afterthought(
        self, entry: str, words: str, *, id: str | None = None, decide: Decide = accept_certain
    ) -> str | None:
        """Add what came to mind later, with its own date; returns the passage's id, None while it waits."""
        return self._write_in(entry, {"kind": "passage", "part": "afterthought", "words": words}, id, decide)

    def ask_back(
        self, entry: str, question: str, *, whom: str = "", due: str | None = None, id: str | None = None,
        decide: Decide = accept_certain,
    ) -> str | None:  # fmt: skip
        """Note what to go back and ask: whom, until when (a date). Returns the passage's id, None while it waits."""
        item = {
            "kind": "passage",
            "part": "question",
            "words": question,
            "whom": whom,
            "due": checked_day(due, date.today()) if due else None,
        }
        return self._write_in(entry, item, id, decide)

    def answer_back(
        self, question: str, outcome: str, *, id: str | None = None, decide: Decide = accept_certain
    ) -> str | None:
        """Note what came of a question, which is settled by it; returns the passage's id, None while it waits."""
        found = self._passage_with(question)
        if found.part != "question":
            raise BadInput(_("That is no question to go back with."))
        item = {"kind": "passage", "part": "outcome", "words": outcome, "about": question}
        return self._write_in(found.entry_id, item, id, decide)

    def log_entry(self, identity: str) -> Entry:
        """The entry with this id, or that a passage of this id belongs to; raises NotFound."""
        with self.store.read() as connection:
            entry = records.entry_of(connection, identity)
            found = records.list_entries(connection, ids=[entry]) if entry else []
        if not found:
            raise NotFound(_("The log has nothing with the id {id}.").format(id=identity))
        return found[0]

    def log_entries(
        self, *, ids: Sequence[str] | None = None, setting: str | None = None, words: str = "",
        unreflected: bool = False, reflected: bool = False, slower: timedelta | None = None, day: str = "",
        before: tuple[str, str] | None = None, limit: int | None = None,
    ) -> list[Entry]:  # fmt: skip
        """Entries, the newest happening first; `before` is happening and id of the last one seen.

        `words` must stand in what they say now or said before; `setting` is empty for entries that name none.
        `unreflected`: only what nothing was thought about yet, `reflected`: only what something was.
        `slower`: only what was written so long after the happening, or later. `day` is the beginning of an ISO date,
        so that a year or a month is one too.
        """
        where = {} if setting is None else {"setting": setting}
        if unreflected or reflected or slower is not None or day:
            ids = [
                one.id
                for one in self.log_outline()
                if not (unreflected and one.reflected)
                and (one.reflected or not reflected)
                and (slower is None or one.delay >= slower)
                and one.local.isoformat().startswith(day)
                and (ids is None or one.id in ids)
            ]
        with self.store.read() as connection:
            return records.list_entries(
                connection, ids=ids, before=before, limit=limit, words=words.split(), **where
            )  # fmt: skip

    def log_outline(self) -> list[Outline]:
        """Every entry without its words, the oldest happening first."""
        with self.store.read() as connection:
            return records.outline(connection)

    def settings_used(self) -> list[str]:
        """The kinds of situation that entries are of, in the order of the alphabet."""
        with self.store.read() as connection:
            return sorted(records.settings_used(connection), key=sort_key)

    def places_used(self) -> dict[str, str]:
        """Where one was last, by the kind of situation."""
        with self.store.read() as connection:
            return records.places_used(connection)

    def notice(self, words: str) -> list[tuple[str, str]]:
        """What would be masked in words being written, each with what would stand for it; nothing while locked."""
        register = self._register_if_open()
        if register is None:
            return []
        with using_language(self.settings.language):
            masks = screen(words, register).masks
        return list(dict.fromkeys((words[one.raw_start : one.raw_end], one.replacement) for one in masks))

    def follow_ups(self) -> list[FollowUp]:
        """The questions to go back with, those due first first."""
        with self.store.read() as connection:
            return records.follow_ups_of(connection)

    def waiting_log(self) -> list[dict[str, Any]]:
        """What this person logged while the vault was locked and that waits to be screened, as it was written."""
        found = []
        for name in self.vault.names("inbox"):
            opened = self.vault.open_as(self.store.actor, name)
            if opened is not None:
                found.append(json.loads(opened))
        return found

    def keep_log_draft(self, draft: str, item: dict[str, Any]) -> None:
        """Keep what is being written, sealed to the vault and to its writer; it is nowhere in the store.

        What was logged meanwhile, by another device or before this was heard, is no draft any more.
        """
        if self._is_logged(checked_id(draft)) or any(one["id"] == draft for one in self.waiting_log()):
            return
        content = json.dumps(item, ensure_ascii=False).encode()
        self.vault.seal(f"drafts/{checked_id(draft)}", content, writer=self.store.actor)

    def log_drafts(self) -> dict[str, dict[str, Any]]:
        """What this person is writing, on any device, by the draft's id."""
        found = {}
        for name in self.vault.names("drafts"):
            opened = self.vault.open_as(self.store.actor, name)
            if opened is not None:
                found[name.removeprefix("drafts/")] = json.loads(opened)
        return found

    def drop_log_draft(self, draft: str) -> None:
        """Let a draft go: its words are in the log, or were thrown away."""
        self.vault.discard(f"drafts/{checked_id(draft)}")

    def _passage_with(self, identity: str) -> Passage:
        for passage in self.log_entry(identity).passages:
            if passage.id == identity:
                return passage
        raise NotFound(_("The log has nothing with the id {id}.").format(id=identity))

    def _write_in(self, entry: str, item: dict[str, Any], identity: str | None, decide: Decide) -> str | None:
        if not str(item["words"]).strip():
            raise BadInput(_("Write some words first."))
        made = checked_id(identity or new_id())
        waiting = {str(one["id"]): one for one in self.waiting_log()}
        waits = entry in waiting
        within = entry if waits else self.log_entry(entry).id
        item = {**item, "id": made, "entry": within, "author": self.store.actor, "written": now()}
        if made in waiting:
            if str(waiting[made].get("words")) == item["words"]:
                return None
            item = self._as_other_wording(item)
            waits = True
        elif self._is_logged(made) and not self._says(made, item["words"]):
            item = self._as_other_wording(item)
        return self._write(item, within, decide, waits)

    def _as_other_wording(self, item: dict[str, Any]) -> dict[str, Any]:
        """What another device finished of the same draft, as a wording that stands beside the first."""
        passage = item.get("passage", item["id"])
        identity = uuid5(NAMESPACE_OID, json.dumps([item["id"], item["words"]]))
        kept = {key: item[key] for key in ("entry", "author", "written", "words")}
        return {**kept, "kind": "wording", "id": str(identity), "passage": passage, "after": item.get("after", [])}

    def _says(self, identity: str, words: str) -> bool:
        """Whether a passage or wording of this id has these words, as they are when masked."""
        register = self._register_if_open()
        with using_language(self.settings.language):
            masked = screen(words, register).text if register else words
        return any(
            masked == one.text
            for passage in self.log_entry(identity).passages for one in passage.wordings
            if identity in (passage.id, one.id)
        )  # fmt: skip

    def _write(self, item: dict[str, Any], subject: str, decide: Decide, waits: bool = False) -> str | None:
        """Screen and store an item; where the vault is locked it waits, sealed to the vault and to its writer.

        So it does where what it belongs to `waits`.
        """
        if self._is_logged(item["id"]):
            return str(item["id"])
        with self.store.act("logged", subject) as act:
            register = None if waits else self._register_if_open()
            if register is None:
                content = json.dumps(item, ensure_ascii=False).encode()
                self.vault.seal(f"inbox/{item['id']}-log", content, writer=self.store.actor)
                return None
            return self._take_log(act, register, decide, item)

    def _write_all(
        self, items: Sequence[dict[str, Any]], decide: Decide, progress: Callable[[int, int], None]
    ) -> None:  # fmt: skip
        """Write many entries, a portion in each act: whoever writes meanwhile has not long to wait."""
        register = self._register_if_open()
        for start in range(0, len(items), PORTION):
            portion = items[start : start + PORTION]
            if register is None:
                for item in portion:
                    self._write(item, item["id"], decide)
            else:
                with self.store.act("logged", None, entries=len(portion)) as act:
                    for item in portion:
                        self._take_log(act, register, decide, item)
            progress(start + len(portion), len(items))

    def _take_log(self, act: Act, register: Register, decide: Decide, item: dict[str, Any]) -> str:
        """Screen an item of the log and store it; returns its id."""
        connection, identity = act.connection, str(item["id"])
        if records.is_there(connection, identity):
            return identity
        if item["kind"] == "entry":
            keys = ("id", "happened", "offset", "logged", "setting", "place", "role", "observer", "author")
            values = {key: item[key] for key in keys}
            values |= {key: self._short(register, item[key]) for key in ("setting", "place", "role")}
            values["origin"] = item.get("origin", "")
            records.add_entry(connection, values, [(new_id(), self._short(register, who)) for who in item["present"]])
            for part, words in item["words"].items():
                if words.strip():
                    passage = {"id": new_id(), "entry_id": identity, "part": part, "author": item["author"]}
                    records.add_passage(connection, {**passage, "created": item["logged"]})
                    self._word(act, register, decide, passage["id"], new_id(), words, item["author"], item["logged"])
            return identity
        if item["kind"] == "again":
            self._take_again(act, register, decide, item)
            return identity
        passage_id = item.get("passage", identity)
        if item["kind"] == "passage":
            values = {"id": identity, "entry_id": item["entry"], "part": item["part"], "author": item["author"]}
            records.add_passage(connection, {**values, "about_id": item.get("about"), "created": item["written"]})
            if item["part"] == "question":
                records.add_follow_up(connection, identity, self._short(register, item["whom"]), item["due"])
            if item["part"] == "outcome":
                records.settle(connection, item["about"], item["written"])
        wording = identity if item["kind"] == "wording" else new_id()
        self._word(
            act, register, decide, passage_id, wording, item["words"], item["author"], item["written"],
            tuple(item.get("after", ())),
        )  # fmt: skip
        return identity

    def _take_again(self, act: Act, register: Register, decide: Decide, item: dict[str, Any]) -> None:
        """Let each part's words stand beside what the entry says there, unless it says or said the same."""
        entry, author, written = str(item["entry"]), item["author"], item["written"]
        passages = {p.part: p for one in records.list_entries(act.connection, ids=[entry]) for p in one.passages}
        for part, words in item["words"].items():
            there = passages.get(part)
            with using_language(self.settings.language):
                said = there is not None and screen(words, register).text in [one.text for one in there.wordings]
            if said or not words.strip() or not passages:
                continue
            passage = there.id if there else new_id()
            if not there:
                values = {"id": passage, "entry_id": entry, "part": part, "author": author}
                records.add_passage(act.connection, {**values, "created": written})
            self._word(act, register, decide, passage, new_id(), words, author, written)

    def _word(
        self, act: Act, register: Register, decide: Decide, passage: str, identity: str, words: str, author: str,
        written: str, after: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        with using_language(self.settings.language):
            screened = screen(words, register, for_the_user(decide))
        records.add_wording(act.connection, passage, Wording(identity, screened.text, author, written, after))
        privacy_records.add_screened(act.connection, identity, screened.masks, screened.open)

    def _short(self, register: Register, words: str) -> str:
        """What is short and meant as a name of something: what is certain in it is masked."""
        with using_language(self.settings.language):
            return screen(words, register).text


def checked_id(identity: str) -> str:
    """An id that a page gives names a file in the vault's folder: it could otherwise name any."""
    if not re.fullmatch(r"[0-9a-f-]{36}", identity):
        raise BadInput(_("{id} can't be an id.").format(id=identity))
    return identity


def _moment(given: str | datetime | None) -> datetime:
    """Return a moment with its zone; raises BadInput for what is no time, of no year of ours, or never was."""
    if given is None:
        return datetime.now().astimezone()
    if isinstance(given, str):
        try:
            given = datetime.fromisoformat(given.strip())
        except ValueError as error:
            raise BadInput(
                _("{when} is no time. Write it as 2026-05-01 14:30.").format(when=given)
            ) from error  # fmt: skip
    told = given.replace(tzinfo=None).isoformat(" ", "minutes")
    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise BadInput(_("{when} is no time. Write it as 2026-05-01 14:30.").format(when=told))
    if given.tzinfo:
        return given
    local = given.astimezone()
    if local.astimezone(UTC).astimezone().replace(tzinfo=None) != given:
        raise BadInput(
            _("{when} was left out when the clocks went forward. Choose another time.").format(when=f"{given:%H:%M}")
        )
    return local


def _written_at(finished: str | None) -> str:
    """When an entry was written, by a page's clock: not ahead of now, and not longer ago than a page waits."""
    if finished is None:
        return now()
    try:
        at = datetime.fromisoformat(finished).astimezone(UTC)
    except ValueError as error:
        raise BadInput(_("{when} is no time. Write it as 2026-05-01 14:30.").format(when=finished)) from error
    return written(at) if datetime.now(UTC) - WAITED < at < datetime.now(UTC) else now()


def _minutes(when: datetime) -> int:
    ahead = when.utcoffset()
    return int(ahead.total_seconds() // 60) if ahead else 0


def _refuse_unlikely(when: datetime) -> None:
    today = datetime.now(UTC)
    if when > today + AHEAD:
        raise Unsure(
            _("{date} lies in the future. Correct it, or say that you are sure.").format(date=format_date(when))
        )
    if when < today - BACK:
        raise Unsure(
            _("{date} is more than a year ago. Correct it, or say that you are sure.").format(date=format_date(when))
        )
