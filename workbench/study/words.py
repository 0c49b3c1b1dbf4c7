"""Words that come in by themselves: memos, what waits in the inbox, findings that wait for a person."""

from __future__ import annotations

from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound
from workbench.journal import records as journal_records
from workbench.locale import _, using_language
from workbench.material import records as material_records
from workbench.privacy import (
    Decide,
    accept_certain,
)
from workbench.reflection import records as reflection_records
from workbench.review import records as review_records
from workbench.safeguards import masking
from workbench.store import records as store_records
from workbench.study.logbook import Logbook
from workbench.study.reviewing import Reviewing

__all__ = ["Words"]

ID = 36  # characters of an id; a theme has a name of its own instead


def _written(waiting: tuple[str, dict[str, object]]) -> str:
    _name, item = waiting
    return str(item.get("logged", item.get("written", "")))


class Words(Logbook, Reviewing):
    """What the researcher does about words that wait."""

    def screen_inbox(self, decide: Decide = accept_certain) -> int:
        """Screen and store what waits in the inbox; returns how many. Raises VaultLocked.

        What waited is stored under the edit it was written in, so that the page that wrote it, and a second go after a
        crash, find it there.
        """
        register, done = self.register(), 0
        # What was added to an entry that waited comes after it.
        for name, item in sorted(
            self.vault.inbox(), key=lambda pair: str(pair[1].get("logged", pair[1].get("written", "")))
        ):
            values = dict(item)
            if item["kind"] == "review":
                with self.store.act("inbox screened", None) as act:
                    about, author, words, at = (str(item[key]) for key in ("about", "author", "words", "written"))
                    if review_records.answers_of(act.connection, id=about):  # it may have gone with its coding
                        self._take_review_words(act, register, decide, about, author, words, at)
                self.vault.discard(name)
                done += 1
                continue
            if item["kind"] == "name":
                with self.store.act("inbox screened", None) as act, using_language(self.settings.language):
                    called = self._short(register, str(item["name"]))
                    journal_records.call_attachment(act.connection, str(item["attachment"]), called)
                self.vault.discard(name)
                done += 1
                continue
            if name.endswith("-log"):
                with self.store.act("inbox screened", str(item.get("entry", item["id"]))) as act:
                    self._take_log(act, register, decide, values)
                self.vault.discard(name)
                done += 1
                continue
            edit = values.pop("edit", None)
            with self.store.act("inbox screened", edit=str(edit) if edit else None) as act:
                kind, about, words = (str(values.pop(key)) for key in ("kind", "about", "words"))
                act.subject = self._take_words(act, register, decide, kind, about, words, **values)
            self.vault.discard(name)
            done += 1
        return done

    def add_memo(self, about: str, words: str, decide: Decide = accept_certain) -> str | None:
        """Add a memo on anything that has an id; returns its id, None while it waits in the inbox."""
        return self.write_memo(about, words, decide=decide)

    def write_memo(
        self,
        about: str,
        words: str,
        *,
        memo: str | None = None,
        was: str | None = None,
        edit: str | None = None,
        decide: Decide = accept_certain,
    ) -> str | None:
        """Write a memo on anything that has an id, or word `memo` anew; returns its id, None while it waits.

        What is saved again with the same `edit` while the vault is locked waits once. `was` is what `memo` said when
        somebody began to word it anew: raises Overtaken where another worded it meanwhile.
        """
        with self.store.read() as connection:
            known = {source.id for source in material_records.list_sources(connection)}
            known |= {c.id for c in coding_records.list_codings(connection, id=about)}
            known |= {s.id for s in coding_records.list_statements(connection)}
            known |= {code.id for code in coding_records.list_codes(connection)}
            known |= {person.id for person in material_records.list_informants(connection)}
            known |= {one.id for one in store_records.list_memos(connection)}
            known |= {one.id for one in reflection_records.list_hypotheses(connection)}
            if journal_records.is_there(connection, about):
                known.add(about)
        known |= {theme.id for theme in self.framework.themes}
        if not words.strip():
            raise BadInput(_("A memo needs words. Remove it if it is to go."))
        if about not in known or (memo is not None and memo not in known):
            raise NotFound(_("Nothing in the study has the id {id}.").format(id=memo if about in known else about))
        with self.store.act("memo written", about if len(about) == ID else None, edit=edit) as act:
            if memo is not None:
                stands = next((one.text for one in store_records.list_memos(act.connection) if one.id == memo), "")
                self._refuse_overtaken(was, stands, words)
            register = self._register_if_open()
            return self._take_words(
                act, register, decide, "memo", about, words, author=self.store.actor, memo=memo
            )  # fmt: skip

    def was_done(self, edit: str) -> bool:
        """Say whether this person's edit is in the store: what is sent again after a lost answer is done once."""
        with self.store.read() as connection:
            return bool(store_records.revisions_of(connection, edit))

    def draft_key(self) -> str:
        """A key of this person's own, for what a page keeps in the browser until it is saved; base64, 256 bits.

        It lies in the vault folder, so it is needed by no one else, and opens drafts while the vault is locked too.
        """
        return self.vault.own_key(f"drafts-{self.store.actor}")

    def remove_memo(self, memo_id: str, *, edit: str | None = None) -> None:
        """Remove a memo."""
        with self.store.act("memo removed", memo_id, edit=edit) as act:
            act.touch(store_records.MEMO, memo_id)
            store_records.remove_memo(act.connection, memo_id)

    def link(self, one: str, other: str, *, edit: str | None = None) -> str:
        """Draw a connection between any two things; returns its id."""
        return self._link(one, other, edit)

    def unlink(self, link_id: str, *, edit: str | None = None) -> None:
        """Take a connection away."""
        with self.store.act("unlinked", None, edit=edit) as act:
            act.touch(store_records.LINK, link_id)
            store_records.remove_links(act.connection, [link_id])

    def memos(self) -> list[store_records.Memo]:
        """All memos, oldest first."""
        with self.store.read() as connection:
            return store_records.list_memos(connection)

    def waiting(self) -> list[tuple[str, str, str]]:
        """What holds findings that nobody has settled: its id, what it is called, and its text."""
        with self.store.read() as connection:
            return masking.waiting(connection)

    def settle(self, decide: Decide, name: str | None = None) -> int:
        """Put every open finding to a person, or those of one source; returns how many were settled."""
        settled = 0
        for owner, called, text in self.waiting():
            if name is None or called == name:
                with self.store.act("findings settled", owner) as act:
                    act.details["settled"] = done = masking.settle(act.connection, owner, text, decide)
                    settled += done
        return settled
