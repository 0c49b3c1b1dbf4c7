"""The coder as a researcher meets it: coding in the text, undo, and lost contact, on the page in a real browser."""

import os
import re
import signal
import time

import pytest
from playwright.sync_api import expect

from tests.browser.coder.doing import opened, select, wait
from tests.browser.watched import kernels
from workbench.study import Study

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "words",
    [
        "Ingen har tid",
        "hjelper 👍🏽 sa",
        "sa hun. Tilliten",
        "<script>window.hacked = 1</script> <b>Loven</b>",
        "שלום עליכם sa",
    ],
)
def test_a_passage_is_coded_by_mouse_and_the_study_holds_the_same_words(coder, study, words):
    select(coder, words)
    coder.click(".mf-option:has-text('tidsnød')")
    expect(coder.locator(".mf-status")).to_contain_text("Coded: tidsnød")
    (coding,) = study.codings()
    assert (coding.quote, coding.code, coding.theme) == (words, "tidsnød", "resources")
    assert coder.locator("mark").all_inner_texts() == [words]
    assert coder.locator(".mf-label").get_attribute("aria-label").startswith("tidsnød, Promotes, Systemic: ")


def test_reading_coding_and_undo_by_keyboard_alone(coder, study):
    coder.focus(".mf-pane")
    for _ in range(3):
        coder.keyboard.press("ArrowDown")
    for _ in range(3):
        coder.keyboard.press("Control+Shift+ArrowRight")
    coder.keyboard.press("6")
    expect(coder.locator(".mf-label")).to_have_count(1)
    coder.keyboard.press("-")
    coder.keyboard.press("Shift+Digit2")
    wait(study, lambda: [(c.effect, c.determinant) for c in study.codings()] == [("inhibits", "organisational")])
    (coding,) = study.codings()
    assert coding.theme == "tools"
    assert coding.quote.strip() == "Ingen har tid"
    coder.keyboard.press("d")
    wait(study, lambda: len(study.codings()) == 2)
    coder.keyboard.press("Control+z")
    wait(study, lambda: len(study.codings()) == 1)
    expect(coder.locator(".mf-label")).to_have_count(1)
    coder.keyboard.press("Control+y")
    wait(study, lambda: len(study.codings()) == 2)
    coder.keyboard.press("Delete")
    for _ in range(9):
        coder.keyboard.press("Control+z")
    wait(study, lambda: not study.codings())
    tree = coder.locator(".mf-reading").aria_snapshot()
    assert re.search(r'region "Text"', tree)
    assert "Ingen har tid" in tree


def test_undo_works_after_a_reload_too(coder, study, site):
    select(coder, "Ingen har tid")
    coder.keyboard.press("2")
    wait(study, lambda: len(study.codings()) == 1)
    coder.reload()
    coder.wait_for_selector(".mf-coder[data-source]")
    expect(coder.locator("mark")).to_have_count(1)
    coder.click("text=Undo")
    wait(study, lambda: not study.codings())
    expect(coder.locator("mark")).to_have_count(0)
    assert coder.inner_text(".mf-head h2") == "Gruppe", "it remembers where one was"


def test_the_picker_finds_as_one_types_and_codes_by_enter(coder, study):
    select(coder, "Ingen har tid")
    coder.focus(".mf-pane")
    coder.keyboard.press("c")
    coder.keyboard.type("tids")
    expect(coder.locator(".mf-option")).to_have_count(1)
    coder.keyboard.press("Enter")
    wait(study, lambda: [c.code for c in study.codings()] == ["tidsnød"])
    assert coder.evaluate("document.activeElement.className") == "mf-pane"


def test_several_codings_on_the_same_words_are_told_apart_without_colour(coder, study):
    select(coder, "Tilliten kommer av å møtes")
    coder.focus(".mf-pane")
    for key in ("1", "2", "d"):
        coder.keyboard.press(key)
        expect(coder.locator(".mf-status")).to_contain_text("Coded")
    wait(study, lambda: len(study.codings()) == 3)
    expect(coder.locator(".mf-label")).to_have_count(3)
    expect(coder.locator(".mf-brace")).to_have_count(3)
    assert len(set(coder.locator(".mf-label .mf-sign").all_inner_texts())) >= 2
    coder.evaluate("getSelection().removeAllRanges()")
    coder.locator("mark").first.click()
    expect(coder.locator(".mf-here button")).to_have_count(3)
    select(coder, "Tilliten kommer")
    select(coder, "kommer av")  # begins inside what is selected
    coder.keyboard.press("3")
    wait(study, lambda: "kommer av" in {one.quote for one in study.codings()})
    expect(coder.locator(".mf-label[aria-pressed=true]")).to_have_count(1)


def test_a_selection_over_two_turns_and_adjusted_edges(coder, study):
    coder.focus(".mf-pane")
    coder.evaluate(
        """() => { const p = document.querySelectorAll('.mf-words');
        getSelection().setBaseAndExtent(p[2].firstChild, 3, p[3].firstChild, 9); }"""
    )
    coder.keyboard.press("1")
    wait(study, lambda: len(study.codings()) == 1)
    text = study.text("Gruppe")
    (coding,) = study.codings()
    assert coding.quote == text[coding.start : coding.end]
    assert coding.quote.startswith("ringer hverandre")
    assert coding.quote.endswith("Ingen har")
    coder.click("[aria-label='End a word later']")
    wait(study, lambda: study.codings()[0].quote.endswith("Ingen har tid."))
    coder.click("[aria-label='Begin a word later']")
    wait(study, lambda: study.codings()[0].quote.startswith("hverandre"))


