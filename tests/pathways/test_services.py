"""Services by level: found in coded turns, on maps and in courses; what the dictionary must be."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import BrokenTemplate
from workbench.ink import Point
from workbench.pathways import LEVEL_LABELS
from workbench.pathways.curves import on
from workbench.pathways.service_map import Between, Seen, ServiceMap, draw_services
from workbench.study import Study

# Read out of the example study by hand: in so many coded turns of people who consent are the two named together.
EXPECTED = {
    ("dps", "municipality"): 11,
    ("dps", "home_care"): 2,
    ("dps", "outreach"): 2,
    ("dps", "purchaser"): 1,
    ("home_care", "municipality"): 1,
    ("hospital", "municipality"): 1,
}


def test_the_example_studys_services_are_found_in_its_coded_turns(edition):
    study = Study(edition.parents[2])
    shown = study.service_map()
    assert {(one.one, one.other): len(one.told) for one in shown.between if one.told} == EXPECTED
    levels = {one.id: one.level for one in shown.services}
    assert (levels["purchaser"], levels["outreach"], levels["dps"]) == ("municipality", "between", "dps")
    told = next(one for one in shown.between if one.other == "purchaser").told[0]
    assert (told.source, "tildelingskontoret" in told.words, "DPS" in told.words) == ("intervju-3", True, True)
    assert study.text("intervju-3")[told.start : told.end] == told.words
    narrowed = study.service_map(theme="2")
    assert 0 < sum(one.weight for one in narrowed.between) < sum(EXPECTED.values())
    assert all(told.source == "intervju-1" for one in study.service_map(informant="B1").between for told in one.told)


TALK = """B1: Legevakta ringte sykehuset, og sykehuset ringte aldri fastlegen.

B2: Politiet kom, og så kom legevakta.

