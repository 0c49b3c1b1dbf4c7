"""The preunderstanding and its story, through the façade, the command line and the tables."""

import json
import xml.etree.ElementTree as ET

import pytest

from workbench.errors import BadInput, NotFound

CELL = {"effect": "promotes", "determinant": "relational"}


@pytest.fixture
def held(study):
    return study.add_hypothesis("Kjennskap hjelper.", **CELL, grounds="egen praksis", day="2024-01-10")


def test_before_and_now_stand_side_by_side(study, held):
    gone = study.add_hypothesis("Data stopper alt.", effect="inhibits", determinant="systemic", day="2024-01-10")
    late = study.add_hypothesis("Ledere må ville.", **CELL, new=True, day="2025-03-02")
    study.turn_hypothesis(held, "held", day="2024-06-01")
    study.turn_hypothesis(
        held, "nuanced", words="Kjennskap hjelper når det er tid.", grounds="gruppe 1", day="2025-01-01"
    )
    study.turn_hypothesis(gone, "given_up", grounds="de fleste ringer", day="2025-06-01")
    now = {one.id: (one.before, one.now, one.standing) for one in study.hypotheses()}
    assert now == {
        held: ("Kjennskap hjelper.", "Kjennskap hjelper når det er tid.", "nuanced"),
        gone: ("Data stopper alt.", "", "given_up"),
        late: ("", "Ledere må ville.", "new"),
    }
    table = study.table("preunderstanding")
    assert [(row["before"], row["now"], row["grounds"], row["because"]) for row in table.rows] == [
        ("Kjennskap hjelper.", "Kjennskap hjelper når det er tid.", "egen praksis", "gruppe 1"),
        ("", "Ledere må ville.", "", ""),
        ("Data stopper alt.", "", "", "de fleste ringer"),
    ]
    picture = ET.fromstring(study.movement())
    told = picture.find("{http://www.w3.org/2000/svg}desc").text
    assert "Kjennskap hjelper når det er tid." in told
    assert told.count("Oppgitt") == 1


def test_what_can_not_be_is_refused_and_nothing_changes(study, held):
    before = study.hypotheses()
    with pytest.raises(BadInput, match="Write how you see it now"):
        study.turn_hypothesis(held, "nuanced")
    with pytest.raises(BadInput, match="not vet ikke"):
        study.turn_hypothesis(held, "vet ikke")
    with pytest.raises(BadInput, match="later day"):
        study.turn_hypothesis(held, "held", day="2023-01-01")
    with pytest.raises(BadInput, match="no date"):
        study.turn_hypothesis(held, "held", day="i går")
    with pytest.raises(BadInput, match="some words"):
        study.add_hypothesis("  ", **CELL)
    with pytest.raises(NotFound):
        study.turn_hypothesis("ukjent", "held")
    with pytest.raises(NotFound):
        study.cite(held, "ukjent")
    assert study.hypotheses() == before


def test_it_is_linked_to_entries_and_codings_once(coded):
    held = coded.add_hypothesis("Kjennskap hjelper.", **CELL)
    entry = coded.log("De ringte hverandre.")
    coding = coded.codings()[0].id
    coded.cite(held, entry)
    assert coded.cite(held, coding) == coded.cite(held, coding)
    assert sorted(coded.cited(held)) == sorted([entry, coding])
    coded.remove_hypothesis(held)
    assert coded.links() == []
    assert coded.hypotheses() == []


def test_a_name_masked_later_is_masked_in_every_turn(study, held, write):
    study.turn_hypothesis(held, "nuanced", words="Testvik kjenner alle.", grounds="sa Testvik")
    study.learn_names(write("n.csv", "name,replacement\nTestvik,[sted]\n"))
    last = study.hypotheses()[0].story[-1]
    assert (last.words, last.grounds) == ("[sted] kjenner alle.", "sa [sted]")


def test_whom_a_story_speaks_of_is_told_at_withdrawal(coded):
    held = coded.add_hypothesis("B1 trenger tid.", **CELL)
    assert coded.withdraw("B1", dry_run=True).hypotheses_to_read == [held]


def test_by_the_command_line(study_command, tmp_path):
    done = study_command(
        "preunderstanding", "add", "Kjennskap hjelper.", "--effect", "fremmer", "--determinant", "relasjonell",
        "--grounds", "praksis", "--day", "2024-01-10", "--json",
    )  # fmt: skip
    held = json.loads(done.stdout)["id"]
    study_command("preunderstanding", "turn", held, "given_up", "--grounds", "tid er viktigere")
    entry = json.loads(study_command("log", "add", "--observation", "De ringte.", "--json").stdout)["id"]
    study_command("preunderstanding", "link", held, entry)
    (one,) = json.loads(study_command("preunderstanding", "list", "--json").stdout)
    assert (one["before"], one["now"], one["standing"], one["links"]) == ("Kjennskap hjelper.", "", "given_up", [entry])
    study_command("preunderstanding", "draw", "--to", tmp_path / "m.svg")
    assert (tmp_path / "m.svg").read_text().startswith("<svg")
    refused = study_command("preunderstanding", "turn", held, "sikker")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert json.loads(study_command("table", "preunderstanding", "--format", "json").stdout)["rows"]
    assert json.loads(study_command("table", "log", "--format", "json").stdout)["rows"][0]["entries"] == 1


def test_the_logs_words_are_a_table_only_where_they_are_asked_for(coded):
    coded.add_informant("C1", "bruker")
    coded.log("Alle så på klokka.", "Jeg ble utålmodig.", setting="kurs")
    coded.log("C1 gikk.", present=["C1"])
    assert [row["observation"] for row in coded.table("log-texts").rows] == ["Alle så på klokka."]
    assert "log-texts" not in {table.name for table in coded.freeze().tables}
    assert "log-texts" in {table.name for table in coded.freeze(["log-texts"]).tables}
