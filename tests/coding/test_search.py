"""Search: stems, the index, queries, words in context, counts and neighbours."""

import sqlite3
import unicodedata
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.coding import search
from workbench.coding.search import records
from workbench.coding.search.words import beginnings, fold, is_stop_word, spell, tokens
from workbench.material import records as material
from workbench.material import rewrite
from workbench.privacy import Edit
from workbench.store import new_id

LANGUAGES = ["nb", "da", "en"]
# Letters that fold, combine, or lie outside the first plane; hyphens, emoji; what a query gives a meaning.
NORDIC = st.text("aeoåæøAEOÅÆØbdklmnrst\u030a\u0301 -\n", max_size=40)
PIECES = ['"', "*", "-", "OR", "AND", "NOT", "NEAR(", ")", "^", ":", "words", "tid", "har tid", "no*", "-ti*", "\0"]
QUERY = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES)).map(" ".join))
languages = st.sampled_from(LANGUAGES)

# The stemmers take half a second to import, whichever example comes first; a fixture's study serves every example.
unhurried = settings(deadline=None)
sharing = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def add(study, name, *turns, language="nb", split=True):
    """Add a source that says these turns, or where not `split`, their words as paragraphs; returns the text's id."""
    text, rows = "", []
    for number, words in enumerate(turns, start=1):
        rows.append(material.StoredTurn(number, len(text), len(text) + len(words), None, None))
        text += words + "\n\n"
    with study.store.act("test") as act:
        source = material.add_source(act.connection, name, "interview", name, None)
        text_id = material.add_text(act.connection, source, text, {})
        material.add_turns(act.connection, text_id, rows if split else [])
        search.refresh(act.connection, language)
    return text_id


def said(study, query, language="nb", **options):
    """Return the words of the turns that were found, and of their hits."""
    with study.store.read() as connection:
        found = search.find(connection, query, language, **options)
        texts = {p.text_id: material.text_of(connection, p.text_id) for p in found}
    return [
        (texts[p.text_id][p.start : p.end].strip(), [texts[p.text_id][slice(*hit)] for hit in p.hits]) for p in found
    ]


def turns_found(study, query, language="nb"):
    return [turn for turn, _hits in said(study, query, language)]


# Words


@unhurried
@given(st.text())
def test_a_word_stands_where_it_says_and_words_do_not_overlap(text):
    found = tokens(text)
    assert all(text[token.start : token.end] == token.word for token in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    outside = set(range(len(text))).difference(*(range(t.start, t.end) for t in found))
    assert not any(text[place].isalnum() for place in outside)


def test_words_keep_their_marks_and_part_at_hyphens_and_emoji():
    text = "På A\u030as-siden 👩‍👩‍👧er ❤️ «e\u0301n» snake_case B1"
    assert [token.word for token in tokens(text)] == [
        "På",
        "A\u030as",
        "siden",
        "er",
        "e\u0301n",
        "snake",
        "case",
        "B1",
    ]


@unhurried
@given(NORDIC, languages)
def test_every_spelling_of_a_word_has_the_same_stem(word, language):
    stem = fold(word, language)
    assert fold(word.upper(), language) == stem
    assert fold(unicodedata.normalize("NFD", word), language) == stem
    if not any(map(unicodedata.combining, spell(word, language))):  # a second ring makes an å of no language
        assert fold(spell(word, language), language) == stem


@unhurried
@given(st.text("åæøÅÆØbdklmnrst"), languages)
def test_a_word_spelt_out_has_the_same_stem(word, language):
    spelt_out = word.casefold().replace("å", "aa").replace("ø", "oe").replace("æ", "ae")
    assert fold(spelt_out, language) == fold(word, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("one", "other"), [("på", "paa"), ("MØTER", "moeter"), ("Ærlig", "aerlig"), ("a\u030ar", "aar")]
)
def test_letters_and_their_spelt_out_pairs_are_one(one, other, language):
    assert fold(one, language) == fold(other, language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "samarbeidet samarbeid samarbeider SAMARBEIDETS"),
        ("nb", "møte møtet møter møtene moetet"),
        ("nb", "kommune kommunen kommuner"),
        ("da", "mødet møder møde møderne moedet"),
        ("da", "samarbejde samarbejdet samarbejder"),
        ("en", "meeting meetings meets"),
        ("en", "shoe shoes"),
    ],
)
def test_inflections_have_one_stem(language, words):
    assert len({fold(word, language) for word in words.split()}) == 1


def test_each_language_has_its_own_stems():
    assert fold("relations", "en") == fold("relational", "en")
    assert fold("relations", "nb") != fold("relational", "nb")


