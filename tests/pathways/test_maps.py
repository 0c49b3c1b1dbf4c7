"""Network maps: drawn, undone, dated, compared, masked, and forgotten with the person in the middle."""

import pytest

from workbench.errors import BadInput, NotFound, Overtaken, Unsure, VaultLocked
from workbench.study import Study


@pytest.fixture
def drawn(study):
    """A map around B1 with a GP, a sister and a DPS, and a line between the two professionals; ids by name."""
    study.add_informant("B1", "bruker", given="anonymous")
    network = study.add_network(informant="B1", day="2026-03-01")
    first = study.network_maps(network)[0].id
    sectors = {one.label: one.id for one in study.network(network).sectors}
    ids = {
        "gp": study.add_actor(first, "Fastlege", sectors["professional"], distance=0.3, level="municipality"),
        "dps": study.add_actor(first, "DPS", sectors["professional"], kind="service", level="dps"),
        "sister": study.add_actor(first, "Søster", sectors["family"], distance=0.1),
    }
    ids["tie"] = study.tie(first, ids["gp"], ids["dps"])
    return study, network, first, sectors, ids


def test_a_map_is_drawn_and_measured_without_the_person_in_the_middle(drawn):
    study, network, first, _sectors, _ids = drawn
    assert study.network(network).title == "B1"
    made = study.measures_of_map(first)
    assert (made["nodes"], made["ties"], made["isolated"]) == (3, 1, ["Søster"])
    assert made["density"] == pytest.approx(1 / 3)
    assert made["by_sector"]["Professionals"] == 2
    assert made["composition"] == {
        "professional": 2, "private": 1, "share_professional": pytest.approx(2 / 3),
        "density_without_professionals": None, "across_professions": -1, "across_levels": 1,
        "ties_with_levels": 1,
    }  # fmt: skip


def test_every_change_can_be_undone_and_done_again(drawn):
    study, _network, first, sectors, ids = drawn
    before = study.drawn(first)
    study.place_actor(first, ids["gp"], sectors["spare_time"], 0.9, 0.2)
    study.take_off(first, ids["dps"])
    assert [one.label for one in study.drawn(first).actors] == ["Fastlege", "Søster"]
    assert study.drawn(first).ties == ()
    study.undo_drawing()
    study.undo_drawing()
    assert study.drawn(first) == before
    study.redo_drawing()
    assert study.drawn(first).places[ids["gp"]].distance == 0.9
    study.undo_drawing()
    for _act in range(7):  # the line, three actors, the network itself
        study.undo_drawing()
    assert study.networks() == []
    assert study.verify().ok


def test_what_others_went_on_from_is_not_undone(drawn):
    study, _network, first, _sectors, ids = drawn
    other = Study(study.folder, actor="other")
    other.tie(first, ids["sister"], ids["gp"])
    study.untie(first, ids["tie"])
    study.undo_drawing()
    study.undo_drawing()  # the line
    with pytest.raises(Overtaken):
        study.undo_drawing()  # the sister has a line of another's by now
    other.store.close()


def test_a_line_goes_between_two_and_once(drawn):
    study, network, first, _sectors, ids = drawn
    with pytest.raises(BadInput, match="from one to another"):
        study.tie(first, ids["gp"], ids["gp"])
    with pytest.raises(BadInput, match="there already"):
        study.tie(first, ids["dps"], ids["gp"])
    study.tie(first, ids["dps"], ids["gp"], kind="information", strength=3)  # another kind of line
    with pytest.raises(BadInput, match="there already"):
        study.change_tie(first, ids["tie"], kind="information")
    assert study.measures_of_map(first)["ties"] == 1


def test_lines_lead_both_ways_at_first_where_they_get_a_direction(drawn):
    study, network, first, _sectors, ids = drawn
    pair = (ids["gp"], ids["dps"])

    def lines():
        return sorted((tie.one, tie.other) for tie in study.drawn(first).ties)

    plain = lines()
    study.change_network(network, directed=True)
    assert lines() == sorted([pair, pair[::-1]])
    study.undo_drawing()
    assert (lines(), study.network(network).directed) == (plain, False)
    study.redo_drawing()
    study.tie(first, ids["sister"], ids["gp"])
    study.tie(first, ids["gp"], ids["sister"])
    made = study.measures_of_map(first)
    assert (made["ties"], made["degree"]["Søster"]) == (4, 2)
    study.change_tie(first, study.tie(first, *pair, kind="referral"), strength=3)
    study.change_network(network, directed=False)
    assert len(lines()) == 3
    assert {tuple(sorted(line)) for line in lines()} == set(lines())


