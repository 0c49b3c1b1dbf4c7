"""What is attached to the log: photos, sounds and documents, sealed in the vault; and taking an entry out with all."""

from __future__ import annotations

import json
from pathlib import Path

from workbench.errors import BadInput, NotFound
from workbench.journal import records
from workbench.journal.records import Attachment
from workbench.locale import _, using_language
from workbench.privacy import records as privacy_records
from workbench.store import new_id, now
from workbench.store import records as store_records
from workbench.study.logbook import Logbook, checked_id

__all__ = ["LARGEST", "Attaching"]

LARGEST = 50_000_000  # bytes of an attachment
ATTACHED = frozenset({
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif", ".tif", ".tiff", ".bmp", ".mp3", ".m4a", ".wav", ".ogg",
    ".oga", ".opus", ".aac", ".flac", ".amr", ".webm", ".mp4", ".mov", ".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt",
    ".md", ".xlsx", ".ods", ".csv", ".pptx", ".odp",
})  # fmt: skip


class Attaching(Logbook):
    """What the researcher does with files that belong to entries."""

    def attach(
        self, entry: str, name: str, content: bytes, media_type: str, *, id: str | None = None
    ) -> str:  # fmt: skip
        """Seal a photo, sound or document in the vault, as belonging to an entry; returns its id.

        Needs no open vault; while it is locked the name of the file, perhaps a person, waits in the inbox. What is sent
        again under the same `id` is kept once. Raises BadInput for what is empty, larger than 50 MB, or a program.
        """
        if not 0 < len(content) <= LARGEST:
            raise BadInput(_("A file must hold something, and no more than 50 MB."))
        if Path(name).suffix.lower() not in ATTACHED:
            raise BadInput(
                _("A photo, a sound or a document can be attached, not {name}.").format(name=Path(name).name)
            )
        waiting = {str(item.get("entry", item["id"])) for item in self.waiting_log()}
        within = entry if entry in waiting else self.log_entry(entry).id
        identity, register = checked_id(id or new_id()), self._register_if_open()
        if self.attachments(identity):
            return identity
        with using_language(self.settings.language):
            called = self._short(register, Path(name).name) if register else _("Attachment") + Path(name).suffix
        made = Attachment(identity, within, called, media_type[:100], len(content), self.store.actor, now())
        with self.store.act("attached", within) as act:
            self.vault.seal(f"attachments/{identity}", content)
            if register is None:
                waits = {"kind": "name", "attachment": identity, "name": Path(name).name, "written": made.created}
                self.vault.seal(f"inbox/{identity}-name", json.dumps(waits).encode())
            records.add_attachment(act.connection, made)
        return identity

    def attachments(self, identity: str | None = None) -> list[Attachment]:
        """What is attached to an entry, the attachment with this id, or all."""
        with self.store.read() as connection:
            return records.attachments_of(connection, identity)

    def attachment(self, identity: str) -> tuple[Attachment, bytes]:
        """An attachment with its content; raises NotFound, or VaultLocked."""
        for one in self.attachments(identity):
            if one.id == identity:
                return one, self.vault.open(f"attachments/{identity}")
        raise NotFound(_("The log has nothing with the id {id}.").format(id=identity))

    def remove_attachment(self, identity: str) -> None:
        """Destroy an attachment; raises NotFound."""
        if not any(one.id == identity for one in self.attachments(identity)):
            raise NotFound(_("The log has nothing with the id {id}.").format(id=identity))
        with self.store.act("attachment removed", None) as act:
            records.remove_attachment(act.connection, identity)
            self.vault.discard(f"attachments/{identity}")

    def remove_entry(self, identity: str) -> None:
        """Take an entry out of the log for good: all its wordings, what is attached, and what it was linked to.

        A source that was made of it stays. Raises NotFound.
        """
        entry = self.log_entry(identity).id
        with self.store.act("entry removed", entry) as act:
            privacy_records.forget(act.connection, records.remove_entry(act.connection, entry))
            store_records.remove_links(act.connection, [entry])
            attached = records.attachments_of(act.connection, entry)
            for one in attached:
                records.remove_attachment(act.connection, one.id)
        for one in attached:
            self.vault.discard(f"attachments/{one.id}")
        self.store.scrub()
