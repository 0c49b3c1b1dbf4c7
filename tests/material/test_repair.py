import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.material.repair import repair


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("sam-\narbeid\n", "samarbeid\n", "hyphen"),
        ("sam-\n\narbeid\n", "samarbeid\n", "hyphen"),
        ("DPS-\nlege\n", "DPS-lege\n", "hyphen"),
        ("\uf0b7 punkt\n", "• punkt\n", "bullet"),
        ("\uf0a7 punkt\n", "• punkt\n", "bullet"),
        ("en\n\n\n\nto\n", "en\n\nto\n", "blank_line"),
        ("han gikk\n\nhjem igjen\n", "han gikk\nhjem igjen\n", "blank_line"),
        ("en\r\nto\r\n", "en\nto\n", "line_end"),
        ("A\u030are\n", "Åre\n", "normalised"),
        ("\ufeffen\n", "en\n", "invisible"),
    ],
)
def test_each_repair_is_made_and_recorded(before, after, kind):
    repaired = repair(before)
    assert repaired.text == after
    assert repaired.repairs.get(kind)


@pytest.mark.parametrize(
    "text",
    [
        "bruker-/pårørendeorganisasjoner\n",
        "helse-\nog omsorg\n",
        "bruker-/\npårørende\n",
        "Ferdig.\n\nså begynner noe nytt\n",
        "Vi sa\n\ni: ja\n",
        "👍🏽 og 👨‍👩‍👧\n",
    ],
)
def test_what_is_whole_stays(text):
    assert repair(text).text == text


@given(st.text())
def test_repairing_twice_changes_nothing_more_and_gives_nfc(text):
    once = repair(text).text
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


@given(st.lists(st.sampled_from(["sam-\n", "arbeid", " ", "\n\n", "DPS-\n", "\uf0b7", "og", "I: ja"])).map("".join))
def test_no_word_is_lost_by_repair(text):
    letters = [c for c in text if c.isalnum()]
    assert [c for c in repair(text).text if c.isalnum()] == letters
