"""From log to data: an entry, or part of it, becomes an observation source that can be coded."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.errors import BadInput
from workbench.journal import PART_LABELS
from workbench.journal.records import Entry
from workbench.locale import _, format_date, using_language
from workbench.privacy import Decide, accept_certain
from workbench.store import new_id
from workbench.store import records as store_records
from workbench.study.logbook import Logbook
from workbench.study.material import Imported, Material

__all__ = ["Observing"]


class Observing(Material, Logbook):
    """What the researcher does to code what she logged."""

    def observe(
        self, entry: str, *, passages: Sequence[str] | None = None, words: str = "", name: str | None = None,
        decide: Decide = accept_certain,
    ) -> Imported:  # fmt: skip
        """Make an observation source of an entry: all of it, some passages by id, or some `words` that stand in it.

        Informants who were present stand behind it, so their consent decides whether it counts. It stays linked to the
        entry; what became a source already is found there. Raises VaultLocked, and BadInput for words that the entry
        does not have.
        """
        found = self.log_entry(entry)
        text = self._as_text(found, passages, words.strip())
        behind = [person.id for person in self.informants() if person.code in found.present]
        made = self._source_of(text, "observation", name or self._name_of(found), found.id, behind, decide)
        linked = {end for link in self.links(found.id) for end in (link.one, link.other)}
        if made.id not in linked:
            with self.store.act("linked", made.id) as act:
                store_records.add_link(act.connection, new_id(), made.id, found.id, self.store.actor)
        return made

    def _as_text(self, entry: Entry, passages: Sequence[str] | None, words: str) -> str:
        chosen = [one for one in entry.passages if passages is None or one.id in passages]
        if words:
            if not any(words in one.text for one in chosen):
                raise BadInput(_("Those words do not stand in the entry as it is now."))
            return words
        if not chosen:
            raise BadInput(_("Choose at least one part of the entry."))
        with using_language(self.settings.language):
            head = " · ".join(filter(None, (f"{format_date(entry.local)}", entry.setting, entry.place)))
            parts = [f"{_(PART_LABELS[one.part])}\n{one.text}" for one in chosen]
        return "\n\n".join([head, *parts])

    def _name_of(self, entry: Entry) -> str:
        with using_language(self.settings.language):
            return self._free_name(" ".join(filter(None, (_("Log"), f"{entry.local:%Y-%m-%d}", entry.setting))))