@unhurried
@given(st.text("abdefghijklmnoprstuvyåæøz", min_size=1, max_size=12), st.integers(1, 12), languages)
def test_a_beginning_covers_the_stem_of_every_word_that_begins_so(word, length, language):
    stem = fold(word, language)
    covered = beginnings(word[:length], language)
    assert any(stem.startswith(one) if begins else stem == one for one, begins in covered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_stop_words_are_known_in_every_spelling(language):
    word = {"nb": "på", "da": "på", "en": "the"}[language]
    assert is_stop_word(word.upper(), language)
    assert is_stop_word(word.replace("å", "aa"), language)
    assert not is_stop_word("kommune", language)


# The index


def test_refresh_indexes_what_is_new_and_only_once(interviewed):
    with interviewed.store.act("test") as act:
        assert search.refresh(act.connection, "nb") == 1
        assert search.refresh(act.connection, "nb") == 0
    add(interviewed, "Tomt", "")
    with interviewed.store.act("test") as act:
        assert search.refresh(act.connection, "nb") == 0, "a text without words is indexed too"


def test_before_the_first_refresh_nothing_is_found(interviewed):
    assert said(interviewed, "tid") == []
    with interviewed.store.read() as connection:
        assert records.indexed(connection) == set()


def test_the_newest_version_alone_is_found(study):
    old = add(study, "A", "Det var kaffe.")
    with study.store.act("test") as act:
        source = material.list_sources(act.connection)[0].id
        new = material.add_text(act.connection, source, "Det var te.\n", {})
    assert said(study, "kaffe") == [], "an old version is not found, even before the index knows"
    with study.store.act("test") as act:
        assert search.refresh(act.connection, "nb") == 1
        assert records.indexed(act.connection) == {new} != {old}
    assert turns_found(study, "te") == ["Det var te."]


def test_a_turn_is_found_by_its_words_in_pseudonymised_text(interviewed):
    with interviewed.store.act("test") as act:
        search.refresh(act.connection, "nb")
    assert said(interviewed, "samarbeid") == [("Hvordan opplever du samarbeidet?", ["samarbeidet"])]
    assert said(interviewed, "testesen") == []
    assert said(interviewed, "ektefelle")[0][1] == ["ektefelle"]


def test_without_turns_each_paragraph_is_one(study):
    add(study, "Rapport", "Første\nlinje om tid.", "Annet avsnitt om tid.", "\n  \n", "Tredje om sted.", split=False)
    assert turns_found(study, "tid") == ["Første\nlinje om tid.", "Annet avsnitt om tid."]
    assert turns_found(study, "linje avsnitt") == []


def test_the_index_holds_stems_and_no_inflections(study):
    add(study, "A", "Samarbeidet i kommunene")
    with study.store.read() as connection:
        (words,) = connection.exec_driver_sql("SELECT words FROM search_stems").one()
    assert words == "samarbeid i kommun"


def test_what_was_masked_leaves_the_file(study):
    text_id = add(study, "A", "Jeg heter Xqzwvut, sa hun.", "Xqzwvut kom igjen.")
    add(study, "B", "Noe annet, og mer til.")
    assert b"qzwvut" in in_file(study)
    with study.store.act("test") as act:
        text = material.text_of(act.connection, text_id)
        places = [place for place in range(len(text)) if text.startswith("Xqzwvut", place)]
        rewrite(act.connection, text_id, [Edit(place, place + 7, "B1") for place in places])
        search.rebuild(act.connection, [text_id], "nb")
    assert b"qzwvut" not in in_file(study).lower()
    assert said(study, "xqzwvut") == []
    assert said(study, "B1 heter") == [("Jeg heter B1, sa hun.", ["heter", "B1"])]
    assert turns_found(study, "annet") == ["Noe annet, og mer til."]


def test_what_was_dropped_leaves_the_file(study):
    text_id = add(study, "A", "Ingenting her.")
    with study.store.act("test") as act:
        row = records.Row("s", 1, 0, 7, ["xqzwvut"])
        records.put(act.connection, "gone", [row] * 50)
        records.put(act.connection, "gone", [row])
    assert b"xqzwvut" in in_file(study)
    with study.store.act("test") as act:
        search.rebuild(act.connection, ["gone", "never there"], "nb")
        assert records.indexed(act.connection) == {text_id}
    assert b"xqzwvut" not in in_file(study)


def in_file(study):
    """Return what the database's files hold once all is written back."""
    study.store.close()
    with closing(sqlite3.connect(study.folder / "study.db")) as connection:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert busy == 0
    return b"".join(file.read_bytes() for file in study.folder.glob("study.db*"))


# Queries


@pytest.fixture
def conversation(study):
    add(
        study,
        "Samtale",
        "Fastlegen har dårlig tid.",
        "Tid til møter har vi, men ikke ro.",
        "Dataanalyse og samarbeidsmøtet 👩‍👩‍👧 paa tirsdag.",
        "Noen ganger er det kommunehelsetjenesten.",
        "Bruker-medvirkning er va\u030ar rett.",
    )
    return study


@pytest.mark.parametrize(
    ("query", "turns"),
    [
        ("tid", [0, 1]),
        ("TIDEN", [0, 1]),
        ("tid møte", [1]),
        ("tid -møte", [0]),
        ('"har dårlig tid"', [0]),
        ('"dårlig har"', []),
        ("“har vi”", [1]),
        ('-"har vi" tid', [0]),
        ("møte OR fastlege", [0, 1]),
        ("dårlig tid OR ro tid OR tirsdag", [0, 1, 2]),
        ("OR tid OR", [0, 1]),
        ("samarbeid*", [2]),
        ("kommune*", [3]),
        ("kommunen*", []),
        ("data*", [2]),
        ("no*", [3]),
        ("paa", [2]),
        ("på", [2]),
        ("vaar", [4]),
        ("vår", [4]),
        ("va\u030ar", [4]),
        ("va*", []),
        ("bruker-medvirkning", [4]),
        ("medvirkning", [4]),
        ('"er vår ret*', [4]),
        ("tid -ti*", []),
        ("-tid", []),
        ("", []),
        ('" "', []),
        ("*", []),
        ("👩‍👩‍👧", []),
        ("xyz OR tirsdag", [2]),
    ],
)
def test_a_query_finds_its_turns(conversation, query, turns):
    everything = [
        "Fastlegen har dårlig tid.",
        "Tid til møter har vi, men ikke ro.",
        "Dataanalyse og samarbeidsmøtet 👩‍👩‍👧 paa tirsdag.",
        "Noen ganger er det kommunehelsetjenesten.",
        "Bruker-medvirkning er va\u030ar rett.",
    ]
    assert turns_found(conversation, query) == [everything[number] for number in turns]


def test_hits_are_the_words_asked_for_in_code_points(conversation):
    assert said(conversation, "tirsdager samarbeid*")[0][1] == ["samarbeidsmøtet", "tirsdag"]
    assert said(conversation, '"til møte" har')[0][1] == ["til", "møter", "har"]
    assert said(conversation, "vår -tid")[0][1] == ["va\u030ar"]
    assert [hits for _turn, hits in said(conversation, "dårlig tid OR ro")] == [["dårlig", "tid"], ["ro"]]


def test_no_more_turns_than_the_limit(conversation):
    assert len(said(conversation, "tid", limit=1)) == 1
    assert said(conversation, "tid", limit=0) == []


def test_danish_and_english_studies_find_their_own_inflections(study):
    add(study, "A", "Vi holdt mødet om samarbejdet.", "Hun var ved at doe.", language="da")
    assert turns_found(study, "møder samarbejder", "da") == ["Vi holdt mødet om samarbejdet."]
    assert turns_found(study, "dø", "da") == ["Hun var ved at doe."]


def test_english_beginnings_are_found_though_the_stem_ends_otherwise(study):
    add(study, "A", "Hoping for relational happiness.", "He was dying.", language="en")
    for query in ("hopi*", "relation*", "happy OR happi*", "happin*"):
        assert turns_found(study, query, "en") == ["Hoping for relational happiness."]
    assert turns_found(study, "dy*", "en") == ["He was dying."]


@sharing
@given(QUERY, languages)
def test_whatever_is_asked_is_answered(conversation, query, language):
    for turn, hits in said(conversation, query, language):
        stems = {fold(token.word, language) for token in tokens(query)}
        begun = tuple(token.word.casefold() for token in tokens(query))
        assert hits
        for hit in hits:
            assert hit in turn
            assert fold(hit, language) in stems or ("*" in query and hit.casefold().startswith(begun))


@pytest.mark.parametrize("query", ["tid " * 5000, "tid OR " * 3000, "a" * 100_000, '"' * 999, "tid* " * 500])
def test_a_query_may_be_long(conversation, query):
    said(conversation, query)


@sharing
@given(st.lists(st.text(max_size=20).filter(lambda t: "\0" not in t), min_size=1, max_size=4), st.data(), languages)
def test_every_word_of_a_turn_finds_it_whole_or_begun(study, turns, data, language):
    text_id = add(study, new_id(), *turns, language=language)
    with study.store.read() as connection:
        text = material.text_of(connection, text_id)
        for token in tokens(text):
            begun = token.word[: data.draw(st.integers(1, len(token.word)))]
            for query in (token.word, begun + "*"):
                found = search.find(connection, query, language, limit=10_000)
                hits = {hit for passage in found if passage.text_id == text_id for hit in passage.hits}
                assert (token.start, token.end) in hits, (query, text)


# Words in their context


@unhurried
@given(NORDIC, st.integers(0, 30))
def test_a_line_is_a_piece_of_its_text_cut_between_words(text, width):
    hits = [(token.start, token.end) for token in tokens(text)]
    flat = text.replace("\n", " ")
    for line, (start, end) in zip(search.keyword_in_context(text, hits, width), hits, strict=True):
        first, last = start - len(line.before), end + len(line.after)
        assert (line.start, line.end) == (start, end)
        assert line.before + line.word + line.after == flat[first:last]
        assert len(line.before) <= width >= len(line.after)
        assert first in (0, start) or flat[first - 1] == " "
        assert last in (len(text), end) or flat[last] == " "


def test_a_concordance_holds_every_inflection():
    text = "Samarbeidet er godt.\nDet samarbeider de om, 👩‍👩‍👧 sier de, og samarbeid trengs."
    assert [(line.before, line.word, line.after) for line in search.concordance(text, "samarbeid", "nb", 12)] == [
        ("", "Samarbeidet", " er godt."),
        ("godt. Det ", "samarbeider", " de om,"),
        ("sier de, og ", "samarbeid", " trengs."),
    ]
    assert search.concordance(text, "", "nb") == []


def test_a_sentence_ends_at_its_mark_or_with_its_line_and_stays_within_its_turn():
    text = "Før. Ingen har tid! «Sånn er det.» Har dere prøvd?\nJa, i vår"
    said = [text[slice(*span)] for span in search.sentences(text, [(10, 13), (26, 28), (54, 55)], (5, len(text)))]
    assert said == ["Ingen har tid!", "«Sånn er det.»", "Ja, i vår"]


@given(st.text("ab .!?\n»", max_size=40), st.data())
def test_sentences_cover_the_letters_of_every_hit(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = search.sentences(text, [(start, end)], (0, len(text)))
    covered = {n for first, last in found for n in range(first, last)}
    assert {n for n in range(start, end) if not text[n].isspace()} <= covered
    assert all(text[first:last].strip() == text[first:last] for first, last in found)


@unhurried
@given(st.lists(NORDIC), languages)
def test_frequencies_count_every_telling_word_once(texts, language):
    counted = search.frequencies(texts, language, minimum_length=1, most=10**6)
    words = [token.word for text in texts for token in tokens(text)]
    assert sum(count for _word, count in counted) == sum(not is_stop_word(word, language) for word in words)
    stems = [fold(word, language) for word, _count in counted]
    assert len(stems) == len(set(stems))


def test_frequencies_show_the_form_written_most():
    texts = ["Møtet var langt. Møtet var i 2024.", "Møter, møtet og B1"]
    assert search.frequencies(texts, "nb") == [("Møtet", 4), ("langt", 1)]
    assert search.frequencies(texts, "nb", most=1) == [("Møtet", 4)]
    assert ("B1", 1) in search.frequencies(texts, "nb", minimum_length=2)


def test_collocations_tell_of_words_that_keep_together():
    texts = ["Individuell plan ble laget. Individuelle planer er bra, og en individuell plan hjelper.", "Planen sover."]
    first, *_ = search.collocations(texts * 2 + ["Mye annet ble også sagt den dagen om været og veien."], "nb")
    assert first[:3] == ("individuell", "plan", 6)


@pytest.mark.parametrize("texts", [[], [""], ["tid"], ["tid tid tid tid tid"], ["tid ro " * 50], ["og er som"]])
def test_collocations_of_little_are_none_or_few(texts):
    for pair in search.collocations(texts, "nb"):
        assert pair.first != pair.second
        assert pair.times >= 3


@unhurried
@given(st.lists(st.text("aåtr ", max_size=60), max_size=6), st.integers(2, 6))
def test_collocations_never_stretch_over_two_texts_and_stay_in_order(texts, window):
    found = search.collocations(texts, "nb", window=window)
    assert found == sorted(found, key=lambda pair: -pair.score)
    alone = [{fold(token.word, "nb") for token in tokens(text)} for text in texts]
    assert all(any({fold(p.first, "nb"), fold(p.second, "nb")} <= stems for stems in alone) for p in found)


def test_a_long_text_is_indexed_and_found_again(study):
    words = ["samarbeidet", "kommunen", "fastlegen", "møter", "tid", "dårlig", "hvordan", "ringer", "individuell", "nå"]
    turns = [" ".join(words[(n * 7 + i) % 10] + "e" * (n % 3) for i in range(50)) for n in range(2000)]
    add(study, "Lang", *turns)
    assert len(said(study, "kommune", limit=500)) == 500


@pytest.mark.parametrize("word", ["fastlege", "fastlegen", "Fastlegene", "fastlegens", "fastleger"])
def test_a_doctor_is_not_found_by_being_fast(word):
    assert fold(word, "nb") == "fastleg"
    assert fold("faste", "nb") != fold(word, "nb")
    assert fold("kollegene", "nb") == fold("kollega", "nb")
