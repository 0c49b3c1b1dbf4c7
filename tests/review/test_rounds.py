"""Rounds: who may read what, answers that are kept as they were given, what was settled beside what was said."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Command
from workbench.errors import BadInput, NotFound, Refused
from workbench.privacy import Entry, Register
from workbench.review import STANCES
from workbench.serving.review import serve_reviews
from workbench.store import new_id
from workbench.study import Study
from workbench.study.desk import desk_of
from workbench.study.seat import bind
from workbench.widgets.coder.reading import code_history

OTHER = {"theme": "2", "effect": "fremmer", "determinant": "relasjonell"}


@pytest.fixture
def shared(coded):
    """The coded interview, whose informant lets co-researchers read."""
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    return coded


def begun(study, round_id, reviewer="M1"):
    return desk_of(study, bind(study, study.invite(round_id, reviewer)))


def ids(study):
    return [one.id for one in study.codings()]


def test_only_what_co_researchers_may_read_goes_into_a_round(coded):
    with pytest.raises(BadInput, match="scope co_researchers"):
        coded.open_round("Første", ids(coded))
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    made = coded.open_round("Første", ids(coded), most=2)
    desk = begun(coded, made)
    assert len(desk.items()) == 2
    assert "Kari" not in repr(desk.items())
    assert "68 05 12 34" not in repr(desk.items())


def test_who_takes_the_scope_back_is_read_no_more_from_that_moment(shared):
    desk = begun(shared, shared.open_round("Første", ids(shared)))
    (first, *_rest) = desk.items()
    shared.set_consent("B1", "anonymous", ["interview", "quotes"])
    assert desk.items() == []
    with pytest.raises(NotFound):
        desk.answer(first.item.id, "agree", id=new_id())


def test_in_a_blind_round_the_first_answer_is_kept_and_the_other_reading_comes_after_it(shared):
    desk = begun(shared, shared.open_round("Blindt", ids(shared), blind=True))
    first = desk.items()[0]
    assert first.reading is None
    with pytest.raises(BadInput, match="not seen the other reading"):
        desk.answer(first.item.id, "agree", id=new_id())
    desk.answer(first.item.id, "differ", reading=OTHER, words="Det var en lettelse.", id=new_id())
    again = desk.items()[0]
    assert again.reading == {
        key: getattr(next(c for c in shared.codings() if c.id == again.item.subject), key) for key in OTHER
    }
    desk.answer(first.item.id, "agree", words="Nå ser jeg det.", id=new_id())
    said = next(one for one in shared.looked_at(desk.round.id) if one.item.id == first.item.id)
    assert [(one.stance, one.seen is None) for one in said.said] == [("differ", True), ("agree", False)]
    assert [one.stance for one in said.standing] == ["agree"]


def test_what_was_settled_stands_in_the_history_of_the_code_that_it_gave(shared):
    made = shared.open_round("Sammen", ids(shared), most=1)
    (item,) = shared.looked_at(made)
    shared.decide(item.item.id, "new", code="å bli ringt", reason="Slik sier vi det.", present=["M1"])
    code = next(one for one in shared.codebook() if one.name == "å bli ringt")
    (told,) = [one for one in code_history(shared, code.id) if "Sammen" in one["other"]]
    assert "å bli ringt" in told["other"].partition("→")[2]
    assert told["reason"] == "Slik sier vi det."


def test_nobody_sees_what_others_said(shared):
    made = shared.open_round("Første", ids(shared))
    one, other = begun(shared, made, "M1"), begun(shared, made, "M2")
    one.answer(one.items()[0].item.id, "wonder", words="Hvorfor sier hun det?", id=new_id())
    assert [len(desk.items()[0].answers) for desk in (one, other)] == [1, 0]
    assert "Hvorfor" not in repr(other.items())


def test_a_name_that_is_tried_out_tells_nothing_of_whom_the_study_knows(shared):
    desk = begun(shared, shared.open_round("Første", ids(shared)))
    desk.answer(desk.items()[0].item.id, "wonder", words="Er det Kari Testesen eller Per Prøvesen?", id=new_id())
    assert shared.looked_at(desk.round.id)[0].said[0].words == "Er det B1 eller Per Prøvesen?"
    told = repr(desk.items()[0].answers)
    assert "B1" not in told
    assert "Prøvesen" not in told


def test_an_answer_that_is_sent_again_is_given_once(shared):
    desk = begun(shared, shared.open_round("Første", ids(shared)))
    edit = new_id()
    desk.answer(desk.items()[0].item.id, "agree", id=edit)
    assert desk.was_done(edit)
    assert shared.store.changes()[-1].actor == "M1", "the trail tells who did it"
    assert shared.verify().ok


def test_what_somebody_knows_or_can_not_bear_is_taken_away_for_that_person_alone(shared):
    made = shared.open_round("Første", ids(shared))
    one, other = begun(shared, made, "M1"), begun(shared, made, "M2")
    gone = one.items()[0].item.id
    one.answer(gone, "known", id=new_id())
    assert gone not in {seen.item.id for seen in one.items()}
    assert gone in {seen.item.id for seen in other.items()}
    assert one.items() == [], "all of them are words of the same person"
    assert [said.stance for looked in shared.looked_at(made) for said in looked.said] == ["known"]


def test_hard_words_go_wherever_they_are_shown_and_are_noted_until_then(shared):
    same_turn, hard, elsewhere = ids(shared)
    desk = begun(shared, shared.open_round("Ord", ids(shared), hard=[hard]))
    assert {one.item.subject: one.hard for one in desk.items()} == {same_turn: True, hard: True, elsewhere: False}
    desk.answer(next(one.item.id for one in desk.items() if one.item.subject == hard), "hard", id=new_id())
    assert [one.item.subject for one in desk.items()] == [elsewhere]
    assert "ringer" not in repr(desk.items())


def test_a_link_opens_one_device_and_ends(shared):
    made = shared.open_round("Første", ids(shared))
    link = shared.invite(made, "M1")
    bind(shared, link)
    with pytest.raises(Refused, match="another device"):
        bind(shared, link)
    with pytest.raises(Refused, match="leads nowhere"):
        bind(shared, "x" * 43)
    newer = shared.invite(made, "M1")
    device = bind(shared, newer)
    shared.withdraw_invitation(made, "M1")
    with pytest.raises(Refused, match="no longer good"):
        desk_of(shared, device)
    with pytest.raises(Refused):
        desk_of(shared, device[:-1] + ("a" if device[-1] != "a" else "b"))


def test_a_closed_round_takes_no_more_answers(shared):
    made = shared.open_round("Første", ids(shared))
    desk = begun(shared, made)
    shared.close_round(made)
    with pytest.raises(Refused, match="closed"):
        desk.answer(desk.items()[0].item.id, "agree", id=new_id())
    with pytest.raises(BadInput, match="closed"):
        shared.invite(made, "M2")


def test_words_are_screened_and_masked_later_too(shared):
    desk = begun(shared, shared.open_round("Første", ids(shared)))
    item = desk.items()[0].item.id
    desk.answer(item, "wonder", words="Kari Testesen sa det til Åse Nordmarksen.", id=new_id())

    (words,) = (one.words for looked in shared.looked_at(desk.round.id) for one in looked.said)
    assert "Kari" not in words

    shared.mask_word("Åse Nordmarksen", "[en venn]")
    (words,) = (one.words for looked in shared.looked_at(desk.round.id) for one in looked.said)
    assert "Nordmarksen" not in words


def test_while_the_vault_is_locked_words_wait_sealed(tmp_path, write):
    phrase = "lang nok setning"
    study = Study.create(tmp_path / "locked", title="Låst", vault=tmp_path / "locked-vault", passphrase=phrase)
    study.vault.unlock(phrase)
    Register([Entry(new_id(), "Kari Testesen", (), "person", "B1")]).save(study.vault)
    study.import_files([write("notat.txt", "Alle ventet lenge den dagen.")], "observation", name="Notat")
    study.code_passage("Notat", 0, 11, theme="1", effect="hemmer", determinant="systemisk")
    made = study.open_round("Første", [one.id for one in study.codings()])
    desk = begun(study, made)
    study.vault.lock()
    desk.answer(desk.items()[0].item.id, "wonder", words="Kari Testesen var der.", id=new_id())
    assert study.looked_at(made)[0].said[0].words == ""
    study.vault.unlock(phrase)
    study.screen_inbox()
    assert study.looked_at(made)[0].said[0].words == "B1 var der."
    study.vault.lock()


def test_what_was_settled_stands_beside_what_was_said(shared):
    made = shared.open_round("Første", ids(shared))
    for reviewer, stance in (("M1", "agree"), ("M2", "differ"), ("M3", "agree")):
        desk = begun(shared, made, reviewer)
        desk.answer(desk.items()[-1].item.id, stance, reading=OTHER, id=new_id())
    worth = shared.looked_at(made)[0]
    assert (worth.count("agree"), worth.count("differ"), worth.readings) == (2, 1, 2)
    (row,) = shared.table("reviews", "en").rows
    assert (row["read"], row["wonder"], row["settled"]) == ("2 of 3", 0, "")
    assert shared.stances()[worth.item.subject] == (2, 1, 0)
    shared.decide(worth.item.id, "both", reason="Begge har rett.", present=["M1", "M2"])
    settled = shared.looked_at(made)[0]
    assert (settled.decision.outcome, settled.decision.reason, settled.decision.present) == (
        "both", "Begge har rett.", ("M1", "M2"),
    )  # fmt: skip
    assert settled.count("differ") == 1


def test_withdrawal_takes_what_was_said_of_the_words_and_what_the_person_said(shared):
    made = shared.open_round("Første", ids(shared))
    desk = begun(shared, made)
    desk.answer(desk.items()[0].item.id, "wonder", words="Rart.", id=new_id())
    receipt = shared.withdraw("B1")
    assert receipt.removed["answers"] == 1
    assert desk.items() == []
    assert shared.looked_at(made) == []


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_order_of_answers_loses_no_word(shared, data):
    made = shared.open_round("Første", ids(shared), most=1)
    desks = [begun(shared, made, reviewer) for reviewer in ("M1", "M2")]
    item = desks[0].items()[0].item.id
    given_answers = []
    for _turn in range(data.draw(st.integers(1, 5))):
        desk = data.draw(st.sampled_from(desks))
        words = data.draw(st.sampled_from(["", "ja", "nei", "vet ikke 👍🏽"]))
        edit, stance = new_id(), data.draw(st.sampled_from(STANCES))
        desk.answer(item, stance, words=words, id=edit)
        given_answers.append((edit, desk.reviewer, stance, words))
    (looked,) = shared.looked_at(made)
    assert {(one.id, one.reviewer, one.stance, one.words) for one in looked.said} == set(given_answers)
    last = {reviewer: stance for _edit, reviewer, stance, _words in given_answers}
    assert {one.reviewer: one.stance for one in looked.standing} == last


def test_an_answer_speaks_to_what_the_researcher_held(shared):
    desk = begun(shared, shared.open_round("Første", ids(shared)))
    edit = new_id()
    desk.answer(desk.items()[0].item.id, "wonder", words="Er det alltid slik?", id=edit)
    held = shared.add_hypothesis("Tid er nok.", effect="promotes", determinant="systemic")
    link = shared.cite(held, edit)
    assert shared.cited(held) == [edit]
    assert shared.cite(held, edit) == link


def test_withdrawal_destroys_what_waits_of_the_person_too(shared):
    made = shared.open_round("Første", ids(shared))
    shared.add_informant("M1", "medforsker", given="anonymous")
    desk, edit = begun(shared, made), new_id()
    desk.answer(desk.items()[0].item.id, "wonder", id=edit)
    shared.vault.seal(f"inbox/{edit}-review", b"{}", writer="review-M1")
    shared.withdraw("M1")
    assert shared.vault.names("inbox") == []
    assert [one.said for one in shared.looked_at(made)] == [()] * len(ids(shared))


def test_a_link_leads_where_the_pages_are_served(shared):
    command, made = Command(shared.folder), shared.open_round("Første", ids(shared))
    alone = command("review", "invite", made, "M1")
    assert "start “workbench review serve”" in alone.stderr
    with serve_reviews(shared.folder) as address:
        served = command("review", "invite", made, "M1")
        assert served.stdout.startswith(f"{address}i/")
        assert "review serve" not in served.stderr
    assert "review serve" in command("review", "invite", made, "M1").stderr
