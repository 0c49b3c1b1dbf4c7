"""Which question to oneself comes follows the rule that is written down with the questions."""

from datetime import date

import pytest

from workbench.errors import BrokenTemplate, NotFound
from workbench.reflection.prompts import Situation, choose, read_prompts

TODAY = date(2026, 11, 25)
QUESTIONS = """
id: own
rest_days: 7
strong_words: {nb: [alltid], da: [], en: []}
prompts:
  - {id: any, text: {nb: a, da: a, en: a}}
  - {id: inside, when: {own_organisation: true}, text: {nb: b, da: b, en: b}}
  - {id: strong, when: {own_organisation: true, strong_words: true}, text: {nb: c, da: c, en: c}}
  - {id: role, when: {role: [leder]}, text: {nb: d, da: d, en: d}}
"""


@pytest.fixture
def prompts(tmp_path):
    (tmp_path / "prompts.yaml").write_text(QUESTIONS)
    return read_prompts(tmp_path)


@pytest.mark.parametrize(
    ("situation", "asked", "expected"),
    [
        (Situation(False), {}, "any"),
        (Situation(True), {}, "inside"),
        (Situation(True, words="Det er alltid slik."), {}, "strong"),
        (Situation(True, words="Det er i alltidhet slik."), {}, "inside"),
        (Situation(False, role="Leder for teamet"), {}, "role"),
        (Situation(True), {"inside": "2026-11-20"}, "any"),
        (Situation(True, role="leder"), {"inside": "2026-11-01", "role": "2026-10-01"}, "role"),
        (Situation(True, role="leder"), {"inside": "2026-10-01", "role": "2026-11-01"}, "role"),
        (Situation(False), {"any": "2026-11-24"}, None),
    ],
)
def test_the_rule(prompts, situation, asked, expected):
    chosen = choose(prompts, situation, asked, TODAY)
    assert (chosen.id if chosen else None) == expected


def test_the_six_that_come_with_the_workbench_rest_once_asked(study):
    first = study.prompt(role="kollega", words="De gjør alltid slik.")
    study.note_asked(first.id)
    second = study.prompt(role="kollega", words="De gjør alltid slik.")
    assert second.id != first.id
    for _again in range(6):
        if (one := study.prompt(role="kollega", words="De gjør alltid slik.")) is not None:
            study.note_asked(one.id)
    assert study.prompt(role="kollega", words="De gjør alltid slik.") is None
    assert len(read_prompts(study.folder).prompts) == 6
    with pytest.raises(NotFound):
        study.note_asked("z")


def test_a_fault_in_ones_own_questions_is_told_with_its_line(study):
    (study.folder / "prompts.yaml").write_text(QUESTIONS.replace("role: [leder]", "rolle: [leder]"))
    with pytest.raises(BrokenTemplate, match="line 9"):
        study.prompt()
