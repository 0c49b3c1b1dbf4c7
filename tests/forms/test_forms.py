"""The manuals' tools as forms: what each must hold, a study's own, and what is refused with its line."""

import pytest

from workbench.forms import read_form, read_forms
from workbench.locale import using_language

# By form: how many items of each kind, and items without which it would not be that tool.
REQUIRED = {
    "first_contact": (
        {"core": 3, "support": 2, "check": 5},
        {"coordinator_named", "coordinator_trained", "frame_told"},
    ),
    "network_mapping": ({"core": 2, "support": 5, "check": 4}, {"overview_made", "map_made", "who_to_talk"}),
    "planning": ({"core": 3, "support": 7, "check": 6}, {"who_and_where", "invitation_tells", "process_prepared"}),
    "opening_meeting": ({"core": 2, "check": 6}, {"seats_free", "confidential", "frame_and_round"}),
    "during_meeting": ({"core": 3, "check": 9}, {"citizen_first", "open_questions", "no_interrupting"}),
    "reflecting": ({"support": 4, "check": 7}, {"ask_now", "short", "no_interpreting", "they_comment"}),
    "closing_meeting": ({"core": 2, "support": 5, "check": 6}, {"their_words", "decided_openly", "team_left_first"}),
    "closing_course": ({"core": 1, "score": 9}, {"mental", "hope", "grown_from_talk"}),
    "seven_principles": ({"support": 7, "text": 1}, {"immediate_help", "responsibility", "uncertainty", "dialogue"}),
    "actor_mapping": ({"core": 2, "text": 7}, {"users_there", "indispensable", "how", "who_acts"}),
    "conversation_wheel": ({"core": 1, "support": 10, "text": 1}, {"they_choose", "home", "meaning", "chosen"}),
    "what_matters": ({"core": 1, "text": 3, "score": 6}, {"own_words", "area_1", "now_1", "content_3"}),
    "plan": ({"core": 2, "text": 5}, {"their_goals", "one_answers", "measures", "looked_at"}),
    "collaboration_checklist": ({"score": 10, "text": 1}, {"one_contact", "shared_plan", "handover", "crisis"}),
    "user_asks_user": (
        {"core": 3, "check": 8, "text": 2},
        {"led_by_users", "dialogue_seminar", "report_last", "no_helper_there"},
    ),
    "client_feedback": ({"score": 8, "text": 1}, {"strength", "hope", "said_it", "of_use"}),
    "improvement": (
        {"core": 1, "check": 11, "text": 5},
        {"prepare_notes", "plan_notes", "do_notes", "evaluate_notes", "follow_up_notes"},
    ),
    "meeting_summary": ({"core": 2, "text": 6}, {"no_interpretation", "citizen_decides", "agreements", "tasks"}),
}
OWN = """id: eget
title: {nb: Eget, da: Eget, en: Own}
filled_by: {nb: Vi, da: Vi, en: We}
items:
  - id: en
    kind: score
    source: Oss selv
    text: {nb: "Hvordan gikk det?", da: "Hvordan gik det?", en: "How was it?"}
    least: 1
    most: 5
    ends:
      - {nb: dårlig, da: dårligt, en: badly}
      - {nb: godt, da: godt, en: well}
"""


@pytest.mark.parametrize("name", REQUIRED)
def test_each_tool_has_its_items(tmp_path, name):
    counts, needed = REQUIRED[name]
    form = read_form(tmp_path, name)
    assert {kind: len(form.of_kind(kind)) for kind in counts} == counts
    assert sum(counts.values()) == len(form.items)
    assert needed <= {one.id for one in form.items}
    for language in ("nb", "da", "en"):
        with using_language(language):
            assert all(str(one.text).strip() for one in form.items)


def test_no_form_goes_without_its_test(tmp_path):
    assert (set(read_forms(tmp_path)[0]), read_forms(tmp_path)[1]) == (set(REQUIRED), [])


def test_a_studys_own_form_is_listed_shown_and_printed(study_command, tmp_path):
    (tmp_path / "study" / "forms").mkdir()
    (tmp_path / "study" / "forms" / "eget.yaml").write_text(OWN, "utf-8")
    assert "eget" in {one["id"] for one in study_command.json("forms", "list")}
    assert study_command.json("forms", "show", "eget")["items"][0]["most"] == 5
    assert "Hvordan gikk det?" in study_command("forms", "show", "eget", WORKBENCH_LANGUAGE="nb").stdout
    page = tmp_path / "eget.html"
    assert study_command("forms", "print", "eget", "--to", page, WORKBENCH_LANGUAGE="da").returncode == 0
    text = page.read_text("utf-8")
    assert '<html lang="da">' in text
    assert "<b>5</b>" in text
    assert "<b>6</b>" not in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (OWN.replace("kind: score", "kind: gjett"), "line 6: items.0.kind: must be one of these"),
        (OWN.replace("    most: 5\n", ""), "line 5: items.0: a score needs least, most and two ends"),
        (OWN.replace("most: 5", "most: 1"), "the most of a score is above its least"),
        (OWN.replace("id: eget", "id: annet"), "the id annet is not the file’s name"),
        (OWN + OWN.partition("items:\n")[2], f"line {OWN.count(chr(10)) + 1}: the items’ ids stand twice: en"),
        (OWN.replace("    source: Oss selv\n", ""), "source: is missing"),
    ],
)
def test_a_faulty_definition_is_refused_with_line_and_reason(study_command, tmp_path, wrong, told):
    (tmp_path / "study" / "forms").mkdir()
    (tmp_path / "study" / "forms" / "eget.yaml").write_text(wrong, "utf-8")
    done = study_command("forms", "list")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "first_contact" in done.stdout  # the others can be used
    assert study_command("forms", "show", "first_contact").returncode == 0
    printed = study_command("forms", "print", "first_contact", "--to", tmp_path / "f.pdf")
    assert (printed.returncode, "end in .html" in printed.stderr) == (2, True)


def test_a_form_that_is_not_there_is_told_with_those_that_are(command):
    done = command("forms", "show", "ingen")
    assert done.returncode == 2
    assert "There is no form ingen. There are: actor_mapping, client_feedback" in done.stderr
