"""The coder on a phone, in the dark, and while the vault is locked."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.coder.doing import opened, select, wait
from tests.browser.watched import violations
from workbench.serving.pages import page as serving
from workbench.study import Study

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser, site):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_a_passage_is_coded_by_touch_with_the_codebook_at_hand(phone, site, study):
    phone.goto(site.address)
    phone.wait_for_selector(".mf-coder[data-ready]")
    phone.tap(".mf-source:has-text('Gruppe')")
    phone.wait_for_selector(".mf-coder[data-source]")
    # A long press selects words by the phone's own doing, which Chromium has no part for on this system.
    phone.evaluate(
        """() => { const all = [...document.querySelectorAll('.mf-words')];
        const words = all.find((p) => p.textContent.startsWith('Ingen'));
        words.scrollIntoView({ block: 'center' });
        const node = document.createTreeWalker(words, NodeFilter.SHOW_TEXT).nextNode();
        getSelection().setBaseAndExtent(node, 0, node, 'Ingen har tid'.length); }"""
    )
    expect(phone.locator(".mf-option:has-text('Collaboration competence')")).to_be_in_viewport()
    phone.tap("button:text-is('Inhibits')")
    phone.tap(".mf-option:has-text('tidsnød')")
    wait(study, lambda: [(c.quote, c.code, c.effect) for c in study.codings()]
         == [("Ingen har tid", "tidsnød", "inhibits")])  # fmt: skip
    expect(phone.locator(".mf-status")).to_be_in_viewport()
    expect(phone.locator("mark")).to_have_text("Ingen har tid")
    phone.tap(".mf-label")
    expect(phone.locator(".mf-label")).to_have_attribute("aria-pressed", "true")


def test_the_page_is_as_dark_as_the_system_and_as_readable(browser, site, study):
    study.code_passage("Gruppe", 30, 60, theme="2", effect="inhibits", determinant="systemic")
    context = browser.new_context(viewport={"width": 1400, "height": 900}, color_scheme="dark")
    page = opened(context.new_page(), site)
    expect(page.locator(".mf-coder")).to_have_css("background-color", "rgb(20, 23, 26)")
    assert violations(page) == []
    for tab in range(1, 5):
        page.locator(".mf-tab").nth(tab).click()
        page.wait_for_selector(".mf-view h2")
        assert violations(page) == []
    page.emulate_media(color_scheme="light")
    expect(page.locator(".mf-coder")).to_have_css("background-color", "rgb(255, 255, 255)")
    context.close()


def test_while_the_vault_is_locked_coding_goes_on_and_words_wait(page, tmp_path):
    study = Study.create(tmp_path / "study", title="Låst", vault=tmp_path / "vault", passphrase="hemmelig")
    study.vault.unlock("hemmelig")
    (tmp_path / "gruppe.txt").write_text("A1: Ingen har tid til møter, sier alle.\n")
    study.import_files([tmp_path / "gruppe.txt"], "focus_group", name="Gruppe")
    study.vault.lock()
    with serving(study.folder, "coding") as site:
        opened(page, site)
        expect(page.locator(".mf-vault")).to_have_text("Vault locked: you can code. New words wait until it is opened.")
        select(page, "Ingen har tid")
        page.keyboard.press("2")
        wait(study, lambda: [c.quote for c in study.codings()] == ["Ingen har tid"])
        page.click("text=New memo")
        page.keyboard.type("Kari sa det samme")
        expect(page.locator(".mf-side")).to_contain_text("Your words wait")
        page.keyboard.press("Escape")
        page.click(".mf-side >> text=Write a statement")
        page.fill(".mf-form textarea", "Tiden strekker ikke til")
        page.click(".mf-form >> text=Save")
        expect(page.locator(".mf-status")).to_contain_text("waits until the vault is opened")
        page.get_by_role("button", name="New code", exact=True).click()
        page.fill(".mf-form input >> nth=0", "venting")
        page.click(".mf-form >> text=Save")
        expect(page.locator(".mf-form .mf-fault")).to_contain_text("vault")
        assert study.memos() == []
        assert study.statements() == []
        study.vault.unlock("hemmelig")
        expect(page.locator(".mf-vault")).to_have_text("Vault open")
        study.screen_inbox()
        assert [s.text for s in study.statements()] == ["Tiden strekker ikke til"]
        assert [m.text for m in study.memos()] == ["Kari sa det samme"]


def test_two_who_word_the_same_statement_see_each_others_words_and_choose(coder, study, site, context):
    study.code_passage("Gruppe", 40, 60, theme="1", effect="promotes", determinant="systemic")
    study.add_statement("Slik var det", theme="1", effect="promotes", determinant="systemic")
    other = context.new_page()
    opened(other, site)
    for page in (coder, other):
        page.click(".mf-tab >> text=Matrix")
        page.wait_for_selector(".mf-statement textarea")
    mine, theirs = (page.locator(".mf-statement textarea") for page in (coder, other))
    mine.fill("Mine ord")
    mine.press("End")
    theirs.evaluate("(area) => { area.focus(); area.value = 'Deres ord'; area.dispatchEvent(new Event('input')); }")
    wait(study, lambda: study.statements()[0].text != "Slik var det")
    late = coder if study.statements()[0].text == "Deres ord" else other
    expect(late.locator(".mf-statement")).to_contain_text("Somebody has worded it otherwise meanwhile")
    kept = late.locator(".mf-statement textarea").input_value()
    late.click("text=Keep my words")
    wait(study, lambda: study.statements()[0].text == kept)
    early = other if late is coder else coder
    early.locator(".mf-statement textarea").blur()
    expect(early.locator(".mf-statement textarea")).to_have_value(kept)


def test_two_who_correct_the_same_text_lose_no_word(coder, study):
    coder.focus(".mf-pane")
    coder.click(".mf-words >> text=Ingen har tid")
    coder.keyboard.press("e")
    coder.keyboard.press("End")
    coder.keyboard.type(" Det sier alle")
    line = next(
        row for row in study.read("Gruppe").rows if "Og hva hemmer" in study.text("Gruppe")[row.start : row.end]
    )
    elsewhere = Study(study.folder, actor="medforsker")
    elsewhere.correct_passage("Gruppe", line.start, line.end, "Og hva er det som hemmer?")
    expect(coder.locator(".mf-pane")).to_contain_text("hva er det som hemmer", timeout=5000)
    coder.keyboard.type(", mange ganger.")
    expect(coder.locator(".mf-correcting textarea")).to_be_focused()
    expect(coder.locator(".mf-correcting textarea")).to_have_value(re.compile(r"Det sier alle, mange ganger\.$"))
    start = study.text("Gruppe").index("Ingen har tid")
    elsewhere.correct_passage("Gruppe", start, start + len("Ingen har tid"), "Ingen hadde tid")
    expect(coder.locator(".mf-correcting [role=alert]")).to_contain_text("Ingen hadde tid", timeout=5000)
    coder.click(".mf-correcting >> text=Save")
    wait(study, lambda: "Det sier alle, mange ganger." in study.text("Gruppe"))


def test_keys_in_a_correction_are_words_and_never_acts(coder, study):
    start = study.text("Gruppe").index("Ingen har tid")
    study.code_passage("Gruppe", start, start + 13, theme="2", effect="inhibits", determinant="systemic")
    coder.click(".mf-label")
    coder.focus(".mf-pane")
    coder.keyboard.press("e")
    area = coder.locator(".mf-correcting textarea")
    area.press("Control+a")
    area.press("Delete")
    coder.click(".mf-correcting >> text=Save")
    expect(coder.locator(".mf-correcting [role=alert]")).to_contain_text("Write what the line says")
    coder.keyboard.press("Shift+Tab")
    typed = "Ingen har tid, 12 av dem: cvmnpexbt/?*+-"
    area.press_sequentially(typed)
    area.press("ArrowLeft")
    area.press("Backspace")
    expect(area).to_have_value(typed[:-2] + typed[-1])
    coder.click(".mf-correcting >> text=Save")
    wait(study, lambda: typed[:-2] in study.text("Gruppe"))
    assert [c.quote for c in study.codings()] == ["Ingen har tid"]
