import json
import shutil

import pytest

from workbench.errors import GateClosed
from workbench.publishing.edition import Edition
from workbench.publishing.shelf import editions, shelf, verify


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """One published study for the tests that only look at it."""
    import os

    from tests.conftest import CODINGS, INTERVIEW, REGISTER
    from workbench.study import Study

    os.environ["WORKBENCH_LANGUAGE"] = "en"
    folder = tmp_path_factory.mktemp("published")
    study = Study.create(folder / "study", title="Prøve", vault=folder / "vault", passphrase=None)
    study.add_informant("B1", "bruker", recruitment="oppslag", given="anonymous")
    for name, content in (("r.csv", REGISTER), ("i.txt", INTERVIEW), ("c.csv", CODINGS)):
        (folder / name).write_text(content)
    study.learn_names(folder / "r.csv")
    study.import_files([folder / "i.txt"], "interview", name="Intervju 1")
    study.import_codings(folder / "c.csv")
    return study, study.publish()


def test_an_edition_holds_what_it_should(published):
    _study, made = published
    names = set(made.files)
    assert {"index.html", "manifest.json", "edition.json", "tables/matrix.csv", "tables/matrix.xlsx"} <= names
    for report in ("overview", "codebook", "logbook", "co-research", "pathways", "theme-1", "theme-7"):
        assert {f"reports/{report}.{form}" for form in ("ipynb", "html", "docx")} <= names


def test_the_manifest_fits_and_a_change_is_seen(published, tmp_path):
    study, made = published
    assert verify(study.folder, made.edition) == []
    copy = tmp_path / "exports" / "editions" / made.edition
    shutil.copytree(made.path, copy)
    (copy / "index.html").write_text("something else")
    (copy / "tables" / "matrix.csv").unlink()
    (copy / "added.txt").write_text("x")
    assert len(verify(tmp_path, made.edition)) == 3


def test_published_again_it_has_the_same_id_and_the_same_bytes(published):
    study, made = published
    first = {name: (made.path / name).read_bytes() for name in made.files}
    shutil.rmtree(made.path)
    again = study.publish()
    assert again.edition == made.edition
    assert {name: (again.path / name).read_bytes() for name in again.files} == first


def test_publishing_is_no_act_but_the_head_is_among_the_inputs(published):
    study, made = published
    before = study.store.newest
    study.publish()
    assert study.store.newest == before
    manifest = json.loads((made.path / "manifest.json").read_text())
    assert manifest["inputs"]["audit_head"] == before.hash


def test_no_notebook_holds_code_paths_or_times(published):
    _study, made = published
    text = (made.path / "reports" / "overview.ipynb").read_text()
    notebook = json.loads(text)
    assert all(not cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert "papermill" not in text
    assert "/tmp" not in text


def test_pages_ask_nobody_for_anything(published):
    _study, made = published
    for name in made.files:
        if name.endswith((".html", ".ipynb")):
            text = (made.path / name).read_text().replace("http://www.w3.org/2000/svg", "")
            assert "http://" not in text, name
            assert "https://" not in text, name
            assert "<script" not in text, name


def test_no_name_is_anywhere(published):
    study, made = published
    found = study.check([made.path / name for name in made.files])
    assert found == []


def test_every_statement_leads_to_its_segments_on_the_page(published):
    _study, made = published
    page = (made.path / "index.html").read_text()
    for identity, _text in Edition(made.path).statements("matrix"):
        assert f'href="#{identity}"' in page
        assert f'id="{identity}"' in page


def test_quotes_need_their_scope(coded):
    coded.set_consent("B1", "reserved")
    frozen = coded.freeze()
    assert frozen.segments
    assert all(segment["quote"] is None for segment in frozen.segments)


def leak(study, words="Kari Testesen kom"):
    """Put words into the store past the screening, as a fault of ours might."""
    from workbench.coding.records import add_statement
    from workbench.store import new_id

    with study.store.act("a leak, for the test") as act:
        add_statement(act.connection, new_id(), words, "resources", "inhibits", "organisational")


@pytest.mark.parametrize(
    "words", ["Kari Testesen kom", "Testesens hus", "KARI", "fnr 018590 12345", "ring 68 05 12 34", "a@b.test"]
)
def test_the_gate_closes_and_leaves_nothing(coded, words, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    (tmp_path / "t").mkdir()
    import tempfile

    tempfile.tempdir = None
    leak(coded, words)
    with pytest.raises(GateClosed) as closed:
        coded.publish(["matrix"])
    tempfile.tempdir = None
    assert list(shelf(coded.folder).glob("*")) == []
    assert list((tmp_path / "t").iterdir()) == []
    assert {"tables/matrix.csv", "tables/matrix.xlsx", "index.html", "reports/overview.docx"} <= {
        f["file"] for f in closed.value.findings
    }
    assert words not in str(closed.value)
    assert all(words not in str(f) for f in closed.value.findings)


def test_who_consented_to_be_named_may_stand(coded):
    leak(coded)
    coded.set_consent("B1", "named")
    assert coded.publish(["matrix"]).edition


def test_a_cited_author_may_stand_with_the_year(coded, write):
    coded.learn_names(write("r2.csv", "name,replacement\nGro Granheim,[noen]\n"))
    coded.import_references(
        write("r.bib", "@book{g19, author={Granheim, Torunn}, title={Bok}, year={2019}, pages={1--2}}")
    )
    assert coded.check([write("ok.txt", "Som Granheim (2019) viser.\n")]) == []
    assert len(coded.check([write("no.txt", "Som Granheim fortalte.\n")])) == 1


def test_editions_are_listed_with_the_newest_last(coded):
    first = coded.publish(["matrix"])
    coded.add_statement("Noe nytt", theme="1", effect="fremmer", determinant="systemisk")
    second = coded.publish(["matrix"])
    assert [m["edition"] for m in editions(coded.folder)] == [first.edition, second.edition]


def test_withdrawal_takes_down_the_editions_with_those_words(coded):
    made = coded.publish(["matrix"])
    receipt = coded.withdraw("B1")
    assert receipt.editions_withdrawn == [made.edition]
    assert not made.path.exists()


def test_a_damaged_edition_is_made_anew(coded):
    made = coded.publish(["matrix"])
    whole = {name: (made.path / name).read_bytes() for name in made.files}
    for damage in (
        lambda: (made.path / "index.html").write_text("something else"),
        lambda: (made.path / "tables" / "matrix.csv").unlink(),
        lambda: (made.path / "manifest.json").write_text("{"),
    ):
        damage()
        told = []
        again = coded.publish(["matrix"], progress=told.append)
        assert {name: (again.path / name).read_bytes() for name in again.files} == whole
        assert "damaged" in told[0]
    assert coded.publish(["matrix"], progress=lambda text: pytest.fail(text)).files == made.files


def test_progress_and_refusal_are_in_the_users_language(coded):
    leak(coded, "Kari Testesen kom")
    told = []
    with pytest.raises(GateClosed, match="may identify somebody") as closed:
        coded.publish(["matrix"], progress=told.append)
    assert "written: matrix" in told
    assert {f["why"] for f in closed.value.findings} == {"a name in the register"}


def test_an_edition_may_be_made_though_names_are_words_of_the_formats(coded, write):
    names = ("Hans", "Roman", "Normal", "Data", "Sans", "Office", "Strong", "Calibri", "Alt", "Helvetica")
    coded.learn_names(write("r2.csv", "name\n" + "\n".join(names)))
    assert coded.publish().edition
