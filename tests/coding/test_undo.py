"""Undo takes back a person's own acts, one after the other, and refuses where somebody has gone on from them."""

import contextlib

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from workbench.errors import BadInput, NotFound, Overtaken
from workbench.study import Study

CLAIM = {"theme": "6", "effect": "fremmer", "determinant": "relasjonell"}


def picture(study):
    """Everything that undo is to bring back, made comparable: which version says a text does not matter."""
    return (
        [study.text(s.name) for s in study.sources()],
        [(c.id, c.quote, c.theme, c.code, c.effect, c.determinant, c.coder, c.speakers) for c in study.codings()],
        study.codebook(),
        study.statements(),
        study.memos(),
    )


def span(study, words, source="Intervju 1"):
    start = study.text(source).index(words)
    return source, start, start + len(words)


def test_undo_and_redo_of_each_kind_of_act(coded):
    first = coded.codings()[0]
    code = coded.codebook()[0]
    statement = coded.statements()[0]
    acts = [
        lambda: coded.code_passage(*span(coded, "At ingen har tid"), **CLAIM),
        lambda: coded.code_passage(*span(coded, "sier det samme"), in_vivo=True, **CLAIM),
        lambda: coded.change_coding(first.id, start=first.start + 4, effect="inhibits"),
        lambda: coded.change_coding(first.id, code_id=coded.codebook()[0].id),
        lambda: coded.remove_codings([first.id]),
        lambda: coded.add_code(theme="2", name="venting", definition="å vente"),
        lambda: coded.change_code(code.id, name="nytt navn", reason="klarere"),
        lambda: coded.change_code(code.id, theme="7"),
        lambda: coded.change_code(code.id, retired=True),
        lambda: coded.merge_codes(code.id, coded.codebook()[-1].id),
        lambda: coded.change_statement(statement.id, words="Andre ord", cell={"theme": "2"}),
        lambda: coded.remove_statement(statement.id),
        lambda: coded.support(statement.id, [coded.codings()[-1].id], counter=True),
        lambda: coded.write_memo(statement.id, "et notat"),
        lambda: coded.correct_passage(*span(coded, "Hva hemmer?"), "Hva er det som hemmer?"),
        lambda: coded.correct_passage(*span(coded, "Jeg synes det fungerer når de ringer meg."), "Nei."),
    ]
    for number, act in enumerate(acts):
        before = picture(coded)
        act()
        after = picture(coded)
        assert after != before, number
        assert coded.undo(), number
        assert picture(coded) == before, number
        assert coded.redo(), number
        assert picture(coded) == after, number
        coded.undo()
        assert picture(coded) == before, number
        assert coded.verify().ok, coded.verify().faults


def test_undo_goes_back_step_by_step_and_survives_reopening(coded):
    states = [picture(coded)]
    coded.code_passage(*span(coded, "At ingen har tid"), **CLAIM)
    states.append(picture(coded))
    coded.add_code(theme="2", name="venting")
    states.append(picture(coded))
    again = Study(coded.folder)
    assert again.undo()
    assert picture(again) == states[1]
    assert again.undo()
    assert picture(again) == states[0]
    assert again.redo()
    assert again.redo()
    assert picture(again) == states[2]
    assert again.redo() == []


def test_what_was_done_since_ends_redo(coded):
    coded.code_passage(*span(coded, "At ingen har tid"), **CLAIM)
    coded.undo()
    coded.add_code(theme="2", name="venting")
    assert coded.redo() == []


def test_what_belongs_together_is_undone_together(coded):
    before = picture(coded)
    memo = coded.write_memo(coded.codings()[0].id, "jeg", edit="e1")
    coded.write_memo(coded.codings()[0].id, "jeg lurer", memo=memo, edit="e1")
    coded.write_memo(coded.codings()[0].id, "jeg lurer på", memo=memo, edit="e1")
    assert [m.text for m in coded.memos()][-1] == "jeg lurer på"
    coded.undo()
    assert picture(coded) == before


def test_only_ones_own_acts_are_undone(coded):
    other = Study(coded.folder, actor="medforsker")
    other.code_passage(*span(coded, "At ingen har tid"), **CLAIM)
    coded.add_code(theme="2", name="venting")
    coded.undo()
    assert "venting" not in {c.name for c in coded.codebook()}
    assert [c.coder for c in coded.codings()].count("medforsker") == 1
    other.undo()
    assert [c.coder for c in coded.codings()].count("medforsker") == 0


