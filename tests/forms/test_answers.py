"""Filled forms: kept as dated records, screened, drawn over time, printed, undone, and gone with their informant."""

import re

import pytest

from workbench.errors import BadInput, GateClosed, NotFound, Unsure
from workbench.resources import resource

MATTERS = {"own_words": True, "area_1": "Å komme ut om morgenen", "now_1": 3, "content_1": "2"}


@pytest.fixture
def filled(study):
    """B1's answers to one form on two days; their ids."""
    study.add_informant("B1", "bruker", given="anonymous")
    first = study.answer_form("what_matters", MATTERS, informant="B1", day="2026-01-05", filled_by="B1")
    second = study.answer_form("what_matters", {"now_1": 6, "content_1": 7}, informant="B1", day="2026-03-09")
    return study, first, second


def test_an_answer_is_a_dated_record(filled):
    study, first, second = filled
    one, other = study.form_answers("what_matters", "B1")
    assert (one.id, one.day, one.filled_by, other.id) == (first, "2026-01-05", "B1", second)
    assert (one.marks, one.words) == (
        {"own_words": 1, "now_1": 3, "content_1": 2},
        {"area_1": "Å komme ut om morgenen"},
    )
    study.change_answer(first, {"now_1": 4, "area_1": "", "own_words": None})
    changed = study.form_answer(first)
    assert (changed.marks, changed.words, changed.day) == ({"now_1": 4, "content_1": 2}, {}, "2026-01-05")
    study.undo_form()
    assert study.form_answer(first) == one
    study.redo_form()
    assert study.form_answer(first) == changed
    study.remove_answer(second)
    with pytest.raises(NotFound):
        study.form_answer(second)
    assert study.verify().ok


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"now_1": 11}, "now_1 is scored from 0 to 10, not 11"),
        ({"now_1": "mye"}, "not mye"),
        ({"now_1": True}, "now_1 is scored"),
        ({"nix": 1}, "has no item nix. There are: own_words"),
        ({"own_words": "ja"}, "own_words is ticked"),
        ({"area_1": " "}, "Nothing is filled in yet"),
        ({}, "Nothing is filled in yet"),
    ],
)
def test_what_the_form_does_not_have_is_refused(study, values, told):
    with pytest.raises(BadInput, match=re.escape(told)):
        study.answer_form("what_matters", values)
    assert study.form_answers() == []


def test_names_in_what_is_written_are_masked_now_and_later(filled, write):
    study, first, _second = filled
    study.learn_names(write("r.csv", "name,replacement\nKari Testesen,[nabo]\n"))
    said = {"agreements": "Kari Testesen ringer Bjarne fredag."}
    with pytest.raises(Unsure, match="“Bjarne”"):
        study.answer_form("meeting_summary", said, day="2026-04-01")
    made = study.answer_form("meeting_summary", said, day="2026-04-01", sure=True)
    assert study.form_answer(made).words["agreements"] == "[nabo] ringer Bjarne fredag."
    with pytest.raises(Unsure):
        study.change_answer(made, {"tasks": "Bjarne skriver."})
    study.change_answer(made, {"tasks": "Bjarne skriver."}, sure=True)
    study.change_answer(made, {**study.form_answer(made).words, "present": "B1"})  # what stands there was answered for
    study.undo_form()
    study.learn_names(write("r2.csv", "name,replacement\nBjarne,[onkel]\n"))
    assert study.form_answer(made).words == {"agreements": "[nabo] ringer [onkel] fredag.", "tasks": "[onkel] skriver."}
    study.undo_form()
    study.redo_form()
    assert study.form_answer(made).words["tasks"] == "[onkel] skriver."
    with pytest.raises(BadInput, match="identifies somebody"):
        study.answer_form("plan", {"goals": "Ro"}, filled_by="Kari Testesen")
    study.store.close()
    for file in study.folder.glob("study.db*"):
        assert b"Bjarne" not in file.read_bytes()


def test_scores_are_drawn_over_time(filled):
    study, _first, _second = filled
    picture = study.form_trends("what_matters", informant="B1")
    assert picture.count("<circle") == 4
    assert picture.count("<tspan") > 6
    assert "<svg" in study.form_trends("collaboration_checklist")
    with pytest.raises(BadInput, match="is scored"):
        study.form_trends("meeting_summary")


