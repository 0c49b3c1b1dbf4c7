"""What every part of the façade needs: store, vault, framework; what there is by name; words on their way in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import Any

from workbench import coding, material
from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound, Overtaken, VaultLocked
from workbench.framework import Framework, read_framework
from workbench.locale import _, user_language, using_language
from workbench.material import records as material_records
from workbench.privacy import (
    Decide,
    Decision,
    Finding,
    Register,
    Vault,
    screen,
)
from workbench.privacy import records as privacy_records
from workbench.reading import read_day
from workbench.settings import read_settings
from workbench.store import Act, Store, new_id, written
from workbench.store import records as store_records

__all__ = ["Base", "checked_day", "for_the_user", "refuse_unknown"]


class Base:
    """A study opened: its store, its vault, and what is found by name."""

    def __init__(
        self, folder: Path, passphrase: Callable[[], str | None] = lambda: None, actor: str = "researcher"
    ) -> None:
        """Open the study in `folder`; `passphrase` is asked when an act needs the vault and it is locked.

        Raises NotFound where there is no study, BadInput for a broken study.toml or store.
        """
        self.folder = folder
        self.settings = read_settings(folder)
        self.vault = Vault(self.settings.vault_folder(folder), passphrase)
        self.store = Store(self.settings.store_url(folder), self.vault.head, actor)

    @cached_property
    def framework(self) -> Framework:
        """The study's framework, from its own copy."""
        return read_framework(str(self.folder / self.settings.framework))

    def register(self) -> Register:
        """The register, for a moment in memory; raises VaultLocked."""
        return Register.load(self.vault)

    def informants(self) -> list[material.Informant]:
        """All informants by code."""
        with self.store.read() as connection:
            return material_records.list_informants(connection)

    def _informant(self, code: str) -> material.Informant:
        for person in self.informants():
            if person.code == code:
                return person
        raise NotFound(_("No informant has the code {code}.").format(code=code))

    def _takes_part(self, code: str) -> material.Informant:
        """The informant about whom, or of whom, something is to be kept; raises BadInput for who has withdrawn."""
        person = self._informant(code)
        if person.consent == "withdrawn":
            raise BadInput(_("{code} has withdrawn, so nothing of theirs is kept any more.").format(code=code))
        return person

    def sources(self) -> list[material.Source]:
        """All sources by name."""
        with self.store.read() as connection:
            return material_records.list_sources(connection)

    def source(self, name: str) -> material.Source:
        """The source called `name` (or with that id); raises NotFound."""
        for source in self.sources():
            if name in (source.name, source.id):
                return source
        raise NotFound(_("There is no source called {name}. “workbench sources list” shows all.").format(name=name))

    def text(self, name: str) -> str:
        """The newest pseudonymised text of a source."""
        source = self.source(name)
        with self.store.read() as connection:
            return material_records.text_of(connection, source.text_id)

    def references(self) -> list[material.Reference]:
        """All references by key."""
        with self.store.read() as connection:
            return material_records.list_references(connection)

    def _reference(self, key: str) -> material.Reference:
        for reference in self.references():
            if reference.key == key:
                return reference
        raise NotFound(_("No reference has the key {key}. Import it first.").format(key=key))

    def codebook(self, at: str | None = None) -> list[coding.Code]:
        """The codes by theme and name, now or as they were at a moment or the end of a day (`2026-05-01`).

        A moment without a time zone is one of this machine's. Raises BadInput for what is neither.
        """
        moment = None if at is None else _moment(at)
        with self.store.read() as connection:
            return (
                coding_records.list_codes(connection) if moment is None else coding.codebook.as_at(connection, moment)
            )

    def links(self, thing: str | None = None) -> list[store_records.Link]:
        """All connections, or those of one thing."""
        with self.store.read() as connection:
            return store_records.list_links(connection, thing)

    def _link(self, one: str, other: str, edit: str | None) -> str:
        with self.store.act("linked", one, edit=edit) as act:
            identity = new_id()
            act.touch(store_records.LINK, identity)
            store_records.add_link(act.connection, identity, one, other, self.store.actor)
        return identity

    def _refuse_overtaken(self, was: str | None, stands: str, words: str) -> None:
        """Raise Overtaken where words that somebody words anew from `was` stand otherwise by now, unless as wanted."""
        if was is not None and stands not in (was, words):
            raise Overtaken(_("Somebody has worded it otherwise meanwhile: “{words}”").format(words=stands))

    def _refuse_identifiers(self, *words: str) -> None:
        """Raise BadInput when short words that are meant as names of things hold an identifier."""
        register = self.register()
        for word in words:
            if screen(word, register).masks:
                raise BadInput(
                    _("A name or number that identifies somebody stands in what you gave. Choose other words.")
                )

    def _register_if_open(self) -> Register | None:
        try:
            return self.register()
        except VaultLocked:
            return None

    def _take_words(
        self, act: Act, register: Register | None, decide: Decide, kind: str, about: str, words: str, **place: Any
    ) -> str | None:  # fmt: skip
        """Screen free text and store it; where the vault is locked it waits, sealed, in the inbox. Returns its id.

        `kind` is `memo` (with its `author`) or `statement` (with its cell), `about` the id of what it stands on.
        """
        if register is None:
            item = {"kind": kind, "about": about, "words": words, "edit": act.edit.id, **place}
            self.vault.seal(f"inbox/{act.edit.id}-{kind}-{about}", json.dumps(item, ensure_ascii=False).encode())
            return None
        with using_language(self.settings.language):
            screened = screen(words, register, for_the_user(decide))
        if kind == "memo":
            identity = store_records.put_memo(act, about, screened.text, **place)
        else:
            identity = coding.state(act, screened.text, **place)
            if about:
                coding.support(act, identity, about)
        privacy_records.forget(act.connection, [identity])
        privacy_records.add_screened(act.connection, identity, screened.masks, screened.open)
        return identity


def _moment(given: str) -> str:
    """Return a moment as the store writes it, the end of a day for a date; raises BadInput for what is neither."""
    try:
        day = date.fromisoformat(given)
        moment = datetime.combine(day, time.max)
    except ValueError:
        try:
            moment = datetime.fromisoformat(given)
        except ValueError as error:
            raise BadInput(_("“{when}” is no date. Write it as 2026-05-01.").format(when=given)) from error
    return written(moment)


def checked_day(given: str | None, otherwise: date) -> str:
    """Return a date as it is stored, `otherwise` where none is given; raises BadInput for what is no date."""
    if not given or not given.strip():
        return otherwise.isoformat()
    try:
        return read_day(given.strip()).isoformat()
    except ValueError as error:
        raise BadInput(_("{when} is no date from 1900 on. Write it as 2026-05-01.").format(when=given)) from error


def refuse_unknown(values: Mapping[str, Any]) -> None:
    """Raise BadInput where something is left of what was to be changed."""
    if values:
        raise BadInput(_("That can't be changed: {what}.").format(what=", ".join(sorted(values))))


def for_the_user(decide: Decide) -> Decide:
    """Return `decide` asking in the user's language, while masks are written in the study's."""

    def asked(text: str, finding: Finding) -> Decision:
        with using_language(user_language()):
            return decide(text, finding)

    return asked
