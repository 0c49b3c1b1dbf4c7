"""The page of network maps: drawn by mouse, by touch and by keys alone; then and now; names that stay on the screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.labs import notebook_in_lab
from tests.browser.watched import violations, violations_at_every_size, watched
from workbench.pathways import records
from workbench.serving.pages import page as serving
from workbench.store import new_id
from workbench.store.rows import put_new
from workbench.study import Study

pytestmark = pytest.mark.browser


@pytest.fixture
def drawn(study):
    """A map with three on it; ids by name."""
    study.add_informant("B1", "bruker", given="anonymous")
    network = study.add_network(informant="B1", day="2026-03-01")
    first = study.network_maps(network)[0].id
    sectors = {one.label: one.id for one in study.network(network).sectors}
    ids = {
        "gp": study.add_actor(first, "Fastlege", sectors["professional"], distance=0.3),
        "dps": study.add_actor(first, "DPS", sectors["professional"], distance=0.9, kind="service"),
        "sister": study.add_actor(first, "Søster", sectors["family"]),
    }
    return study, network, first, sectors, ids


@pytest.fixture
def opened(page, drawn):
    page.set_viewport_size({"width": 1400, "height": 1000})
    with serving(drawn[0].folder, "pathways") as site, watched(page, site):
        page.goto(site.address)
        page.wait_for_selector(".mf-pathways[data-ready]")
        yield page, site


def centre(page, label):
    """The middle of somebody's sign on the screen."""
    sign = f".mf-actor[aria-label^='{label},'] .mf-hit"
    page.wait_for_selector(sign)
    # In one step: the map may be drawn anew between two.
    box = page.evaluate("sign => document.querySelector(sign).getBoundingClientRect().toJSON()", sign)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, start, end):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def saved(page):
    expect(page.locator(".mf-status")).to_contain_text("Saved")


def test_a_map_is_drawn_by_mouse(opened, drawn):
    (page, _site), (study, _network, first, sectors, ids) = opened, drawn
    assert violations_at_every_size(page) == []
    x, y = centre(page, "Fastlege")
    drag(page, (x, y), (x - 60, y + 20))
    saved(page)
    moved = study.drawn(first).places[ids["gp"]]
    assert (round(moved.distance, 2), round(moved.bearing, 2)) != (0.3, 0.5)
    drag(page, centre(page, "Fastlege"), centre(page, "Søster"))  # across the border: the sector stays
    expect(page.locator(".mf-live")).to_contain_text("Fastlege, Professionals")
    assert study.drawn(first).places[ids["gp"]].sector_id == sectors["professional"]
    page.get_by_role("button", name="Draw a line").click()
    drag(page, centre(page, "Søster"), centre(page, "DPS"))
    expect(page.locator(".mf-live")).to_contain_text("A line between Søster and DPS")
    page.get_by_role("button", name="Draw a line").click()
    page.mouse.click(*centre(page, "Søster"))
    page.mouse.click(*centre(page, "Søster"))  # again: half-drawn lines can be given up
    expect(page.locator(".mf-live")).to_contain_text("No line was drawn")
    assert len(study.drawn(first).ties) == 1
    x, y = centre(page, "Søster")
    page.mouse.dblclick(x + 60, y - 40)
    page.get_by_label("Who, by their role").fill("Bror")
    page.locator("form").get_by_role("button", name="Add somebody").click()
    expect(page.locator(".mf-actor")).to_have_count(4)
    assert {one.label for one in study.drawn(first).there} == {"Fastlege", "DPS", "Søster", "Bror"}
    page.keyboard.press("Control+z")
    expect(page.locator(".mf-actor")).to_have_count(3)
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(".mf-actor")).to_have_count(4)
    assert violations(page) == []
    before = [centre(page, label) for label in ("Fastlege", "Bror")]
    page.reload()
    page.wait_for_selector(".mf-pathways[data-ready]")
    for label, (was_x, was_y) in zip(("Fastlege", "Bror"), before, strict=True):
        assert centre(page, label) == (pytest.approx(was_x, abs=1), pytest.approx(was_y, abs=1))


def test_the_picture_on_the_page_is_the_picture_in_the_file(opened, drawn):
    (page, _site), (study, _network, first, _sectors, ids) = opened, drawn
    picture = study.map_picture(first)
    there = {
        (round(float(x)), round(float(y)))
        for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="14"', picture)
    }
    for who in ("gp", "sister"):
        place = page.locator(f".mf-actor[data-id='{ids[who]}']").get_attribute("transform")
        x, y = re.findall(r"[\d.]+", place)
        assert (round(float(x)), round(float(y))) in there


