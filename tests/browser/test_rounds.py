"""The researcher's page of co-research: from an open round to what was settled, with two co-researchers beside it."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_package import opened, saved
from tests.browser.watched import violations, violations_at_every_size, watched
from workbench.serving.pages import page as serving
from workbench.serving.review import serve_reviews

pytestmark = pytest.mark.browser


@pytest.fixture
def shared(coded):
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    return coded


def test_a_blind_round_from_invitation_to_decision(page, browser, shared):
    page.set_viewport_size({"width": 390, "height": 900})
    with serving(shared.folder, "review") as site, serve_reviews(shared.folder) as base, watched(page, site):
        page.goto(site.address)
        page.wait_for_selector(".mf-rounds[data-ready]")
        assert violations_at_every_size(page) == []
        page.click("text=Open a round")
        page.get_by_label("Title").fill("Hva hemmer?")
        page.get_by_label("Blind").check()
        assert violations_at_every_size(page) == []
        page.locator("form >> text=Open a round").click()
        page.wait_for_selector("[data-round]")
        links = []
        for reviewer in ("M1", "M2"):
            page.get_by_role("button", name="Invite").first.click()
            page.get_by_label("Code or role").fill(reviewer)
            expect(page.get_by_label("Address of the review pages")).to_have_value(base)
            page.locator("form >> text=Invite").click()
            expect(page.locator("form [role=status]")).to_contain_text(f"Hand this link to {reviewer} alone")
            links.append(page.locator("input[readonly]").input_value())
            page.get_by_role("button", name="Close").click()
        for link, words in zip(links, ("Slik var det hos oss.", "<b>Nei</b>"), strict=True):
            other = browser.new_context(locale="en-GB").new_page()
            other.goto(link)
            other.get_by_role("button", name="Begin").click()
            other.get_by_role("button", name="How I read it").click()
            other.get_by_label("Your own words").fill(words)
            other.get_by_role("button", name="Send").click()
            expect(other.locator(".mf-reading-told")).to_contain_text("The researcher read this as")
            other.context.close()
        expect(page.locator("[data-round]")).to_contain_text("2 answers", timeout=15_000)
        page.click("text=Talk about it")
        first = page.locator("[data-item]").first
        expect(first).to_contain_text("M1: I see it differently")
        expect(first).to_contain_text("Slik var det hos oss.")
        expect(first).to_contain_text("<b>Nei</b>")
        expect(first).to_contain_text("before seeing your reading")
        assert violations_at_every_size(page) == []
        first.get_by_role("button", name="Settle together").click()
        expect(first.get_by_label("Whose reading")).to_be_hidden()
        first.get_by_label("What was settled").select_option("The other reading")
        expect(first.get_by_label("Whose reading")).to_have_value("M1")
        first.get_by_label("What was settled").select_option("Both stand")
        first.get_by_label("Why").fill("Begge har rett.")
        first.get_by_role("button", name="Save").click()
        expect(page.locator("[data-item]").first).to_contain_text("Settled: Both stand · Begge har rett. · M1, M2")
    (settled,) = [one for one in shared.looked_at(shared.rounds()[0].id) if one.decision]
    assert (settled.decision.outcome, settled.count("differ")) == ("both", 2)


def test_somebody_answers_here_at_the_researchers_side(page, shared):
    made = shared.open_round("Runde", [one.id for one in shared.codings()], blind=True)
    with serving(shared.folder, "review") as site, watched(page, site):
        page.goto(site.address)
        page.wait_for_selector(".mf-rounds[data-ready]")
        page.get_by_role("button", name="Answer here").click()
        page.get_by_label("Code or role").fill("M1")
        page.get_by_role("button", name="Begin", exact=True).click()
        page.wait_for_selector(".mf-review[data-ready]")
        assert violations_at_every_size(page) == []
        page.get_by_role("button", name="How I read it").click()
        page.get_by_label("Your own words").fill("Slik var det.")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".mf-reading-told")).to_contain_text("The researcher read this as")
        expect(page.get_by_role("navigation")).to_be_hidden()
        page.get_by_role("button", name="This is hard to read").click()
        expect(page.locator(".mf-review-main")).to_contain_text("It has been taken away")
        page.get_by_role("button", name="Hand back").click()
        page.get_by_role("dialog").get_by_role("button", name="Hand back").click()
        expect(page.locator("[data-round]")).to_contain_text("2 answers")
        page.get_by_role("button", name="1 thing told to you alone").click()
        expect(page.locator("[data-round]")).to_contain_text("M1: This is hard to read")
        assert violations_at_every_size(page) == []
        page.get_by_role("button", name="Talk about it").click()
        expect(page.locator(".mf-meeting")).to_contain_text("Held back")
        expect(page.locator(".mf-meeting")).not_to_contain_text("This is hard to read")
        page.get_by_role("button", name="Show it").click()
        expect(page.locator(".mf-meeting")).to_contain_text("Slik var det.")
        expect(page.locator(".mf-meeting")).not_to_contain_text("This is hard to read")
        assert violations_at_every_size(page) == []
    (said, _hard) = [one for looked in shared.looked_at(made) for one in looked.said]
    assert (said.reviewer, said.words, said.seen) == ("M1", "Slik var det.", None)


def test_a_round_goes_out_as_a_file_and_its_answers_are_taken_in(page, browser, shared, tmp_path):
    shared.open_round("Runde", [one.id for one in shared.codings()])
    with serving(shared.folder, "review") as site, watched(page, site):
        page.goto(site.address)
        page.wait_for_selector(".mf-rounds[data-ready]")
        page.get_by_role("button", name="As a file").click()
        page.get_by_label("Code or role").fill("M1")
        assert violations_at_every_size(page) == []
        with page.expect_download() as download:
            page.get_by_role("button", name="Make the file").click()
        download.value.save_as(tmp_path / "M1.html")
        expect(page.locator("form [role=status]")).to_contain_text("tell this passphrase by another way")
        passphrase = page.locator("input[readonly]").input_value()
        page.get_by_role("button", name="Close").click()
        other = opened(browser.new_context(), tmp_path / "M1.html", passphrase)
        other.locator("[data-stance=agree]").click()
        other.locator(".mf-answer .mf-main").click()
        saved(other, tmp_path / "svar.medforsk", other.locator(".mf-send-back button").first)
        other.context.close()
        page.set_input_files("input[type=file]", tmp_path / "svar.medforsk")
        expect(page.locator(".mf-view > [role=status]")).to_contain_text("svar.medforsk: M1: 1 new, 0 known")


def test_who_takes_part_is_noted_on_the_page(page, shared):
    with serving(shared.folder, "review") as site, watched(page, site):
        page.goto(site.address)
        page.wait_for_selector(".mf-rounds[data-ready]")
        page.get_by_role("button", name="Who takes part").click()
        page.get_by_role("button", name="Confidentiality pledged").click()
        page.get_by_label("Code or role").fill("M1")
        page.get_by_label("Day").fill("2026-01-10")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("row").nth(1)).to_contain_text("M1")
        page.get_by_role("button", name="Took part in a conversation").click()
        page.get_by_label("Code or role").fill("Kari Testesen")
        page.get_by_label("Part in it").select_option("led it")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert").last).to_contain_text("name")
        page.get_by_label("Code or role").fill("M1")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("row").nth(1)).to_contain_text("Intervju 1 (led it)")
        page.get_by_role("button", name="Write: Aim").click()
        assert violations_at_every_size(page) == []
        aim = page.get_by_role("textbox", name="Aim of the participation")
        aim.fill("At de som det gjelder, skal kunne rette oss.")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("article").first).to_contain_text("skal kunne rette oss")
        page.get_by_role("button", name="Own words as a source").click()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert").last).to_contain_text("wrote nothing")
    assert shared.accounts() == {"aim": "At de som det gjelder, skal kunne rette oss."}


def test_an_informant_checks_own_quotes_and_statements_go_to_a_dialogue_seminar(page, browser, coded):
    with serving(coded.folder, "review") as site, serve_reviews(coded.folder) as base, watched(page, site):
        page.goto(site.address)
        page.wait_for_selector(".mf-rounds[data-ready]")
        page.click("text=Open a round")
        page.get_by_label("What it is for").select_option("Member check of own quotes")
        expect(page.get_by_label("Blind")).to_be_hidden()
        assert violations_at_every_size(page) == []
        page.locator("form >> text=Open a round").click()
        expect(page.locator("[data-round]")).to_contain_text("Member check of own quotes · B1")
        own = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844}).new_page()
        made = coded.rounds()[0].id
        own.goto(f"{base}i/{coded.invite(made, 'B1')}")
        own.get_by_role("button", name="Begin").click()
        expect(own.locator("main")).to_contain_text("These are your own words")
        expect(own.locator("main")).to_contain_text("on account of this: Direkte kontakt gjør at det virker")
        assert violations(own) == []
        own.get_by_role("button", name="I agree").click()
        own.get_by_role("button", name="Send").click()
        expect(own.locator("main")).to_contain_text("2 of 3")
        own.get_by_role("button", name="Do not quote this").click()
        expect(own.locator("main")).to_contain_text("It has been taken away")
        expect(own.get_by_role("button", name="Go on")).to_be_focused()
        own.context.close()
        said = [one.stance for looked in coded.looked_at(made) for one in looked.said]
        assert sorted(said) == ["agree", "withhold"]

        coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
        page.get_by_role("button", name="Open a round").click()
        page.get_by_label("What it is for").select_option("Dialogue seminar")
        page.get_by_label("What is looked at").select_option("Statements and what they rest on")
        page.get_by_label("1 ", exact=False).first.check()
        page.get_by_label("It belongs to").select_option("Intervju 1")
        page.locator("form >> text=Open a round").click()
        expect(page.locator("[data-round]").first).to_contain_text("Dialogue seminar")
        page.locator("[data-round]").first.get_by_role("button", name="Talk about it").click()
        expect(page.locator("[data-item]")).to_contain_text("Direkte kontakt gjør at det virker 2")
