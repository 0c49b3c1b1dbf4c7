"""Who took part in what, co-researchers' own words as data, what was settled, and what the methods chapter asks for."""

import pytest

from tests.review.test_rounds import OTHER, begun, ids
from workbench.errors import BadInput, NotFound
from workbench.store import new_id

TOGETHER = {"reason": "Vi ble enige.", "present": ["M1"]}


@pytest.fixture
def shared(coded):
    """The coded interview, whose informant lets co-researchers read, and a co-researcher who consented."""
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    coded.add_informant("M1", "medforsker", given="anonymous")
    return coded


@pytest.fixture
def answered(shared):
    """A round in which M1 reads one coding otherwise and wonders about another, and M2 agrees with both."""
    made = shared.open_round("Første", ids(shared), source="Intervju 1")
    one, other = begun(shared, made, "M1"), begun(shared, made, "M2")
    first, second, _third = (seen.item.id for seen in one.items())
    one.answer(first, "differ", reading=OTHER, words="Kari Testesen sa det annerledes til meg.", id=new_id())
    one.answer(second, "wonder", words="Hvem bestemte det?", id=new_id())
    for item in (first, second):
        other.answer(item, "agree", id=new_id())
    return made


def items(study, made):
    return [one.item for one in study.looked_at(made)]


def row(study, table, **where):
    (found,) = [one for one in study.table(table, "en").rows if where.items() <= one.items()]
    return found


def test_presence_and_pledges_fill_the_table_of_who_took_part(answered, shared):
    shared.pledge("M1", "2026-01-10")
    shared.pledge("M1", "2026-02-10")
    shared.take_part("M1", "Intervju 1", "led")
    shared.take_part("M1", "Intervju 1", "led")
    shared.take_part("M2", "Intervju 1")
    one = row(shared, "co-researchers", code="M1")
    assert (one["pledged"], one["parts"]) == ("Feb 10, 2026", "Intervju 1 (led it)")
    assert (one["agree"], one["differ"], one["wonder"]) == (0, 1, 1)
    assert row(shared, "co-researchers", code="M2")["pledged"] == "missing"
    for wrong in ({"part": "slept"}, {"source": "Ukjent"}, {"code": " "}, {"code": "Kari Testesen"}):
        given = {"code": "M1", "source": "Intervju 1", **wrong}
        with pytest.raises((BadInput, NotFound)):
            shared.take_part(given.pop("code"), given.pop("source"), **given)
    with pytest.raises(BadInput, match="yet to come"):
        shared.pledge("M1", "2999-01-01")


def test_what_nobody_wrote_of_the_participation_is_marked_missing(answered, shared):
    told = {one["section"]: one["told"] for one in shared.table("participation", "en").rows}
    assert len(told) == 5
    assert told["Aim of the participation"].startswith("Missing")
    assert "2 people took part." in told["How people took part"]
    assert "Agreed: 2. Saw it differently: 1. Wondered: 1." in told["What came of it"]
    shared.account("aim", "Å få prøvd lesningene, sa Kari Testesen.")
    shared.account("aim", "Å få prøvd lesningene, også av B1 og Kari Testesen.")
    told = {one["section"]: one["told"] for one in shared.table("participation", "en").rows}
    assert told["Aim of the participation"] == "Å få prøvd lesningene, også av B1 og B1."
    with pytest.raises(BadInput, match="A section is one of"):
        shared.account("budget", "x")


def test_own_words_become_a_source_once_and_only_with_consent(answered, shared):
    with pytest.raises(NotFound):
        shared.own_words("M2")
    made = shared.own_words("M1")
    assert made.kind == "co_research"
    assert shared.text(made.name) == "M1: B1 sa det annerledes til meg.\nM1: Hvem bestemte det?\n"
    with pytest.raises(BadInput, match="nothing that is not in a source"):
        shared.own_words("M1")
    desk = begun(shared, answered, "M1")
    desk.answer(desk.items()[-1].item.id, "agree", words="Det kjenner jeg igjen.", id=new_id())
    assert shared.text(shared.own_words("M1").name) == "M1: Det kjenner jeg igjen.\n"
    shared.code_passage(made.name, 4, 9, theme="1", effect="hemmer", determinant="systemisk")
    shared.add_informant("M3", "medforsker")
    with pytest.raises(BadInput, match="not consented"):
        shared.own_words("M3")


