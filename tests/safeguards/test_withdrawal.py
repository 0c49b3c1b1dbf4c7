import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.errors import BadInput, VaultLocked
from workbench.privacy import Register

GROUP = """Moderator: Hva er viktig?
Kari: At noen ringer. Ola er med.
Petra: Enig med Kari. Tid er viktig.
Kari: Ja, tid.
"""


@pytest.fixture
def group(study, write):
    for code in ("A1", "A2"):
        study.add_informant(code, "bruker", given="anonymous")
    names = "name,aliases,type,replacement,informant\nKari Vik,,person,A1,A1\nPetra Dahle,,person,A2,A2\n"
    study.learn_names(write("names.csv", names))
    study.import_files([write("g.txt", GROUP)], "focus_group", name="Gruppe 1")
    content = (
        "quote,theme,effect,determinant,statement,memo\nAt noen ringer,6,fremmer,relasjonell,Noen ringer,om Kari\n"
    )
    content += "Tid er viktig,2,fremmer,systemisk,Tid,\n"
    added, refused = study.import_codings(write("c.csv", content))
    assert added == 2, refused
    return study


def test_one_act_removes_the_words_and_leaves_the_others(group):
    receipt = group.withdraw("A1")
    text = group.text("Gruppe 1")
    assert "ringer" not in text
    assert "Ja, tid" not in text
    assert "Tid er viktig" in text
    assert [c.quote for c in group.codings()] == ["Tid er viktig"]
    assert group.memos() == []
    assert receipt.removed["codings"] == 1
    assert group.verify().ok


def test_the_register_and_the_sealed_raw_are_destroyed(group):
    source = group.source("Gruppe 1")
    assert {e.name for e in group.register().entries} == {"Kari Vik", "Petra Dahle"}
    group.withdraw("A1")
    assert {e.name for e in group.register().entries} == {"Petra Dahle"}
    assert group.vault.names("raw") == []
    assert source.id == group.source("Gruppe 1").id


def test_nothing_is_left_in_the_store_file(group, tmp_path):
    group.withdraw("A1")
    group.store.close()
    for file in (tmp_path / "study").glob("study.db*"):
        assert b"noen ringer" not in file.read_bytes(), file.name


def test_a_dry_run_changes_nothing_and_tells_the_same(group):
    before = group.store.newest
    told = group.withdraw("A1", dry_run=True)
    assert group.store.newest == before
    done = group.withdraw("A1")
    assert told.removed["codings"] == done.removed["codings"]
    assert told.removed["turns"] == done.removed["turns"]


def test_a_withdrawn_code_can_not_be_brought_back(group):
    group.withdraw("A1")
    with pytest.raises(BadInput, match="withdrawn"):
        group.set_consent("A1", "anonymous")


def test_every_older_version_loses_the_words_too(group, write):
    group.correct("Gruppe 1", write("g2.txt", GROUP.replace("Ja, tid.", "Ja, god tid.")))
    group.withdraw("A1")
    with group.store.read() as connection:
        from workbench.material.records import versions_of

        versions = versions_of(connection, group.source("Gruppe 1").id)
    assert len(versions) == 2
    assert all("ringer" not in text and "Tid er viktig" in text for _id, text in versions)


def test_a_name_known_late_is_masked_everywhere_and_codings_move(group, write):
    before = [c.quote for c in group.codings()]
    masked = group.learn_names(write("late.csv", "name,replacement\nOla Vik,[bror]\n"))
    assert masked >= 1
    text = group.text("Gruppe 1")
    assert "Ola" not in text
    assert "[bror] er med" in text
    assert [c.quote for c in group.codings()] == before
    assert all(text[c.start : c.end] == c.quote for c in group.codings())


def test_masks_made_late_know_their_place_in_the_sealed_raw(group, write):
    group.learn_names(write("late.csv", "name,replacement\nOla Vik,[bror]\n"))
    source = group.source("Gruppe 1")
    raw = group.vault.open(f"raw/{source.text_id}").decode()
    with group.store.read() as connection:
        from workbench.privacy.records import masks_of

        masks = masks_of(connection, source.text_id)
    assert {raw[m.raw_start : m.raw_end] for m in masks} == {"Kari", "Petra", "Ola"}


@given(st.lists(st.sampled_from(["Kari", "Petra", "Ola", "Ada"]), max_size=4), st.integers(0, 3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_codings_stay_on_their_words_whatever_is_masked_after(tmp_path_factory, order, where):
    """Masks added one after the other, in any order: every coding still says what it said, masks aside."""
    from workbench.study import Study

    folder = tmp_path_factory.mktemp("s")
    study = Study.create(folder / "s", vault=folder / "v", passphrase=None)
    words = ["Kari kom til Petra", "så sa Ola ja", "og Ada gikk hjem", "med Kari og Ola"]
    (folder / "n.txt").write_text(". ".join(words) + ".\n")
    study.import_files([folder / "n.txt"], "observation", name="N")
    (folder / "c.csv").write_text(f"quote,theme,effect,determinant\n{words[where]},1,fremmer,systemisk\n")
    study.import_codings(folder / "c.csv")
    expected = words[where]
    for number, name in enumerate(order):
        (folder / "r.csv").write_text(f"name,replacement\n{name},[person {number}]\n")
        study.learn_names(folder / "r.csv")
        if f"[person {order.index(name)}]" not in expected:
            expected = expected.replace(name, f"[person {order.index(name)}]")
    (coding,) = study.codings()
    assert coding.quote == expected
    assert study.text("N")[coding.start : coding.end] == expected


def test_where_the_vault_is_locked_words_wait_and_coding_goes_on(group, write, monkeypatch):
    monkeypatch.setattr(type(group.vault), "is_open", False)
    monkeypatch.setattr(group, "register", _locked)
    content = (
        "quote,theme,effect,determinant,statement,memo\nEnig med A1,1,fremmer,relasjonell,Petra er enig,om Petra\n"
    )
    added, _refused = group.import_codings(write("c2.csv", content))
    assert added == 1
    assert len(group.vault.names("inbox")) == 2
    assert b"Petra" not in b"".join(p.read_bytes() for p in (group.vault.folder / "inbox").glob("*.age"))
    monkeypatch.undo()
    assert group.screen_inbox() == 2
    assert "A2 er enig" in [s.text for s in group.statements()]
    assert [m.text for m in group.memos()][-1] == "om A2"
    assert group.vault.names("inbox") == []


def _locked() -> Register:
    raise VaultLocked("locked")


def test_a_name_beside_an_informants_is_not_theirs(study, write):
    """The husband named in her interview's register is somebody else: her withdrawal does not forget his name."""
    study.add_informant("B1", "bruker", given="anonymous")
    names = write("r.csv", "name,replacement\nKari Vik,B1\nOla Vik,[ektefelle]\n")
    study.import_files(
        [write("i.txt", "I: Hei?\nKari: Ola er her.\n")], "interview", informants=["B1"], register=names, name="A"
    )
    study.withdraw("B1")
    assert [entry.name for entry in study.register().entries] == ["Ola Vik"]
