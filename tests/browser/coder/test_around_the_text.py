"""The coder around the text: codebook, statements, corrections, memos, finding, the whole, and the page itself."""

import json
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.coder.doing import select, wait
from tests.browser.labs import notebook_in_lab
from tests.browser.test_dashboards import REQUESTS, Client
from tests.browser.watched import violations, violations_at_every_size

pytestmark = pytest.mark.browser


def test_the_codebook_is_made_and_changed(coder, study):
    coder.get_by_role("button", name="New code", exact=True).click()
    coder.fill(".mf-form input >> nth=0", "venting")
    coder.click(".mf-form >> text=Save")
    wait(study, lambda: "venting" in {c.name for c in study.codebook()})
    coder.get_by_role("button", name="New code", exact=True).click()
    coder.fill(".mf-form input >> nth=0", "Venting")
    coder.click(".mf-form >> text=Save")
    expect(coder.locator(".mf-form .mf-fault")).to_contain_text("already")
    coder.keyboard.press("Escape")
    coder.click("[aria-label='Edit code “tidsnød”']")
    coder.fill(".mf-form input >> nth=0", "knapp tid")
    coder.locator(".mf-form label:has-text('Why') + input").fill("klarere navn")
    coder.click(".mf-form >> text=Save")
    wait(study, lambda: "knapp tid" in {c.name for c in study.codebook()})
    coder.click("[aria-label='Edit code “knapp tid”']")
    coder.click("text=More about this code")
    coder.click(".mf-more >> text=History")
    expect(coder.locator(".mf-history")).to_contain_text("“tidsnød” → “knapp tid”")
    expect(coder.locator(".mf-history")).to_contain_text("klarere navn")
    coder.select_option(".mf-more select", label="venting")
    coder.click(".mf-more >> text=Merge >> nth=-1")
    wait(study, lambda: "knapp tid" not in {c.name for c in study.codebook()})


def test_statements_are_written_ordered_and_supported(coder, study):
    select(coder, "Ingen har tid")
    coder.keyboard.press("2")
    wait(study, lambda: len(study.codings()) == 1)
    select(coder, "ingen eier planen")
    coder.keyboard.press("2")
    wait(study, lambda: len(study.codings()) == 2)
    coder.click(".mf-side >> text=Write a statement")
    coder.fill(".mf-form textarea", "Tiden strekker ikke til")
    coder.click(".mf-form summary")
    coder.locator(".mf-along").get_by_label("Ingen har tid").check()
    expect(coder.locator(".mf-form")).to_contain_text("From 2 codings")
    coder.click(".mf-form >> text=Save")
    wait(study, lambda: [(s.text, len(s.codings)) for s in study.statements()] == [("Tiden strekker ikke til", 2)])
    study.add_statement("Et annet utsagn", theme="2", effect="promotes", determinant="systemic")
    coder.click(".mf-tab >> text=Matrix")
    expect(coder.locator(".mf-statement")).to_have_count(2)
    expect(coder.locator(".mf-statement").first).to_contain_text("2 codings in 1 source")
    expect(coder.locator(".mf-statement").first).to_contain_text("Groups: kommune")
    coder.click("[aria-label='Move down: Tiden strekker ikke til']")
    wait(study, lambda: [s.text for s in study.statements()] == ["Et annet utsagn", "Tiden strekker ikke til"])
    coder.fill(".mf-statement textarea >> nth=1", "Tiden strekker aldri til")
    coder.keyboard.press("Tab")
    wait(study, lambda: "Tiden strekker aldri til" in {s.text for s in study.statements()})


def test_what_is_typed_in_the_matrix_outlives_what_others_do_and_a_reload(coder, study):
    study.add_statement("Et utsagn", theme="2", effect="promotes", determinant="systemic")
    coder.click(".mf-tab >> text=Matrix")
    coder.click(".mf-statement textarea")
    coder.keyboard.press("Control+End")
    coder.keyboard.type(" som blir")
    study.add_statement("Et annet", theme="2", effect="promotes", determinant="systemic")
    coder.click(".mf-tab >> text=Matrix")
    expect(coder.locator(".mf-statement")).to_have_count(2)
    expect(coder.locator(".mf-statement textarea").first).to_have_value("Et utsagn som blir")
    coder.click(".mf-statement textarea >> nth=0")
    coder.keyboard.press("Control+End")
    coder.keyboard.type(" lengre")
    coder.wait_for_function("() => Object.keys(localStorage).some((k) => k.includes('wording-'))")
    coder.reload()
    coder.wait_for_selector(".mf-coder[data-source]")
    coder.click(".mf-tab >> text=Matrix")
    expect(coder.locator(".mf-statement textarea").first).to_have_value("Et utsagn som blir lengre")


