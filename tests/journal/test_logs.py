"""The log in and out: older logs in the forms that people have, the whole and an excerpt as files."""

import csv
import io
import json
import time
import zipfile

import pytest
from docx import Document

from workbench.errors import BadInput, GateClosed, Unsure

DATED = """Min gamle logg

2024-03-01 kl. 14:30 Ansvarsgruppe
Alle så på klokka.

Ingen hadde planen.

## 2. mai 2024
Lederen ringte.

12.10.2024: Kort dag.
"""


def said(study):
    return [(f"{one.local:%Y-%m-%d %H:%M}", one.part("observation")) for one in reversed(study.log_entries())]


def test_dated_text_is_parted_at_its_dates_and_brought_in_once(study, write):
    file = write("logg.txt", DATED)
    assert study.import_log(file, setting="eldre") == 3
    assert study.import_log(file) == 0
    assert said(study) == [
        ("2024-03-01 14:30", "Ansvarsgruppe\nAlle så på klokka.\n\nIngen hadde planen."),
        ("2024-05-02 12:00", "Lederen ringte."),
        ("2024-10-12 12:00", "Kort dag."),
    ]
    first = study.log_entries()[-1]
    assert (first.setting, first.origin, first.delay.total_seconds()) == ("eldre", "undated", 0)
    assert study.table("log").rows[0]["same_day"] == 0, "nobody knows when it was written"


def test_word_obsidian_day_one_and_csv(study, tmp_path, write):
    document = Document()
    for line in ("2024-01-02", "Fra Word."):
        document.add_paragraph(line)
    document.save(tmp_path / "logg.docx")
    assert study.import_log(tmp_path / "logg.docx") == 1
    write("notes/2024-02-03.md", "---\ntags: [logg]\n---\nFra Obsidian.")
    write("notes/mappe/uten dato.md", "---\ndate: 2024-02-04\n---\nMed hode.")
    assert study.import_log(tmp_path / "notes") == 2
    entry = {"creationDate": "2024-03-04T10:00:00Z", "text": "Fra Day One\\.\n![](dayone-moment://A1)",
             "location": {"placeName": "rådhuset"}}  # fmt: skip
    with zipfile.ZipFile(tmp_path / "dayone.zip", "w") as archive:
        archive.writestr("Journal.json", json.dumps({"entries": [entry]}))
    assert study.import_log(tmp_path / "dayone.zip") == 1
    assert study.import_log(write("l.csv", "when;observation;reflection\n2024-04-05 09:15;Sett;Tenkt\n")) == 1
    assert [words for _when, words in said(study)] == [
        "Fra Word.",
        "Fra Obsidian.",
        "Med hode.",
        "Fra Day One.",
        "Sett",
    ]
    day_one = next(one for one in study.log_entries() if one.place)
    assert (day_one.place, day_one.logged[:16], day_one.origin) == ("rådhuset", "2024-03-04T10:00", "")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", "ingen dato her", "no dated entries"),
        ("a.csv", "when,observation\n,ord\n", "row 2"),
        ("a.json", "{}", "Day One"),
        ("a.txt", "2024-13-45 umulig\nord\n", "line 1"),
        ("a.txt", "2022-03-01\nord\n2022-02-31\nandre ord\n", "line 3"),
    ],
)
def test_what_holds_no_log_is_refused_whole(study, write, name, content, why):
    with pytest.raises(BadInput, match=why):
        study.import_log(write(name, content))
    assert study.log_entries() == []


def test_a_weekday_may_stand_before_the_date_and_what_has_none_is_told(study, write):
    told = []
    file = write(
        "l.txt",
        "Forord.\nMandag 7. mars 2022\nVi møttes.\n12 personer 2022 ganger.\ntirsdag den 8. mars 2022\nIgjen.\n",
    )
    assert study.import_log(file, tell=told.append) == 2
    assert [when for when, _words in said(study)] == ["2022-03-07 12:00", "2022-03-08 12:00"]
    assert told == ["l.txt: what stands before the first date is left out."]


def test_names_are_masked_on_the_way_in(study, write):
    study.learn_names(write("n.csv", "name,replacement\nKari Testvik,[nabo]\n"))
    study.import_log(write("l.txt", "2024-03-01\nKari Testvik kom.\n"))
    assert said(study) == [("2024-03-01 12:00", "[nabo] kom.")]


