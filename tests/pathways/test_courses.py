"""Courses over time: taken in, entered, undone, drawn, measured, masked, and forgotten with whose they are."""

import re
from dataclasses import replace
from datetime import date

import pytest

from workbench.errors import BadInput, NotFound, Unsure
from workbench.pathways.courses.continuity import Episode, measure_course
from workbench.pathways.courses.lanes import Lanes, draw_lanes

LOG = """case,service,helper,start,end,kind,level,phase,contacts
B1,Fastlege,,2025-01-10,2025-01-10,contact,municipality,,1
B1,DPS,,2025-01-12,2025-01-12,referral,dps,,1
B1,Akuttpost,Sykepleier,2025-02-01,2025-02-20,stay,hospital,da alt falt sammen,5
B1,DPS,Psykolog 1,2025-04-02,2025-06-30,contact,dps,på vei opp,8
B1,DPS,Psykolog 2,2025-07-01,2025-09-15,contact,dps,hverdag,6
Andre,Fastlege,,2025-03-01,2025-03-01,contact,municipality,,1
Andre,DPS,Psykolog 1,2025-05-01,2025-05-01,contact,dps,,1
"""


@pytest.fixture
def followed(study, write):
    """B1's course of an event log, and another; ids."""
    study.add_informant("B1", "bruker", given="anonymous")
    mine, other = study.import_courses(write("log.csv", LOG))
    study.change_course(mine, closed="2025-12-31")
    return study, mine, other


def test_a_course_is_measured_with_its_roles_breaks_and_waits(followed):
    study, mine, other = followed
    for role, holder, start in (
        ("coordinator", "Fastlege", "2025-02-01"),
        ("coordinator", "Ruskonsulent", "2025-06-01"),
    ):
        study.add_to_course(mine, "holder", role=role, holder=holder, start=start)
    for day in ("2025-06-12", "2025-09-12"):
        study.add_to_course(mine, "event", kind="meeting", day=day, about="Nettverksmøte")
    made = study.measures_of_course(mine)
    assert (made["contacts"], made["helpers"], made["handovers"], made["longest_gap"]) == (20, 4, 3, 40)
    assert made["upc"] == pytest.approx(8 / 20)
    assert [(one["kind"], one["days"]) for one in made["breaks"]] == [
        ("gap", 40), ("organised_discontinuity", 40), ("organised_discontinuity", 0),
    ]  # fmt: skip
    assert made["waits"] == [{"service": "DPS", "since": "2025-01-12", "days": 80}]
    assert made["coordinators"] == ["Fastlege", "Ruskonsulent"]
    assert made["without_coordinator"] == 22  # from 10 January to 31 January, both in it
    assert (made["meetings"], made["second_meeting"]) == (2, "2025-09-12")
    assert study.measures_of_course(mine, "service")["helpers"] == 3
    assert study.measures_of_course(mine, gap=60)["breaks"][0]["kind"] == "organised_discontinuity"
    few = study.measures_of_course(other)
    assert (few["too_few"], few["secon"]) == (True, 0)


def test_a_new_coordinator_ends_the_time_of_the_one_before_and_undo_gives_it_back(followed):
    study, mine, _other = followed
    for who, start in (("Fastlege", "2025-02-01"), ("Ruskonsulent", "2025-06-01")):
        study.add_to_course(mine, "holder", role="coordinator", holder=who, start=start)
    assert [(one.holder, one.end) for one in study.course(mine).holders] == [
        ("Fastlege", "2025-06-01"), ("Ruskonsulent", None),
    ]  # fmt: skip
    study.undo_course()
    assert [(one.holder, one.end) for one in study.course(mine).holders] == [("Fastlege", None)]
    study.redo_course()
    assert len(study.course(mine).holders) == 2
    study.add_to_course(mine, "holder", role="coordinator", holder="Sosionom", start="2025-04-01")  # told later
    assert [(one.holder, one.end) for one in study.course(mine).holders] == [
        ("Fastlege", "2025-04-01"), ("Sosionom", "2025-06-01"), ("Ruskonsulent", None),
    ]  # fmt: skip
    for given in ({"start": "2025-05-01", "end": "2025-12-01"}, {"start": "2025-01-05", "end": "2025-03-01"}):
        with pytest.raises(BadInput, match="One does at a time"):
            study.add_to_course(mine, "holder", role="coordinator", holder="Nav", **given)
    with pytest.raises(BadInput, match="From 2025-04-01 Sosionom coordinates"):
        study.change_in_course(mine, "holder", study.course(mine).holders[2].id, start="2025-05-01")
    study.change_in_course(mine, "holder", study.course(mine).holders[2].id, start="2025-07-01")


