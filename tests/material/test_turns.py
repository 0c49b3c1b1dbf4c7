"""The twelve layouts, each with the turns it should give; and what looks like speakers but is none."""

import pytest

from workbench.material.turns import LAYOUTS, is_interviewer, split_turns

PAIRS = [("I", "Hva skjer?"), ("A", "Ikke mye.\nDet går."), ("I", "Hvorfor?"), ("A", "Vet ikke.")]

FIXTURES = {
    "initial": "I: Hva skjer?\nA: Ikke mye.\nDet går.\nI: Hvorfor?\nA: Vet ikke.\n",
    "numbered initial": "I: Hva skjer?\n\nA1: Ikke mye.\nDet går.\n\nI: Hvorfor?\n\nA1: Vet ikke.\n",
    "name": "Intervjuer: Hva skjer?\nKari: Ikke mye.\nDet går.\nIntervjuer: Hvorfor?\nKari: Vet ikke.\n",
    "name on a line": "Intervjuer:\nHva skjer?\n\nKari:\nIkke mye.\nDet går.\n\n"
    "Intervjuer:\nHvorfor?\n\nKari:\nVet ikke.\n",
    "bold name": "**I:** Hva skjer?\n\n**Kari:** Ikke mye.\nDet går.\n\n**I:** Hvorfor?\n\n**Kari:** Vet ikke.\n",
    "time before the name": "[00:00:01] I: Hva skjer?\n[00:12:03] Kari: Ikke mye.\nDet går.\n[00:13:00] I: Hvorfor?\n"
    "[00:13:09] Kari: Vet ikke.\n",
    "bare time before the name": "00:00:01 I: Hva skjer?\n00:12:03 Kari: Ikke mye.\nDet går.\n00:13:00 I: Hvorfor?\n"
    "00:13:09 Kari: Vet ikke.\n",
    "time after the name": "I (00:00:01): Hva skjer?\nKari (00:12:03): Ikke mye.\nDet går.\nI (00:13:00): Hvorfor?\n"
    "Kari (00:13:09): Vet ikke.\n",
    "name and time on a line": "Siv Li   0:01\nHva skjer?\nKari Vik   12:03\nIkke mye.\n"
    "Det går.\nSiv Li   13:00\nHvorfor?\n"
    "Kari Vik   13:09\nVet ikke.\n",
    "name and tab": "Intervjuer\tHva skjer?\nKari\tIkke mye.\nDet går.\nIntervjuer\tHvorfor?\nKari\tVet ikke.\n",
    "dash": "Intervjuer – Hva skjer?\nKari – Ikke mye.\nDet går.\nIntervjuer – Hvorfor?\nKari – Vet ikke.\n",
}


@pytest.mark.parametrize("layout", FIXTURES)
def test_each_layout_gives_its_turns(layout):
    text = FIXTURES[layout]
    turns = split_turns(text)
    assert [text[t.start : t.end] for t in turns] == [words for _label, words in PAIRS]
    assert len({t.label for t in turns}) == 2
    assert all(text[t.label_start : t.label_end] == t.label for t in turns)
    if "time" in layout:
        assert [t.time for t in turns][1] in {"00:12:03", "12:03"}


def test_time_only_gives_turns_of_nobody():
    text = "[00:00:01] Hva skjer?\n[00:00:04] Ikke mye.\n"
    assert [(text[t.start : t.end], t.label, t.time) for t in split_turns(text)] == [
        ("Hva skjer?", "", "00:00:01"),
        ("Ikke mye.", "", "00:00:04"),
    ]


def test_there_are_twelve_layouts_and_each_has_its_fixture():
    assert len(LAYOUTS) == 12
    assert {layout.name for layout in LAYOUTS} == {*FIXTURES, "time only"}


@pytest.mark.parametrize(
    "text",
    [
        "Samling 1: Oslo\nSamling 2: Bergen\nSamling 3: Tromsø\n",
        "Bakgrunn: Dette handler om noe.\nOg om mer.\n",
        "Tabell 1: Tall\nTabell 2: Flere tall\n",
        "Se http://eksempel.test\nog https://eksempel.test\n",
        "Mål: Bedre.\nTiltak: Mer.\nMål: Best.\nTiltak: Mest.\n",
        "Klokken 12:30 gikk de.\nKlokken 13:30 kom de.\n",
    ],
)
def test_headings_and_gatherings_are_no_speakers(text):
    assert split_turns(text) == []


def test_a_report_with_a_few_recurring_labels_is_no_conversation():
    filler = "Dette er en vanlig linje i en lang rapport.\n" * 300
    assert split_turns(f"Akershus: mål\n{filler}Akershus: tiltak\n{filler}") == []


def test_words_before_the_first_speaker_belong_to_nobody():
    text = "Fokusgruppe, mars\n\nModerator: Velkommen.\nKari: Takk.\nModerator: Ja.\nKari: Nei.\n"
    assert split_turns(text)[0].start == text.index("Velkommen")


def test_roles_that_ask():
    assert all(map(is_interviewer, ["I", "Intervjuer", "Moderator 2", "FORSKER", "Interviewer"]))
    assert not any(map(is_interviewer, ["A1", "Kari", "Bruker"]))


def test_somebody_may_speak_once_where_a_conversation_is_under_way():
    text = "Moderator: Hei.\nA1: Ja.\nModerator: Og du?\nPetra: Jo.\nModerator: Takk.\n"
    assert [t.label for t in split_turns(text)] == ["Moderator", "A1", "Moderator", "Petra", "Moderator"]


def test_a_known_label_counts_even_once():
    text = "Kari: Hei.\nOla Vik: Ja.\n"
    assert [t.label for t in split_turns(text, {"Kari", "Ola Vik"}.__contains__)] == ["Kari", "Ola Vik"]


def test_the_labels_we_give_ourselves_are_known_when_a_text_comes_back():
    for word in ("Taler", "Talende", "Speaker"):
        text = f"I: Hei.\n{word} 1: Ja.\nI: Og?\n{word} 2: Nei.\n"
        assert [t.label for t in split_turns(text)] == ["I", f"{word} 1", "I", f"{word} 2"]