def test_an_import_is_not_taken_back_unasked(coder, study, tmp_path):
    rows = "".join(f"Gruppe,{n},{n + 3},1,promotes,systemic\n" for n in range(40))
    (tmp_path / "rows.csv").write_text(f"source,start,end,theme,effect,determinant\n{rows}")
    assert study.import_codings(tmp_path / "rows.csv", partial=True)[0] > 25
    made = len(study.codings())
    coder.focus(".mf-pane")
    coder.keyboard.press("Control+z")
    expect(coder.locator("dialog")).to_contain_text(f"take back {made} things at once")
    assert len(study.codings()) == made
    coder.click("dialog .mf-main")
    wait(study, lambda: study.codings() == [])


def test_words_typed_a_moment_before_a_reload_reach_the_study(coder, study):
    select(coder, "Ingen har tid")
    coder.keyboard.press("2")
    wait(study, lambda: len(study.codings()) == 1)
    (coding,) = study.codings()
    study.write_memo(coding.id, "gamle ord")
    coder.reload()
    coder.wait_for_selector(".mf-coder[data-source]")
    coder.click(".mf-label")
    coder.click(".mf-memo textarea")
    coder.keyboard.press("Control+End")
    coder.keyboard.type(" nye ord")
    coder.wait_for_function("() => Object.keys(localStorage).some((k) => k.includes('-memo-'))")
    coder.reload()
    wait(study, lambda: [memo.text for memo in study.memos()] == ["gamle ord nye ord"])
    coder.wait_for_selector(".mf-coder[data-source]")
    coder.click(".mf-label")
    coder.click(".mf-side >> text=Write a statement")
    coder.fill(".mf-form textarea", "Ikke ferdig")
    coder.wait_for_function("() => Object.keys(localStorage).some((k) => k.includes('-statement'))")
    coder.reload()
    expect(coder.locator(".mf-form textarea")).to_have_value("Ikke ferdig")


def test_a_line_is_corrected_and_what_can_not_be_carried_is_placed_by_hand(coder, study):
    for words in ("Ingen har tid", "ingen eier planen"):
        select(coder, words)
        coder.keyboard.press("2")
        wait(study, lambda words=words: words in {c.quote for c in study.codings()})
    coder.focus(".mf-pane")
    coder.keyboard.press("e")
    coder.fill(".mf-form textarea", "Ingen har tid. Ventetiden er lang.")
    coder.click(".mf-form >> text=Save")
    expect(coder.locator(".mf-status")).to_contain_text("1 coding must be placed by hand")
    assert "eier planen" not in study.text("Gruppe")
    coder.click(".mf-unplaced summary")
    expect(coder.locator(".mf-unplaced mark")).to_have_text("ingen eier planen")
    select(coder, "Ventetiden er lang")
    coder.click("text=Place at the selection")
    wait(study, lambda: {c.quote for c in study.codings()} == {"Ingen har tid", "Ventetiden er lang"})
    expect(coder.locator(".mf-unplaced")).to_be_empty()


def test_undo_goes_on_past_a_coding_that_was_placed_by_hand_and_says_what_it_undoes(coder, study):
    select(coder, "ingen eier planen")
    coder.keyboard.press("2")
    wait(study, lambda: len(study.codings()) == 1)
    study.correct_passage("Gruppe", *_line(study, "Ingen har tid"), "Nei.")
    coder.click(".mf-unplaced summary")
    expect(coder.locator(".mf-unplaced .mf-beside")).to_contain_text("Nei.")
    coder.click("text=Select these words in the text")
    coder.click("text=Place at the selection")
    expect(coder.locator(".mf-unplaced")).to_be_empty()
    coder.focus(".mf-pane")
    coder.keyboard.press("Control+z")
    expect(coder.locator(".mf-status")).to_have_text("Undone: coding “Resources, Gruppe” · Where it begins and ends")
    expect(coder.locator(".mf-unplaced summary")).to_have_text("1 coding waits to be placed")
    coder.focus(".mf-pane")
    coder.keyboard.press("Control+z")
    expect(coder.locator(".mf-status")).to_have_text("Undone: correction of “Gruppe”")
    coder.focus(".mf-pane")
    coder.keyboard.press("Control+z")
    wait(study, lambda: study.codings() == [])