def test_a_filled_form_is_printed_through_the_gate(filled, write):
    study, first, _second = filled
    page = study.printed_form("what_matters", first).decode()
    assert ("Å komme ut om morgenen" in page, '<b class="chosen">3' in page, "B1" in page) == (True, True, True)
    assert "<script" not in page
    with pytest.raises(BadInput, match="to the form what_matters"):
        study.printed_form("plan", first)
    own = study.answer_form("plan", {"goals": "<script>alert(1)</script>"})
    assert "&lt;script&gt;" in study.printed_form("plan", own).decode()
    study.change_answer(first, {"area_1": "Ring 01017012345"})
    words = study.form_answer(first).words["area_1"]
    assert "01017012345" not in words
    plan = resource("templates", "forms", "plan.yaml").read_text("utf-8")
    write("study/forms/plan.yaml", plan.replace("Hva vil jeg oppnå?", "Kari Testesen, hva vil du?"))
    study.learn_names(write("r.csv", "name,replacement\nKari Testesen,[nabo]\n"))
    with pytest.raises(GateClosed):
        study.printed_form("plan", own)


def test_who_has_withdrawn_takes_no_more_part_and_what_is_left_goes_too(filled, write):
    study, _first, _second = filled
    study.add_informant("B2", "bruker", given="anonymous")
    own = study.answer_form("plan", {"goals": "Ro"}, filled_by="B1")
    others = study.answer_form("plan", {"goals": "Hest"}, informant="B2", filled_by="B1")
    study.withdraw("B1")
    assert [(one.id, one.filled_by) for one in study.form_answers()] == [(others, "")]
    assert own not in {one.id for one in study.form_answers()}
    log = "case,service,helper,start,end,kind\nB1,DPS,,2025-01-01,2025-01-02,contact\n"
    for added in (
        lambda: study.answer_form("plan", {"goals": "Ro"}, informant="B1"),
        lambda: study.add_network(informant="B1"),
        lambda: study.add_course(informant="B1"),
        lambda: study.import_courses(write("log.csv", log)),
        lambda: study.import_files([write("n.txt", "Hei.\n")], "observation", informants=["B1"]),
    ):
        with pytest.raises(BadInput, match="B1 has withdrawn"):
            added()
    assert study.courses() == []
    with pytest.raises(BadInput, match="nothing of theirs is left"):
        study.withdraw("B1")


def test_answers_go_with_whom_they_are_about(filled):
    study, first, _second = filled
    study.change_answer(first, {"area_1": "Hesten og fjøset"})
    other = study.answer_form("plan", {"goals": "Ro"})
    assert study.withdraw("B1", dry_run=True).removed["forms"] == 2
    assert study.withdraw("B1").removed["forms"] == 2
    assert [one.id for one in study.form_answers()] == [other]
    study.store.close()
    for file in study.folder.glob("study.db*"):
        assert b"Hesten" not in file.read_bytes()
        assert b"morgenen" not in file.read_bytes()
    assert study.verify().ok


def test_from_the_command_line(study_command, tmp_path):
    study_command("informants", "add", "B1", "--group", "bruker")
    made = study_command.json("forms", "answer", "closing_course", "mental=7", "hope=3", "--informant", "B1")
    (there,) = study_command.json("forms", "answers", "closing_course")
    assert (there["id"], there["informant"], there["marks"]) == (made["id"], "B1", {"mental": 7, "hope": 3})
    done = study_command("forms", "draw", "closing_course", "--informant", "B1", "--to", tmp_path / "t.png")
    assert (done.returncode, (tmp_path / "t.png").read_bytes()[:4]) == (0, b"\x89PNG"), done.stderr
    done = study_command("forms", "print", "closing_course", "--answer", made["id"], "--to", tmp_path / "f.html")
    assert (done.returncode, "chosen" in (tmp_path / "f.html").read_text("utf-8")) == (0, True), done.stderr
    for value, told in (("mental", "not item=value"), ("mental=70", "from 1 to 10")):
        done = study_command("forms", "answer", "closing_course", value)
        assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr
