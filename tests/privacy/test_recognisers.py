import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.privacy import Entry, Register, find, screen

KARI = Entry("k", "Kari Anne Nordmann", ("Karianne",), "person", "U1")
PER = Entry("p", "Per Nordmann", (), "person", "N1")
LIV = Entry("l", "Liv Aas", (), "person", "K1")
JENS = Entry("j", "Jens Holt", (), "person", "J1")
PLACE = Entry("f", "Fjellvik kommune", ("Fjellvik",), "place", "[kommunen]")
REGISTER = Register([KARI, PER, LIV, JENS, PLACE])


def masked(text):
    return screen(text, REGISTER).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kari kom.", "U1 kom."),
        ("KARI kom.", "U1 kom."),
        ("kari kom.", "U1 kom."),
        ("Karis mor", "U1s mor"),
        ("Kari's mor", "U1s mor"),
        ("Jens' mor", "J1' mor"),
        ("Kari Anne Nordmann", "U1"),
        ("Kari Nordmann", "U1"),
        ("Kari\nNordmann kom", "U1 kom"),
        ("K. Nordmann", "U1"),
        ("Kari-saken", "U1-saken"),
        ("Karianne", "U1"),
        ("Nordmann sa", "[name] sa"),  # two people share it: whose it is can't be told, that it is a name can
        ("Nord-\nmanns hus", "[name]s hus"),
        ("i Fjellviks tjeneste", "i [kommunen]s tjeneste"),
        ("Fjellvik\nkommune", "[kommunen]"),
        ("Ka\u00adri kom", "U1 kom"),
        (unicodedata.normalize("NFD", "hos Liv Aas."), "hos K1."),
        ("Karin og Karius", "Karin og Karius"),
        ("livet er per i dag", "livet er per i dag"),
        ("hos Liv var det", "hos K1 var det"),
    ],
)
def test_names_in_their_forms(text, expected):
    assert masked(text) == expected


def test_a_name_that_is_a_word_too_is_put_to_a_person_at_the_start_of_a_sentence():
    (finding,) = find("Liv er godt.", REGISTER)
    assert (finding.status, finding.start, finding.end) == ("review", 0, 3)


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("fnr 018590 12345.", "national_id", "auto"),
        ("fnr 01859012345.", "national_id", "auto"),
        ("fnr 018590\u00a012345", "national_id", "auto"),
        ("cpr 010190-1234", "national_id", "auto"),
        ("cpr 990190-1234", "national_id", "review"),
        ("ring 68 05 12 34", "phone", "auto"),
        ("ring 680 51 234", "phone", "auto"),
        ("ring 68051234.", "phone", "auto"),
        ("ring +47 68 05 12 34", "phone", "auto"),
        ("ring +4568051234", "phone", "auto"),
        ("den 20130412 kom", "phone", "review"),
        ("skriv til kari.n@eksempel.test i dag", "email", "auto"),
        ("skriv til kåre@blåbær.test.", "email", "auto"),
    ],
)
def test_numbers_and_addresses_by_their_shape(text, type_, status):
    (finding,) = find(text, Register(()))
    assert (finding.type, finding.status) == (type_, status)


@pytest.mark.parametrize(
    "text",
    [
        "perioden 2012-2013",
        "10 000 000 kroner",
        "kl. 10.15 og 12.30",
        "12,5 og 14,25 prosent",
        "St.meld. nr. 47 (2008-2009)",
        "s. 12–19",
        "ISBN 978-82-8081-123-4",
        "01a20147-a3de-749d-a8ed-f54cdce8d7dc",
    ],
)
def test_ordinary_numbers_are_left_alone(text):
    assert [f for f in find(text, Register(())) if f.status == "auto"] == []


@given(
    st.lists(st.sampled_from(["Kari", "Nordmann", "Liv", " ", "\n", "s", "-", "68 05 12 34", "å", "👍🏽"])).map("".join)
)
@settings(max_examples=300)
def test_masks_tell_what_they_hide_and_what_is_left_is_clean(text):
    """A mask's raw span gives the edit back, spans do not overlap, and nothing certain is left to find."""
    screened = screen(text, REGISTER)
    rebuilt, at = [], 0
    for mask in screened.masks:
        assert screened.text[mask.start : mask.end] == mask.replacement
        assert mask.start >= at
        rebuilt.append(screened.text[at : mask.start] + text[mask.raw_start : mask.raw_end])
        at = mask.end
    assert "".join(rebuilt) + screened.text[at:] == text


@given(
    st.text(alphabet="abcdefghij \n", max_size=80),
    st.integers(0, 80),
    st.integers(0, 80),
)
def test_what_stands_outside_every_edit_is_carried_word_for_word(text, a, b):
    from workbench.privacy import Edit, Shift, apply_edits

    start, end = sorted((min(a, len(text)), min(b, len(text))))
    edits = [Edit(i, i + 2, "MASK") for i in range(0, max(0, len(text) - 2), 7) if not (i < end and start < i + 2)]
    shift = Shift(edits)
    after = apply_edits(text, edits)
    if start < end:
        assert after[shift.start(start) : shift.end(end)] == text[start:end]
