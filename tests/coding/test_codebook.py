"""The codebook: as it was at a date, in and out as CSV, and what became of codes that were merged or split."""

from datetime import datetime, timedelta, timezone

import pytest

from workbench.errors import BadInput
from workbench.study import Study

CLAIM = {"effect": "hemmer", "determinant": "relasjonell"}


def span(study, words):
    start = study.text("Intervju 1").index(words)
    return "Intervju 1", start, start + len(words)


@pytest.mark.parametrize("date", ["25.11.2026", "i går", "2026-13-45", ""])
def test_what_is_no_date_is_refused(study, date):
    with pytest.raises(BadInput, match="no date"):
        study.codebook(date)


def test_every_way_to_write_a_moment_means_that_moment(study):
    study.add_code(theme="2", name="tid")
    made = datetime.fromisoformat(study.store.changes()[-1].at)
    before, after = made - timedelta(minutes=1), made + timedelta(minutes=1)
    far = timezone(timedelta(hours=-5))
    for write in (
        datetime.isoformat,
        lambda at: at.astimezone(far).isoformat(" "),
        lambda at: at.astimezone().isoformat(),
    ):
        assert study.codebook(write(before)) == []
        assert [code.name for code in study.codebook(write(after))] == ["tid"]
    today = made.astimezone().date()
    yesterday = today - timedelta(days=1)
    for day, there in ((today, 1), (yesterday, 0)):
        assert len(study.codebook(day.isoformat())) == there
        assert len(study.codebook(day.strftime("%Y%m%d"))) == there


def test_it_goes_out_and_comes_in_with_its_branches_and_runs_nothing(study, tmp_path, write):
    trunk = study.add_code(theme="2", name="tid", definition="=1+1", shortcut="d")
    study.add_code(theme="2", name="ventetid", parent_id=trunk, use_when="når noen venter", example="«vi venter»")
    text = study.codebook_csv()
    assert "'=1+1" in text
    other = Study.create(tmp_path / "annen", title="Annen", vault=tmp_path / "hvelv", passphrase=None)
    assert other.import_codebook(write("koder.csv", text)) == 2
    branch, stem = sorted(other.codebook(), key=lambda code: code.name != "ventetid")
    assert branch.parent_id == stem.id
    assert branch.use_when == "når noen venter"
    with pytest.raises(BadInput, match="no such code"):
        other.import_codebook(write("feil.csv", "theme,name,parent\n2,gren,finnes ikke\n"))
    assert len(other.codebook()) == 2


def test_what_was_merged_and_split_stands_in_the_history(coded):
    code = coded.add_code(theme="2", name="tid")
    other = coded.add_code(theme="2", name="knapp tid")
    made = coded.code_passage(*span(coded, "At ingen har tid"), code=other, **CLAIM)
    coded.merge_codes(other, code, reason="det samme")
    merged = coded.code_history(code)[-1]
    assert (merged.thing, merged.before["name"], merged.after, merged.reason) == (other, "knapp tid", None, "det samme")
    new = coded.split_code(code, "knapphet", [made.id], reason="noe annet")
    split = coded.code_history(code)[-1]
    assert (split.thing, split.after["name"], split.reason) == (new, "knapphet", "noe annet")


def test_the_same_claim_is_made_once(coded):
    first = coded.code_passage(*span(coded, "At ingen har tid"), theme="2", **CLAIM)
    again = coded.code_passages([(*span(coded, "At ingen har tid"), None), (*span(coded, "sier det samme"), None)],
                                theme="2", **CLAIM)  # fmt: skip
    assert again[0].id == first.id
    assert again[1].id != first.id
    other = coded.code_passage(*span(coded, "At ingen har tid"), theme="2", effect="fremmer", determinant="systemisk")
    assert other.id != first.id


def test_words_written_at_the_edges_of_a_line_belong_to_who_speaks_there(coded):
    speaker = next(row.speaker_id for row in coded.read("Intervju 1").rows if row.speaker_id)
    row = next(row for row in coded.read("Intervju 1").rows if row.speaker_id == speaker)
    said = coded.text("Intervju 1")[row.start : row.end]
    coded.correct_passage("Intervju 1", row.start, row.end, f"Jo, {said} Ja.")
    read = coded.read("Intervju 1")
    now = next(one for one in read.rows if one.start == row.start)
    assert read.text[now.start : now.end] == f"Jo, {said} Ja."
    assert now.speaker_id == speaker
    assert len(read.rows) == len({one.line for one in read.rows})


def test_words_written_at_the_edges_of_a_text_without_speakers_count_for_those_behind_it(study, write):
    study.add_informant("B1", "bruker", given="anonymous")
    study.import_files([write("notat.txt", "Hun ventet lenge.\n")], "document", informants=["B1"], name="Notat")
    study.correct_passage("Notat", 0, len("Hun ventet lenge."), "I dag: Hun ventet lenge. Så gikk hun.")
    start = study.text("Notat").index("I dag")
    assert study.code_passage("Notat", start, start + 5, theme="2", **CLAIM).speakers
