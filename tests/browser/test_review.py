"""The review page as co-researchers meet it: by a personal link, on a phone, with no kernel behind it."""

import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.watched import violations_at_every_size
from workbench.serving.review import serve_reviews
from workbench.settings import write_settings
from workbench.store import new_id
from workbench.study.seat import bind

pytestmark = pytest.mark.browser


@pytest.fixture
def shared(coded):
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    write_settings(coded.folder, coded.settings.model_copy(update={"review_contact": "Ring 116 123"}))
    return coded


@pytest.fixture
def base(shared):
    with serve_reviews(shared.folder) as address:
        yield address


@pytest.fixture
def blind(shared):
    ids = [one.id for one in shared.codings()]
    return shared.open_round("Hva fremmer?", ids, blind=True, hard=ids[2:3])


def begin(browser, base, link, **context):
    page = browser.new_context(locale="en-GB", **context).new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}i/{link}")
    page.get_by_role("button", name="Begin on this device").click()
    page.wait_for_selector(".mf-review[data-ready]")
    assert [url for url in asked if not url.startswith(base)] == []
    return page


def ask(base, message, cookie="", **headers):
    place = cookie.partition("=")[0].removeprefix("medforsk-review-")
    headers = {"Content-Type": "application/json", "Cookie": cookie, **headers}
    request = urllib.request.Request(f"{base}r/{place}/ask", json.dumps(message).encode(), headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def cookie_of(page):
    return "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())


def test_a_blind_round_from_invitation_to_second_thought(browser, base, shared, blind):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    page = begin(browser, base, shared.invite(blind, "M1"), **phone)
    assert violations_at_every_size(page) == []
    expect(page.locator("main")).to_contain_text("Say first how you read it")
    expect(page.get_by_role("button", name="I agree")).to_have_count(0)
    page.get_by_role("button", name="How I read it").click()
    expect(page.get_by_label("What it is about")).to_have_value("")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".mf-fault")).to_contain_text("Choose how you read it")
    page.get_by_label("Helps or hinders").select_option("Promotes")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".mf-fault")).to_contain_text("in all three lists")
    page.get_by_label("What it is about").select_option(index=1)
    page.get_by_label("Where it comes from").select_option("Relational")
    page.get_by_role("button", name="Mark other words").click()
    page.locator(".mf-word", has_text="ringer").click()
    expect(page.locator("main")).to_contain_text("Now press the last")
    assert violations_at_every_size(page) == []
    page.locator(".mf-word", has_text="meg.").click()
    expect(page.locator("main")).to_contain_text("Marked: ringer meg.")
    page.get_by_label("Your own words").fill("Det var slik hos oss også 👍🏽")
    assert violations_at_every_size(page) == []
    page.reload()
    page.wait_for_selector(".mf-review[data-ready]")
    expect(page.get_by_label("Your own words")).to_have_value("Det var slik hos oss også 👍🏽")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".mf-reading-told")).to_contain_text("The researcher read this as:")
    expect(page.locator(".mf-badge").first).to_contain_text("Marked: ringer meg. · Det var slik hos oss også")
    assert "slik hos oss" not in json.dumps(ask(base, {"id": "1", "ask": "items", "with": {}}, cookie_of(page)))
    page.get_by_role("button", name="I agree").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("2 of 3")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("3 of 3")
    expect(page.locator("main")).to_contain_text("may be hard to read")
    expect(page.locator("main")).to_contain_text("Ring 116 123")
    assert page.locator(".mf-passage-lines").count() == 0
    page.get_by_role("button", name="Show it").click()
    page.get_by_role("button", name="This is hard to read").click()
    expect(page.locator("main")).to_contain_text("It has been taken away")
    expect(page.get_by_role("button", name="Go on")).to_be_focused()
    said = [one for looked in shared.looked_at(blind) for one in looked.said]
    assert [one.stance for one in said] == ["differ", "agree", "hard"]
    page.context.close()


