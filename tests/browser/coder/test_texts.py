"""Texts that try the coder: any writing there is, and one of 300 000 words."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.browser.coder.doing import select, wait

pytestmark = pytest.mark.browser

# Letters with and without marks of their own, right to left, joined emoji, marks alone, and outside the first plane.
WRITING = st.lists(
    st.sampled_from(
        [
            *"abæøå .,-<>&\"'",
            "é",
            "e\u0301",
            "שלום",
            "مرحبا",
            "👍🏽",
            "👩‍👩‍👧",
            "🇳🇴",
            "\u0301",
            "𝒜",
            "漢",
            "ก็",
            "\u200d",
        ]
    ),
    min_size=1,
    max_size=40,
).map("".join)
PICK = """([row, from, to]) => {
  const words = document.querySelector(`.mf-words[data-row="${row}"]`);
  const at = (units) => {
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    let node, left = units;
    while ((node = walker.nextNode())) { if (left <= node.length) return [node, left]; left -= node.length; }
  };
  words.scrollIntoView({ block: "center" });
  getSelection().setBaseAndExtent(...at(from), ...at(to));
  document.querySelector(".mf-pane").focus();
}"""

LETTERS = str.maketrans("0123456789", "ghijklmnop")  # digits in a row are told from a telephone number by nobody


def units(text):
    """How a browser counts: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(WRITING, min_size=1, max_size=3), data=st.data())
def test_offsets_survive_the_way_to_the_browser_and_back(coder, study, tmp_path, turns, data):
    name = uuid.uuid4().hex.translate(LETTERS)
    (tmp_path / "any.txt").write_text("".join(f"A{n}: x{said}\n" for n, said in enumerate(turns, 1)) + f"Z: {name}.\n")
    study.import_files([tmp_path / "any.txt"], "interview", name=name)
    read = study.read(name)
    row = data.draw(st.sampled_from(range(len(read.rows))))
    said = read.text[read.rows[row].start : read.rows[row].end]
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(start + 1, len(said)))
    if not said[start:end].strip():
        return
    coder.click(f".mf-source:has-text('{name}')")
    coder.wait_for_selector(f".mf-coder[data-source='{read.source.id}']")
    assert coder.locator(".mf-words").nth(row).text_content() == said
    coder.evaluate(PICK, [row, units(said[:start]), units(said[:end])])
    coder.keyboard.press("1")
    wait(study, lambda: len(study.codings(source=name)) == 1)
    (coding,) = study.codings(source=name)
    first = read.rows[row].start
    assert (coding.start, coding.end, coding.quote) == (first + start, first + end, said[start:end])
    expect(coder.locator("mark")).to_have_count(1)
    assert coder.locator("mark").text_content() == said[start:end]


def test_a_source_of_300_000_words_is_read_and_coded_at_its_end(coder, study, tmp_path):
    said = "Vi ringer hverandre når planen endres, og likevel er det ofte uklart hvem som eier oppgaven etterpå. " * 5
    turns = "".join(f"A{1 + n % 2}: {said}\n" for n in range(3_530))
    (tmp_path / "lang.txt").write_text(f"{turns}A1: Dette er de aller siste ordene.\n")
    study.import_files([tmp_path / "lang.txt"], "focus_group", name="Lang")
    assert study.source("Lang").words > 300_000
    coder.click(".mf-source:has-text('Lang')")
    expect(coder.locator(".mf-head h2")).to_have_text("Lang")
    coder.wait_for_selector(f".mf-coder[data-source='{study.source('Lang').id}']")
    select(coder, "de aller siste ordene")
    coder.keyboard.press("1")
    wait(study, lambda: [c.quote for c in study.codings(source="Lang")] == ["de aller siste ordene"])
    expect(coder.locator("mark")).to_have_text("de aller siste ordene")
    coder.reload()
    coder.wait_for_selector(".mf-coder[data-whole]")
    expect(coder.locator("mark")).to_have_text("de aller siste ordene")