def test_no_label_covers_another_on_the_screen(opened, drawn):
    (page, _site), (study, _network, first, sectors, _ids) = opened, drawn
    for number in range(57):
        sector = list(sectors.values())[number % 5]
        study.add_actor(
            first, f"Hjelper {number} i kommunen", sector, distance=(number * 7 % 19) / 19,
            bearing=0.05 + (number * 5 % 23) / 25, sure=True,
        )  # fmt: skip
    expect(page.locator(".mf-actor")).to_have_count(60, timeout=20_000)
    expect(page.locator(".mf-actor text tspan")).not_to_have_count(0)
    overlaps = page.evaluate(
        """() => { const boxes = [...document.querySelectorAll('.mf-map-rest .mf-actor text')]
          .filter((t) => t.childElementCount).map((t) => t.getBoundingClientRect());
          let n = 0; boxes.forEach((a, i) => boxes.slice(0, i).forEach((b) => {
            if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) n++; }));
          return [boxes.length, n]; }"""
    )
    assert overlaps == [60, 0]


def test_a_drag_selects_no_words_and_a_long_table_is_shown_in_parts(opened, drawn):
    (page, _site), (study, _network, first, sectors, _ids) = opened, drawn
    with study.store.act("filled") as act:
        states = {
            new_id(): {"network_id": drawn[1], "label": f"Hjelper {n}", "role": "", "kind": "person", "level": "",
                       "in_team": False, "coordinates": False, "support": ""}
            for n in range(230)
        }  # fmt: skip
        put_new(act, records.ACTOR, states)
        where = {"map_id": first, "sector_id": sectors["family"], "distance": 0.5, "bearing": 0.5}
        put_new(act, records.PLACE, {new_id(): {**where, "actor_id": one} for one in states})
    page.reload()
    expect(page.locator("[data-row]")).to_have_count(200, timeout=20_000)
    page.get_by_role("button", name="Show 33 more of 233").click()
    expect(page.locator("[data-row]")).to_have_count(233)
    expect(page.locator("[data-row] button").nth(200)).to_be_focused()
    x, y = centre(page, "DPS")
    drag(page, (x, y), (x - 90, y - 60))
    saved(page)
    assert page.evaluate("getSelection().toString()") == ""


def test_a_map_is_drawn_by_keys_alone(opened, drawn):
    (page, _site), (study, network, first, _sectors, ids) = opened, drawn
    page.get_by_role("button", name="Add somebody").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Add somebody")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("Neighbour")
    page.keyboard.press("Escape")  # a slip, with something typed
    page.keyboard.press("Enter")  # the sector is a neighbour's by now
    expect(page.locator(".mf-actor")).to_have_count(4)
    expect(page.locator(".mf-actor[aria-label^='Neighbour, Others']")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".mf-live")).to_contain_text("Neighbour, Others in my spare time")
    page.keyboard.press("l")
    expect(page.locator(".mf-live")).to_contain_text("A line from Neighbour")
    page.keyboard.press("Escape")
    expect(page.locator(".mf-live")).to_contain_text("No line was drawn")
    page.keyboard.press("l")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".mf-actor[aria-label^='Søster']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".mf-live")).to_contain_text("A line between Neighbour and Søster")
    expect(page.locator(".mf-actor[aria-label^='Søster']")).to_be_focused()
    (tie,) = study.drawn(first).ties
    assert ids["sister"] in (tie.one, tie.other)
    page.locator(".mf-actor[aria-label^='DPS']").focus()
    page.keyboard.press("Delete")
    expect(page.locator(".mf-actor")).to_have_count(3)
    tree = page.locator(".mf-map-rest").aria_snapshot()
    assert tree.splitlines()[0] == '- group "B1":'
    assert 'button "Søster, Family, 50 per cent of the way out, has to do with Neighbour"' in tree
    page.get_by_label("Distance from the middle: Søster").focus()
    page.keyboard.press("Home")
    expect(page.locator(".mf-actor[aria-label^='Søster, Family, 0 per cent']")).to_have_count(1)
    page.get_by_label("Sector: Søster").select_option("Relatives")
    expect(page.locator(".mf-actor[aria-label^='Søster, Relatives']")).to_have_count(1)
    page.get_by_role("button", name="Settings").press("Enter")
    page.get_by_label("Lines have a direction").press("Space")
    page.get_by_label("Lines have a direction").press("Enter")
    both = page.locator(".mf-actor[aria-label$='lines lead to Neighbour, lines come from Neighbour']")
    both.press("Enter")
    incoming = page.get_by_role("group", name="Lines come from").get_by_label("Neighbour")
    incoming.press("Space")
    expect(page.locator(".mf-actor[aria-label$='lines lead to Neighbour, lines come from nobody']")).to_have_count(1)
    expect(incoming).to_be_focused()
    expect(incoming).not_to_be_checked()
    assert study.network(network).directed


def test_a_map_is_drawn_by_touch(browser, drawn):
    study, _network, first, _sectors, ids = drawn
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-GB"
    )
    phone = context.new_page()
    with serving(study.folder, "pathways") as site:
        phone.goto(site.address)
        phone.wait_for_selector(".mf-pathways[data-ready]")
        middle = phone.locator(".mf-middle").bounding_box()
        assert middle["x"] + middle["width"] / 2 == pytest.approx(195, abs=20)
        actor = phone.locator(f".mf-actor[data-id='{ids['gp']}']")
        actor.scroll_into_view_if_needed()
        box = actor.locator(".mf-hit").bounding_box()
        assert min(box["width"], box["height"]) >= 24
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        touch = context.new_cdp_session(phone)
        for kind, dx in (("touchStart", 0), ("touchMove", -20), ("touchMove", -50), ("touchEnd", None)):
            points = [] if dx is None else [{"x": x + dx, "y": y}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        saved(phone)
        assert study.drawn(first).places[ids["gp"]].bearing != 0.5
        phone.get_by_role("button", name="Draw a line").tap()
        actor.tap()
        phone.locator(f".mf-actor[data-id='{ids['dps']}']").tap()
        expect(phone.locator(".mf-live")).to_contain_text("A line between Fastlege and DPS")
    context.close()
    assert len(study.drawn(first).ties) == 1


def test_then_and_now_the_figures_and_the_overview(opened, drawn):
    (page, _site), (study, network, first, sectors, ids) = opened, drawn
    page.get_by_role("button", name="Draw it anew today").click()
    page.locator("form").get_by_role("button", name="Draw it anew today").click()
    expect(page.get_by_label("Drawn on").locator("option")).to_have_count(2)
    page.locator(f".mf-actor[data-id='{ids['dps']}']").focus()
    page.keyboard.press("Delete")
    expect(page.locator(".mf-actor")).to_have_count(2)
    expect(page.get_by_role("button", name="Place on this map: DPS")).to_be_visible()
    later = study.network_maps(network)[-1].id
    study.add_actor(later, "Venn", sectors["spare_time"])
    page.get_by_role("button", name="Then and now").click()
    expect(page.locator(".mf-changes")).to_contain_text("Venn")
    assert page.locator(".mf-changes dd").all_text_contents()[:2] == ["Venn", "DPS"]
    assert violations_at_every_size(page) == []
    page.get_by_role("button", name="Figures", exact=True).click()
    expect(page.locator(".mf-figures tbody tr").first).to_contain_text("3")
    expect(page.locator(".mf-figures")).to_contain_text("–")  # no ties: what is undefined is not 0
    assert violations_at_every_size(page) == []
    page.get_by_role("button", name="Overview").click()
    expect(page.locator(".mf-overview tbody tr")).to_have_count(26)  # the manual's 24, the sister, and the friend
    page.get_by_role("button", name="Fill in: Caseworker (adults)").click()
    expect(page.locator("[data-row] th:text-is('Caseworker (adults)')")).to_have_count(1)
    page.get_by_label("In the network team: Fastlege").check()
    page.get_by_role("button", name="Contact details: Fastlege").click()
    page.get_by_label("Name").fill("Grete Prøvesen")
    page.get_by_label("Direct number").fill("998 55 123")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".mf-overview")).to_contain_text("998 55 123")
    assert violations_at_every_size(page) == []
    page.get_by_role("button", name="Map", exact=True).click()
    page.get_by_role("button", name="Show names").click()
    expect(page.locator(".mf-map-rest")).to_contain_text("Grete")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as picture: SVG").click()
    assert "Fastlege" in download.value.path().read_text()
    assert "Grete" not in download.value.path().read_text()
    assert {one.label: one.in_team for one in study.drawn(first).actors}["Fastlege"]
    page.locator(f".mf-actor[data-id='{ids['sister']}']").focus()
    page.keyboard.press("Delete")
    expect(page.locator(".mf-live")).to_contain_text("Søster no longer stands on this map")
    page.get_by_label("Drawn on").select_option(index=0)
    page.get_by_role("button", name="Undo").click()  # what is taken back is seen where it happened
    expect(page.get_by_label("Drawn on")).to_have_value(later)
    expect(page.locator(f".mf-actor[data-id='{ids['sister']}']")).to_have_count(1)


