import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.material.differences import carried, differences

words = st.lists(st.sampled_from(["ja", "nei", " ", "\n", "samarbeid", ".", "👍🏽", "å"]), max_size=40)


@given(words, st.data())
@settings(max_examples=200)
def test_a_span_that_is_untouched_says_the_same_after(pieces, data):
    """Whatever is written before or after a passage, the passage is found again."""
    passage = "DETTE ER SITATET"
    before, after = "".join(pieces), "".join(data.draw(words))
    new_before, new_after = "".join(data.draw(words)), "".join(data.draw(words))
    old, new = f"{before}\n{passage}\n{after}", f"{new_before}\n{passage}\n{new_after}"
    start = old.index(passage)
    place = carried(differences(old, new), old, new, start, start + len(passage))
    assert place is not None
    assert new[slice(*place)] == passage


def test_a_corrected_word_inside_stays_inside():
    old, new = "Han sa at samarbiedet var bra.", "Han sa faktisk at samarbeidet var bra."
    shift = differences(old, new)
    start, end = old.index("samarbiedet var"), old.index(" bra")
    assert new[shift.start(start) : shift.end(end)] == "samarbeidet var"


def test_a_short_word_that_was_taken_out_is_not_found_somewhere_else():
    old, new = "Ja.\nHan kom aldri hjem.\n", "Nei.\nHan kom.\nDa sa hun: Ja.\n"
    start = old.index("aldri")
    assert carried(differences(old, new), old, new, start, start + 5) is None


@pytest.mark.parametrize(
    ("before", "passage", "after"),
    [
        ("opp og ned. Når ansvarsgruppa møtes, går det bra", "ansvarsgruppa møtes",
         "opp og ned; som regel når gruppa samles, går det bra"),
        ("Hun venter på svar fra kommunen.", "venter på svar", "Hun har lenge ikke ventet seg noe fra kommunen."),
        ("Det går bra.", "bra", "Det går dårlig."),
    ],
)  # fmt: skip
def test_words_that_took_the_place_of_others_are_not_the_passage(before, passage, after):
    start = before.index(passage)
    assert carried(differences(before, after), before, after, start, start + len(passage)) is None