def test_a_wondering_is_a_memo_on_what_was_looked_at_and_goes_with_its_writer(answered, shared):
    (memo,) = [one for one in shared.memos() if one.author == "M1"]
    assert memo.text == "Hvem bestemte det?"
    assert memo.about in ids(shared)
    shared.withdraw("M1")
    assert not [one for one in shared.memos() if one.author == "M1"]
    assert all(one["code"] != "M1" for one in shared.table("co-researchers", "en").rows)


def test_a_decision_changes_the_coding_and_the_tables_tell_what_it_was(answered, shared):
    first = items(shared, answered)[0]
    before = next(one for one in shared.codings() if one.id == first.subject)
    shared.decide(first.id, "theirs", reason="Vi ble enige.", present=["M1", "M2"])
    after = next(one for one in shared.codings() if one.id == first.subject)
    assert (after.effect, after.determinant) == ("promotes", "relational")
    told = row(shared, "co-research-changes", reason="Vi ble enige.")
    assert (told["changed"], told["dissent"]) == ("yes", 1)
    assert told["before"] != told["after"]
    assert before.theme in shared.table("co-research-changes").data["themes"][0]
    read = row(shared, "reviews", settled="The other reading")["read"]
    assert read == "1 of 2", "M1's reading stands now, and M2 agreed with the one before"
    assert row(shared, "co-researchers", code="M1")["settled"] == 1
    shared.undo()
    assert next(one for one in shared.codings() if one.id == first.subject).effect == before.effect


def test_a_new_code_is_made_and_whose_reading_must_be_told_where_there_are_several(answered, shared):
    first, second, *_rest = items(shared, answered)
    third = begun(shared, answered, "M3")
    third.answer(first.id, "differ", reading={**OTHER, "theme": "7"}, id=new_id())
    with pytest.raises(BadInput, match="M1, M3"):
        shared.decide(first.id, "theirs", **TOGETHER)
    shared.decide(first.id, "theirs", whose="M3", **TOGETHER)
    assert next(one for one in shared.codings() if one.id == first.subject).theme == "leadership"
    shared.decide(second.id, "new", code="Hvem bestemmer", **TOGETHER)
    assert next(one for one in shared.codings() if one.id == second.subject).code == "Hvem bestemmer"


def test_the_other_reading_may_be_one_that_nobody_put_in_themes(answered, shared):
    third = items(shared, answered)[-1]
    desk = begun(shared, answered, "M1")
    with pytest.raises(BadInput, match="Nobody reads it otherwise"):
        shared.decide(third.id, "theirs", **TOGETHER)
    desk.answer(third.id, "differ", words="Helt annerledes.", id=new_id())
    before = next(one for one in shared.codings() if one.id == third.subject)
    with pytest.raises(BadInput, match="who was there"):
        shared.decide(third.id, "theirs", reason="Ordene hennes får stå.")
    shared.decide(third.id, "theirs", reason="Ordene hennes får stå.", present=["M1"])
    assert next(one for one in shared.codings() if one.id == third.subject) == before
    assert row(shared, "co-research-changes", reason="Ordene hennes får stå.")["changed"] == "no"


def test_a_check_of_own_quotes_is_no_co_research(answered, shared):
    made = shared.open_round("", kind="member_check", informant="B1")
    desk = begun(shared, made, "B1")
    before = shared.stances(), shared.table("reviews", "en").rows
    for one in desk.items():
        desk.answer(one.item.id, "agree", id=new_id())
    assert (shared.stances(), shared.table("reviews", "en").rows) == before


def test_a_conversation_that_users_led_is_tied_to_its_rounds(answered, shared):
    shared.take_part("M1", "Intervju 1", "led")
    shared.take_part("M2", "Intervju 1", "analysed")
    told = row(shared, "user-asks-user", source="Intervju 1")
    assert (told["led"], told["analysed"], told["answers"], told["seminar"]) == ("M1", "M2", 4, "missing")
    shared.open_round("Seminar", ids(shared), kind="dialogue", source="Intervju 1")
    assert row(shared, "user-asks-user", source="Intervju 1")["seminar"] == "yes"


def test_by_the_command_line(command, shared, answered):
    from tests.conftest import Command

    run = Command(shared.folder, **command.environment)
    assert run("review", "pledge", "M1", "--day", "2026-01-10").returncode == 0
    assert run("review", "present", "M1", "Intervju 1", "--part", "led").returncode == 0
    assert run("review", "account", "outcomes", "-", stdin="Mye.").returncode == 0
    assert run.json("review", "words", "M1")["name"] == "M1, egne ord"
    assert run("review", "present", "M1", "Intervju 1", "--part", "slept").returncode == 2