def test_names_go_from_the_screen_when_the_vault_is_locked(page, tmp_path):
    study = Study.create(tmp_path / "s", title="Prøve", vault=tmp_path / "v", passphrase="en lang passfrase til prøve")
    study.vault.unlock("en lang passfrase til prøve")
    network = study.add_network("Kart")
    (first,) = study.network_maps(network)
    gp = study.add_actor(first.id, "Fastlege", study.network(network).sectors[-1].id)
    study.keep_contact(first.id, gp, name="Grete Prøvesen")
    with serving(study.folder, "pathways") as site:
        page.goto(site.address)
        page.get_by_role("button", name="Show names").click()
        expect(page.locator(".mf-map-rest")).to_contain_text("Grete")
        study.vault.lock()
        expect(page.locator(".mf-map-rest")).not_to_contain_text("Grete", timeout=15_000)
        expect(page.locator(".mf-sheet")).not_to_contain_text("Grete")
        expect(page.get_by_role("button", name="Show names")).to_be_disabled()
        page.get_by_role("button", name="Overview").click()
        expect(page.locator(".mf-overview")).not_to_contain_text("Grete")


def test_what_is_refused_is_told_in_its_place(opened, drawn, write):
    (page, _site), (study, _network, _first, _sectors, _ids) = opened, drawn
    study.learn_names(write("r.csv", "name,replacement\nPer Vik,[venn]\nKari Testesen,[nabo]\n"))
    page.get_by_role("button", name="Add somebody").click()
    form = page.locator("form")
    for words, told in (
        ("", "by their role"), ("Trommeslager", "Choose the sector"), ("Kari Testesen", "names somebody"),
        ("Ola", "Is “Ola” somebody's name?"), ("Per", "Is “Per” somebody's name?"),
    ):  # fmt: skip
        if form.get_by_label("It is no name").is_visible():
            form.get_by_label("It is no name").check()  # of the other words
        form.get_by_label("Who, by their role").fill(words)
        if words == "Kari Testesen":
            form.get_by_label("Sector").select_option("Family")
        form.get_by_role("button", name="Add somebody").click()
        expect(form.get_by_role("alert")).to_contain_text(told)
    form.get_by_label("It is no name").check()
    form.get_by_role("button", name="Add somebody").click()
    expect(page.locator(".mf-actor")).to_have_count(4)
    page.get_by_role("button", name="Settings").click()
    page.get_by_label("Title", exact=True).fill("Ola Nordmanns kart")
    page.locator("form").get_by_role("button", name="Save").click()
    expect(page.locator("form").get_by_role("alert")).to_contain_text("somebody's name?")
    page.get_by_label("Title", exact=True).fill("Kart")
    page.get_by_role("button", name="Remove “Family”").click()
    page.locator("form").get_by_role("button", name="Save").click()
    expect(page.locator("form").get_by_role("alert")).to_contain_text("Somebody stands in “Family”")
    assert violations(page) == []


def test_what_teams_told_is_written_down_and_goes_on(opened, drawn):
    (page, _site), (study, *_rest) = opened, drawn
    page.get_by_role("button", name="Gatherings").click()
    for number, words in ((1, "Felles plan"), (2, "Felles plan for alle")):
        page.get_by_role("button", name="Write down what a team told").click()
        form = page.locator("form")
        form.get_by_label("Which gathering").fill(str(number))
        form.get_by_label("Day").fill(f"2026-0{number}-10")
        form.get_by_label("Team").fill("Lillevik")
        form.get_by_label("What it told").fill(words)
        if number == 2:
            form.get_by_label("Goes on from").select_option("1. Goal: Felles plan")
            assert violations(page) == []
        form.get_by_role("button", name="Save").click()
        expect(page.locator(".mf-teams li")).to_have_count(number)
    expect(page.locator(".mf-teams li").last).to_contain_text("Goal: Felles plan for alle (reworded)")
    assert violations_at_every_size(page) == []
    page.get_by_role("button", name="Change: Goal: Felles plan for alle").click()
    page.locator("form").get_by_label("What it told").fill("Felles plan")
    page.locator("form").get_by_role("button", name="Save").click()
    expect(page.locator(".mf-teams li").last).to_contain_text("(kept)")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".mf-teams li").last).to_contain_text("(reworded)")
    assert [one.standing for one in study.progress().told] == ["first", "reworded"]


