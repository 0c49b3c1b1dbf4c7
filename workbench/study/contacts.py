"""Who stands behind a role on a network map, and how to reach them: only the vault knows."""

from __future__ import annotations

import json

from workbench.errors import BadInput
from workbench.locale import _
from workbench.privacy import Entry
from workbench.store import new_id
from workbench.study.base import refuse_unknown
from workbench.study.network_maps import NetworkMaps

__all__ = ["CONTACT", "Contacts"]

CONTACT = ("name", "direct", "main", "mail", "address", "photo")
LARGEST_PHOTO = 2_000_000  # characters, as base64


class Contacts(NetworkMaps):
    """What is kept of those on a map beside what is drawn."""

    def contacts(self, network_id: str) -> dict[str, dict[str, str]]:
        """Name, numbers, addresses and photo (base64) of those of a network, by actor; raises VaultLocked."""
        self.vault.require_open()
        name = f"contacts/{network_id}"
        return json.loads(self.vault.open(name)) if name in self.vault.names("contacts") else {}

    def keep_contact(self, map_id: str, actor: str, **details: str) -> int:
        """Keep who somebody is in the vault, and nowhere else; returns how many places were masked.

        The study's register learns the name, so it is masked wherever it stands already, and the gate knows it.
        """
        drawn = self.drawn(map_id)
        label = self._actor(drawn, actor).label
        kept = {key: " ".join(details.pop(key).split()) for key in CONTACT if key in details}
        refuse_unknown(details)
        if len(kept.get("photo", "")) > LARGEST_PHOTO:
            raise BadInput(_("The photo is too large. Choose a smaller one."))
        name = kept.get("name", "")
        if name and (len(name) < 2 or name.casefold() in label.casefold()):
            raise BadInput(_("What stands on the map must not hold the name itself."))
        masked = 0
        with self.store.act("contact kept", actor) as act:
            there = self.contacts(drawn.network.id)
            if name and name != there.get(actor, {}).get("name"):
                entry = Entry(new_id(), name, (), "person", f"[{label}]", drawn.network.informant_id)
                masked = self._learn(act, [entry])
            there[actor] = {key: value for key, value in (there.get(actor, {}) | kept).items() if value}
            self._seal_contacts(drawn.network.id, there)
        if masked:
            self.store.scrub()
        return masked

    def _seal_contacts(self, network_id: str, all_of_them: dict[str, dict[str, str]]) -> None:
        self.vault.seal(f"contacts/{network_id}", json.dumps(all_of_them, ensure_ascii=False).encode())