def test_where_another_went_on_it_is_refused_and_nothing_changes(coded):
    code = coded.add_code(theme="2", name="venting")
    other = Study(coded.folder, actor="medforsker")
    other.code_passage(*span(coded, "At ingen har tid"), code=code, effect="hemmer", determinant="systemisk")
    before = picture(coded)
    with pytest.raises(Overtaken):
        coded.undo()
    assert picture(coded) == before
    theirs = other.code_passage(*span(coded, "sier det samme"), **CLAIM)
    coded.change_coding(theirs.id, effect="inhibits")
    with pytest.raises(Overtaken):
        other.undo()


def test_a_correction_by_another_does_not_stand_in_the_way_of_a_codings_undo(coded):
    made = coded.code_passage(*span(coded, "At ingen har tid"), **CLAIM)
    other = Study(coded.folder, actor="medforsker")
    other.correct_passage(*span(coded, "Hva hemmer?"), "Hva er det som hemmer samarbeidet?")
    assert [c.quote for c in coded.codings() if c.id == made.id] == ["At ingen har tid"]
    coded.undo()
    assert made.id not in {c.id for c in coded.codings()}


def test_a_correction_that_was_coded_since_is_not_undone(coded):
    coded.correct_passage(*span(coded, "Hva hemmer?"), "Hva er det som hemmer samarbeidet?")
    other = Study(coded.folder, actor="medforsker")
    other.code_passage(*span(coded, "som hemmer samarbeidet"), **CLAIM)
    with pytest.raises(Overtaken, match="coded since"):
        coded.undo()


def test_a_coding_placed_by_hand_goes_back_to_wait_and_undo_goes_on(coded):
    made = coded.code_passage(*span(coded, "At ingen har tid"), **CLAIM)
    states = [picture(coded)]
    coded.correct_passage(*span(coded, "At ingen har tid"), "Nei")
    states.append(picture(coded))
    (waiting,) = [one for one in coded.unplaced_codings("Intervju 1") if one.id == made.id]
    there = coded.beside(waiting)
    assert there.before[there.start : there.end] == waiting.quote == "At ingen har tid"
    assert coded.text("Intervju 1")[there.at : there.at + len(there.now)] == there.now
    assert "Nei" in there.now
    start = coded.text("Intervju 1").index("Nei")
    coded.change_coding(made.id, start=start, end=start + 3, text_id=coded.source("Intervju 1").text_id)
    for before in reversed(states):
        assert coded.undo()
        assert picture(coded) == before
    assert coded.redo()
    assert made.id in {one.id for one in coded.unplaced_codings("Intervju 1")}
    assert coded.redo()
    assert [one.quote for one in coded.codings() if one.id == made.id] == ["Nei"]


def test_a_coding_removed_before_a_withdrawal_brings_back_no_words(coded):
    made = coded.code_passage(*span(coded, "At ingen har tid"), **CLAIM)
    coded.remove_codings([made.id])
    coded.withdraw("B1")
    with contextlib.suppress(Overtaken):
        coded.undo()
    assert made.id not in {c.id for c in coded.codings()}
    assert all("ingen har tid" not in c.quote for c in coded.codings())


def test_undo_brings_back_no_masked_word(coded, write):
    coded.add_code(theme="2", name="Testvik-koden", definition="slik Testvik gjør")
    coded.change_code(coded.codebook()[-1].id, name="annet", reason="Testvik ble nevnt")
    coded.learn_names(write("n.csv", "name,replacement\nTestvik,[sted]\n"))
    coded.undo()
    told = repr((coded.codebook(), coded.code_history(coded.codebook()[-1].id)))
    assert "Testvik" not in told
    assert "[sted]" in told


def test_masks_stay_whatever_is_undone(coded, write):
    coding = coded.code_passage(*span(coded, "Jeg synes det fungerer når de ringer meg"), **CLAIM)
    coded.change_coding(coding.id, effect="inhibits")
    coded.learn_names(write("n.csv", "name,replacement\nJeg synes,[noe langt og nytt]\n"))
    coded.undo()
    (now,) = [c for c in coded.codings() if c.id == coding.id]
    assert (now.effect, now.quote) == ("promotes", "[noe langt og nytt] det fungerer når de ringer meg")
    assert coded.text("Intervju 1")[now.start : now.end] == now.quote


