"""Independent coding as co-researchers meet it, without a kernel, and as the researcher lays it side by side."""

import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.watched import violations_at_every_size, watched
from workbench.serving.pages import page as serving
from workbench.serving.review import serve_reviews
from workbench.study.seat import bind
from workbench.widgets.review.package import packed

pytestmark = pytest.mark.browser


@pytest.fixture
def shared(coded):
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    return coded


@pytest.fixture
def base(shared):
    with serve_reviews(shared.folder) as address:
        yield address


def begin(browser, base, link, **context):
    page = browser.new_context(locale="en-GB", **context).new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}i/{link}")
    page.get_by_role("button", name="Begin on this device").click()
    page.wait_for_selector(".mf-independent[data-ready]")
    assert [url for url in asked if not url.startswith(base)] == []
    return page


def select(page, row, words):
    """Select the first `words` of a row by keys alone."""
    page.locator(".mf-pane").focus()
    page.evaluate("getSelection().removeAllRanges()")
    page.locator(f".mf-words[data-row='{row}']").click(position={"x": 2, "y": 8})
    page.keyboard.press("Home")
    for _ in range(words):
        page.keyboard.press("Control+Shift+ArrowRight")


def test_a_text_is_coded_by_keys_and_nobody_s_codings_are_seen(browser, base, shared):
    made = shared.open_round("Kode selv", sources=["Intervju 1"], kind="independent")
    page = begin(browser, base, shared.invite(made, "M1"), viewport={"width": 390, "height": 844})
    page.wait_for_selector(".mf-independent[data-source]")
    assert page.locator("mark").count() == 0
    select(page, 3, 2)
    page.keyboard.press("3")
    expect(page.locator(".mf-fault").first).to_contain_text("Choose first whether it helps or hinders")
    page.keyboard.press("-")
    page.keyboard.press("Shift+Digit1")
    page.keyboard.press("3")
    expect(page.locator("mark").first).to_contain_text("At ingen")
    assert violations_at_every_size(page) == []
    page.reload()
    page.wait_for_selector(".mf-independent[data-source]")
    expect(page.locator("mark").first).to_contain_text("At ingen")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator("mark")).to_have_count(1)
    page.get_by_role("button", name="Say something about this text").click()
    page.get_by_label("Your own words").fill("Slik er det hos oss også.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").first).to_contain_text("Thank you")
    page.get_by_role("button", name="I am done with this text").click()
    expect(page.locator(".mf-source").first).to_contain_text("you are done with it")
    page.get_by_role("button", name="I think I know who this is").click()
    expect(page.get_by_role("dialog")).to_contain_text("It has been taken away")
    assert page.locator(".mf-words").count() == 0
    page.context.close()