def test_two_dates_are_compared(drawn):
    study, network, first, sectors, ids = drawn
    later = study.add_map(network, "2026-09-01", of=first)
    assert len(study.drawn(later).places) == 3
    assert study.map_difference(first, later).came == ()
    study.take_off(later, ids["dps"])
    study.place_actor(later, ids["gp"], sectors["professional"], 0.8, 0.5)
    study.place_actor(later, ids["sister"], sectors["kin"], 0.12, 0.5)
    friend = study.add_actor(later, "Venn", sectors["spare_time"])
    study.tie(later, friend, ids["sister"])
    changed = study.map_difference(first, later)
    assert (changed.came, changed.went, changed.farther, changed.nearer) == ((friend,), (ids["dps"],), (ids["gp"],), ())
    assert changed.other_sector == (ids["sister"],)
    assert changed.new_ties == (tuple(sorted((friend, ids["sister"]))),)
    assert changed.gone_ties == (tuple(sorted((ids["dps"], ids["gp"]))),)
    assert changed.changed_ties == ()
    (line,) = study.drawn(later).ties
    third = study.add_map(network, "2026-06-01", of=later)
    study.change_tie(third, study.drawn(third).ties[0].id, kind="support", strength=3)
    assert study.map_difference(later, third).changed_ties == ((line.one, line.other),)
    study.remove_map(third)
    assert len(study.drawn(first).places) == 3
    assert len(study.drawn(first).actors) == 4  # who went is of the network still
    study.remove_map(later)
    with pytest.raises(BadInput, match="only map"):
        study.remove_map(first)
    with pytest.raises(BadInput, match="same network"):
        study.map_difference(first, study.network_maps(study.add_network())[0].id)


def test_sectors_are_the_studys_to_name(drawn):
    study, network, first, sectors, _ids = drawn
    wanted = [
        {"id": one.id, "label": one.label, "professional": one.professional} for one in study.network(network).sectors
    ]
    wanted[1]["label"] = "Slekt og svogre"
    with pytest.raises(BadInput, match="Somebody stands in “Family” on the map of 2026-03-01"):
        study.set_sectors(network, wanted[1:])
    study.set_sectors(network, [*wanted[:3], wanted[4], {"label": "Nettet"}])
    now = study.network(network).sectors
    assert [one.label for one in now] == ["family", "Slekt og svogre", "spare_time", "professional", "Nettet"]
    assert study.drawn(first).places.keys() == {*study.drawn(first).places}
    with pytest.raises(BadInput, match="a name of its own"):
        study.set_sectors(network, [{"label": "a"}, {"label": "A"}])
    assert sectors["work"] not in {one.id for one in now}


@pytest.mark.parametrize(
    ("label", "told"),
    [("", "by their role"), ("x" * 101, "too long"), ("Kari Testesen", "names somebody")],
)  # fmt: skip
def test_a_label_is_a_role(drawn, write, label, told):
    study, _network, first, sectors, _ids = drawn
    study.learn_names(write("r.csv", "name,replacement\nKari Testesen,[venn]\n"))
    with pytest.raises(BadInput, match=told):
        study.add_actor(first, label, sectors["family"])
    assert len(study.drawn(first).actors) == 3


def test_a_word_that_may_be_a_name_is_asked_about(drawn, write):
    study, _network, first, sectors, _ids = drawn
    study.learn_names(write("r.csv", "name,replacement\nPer Vik,[venn]\n"))
    with pytest.raises(Unsure, match="somebody's name"):
        study.add_actor(first, "Per", sectors["family"])
    study.add_actor(first, "Per", sectors["family"], sure=True)


@pytest.mark.parametrize("label", ["Kari", "min søster Kari", "Karis nabo", "Liv", "KARI"])
def test_given_names_are_asked_about_without_a_register(drawn, label):
    study, network, first, sectors, ids = drawn
    for named in (
        lambda: study.add_actor(first, label, sectors["family"]),
        lambda: study.change_actor(first, ids["gp"], label=label),
        lambda: study.change_actor(first, ids["gp"], support=f"ringer til {label}"),
        lambda: study.change_network(network, title=label),
        lambda: study.add_course(label),
        lambda: study.answer_form("what_matters", {"own_words": True}, filled_by=label),
    ):
        with pytest.raises(Unsure):
            named()


@pytest.mark.parametrize(
    "label", ["Nabo", "Hjemmesykepleier", "DPS", "Bror", "kontakt i Nav", "Andre på skolen", "Turvenn"]
)
def test_roles_are_not_taken_for_names(drawn, label):
    study, _network, first, sectors, _ids = drawn
    study.add_actor(first, label, sectors["spare_time"])