def test_withdrawal_leaves_undo_nothing(coded):
    made = coded.code_passage(*span(coded, "At ingen har tid"), **CLAIM)
    coded.withdraw("B1")
    while True:
        try:
            if not coded.undo():
                break
        except Overtaken:
            break
    assert made.id not in {c.id for c in coded.codings()}
    assert "ingen har tid" not in coded.text("Intervju 1")


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 10**9)])
def test_an_empty_or_impossible_selection_is_refused(coded, start, end):
    with pytest.raises(BadInput, match="Select some words"):
        coded.code_passage("Intervju 1", start, end, **CLAIM)


def test_a_code_removed_meanwhile_is_said(coded):
    gone, kept = coded.codebook()[:2]
    Study(coded.folder, actor="medforsker").merge_codes(gone.id, kept.id)
    with pytest.raises(NotFound, match="somebody has removed it"):
        coded.code_passage(*span(coded, "At ingen har tid"), code=gone.id, effect="hemmer", determinant="systemisk")


class OnePersonsActs(RuleBasedStateMachine):
    """Whatever one person does, undoing all of it is the beginning again, and redoing all of it the end."""

    folder = None

    def __init__(self):
        super().__init__()
        self.study = Study(self.folder)
        self.start = self.now()
        self.stack = []

    def now(self):
        return picture(self.study)

    def done(self, before):
        if self.now() != before:
            self.stack.append(before)

    @rule(at=st.integers(0, 120), length=st.integers(1, 40), effect=st.sampled_from(["promotes", "inhibits"]))
    def code(self, at, length, effect):
        before = self.now()
        try:
            self.study.code_passage("Intervju 1", at, at + length, theme="2", effect=effect, determinant="systemic")
        except BadInput:
            return
        self.done(before)

    @rule(which=st.integers(0, 50), by=st.integers(-5, 5))
    def adjust(self, which, by):
        before = self.now()
        mine = self.study.codings()
        chosen = mine[which % len(mine)] if mine else None
        if chosen and 0 <= chosen.start + by < chosen.end:
            try:
                self.study.change_coding(chosen.id, start=chosen.start + by)
            except (BadInput, Overtaken):
                return
            self.done(before)

    @rule(which=st.integers(0, 50))
    def remove(self, which):
        before = self.now()
        if mine := self.study.codings():
            self.study.remove_codings([mine[which % len(mine)].id])
            self.done(before)

    @rule(name=st.sampled_from(["a", "b", "c", "d"]))
    def make_code(self, name):
        before = self.now()
        try:
            self.study.add_code(theme="2", name=name)
        except BadInput:
            return
        self.done(before)

    @rule(which=st.integers(0, 9), into=st.integers(0, 9))
    def merge(self, which, into):
        before = self.now()
        codes = self.study.codebook()
        if len(codes) > 1 and codes[which % len(codes)] != codes[into % len(codes)]:
            self.study.merge_codes(codes[which % len(codes)].id, codes[into % len(codes)].id)
            self.done(before)

    @rule(at=st.integers(0, 100), length=st.integers(1, 20), words=st.sampled_from(["", "og ", "et helt nytt ord "]))
    def correct(self, at, length, words):
        before = self.now()
        try:
            self.study.correct_passage("Intervju 1", at, at + length, words)
        except BadInput:
            return
        self.done(before)

    @rule()
    def undo(self):
        if self.stack:
            assert self.study.undo()
            assert self.now() == self.stack.pop()

    @invariant()
    def codings_stand_where_they_say(self):
        assert self.study.verify().ok

    def teardown(self):
        for before in reversed(self.stack):
            assert self.study.undo()
            assert self.now() == before
        assert self.now() == self.start


def test_undo_of_do_is_nothing(coded):
    machine = type("Machine", (OnePersonsActs,), {"folder": coded.folder})
    machine.TestCase.settings = settings(
        max_examples=12, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
    )
    machine.TestCase().runTest()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_correction_never_moves_a_coding_onto_other_words(coded, data):
    text = coded.text("Intervju 1")
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, min(len(text), start + 60)))
    words = data.draw(st.text(st.sampled_from("aæø 👍e\n."), max_size=30))
    before = {c.id: c.quote for c in coded.codings()}
    untouched = {c.id for c in coded.codings() if c.end <= start or c.start >= end}
    try:
        coded.correct_passage("Intervju 1", start, end, words)
    except BadInput:
        return
    newest = coded.source("Intervju 1").text_id
    if coded.text("Intervju 1") == text:
        return  # the same words once more: there is nothing to undo
    for coding in coded.codings():
        if coding.id in untouched:
            assert (coding.quote, coding.text_id) == (before[coding.id], newest)
    assert coded.verify().ok
    coded.undo()
    assert {c.id: c.quote for c in coded.codings()} == before
