"""Reading a study: a source with its codings, passages found, words counted, and the whole at a glance."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench import coding, material
from workbench.coding import overview, search
from workbench.coding import records as coding_records
from workbench.errors import BadInput
from workbench.locale import _, sort_key
from workbench.material import laying
from workbench.material import records as material_records
from workbench.store import records as store_records
from workbench.study.base import Base

__all__ = ["Found", "Looked", "Read", "Reading"]

CONTEXT = 40  # code points on either side of a word in its context


@dataclass(frozen=True)
class Read:
    """A source to read: its newest text in rows, and who speaks in them."""

    source: material.Source
    text: str
    rows: list[laying.Row]
    labels: dict[str, str]


@dataclass(frozen=True)
class Found:
    """A passage that was found: `[start, end)` of a text version, and the words that made it so, in their context.

    `sentences` are those of its sentences that hold such words; none where it was found without words.
    """

    source_id: str
    text_id: str
    start: int
    end: int
    speaker: str
    lines: tuple[search.Line, ...]
    sentences: tuple[search.Span, ...]


@dataclass(frozen=True)
class Looked:
    """Words looked at: how often, beside which others, and one of them in its contexts, each with its source."""

    frequencies: list[tuple[str, int]]
    collocations: list[search.Collocation]
    concordance: list[tuple[material.Source, search.Line]]


class Reading(Base):
    """What the researcher looks at."""

    def read(self, name: str) -> Read:
        """A source with its text in rows, all of one moment."""
        chosen = self.source(name)
        with self.store.read() as connection:
            text_id = material_records.newest_text(connection, chosen.id)
            text = material_records.text_of(connection, text_id)
            codes = {person.id: person.code for person in material_records.list_informants(connection)}
            labels = {
                voice.id: voice.label or codes.get(voice.informant_id or "", "")
                for voice in material_records.speakers_of(connection, chosen.id)
            }
            rows = laying.rows(text, material_records.turns_of(connection, text_id))
        return Read(replace(chosen, text_id=text_id), text, rows, labels)

    def groups_by_source(self) -> dict[str, tuple[str, ...]]:
        """The groups of those who speak in each source, by the source's id."""
        with self.store.read() as connection:
            return overview.groups_by_source(connection)

    def groups_by_speaker(self) -> dict[str, str]:
        """The group of each speaker who is somebody's informant, by the speaker's id."""
        with self.store.read() as connection:
            return overview.groups_by_speaker(connection)

    def coded_share(self, source_ids: Collection[str] | None = None) -> dict[str, int]:
        """How much of the newest text of each source, or of these, is coded, in per cent of its characters."""
        with self.store.read() as connection:
            return overview.coded_share(connection, source_ids)

    def count_by_code(self) -> dict[str, int]:
        """How many codings bear each code that has any."""
        with self.store.read() as connection:
            return coding_records.count_by_code(connection)

    def touched_since(self, seq: int) -> tuple[list[tuple[str, str]], bool]:
        """What was changed after act number `seq` (kind and id), and whether texts were rewritten in place."""
        with self.store.read() as connection:
            touched = store_records.touched_since(connection, seq)
            acts = {row.kind for row in store_records.audit_rows(connection, seq)}
        return touched, bool(acts & REWRITING)

    def find(
        self,
        query: str = "",
        *,
        source: str | None = None,
        kind: str | None = None,
        group: str | None = None,
        speaker: str | None = None,
        uncoded: bool = False,
        beside: str | None = None,
        **claims: str,
    ) -> list[Found]:
        """Passages that hold the words of `query`, or, without one, all turns; narrowed by the rest.

        `claims` narrow to passages that bear such a coding (`code_id`, `theme`, `effect`, `determinant`, `coder`),
        `uncoded` to those that bear none; `beside` to codings that share words with one of that code. Without a query
        or `uncoded`, each such coding is a passage of its own.
        """
        groups = self.groups_by_source()
        wanted = {
            one.id: one for one in self.sources()
            if (source is None or source in (one.id, one.name))
            and (kind is None or one.kind == kind)
            and (group is None or group in groups.get(one.id, ()))
        }  # fmt: skip
        unknown = set(claims) - {"code_id", "theme", "effect", "determinant", "coder"}
        if unknown:
            raise BadInput(_("Passages can't be narrowed by {what}.").format(what=", ".join(sorted(unknown))))
        claims = {key: value for key, value in claims.items() if value}
        if query.strip():
            with self.store.derive() as connection:
                search.refresh(connection, self.settings.language)
                hits = search.find(connection, query, self.settings.language)
            passages = [(h.source_id, h.text_id, h.start, h.end, h.hits) for h in hits if h.source_id in wanted]
        elif claims and not uncoded:
            codings = [one for one in self._claimed(claims) if one.source_id in wanted]
            if beside is not None:
                codings = self._beside(codings, beside)
            passages = [(c.source_id, c.text_id, c.start, c.end, ((c.start, c.end),)) for c in codings]
        else:
            passages = [
                (one.id, one.text_id, row.start, row.end, ())
                for one in wanted.values()
                for row in self.read(one.id).rows
            ]
        if query.strip() or uncoded:
            passages = self._narrowed(passages, claims, uncoded)
        return self._found(passages, speaker)

    def _claimed(self, claims: dict[str, str]) -> list[coding.Coding]:
        newest = {one.text_id for one in self.sources()}
        with self.store.read() as connection:
            found = coding_records.list_codings(connection, **claims)
        return [one for one in found if one.text_id in newest]

    def _beside(self, codings: list[coding.Coding], code_id: str) -> list[coding.Coding]:
        others = self._claimed({"code_id": code_id})
        return [
            one for one in codings
            if any(o.text_id == one.text_id and o.start < one.end and one.start < o.end for o in others)
        ]  # fmt: skip

    def _narrowed(
        self, passages: list[tuple[Any, ...]], claims: dict[str, str], uncoded: bool
    ) -> list[tuple[Any, ...]]:  # fmt: skip
        if not claims and not uncoded:
            return passages
        spans: dict[str, list[tuple[int, int]]] = {}
        for one in self._claimed(claims):
            spans.setdefault(one.text_id, []).append((one.start, one.end))

        def bears(passage: tuple[Any, ...]) -> bool:
            return any(start < passage[3] and passage[2] < end for start, end in spans.get(passage[1], ()))

        return [passage for passage in passages if bears(passage) != uncoded]

    def _found(self, passages: Sequence[tuple[Any, ...]], speaker: str | None) -> list[Found]:
        reads: dict[str, Read] = {}
        found = []
        for source_id, text_id, start, end, hits in passages:
            if source_id not in reads:
                reads[source_id] = self.read(source_id)
            read = reads[source_id]
            says = next(
                (
                    read.labels.get(r.speaker_id or "", "")
                    for r in read.rows
                    if r.start <= start < max(r.end, r.start + 1)
                ),
                "",
            )
            if speaker is None or says.casefold() == speaker.strip().casefold():
                lines = search.keyword_in_context(read.text, hits or ((start, min(end, start + 80)),), CONTEXT)
                parts = search.sentences(read.text, hits, (start, end)) if hits else []
                found.append(Found(source_id, text_id, start, end, says, tuple(lines), tuple(parts)))
        return found

    def words(self, name: str | None = None, word: str = "") -> Looked:
        """Words of one source, or of all: the commonest, those that go together, and `word` in its contexts.

        Only what is said counts, not who says it. With a `word`, only what goes together with it is told.
        """
        language = self.settings.language
        chosen = [self.source(name)] if name else self.sources()
        texts = {one.id: self.text(one.id) for one in chosen}
        lines = [
            (one, line)
            for one in (chosen if word.strip() else ())
            for line in search.concordance(texts[one.id], word, language, CONTEXT)
        ]
        said = [self._said(one.id) for one in chosen]
        pairs = search.collocations(said, language, beside=word.strip())
        return Looked(search.frequencies(said, language), pairs, lines)

    def _said(self, source_id: str) -> str:
        read = self.read(source_id)
        return "\n".join(read.text[row.start : row.end] for row in read.rows)

    def voices(self) -> tuple[list[str], list[str]]:
        """Everybody who speaks in a source, and everybody who coded, in the order of the alphabet."""
        codes = {person.id: person.code for person in self.informants()}
        with self.store.read() as connection:
            speakers = material_records.speakers_of(connection)
            coders = coding_records.coders(connection)
        labels = {voice.label or codes.get(voice.informant_id or "", "") for voice in speakers}
        return sorted(labels - {""}, key=sort_key), sorted(coders, key=sort_key)

    def whole(self) -> dict[str, Any]:
        """Counts of the whole, as `workbench.coding.overview.Whole` lays them out."""
        with self.store.read() as connection:
            return overview.whole(connection)


# Acts that change texts in place, so that a page must read them anew.
REWRITING = frozenset({"register extended", "findings settled", "informant withdrawn", "informant added"})
