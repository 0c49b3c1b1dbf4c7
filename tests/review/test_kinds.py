"""Rounds over statements, checks of own quotes, and dialogue seminars."""

import pytest

from tests.review.test_rounds import begun, ids
from workbench.errors import BadInput, NotFound
from workbench.store import new_id


@pytest.fixture
def shared(coded):
    """The coded interview, whose informant lets co-researchers read."""
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    return coded


def stated(study):
    coding = study.codings()[0]
    return study.add_statement(
        "Tid hjelper.", theme=coding.theme, effect=coding.effect, determinant=coding.determinant, codings=[coding.id]
    )


def quotes_shown(study):
    return {one.coding_id for one in study.segments() if one.quotable}


def test_a_statement_is_looked_at_with_what_it_rests_on(shared):
    statement = stated(shared)
    desk = begun(shared, shared.open_round("Funn", statements=[statement], kind="dialogue"))
    (seen,) = desk.items()
    assert seen.claims == ("Tid hjelper.",)
    assert len(seen.passages) == 1
    desk.answer(seen.item.id, "differ", words="Ikke alltid.", id=new_id())
    (looked,) = shared.looked_at(desk.round.id)
    assert (looked.item.about, looked.count("differ")) == ("statement", 1)
    (row,) = shared.table("reviews", "en").rows
    assert (row["source"], row["read"]) == ("Statement", "0 of 1")


def test_statements_are_never_blind_and_rest_on_something_that_may_be_read(shared):
    statement = stated(shared)
    with pytest.raises(BadInput, match="can't be blind"):
        shared.open_round("Funn", statements=[statement], blind=True)
    with pytest.raises(NotFound, match="no statement"):
        shared.open_round("Funn", statements=[new_id()])
    shared.set_consent("B1", "anonymous", ["interview", "quotes"])
    with pytest.raises(BadInput, match="scope co_researchers"):
        shared.open_round("Funn", statements=[statement])


def test_an_informant_reads_own_quotes_and_what_rests_on_them_though_nobody_else_may(coded):
    stated(coded)
    made = coded.open_round("", kind="member_check", informant="B1")
    with pytest.raises(BadInput, match="nobody else"):
        coded.invite(made, "M1")
    items = begun(coded, made, "B1").items()
    assert len(items) == len(ids(coded))
    assert "Tid hjelper." in items[0].claims
    assert "Tid hjelper." not in items[1].claims


def test_a_check_of_own_quotes_needs_an_informant_and_nothing_else_takes_one(shared):
    with pytest.raises(BadInput, match="say whose"):
        shared.open_round("", ids(shared), kind="member_check")
    with pytest.raises(BadInput, match="say whose"):
        shared.open_round("", informant="B1")
    with pytest.raises(BadInput, match="A round is one of"):
        shared.open_round("", ids(shared), kind="chat")


def test_what_an_informant_agrees_to_may_be_quoted_and_what_not_is_quoted_nowhere(coded):
    coded.set_consent("B1", "reserved", ["interview"])
    assert not quotes_shown(coded)
    desk = begun(coded, coded.open_round("", kind="member_check", informant="B1"), "B1")
    yes, no, otherwise = desk.items()
    desk.answer(yes.item.id, "agree", id=new_id())
    desk.answer(no.item.id, "withhold", id=new_id())
    desk.answer(otherwise.item.id, "agree", id=new_id())
    desk.answer(otherwise.item.id, "differ", id=new_id())
    assert quotes_shown(coded) == {yes.item.subject}
    assert no.item.id not in {one.item.id for one in desk.items()}
    coded.set_consent("B1", "anonymous", ["interview", "quotes"])
    assert quotes_shown(coded) == {yes.item.subject, otherwise.item.subject}


def test_only_who_checks_own_quotes_can_forbid_to_quote(shared):
    desk = begun(shared, shared.open_round("", ids(shared)))
    with pytest.raises(BadInput, match="one of"):
        desk.answer(desk.items()[0].item.id, "withhold", id=new_id())


def test_marked_words_stay_the_same_words_when_a_name_before_them_is_masked(shared):
    text = shared.text("Intervju 1")
    where = {"theme": "1", "effect": "hemmer", "determinant": "systemisk"}
    coding = shared.code_passage("Intervju 1", text.index("fungerer"), len(text.rstrip()), **where)
    desk = begun(shared, shared.open_round("", [coding.id]))
    seen = desk.items()[0]
    line = seen.passages[0].lines[-1]
    start = line.start + len(line.text) - 10
    marked = text[start : start + 9]
    desk.answer(seen.item.id, "differ", start=start, end=start + 9, id=new_id())
    shared.mask_word("fungerer", "[x]")
    (said,) = shared.looked_at(desk.round.id)[0].said
    assert shared.passage_words(said.text_id, said.start, said.end) == marked
