"""The logbook as somebody in the field meets it: on a logbook and a laptop, with and without contact."""

import os
import signal
import time

import pytest
from playwright.sync_api import expect

from tests.browser.watched import kernels, violations_at_every_size, watched
from workbench.serving.pages import page as serving

pytestmark = pytest.mark.browser


@pytest.fixture
def site(study):
    study.add_informant("B1", "bruker", given="anonymous")
    with serving(study.folder, "logbook") as running:
        yield running


@pytest.fixture
def logbook(page, site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.site = site
    with watched(page, site):
        yield opened(page, site)


def opened(page, site):
    page.goto(site.address)
    page.wait_for_selector(".mf-logbook[data-ready]")
    return page


def wait(study, condition):
    since = study.store.newest.seq
    if condition() or any(condition() for _change in study.store.follow(since, 15)):
        return
    raise AssertionError(study.log_entries())


def test_write_done_and_what_came_to_mind_later(logbook, study):
    logbook.get_by_label("What you saw and heard").fill("Alle så på klokka.")
    logbook.get_by_label("What you thought and felt").fill("Jeg ble utålmodig.")
    logbook.get_by_label("Who was there").fill("DPS, B1")
    logbook.get_by_label("Kind of situation").select_option(index=1)
    assert violations_at_every_size(logbook) == []
    logbook.click(".mf-main")
    expect(logbook.locator(".mf-status")).to_have_text("Logged.")
    entry = logbook.locator(".mf-entry")
    expect(entry).to_contain_text("Logged at once")
    expect(entry).to_contain_text("B1")
    logbook.click("text=Add an afterthought")
    logbook.keyboard.type("Kanskje var det jeg.")
    logbook.click(".mf-form .mf-main")
    expect(entry.locator(".mf-afterthought")).to_contain_text("Kanskje var det jeg.")
    logbook.click("[aria-label='Word anew: Observation']")
    logbook.fill(".mf-form textarea", "Alle så på klokka, lederen også.")
    logbook.click(".mf-form .mf-main")
    expect(entry.locator(".mf-observation")).to_contain_text("Earlier wordings (1)")
    logbook.click("text=Go back and ask")
    logbook.keyboard.type("Hvem bestemte tiden?")
    logbook.click(".mf-form .mf-main")
    expect(entry.locator(".mf-question")).to_contain_text("Hvem bestemte tiden?")
    assert violations_at_every_size(logbook) == []
    logbook.click(".mf-tab >> text=To ask")
    logbook.get_by_label("What came of it").fill("Lederen gjorde det.")
    logbook.click(".mf-card .mf-main")
    expect(logbook.locator("h2")).to_have_text("Settled")
    assert violations_at_every_size(logbook) == []
    (stored,) = study.log_entries()
    assert [one.part for one in stored.passages] == ["observation", "reflection", "afterthought", "question", "outcome"]
    assert stored.passages[0].wordings[0].text == "Alle så på klokka."


def test_every_word_outlives_lost_contact_and_a_reload(logbook, study, site):
    logbook.get_by_label("What you saw and heard").fill("Før forbindelsen røk.")
    expect(logbook.locator(".mf-writing .mf-quiet[role=status]")).to_have_text("Kept as a draft")
    assert [item["observation"] for item in study.log_drafts().values()] == ["Før forbindelsen røk."]
    for pid in kernels(site):
        os.kill(pid, signal.SIGSTOP)
    logbook.get_by_label("What you saw and heard").fill("Før forbindelsen røk. Og etter.")
    expect(logbook.locator(".mf-contact")).to_be_visible(timeout=15_000)
    for pid in kernels(site):
        os.kill(pid, signal.SIGCONT)
    expect(logbook.locator(".mf-contact")).to_be_hidden(timeout=15_000)
    logbook.reload()
    logbook.wait_for_selector(".mf-logbook[data-ready]")
    expect(logbook.get_by_label("What you saw and heard")).to_have_value("Før forbindelsen røk. Og etter.")
    logbook.click(".mf-main")
    wait(study, lambda: [one.part("observation") for one in study.log_entries()] == ["Før forbindelsen røk. Og etter."])
    expect(logbook.locator(".mf-status")).to_have_text("Logged.")
    assert study.log_drafts() == {}


@pytest.fixture
def stopped(site):
    """Lets nobody answer until it is called."""
    for pid in kernels(site):
        os.kill(pid, signal.SIGSTOP)

    def go_on():
        for pid in kernels(site):
            os.kill(pid, signal.SIGCONT)

    yield go_on
    go_on()


def written(study):
    return sorted(one.part("observation") for one in study.log_entries())


def test_several_entries_wait_without_contact_and_none_of_them_is_lost(logbook, study, stopped):
    seen = logbook.get_by_label("What you saw and heard")
    for words in ("Den første.", "Den andre.", "Den tredje."):
        seen.fill(words)
        logbook.click(".mf-main")
        expect(seen).to_have_value("")
        expect(seen).to_be_focused()
    seen.fill("Halvt skrev")
    stopped()
    wait(study, lambda: written(study) == ["Den andre.", "Den første.", "Den tredje."])
    expect(logbook.locator(".mf-status")).to_have_text("Logged.", timeout=15_000)
    expect(seen).to_have_value("Halvt skrev")
    logbook.reload()
    logbook.wait_for_selector(".mf-logbook[data-ready]")
    expect(logbook.get_by_label("What you saw and heard")).to_have_value("Halvt skrev")


def test_what_is_refused_comes_back_though_another_is_written_by_then(logbook, study, stopped):
    seen = logbook.get_by_label("What you saw and heard")
    seen.fill("Lenge siden.")
    logbook.get_by_label("When").fill("2019-03-01T09:00")
    logbook.click(".mf-main")
    expect(seen).to_have_value("")
    seen.fill("Noe nytt.")
    stopped()
    expect(logbook.locator(".mf-status.mf-fault")).to_contain_text("more than a year ago", timeout=15_000)
    expect(seen).to_have_value("Noe nytt.")
    logbook.click(".mf-main")
    wait(study, lambda: written(study) == ["Noe nytt."])
    logbook.click(".mf-tab >> text=Write")
    logbook.get_by_role("button", name="Go on writing: Lenge siden.").click()
    expect(logbook.get_by_label("When")).to_have_value("2019-03-01T09:00")


def test_quotes_are_set_apart_and_the_place_is_filled_in(logbook, study):
    (kind, *_others) = study.log_settings()
    study.log("Før.", setting=kind, place="rådhuset")
    logbook.reload()
    logbook.get_by_label("Kind of situation").select_option(kind)
    expect(logbook.get_by_label("Where")).to_have_value("rådhuset")
    seen = logbook.get_by_label("What you saw and heard")
    seen.fill("Legen sa vi venter.")
    seen.evaluate("area => area.setSelectionRange(9, 18)")
    logbook.get_by_role("button", name="Mark as a quote").click()
    expect(seen).to_have_value("Legen sa “vi venter”.")
    logbook.click(".mf-main")
    expect(logbook.locator("q").first).to_have_text("“vi venter”")
    assert violations_at_every_size(logbook) == []


def test_an_afterthought_is_gone_on_with_on_another_device(logbook, study, site, browser, write):
    entry = study.log("De ringte.")
    study.learn_names(write("register.csv", "name,aliases,type,replacement\nPetra Testesen,,person,[leder]\n"))
    logbook.reload()
    logbook.click(".mf-tab >> text=Log")
    logbook.click("text=Add an afterthought")
    logbook.keyboard.type("Petra Testesen halvt skr")
    expect(logbook.locator(".mf-noticed")).to_have_text("Will be masked: Petra Testesen → [leder]")
    other = opened(browser.new_context().new_page(), site)
    other.get_by_role("button", name="Go on writing: Petra Testesen halvt skr").click()
    expect(other.locator(".mf-form textarea")).to_have_value("Petra Testesen halvt skr")
    other.locator(".mf-form textarea").fill("Helt skrevet.")
    other.click(".mf-form .mf-main")
    expect(other.locator(".mf-afterthought")).to_contain_text("Helt skrevet.")
    assert study.log_drafts() == {}
    logbook.click(".mf-form .mf-main")
    wait(study, lambda: len(study.log_entry(entry).passages[-1].standing) == 2)
    other.context.close()


def test_the_newer_of_two_devices_wordings_is_gone_on_with(logbook, study, site, browser):
    logbook.get_by_label("What you saw and heard").fill("Begynt på telefonen.")
    wait_for_draft(study, "Begynt på telefonen.")
    expect(logbook.locator(".mf-writing .mf-quiet[role=status]")).to_have_text("Kept as a draft")
    other = opened(browser.new_context().new_page(), site)
    other.get_by_role("button", name="Go on writing: Begynt").click()
    other.get_by_label("What you saw and heard").fill("Begynt på telefonen. Og gått videre.")
    wait_for_draft(study, "Begynt på telefonen. Og gått videre.")
    other.context.close()
    logbook.reload()
    expect(logbook.get_by_label("What you saw and heard")).to_have_value("Begynt på telefonen. Og gått videre.")


def wait_for_draft(study, words):
    until = time.monotonic() + 15
    while words not in [item.get("observation") for item in study.log_drafts().values()]:
        assert time.monotonic() < until, study.log_drafts()


def test_what_one_held_and_an_earlier_page_sent_leaves_an_empty_form(logbook, study, stopped):
    logbook.click(".mf-tab >> text=Preunderstanding")
    stopped()
    logbook.get_by_role("button", name="Write down what you hold").click()
    for pid in kernels(logbook.site):
        os.kill(pid, signal.SIGSTOP)
    logbook.get_by_role("textbox", name="What you hold").fill("Tid er nok.")
    logbook.locator(".mf-form .mf-main").click()
    logbook.wait_for_function("Object.keys(localStorage).some((name) => name.includes('-act-'))")
    stopped()
    logbook.reload()
    logbook.wait_for_selector(".mf-logbook[data-ready]")
    logbook.click(".mf-tab >> text=Preunderstanding")
    expect(logbook.locator("[data-hypothesis]")).to_contain_text("Tid er nok.")
    expect(logbook.locator(".mf-form")).to_have_count(0)
    logbook.get_by_role("button", name="Write down what you hold").click()
    logbook.get_by_role("textbox", name="What you hold").fill("Tid er ikke nok.")
    logbook.locator(".mf-form .mf-main").click()
    expect(logbook.locator("[data-hypothesis]")).to_have_count(2)


def test_what_was_sent_by_an_earlier_page_is_done(logbook, study, stopped):
    """The page closes while an entry and an afterthought wait; the next one sends them, and shows neither as undone."""
    logbook.get_by_label("What you saw and heard").fill("Ventet.")
    logbook.click(".mf-main")
    logbook.wait_for_function("Object.keys(localStorage).some((name) => name.includes('-act-'))")
    stopped()
    logbook.reload()
    logbook.wait_for_selector(".mf-logbook[data-ready]")
    wait(study, lambda: written(study) == ["Ventet."])
    expect(logbook.get_by_role("button", name="Go on writing")).to_have_count(0)
    assert study.log_drafts() == {}


def test_an_afterthought_pressed_twice_without_contact_is_one(logbook, study):
    entry = study.log("De ringte.")
    logbook.reload()
    logbook.click(".mf-tab >> text=Log")
    logbook.click("text=Add an afterthought")
    logbook.keyboard.type("Først.")
    logbook.evaluate("() => { const b = document.querySelector('.mf-form .mf-main'); b.click(); b.click(); }")
    expect(logbook.locator(".mf-afterthought")).to_contain_text("Først.")
    wait(study, lambda: len(study.log_entry(entry).passages) == 2)


def test_an_unlikely_date_is_asked_about(logbook, study):
    logbook.get_by_label("What you saw and heard").fill("Lenge siden.")
    logbook.get_by_label("When").fill("2019-03-01T09:00")
    logbook.click(".mf-main")
    expect(logbook.locator(".mf-writing")).to_contain_text("more than a year ago")
    logbook.get_by_label("The date is right").check()
    logbook.click(".mf-main")
    wait(study, lambda: [one.local.year for one in study.log_entries()] == [2019])


def test_what_one_held_moves_and_is_linked_to_the_log(logbook, study):
    entry = study.log("De ringte hverandre.")
    logbook.click(".mf-tab >> text=Preunderstanding")
    logbook.click("text=Write down what you hold")
    logbook.get_by_label("What you hold", exact=True).fill("Kjennskap hjelper.")
    logbook.get_by_label("What makes you think so").fill("egen praksis")
    logbook.get_by_label("Day (today").fill("2024-01-10")
    assert violations_at_every_size(logbook) == []
    logbook.reload()
    logbook.wait_for_selector(".mf-logbook[data-ready]")
    logbook.click(".mf-tab >> text=Preunderstanding")
    expect(logbook.get_by_label("What you hold", exact=True)).to_have_value("Kjennskap hjelper.")
    logbook.get_by_label("Day (today").fill("2024-01-10")
    logbook.click(".mf-form >> text=Save")
    card = logbook.locator(".mf-card[data-hypothesis]")
    expect(card).to_contain_text("Before the study")
    logbook.click("text=See it differently")
    logbook.get_by_label("How you see it now").fill("Kjennskap hjelper når det er tid.")
    logbook.get_by_label("Why").fill("de rakk det ikke")
    logbook.click(".mf-form >> text=Save")
    expect(card.locator("h3").first).to_have_text("Kjennskap hjelper når det er tid.")
    expect(card.locator(".mf-story li")).to_have_count(2)
    assert logbook.locator(".mf-picture").evaluate("img => img.complete && img.naturalWidth > 100")
    assert violations_at_every_size(logbook) == []
    logbook.click(".mf-tab >> text=The log")
    logbook.get_by_label("Speaks to your preunderstanding").select_option(index=1)
    logbook.get_by_role("button", name="Link", exact=True).click()
    expect(logbook.locator(".mf-entry")).to_contain_text("Speaks to: Kjennskap hjelper når det er tid.")
    (held,) = study.hypotheses()
    assert study.cited(held.id) == [entry]
    logbook.click(".mf-tab >> text=Preunderstanding")
    logbook.click(".mf-links .mf-link")
    expect(card.locator(".mf-entry")).to_contain_text("De ringte hverandre.")


def test_names_are_noticed_and_one_question_comes_and_can_be_put_away(logbook, study, write):
    study.learn_names(write("n.csv", "name,replacement\nKari Testvik,[nabo]\n"))
    logbook.get_by_label("What you saw and heard").fill("Kari Testvik sier alltid nei.")
    expect(logbook.locator(".mf-writing")).to_contain_text("Will be masked: Kari Testvik → [nabo]")
    question = logbook.get_by_role("complementary", name="A question to yourself")
    expect(question).to_contain_text("strong words")
    assert violations_at_every_size(logbook) == []
    question.get_by_role("button", name="Put it away").click()
    expect(question).to_have_count(0)
    logbook.get_by_label("What you thought and felt").fill("Jeg lurer.")
    expect(logbook.locator(".mf-writing")).to_contain_text("Kept as a draft")
    expect(question).to_have_count(0)
    logbook.click(".mf-main")
    expect(logbook.locator(".mf-entry")).to_contain_text("[nabo] sier alltid nei.")
    assert study.prompt(words="alltid").id != "d"


def test_a_photo_is_attached_shown_and_taken_away(logbook, study):
    study.log("Se bildet.")
    logbook.click(".mf-tab >> text=The log")
    logbook.click("summary:text-is('More')")
    photo = logbook.locator("h1").screenshot() * 40  # larger than one message
    with logbook.expect_file_chooser() as choosing:
        logbook.click("text=Attach a photo")
    choosing.value.set_files({"name": "notat.png", "mimeType": "image/png", "buffer": photo})
    wait(study, lambda: [one.size for one in study.attachments()] == [len(photo)])
    logbook.click("text=Show notat.png")
    shown = logbook.locator(".mf-attached img")
    logbook.wait_for_function("() => document.querySelector('.mf-attached img')?.naturalWidth > 10")
    expect(shown).to_have_attribute("alt", "notat.png")
    assert violations_at_every_size(logbook) == []
    logbook.click("text=Hide notat.png")
    expect(shown).to_have_count(0)
    logbook.click("text=Show notat.png")
    expect(shown).to_have_count(1)
    logbook.click("[aria-label='Remove the file: notat.png']")
    logbook.click("dialog >> text=Remove the file")
    wait(study, lambda: study.attachments() == [])
    assert list((study.vault.folder / "attachments").glob("*")) == []


def test_an_entry_becomes_a_source_and_another_is_removed(logbook, study):
    study.log("Alle så på klokka.", "Jeg ble utålmodig.", setting="kurs")
    logbook.click(".mf-tab >> text=The log")
    logbook.click("summary:text-is('More')")
    logbook.click("text=Make it a source")
    logbook.get_by_label("Reflection", exact=True).uncheck()
    logbook.click("text=Make the source")
    expect(logbook.locator(".mf-entry")).to_contain_text("Is a source:")
    (source,) = study.sources()
    assert "utålmodig" not in study.text(source.name)
    logbook.click("summary:text-is('More')")
    logbook.click("text=Remove the entry")
    logbook.click(".mf-dialog .mf-main")
    wait(study, lambda: study.log_entries() == [])


def test_the_log_at_a_glance_opens_what_it_counts(logbook, study):
    for hour, reflection in ((9, "Tenkt."), (10, "")):
        study.log(f"Klokka {hour}.", reflection, happened=f"2026-11-02T{hour:02}:00+01:00", setting="kurs", sure=True)
    study.log("Et annet sted.", happened="2026-10-05T09:00+01:00", setting="møte", sure=True)
    logbook.click(".mf-tab >> text=Overview")
    expect(logbook.locator(".mf-counts")).to_have_count(3)
    assert violations_at_every_size(logbook) == []
    logbook.get_by_role("button", name="Nov 2026, 2: 2").click()
    expect(logbook.locator(".mf-entry")).to_have_count(2)
    logbook.get_by_role("button", name="Show any time: 2026-11-02").click()
    expect(logbook.locator(".mf-entry")).to_have_count(3)
    logbook.click(".mf-tab >> text=Overview")
    logbook.get_by_role("button", name="Not yet, Nov 2026: 1").click()
    expect(logbook.locator(".mf-entry")).to_contain_text(["Klokka 10."])
    expect(logbook.locator(".mf-entry")).to_have_count(1)
    logbook.click(".mf-tab >> text=Overview")
    logbook.get_by_role("button", name="Reflected on, Nov 2026: 1").click()
    expect(logbook.locator(".mf-entry")).to_contain_text(["Klokka 9."])
    expect(logbook.locator(".mf-entry")).to_have_count(1)


def test_a_month_without_entries_is_seen_and_what_nobody_named_opens_itself(logbook, study):
    for month, setting in ((9, "kurs"), (11, ""), (11, "kurs")):
        study.log("Stille.", happened=f"2026-{month:02}-02T09:00+01:00", setting=setting, sure=True)
    logbook.click(".mf-tab >> text=Overview")
    expect(logbook.locator(".mf-counts").nth(1).locator("thead th")).to_have_text(["Sep 2026", "Oct 2026", "Nov 2026"])
    logbook.get_by_role("button", name="not said, Nov 2026: 1").click()
    expect(logbook.locator(".mf-entry")).to_have_count(1)
    expect(logbook.locator(".mf-entry")).not_to_contain_text("kurs")


def test_an_excerpt_is_saved_from_the_page(logbook, study):
    study.log("I november.", happened="2026-11-02T09:00+01:00", sure=True)
    study.log("I oktober.", happened="2026-10-05T09:00+01:00", sure=True)
    logbook.click(".mf-tab >> text=Overview")
    logbook.get_by_label("From", exact=True).fill("2026-11-01")
    assert violations_at_every_size(logbook) == []
    with logbook.expect_download() as saving:
        logbook.click("text=Save as CSV")
    text = saving.value.path().read_text("utf-8-sig")
    assert "I november." in text
    assert "I oktober." not in text
    logbook.get_by_label("From", exact=True).fill("2027-11-01")
    logbook.click("text=Save for Word")
    expect(logbook.locator(".mf-fault[role=alert]").first).to_have_text("The log has no entries there.")
