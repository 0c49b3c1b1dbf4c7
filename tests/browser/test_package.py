"""A round in one file, as somebody meets it who never meets a server: opened from a disk, with nothing to ask."""

import pytest
from playwright.sync_api import expect

from tests.browser.watched import violations_at_every_size
from workbench.widgets.review.package import packed

pytestmark = pytest.mark.browser


@pytest.fixture
def shared(coded):
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    return coded


@pytest.fixture
def file(shared, tmp_path):
    def write(name="M1", **how):
        made = shared.open_round("Hva fremmer?", [one.id for one in shared.codings()], **how)
        content, passphrase = packed(shared, made, name, "en")
        path = tmp_path / f"{name}.html"
        path.write_bytes(content)
        return made, path, passphrase

    return write


def opened(context, path, passphrase):
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(path.as_uri())
    page.locator("form input").fill(passphrase)
    page.keyboard.press("Enter")
    page.wait_for_selector(".mf-review[data-ready]")
    return page


def saved(page, path, button=None):
    with page.expect_download() as download:
        (button or page.get_by_role("button", name="Save my answers")).click()
    download.value.save_as(path)
    return path.read_bytes()


def test_answers_given_in_a_file_come_back_and_survive_its_closing(browser, shared, file, tmp_path):
    made, path, passphrase = file()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(path.as_uri())
    assert violations_at_every_size(page) == []
    page.get_by_label("Passphrase").fill("feil-feil-feil-feil")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("does not open the file")
    page = opened(context, path, passphrase)
    assert violations_at_every_size(page) == []
    page.get_by_role("button", name="I wonder").click()
    page.get_by_label("Your own words").fill("Hvorfor <b>det</b>, Kari Testesen? 👍🏽")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text("2 of 3")
    page.get_by_role("button", name="I see it differently").click()
    for name in ("What it is about", "Helps or hinders", "Where it comes from"):
        page.get_by_label(name).select_option(index=1)
    page.get_by_label("Your own words").fill("Halvt skre")
    page.close()
    page = opened(context, path, passphrase)
    expect(page.get_by_label("Your own words")).to_have_value("Halvt skre")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="I think I know who this is").click()
    expect(page.locator("main")).to_contain_text("The researcher learns of it by your answers")
    expect(page.get_by_role("button", name="Save my answers")).to_be_visible()
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.locator("main")).to_contain_text("You have given 3 answers")
    assert violations_at_every_size(page) == []
    answers = saved(page, tmp_path / "svar.medforsk")
    assert b"Hvorfor" not in answers
    assert [url for url in page.asked if not url.startswith(("file:", "blob:"))] == []
    assert shared.merge_answers(answers).new == 3
    assert shared.merge_answers(answers).known == 3
    said = [one for looked in shared.looked_at(made) for one in looked.said]
    assert sorted(one.stance for one in said) == ["differ", "known", "wonder"]
    assert "Hvorfor <b>det</b>, B1? 👍🏽" in {one.words for one in said}
    context.close()


def test_in_a_blind_round_the_other_reading_comes_in_a_second_file(browser, shared, file, tmp_path):
    made, path, passphrase = file(blind=True)
    context = browser.new_context()
    page = opened(context, path, passphrase)
    expect(page.locator("main")).to_contain_text("How the researcher did comes in another file")
    page.get_by_role("button", name="How I read it").click()
    page.get_by_label("Your own words").fill("Slik leser jeg det.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".mf-badge")).to_contain_text("You said: I see it differently")
    expect(page.locator("main")).not_to_contain_text("The researcher read this as")
    shared.merge_answers(saved(page, tmp_path / "en.medforsk"))
    content, second = packed(shared, made, "M1", "en")
    (tmp_path / "to.html").write_bytes(content)
    page = opened(context, tmp_path / "to.html", second)
    expect(page.locator("main")).to_contain_text("The researcher read this as")
    page.get_by_role("button", name="I agree").click()
    page.get_by_role("button", name="Send", exact=True).click()
    assert shared.merge_answers(saved(page, tmp_path / "to.medforsk")).new == 1
    said = next(one for one in shared.looked_at(made) if one.said).said
    assert [(one.stance, one.seen is None) for one in said] == [("differ", True), ("agree", False)]
    context.close()


def test_answers_are_picked_up_on_another_computer(browser, shared, file, tmp_path):
    made, path, passphrase = file()
    first, second = browser.new_context(), browser.new_context()
    page = opened(first, path, passphrase)
    page.get_by_role("button", name="I agree").click()
    page.get_by_role("button", name="Send", exact=True).click()
    saved(page, tmp_path / "svar.medforsk")
    page = opened(second, path, passphrase)
    page.set_input_files("input[type=file]", tmp_path / "svar.medforsk")
    expect(page.locator(".mf-status")).to_have_text("Your answers are here again.")
    expect(page.locator("main")).to_contain_text("You said: I agree")
    (tmp_path / "annet.medforsk").write_text("tull")
    page.set_input_files("input[type=file]", tmp_path / "annet.medforsk")
    expect(page.locator(".mf-status")).to_contain_text("holds no answers to this one")
    for context in (first, second):
        context.close()
