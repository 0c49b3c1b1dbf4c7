"""The table of networks and courses: only what its person lets be shared, drawn again from what is frozen."""

import pytest

from workbench.store.records import audit_rows
from workbench.tables.pathways import course_picture, map_picture

LOG = """case,service,helper,start,end,level,phase,contacts
B1,Fastlege,,2025-01-10,2025-01-10,municipality,,1
B1,DPS,Psykolog,2025-04-02,2025-06-30,dps,,8
B2,Fastlege,,2025-01-10,2025-01-10,municipality,,1
"""


@pytest.fixture
def drawn(study, write):
    """A network and a course each of B1, who lets them be shared, and of B2, who does not."""
    study.add_informant("B1", "bruker", given="anonymous", scopes=["interview", "sharing"])
    study.add_informant("B2", "bruker", given="anonymous")
    for code in ("B1", "B2"):
        network = study.add_network(informant=code, day="2026-03-01")
        (one,) = study.network_maps(network)
        sectors = {each.label: each.id for each in study.network(network).sectors}
        gp = study.add_actor(one.id, "Fastlege", sectors["professional"])
        sister = study.add_actor(one.id, "Søster", sectors["family"])
        study.change_actor(one.id, gp, support="snakker om medisinene")
        study.tie(one.id, gp, sister)
    study.import_courses(write("log.csv", LOG))
    return study


def test_only_what_may_be_shared_is_in_the_table(drawn):
    table = drawn.table("pathways", "en")
    assert [(row["what"], row["whose"], row["n"]) for row in table.rows] == [
        ("Course", "B1", 9),
        ("Network map", "B1", 2),
    ]
    assert table.rows[1]["density"] == 1
    open_still, handed_over = table.rows[0], table.rows[0]["handovers"]
    assert (handed_over, open_still["longest_gap"] > 81, open_still["breaks"]) == (1, True, 2)  # until today
    assert "medisinene" not in str(table.plain())
    assert [one["whose"] for one in table.data["maps"] + table.data["courses"]] == ["B1", "B1"]
    held = drawn.publish(["pathways"])
    page = (held.path / "reports" / "pathways.html").read_text("utf-8")
    assert ("viewBox=" in page, "patternTransform=" in page, "viewbox=" in page) == (True, True, False)
    assert page.count("<table") == 2
    assert "Bice &amp; Boxerman 1977" in page
    assert drawn.set_consent("B1", "anonymous", ["interview", "sharing"]) == []
    assert drawn.set_consent("B1", "anonymous", ["interview"]) == [held.edition]
    assert not held.path.exists()
    assert drawn.table("pathways").rows == []


def test_maps_and_courses_are_drawn_from_what_is_frozen(drawn):
    data = drawn.table("pathways", "en").data
    (shared,) = data["maps"]
    theirs = next(one for one in drawn.networks() if one.title == "B1")
    whole = drawn.map_picture(drawn.network_maps(theirs.id)[0].id)
    assert map_picture(shared).partition("</title>")[2] == whole.partition("</title>")[2]
    assert "81 days" in course_picture(data["courses"][0])


def test_a_course_that_goes_on_gives_the_same_table_on_another_day(drawn):
    course = next(one.id for one in drawn.courses() if one.title == "B1")
    drawn.add_to_course(course, "episode", service="Nav", start="2025-07-01")
    before = drawn.table("pathways").plain()
    assert drawn.table("pathways").plain() == before
    with drawn.store.read() as connection:
        newest = audit_rows(connection)[-1].at[:10]
    assert before["data"]["courses"][0]["episodes"][-1]["end"] == newest


def test_an_edition_with_their_map_goes_when_they_withdraw(drawn):
    edition = drawn.publish()
    page = (edition.path / "reports" / "pathways.html").read_text("utf-8")
    assert page.count("<svg") == 2
    assert "B2" not in page
    assert drawn.withdraw("B1").editions_withdrawn == [edition.edition]
    assert not edition.path.exists()