def _line(study, beginning):
    start = study.text("Gruppe").index(beginning)
    return start, study.text("Gruppe").index("\n", start)


def test_words_written_at_the_edges_of_a_line_are_read_there(coder, study):
    coder.focus(".mf-pane")
    coder.evaluate(
        """() => { const words = document.querySelector('.mf-words[data-row="3"]').firstChild;
        getSelection().setBaseAndExtent(words, 0, words, 0); }"""
    )
    coder.keyboard.press("e")
    said = coder.input_value(".mf-row .mf-form textarea")
    coder.fill(".mf-row .mf-form textarea", f"Jo, {said} Ja.")
    coder.click(".mf-row .mf-form >> text=Save")
    expect(coder.locator('.mf-words[data-row="3"]')).to_have_text(f"Jo, {said} Ja.")


def test_a_wording_in_the_matrix_is_saved_as_it_is_typed_and_undone_in_sight(coder, study):
    statement = study.add_statement("Tiden er knapp.", theme="2", effect="hemmer", determinant="systemisk")
    coder.click(".mf-tab >> text=Matrix")
    field = coder.get_by_label("Statement: Tiden er knapp.")
    field.fill("Tiden er for knapp.")
    wait(study, lambda: study.statements()[0].text == "Tiden er for knapp.")
    coder.get_by_role("button", name="Undo").click()
    expect(coder.locator(f"textarea[data-statement='{statement}']")).to_have_value("Tiden er knapp.")
    coder.keyboard.press("Escape")
    coder.get_by_role("button", name="Matrix").focus()
    coder.keyboard.press("?")
    expect(coder.get_by_role("dialog")).to_be_visible()


def test_a_coding_speaks_to_what_one_held(coder, study):
    held = study.add_hypothesis("Tid er nok.", effect="promotes", determinant="systemic")
    select(coder, "Ingen har tid")
    coder.keyboard.press("2")
    wait(study, lambda: len(study.codings()) == 1)
    coder.get_by_label("Speaks to your preunderstanding").select_option(label="Tid er nok.")
    coder.get_by_role("button", name="Link", exact=True).click()
    expect(coder.locator(".mf-status")).to_have_text("Speaks to: Tid er nok.")
    assert study.cited(held) == [study.codings()[0].id]


def test_memos_stand_on_anything_and_lead_there(coder, study):
    statement = study.add_statement("Tiden er knapp.", theme="2", effect="hemmer", determinant="systemisk")
    coder.get_by_role("button", name="Memos").last.click()
    coder.locator(".mf-forms").get_by_role("button", name="New memo").click()
    coder.keyboard.type("Stemningen var trykket.")
    wait(study, lambda: [one.text for one in study.memos()] == ["Stemningen var trykket."])
    assert study.memos()[0].about == study.source("Gruppe").id
    coder.click(".mf-tab >> text=Memos")
    coder.get_by_label("Link to").select_option("Tiden er knapp.")
    coder.get_by_role("button", name="Link", exact=True).click()
    wait(study, lambda: len(study.links()) == 1)
    coder.get_by_role("button", name="Tiden er knapp.", exact=True).click()
    expect(coder.locator(f"textarea[data-statement='{statement}']")).to_be_focused()
    coder.click(".mf-tab >> text=Memos")
    coder.get_by_label("on Memo").select_option("A1")
    coder.get_by_role("button", name="New memo").click()
    coder.keyboard.type("Snakket for to.")
    wait(study, lambda: len(study.memos()) == 2)
    assert study.memos()[1].about == next(one.id for one in study.informants() if one.code == "A1")


def test_an_emptied_line_is_refused_where_it_stands(coder, study):
    before = study.text("Gruppe")
    coder.focus(".mf-pane")
    coder.keyboard.press("e")
    coder.fill(".mf-row .mf-form textarea", "  ")
    coder.click(".mf-row .mf-form >> text=Save")
    expect(coder.locator(".mf-row .mf-form [role=alert]")).to_contain_text("mask it")
    assert study.text("Gruppe") == before


