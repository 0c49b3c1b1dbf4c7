"""The audit trail: a chain of hashes over every act, which shows tampering and survives erasure.

A row's hash covers its number, id, time, actor, kind, subject, the row before it, and a *commitment*: the SHA-256 of a
random salt and the act's details. Details and salt lie outside the chain, so they can be erased when an informant
withdraws and the chain still verifies. The newest hash, the *head*, is also kept in clear in the vault folder; a
consistent rewriting of the last rows no longer meets it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock

from workbench.locale import _

__all__ = [
    "GENESIS",
    "AuditRow",
    "Head",
    "Verdict",
    "chain_hash",
    "commit_to",
    "read_head",
    "verify_chain",
    "write_head",
]

GENESIS = "0" * 64


class AuditRow(NamedTuple):
    """One row of the trail, in the order of its columns."""

    seq: int
    id: str
    at: str
    actor: str
    kind: str
    subject: str | None
    commitment: str
    previous: str
    hash: str


class Head(NamedTuple):
    """The newest row as the vault folder remembers it."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Verdict:
    """What verifying found: `faults` break the trail, `remarks` do not."""

    rows: int
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when nothing was changed, dropped, reordered or rewritten."""
        return not self.faults


def commit_to(details: dict[str, Any]) -> tuple[str, str, str]:
    """Return salt, canonical JSON of the details, and the commitment over both."""
    salt = secrets.token_hex(16)
    payload = json.dumps(details, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return salt, payload, _commitment(salt, payload)


def _commitment(salt: str, payload: str) -> str:
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def chain_hash(row: tuple[int, str, str, str, str, str | None, str, str]) -> str:
    """Return the hash of a row's first eight columns."""
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def verify_chain(rows: Iterable[AuditRow], payloads: dict[int, tuple[str, str]], head: Head | None) -> Verdict:
    """Hold a trail against itself, its payloads and the head that the vault folder remembers.

    `payloads` maps a row's number to salt and details; an erased one is simply missing. A store that is ahead of the
    head passes: the machine stopped between the act and the note of it.
    """
    faults: list[str] = []
    remarks: list[str] = []
    previous, expected, at_head, last = GENESIS, 1, None, 0
    for row in rows:
        if row.seq != expected:
            faults.append(_("row {row} is missing: the next one is number {next}").format(row=expected, next=row.seq))
            expected = row.seq
        if row.previous != previous:
            faults.append(_("row {row} does not follow the row before it").format(row=row.seq))
        if chain_hash(row[:8]) != row.hash:
            faults.append(_("row {row} has been changed").format(row=row.seq))
        kept = payloads.get(row.seq)
        if kept is not None and _commitment(*kept) != row.commitment:
            faults.append(_("the details of row {row} have been changed").format(row=row.seq))
        if head is not None and row.seq == head.seq:
            at_head = row.hash
        previous, expected, last = row.hash, row.seq + 1, row.seq
    if head is None:
        remarks.append(_("no head in the vault folder: a rewriting of the newest rows could not be seen"))
    elif head.seq > last:
        faults.append(
            _("the trail ends at row {row}, but the vault folder remembers row {head}").format(row=last, head=head.seq)
        )
    elif head.seq and at_head != head.hash:
        faults.append(
            _("row {row} is not the one that the vault folder remembers: the trail was rewritten").format(row=head.seq)
        )
    return Verdict(last, faults, remarks)


def read_head(path: Path) -> Head | None:
    """Return the head kept in the vault folder, or None where there is none."""
    try:
        seq, digest = path.read_text("ascii").split()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return Head(int(seq), digest)


def write_head(path: Path, head: Head) -> None:
    """Keep the newest head in clear in the vault folder; an older one never replaces a newer.

    Does nothing where the vault folder is away (an unplugged disk): the store is then ahead of the head.
    """
    if not path.parent.is_dir():
        return
    with FileLock(path.with_suffix(".lock")):
        kept = read_head(path)
        if kept is not None and kept.seq >= head.seq:
            return
        replacement = path.with_suffix(".new")
        replacement.write_text(f"{head.seq} {head.hash}\n", "ascii")
        replacement.replace(path)
