"""Network maps: drawn, dated, compared."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from workbench import pathways
from workbench.errors import BadInput, NotFound, VaultLocked
from workbench.locale import _
from workbench.pathways import records
from workbench.pathways.changes import Difference, difference
from workbench.pathways.drawing import Earlier, MapPicture, svg
from workbench.pathways.overview import everyday_roles, roles
from workbench.pathways.records import Actor, DatedMap, Network, Place, Tie
from workbench.privacy import possible_names
from workbench.store import Act, new_id, now
from workbench.store.history import Revision
from workbench.store.records import Connection
from workbench.store.rows import change, put, put_new
from workbench.study.base import checked_day, refuse_unknown
from workbench.study.naming import ask_about, refuse_alike, refuse_names
from workbench.study.people import People

__all__ = ["LONGEST", "Drawn", "NetworkMaps", "picture_of"]

LONGEST = {"title": 200, "label": 100, "support": 500}
_FLAGS = ("directed", "kinds", "strengths")


@dataclass(frozen=True)
class Drawn:
    """One map with everything that stands on it; `actors` are all of the network, in the order in which they came."""

    map: DatedMap
    network: Network
    actors: tuple[Actor, ...]
    places: dict[str, Place]
    ties: tuple[Tie, ...]

    @property
    def there(self) -> list[Actor]:
        """The actors that stand on this map."""
        return [one for one in self.actors if one.id in self.places]


class NetworkMaps(People):
    """What the researcher does with network maps, and the person in the middle beside her."""

    def networks(self) -> list[Network]:
        """All networks, oldest first."""
        with self.store.read() as connection:
            return records.list_networks(connection)

    def network(self, network_id: str) -> Network:
        """The network with this id; raises NotFound."""
        for one in self.networks():
            if one.id == network_id:
                return one
        raise NotFound(_("That network is no longer there: somebody has removed it."))

    def network_maps(self, network_id: str | None = None) -> list[DatedMap]:
        """The maps of a network, or all, by day."""
        with self.store.read() as connection:
            return records.list_maps(connection, network_id)

    def drawn(self, map_id: str) -> Drawn:
        """A map with everything on it, all of one moment; raises NotFound."""
        with self.store.read() as connection:
            return self._drawn(connection, map_id)

    def _drawn(self, connection: Connection, map_id: str) -> Drawn:
        for one in records.list_maps(connection, id=map_id):
            return Drawn(
                one,
                records.list_networks(connection, one.network_id)[0],
                tuple(records.list_actors(connection, one.network_id)),
                {place.actor_id: place for place in records.list_places(connection, map_id)},
                tuple(records.list_ties(connection, map_id)),
            )
        raise NotFound(_("That map is no longer there. “workbench map list” shows all."))

    def map_difference(self, before: str, after: str) -> Difference:
        """What changed between two maps of one network; raises BadInput where they are of two."""
        one, other = self.drawn(before), self.drawn(after)
        if one.network.id != other.network.id:
            raise BadInput(_("Only maps of the same network can be compared."))
        return difference(one.places.values(), one.ties, other.places.values(), other.ties)

    # --- networks and their maps ---

    def add_network(
        self, title: str = "", *, informant: str | None = None, day: str | None = None, actors: bool = False,
        sure: bool = False, edit: str | None = None,
    ) -> str:  # fmt: skip
        """Begin the network around a person with an empty map of `day`; `informant` is their code. Returns its id.

        What it is called is drawn: raises Unsure where that may be somebody's name, unless `sure`, as do all that name
        a network, a map or a sector. With `actors` it is an actor map: its sectors are the groups that a service would
        involve.
        """
        title = self._short_words("title", title, sure)
        drawn_on = checked_day(day, date.today())
        with self.store.act("network begun", None, edit=edit) as act:
            title = title or informant or (_("Actor map") if actors else _("Network map"))
            usual = pathways.ACTOR_GROUPS if actors else pathways.PERSON_SECTORS
            sectors = [(label, label in pathways.BY_PROFESSION) for label in usual]
            act.subject = identity = self._begin_network(act, title, informant, sectors)
            put(act, records.MAP, new_id(), {"network_id": identity, "day": drawn_on, "title": ""})
        return identity

    def _begin_network(self, act: Act, title: str, informant: str | None, sectors: Sequence[tuple[str, bool]]) -> str:
        whom = self._takes_part(informant) if informant else None
        identity = new_id()
        state = {"title": title, "informant_id": whom.id if whom else None, "created": now()}
        put(act, records.NETWORK, identity, state | dict.fromkeys(_FLAGS, False))
        for position, (label, professional) in enumerate(sectors):
            self._put_sector(act, identity, position, {"label": label, "professional": professional})
        return identity

    def _put_sector(self, act: Act, network_id: str, position: int, values: dict[str, Any]) -> None:
        put(act, records.SECTOR, new_id(), {"network_id": network_id, "position": position, **values})

    def change_network(self, network_id: str, *, sure: bool = False, edit: str | None = None, **values: Any) -> None:
        """Change a network's `title`, `informant` (a code, or empty), or whether its ties are `directed`, have `kinds`
        or `strengths`.

        With direction, ties that are drawn lead both ways at first; without it, the two between a pair are one.
        """
        was = self.network(network_id)
        changed: dict[str, Any] = {key: bool(values.pop(key)) for key in _FLAGS if key in values}
        if "title" in values:
            changed["title"] = self._needed("title", values.pop("title"), sure=sure)
        if "informant" in values:
            code = values.pop("informant")
            changed["informant_id"] = self._takes_part(code).id if code else None
        refuse_unknown(values)
        with self.store.act("network changed", network_id, edit=edit) as act:
            change(act, records.NETWORK, network_id, **changed)
            if changed.get("directed", was.directed) != was.directed:
                for one in records.list_maps(act.connection, network_id):
                    _turn(act, records.list_ties(act.connection, one.id), directed=not was.directed)

    def remove_network(self, network_id: str) -> None:
        """Remove a network for good: its maps, what undo remembers of them, and the names in the vault."""
        self.network(network_id)
        with self.store.act("network removed", network_id) as act:
            records.forget_network(act.connection, network_id)
        self.vault.discard(f"contacts/{network_id}")
        self.store.scrub()

    def set_sectors(
        self, network_id: str, wanted: Sequence[dict[str, Any]], *, sure: bool = False, edit: str | None = None
    ) -> None:
        """Name the sectors anew, in the order of the clock: each with `label`, `professional` and, if it was there,
        `id`. Raises BadInput for a sector that goes while somebody stands in it."""
        before = {one.id: one for one in self.network(network_id).sectors}
        known = {*pathways.SECTOR_LABELS, *(one.label for one in before.values())}
        labels = [self._needed("label", one.get("label", ""), known, sure=True) for one in wanted]
        ask_about(
            [name for label in labels if label not in known for name in possible_names(label, is_role=True)], sure
        )
        if not labels or len({label.casefold() for label in labels}) < len(labels):
            raise BadInput(_("A map needs at least one sector, and each a name of its own."))
        with self.store.act("sectors named", network_id, edit=edit) as act:
            for gone in before.keys() - {one.get("id") for one in wanted}:
                self._refuse_taken(act.connection, network_id, gone, before[gone].label)
                put(act, records.SECTOR, gone, None)
            for position, (label, one) in enumerate(zip(labels, wanted, strict=True)):
                values = {"label": label, "professional": bool(one.get("professional"))}
                if one.get("id") in before:
                    change(act, records.SECTOR, str(one["id"]), position=position, **values)
                else:
                    self._put_sector(act, network_id, position, values)

    def _refuse_taken(self, connection: Connection, network_id: str, sector_id: str, label: str) -> None:
        for one in records.list_maps(connection, network_id):
            if any(place.sector_id == sector_id for place in records.list_places(connection, one.id)):
                told = _("Somebody stands in “{sector}” on the map of {day}. Move them first.")
                raise BadInput(told.format(sector=_(pathways.SECTOR_LABELS.get(label, label)), day=one.day))

    def add_map(
        self, network_id: str, day: str | None = None, *, title: str = "", of: str | None = None, sure: bool = False,
        edit: str | None = None,
    ) -> str:  # fmt: skip
        """Draw the network anew on a day, from an earlier map `of` it or from nothing; returns the map's id."""
        self.network(network_id)
        copied = self.drawn(of) if of else None
        values = {"network_id": network_id, "day": checked_day(day, date.today())}
        values["title"] = self._short_words("title", title, sure)
        identity = new_id()
        with self.store.act("map begun", identity, edit=edit) as act:
            put(act, records.MAP, identity, values)
            if copied:
                here = {"map_id": identity}
                put_new(act, records.PLACE, {new_id(): _state(one) | here for one in copied.places.values()})
                put_new(act, records.TIE, {new_id(): _state(one) | here for one in copied.ties})
        return identity

    def change_map(self, map_id: str, *, sure: bool = False, edit: str | None = None, **values: str) -> None:
        """Change a map's `day` or `title`."""
        changed = {}
        if "day" in values:
            changed["day"] = checked_day(values.pop("day"), date.today())
        if "title" in values:
            changed["title"] = self._short_words("title", values.pop("title"), sure)
        refuse_unknown(values)
        self.drawn(map_id)
        with self.store.act("map changed", map_id, edit=edit) as act:
            change(act, records.MAP, map_id, **changed)

    def remove_map(self, map_id: str, *, edit: str | None = None) -> None:
        """Remove one map; the last of a network goes with the network only."""
        drawn = self.drawn(map_id)
        if len(self.network_maps(drawn.network.id)) == 1:
            raise BadInput(_("It is the only map of this network. Remove the network, if it is to go."))
        with self.store.act("map removed", map_id, edit=edit) as act:
            for tie in drawn.ties:
                put(act, records.TIE, tie.id, None)
            for place in drawn.places.values():
                put(act, records.PLACE, place.id, None)
            put(act, records.MAP, map_id, None)

    # --- who stands on a map ---

    def add_actor(
        self, map_id: str, label: str, sector: str, *, distance: float = 0.5, bearing: float = 0.5,
        kind: str = "person", level: str = "", role: str = "", id: str | None = None, sure: bool = False,
        edit: str | None = None,
    ) -> str:  # fmt: skip
        """Place a person or service on a map, by their role to the one in the middle; returns the actor's id.

        `distance` is 0 beside the middle to 1 at the edge, `bearing` 0 to 1 across the sector, given by its id.
        Raises BadInput for a label that names somebody, Unsure for one that may, unless `sure`.
        """
        drawn = self.drawn(map_id)
        state = {
            "network_id": drawn.network.id, "label": self._label(label, sure), "in_team": False, "coordinates": False,
            "role": role or _vacant_role(label, drawn), "support": "", **_known(kind=kind, level=level),
        }  # fmt: skip
        identity = id or new_id()
        with self.store.act("actor placed", identity, edit=edit) as act:
            put(act, records.ACTOR, identity, state)
            self._place(act, drawn, identity, sector, distance, bearing)
        return identity

    def place_actor(
        self, map_id: str, actor: str, sector: str, distance: float, bearing: float, *, edit: str | None = None
    ) -> None:
        """Let somebody stand elsewhere on a map, or on this one too."""
        drawn = self.drawn(map_id)
        self._actor(drawn, actor)
        with self.store.act("actor placed", actor, edit=edit) as act:
            self._place(act, drawn, actor, sector, distance, bearing)

    def _place(self, act: Act, drawn: Drawn, actor: str, sector: str, distance: float, bearing: float) -> None:
        if sector not in {one.id for one in drawn.network.sectors}:
            raise NotFound(_("That sector is no longer there."))
        if not (0 <= distance <= 1 and 0 <= bearing <= 1):
            raise BadInput(_("A place on the map is from 0 (the middle) to 1 (the edge)."))
        state = {
            "map_id": drawn.map.id, "actor_id": actor, "sector_id": sector, "distance": round(distance, 4),
            "bearing": round(bearing, 4),
        }  # fmt: skip
        stands = drawn.places.get(actor)
        put(act, records.PLACE, stands.id if stands else new_id(), state)

    def change_actor(
        self, map_id: str, actor: str, *, sure: bool = False, edit: str | None = None, **values: Any
    ) -> None:
        """Change somebody's `label`, `kind`, `level`, `support`, or whether they are `in_team` or `coordinates`."""
        drawn = self.drawn(map_id)
        self._actor(drawn, actor)
        changed: dict[str, Any] = {key: bool(values.pop(key)) for key in ("in_team", "coordinates") if key in values}
        changed |= _known(**{key: values.pop(key) for key in ("kind", "level") if key in values})
        if "label" in values:
            changed["label"] = self._label(values.pop("label"), sure)
        if "support" in values:
            changed["support"] = self._short_words("support", values.pop("support"), sure, is_role=False)
        refuse_unknown(values)
        with self.store.act("actor changed", actor, edit=edit) as act:
            change(act, records.ACTOR, actor, **changed)

    def take_off(self, map_id: str, actor: str, *, edit: str | None = None) -> None:
        """Take somebody off a map with their ties; who stands on no other map is no longer of the network."""
        drawn = self.drawn(map_id)
        self._actor(drawn, actor)
        with self.store.act("actor taken off", actor, edit=edit) as act:
            for tie in drawn.ties:
                if actor in (tie.one, tie.other):
                    put(act, records.TIE, tie.id, None)
            if actor in drawn.places:
                put(act, records.PLACE, drawn.places[actor].id, None)
            others = [one for one in records.list_maps(act.connection, drawn.network.id) if one.id != map_id]
            if not any(
                place.actor_id == actor for one in others for place in records.list_places(act.connection, one.id)
            ):
                put(act, records.ACTOR, actor, None)

    def tie(
        self, map_id: str, one: str, other: str, *, kind: str = "", strength: int | None = None,
        edit: str | None = None,
    ) -> str:  # fmt: skip
        """Draw a line between two who have to do with each other; returns its id. With direction it goes one way.

        Raises BadInput for a line to oneself, and for one that is there already.
        """
        drawn = self.drawn(map_id)
        for actor in (one, other):
            self._actor(drawn, actor, placed=True)
        if one == other:
            raise BadInput(_("A line goes from one to another."))
        if not drawn.network.directed:
            one, other = sorted((one, other))
        self._refuse_drawn(drawn, one, other, kind)
        identity = new_id()
        state = {"map_id": map_id, "one": one, "other": other, **_tie_values(kind=kind, strength=strength)}
        with self.store.act("tie drawn", identity, edit=edit) as act:
            put(act, records.TIE, identity, state)
        return identity

    def _refuse_drawn(self, drawn: Drawn, one: str, other: str, kind: str, but: str = "") -> None:
        if any((tie.one, tie.other, tie.kind) == (one, other, kind) and tie.id != but for tie in drawn.ties):
            raise BadInput(_("That line is there already."))

    def change_tie(self, map_id: str, tie: str, *, edit: str | None = None, **values: Any) -> None:
        """Change a tie's `kind` or `strength` (1 to 3, or None)."""
        drawn = self.drawn(map_id)
        stands = self._tie(drawn, tie)
        changed = _tie_values(**values)
        self._refuse_drawn(drawn, stands.one, stands.other, changed.get("kind", stands.kind), but=tie)
        with self.store.act("tie changed", tie, edit=edit) as act:
            change(act, records.TIE, tie, **changed)

    def untie(self, map_id: str, tie: str, *, edit: str | None = None) -> None:
        """Take a line away."""
        self._tie(self.drawn(map_id), tie)
        with self.store.act("tie removed", tie, edit=edit) as act:
            put(act, records.TIE, tie, None)

    def undo_drawing(self) -> list[Revision]:
        """Take back one's own newest change of a map; raises Overtaken where others went on from it."""
        return self.store.undo(records.KINDS, sure=True)

    def redo_drawing(self) -> list[Revision]:
        """Take back one's own newest undo of a change of a map."""
        return self.store.redo(records.KINDS)

    # --- what comes out of a map ---

    def map_picture(self, map_id: str, *, plain: bool = False, before: str | None = None) -> str:
        """A map as SVG, in colour or `plain` black and white: roles only, never a name.

        With an earlier map of the network, `before`, traces show what changed since.
        """
        drawn = self.drawn(map_id)
        was = self.drawn(before) if before else None
        earlier = Earlier(was.places, was.ties) if was else None
        return svg(picture_of(drawn, self.centre_of(drawn.network)), plain=plain, before=earlier)

    def centre_of(self, network: Network) -> str:
        """What the person in the middle is called: an informant's code, or “me”; on an actor map nobody is there."""
        codes = {person.id: person.code for person in self.informants()}
        around_nobody = any(one.label in pathways.ACTOR_GROUPS for one in network.sectors)
        return codes.get(network.informant_id or "", "" if around_nobody else _("Me"))

    # --- checks ---

    def _actor(self, drawn: Drawn, actor: str, *, placed: bool = False) -> Actor:
        for one in drawn.there if placed else drawn.actors:
            if one.id == actor:
                return one
        raise NotFound(_("They are no longer on the map: somebody has taken them off."))

    def _tie(self, drawn: Drawn, tie: str) -> Tie:
        for one in drawn.ties:
            if one.id == tie:
                return one
        raise NotFound(_("That line is no longer there: somebody has taken it away."))

    def _label(self, given: str, sure: bool) -> str:
        """Return a label; a role that everybody knows needs no screening, so it can be placed while locked."""
        label = _kept("label", given)
        if not label:
            raise BadInput(_("Say who it is, by their role: “sister”, “GP”."))
        if any(one.is_called(label) for one in (*roles(), *everyday_roles())):
            return label
        try:
            register = self.register()
        except VaultLocked as error:
            raise VaultLocked(
                _("The vault is locked, so only roles that everybody has can be placed, “sister” or “GP”. For other "
                  "words unlock it by “workbench vault unlock”.")
            ) from error  # fmt: skip
        refuse_names([(label, True)], register, sure)
        return label

    def _short_words(self, key: str, given: str, sure: bool, *, is_role: bool = True) -> str:
        words = _kept(key, given)
        if words:
            self._refuse_identifiers(words)
            refuse_alike(words, sure, is_role=is_role)
        return words

    def _needed(self, key: str, given: str, known: Container[str] = (), *, sure: bool) -> str:
        if given in known:
            return given
        words = self._short_words(key, given, sure)
        if not words:
            raise BadInput(_("Say what it is called."))
        return words


