"""Maps that other programs drew: what they call people goes into the vault, and everybody stands where they stood."""

import json

import networkx as nx
import pytest

from workbench.errors import BadInput, BrokenFile, Unsure


def alter(id, name, role, angle, distance, **more):
    return {"id": id, "name": name, "role": role, "human": True, "deceased": False, "angle": angle,
            "distance": distance, **more}  # fmt: skip


ALTERI = [
    alter(1, "Randi Prøvesen", "Tante", 45, 50),
    alter(2, "Nils Prøvesen", "", 135, 20),
    alter(3, "Pus", "Katt", 10, 5, human=False),
    alter(4, "Dr. Prøve", "Fastlege", -45, 100),
]
ROSA = {
    "currentVersion": 2,
    "versions": [
        {"id": 1, "title": "Første samtale", "date": "2026-01-10",
         "nwk": {"ego": {"name": "Rosa"}, "alteri": ALTERI[:2], "connections": []}},
        {"id": 2, "title": "Etter Randi", "date": "2026-06-10",
         "nwk": {"ego": {"name": "Rosa"}, "alteri": ALTERI, "connections": [{"id1": 4, "id2": 1}]}},
    ],
}  # fmt: skip


def test_an_easynwk_file_becomes_dated_maps_of_one_network(study, write):
    first, second = study.import_map(write("rosa.json", "\ufeff" + json.dumps(ROSA)), title="Kart")
    drawn = study.drawn(second)
    sectors = {one.id: one.label for one in drawn.network.sectors}
    where = {one.label: drawn.places[one.id] for one in drawn.actors}
    assert {label: sectors[place.sector_id] for label, place in where.items()} == {
        "Tante": "family", "Person 2": "spare_time", "Katt": "family", "Fastlege": "professional",
    }  # fmt: skip
    assert (where["Tante"].distance, where["Tante"].bearing, where["Fastlege"].distance) == (0.5, 0.5, 1)
    assert [one.kind for one in drawn.actors] == ["person", "person", "uncounted", "person"]
    assert (study.drawn(first).map.day, len(study.drawn(first).places), len(drawn.ties)) == ("2026-01-10", 2, 1)
    names = {study.contacts(drawn.network.id)[one.id]["name"] for one in drawn.actors}
    assert names == {"Randi Prøvesen", "Nils Prøvesen", "Pus", "Dr. Prøve"}
    study.store.close()
    for file in study.folder.rglob("*"):
        for name in ("Randi", "Nils", "Pus", "Rosa"):
            assert file.is_dir() or name.encode() not in file.read_bytes(), (file, name)
    assert study.measures_of_map(second)["nodes"] == 3


def test_a_network_canvas_export_in_csv(study, write):
    head = "nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,role,plass_x,plass_y\r\n"
    nodes = head + "1,e,u1,'=Kari,venn,0.5,0.0\r\n2,e,u2,ENCRYPTED,,0.9,0.5\r\n"
    file = write("s1_attributeList_Person.csv", nodes)
    write(
        "s1_edgeList_Kjenner.csv",
        "edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,networkCanvasTargetUUID\r\n"
        "1,1,2,e,t1,u1,u2\r\n",
    )
    write("annet_attributeList_Person.csv", nodes)
    drawn = study.drawn(study.import_map(file)[0])
    labels = {one.label: drawn.places[one.id] for one in drawn.actors}
    assert list(labels) == ["venn", "Person 2"]
    assert (labels["venn"].distance, labels["venn"].bearing) == (1, 0)  # straight up: where the first sector begins
    assert labels["Person 2"].distance == pytest.approx(0.8)
    assert len(drawn.ties) == 1
    assert {one["name"] for one in study.contacts(drawn.network.id).values()} == {"=Kari"}


def test_a_network_canvas_export_tells_the_day_and_the_sector(study, write):
    head = "nodeID,networkCanvasEgoUUID,networkCanvasUUID,role,gruppe_family,gruppe_professional\r\n"
    rows = "1,e,u1,søster,true,false\r\n2,e,u2,lege,false,true\r\n3,e,u3,venn,false,false\r\n"
    file = write("s1_attributeList_Person.csv", head + rows)
    write("s1_ego.csv", "networkCanvasEgoUUID,networkCanvasCaseID,sessionStart\r\ne,c,2024-05-01T10:00:00.000Z\r\n")
    drawn = study.drawn(study.import_map(file)[0])
    sectors = {one.id: one.label for one in drawn.network.sectors}
    stand = {one.label: sectors[drawn.places[one.id].sector_id] for one in drawn.actors}
    assert (drawn.map.day, stand) == ("2024-05-01", {"søster": "family", "lege": "professional", "venn": "untold"})
    made = study.measures_of_map(drawn.map.id)
    assert (made["nodes"], made["composition"]["share_professional"]) == (3, 0.5)  # whose sector is not told is neither