def test_in_jupyterlab_its_shortcuts_stay_quiet(page, drawn, tmp_path):
    study = drawn[0]
    with notebook_in_lab(page, study, tmp_path, "Pathways", ".mf-pathways"):
        cells = page.locator(".jp-Notebook .jp-Cell").count()
        page.locator(".mf-actor").first.focus()
        for key in ("b", "a", "d", "d", "m"):
            page.keyboard.press(key)
        page.get_by_role("button", name="Draw a line").focus()
        page.keyboard.press("b")
        page.keyboard.press("x")
        page.locator(".mf-map").click(position={"x": 8, "y": 8})
        page.keyboard.press("b")
        assert page.locator(".jp-Notebook .jp-Cell").count() == cells
        assert page.locator(".jp-MarkdownCell").count() == 0


def test_a_course_is_entered_and_services_open_what_was_said(opened, drawn, write):
    (page, _site), (study, *_rest) = opened, drawn
    page.get_by_role("button", name="Courses").click()
    page.get_by_role("button", name="New course").click()
    page.get_by_label("Whose course it is").select_option("B1")
    page.get_by_label("First contact").fill("2025-01-10")
    page.locator("form").get_by_role("button", name="Begin").click()
    for start, end, helper in (("2025-01-10", "2025-01-10", "Lege"), ("2025-03-01", "2025-04-30", "Psykolog")):
        page.get_by_role("button", name="Add an episode").click()
        form = page.locator("form")
        form.get_by_label("Service").fill("DPS")
        form.get_by_label("Helper").fill(helper)
        form.get_by_label("Level").select_option("DPS")
        form.get_by_label("From").fill(start)
        form.get_by_label("Until").fill(end)
        form.get_by_role("button", name="Add an episode").click()
        expect(page.locator("[data-entries=episode] tbody")).to_contain_text(helper)
    expect(page.locator(".mf-picture svg")).to_contain_text("49 days")
    page.get_by_label("A break is longer than").select_option("60 days")
    expect(page.locator(".mf-picture svg")).not_to_contain_text("49 days")
    page.get_by_role("button", name="Change: DPS").first.click()
    form = page.locator("form")
    form.get_by_label("Until").fill("2024-01-01")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("before it starts")
    form.get_by_label("Until").fill("2025-01-12")
    form.get_by_label("Helper").fill("Ola Hansen")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("somebody's name?")
    form.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Give somebody a role").click()
    page.locator("form").get_by_label("Who, by their role").fill("Fastlege")
    page.locator("form").get_by_label("From").fill("2025-02-01")
    page.locator("form").get_by_role("button", name="Give somebody a role").click()
    expect(page.locator("[data-entries=holder] tbody")).to_contain_text("Fastlege")
    assert violations_at_every_size(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-entries=holder] tbody")).to_have_count(0)
    (course,) = study.courses()
    assert [one.helper for one in study.course(course.id).episodes] == ["Lege", "Psykolog"]
    study.import_files(
        [write("t.txt", "B1: Legevakta ringte sykehuset.\n")], "interview", speakers={"B1": "B1"}, name="S"
    )
    study.code_passage("S", 0, 10, theme="3", effect="inhibits", determinant="systemic")
    page.get_by_role("button", name="Services").click()
    page.get_by_role("button", name="Open the turns: Emergency clinic – Hospital").click()
    expect(page.locator("blockquote")).to_have_text("Legevakta ringte sykehuset.")
    assert violations_at_every_size(page) == []


def test_a_form_is_filled_and_its_scores_are_drawn_over_time(opened, drawn):
    (page, _site), (study, *_rest) = opened, drawn
    page.get_by_role("button", name="Forms").click()
    page.get_by_label("Form", exact=True).select_option("What matters to me?")
    expect(page.locator(".mf-view")).to_contain_text("scored again when you meet anew")
    for day, score in (("2026-01-05", "3"), ("2026-02-05", "6")):
        page.get_by_role("button", name="Fill in", exact=True).click()
        form = page.locator("form")
        form.get_by_label("About").select_option("B1")
        form.get_by_label("Day").fill(day)
        form.get_by_label("The areas stand in the citizen's own words.").check()
        form.get_by_label("What matters most to me").fill("Å komme ut")
        form.get_by_role("group", name="What matters most: how well does it go now?").get_by_label(
            score, exact=True
        ).check()
        if score == "3":
            assert violations_at_every_size(page) == []
        form.get_by_role("button", name="Save").click()
        expect(form).to_have_count(0)
    expect(page.locator(".mf-answers tbody tr")).to_have_count(2)
    expect(page.locator(".mf-picture svg circle")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Print: ").first.click()
    assert "Å komme ut" in download.value.path().read_text("utf-8")
    assert [one.marks["now_1"] for one in study.form_answers("what_matters", "B1")] == [3, 6]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".mf-answers tbody tr")).to_have_count(1)
