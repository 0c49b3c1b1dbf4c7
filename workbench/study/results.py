"""What comes out of a study: tables, the gate, editions, and whether all is whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from workbench.coding import records as coding_records
from workbench.errors import GateClosed
from workbench.locale import _, ngettext, using_language
from workbench.material import records as material_records
from workbench.privacy import records as privacy_records
from workbench.publishing.building import Frozen, Published, build, freeze_segment
from workbench.safeguards import consent, gate
from workbench.store import Verdict
from workbench.store import records as store_records
from workbench.study.base import Base
from workbench.tables import thesis
from workbench.tables.movement import movement_picture
from workbench.tables.pathways import shared
from workbench.tables.records import Segment, segments
from workbench.tables.table import Table

__all__ = ["Results"]


# The overview, the codebook's and the logbook's report show these.
IN_EVERY_EDITION = (
    "matrix", "themes", "methods", "informants", "codebook", "co-occurrence", "preunderstanding", "log",
    "agreement", "reviews", "pathways", *thesis.TOGETHER,
)  # fmt: skip


class Results(Base):
    """What the researcher takes out."""

    def table(self, name: str, language: str | None = None) -> Table:
        """A thesis table over what consent covers, in the study's language if no other is given.

        Raises NotFound with the names there are.
        """
        with using_language(language or self.settings.language), self.store.read() as connection:
            context = thesis.Context(connection, self.framework, consent.coverage(connection))
            return thesis.build(name, context)

    def movement(self) -> str:
        """How the preunderstanding moved, as SVG; empty where none was written down."""
        with using_language(self.settings.language):
            return movement_picture(self.table("preunderstanding"))

    def segments(self, statement: str | None = None, **where: str) -> list[Segment]:
        """The covered segments behind a statement, or a cell, theme or source given by column."""
        with self.store.read() as connection:
            return segments(connection, consent.coverage(connection), statement, **where)

    def allowed(self) -> gate.Allowed:
        """Names that may stand: of informants who consented to be named, and of cited authors."""
        named = {person.id for person in self.informants() if person.consent == "named"}
        entries = {entry.id for entry in self.register().entries if entry.informant in named}
        with self.store.read() as connection:
            settled = not privacy_records.open_findings(connection)
        return gate.Allowed(frozenset(entries), tuple(self.references()), settled)

    def check(self, files: Sequence[Path], *, show: bool = False) -> list[dict[str, Any]]:
        """What the gate finds in files; raises VaultLocked."""
        register, allowed = self.register(), self.allowed()
        return [found for file in files for found in gate.check_file(file, register, allowed, show)]

    def freeze(self, tables: Sequence[str] = (), title: str = "") -> Frozen:
        """What an edition is made from, as things stand: all tables, or those named and what every edition needs."""
        wanted = list(dict.fromkeys([*IN_EVERY_EDITION, *(tables or thesis.names(self.framework))]))
        with using_language(self.settings.language), self.store.read() as connection:
            covered = consent.coverage(connection)
            context = thesis.Context(connection, self.framework, covered)
            made = [thesis.build(name, context) for name in wanted]
            shown = {s.id for s, _counts in context.statements()}
            supports: dict[str, list[str]] = {}
            for statement in coding_records.list_statements(connection):
                for identity in statement.codings if statement.id in shown else ():
                    supports.setdefault(identity, []).append(statement.id)
            frozen = [
                freeze_segment(segment, supports.get(segment.coding_id, []), _(thesis.KIND_LABELS[segment.kind]))
                for segment in segments(connection, covered)
            ]
            kept = shared(connection, covered)
            trail = store_records.audit_rows(connection, store_records.newest_seq(connection) - 1)
        return Frozen(
            title=title or self.settings.title,
            language=self.settings.language,
            head=trail[-1].hash,
            as_of=trail[-1].at,
            tables=made,
            segments=frozen,
            sources=sorted([*covered.sources, *kept]),
        )

    def publish(
        self, tables: Sequence[str] = (), title: str = "", progress: Callable[[str], None] = lambda _text: None
    ) -> Published:
        """Make an edition; raises GateClosed with every finding, or VaultLocked, and writes nothing then."""
        register, allowed = self.register(), self.allowed()
        if found := gate.check_bytes("title.txt", (title or self.settings.title).encode(), register, allowed):
            raise GateClosed(_("The title names somebody. Choose another, here or in study.toml."), found)
        return build(self.folder, self.freeze(tables, title), register, allowed, progress)

    def verify(self) -> Verdict:
        """Hold the audit trail against itself and the head; then every quote against its text."""
        verdict = self.store.verify()
        with self.store.read() as connection:
            texts: dict[str, str] = {}
            wrong = 0
            for one in coding_records.list_codings(connection):
                if one.text_id not in texts:
                    texts[one.text_id] = material_records.text_of(connection, one.text_id)
                text = texts[one.text_id]
                wrong += text[one.start : one.end] != one.quote
        if wrong:
            verdict.faults.append(
                ngettext("{n} coding does not fit its text", "{n} codings do not fit their text", wrong).format(n=wrong)
            )
        return verdict