B1: NAV er et kapittel for seg, og nav i et hjul er noe annet.
"""


@pytest.fixture
def talked(study, write):
    """A talk of which all is coded; B2 has not consented."""
    study.add_informant("B1", "bruker", given="anonymous")
    study.add_informant("B2", "bruker")
    study.import_files([write("t.txt", TALK)], "interview", speakers={"B1": "B1", "B2": "B2"}, name="Samtale")
    study.code_passage("Samtale", 0, len(study.text("Samtale")), theme="3", effect="inhibits", determinant="systemic")
    return study


def test_only_turns_of_those_who_consent_count(talked):
    pairs = {frozenset((one.one, one.other)) for one in talked.service_map().between}
    assert pairs == {frozenset(pair) for pair in (("emergency", "hospital"), ("emergency", "gp"), ("gp", "hospital"))}
    assert talked.service_map(informant="B2").between == ()


def test_maps_and_courses_count_beside_what_is_told(talked, write):
    network = talked.add_network(informant="B1", day="2026-01-01")
    first = talked.network_maps(network)[0].id
    sector = talked.network(network).sectors[-1].id
    gp = talked.add_actor(first, "Fastlege", sector)
    hospital = talked.add_actor(first, "Sykehus", sector, kind="service")
    bakery = talked.add_actor(first, "bakeri", sector, kind="service", level="other", sure=True)
    talked.change_actor(first, gp, coordinates=True)
    talked.tie(first, gp, hospital)
    talked.tie(first, gp, bakery)
    log = "case,service,start,end\nB1,Fastlege,2025-01-01,2025-01-01\nB1,Sykehus,2025-02-01,2025-02-03\n"
    talked.import_courses(write("log.csv", log + "B1,Fastlege,2025-03-01,2025-03-01\n"))
    shown = talked.service_map()
    between = {(one.one, one.other): (one.networks, one.courses, len(one.told)) for one in shown.between}
    assert between["gp", "hospital"] == (1, 2, 1)
    assert between["bakeri", "gp"] == (1, 0, 0)
    assert [one.id for one in shown.services if one.coordinates] == ["gp"]
    assert {(one.one, one.other, one.courses) for one in talked.service_flows().between} == {
        ("gp", "hospital", 1), ("hospital", "gp", 1),
    }  # fmt: skip
    assert {(one.one, one.other, one.weight) for one in talked.service_map(theme="1").between} == set()
    picture = talked.service_picture()
    assert ("coordinates" in picture, "GP" in picture) == (True, True)
    boxes = [
        tuple(float(n) for n in found)
        for found in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="6"', picture)
    ]
    assert len(boxes) == 4
    for n, (x, y, wide, high) in enumerate(boxes):
        for other_x, other_y, other_wide, other_high in boxes[:n]:
            assert x >= other_x + other_wide or other_x >= x + wide or y >= other_y + other_high or other_y >= y + high


def test_a_studys_own_dictionary_takes_the_place_of_ours(talked):
    label = "label: {nb: Hjul, da: Hjul, en: Wheel}"
    (talked.folder / "services.yaml").write_text(
        f"services:\n  - {{id: wheel, {label}, level: other, words: [hjul]}}\n"
        f"  - {{id: nav, {label}, level: other, words: [NAV]}}\n"
    )
    assert [(one.one, one.other) for one in talked.service_map().between] == [("nav", "wheel")]
    own = (talked.folder / "services.yaml").read_text()
    (talked.folder / "services.yaml").write_text(
        own.replace(label, "label: Hjul", 1).replace(label, "label: {da: Jobcenter}")
    )
    assert {one.label for one in talked.service_map().services} == {"Hjul", "Jobcenter"}  # in whatever is told
    (talked.folder / "services.yaml").write_text(
        f"services:\n  - {{id: a, {label}, level: moon, words: [hjul]}}\n  - {{id: b, {label}, words: ['*']}}\n"
    )
    with pytest.raises(BrokenTemplate, match=r"line 2: .*no level “moon”[\s\S]*line 3"):
        talked.service_map()


def test_who_coordinates_is_the_service_of_the_helper_who_does(talked, write):
    log = "case,service,helper,start,end,level\nB1,Psykisk helsearbeid,Sykepleier,2025-01-01,2025-03-01,municipality\n"
    (course,) = talked.import_courses(write("log.csv", log + "B1,DPS,,2025-03-02,2025-04-01,dps\n"))
    for who, start in (("Fastlege", "2025-01-01"), ("Sykepleier", "2025-02-01")):
        talked.add_to_course(course, "holder", role="coordinator", holder=who, start=start)
    shown = talked.service_map()
    assert [one.label for one in shown.services if one.coordinates] == ["Psykisk helsearbeid"]


def test_from_the_command_line(study_command, tmp_path):
    made = study_command.json("map", "services")
    assert made == {"services": [], "between": []}
    done = study_command("map", "services", "--flow", "--to", tmp_path / "f.svg")
    assert (done.returncode, (tmp_path / "f.svg").read_text()[:4]) == (0, "<svg"), done.stderr
    done = study_command("map", "services", "--to", tmp_path / "f.bmp")
    assert (done.returncode, "not as .bmp" in done.stderr) == (2, True)


@given(st.lists(st.sampled_from(list(LEVEL_LABELS)), min_size=2, max_size=14), st.booleans())
def test_no_line_crosses_a_service_that_it_does_not_belong_to(levels, directed):
    services = [Seen(f"s{n}", f"Tjeneste {n}", level) for n, level in enumerate(levels)]
    between = [Between(one.id, other.id, courses=1) for one, other in itertools.combinations(services, 2)]
    picture = draw_services(ServiceMap.of(services, between), "Tjenester", directed=directed)
    boxes = [
        tuple(map(float, box)) for box in re.findall(r'<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"', picture)
    ]
    paths = re.findall(r'<path d="M(\S+) C([^"]+)" fill="none"', picture)
    assert (len(boxes) >= len(services), len(paths)) == (True, len(between))
    for start, way in paths:
        stops = [tuple(map(float, stop.split(","))) for stop in (start, *way.split(" "))]
        for n in range(0, len(stops) - 1, 3):
            for step in range(1, 20):
                x, y = on((tuple(Point(*stop) for stop in stops[n : n + 4]),), step / 20)
                assert not any(
                    left + 1 < x < left + wide - 1 and top + 1 < y < top + high - 1 for left, top, wide, high in boxes
                )
