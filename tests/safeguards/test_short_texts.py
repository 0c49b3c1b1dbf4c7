"""Names in names: groups, recruitments, codes and titles are free text too."""

import pytest

from workbench.errors import BadInput, GateClosed, NotFound, VaultLocked
from workbench.study import Study


def names(write):
    return write("n.csv", "name,replacement\nKari Nordmann,U1\n")


def test_what_was_written_before_the_register_is_masked_when_names_come(study, write):
    study.add_informant("B1", "bruker", recruitment="via Kari Nordmann", given="anonymous")
    study.import_codebook(write("k.csv", "theme,name,definition\n1,Karis kode,etter Kari Nordmann\n"))
    assert study.learn_names(names(write)) == 3
    assert study.informants()[0].recruitment == "via U1"
    assert [(c.name, c.definition) for c in study.codebook()] == [("U1s kode", "etter U1")]
    content = b"".join(path.read_bytes() for path in study.folder.glob("study.db*"))
    study.store.close()
    content = (study.folder / "study.db").read_bytes() or content
    assert b"Nordmann" not in content


def test_a_codes_name_is_masked_on_its_way_in(interviewed, write):
    content = "quote,theme,effect,determinant,code\nAt ingen har tid,2,hemmer,systemisk,Karis tid\n"
    interviewed.import_codings(write("c.csv", content))
    assert [c.name for c in interviewed.codebook()] == ["B1s tid"]


def test_where_the_vault_is_locked_names_of_things_are_refused(study, monkeypatch, write):
    def locked():
        raise VaultLocked("locked")

    monkeypatch.setattr(study, "register", locked)
    with pytest.raises(VaultLocked):
        study.add_informant("B1", "venner av Ole")
    with pytest.raises(VaultLocked):
        study.import_codebook(write("k.csv", "theme,name\n1,Ole\n"))


def test_a_title_that_names_somebody_is_refused_before_anything_is_made(coded):
    with pytest.raises(GateClosed, match="title"):
        coded.publish(title="Boka om Kari Testesen")


def test_a_memo_on_nothing_is_refused(study):
    with pytest.raises(NotFound):
        study.add_memo("1", "et notat")


def test_a_register_without_its_column_is_said(study, write):
    with pytest.raises(BadInput, match="lacks these columns: name"):
        study.learn_names(write("n.csv", "foo,bar\n1,2\n"))


def test_the_same_row_twice_in_one_file_is_one_coding(interviewed, write):
    row = "At ingen har tid,2,hemmer,systemisk\n"
    added, refused = interviewed.import_codings(write("c.csv", f"quote,theme,effect,determinant\n{row}{row}"))
    assert (added, refused.already) == (1, 1)


@pytest.mark.parametrize(("decision", "left"), [("mask", "N1 er viktig"), ("keep", "Per er viktig")])
def test_an_open_finding_can_be_settled_and_the_edition_made(study, write, decision, left):
    study.learn_names(write("n.csv", "name,replacement\nPer Vik,N1\n"))
    study.import_files([write("n.txt", "Per er viktig. Ja.\n")], "observation", name="Notat")
    content = "quote,theme,effect,determinant,statement\nPer er viktig,1,fremmer,systemisk,Per er viktig\n"
    study.import_codings(write("c.csv", content))
    assert len(study.waiting()) == 2
    with pytest.raises(GateClosed):
        study.publish(["matrix"])
    assert study.settle(lambda _text, _finding: decision) == 2
    assert study.waiting() == []
    assert study.text("Notat").startswith(left)
    assert study.statements()[0].text == left
    assert study.codings()[0].quote == left
    assert study.verify().ok
    assert study.publish(["matrix"]).edition


def test_a_masked_name_stays_in_no_file_of_the_store_while_others_have_it_open(study, write):
    study.import_files([write("i.txt", "A: Jeg jobbet på Fjellgartneriet den gangen.\n")], "interview", name="I")
    other = Study(study.folder)
    assert "Fjellgartneriet" in other.text("I")
    study.mask_word("Fjellgartneriet", "[arbeidsplass]")
    for file in study.folder.glob("study.db*"):
        assert b"Fjellgartneriet" not in file.read_bytes(), file.name
    other.store.close()
