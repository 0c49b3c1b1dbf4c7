"""The register: who and what must not be recognised, and what stands in the text instead. It lives in the vault."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock

from workbench.errors import BadInput
from workbench.locale import _
from workbench.privacy.vault import Vault
from workbench.reading import read_rows
from workbench.store import new_id

__all__ = ["Entry", "Register", "read_register_csv"]

OTHERS = "others"
TYPES = ("person", "place", "organisation", "national_id", "phone", "email")


@dataclass(frozen=True)
class Entry:
    """One identity: a person, place or body, with every name it goes by and what replaces them.

    `informant` is the informant's id, None for somebody who is only spoken of.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    type: str = "person"
    replacement: str = ""
    informant: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


class Register:
    """A study's register, read from the vault."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    @classmethod
    def load(cls, vault: Vault) -> Register:
        """Read the whole register; raises VaultLocked."""
        vault.require_open()
        rows = (row for name in vault.names("register") for row in json.loads(vault.open(name)))
        return cls(Entry(**{**row, "aliases": tuple(row["aliases"])}) for row in rows)

    def with_new(self, entries: Iterable[Entry]) -> Register:
        """Return a register that knows `entries` too; one whose name is known already joins its aliases to it."""
        known = {entry.name.casefold(): entry for entry in self.entries}
        for entry in entries:
            before = known.get(entry.name.casefold())
            if before is not None:
                aliases = tuple(dict.fromkeys(before.aliases + entry.aliases))
                entry = replace(entry, id=before.id, aliases=aliases, informant=entry.informant or before.informant)
            known[entry.name.casefold()] = entry
        return Register(known.values())

    def save(self, vault: Vault) -> None:
        """Write the register back, one sealed file per informant, so that one can be destroyed alone."""
        files: dict[str, list[dict[str, object]]] = defaultdict(list)
        for entry in self.entries:
            files[entry.informant or OTHERS].append(asdict(entry))
        with FileLock(vault.folder / "register.lock"):
            for name, rows in files.items():
                vault.seal(f"register/{name}", json.dumps(rows, ensure_ascii=False).encode())
            for stale in set(vault.names("register")) - {f"register/{name}" for name in files}:
                vault.discard(stale)


def read_register_csv(path: Path, informants: dict[str, str] | None, default: str | None = None) -> list[Entry]:
    """Read `name,aliases,type,replacement[,informant]`; aliases are separated by semicolons.

    `informants` maps codes to ids (None where there is no study: codes are then not looked up). A row without an
    informant whose replacement is a code is that informant; `default` is the informant's id for the others. Raises
    BadInput with the row's number for a row without a name, for one that is too short or of a type there is not, and
    for an informant the study does not know.
    """
    entries = []
    for number, row in read_rows(path, "name"):
        if why := _fault(row):
            raise BadInput(_("{file}, row {row}: {reason}.").format(file=path.name, row=number, reason=why))
        code = row.get("informant", "")
        if not code and informants and row.get("replacement") in informants:
            code = row["replacement"]
        if code and informants is not None and code not in informants:
            raise BadInput(
                _("{file}, row {row}: no informant has the code {code}.").format(file=path.name, row=number, code=code)
            )
        entries.append(
            Entry(
                id=new_id(),
                name=row["name"],
                aliases=_aliases(row),
                type=row.get("type") or "person",
                replacement=row.get("replacement") or code or _("[name]"),
                informant=informants[code] if code and informants else default,
            )
        )
    return entries


def _aliases(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(alias.strip() for alias in row.get("aliases", "").split(";") if alias.strip())


def _fault(row: dict[str, str]) -> str | None:
    """Return why a row can't be used; a letter alone would be masked all over the text. The name is not repeated."""
    if not row["name"]:
        return _("the column “name” is empty")
    if any(sum(map(str.isalnum, name)) < 2 for name in (row["name"], *_aliases(row))):
        return _("a name or alias has fewer than two letters")
    if row.get("type") and row["type"] not in TYPES:
        return _("there is no type {type}; there are: {known}").format(type=row["type"], known=", ".join(TYPES))
    return None
