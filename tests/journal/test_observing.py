"""From log to data: an entry becomes a source that can be coded, and stays linked."""

import pytest

from workbench.errors import BadInput


def test_an_entry_becomes_a_source_once_and_stays_linked(study):
    entry = study.log("Alle så på klokka.", "Jeg ble utålmodig.", setting="kurs", place="rådhuset")
    made = study.observe(entry)
    assert study.observe(entry).id == made.id
    source = study.source(made.name)
    assert source.kind == "observation"
    assert "Alle så på klokka." in study.text(made.name)
    assert "Jeg ble utålmodig." in study.text(made.name)
    (link,) = study.links(entry)
    assert {link.one, link.other} == {entry, made.id}
    start = study.text(made.name).index("Alle så")
    study.code_passage(made.name, start, start + 7, theme="1", effect="hemmer", determinant="relasjonell")


def test_part_of_it_and_other_parts_of_it(study):
    entry = study.log("Alle så på klokka. Ingen sa noe.", "Jeg ble utålmodig.")
    observation = study.log_entry(entry).passages[0].id
    part = study.observe(entry, passages=[observation])
    assert "utålmodig" not in study.text(part.name)
    words = study.observe(entry, words="Ingen sa noe.")
    assert study.text(words.name).strip() == "Ingen sa noe."
    assert len({part.name, words.name}) == 2
    assert len(study.links(entry)) == 2
    with pytest.raises(BadInput, match="do not stand"):
        study.observe(entry, words="Alle sa noe.")
    with pytest.raises(BadInput, match="at least one part"):
        study.observe(entry, passages=[])


def test_the_consent_of_those_present_decides_whether_it_counts(study):
    study.add_informant("B1", "bruker")
    made = study.observe(study.log("B1 sa lite.", present=["B1"]))
    start = study.text(made.name).index("B1 sa")
    study.code_passage(made.name, start, start + 5, theme="1", effect="hemmer", determinant="relasjonell")
    assert sum(cell["codings"] for cell in study.table("matrix").data["cells"]) == 0
    study.set_consent("B1", "anonymous")
    assert sum(cell["codings"] for cell in study.table("matrix").data["cells"]) == 1