def test_a_retired_code_is_found_and_taken_into_use_again(coder, study):
    (code,) = [one for one in study.codebook() if one.name == "tidsnød"]
    study.change_code(code.id, retired=True)
    coder.click("text=1 retired code")
    expect(coder.locator(".mf-option", has_text="tidsnød")).to_have_count(0)
    coder.get_by_role("button", name="Take “tidsnød” into use again").click()
    expect(coder.locator(".mf-option", has_text="tidsnød")).to_have_count(1)
    assert not any(one.retired for one in study.codebook())


def test_what_is_typed_about_a_code_is_kept(coder, study):
    coder.get_by_role("button", name="Edit code “tidsnød”").click()
    coder.get_by_label("Use when", exact=True).fill("når noen sier at dagen er full")
    coder.get_by_role("button", name="New code", exact=True).click()
    coder.get_by_label("Definition").fill("noe annet")
    coder.get_by_role("button", name="Cancel").click()
    coder.reload()
    coder.wait_for_selector(".mf-coder[data-ready]")
    expect(coder.get_by_label("Use when", exact=True)).to_have_value("når noen sier at dagen er full")
    coder.click(".mf-form >> text=Save")
    wait(study, lambda: "når noen sier at dagen er full" in {one.use_when for one in study.codebook()})
    expect(coder.locator(".mf-form")).to_have_count(0)
    coder.reload()
    coder.wait_for_selector(".mf-coder[data-ready]")
    expect(coder.locator(".mf-form")).to_have_count(0)


def test_labels_stand_where_their_words_begin(coder, study):
    for words in ("Man går fra dør til dør", "Jeg savner møteplasser"):
        select(coder, words)
        coder.keyboard.press("2")
        wait(study, lambda words=words: words in {c.quote for c in study.codings()})
    coder.set_viewport_size({"width": 1160, "height": 900})
    coder.wait_for_function(
        """() => {
          const top = (element) => element.getBoundingClientRect().top;
          const labels = [...document.querySelectorAll(".mf-label")], marks = [...document.querySelectorAll("mark")];
          return labels.length === 2 && labels.every((label, n) => Math.abs(top(label) - top(marks[n])) < 12);
        }"""
    )


def test_a_name_that_slipped_through_is_masked_everywhere(coder, study):
    select(coder, "Tilliten")
    coder.click("text=Mask a name")
    coder.locator(".mf-form input").nth(1).fill("[noen]")
    coder.click(".mf-form >> text=Mask it everywhere")
    wait(study, lambda: "Tilliten" not in study.text("Gruppe"))
    expect(coder.locator(".mf-pane")).to_contain_text("[noen]")
    expect(coder.locator(".mf-pane")).not_to_contain_text("Tilliten")


def test_words_are_found_in_their_context_and_coded_in_one_act(coder, study):
    coder.focus(".mf-pane")
    coder.keyboard.press("/")
    coder.keyboard.type("ventetid")
    coder.keyboard.press("Enter")
    expect(coder.locator(".mf-found li")).to_have_count(1)
    expect(coder.locator(".mf-kwic strong")).to_have_text("Ventetiden")
    coder.click("text=Choose all")
    coder.click("text=Code the chosen passages")
    wait(study, lambda: len(study.codings()) == 1)
    coder.click(".mf-found .mf-link")
    expect(coder.locator("mark")).to_have_count(1)


def test_only_the_sentences_that_hold_the_words_can_be_coded(coder, study):
    coder.focus(".mf-pane")
    coder.keyboard.press("/")
    coder.keyboard.type("ventetid")
    coder.keyboard.press("Enter")
    coder.locator(".mf-pick").check()
    coder.get_by_label("What is coded of each passage").select_option("Only the sentences that hold the words")
    coder.click("text=Code the chosen passages")
    wait(study, lambda: [c.quote for c in study.codings()] == ["Ventetiden er lang, og ingen eier planen."])