def _turn(act: Act, ties: Sequence[Tie], *, directed: bool) -> None:
    """Let the ties of a map lead both ways, or one line stand for both: the stronger."""
    if directed:
        there = {(tie.one, tie.other, tie.kind) for tie in ties}
        back = [tie for tie in ties if (tie.other, tie.one, tie.kind) not in there]
        put_new(act, records.TIE, {new_id(): _state(tie) | {"one": tie.other, "other": tie.one} for tie in back})
        return
    kept = set()
    for tie in sorted(ties, key=lambda tie: -(tie.strength or 0)):
        one, other = sorted((tie.one, tie.other))
        if (one, other, tie.kind) in kept:
            put(act, records.TIE, tie.id, None)
        else:
            kept.add((one, other, tie.kind))
            change(act, records.TIE, tie.id, one=one, other=other)


def _vacant_role(label: str, drawn: Drawn) -> str:
    """The row of the overview that a label names, where nobody fills it yet."""
    filled = {one.role for one in drawn.actors}
    return next((one.id for one in roles() if one.id not in filled and one.is_called(label)), "")


def picture_of(drawn: Drawn, middle: str) -> MapPicture:
    """Return what a map's picture shows."""
    sectors = [(one, _(pathways.SECTOR_LABELS.get(one.label, one.label))) for one in drawn.network.sectors]
    title = " ".join(part for part in (drawn.network.title, drawn.map.title, drawn.map.day) if part)
    return MapPicture(title, middle, sectors, drawn.actors, drawn.places, drawn.ties, drawn.network.directed)


def _kept(key: str, given: str) -> str:
    words = " ".join(given.split())
    if len(words) > LONGEST[key]:
        raise BadInput(_("That is too long: at most {n} characters.").format(n=LONGEST[key]))
    return words


def _known(**values: str) -> dict[str, str]:
    for key, labels in (("kind", pathways.ACTOR_LABELS), ("level", {"": "", **pathways.LEVEL_LABELS})):
        if key in values and values[key] not in labels:
            raise BadInput(_("There is no {what} “{value}”.").format(what=key, value=values[key]))
    return values


def _tie_values(**values: Any) -> dict[str, Any]:
    if values.get("kind", "") not in {"", *pathways.TIE_LABELS}:
        raise BadInput(_("There is no kind of line “{kind}”.").format(kind=values["kind"]))
    if values.get("strength") not in {None, 1, 2, 3}:
        raise BadInput(_("A line is 1 (weak), 2 or 3 (strong)."))
    refuse_unknown({key: value for key, value in values.items() if key not in {"kind", "strength"}})
    return values


def _state(thing: Place | Tie) -> dict[str, Any]:
    return {key: value for key, value in asdict(thing).items() if key != "id"}