def test_what_can_not_have_been_is_refused(followed, write):
    study, mine, _other = followed
    before = study.course(mine)
    for what, given, told in (
        ("episode", {"service": "DPS", "start": "2025-05-01", "end": "2025-04-01"}, "before it starts"),
        ("episode", {"service": "DPS", "helper": "Psykolog 1", "start": "2025-06-01"}, "From 2025-04-02 there is"),
        ("episode", {"service": "", "start": "2025-06-01"}, "not told: service"),
        ("episode", {"service": "DPS", "start": "i fjor"}, "no date"),
        ("episode", {"service": "DPS", "start": "2025-06-01", "level": "månen"}, "no level “månen”"),
        ("episode", {"service": "DPS", "start": "2025-06-01", "contacts": "0"}, "from 1 on"),
        ("holder", {"holder": "", "start": "2025-06-01"}, "not told: who"),
        ("event", {"day": "2025-06-01", "until": "2025-05-01"}, "before it starts"),
        ("event", {"day": "2025-06-01", "color": "red"}, "can't be changed: color"),
    ):
        with pytest.raises(BadInput, match=told):
            study.add_to_course(mine, what, **given)
    with pytest.raises(BadInput, match="before it starts"):
        study.change_course(mine, closed="2024-01-01")
    with pytest.raises(NotFound):
        study.change_in_course(mine, "episode", "nix", phase="x")
    assert study.course(mine) == before
    bad = write("bad.csv", LOG + "Andre,DPS,Psykolog 1,2025-05-01,2025-05-02,contact,dps,,1\n")
    with pytest.raises(BadInput, match="row 9 shares days with row 8"):
        study.import_courses(bad)
    assert len(study.courses()) == 2


def test_no_name_comes_into_a_course(followed, write):
    study, mine, _other = followed
    study.learn_names(write("r.csv", "name,replacement\nKari Testesen,[nabo]\n"))
    with pytest.raises(BadInput, match="names somebody"):
        study.add_to_course(mine, "episode", service="DPS", helper="Kari Testesen", start="2025-11-01")
    with pytest.raises(Unsure, match="somebody's name"):
        study.add_to_course(mine, "episode", service="DPS", helper="Per Ås", start="2025-11-01")
    with pytest.raises(Unsure, match="somebody's name"):
        study.import_courses(write("log2.csv", LOG.replace("Psykolog 1", "Ola Hansen")))
    study.import_courses(write("log3.csv", LOG.replace("Psykolog 1", "Kari Testesen")))
    assert study.course(study.courses()[-1].id).episodes[-1].helper == "[nabo]"
    study.add_to_course(mine, "event", day="2025-11-02", about="Møte hos Bjarne på bruket", sure=True)
    study.learn_names(write("r2.csv", "name,replacement\nBjarne,[onkel]\n"))
    assert study.course(mine).events[-1].about == "Møte hos [onkel] på bruket"
    study.undo_course()
    study.redo_course()
    assert study.course(mine).events[-1].about == "Møte hos [onkel] på bruket"


def test_a_course_is_drawn_with_its_gaps_in_days_and_every_helper_in_a_lane_of_their_own(followed, tmp_path):
    study, mine, _other = followed
    picture = study.course_picture(mine)
    assert "40 days" in picture
    rows = {words: float(y) for y, words in re.findall(r'y="([\d.]+)">([^<]+)<', picture)}
    named = ["Fastlege", "Sykepleier", "Psykolog 1", "Psykolog 2", "Hospital", "Municipality", "“på vei opp”"]
    assert len({rows[one] for one in named}) == len(named)
    assert rows["Municipality"] < rows["Fastlege"] < rows["Psykolog 1"] < rows["Hospital"] < rows["Sykepleier"]
    assert "40 days" not in study.course_picture(mine, gap=60)
    for kind, begins in ((".svg", b"<svg"), (".png", b"\x89PNG"), (".pdf", b"%PDF")):
        study.draw(mine, tmp_path / f"c{kind}", plain=True)
        assert (tmp_path / f"c{kind}").read_bytes().startswith(begins)
    empty = study.add_course("Tomt", opened="2026-01-01")
    assert "<svg" in study.course_picture(empty)
    assert study.measures_of_course(empty)["coverage"] is None
    for n in range(26):
        study.add_to_course(empty, "episode", service="DPS", helper=f"Hjelper {n}", start=f"2026-02-{n + 1:02}",
                            end=f"2026-02-{n + 1:02}", sure=True)  # fmt: skip
    drawn = study.course_picture(empty)
    assert len({y for y, _words in re.findall(r'y="([\d.]+)">(Hjelper \d+)<', drawn)}) == 26
    assert study.measures_of_course(empty)["handovers"] == 25


def test_what_goes_on_lasts_until_today_or_until_the_course_is_closed(followed):
    study, mine, _other = followed
    study.add_to_course(mine, "episode", service="FACT-team", start="2025-10-01", sure=True)
    assert study.course(mine).to_measure()[-1].end == date(2025, 12, 31)
    study.change_course(mine, closed="")
    assert study.course(mine).to_measure(date(2026, 3, 1))[-1].end == date(2026, 3, 1)


