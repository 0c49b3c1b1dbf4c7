"""Independent coding: co-researchers code the same texts by themselves, and it is laid beside the study's codings."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.review.sealing import answers_file, opened
from workbench.errors import BadInput, NotFound, Refused
from workbench.store import new_id
from workbench.study.coding_desk import CodingDesk
from workbench.study.desk import desk_of
from workbench.study.seat import bind
from workbench.widgets.review.package import packed

CLAIM = {"effect": "hemmer", "determinant": "organisatorisk", "theme": "3"}


@pytest.fixture
def shared(coded):
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    return coded


@pytest.fixture
def made(shared):
    return shared.open_round("Kode selv", sources=["Intervju 1"], kind="independent")


def begun(study, round_id, reviewer="M1"):
    desk = desk_of(study, bind(study, study.invite(round_id, reviewer)))
    assert isinstance(desk, CodingDesk)
    return desk


def place(desk, words):
    (source,) = desk.sources()
    shown = desk.read(source.id)
    start = shown.text.index(words)
    return (source.id, start, start + len(words), shown.text_id)


def code(desk, words, **claim):
    (one,) = desk.code([place(desk, words)], edit=new_id(), **CLAIM | claim)
    return one


def quotes(desk):
    text = desk.read(desk.sources()[0].id).text
    return [text[one.start : one.end] for one in desk.own_codings()]


def test_nobody_else_s_codings_are_at_the_desk_and_a_coder_s_are_not_the_study_s(shared, made):
    before = shared.codings()
    one, other = begun(shared, made), begun(shared, made, "M2")
    assert one.own_codings() == []
    code(one, "ingen har tid")
    assert quotes(one) == ["ingen har tid"]
    assert other.own_codings() == []
    assert shared.codings() == before
    assert shared.store.changes()[-1].actor == "M1"


def test_a_coding_is_changed_removed_undone_and_done_again_by_its_coder_alone(shared, made):
    one, other = begun(shared, made), begun(shared, made, "M2")
    mine = code(one, "ingen har tid")
    one.change(mine.id, effect="fremmer", start=mine.start - 3, edit=new_id())
    assert quotes(one) == ["At ingen har tid"]
    assert other.undo() == []
    with pytest.raises(NotFound):
        other.remove([mine.id], edit=new_id())
    one.remove([mine.id], edit=new_id())
    assert one.own_codings() == []
    one.undo()
    assert [coding.effect for coding in one.own_codings()] == ["promotes"]
    one.undo()
    assert quotes(one) == ["ingen har tid"]
    one.redo()
    assert quotes(one) == ["At ingen har tid"]
    one.undo()
    one.undo()
    assert one.own_codings() == []
    assert one.undo() == []


def test_what_is_sent_again_is_done_once(shared, made):
    desk, edit = begun(shared, made), new_id()
    desk.code([place(desk, "ingen har tid")], edit=edit, **CLAIM)
    assert desk.was_done(edit)
    assert not desk.was_done(new_id())


def test_withheld_words_are_blanks_and_can_t_be_coded(shared, write):
    shared.add_informant("B2", "bruker", recruitment="oppslag", given="anonymous")
    shared.import_files(
        [write("to.txt", "Kari: Det jeg sier er åpent 👍🏽.\nPer: Det jeg sier er lukket.\nKari: Igjen åpent.\n")],
        "interview", name="To stemmer", speakers={"Kari": "B1", "Per": "B2"},
    )  # fmt: skip
    desk = begun(shared, shared.open_round("", sources=["To stemmer"], kind="independent"))
    (source,) = desk.sources()
    shown = desk.read(source.id)
    assert "lukket" not in repr(shown)
    assert len(shown.text) == len(shared.read("To stemmer").text)
    assert quotes(desk) == []
    code(desk, "åpent 👍🏽")
    assert quotes(desk) == ["åpent 👍🏽"]
    hidden = next(row.start for row in shown.rows if row.start == row.end)
    for start, end in ((hidden, hidden + 5), (hidden - 12, hidden + 40), (0, len(shown.text))):
        with pytest.raises(BadInput):
            desk.code([(source.id, start, end, shown.text_id)], edit=new_id(), **CLAIM)
    assert len(desk.own_codings()) == 1


def test_a_code_named_after_words_that_may_not_be_read_is_not_in_the_codebook(shared, write):
    shared.add_informant("B2", "bruker", recruitment="oppslag", given="anonymous")
    shared.import_files([write("en.txt", "Per: De kaster meg ut.\n")], "interview", name="Lukket", informants=["B2"])
    text = shared.read("Lukket").text
    start = text.index("De kaster")
    shared.code_passage(
        "Lukket", start, start + 17, theme="1", effect="hemmer", determinant="systemisk", in_vivo=True
    )  # fmt: skip
    shared.add_code(theme="1", name="ny kode uten steder")
    desk = begun(shared, shared.open_round("", sources=["Intervju 1"], kind="independent"))
    names = {one.name for one in desk.codes()}
    assert "De kaster meg ut" not in str(names)
    assert {"tidsnød", "ny kode uten steder"} <= names


def test_other_sources_and_what_nobody_may_read_are_refused(shared, write, made):
    shared.import_files([write("notat.txt", "Alle ventet lenge den dagen.")], "observation", name="Notat")
    desk = begun(shared, made)
    other = shared.source("Notat").id
    for act in (
        lambda: desk.read(other),
        lambda: desk.code([(other, 0, 5, shared.source("Notat").text_id)], edit=new_id(), **CLAIM),
        lambda: desk.say(other, "read", id=new_id()),
    ):
        with pytest.raises(NotFound):
            act()
    (source,) = desk.sources()
    with pytest.raises(BadInput):
        desk.code([(source.id, 0, 5, shared.source("Notat").text_id)], edit=new_id(), **CLAIM)
    shared.set_consent("B1", "anonymous", ["interview", "quotes"])
    with pytest.raises(BadInput, match="scope co_researchers"):
        shared.open_round("", sources=["Intervju 1"], kind="independent")


def test_who_takes_the_scope_back_is_read_no_more_from_that_moment(shared, made):
    desk = begun(shared, made)
    (source,) = desk.sources()
    code(desk, "ingen har tid")
    shared.set_consent("B1", "anonymous", ["interview", "quotes"])
    assert desk.sources() == []
    assert desk.own_codings() == []
    with pytest.raises(NotFound):
        desk.read(source.id)


def test_what_somebody_knows_or_can_not_bear_is_taken_away_and_done_is_said(shared, made):
    one, other = begun(shared, made), begun(shared, made, "M2")
    (source,) = one.sources()
    one.say(source.id, "read", id=new_id())
    assert one.sources()[0].done
    one.say(source.id, "wonder", words="Hvem er det som ringer?", id=new_id())
    one.say(source.id, "known", id=new_id())
    assert one.sources() == []
    assert not other.sources()[0].done
    assert [said.stance for looked in shared.looked_at(made) for said in looked.said] == ["read", "wonder", "known"]
    assert "Hvem er det som ringer?" in {memo.text for memo in shared.memos()}


def test_a_round_is_over_sources_and_for_others_than_the_researcher(shared, made):
    with pytest.raises(BadInput, match="over sources"):
        shared.open_round("", kind="independent")
    with pytest.raises(BadInput, match="is you"):
        shared.invite(made, "researcher")
    desk = begun(shared, made)
    shared.close_round(made)
    with pytest.raises(Refused):
        code(desk, "ingen har tid")
    assert shared.round(made).blind


def test_corrections_and_masks_carry_codings_along(shared, made):
    desk = begun(shared, made)
    code(desk, "ingen har tid")
    shared.mask_word("synes", "[mener]")
    assert quotes(desk) == ["ingen har tid"]
    start = shared.read("Intervju 1").text.index("Hva hemmer?")
    shared.correct_passage("Intervju 1", start, start + 11, "Hva er det som hemmer?")
    assert quotes(desk) == ["ingen har tid"]
    desk.undo()
    desk.redo()
    assert quotes(desk) == ["ingen har tid"]


def test_withdrawal_takes_codings_of_the_words_along(shared, write):
    text = "Kari: Det er mitt.\nPer: Det er hans.\n"
    shared.add_informant("B2", "bruker", recruitment="oppslag", given="anonymous")
    shared.set_consent("B2", "anonymous", ["interview", "quotes", "co_researchers"])
    shared.import_files([write("to.txt", text)], "interview", name="To", speakers={"Kari": "B1", "Per": "B2"})
    desk = begun(shared, shared.open_round("", sources=["To"], kind="independent"))
    code(desk, "Det er mitt")
    code(desk, "Det er hans")
    shared.withdraw("B1")
    assert quotes(desk) == ["Det er hans"]


def test_agreement_is_over_what_was_shown(shared, made):
    one, other = begun(shared, made), begun(shared, made, "M2")
    for desk in (one, other):
        code(desk, "ingen har tid", theme="ressurser")
    code(one, "fungerer når de ringer", theme="3")
    found = dict(shared.agreement("theme", made))
    rows = desk.read(desk.sources()[0].id).rows
    third = shared.framework.theme("3").id
    assert found[third].units == sum(row.end - row.start for row in rows)
    assert found[third].coders == ("M1", "M2", "researcher")
    resources = shared.framework.theme("ressurser").id
    assert found[resources].alpha > 0.5
    assert found[third].alpha < 0.1


def test_readings_lie_side_by_side_and_one_is_taken_up_once(shared, made):
    desk = begun(shared, made)
    mine = code(desk, "ingen har tid. Telefonen")
    first, *_others = shared.side_by_side(made)
    assert {one.coder for one in first.codings} == {"M1", "researcher"}
    assert first.readings == 2
    taken = shared.take_up(mine.id)
    (there,) = shared.codings(id=[taken])
    assert (there.coder, there.quote, there.effect) == ("M1", "ingen har tid. Telefonen", "inhibits")
    with pytest.raises(BadInput, match="already"):
        shared.take_up(mine.id)


def test_who_coded_counts_as_having_taken_part(shared, made):
    code(begun(shared, made, "M7"), "ingen har tid")
    (row,) = [row for row in shared.table("co-researchers").rows if row["code"] == "M7"]
    assert row["coded"] == 1


def changed(content, words, *, coding=None, at=10, **state):
    """A change as the page in a file keeps it; `words` None takes the coding away."""
    (source,) = content["sources"]
    text = content["shown"][source["id"]]
    claim = {
        "effect": "inhibits",
        "determinant": "organisational",
        "theme": content["themes"][2]["id"],
        "code_id": None,
    }
    made = words and {"words": words, "start": text["text"].index(words), "text_id": text["textId"], **claim, **state}
    return {"id": new_id(), "source": source["id"], "coding": coding or new_id(), "state": made,
            "at": f"2026-11-26T10:00:{at}Z"}  # fmt: skip


def test_a_file_shows_what_the_page_shows_and_its_codings_are_taken_once(shared, made):
    page, passphrase = packed(shared, made, "M1")
    content = opened(page, passphrase)
    assert "ingen har tid" in json.dumps(content, ensure_ascii=False)
    assert all(one.id not in json.dumps(content) for one in shared.codings())
    (source,) = content["sources"]
    answers = [
        changed(content, "ingen har tid"),
        {
            "id": new_id(),
            "source": source["id"],
            "stance": "wonder",
            "words": "Hvem ringer?",
            "at": "2026-11-26T10:01:00Z",
        },
    ]
    file = answers_file(page, passphrase, answers)
    assert shared.merge_answers(file).new == 2
    taken = shared.merge_answers(file)
    assert (taken.new, taken.known, taken.gone) == (0, 2, 0)
    assert quotes(shared.desk(shared.new_desk(made, "M1").invitation.id)) == ["ingen har tid"]
    assert "Hvem ringer?" in {memo.text for memo in shared.memos()}


def test_codings_of_a_file_find_their_words_after_masks_and_corrections(shared, made):
    page, passphrase = packed(shared, made, "M1")
    content = opened(page, passphrase)
    answers = [changed(content, "ingen har tid"), changed(content, "ringer meg")]
    shared.mask_word("synes", "[sier at hun mener]")
    start = shared.read("Intervju 1").text.index("ringer meg")
    shared.correct_passage("Intervju 1", start, start + 10, "ringte henne")
    taken = shared.merge_answers(answers_file(page, passphrase, answers))
    assert (taken.new, taken.gone) == (1, 1)
    assert quotes(shared.new_desk(made, "M1")) == ["ingen har tid"]


def test_a_file_can_t_change_what_is_another_s_nor_code_what_it_was_not_shown(shared, made):
    theirs = code(begun(shared, made, "M2"), "ingen har tid")
    page, passphrase = packed(shared, made, "M1")
    content = opened(page, passphrase)
    foreign = [
        changed(content, None, coding=theirs.id),
        changed(content, "ingen har tid", coding=theirs.id, effect="promotes"),
    ]
    shared.merge_answers(answers_file(page, passphrase, foreign))
    assert [(one.coder, one.effect) for one in shared.side_by_side(made)[-1].codings if one.id == theirs.id] in (
        [("M2", "inhibits")], []
    )  # fmt: skip
    assert [one.effect for one in shared.new_desk(made, "M2").own_codings()] == ["inhibits"]
    broken = [{**changed(content, "ingen har tid"), "source": "nowhere"}, {"id": "../x", "source": "", "at": ""}]
    with pytest.raises(BadInput, match="can't be read"):
        shared.merge_answers(answers_file(page, passphrase, broken))
    assert shared.new_desk(made, "M1").own_codings() == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_in_whatever_order_files_come_the_same_is_coded(shared, made, data):
    places = ["ingen har tid", "ringer meg", "fungerer når"]
    steps = data.draw(
        st.lists(st.tuples(st.integers(0, 2), st.sampled_from([*places, None]), st.booleans()), min_size=1, max_size=8)
    )
    ends, order = [], data.draw(st.permutations(range(4)))
    for shuffled in (range(4), order):
        who = f"M{new_id()}"
        page, passphrase = packed(shared, made, who)
        content, codings = opened(page, passphrase), [new_id() for _ in range(3)]
        changes, there = [], set()
        for n, (which, words, promotes) in enumerate(steps):
            if words is None and which not in there:
                continue
            there.add(which)
            effect = "promotes" if promotes else "inhibits"
            changes.append((which, changed(content, words, coding=codings[which], at=10 + n, effect=effect)))
        whole = [one for _which, one in changes]
        files = [whole[: len(whole) // 2], whole, whole[:1], [*whole[:1], *whole[len(whole) // 2 :]]]
        for n in shuffled:
            shared.merge_answers(answers_file(page, passphrase, files[n]))
        desk = shared.new_desk(made, who)
        ends.append(sorted((quote, one.effect) for quote, one in zip(quotes(desk), desk.own_codings(), strict=True)))
    assert ends[0] == ends[1]