def test_a_word_that_is_counted_opens_its_contexts_one_below_the_other(coder):
    coder.click(".mf-tab >> text=Find")
    coder.get_by_role("form", name="A word in its contexts").get_by_role("button").click()
    coder.locator(".mf-times").first.get_by_role("button").first.click()
    coder.wait_for_selector(".mf-concordance tr")
    edges = coder.eval_on_selector_all(
        ".mf-concordance td:nth-child(3)", "cells => cells.map((cell) => Math.round(cell.getBoundingClientRect().left))"
    )
    assert edges
    assert len(set(edges)) == 1
    assert violations(coder) == []


def test_the_whole_opens_its_passages(coder, study):
    for theme in ("1", "2"):
        study.code_passage("Gruppe", 40, 60, theme=theme, effect="promotes", determinant="systemic")
    coder.click(".mf-tab >> text=Overview")
    coder.click("[aria-label^='Gruppe, Promotes · Systemic']")
    expect(coder.locator(".mf-found li")).to_have_count(2)


def test_every_view_is_accessible_at_every_size(coder, study):
    study.code_passage("Gruppe", 40, 60, theme="1", effect="promotes", determinant="systemic")
    study.add_statement(
        "Et utsagn", theme="2", effect="promotes", determinant="systemic", codings=[study.codings()[0].id]
    )
    study.add_memo(study.codings()[0].id, "et notat")
    expect(coder.locator("mark")).to_have_count(1)
    coder.click(".mf-label")
    coder.wait_for_selector(".mf-memo textarea")
    assert violations_at_every_size(coder) == []
    for tab in range(1, 5):
        coder.locator(".mf-tab").nth(tab).click()
        coder.wait_for_selector(".mf-view h2")
        assert violations_at_every_size(coder) == []
    coder.locator(".mf-tab").nth(0).click()
    coder.focus(".mf-pane")
    coder.keyboard.press("?")
    expect(coder.locator("dialog")).to_be_visible()
    assert violations_at_every_size(coder) == []
    coder.keyboard.press("Escape")
    coder.keyboard.press("e")
    assert violations_at_every_size(coder) == []


def test_nothing_can_be_run_through_the_page(coder, site, page):
    coder.wait_for_selector(".mf-words")
    client = Client.__new__(Client)
    client.protocol = True
    config = json.loads(coder.locator("#jupyter-config-data").text_content())
    import websocket

    token = site.address.partition("token=")[2]
    client.socket = websocket.create_connection(
        f"{site.base.replace('http', 'ws')}api/kernels/{config['kernelId']}/channels?session_id=x",
        header=[f"Authorization: token {token}"], timeout=10, subprotocols=["v1.kernel.websocket.jupyter.org"],
    )  # fmt: skip
    for kind, content, channel in REQUESTS:
        reply = client.reply_to(client.send(kind, content, channel))
        assert (kind, reply["content"]["status"]) == (kind, "error")
    client.socket.close()


def test_in_jupyterlab_its_shortcuts_stay_quiet(page, study, tmp_path):
    with notebook_in_lab(page, study, tmp_path, "Coding", ".mf-coder") as (lab, port):
        page.click(".mf-source:has-text('Gruppe')")
        page.wait_for_selector(".mf-coder[data-source]")
        cells = page.locator(".jp-Notebook .jp-Cell").count()
        select(page, "Ingen har tid")
        page.focus(".mf-pane")
        for key in ("b", "m", "x", "Escape", "2"):
            page.keyboard.press(key)
        wait(study, lambda: [c.quote for c in study.codings()] == ["Ingen har tid"])
        assert page.locator(".jp-Notebook .jp-Cell").count() == cells, "no cell was added, cut or turned"
        assert page.locator(".jp-MarkdownCell").count() == 0
        page.click("text=Undo >> nth=-1")
        wait(study, lambda: not study.codings())
        page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
        saved = (study.folder / "notebooks" / "Coding.ipynb").read_text()
        assert "Ingen har tid" not in saved, "the text travels by message, and no notebook keeps it"
        page.set_viewport_size({"width": 1280, "height": 800})
        page.wait_for_function("() => document.querySelector('.mf-words').clientWidth > 250")
        page.screenshot(path=tmp_path / "lab.png")
        assert page.locator(".Toastify__toast").count() == 0, "nobody is asked about news"
        lab.terminate()  # alone, as a service manager does: the server ends with it
        lab.wait(30)
        with pytest.raises(URLError):
            urlopen(f"http://127.0.0.1:{port}/api?token=proof", timeout=5)