def test_a_role_that_everybody_has_can_be_placed_while_the_vault_is_locked(drawn, monkeypatch):
    study, _network, first, sectors, _ids = drawn

    def locked():
        raise VaultLocked("locked")

    monkeypatch.setattr(study, "register", locked)
    study.add_actor(first, "saksbehandler (voksne)", sectors["professional"])
    study.add_actor(first, "Søster", sectors["family"])
    with pytest.raises(VaultLocked):
        study.add_actor(first, "Min gode venn", sectors["spare_time"])


def test_a_real_name_is_the_vaults_alone(drawn, tmp_path):
    study, network, first, _sectors, ids = drawn
    study.change_actor(first, ids["dps"], support="Solveig Prøvesen kan spørres", in_team=True, sure=True)
    study.change_actor(first, ids["dps"], coordinates=True)
    study.keep_contact(first, ids["sister"], name="Solveig Prøvesen", direct="998 55 123", photo="aGVp")
    assert study.contacts(network)[ids["sister"]]["direct"] == "998 55 123"
    now = {one.label: one for one in study.drawn(first).actors}
    assert now["DPS"].support == "[Søster] kan spørres"  # known now, so it is masked wherever it stood
    study.undo_drawing()
    study.redo_drawing()
    for name in ("map.svg", "map.pdf", "map.png"):
        study.draw(first, tmp_path / name)
        assert b"Solveig" not in (tmp_path / name).read_bytes()
    study.store.close()
    for file in study.folder.rglob("*"):
        assert file.is_dir() or b"Solveig" not in file.read_bytes(), file
    with pytest.raises(BadInput, match="names somebody"):
        study.add_actor(first, "Solveig Prøvesen", _sectors["family"])
    with pytest.raises(BadInput, match="must not hold the name"):
        study.keep_contact(first, ids["gp"], name="Fastlege")


def test_a_network_goes_with_the_person_in_its_middle(drawn):
    study, network, first, _sectors, ids = drawn
    study.change_actor(first, ids["gp"], support="ringer hver uke om medisinen")
    study.keep_contact(first, ids["gp"], name="Grete Prøvesen")
    study.take_off(first, ids["gp"])
    other = study.add_network("En annen")
    assert study.withdraw("B1", dry_run=True).removed["networks"] == 1
    receipt = study.withdraw("B1")
    assert (receipt.removed["networks"], [one.id for one in study.networks()]) == (1, [other])
    assert not list((study.folder.parent / "vault" / "contacts").iterdir())
    study.store.close()
    assert b"ringer hver uke" not in (study.folder / "study.db").read_bytes()
    with pytest.raises(NotFound):
        study.drawn(first)
    with pytest.raises(NotFound):
        study.contacts(study.network(network).id)
    assert study.verify().ok


def test_from_the_command_line(study_command, tmp_path):
    assert study_command.json("map", "list") == []
    (tmp_path / "kart.csv").write_text("source,target\nFastlege,DPS\nFastlege,Nav\n")
    made = study_command.json("map", "import", tmp_path / "kart.csv", "--day", "2026-02-03", "--title", "Runde én")
    there = study_command.json("map", "list")
    assert [(one["id"], one["network"], one["day"], one["actors"]) for one in there] == [
        (made[0]["id"], "Runde én", "2026-02-03", 3)
    ]
    measured = study_command.json("map", "measures", made[0]["id"])
    assert (measured["hubs"], measured["ties"]) == (["Fastlege"], 2)
    done = study_command("map", "draw", made[0]["id"], "--to", tmp_path / "k.pdf", "--black-and-white")
    assert (done.returncode, (tmp_path / "k.pdf").read_bytes()[:4]) == (0, b"%PDF"), done.stderr
    for arguments, told in (
        (["draw", made[0]["id"], "--to", tmp_path / "k.bmp"], ".svg, .png, .pdf, not as .bmp"),
        (["measures", "nix"], "no longer there"),
        (["import", tmp_path / "kart.csv", "--informant", "B9"], "No informant has the code B9"),
    ):
        done = study_command("map", *arguments)
        assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert len(study_command.json("map", "list")) == 1
    assert study_command("audit", "verify").returncode == 0


def test_an_actor_map_has_groups_and_nobody_in_the_middle(study):
    network = study.add_network(actors=True, day="2026-03-01")
    (drawn,) = study.network_maps(network)
    groups = study.network(network).sectors
    assert [one.label for one in groups] == ["concerned", "helping", "deciding", "around"]
    study.add_actor(drawn.id, "Fastlege", groups[1].id)
    picture = study.map_picture(drawn.id)
    assert ("concerned" in picture, ">Me<" in picture) == (True, False)
    assert study.measures_of_map(drawn.id)["composition"]["professional"] == 1