def test_a_text_is_coded_in_a_file_and_comes_back(browser, shared, tmp_path):
    made = shared.open_round("Kode selv", sources=["Intervju 1"], kind="independent")
    content, passphrase = packed(shared, made, "M1", "en")
    path = tmp_path / "M1.html"
    path.write_bytes(content)
    context = browser.new_context(viewport={"width": 1300, "height": 844})

    def opened():
        page = context.new_page()
        page.goto(path.as_uri())
        page.get_by_label("Passphrase").fill(passphrase)
        page.keyboard.press("Enter")
        page.wait_for_selector(".mf-independent[data-source]")
        return page

    page = opened()
    select(page, 3, 2)
    page.keyboard.press("+")
    page.keyboard.press("Shift+Digit1")
    page.keyboard.press("3")
    expect(page.locator("mark").first).to_contain_text("At ingen")
    page.get_by_role("button", name="Inhibits").last.click()
    select(page, 1, 1)
    page.keyboard.press("4")
    expect(page.locator("mark")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("mark")).to_have_count(1)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator("mark")).to_have_count(2)
    page.get_by_role("button", name="I am done with this text").click()
    expect(page.locator(".mf-source").first).to_contain_text("you are done with it")
    assert violations_at_every_size(page) == []
    page.close()
    page = opened()
    expect(page.locator("mark")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers").click()
    download.value.save_as(tmp_path / "svar.medforsk")
    taken = shared.merge_answers((tmp_path / "svar.medforsk").read_bytes())
    assert taken.gone == 0
    desk = shared.new_desk(made, "M1")
    assert [one.effect for one in desk.own_codings()] == ["promotes", "inhibits"]
    assert desk.sources()[0].done
    context.close()


def test_the_server_tells_nothing_else_and_does_nothing_else(base, shared):
    def ask(device, what, **values):
        place, _dot, secret = device.partition(".")
        cookie = f"medforsk-review-{place}={secret}"
        headers = {"Content-Type": "application/json", "Cookie": cookie, "Accept-Language": "en"}
        request = urllib.request.Request(
            f"{base}r/{place}/ask", json.dumps({"id": "1", "ask": what, "with": values}).encode(), headers
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    made = shared.open_round("Kode selv", sources=["Intervju 1"], kind="independent")
    mine, theirs = (bind(shared, shared.invite(made, who)) for who in ("M1", "M2"))
    source, text = shared.source("Intervju 1").id, shared.source("Intervju 1").text_id
    passage = {"source": source, "text": text, "start": 0, "end": 4}
    claim = {"effect": "promotes", "determinant": "relational", "theme": shared.framework.theme("1").id}
    where = shared.read("Intervju 1").rows[0]
    passage |= {"start": where.start, "end": where.end}
    coding = ask(theirs, "code", edit="a" * 8, passages=[passage], claim=claim)["value"][0][0]
    whole = json.dumps(
        [ask(mine, "open"), ask(mine, "source", source=source), ask(mine, "since", seq=0, source=source)]
    )
    assert coding not in whole
    assert all(one.id not in whole for one in shared.codings())
    for what, values in {
        "matrix": {}, "memos": {}, "find": {"query": "tid"}, "whole": {}, "mask": {"word": "tid", "replacement": "x"},
        "correct": {"edit": "b" * 8, "source": source, "text": text, "start": 0, "end": 1, "words": "x"},
        "remove": {"edit": "c" * 8, "codings": [coding]}, "answer": {"item": "x", "stance": "agree"},
        "change": {"edit": "d" * 8, "coding": coding, "effect": "inhibits"}, "decide": {}, "codings_of": {"where": {}},
    }.items():  # fmt: skip
        assert "error" in ask(mine, what, **values), what
    assert ask(mine, "undo")["value"]["coding"] is None
    assert [one.coder for one in shared.side_by_side(made)[0].codings] == ["M2"]
    assert len(shared.codings()) == 3
    assert "error" in ask(f"{mine.partition('.')[0]}.y", "open")


def test_the_researcher_lays_codings_side_by_side_and_takes_one_up(page, shared):
    with serving(shared.folder, "review") as site, watched(page, site):
        page.goto(site.address)
        page.wait_for_selector(".mf-rounds[data-ready]")
        page.get_by_role("button", name="Open a round").click()
        page.get_by_label("Title").fill("Kode selv")
        page.get_by_label("What it is for").select_option("Independent coding")
        page.locator("form >> text=Open a round").click()
        page.get_by_role("button", name="Answer here").click()
        page.get_by_label("Code or role").fill("M2")
        page.get_by_role("button", name="Begin", exact=True).click()
        page.wait_for_selector(".mf-independent[data-source]")
        select(page, 3, 2)
        page.keyboard.press("+")
        page.keyboard.press("Shift+Digit1")
        page.keyboard.press("2")
        expect(page.locator("mark").first).to_contain_text("At ingen")
        assert violations_at_every_size(page) == []
        page.get_by_role("button", name="Hand back").click()
        page.get_by_role("dialog").get_by_role("button", name="Hand back").click()
        expect(page.locator("[data-round]")).to_contain_text("1 passage coded")
        page.get_by_role("button", name="Lay side by side").click()
        first = page.locator("article.mf-card").first
        expect(first).to_contain_text("M2")
        expect(first).to_contain_text("researcher")
        assert violations_at_every_size(page) == []
        first.get_by_role("button", name="Take up among the codings").click()
        expect(first.get_by_role("button", name="Take up among the codings")).to_have_count(0)
    assert {one.coder for one in shared.codings()} == {"researcher", "M2"}