def test_a_course_that_goes_on_without_anybody_has_a_gap_until_today():
    met = Episode("DPS", "Psykolog", date(2026, 1, 1), date(2026, 1, 10))
    (found,) = measure_course([met], open_until=date(2026, 3, 1)).breaks
    assert (found.kind, found.days, found.day, found.after) == ("open_gap", 50, date(2026, 1, 10), None)
    made = measure_course([met], open_until=date(2026, 3, 1))
    assert (made.longest_gap, made.days, made.coverage) == (50, 60, 10 / 60)
    assert measure_course([met]).breaks == ()  # closed, or of a file
    assert measure_course([met], open_until=date(2026, 2, 9)).breaks == ()
    goes_on = replace(met, end=date(2026, 3, 1), open=True)
    assert measure_course([goes_on], open_until=date(2026, 3, 1)).breaks == ()
    shown = draw_lanes(Lanes("", met.start, None, [met], today=date(2026, 3, 1)))
    assert "50 days" in shown
    assert "More than 30 days without contact" in shown


def test_a_course_goes_with_whose_it_is(followed):
    study, mine, other = followed
    study.add_to_course(mine, "event", day="2025-06-12", about="Snakket om hesten og fjøset")
    study.undo_course()
    assert study.withdraw("B1", dry_run=True).removed["courses"] == 1
    assert study.withdraw("B1").removed["courses"] == 1
    assert [one.id for one in study.courses()] == [other]
    study.store.close()
    for file in study.folder.glob("study.db*"):
        assert b"hesten" not in file.read_bytes()
        assert b"da alt falt sammen" not in file.read_bytes()
    assert study.verify().ok


def test_from_the_command_line(study_command, write, tmp_path):
    study_command("informants", "add", "B1", "--group", "bruker")
    log = write("log.csv", LOG)
    ids = [one["id"] for one in study_command.json("map", "import", log)]
    there = study_command.json("map", "list")
    assert {(one["id"], one["kind"], one["title"], one["episodes"]) for one in there} == {
        (ids[0], "course", "B1", 5), (ids[1], "course", "Andre", 2),
    }  # fmt: skip
    assert study_command.json("map", "measures", ids[0], "--by", "level")["helpers"] == 3
    done = study_command("map", "draw", ids[0], "--to", tmp_path / "c.png")
    assert (done.returncode, (tmp_path / "c.png").exists()) == (0, True), done.stderr
    shown = study_command("map", "measures", ids[1])
    assert "Fewer than five contacts" in shown.stdout
    done = study_command("map", "import", write("n.csv", LOG.replace("Psykolog 1", "Ola Hansen")))
    assert (done.returncode, "--sure" in done.stderr) == (2, True), done.stderr


def test_what_is_there_already_does_not_come_in_again(followed, write):
    with pytest.raises(BadInput, match=r"tom\.csv: there is no course in it"):
        followed[0].take_in(write("tom.csv", LOG.partition("\n")[0] + "\n"))
    study, *_ids = followed
    with pytest.raises(BadInput, match="in the study already"):
        study.import_courses(write("again.csv", LOG))
    assert len(study.courses()) == 2
    more = LOG + "X9,Nav,,2025-05-01,2025-05-01,contact,other,,1\n"
    assert len(study.import_courses(write("more.csv", more))) == 1


def test_a_mistyped_year_is_refused_and_an_old_one_does_not_break_the_picture(followed, write):
    study, mine, _other = followed
    with pytest.raises(BadInput, match="0025-03-01 is no date from 1900 on"):
        study.add_to_course(mine, "episode", service="Legevakt", start="0025-03-01")
    with pytest.raises(BadInput, match="row 2: start is “0025-01-01”"):
        study.import_courses(write("old.csv", "case,service,start,end\nB2,Nav,0025-01-01,2025-01-01\n"))
    ages = Lanes("", date(1, 1, 1), None, [Episode("Nav", "Nav", date(1, 1, 1), date(2025, 1, 1))])
    assert draw_lanes(ages).startswith("<svg")


def test_nobody_is_met_by_a_referral():
    before = Episode("Fastlege", "lege", date(2024, 1, 6), date(2024, 1, 6), phase="før")
    sent = Episode("DPS", "psykolog", date(2024, 1, 10), date(2024, 1, 10), kind="referral", phase="før")
    after = Episode("DPS", "psykolog", date(2024, 2, 20), date(2024, 2, 28), contacts=2, phase="akutt")
    made = measure_course([before, sent, after])
    assert (made.contacts, made.longest_gap) == (3, 44)
    assert [one.kind for one in made.breaks] == ["gap", "organised_discontinuity"]
