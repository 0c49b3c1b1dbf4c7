"""Rounds that travel as files: what they hold, and answers that come back any number of times, whole or not at all."""

import json
import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Command
from tests.review.sealing import answers_file, opened
from tests.review.test_rounds import OTHER, begun, ids
from workbench.errors import BadInput, NotFound
from workbench.review import STANCES
from workbench.store import new_id
from workbench.study import Study
from workbench.widgets.review.package import packed


@pytest.fixture
def shared(coded):
    """The coded interview, whose informant lets co-researchers read."""
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    return coded


@pytest.fixture
def made(shared):
    return shared.open_round("Første", ids(shared))


def answered(item, stance="agree", **values):
    return {"id": new_id(), "item": item, "stance": stance, "words": "", "at": "2026-11-25T10:00:00Z", **values}


def test_the_file_holds_nothing_in_clear_and_opens_by_its_passphrase(shared, made):
    page, passphrase = packed(shared, made, "M1")
    assert re.fullmatch(r"([2-9a-z]{5}-){3}[2-9a-z]{5}", passphrase)
    for word in ("fungerer", "Første", "Kari", passphrase):
        assert word not in page.decode()
    content = opened(page, passphrase.upper().replace("-", " "))
    assert "fungerer" in json.dumps(content, ensure_ascii=False)
    assert "Kari" not in json.dumps(content, ensure_ascii=False)


def test_answers_are_taken_once_however_often_they_come(shared, made):
    page, passphrase = packed(shared, made, "M1")
    (first, *_rest) = opened(page, passphrase)["items"]
    line = next(line for line in first["passages"][0]["lines"] if line[2])
    marked = {"start": line[1], "words": line[2][:9]}
    mine = [
        answered(first["id"], "differ", reading=OTHER, marked=marked, words="Slik var det også for Kari Testesen."),
        answered(first["id"], "agree"),
    ]
    file = answers_file(page, passphrase, mine)
    assert shared.merge_answers(file).new == 2
    taken = shared.merge_answers(file)
    assert (taken.reviewer, taken.new, taken.known, taken.gone) == ("M1", 0, 2, 0)
    (differ, agree) = next(one for one in shared.looked_at(made) if one.item.id == first["id"]).said
    assert (differ.reading["effect"], differ.words) == ("promotes", "Slik var det også for B1.")
    assert shared.passage_words(differ.text_id, differ.start, differ.end) == marked["words"]
    assert agree.stance == "agree"


def test_in_a_blind_round_all_answers_of_the_first_file_were_given_unseen_and_the_second_shows(shared):
    made = shared.open_round("Blindt", ids(shared), blind=True)
    page, passphrase = packed(shared, made, "M1")
    first = opened(page, passphrase)["items"][0]
    assert first["reading"] == ""
    twice = [answered(first["id"], "differ", reading=OTHER), answered(first["id"], "wonder", words="Eller?")]
    shared.merge_answers(answers_file(page, passphrase, twice))
    said = next(one for one in shared.looked_at(made) if one.item.id == first["id"]).said
    assert [one.seen for one in said] == [None, None]
    second, phrase = packed(shared, made, "M1")
    seen = next(one for one in opened(second, phrase)["items"] if one["id"] == first["id"])
    assert seen["reading"]
    assert [one["stance"] for one in seen["answers"]] == ["differ", "wonder"]
    late = answers_file(page, passphrase, [*twice, answered(first["id"], "agree")])
    assert shared.merge_answers(late).new == 1, "the first file is good still"


@pytest.mark.parametrize("part", ["forRound", "forWriter", "answers", "package"])
def test_a_changed_byte_is_found_and_nothing_is_taken(shared, made, part):
    page, passphrase = packed(shared, made, "M1")
    item = opened(page, passphrase)["items"][0]["id"]
    file = json.loads(answers_file(page, passphrase, [answered(item)]))
    letters = list(file[part])
    letters[8] = "A" if letters[8] != "A" else "B"
    file[part] = "".join(letters)
    with pytest.raises((BadInput, NotFound)):
        shared.merge_answers(json.dumps(file).encode())
    assert not any(one.said for one in shared.looked_at(made))


def test_answers_sealed_by_another_passphrase_are_a_strangers(shared, made):
    page, passphrase = packed(shared, made, "M1")
    item = opened(page, passphrase)["items"][0]["id"]
    with pytest.raises(BadInput, match="another passphrase"):
        shared.merge_answers(answers_file(page, "feil-feil-feil", [answered(item)]))


def test_answers_to_another_study_or_of_somebody_whose_place_ended_are_refused(shared, made, tmp_path):
    page, passphrase = packed(shared, made, "M1")
    item = opened(page, passphrase)["items"][0]["id"]
    file = answers_file(page, passphrase, [answered(item)])
    other = Study.create(tmp_path / "other", title="Annen", vault=tmp_path / "other-vault", passphrase=None)
    with pytest.raises(NotFound, match="no round of this study"):
        other.merge_answers(file)
    with pytest.raises(BadInput, match="no file of answers"):
        shared.merge_answers(b"{}")
    shared.withdraw_invitation(made, "M1")
    with pytest.raises(NotFound, match="withdrawn"):
        shared.merge_answers(file)