def test_words_for_sectors_become_sectors_unless_they_are_many(study, write):
    head = "nodeID,networkCanvasEgoUUID,networkCanvasUUID,role,sector\r\n"
    few = "1,e,u1,søster,Familien\r\n2,e,u2,lege,professional\r\n3,e,u3,venn,\r\n"
    (first,) = study.import_map(write("f_attributeList_Person.csv", head + few))
    assert [one.label for one in study.drawn(first).network.sectors][-2:] == ["Familien", "untold"]
    many = "".join(f"{n},e,u{n},venn,gate {n}\r\n" for n in range(20))
    (second,) = study.import_map(write("m_attributeList_Person.csv", head + many))
    assert [one.label for one in study.drawn(second).network.sectors][-1] == "untold"
    with pytest.raises(Unsure):
        study.import_map(write("n_attributeList_Person.csv", head + "1,e,u1,venn,Karis venner\r\n"))


def test_a_network_canvas_export_in_graphml(study, tmp_path):
    graph = nx.Graph()
    for key, x in (("1", 0.5), ("2", 1.0)):
        graph.add_node(key, networkCanvasUUID=f"u{key}", name=f"Navn{key}", relationship="venn", plass_X=x, plass_Y=0.5)
    graph.add_edge("1", "2", networkCanvasSourceUUID="u1", networkCanvasTargetUUID="u2")
    nx.write_graphml(graph, tmp_path / "kart.graphml")
    drawn = study.drawn(study.import_map(tmp_path / "kart.graphml")[0])
    assert sorted(place.distance for place in drawn.places.values()) == [0, 1]
    assert [one.label for one in drawn.actors] == ["venn", "venn"]
    assert study.measures_of_map(drawn.map.id)["degree"] == {"venn": 1, "venn 2": 1}


def test_a_plain_network_is_spread_over_its_sector(study, write):
    file = write("s.csv", "source,target\n" + "\n".join(f"Tjeneste {n},Tjeneste {n + 1}" for n in range(9)))
    drawn = study.drawn(study.import_map(file, day="2026-05-04")[0])
    assert (len(drawn.there), len(drawn.ties), drawn.map.day) == (10, 9, "2026-05-04")
    assert len({(place.distance, place.bearing) for place in drawn.places.values()}) == 10
    assert len({place.sector_id for place in drawn.places.values()}) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.json", '{"versions": [{"nwk": {}}]}', "no easyNWK file"),
        ("a.json", "{", "no easyNWK file"),
        ("a.json", '{"ego": {}, "alteri": [], "connections": []}', "nobody on the map"),
        ("a.json", json.dumps({"ego": {}, "alteri": ALTERI[:1], "connections": [{"id1": 1, "id2": 9}]}), "to nobody"),
        ("a.json", json.dumps({**ROSA, "versions": [{**ROSA["versions"][0], "date": "i går"}]}), "i går is no date"),
        ("a_attributeList_P.csv", "nodeID,networkCanvasUUID,a_x,a_y\n1,u,her,der\n", "row 2: a place is not told"),
        ("a.csv", "source,target\n,\n", "nobody on the map"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_nothing_is_there(study, write, name, content, told):
    with pytest.raises((BadInput, BrokenFile), match=told):
        study.import_map(write(name, content))
    assert study.networks() == []
    assert study.undo_drawing() == []


def test_three_thousand_come_in_and_go_out_in_one_act(study, tmp_path):
    nx.write_graphml(nx.relabel_nodes(nx.path_graph(3000), lambda n: f"n{n}"), tmp_path / "stor.graphml")
    made = study.import_map(tmp_path / "stor.graphml")[0]
    assert len(study.drawn(made).places) == 3000
    assert study.draw(made, tmp_path / "stor.svg") is None
    study.undo_drawing()
    assert study.networks() == []