def test_an_excerpt_goes_out_dated_and_passes_the_gate(study, write):
    study.import_log(write("l.txt", DATED))
    rows = list(csv.DictReader(io.StringIO(study.export_log("csv", first="2024-05-01").decode("utf-8-sig"))))
    assert [(row["when"], row["observation"]) for row in rows] == [
        ("2024-05-02", "Lederen ringte."), ("2024-10-12", "Kort dag.")
    ]  # fmt: skip
    text = "\n".join(p.text for p in Document(io.BytesIO(study.export_log("docx", last="2024-03-31"))).paragraphs)
    assert "Ingen hadde planen." in text
    assert "Lederen ringte." not in text
    assert "Hentet inn fra en eldre logg" in text, "nobody takes for written at once what was brought in years later"
    with pytest.raises(BadInput, match="no entries"):
        study.export_log("csv", last="2020-01-01")
    with pytest.raises(BadInput, match="csv or docx"):
        study.export_log("pdf")
    study.log("Ring meg på 01017012345.", sure=True)


def test_what_names_somebody_does_not_go_out(study, write, monkeypatch):
    entry = study.log("Kari Testvik kom.")
    assert entry
    (study.folder / "names.csv").write_text("name,replacement\nKari Testvik,[nabo]\n")
    from workbench.privacy import read_register_csv

    names = study.register().with_new(read_register_csv(study.folder / "names.csv", {}))
    monkeypatch.setattr(type(study), "register", lambda _self: names)
    with pytest.raises(GateClosed):
        study.export_log("csv")


def test_out_and_in_again(study, tmp_path, write):
    study.log("=1+1 sto det.", "Tenkt.", happened="2024-03-01 10:00", setting="kurs", sure=True)
    (tmp_path / "ut.csv").write_bytes(study.export_log("csv"))
    study.remove_entry(study.log_entries()[0].id)
    assert study.import_log(tmp_path / "ut.csv") == 1
    assert study.log_entries()[0].setting == "kurs"


def test_who_was_there_comes_in_and_what_is_left_out_is_told(study, write):
    told = []
    rows = 'when,setting,present,role,observation,mood\n2024-05-02 09:15,kurs,"DPS, B1",tilhører,Stille.,grå\n'
    study.import_log(write("l.csv", rows), tell=told.append)
    entry = study.log_entries()[0]
    assert (entry.present, entry.role, entry.whole_day) == (("DPS", "B1"), "tilhører", False)
    assert "mood" in told[0]


def test_an_hour_that_was_told_is_kept_though_it_is_noon(study, write):
    study.import_log(write("l.csv", "when,observation\n2024-05-02 12:00,Lunsj.\n2024-05-03,Stille.\n"))
    assert [entry.whole_day for entry in study.log_entries()] == [True, False]


@pytest.fixture(params=["UTC", "Europe/Oslo"])
def zone(request, monkeypatch):
    """The machine's clock in one zone, and as it was after that."""
    with monkeypatch.context() as there:
        there.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_what_goes_out_as_csv_comes_in_as_it_was(study, tmp_path):
    study.log("=1+1 sa hun", "Rart.", happened="2026-11-02 09:15", setting="kurs", present=["DPS"], observer="hidden")
    before = study.log_entries()[0]
    file = tmp_path / "ut.csv"
    file.write_bytes(study.export_log("csv"))
    assert study.import_log(file) == 0, "what is there already does not come in twice"
    study.remove_entry(before.id)
    assert study.import_log(file) == 1
    after = study.log_entries()[0]
    for one in ("local", "setting", "present", "observer", "origin"):
        assert getattr(after, one) == getattr(before, one)
    assert [p.text for p in after.passages] == [p.text for p in before.passages]
    assert after.logged[:16] == before.logged[:16]


def test_an_older_log_with_a_day_to_come_is_asked_about(study, write):
    file = write("l.csv", "when,observation\n2024-05-02,Stille.\n2931-05-02,Senere.\n")
    with pytest.raises(Unsure, match="row 3"):
        study.import_log(file)
    assert study.log_entries() == []
    assert study.import_log(file, sure=True) == 2


def test_an_export_of_day_one_tells_which_entry_has_no_date(study, write):
    entries = [{"creationDate": "2024-05-02T09:15:00Z", "text": "Stille."}, {"creationDate": "i går", "text": "Nei."}]
    with pytest.raises(BadInput, match="entry 2"):
        study.import_log(write("d.json", json.dumps({"entries": entries})))