def test_a_code_in_vivo(coder, study):
    select(coder, "fra dør til dør")
    coder.click("text=New code from these words")
    wait(study, lambda: [c.code for c in study.codings()] == ["fra dør til dør"])
    expect(coder.locator(".mf-option:has-text('fra dør til dør')")).to_have_count(1)


def test_an_empty_selection_is_told_in_place(coder, study):
    coder.focus(".mf-pane")
    coder.keyboard.press("3")
    expect(coder.locator(".mf-status")).to_have_text("Select some words first.")
    assert study.codings() == []


def test_a_memo_is_saved_as_it_is_typed(coder, study):
    select(coder, "Ingen har tid")
    coder.keyboard.press("2")
    coder.wait_for_selector(".mf-memo-place button")
    coder.click("text=New memo")
    coder.keyboard.type("Dette går igjen hos alle")
    wait(study, lambda: [m.text for m in study.memos()] == ["Dette går igjen hos alle"])
    coder.reload()
    coder.wait_for_selector(".mf-label")
    coder.click(".mf-label")
    expect(coder.locator(".mf-memo textarea")).to_have_value("Dette går igjen hos alle")
    assert len(study.memos()) == 1


def test_two_windows_see_each_others_codings_within_two_seconds(coder, study, site, context):
    other = opened(context.new_page(), site)
    select(coder, "Ingen har tid")
    coder.keyboard.press("2")
    expect(coder.locator("mark")).to_have_count(1)
    began = time.monotonic()
    expect(other.locator("mark")).to_have_count(1, timeout=2000)
    assert time.monotonic() - began < 2
    Study(study.folder, actor="medforsker").code_passage(
        "Gruppe", 5, 20, theme="1", effect="both", determinant="systemic"
    )
    expect(coder.locator("mark")).to_have_count(2, timeout=2000)


def test_when_contact_is_lost_nothing_is(coder, study, site):
    select(coder, "Ingen har tid")
    coder.keyboard.press("2")
    wait(study, lambda: len(study.codings()) == 1)
    coder.wait_for_selector(".mf-memo-place button")
    coder.click("text=New memo")
    stopped = kernels(site)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        coder.keyboard.type("Ord uten kontakt")
        expect(coder.locator(".mf-contact")).to_contain_text("No contact", timeout=10000)
        select(coder, "Jeg savner møteplasser")
        coder.focus(".mf-pane")
        coder.keyboard.press("7")
        expect(coder.locator(".mf-contact")).to_contain_text("wait to be sent", timeout=10000)
        kept = coder.evaluate("JSON.stringify(localStorage)")
        assert "Ord uten" not in kept, "what the browser keeps is sealed"
        assert "medforsk" in kept
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    expect(coder.locator(".mf-contact")).to_be_hidden(timeout=15000)
    wait(study, lambda: [m.text for m in study.memos()] == ["Ord uten kontakt"])
    wait(study, lambda: sorted(c.quote for c in study.codings()) == ["Ingen har tid", "Jeg savner møteplasser"])


def test_when_the_kernel_dies_the_page_offers_to_load_anew_and_loses_nothing(coder, study, site):
    select(coder, "Ventetiden er lang")
    for kernel in kernels(site):
        os.kill(kernel, signal.SIGKILL)
    coder.keyboard.press("2")
    coder.get_by_role("button", name="Load the page anew").click(timeout=60_000)
    coder.wait_for_selector(".mf-coder[data-ready]", timeout=60_000)
    wait(study, lambda: [c.quote for c in study.codings()] == ["Ventetiden er lang"])


def test_after_a_reload_too(coder, study, site):
    select(coder, "Ingen har tid")
    coder.keyboard.press("2")
    wait(study, lambda: len(study.codings()) == 1)
    coder.wait_for_selector(".mf-memo-place button")
    coder.click("text=New memo")
    for pid in kernels(site):
        os.kill(pid, signal.SIGSTOP)
    coder.keyboard.type("Ord før siden ble lastet på nytt")
    select(coder, "Jeg savner møteplasser")
    coder.focus(".mf-pane")
    coder.keyboard.press("7")
    coder.wait_for_function("() => Object.keys(localStorage).some((k) => k.includes('-act-'))")
    coder.wait_for_function("() => Object.keys(localStorage).some((k) => k.includes('-memo-'))")
    coder.reload()
    coder.wait_for_selector(".mf-coder[data-source]")
    wait(study, lambda: sorted(c.quote for c in study.codings()) == ["Ingen har tid", "Jeg savner møteplasser"])
    coder.click(".mf-label:has-text('Resources')")
    wait(study, lambda: [m.text for m in study.memos()] == ["Ord før siden ble lastet på nytt"])
    for pid in kernels(site):
        os.kill(pid, signal.SIGCONT)
