"""The whole at a glance: which codes stand together, whose themes they are, and how much of each source is coded.

Two codes stand together where their codings share at least one character of a text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from workbench.coding import records
from workbench.coding.records import Coding
from workbench.locale import sort_key
from workbench.material import records as material
from workbench.store.records import Connection

__all__ = ["co_occurrences", "coded_share", "groups_by_source", "groups_by_speaker", "whole"]


def groups_by_source(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return the groups of those who speak in each source."""
    people = {person.id: person.group for person in material.list_informants(connection)}
    groups: dict[str, set[str]] = defaultdict(set)
    for voice in material.speakers_of(connection):
        if voice.informant_id in people:
            groups[voice.source_id].add(people[voice.informant_id])
    return {source: tuple(sorted(found, key=sort_key)) for source, found in groups.items()}


def groups_by_speaker(connection: Connection) -> dict[str, str]:
    """Return the group of each speaker who is somebody's informant."""
    people = {person.id: person.group for person in material.list_informants(connection)}
    return {
        voice.id: people[voice.informant_id]
        for voice in material.speakers_of(connection)
        if voice.informant_id in people
    }


def coded_share(connection: Connection, source_ids: Collection[str] | None = None) -> dict[str, int]:
    """Return how many per cent of the newest text of each source, or of these, bear a coding.

    One that has any shows at least 1; those that have none are left out.
    """
    newest = {
        one.text_id: one.id
        for one in material.list_sources(connection)
        if source_ids is None or one.id in source_ids
    }  # fmt: skip
    covered = records.covered(connection, newest)
    lengths = material.text_lengths(connection, covered)
    return {newest[text_id]: max(1, round(100 * n / lengths[text_id])) for text_id, n in covered.items()}


def co_occurrences(codings: Iterable[Coding]) -> Counter[tuple[str, str]]:
    """Return how often two codes stand together, for each pair of code ids in order; each pair of codings counts once.

    A sweep along each text: only codings that are open at the same place are held against each other.
    """
    counts: Counter[tuple[str, str]] = Counter()
    by_text: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        if coding.code_id is not None:
            by_text[coding.text_id].append(coding)
    for here in by_text.values():
        reaching: list[Coding] = []
        for coding in sorted(here, key=lambda one: one.start):
            reaching = [one for one in reaching if one.end > coding.start]
            for one in reaching:
                if one.code_id != coding.code_id:
                    counts[_pair(one, coding)] += 1
            reaching.append(coding)
    return counts


def _pair(one: Coding, other: Coding) -> tuple[str, str]:
    assert one.code_id
    assert other.code_id
    return min(one.code_id, other.code_id), max(one.code_id, other.code_id)


def whole(connection: Connection) -> dict[str, Any]:
    """Return counts as plain data.

    `together`: [code, code, times]; `groups`: [theme, group, codings]; `cells`: [source, effect, determinant, codings];
    `stripes`: for each source its length and [start, end, code, theme, coding] of its codings.
    """
    newest = {source.text_id: source.id for source in material.list_sources(connection)}
    codings = [one for one in records.list_codings(connection) if one.text_id in newest]
    speakers = groups_by_speaker(connection)
    by_group: Counter[tuple[str, str]] = Counter()
    for one in codings:
        for group in {speakers[speaker] for speaker in one.speakers if speaker in speakers}:
            by_group[one.theme, group] += 1
    cells = Counter((one.source_id, one.effect, one.determinant) for one in codings)
    lengths = material.text_lengths(connection)
    stripes: dict[str, dict[str, Any]] = {
        source: {"length": lengths[text_id], "codings": []} for text_id, source in newest.items()
    }
    for one in codings:
        stripes[one.source_id]["codings"].append([one.start, one.end, one.code_id, one.theme, one.id])
    return {
        "together": [[*pair, times] for pair, times in sorted(co_occurrences(codings).items())],
        "groups": [[*key, count] for key, count in sorted(by_group.items())],
        "cells": [[*key, count] for key, count in sorted(cells.items())],
        "stripes": stripes,
    }
