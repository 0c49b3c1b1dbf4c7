"""What goes out for other programs comes in again as it was: with consent, without a name, and no formula runs."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import BadInput, GateClosed

LOG = """case,service,helper,start,end,level,phase,contacts
B1,Fastlege,,2025-01-10,2025-01-10,municipality,=2+2,1
B1,DPS,Psykolog,2025-04-02,,dps,uka jeg «sprakk»,8
"""
place = st.tuples(st.floats(0, 1).map(lambda x: round(x, 4)), st.floats(0, 1).map(lambda x: round(x, 4)))


@pytest.fixture
def shared(study):
    study.add_informant("B1", "bruker", given="anonymous", scopes=["interview", "sharing"])
    return study


def as_seen(study, map_id):
    """Everybody by label with where they stand, and the lines, whatever their ids are."""
    drawn = study.drawn(map_id)
    sectors = {one.id: one.label for one in drawn.network.sectors}
    labels = {one.id: one.label for one in drawn.actors}
    stands = {labels[key]: (sectors[one.sector_id], one.distance, one.bearing) for key, one in drawn.places.items()}
    kinds = {one.label: (one.kind, one.level) for one in drawn.there}
    ties = sorted((*(labels[end] for end in (one.one, one.other)), one.kind) for one in drawn.ties)
    return stands, kinds, ties if drawn.network.directed else [(*sorted(one[:2]), one[2]) for one in ties]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(place, max_size=5), st.booleans(), st.sampled_from([".graphml", ".gexf"]))
def test_a_map_comes_back_as_it_went(shared, tmp_path, places, directed, suffix):
    network = shared.add_network(informant="B1", day="2026-03-01")
    shared.change_network(network, directed=directed, kinds=True, strengths=True)
    (first,) = shared.network_maps(network)
    sectors = [one.id for one in shared.network(network).sectors]
    made = [
        shared.add_actor(first.id, f"Hjelper {n}", sectors[n % 5], distance=distance, bearing=bearing,
                         kind=("person", "service", "uncounted")[n % 3], level=("", "dps")[n % 2])
        for n, (distance, bearing) in enumerate([(0.5, 0.5), *places])
    ]  # fmt: skip
    for one, other in zip(made, made[1:], strict=False):
        shared.tie(first.id, one, other, kind="support", strength=2)
        shared.tie(first.id, one, other, kind="meetings")
    file = tmp_path / f"kart{suffix}"
    shared.export_pathway(first.id, file)
    (again,) = shared.import_map(file)
    assert as_seen(shared, again) == as_seen(shared, first.id)


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_own_sectors_and_those_of_an_actor_map_come_back(shared, tmp_path, suffix):
    actors = shared.add_network("Aktører", informant="B1", actors=True, day="2026-03-01")
    own = shared.add_network("Egne", informant="B1", day="2026-03-01")
    wanted = [{"label": "Huset", "professional": False}, {"label": "Kontoret", "professional": True}]
    shared.set_sectors(own, wanted)
    for network in (actors, own):
        (one,) = shared.network_maps(network)
        for n, sector in enumerate(shared.network(network).sectors):
            shared.add_actor(one.id, f"Hjelper {n}", sector.id)
        shared.export_pathway(one.id, tmp_path / f"ut{suffix}")
        (again,) = shared.import_map(tmp_path / f"ut{suffix}")
        assert as_seen(shared, again) == as_seen(shared, one.id)
        labels = [[(s.label, s.professional) for s in shared.drawn(key).network.sectors] for key in (one.id, again)]
        assert labels[0] == labels[1]


def test_an_edge_list_names_those_without_ties_too(shared, command, tmp_path):
    network = shared.add_network(informant="B1", day="2026-03-01")
    (one,) = shared.network_maps(network)
    sector = shared.network(network).sectors[0].id
    sister, gp, _alone = (shared.add_actor(one.id, who, sector, sure=True) for who in ("=Søster", "Fastlege", "Nabo"))
    shared.tie(one.id, sister, gp, strength=3)
    done = command("map", "export", one.id, "--to", tmp_path / "kart.csv", "--study", shared.folder)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "kart.csv").read_text("utf-8-sig").splitlines()
    assert written == ["source,target,kind,strength", "'=Søster,Fastlege,,3", "Nabo,,,"]
    assert as_seen(shared, shared.import_map(tmp_path / "kart.csv")[0])[2] == [("=Søster", "Fastlege", "")]


def test_a_course_goes_out_as_an_event_log_that_comes_in_again(shared, write, tmp_path):
    (course,) = shared.import_courses(write("log.csv", LOG))
    shared.export_pathway(course, tmp_path / "ut.csv")
    assert "B1,DPS,Psykolog,dps,contact,2025-04-02,,8,uka jeg «sprakk»" in (tmp_path / "ut.csv").read_text("utf-8-sig")
    assert "'=2+2" in (tmp_path / "ut.csv").read_text("utf-8-sig")
    before = shared.course(course)
    shared.remove_course(course)
    (again,) = shared.import_courses(tmp_path / "ut.csv")
    kept = [
        [{**vars(each), "id": "", "course_id": ""} for each in one.episodes] for one in (before, shared.course(again))
    ]
    assert kept[0] == kept[1]
    assert shared.course(again).course.informant_id == before.course.informant_id


def test_nothing_goes_out_without_consent_or_with_a_name(shared, write, tmp_path):
    (course,) = shared.import_courses(write("log.csv", LOG))
    with pytest.raises(BadInput, match="goes out as .csv, not as .gexf"):
        shared.export_pathway(course, tmp_path / "ut.gexf")
    network = shared.add_network(informant="B1")
    (one,) = shared.network_maps(network)
    with pytest.raises(BadInput, match=r"\.graphml, \.gexf, \.csv, not as \.txt"):
        shared.export_pathway(one.id, tmp_path / "ut.txt")
    shared.set_consent("B1", "anonymous", ["interview"])
    for what in (course, one.id, shared.network_maps(shared.add_network("Uten"))[0].id):
        with pytest.raises(BadInput, match="has not consented to sharing it"):
            shared.export_pathway(what, tmp_path / "ut.csv")
    shared.set_consent("B1", "anonymous", ["interview", "sharing"])
    shared.learn_names(write("r.csv", "name,replacement\nPer,[leder]\n"))
    shared.add_to_course(course, "episode", service="Per på hjørnet", start="2025-09-01", sure=True)
    with pytest.raises(GateClosed):
        shared.export_pathway(course, tmp_path / "ut.csv")
    assert not list(tmp_path.glob("ut.*"))
