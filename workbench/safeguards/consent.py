"""Consent is asked at use: what a table, report or page may count, and whose words it may show.

Words of somebody without recorded consent wait. A source made only of the researcher's own or published words
(observation, meeting notes, document) needs nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench import review
from workbench.errors import BadInput
from workbench.locale import _
from workbench.material import records as material
from workbench.material.records import Informant
from workbench.store.records import Connection
from workbench.tables.records import Coverage

__all__ = ["CONSENTS", "SCOPES", "Readers", "check", "coverage", "default_scopes", "readers"]

CONSENTS = ("anonymous", "reserved", "named", "withdrawn")
SCOPES = ("interview", "audio", "quotes", "co_researchers", "sharing")
_NEEDS_CONSENT = frozenset({"interview", "focus_group", "co_research"})


def default_scopes(consent: str | None) -> tuple[str, ...]:
    """Return the scopes meant when none are named: taking part, and being quoted unless with reservation."""
    if consent in {"anonymous", "named"}:
        return ("interview", "quotes")
    return ("interview",) if consent == "reserved" else ()


def check(consent: str | None, scopes: tuple[str, ...]) -> None:
    """Raise BadInput for a consent or scope that does not exist."""
    if consent is not None and consent not in CONSENTS[:3]:
        raise BadInput(
            _("There is no consent {consent}. There are: {known}.").format(
                consent=consent, known=", ".join(CONSENTS[:3])
            )
        )
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown:
        raise BadInput(
            _("There is no scope {scope}. There are: {known}.").format(scope=unknown[0], known=", ".join(SCOPES))
        )
    if scopes and consent is None:
        raise BadInput(_("Scopes belong to a consent. Name the consent too."))


def coverage(connection: Connection) -> Coverage:
    """Return what consent covers now."""
    people = {person.id: person for person in material.list_informants(connection)}
    covered, quotable = set(), set()
    by_source: dict[str, list[bool]] = {}
    for speaker in material.speakers_of(connection):
        person = people.get(speaker.informant_id or "")
        if speaker.interviewer or _may(person, "interview"):
            covered.add(speaker.id)
        if speaker.interviewer or (_may(person, "interview") and _may(person, "quotes")):
            quotable.add(speaker.id)
        if not speaker.interviewer:
            by_source.setdefault(speaker.source_id, []).append(speaker.id in covered)
    sources, waiting = set(), 0
    for source in material.list_sources(connection):
        voices = by_source.get(source.id, [])
        if any(voices) or (not voices and source.kind not in _NEEDS_CONSENT):
            sources.add(source.id)
        waiting += source.id not in sources or not all(voices)
    approved, refused = review.permissions(connection)
    sharing = frozenset(person.id for person in people.values() if _may(person, "sharing"))
    return Coverage(frozenset(sources), frozenset(covered), frozenset(quotable), waiting, approved, refused, sharing)


@dataclass(frozen=True)
class Readers:
    """What co-researchers may read: turns of these speakers, and sources in which nobody but the researcher speaks."""

    speakers: frozenset[str]
    unvoiced: frozenset[str]

    def and_own(self, speakers: Iterable[str]) -> Readers:
        """Return what somebody may read who may read the words of these speakers too, as being their own."""
        return Readers(self.speakers.union(speakers), self.unvoiced)

    def read(self, source_id: str, speakers: Iterable[str]) -> bool:
        """Say whether words of a source may be read in which these speakers are heard."""
        heard = list(speakers)
        return self.speakers.issuperset(heard) if heard else source_id in self.unvoiced


def readers(connection: Connection) -> Readers:
    """Return what consent lets co-researchers read now: the scope `co_researchers`, beside that of taking part.

    Words between turns, of a conversation where anybody needs consent, belong to nobody known, and are not read.
    """
    people = {person.id: person for person in material.list_informants(connection)}
    voices = material.speakers_of(connection)
    may = frozenset(
        voice.id
        for voice in voices
        if voice.interviewer
        or all(_may(people.get(voice.informant_id or ""), scope) for scope in ("interview", "co_researchers"))
    )
    spoken = {voice.source_id for voice in voices}
    sources = material.list_sources(connection)
    silent = frozenset(one.id for one in sources if one.id not in spoken and one.kind not in _NEEDS_CONSENT)
    return Readers(may, silent)


def _may(person: Informant | None, scope: str) -> bool:
    return (
        person is not None
        and not person.declined
        and person.consent in CONSENTS[:3]
        and scope in person.scopes
    )  # fmt: skip