def test_everything_can_be_done_by_keys(browser, base, shared):
    made = shared.open_round("Runde", [one.id for one in shared.codings()], most=1)
    page = begin(browser, base, shared.invite(made, "M1"))
    page.get_by_role("button", name="I wonder").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.get_by_label("Your own words").focus()
    page.keyboard.type("Hvorfor?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("nothing more to look at")
    assert [one.words for looked in shared.looked_at(made) for one in looked.said] == ["Hvorfor?"]
    page.context.close()


def test_words_outlive_a_server_that_goes_away_in_the_middle_of_a_sentence(browser, shared):
    made = shared.open_round("Runde", [one.id for one in shared.codings()], most=1)
    with serve_reviews(shared.folder) as base:
        port = int(base.rstrip("/").rpartition(":")[2])
        page = begin(browser, base, shared.invite(made, "M1"))
        page.get_by_role("button", name="I wonder").click()
        page.get_by_label("Your own words").fill("Midt i en set")
    page.get_by_label("Your own words").fill("Midt i en setning.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".mf-contact")).to_contain_text("1 change waits to be sent", timeout=15_000)
    with serve_reviews(shared.folder, port=port):
        expect(page.locator("main")).to_contain_text("nothing more to look at", timeout=15_000)
        expect(page.locator(".mf-contact")).to_be_hidden()
    assert [one.words for looked in shared.looked_at(made) for one in looked.said] == ["Midt i en setning."]
    page.context.close()


def test_what_is_asked_without_a_place_in_the_round_is_refused(browser, base, shared, blind):
    for path in ("api/contents", "voila/render/x", "study.db", "../study.db", "files/study.toml", "i/"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{base}{path}", timeout=10)
    place = bind(shared, shared.invite(blind, "M9")).partition(".")[0]
    for cookie in (f"medforsk-review-{place}=", f"medforsk-review-{place}={'a' * 43}", f"medforsk-review-{new_id()}=y"):
        answer = ask(base, {"id": "1", "ask": "open", "with": {}}, cookie)
        assert answer["kind"] == "Refused"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        ask(base, {"id": "1", "ask": "open"}, cookie, Origin="http://evil.example")
    link = shared.invite(blind, "M1")
    page = begin(browser, base, link)
    cookie = cookie_of(page)
    for asked in ("matrix", "find", "entries", "__class__", "answer_as", "study"):
        assert ask(base, {"id": "1", "ask": asked, "with": {}}, cookie)["kind"] == "Unknown"
    other = shared.open_round("En annen", [one.id for one in shared.codings()])
    foreign = shared.looked_at(other)[0].item.id
    refused = ask(base, {"id": "1", "ask": "answer", "with": {"edit": "e", "item": foreign, "stance": "agree"}}, cookie)
    assert refused["kind"] == "NotFound"
    thief = browser.new_context(locale="en-GB").new_page()
    thief.goto(f"{base}i/{link}")
    thief.get_by_role("button", name="Begin").click()
    expect(thief.locator("main")).to_contain_text("in use on another device")
    thief.context.close()
    page.context.close()


def test_a_device_holds_places_in_several_rounds_and_a_newer_link_takes_unsent_words_along(browser, base, shared):
    first, second = (shared.open_round(title, [one.id for one in shared.codings()]) for title in ("Første", "Andre"))
    earlier = shared.invite(first, "M1")
    page = begin(browser, base, earlier)
    page.get_by_role("button", name="I wonder").click()
    page.get_by_label("Your own words").fill("Usendt.")
    other = page.context.new_page()
    other.goto(f"{base}i/{shared.invite(second, 'M1')}")
    other.get_by_role("button", name="Begin on this device").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Andre")
    other.goto(base)
    expect(other.get_by_role("link")).to_have_text(["Første", "Andre"])
    other.goto(f"{base}i/{earlier}")
    expect(other.get_by_label("Your own words")).to_have_value("Usendt.")
    newer = shared.invite(first, "M1")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".mf-fault").first).to_contain_text("no longer good")
    page.goto(f"{base}i/{newer}")
    page.get_by_role("button", name="Begin on this device").click()
    expect(page.get_by_label("Your own words")).to_have_value("Usendt.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("main")).to_contain_text("2 of 3")
    assert [one.words for looked in shared.looked_at(first) for one in looked.said] == ["Usendt."]
    page.context.close()


def test_a_closed_round_says_so_at_once_and_gives_back_what_was_not_sent(browser, base, shared):
    made = shared.open_round("Runde", [one.id for one in shared.codings()])
    page = begin(browser, base, shared.invite(made, "M1"))
    page.get_by_role("button", name="I wonder").click()
    page.get_by_label("Your own words").fill("For sent.")
    shared.close_round(made)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".mf-answer .mf-fault")).to_contain_text("can be copied")
    page.reload()
    expect(page.locator("main")).to_contain_text("The round is closed")
    expect(page.get_by_label("Your own words")).to_have_value("For sent.")
    expect(page.get_by_role("button", name="I agree")).to_have_count(0)
    assert violations_at_every_size(page) == []
    page.context.close()


def test_script_in_what_is_shown_and_said_never_runs(browser, base, shared):
    made = shared.open_round("<script>window.hacked=1</script>", [one.id for one in shared.codings()], most=1)
    page = begin(browser, base, shared.invite(made, "M1"))
    page.get_by_role("button", name="I wonder").click()
    page.get_by_label("Your own words").fill("<img src=x onerror=window.hacked=2>")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Back").click()
    expect(page.locator(".mf-badge")).to_contain_text("<img src=x")
    assert page.evaluate("window.hacked") is None
    page.context.close()