def test_what_was_withdrawn_meanwhile_is_gone_and_what_was_masked_keeps_its_marks(shared, made):
    page, passphrase = packed(shared, made, "M1")
    items = opened(page, passphrase)["items"]
    lines = [line for one in items for line in one["passages"][0]["lines"] if line[2] and "fungerer" in line[2]]
    at = lines[0][2].index("ringer")
    marked = {"start": lines[0][1] + at, "words": "ringer"}
    shared.mask_word("fungerer", "[x]")
    shared.merge_answers(answers_file(page, passphrase, [answered(items[0]["id"], "differ", marked=marked)]))
    (said,) = next(one for one in shared.looked_at(made) if one.item.id == items[0]["id"]).said
    assert shared.passage_words(said.text_id, said.start, said.end) == "ringer"
    gone = {**marked, "words": "fungerer"}
    shared.merge_answers(answers_file(page, passphrase, [answered(items[0]["id"], "differ", marked=gone, words="Se:")]))
    said = next(one for one in shared.looked_at(made) if one.item.id == items[0]["id"]).said[-1]
    assert (said.start, said.words) == (None, "Se:\n\n«[x]»")
    shared.withdraw("B1")
    taken = shared.merge_answers(answers_file(page, passphrase, [answered(items[1]["id"])]))
    assert (taken.new, taken.gone) == (0, 1)


def test_a_file_that_comes_after_the_round_was_closed_is_not_lost(shared, made):
    page, passphrase = packed(shared, made, "M1")
    shared.close_round(made)
    item = opened(page, passphrase)["items"][0]["id"]
    assert shared.merge_answers(answers_file(page, passphrase, [answered(item)])).new == 1


def test_a_newer_link_ends_no_file_and_withdrawing_ends_both(shared, made):
    page, passphrase = packed(shared, made, "M1")
    item = opened(page, passphrase)["items"][0]["id"]
    shared.invite(made, "M1")
    assert shared.merge_answers(answers_file(page, passphrase, [answered(item)])).new == 1
    assert shared.withdraw_invitation(made, "M1") == 2
    with pytest.raises(NotFound, match="withdrawn"):
        shared.merge_answers(answers_file(page, passphrase, [answered(item)]))


def test_a_stranger_clock_neither_reaches_ahead_nor_before_the_file(shared, made):
    page, passphrase = packed(shared, made, "M1")
    item = opened(page, passphrase)["items"][0]["id"]
    times = ["1999-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "søndag"]
    shared.merge_answers(answers_file(page, passphrase, [answered(item, at=at) for at in times]))
    said = next(one for one in shared.looked_at(made) if one.item.id == item).said
    assert len({one.created[:10] for one in said}) == 1


def test_an_answer_that_nobody_can_read_does_not_keep_the_others_out(shared, made):
    page, passphrase = packed(shared, made, "M1")
    item = opened(page, passphrase)["items"][0]["id"]
    unknown = answered(item, "differ", reading={"theme": "99", "effect": "hemmer", "determinant": "systemisk"})
    strange = [unknown, {"id": "../../x", "item": item, "stance": "agree", "words": "", "at": ""}, {"id": new_id()}, 7]
    with pytest.raises(BadInput, match="others were taken"):
        shared.merge_answers(answers_file(page, passphrase, [*strange, answered(item)]))
    assert len(next(one for one in shared.looked_at(made) if one.item.id == item).said) == 1


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), stances=st.lists(st.sampled_from(STANCES), min_size=1, max_size=4))
def test_any_interleaving_of_answers_files_and_merges_comes_to_the_same(shared, seed, stances):
    """Answers given at the page and in files, merged in any order and often: nothing doubles or is lost."""
    made = shared.open_round("Runde", ids(shared), most=1)
    desk = begun(shared, made, "M2")
    page, passphrase = packed(shared, made, "M1")
    item = desk.items()[0].item.id
    mine = [answered(item, stance, words=f"ord {n}", at=f"2026-11-25T10:00:0{n}Z") for n, stance in enumerate(stances)]
    files = [answers_file(page, passphrase, mine[: n + 1]) for n in range(len(mine))]
    acts = [*files, *files, *stances]
    random.Random(seed).shuffle(acts)
    for act in acts:
        if isinstance(act, bytes):
            shared.merge_answers(act)
        else:
            desk.answer(item, act, words=f"fra siden {act}", id=new_id())
    (looked,) = shared.looked_at(made)
    by = {who: [(one.stance, one.words) for one in looked.said if one.reviewer == who] for who in ("M1", "M2")}
    assert sorted(by["M1"]) == sorted((stance, f"ord {n}") for n, stance in enumerate(stances))
    assert len(by["M2"]) == len(stances)
    assert {one.reviewer for one in looked.standing} == {"M1", "M2"}


def test_by_the_command_line(command, shared, made, tmp_path):
    inside = Command(shared.folder, **command.environment)
    given = inside.json("review", "package", made, "M1", "--to", tmp_path / "sammen.html")
    page = (tmp_path / "sammen.html").read_bytes()
    item = opened(page, given["passphrase"])["items"][0]["id"]
    (tmp_path / "svar.medforsk").write_bytes(answers_file(page, given["passphrase"], [answered(item)]))
    (tmp_path / "tull.medforsk").write_text("tull")
    told = inside("review", "merge", tmp_path / "tull.medforsk", tmp_path / "svar.medforsk", "--json")
    assert told.returncode == 1, "done in part"
    assert "tull.medforsk: This is no file of answers." in told.stderr
    assert [one.get("new", one.get("refused")) for one in json.loads(told.stdout)] == [1, "This is no file of answers."]
    assert inside("review", "merge", tmp_path / "tull.medforsk").returncode == 2
