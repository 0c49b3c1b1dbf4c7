import pytest

from workbench.coding import Searchable


def rows(study, write, content, **options):
    return study.import_codings(write("rows.csv", content), **options)


def test_a_quote_with_the_real_name_finds_the_masked_passage(coded):
    quotes = [coding.quote for coding in coded.codings()]
    assert "Mannen min, [ektefelle], sier" in quotes


def test_a_coding_fits_its_text_and_knows_who_speaks(coded):
    text = coded.text("Intervju 1")
    for coding in coded.codings():
        assert text[coding.start : coding.end] == coding.quote
        assert len(coding.speakers) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(interviewed, write, delimiter):
    content = "quote,theme,effect,determinant\nAt ingen har tid,2,hemmer,systemisk\n".replace(",", delimiter)
    assert rows(interviewed, write, content)[0] == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_file_from_excel_is_read_whatever_its_encoding(interviewed, write, encoding):
    content = "quote;theme;effect;determinant\nfungerer når de ringer;2;hemmer;systemisk\n"
    assert rows(interviewed, write, content.encode(encoding))[0] == 1


@pytest.mark.parametrize(
    "quote",
    [
        "jeg synes  det\nfungerer",
        "«Jeg synes det fungerer»",
        "Jeg synes det fun-\ngerer",
        "Jeg synes […] ringer meg",
        "Jeg synes (...) ringer meg",
        "”Jeg synes det fungerer”",
    ],
)
def test_quotes_match_as_a_person_would(interviewed, write, quote):
    content = f'quote;theme;effect;determinant\n"{quote}";2;hemmer;systemisk\n'
    added, refused = rows(interviewed, write, content)
    assert (added, len(refused)) == (1, 0)


def test_each_refused_row_has_its_number_and_nothing_is_stored(interviewed, write):
    content = """quote,theme,effect,determinant,source
At ingen har tid,2,hemmer,systemisk,
finnes ikke her,2,hemmer,systemisk,
det,2,hemmer,systemisk,
At ingen har tid,9,hemmer,systemisk,
At ingen har tid,2,kanskje,systemisk,
At ingen har tid,,hemmer,systemisk,
At ingen har tid,2,hemmer,systemisk,Intervju 99
"""
    added, refused = rows(interviewed, write, content)
    assert added == 0
    assert [r["row"] for r in refused.not_found] == [3]
    assert [(r["row"], r["matches"]) for r in refused.ambiguous] == [(4, 2)], "not the one inside “samarbeidet”"
    assert [r["row"] for r in refused.invalid] == [5, 6, 7, 8]
    assert interviewed.codings() == []


def test_partial_stores_the_good_rows(interviewed, write):
    content = "quote,theme,effect,determinant\nAt ingen har tid,2,hemmer,systemisk\nnei,2,hemmer,systemisk\n"
    added, refused = rows(interviewed, write, content, partial=True)
    assert (added, len(refused)) == (1, 1)


def test_start_and_end_work_instead_of_a_quote(interviewed, write):
    text = interviewed.text("Intervju 1")
    start = text.index("At ingen")
    content = f"start,end,theme,effect,determinant\n{start},{start + 16},2,hemmer,systemisk\n5,3,2,hemmer,systemisk\n"
    added, refused = rows(interviewed, write, content, source="Intervju 1", partial=True)
    assert (added, refused.invalid[0]["row"]) == (1, 3)
    assert interviewed.codings()[0].quote == "At ingen har tid"


def test_the_same_words_may_be_coded_twice_and_by_two(interviewed, write):
    content = (
        "quote,theme,effect,determinant\nAt ingen har tid,2,hemmer,systemisk\nAt ingen har tid,7,hemmer,relasjonell\n"
    )
    rows(interviewed, write, content)
    rows(interviewed, write, content, coder="second")
    assert len(interviewed.codings()) == 4
    assert {coding.coder for coding in interviewed.codings()} == {"researcher", "second"}


def test_importing_the_same_codings_again_adds_nothing(coded, write):
    from tests.conftest import CODINGS

    added, refused = rows(coded, write, CODINGS)
    assert (added, refused.already) == (0, 3)
    assert len(coded.codings()) == 3


def test_offsets_are_code_points(study, write):
    study.import_files([write("notat.txt", "👍🏽👨‍👩‍👧 æøå. Samarbeidet var bra. 👍🏽\n")], "observation", name="Notat")
    rows(study, write, "quote,theme,effect,determinant\nSamarbeidet var bra,1,fremmer,relasjonell\n")
    (coding,) = study.codings()
    assert study.text("Notat")[coding.start : coding.end] == "Samarbeidet var bra"


def test_left_out_words_span_only_so_far():
    text = "begynner her " + "x " * 5000 + "slutter her"
    assert Searchable(text).find("begynner […] slutter") == []
    assert Searchable("begynner her og slutter her").find("begynner […] slutter") == [(0, 23)]


def test_a_memo_keeps_its_coder_and_is_screened(coded, write):
    content = "quote,theme,effect,determinant,memo,coder\nHva hemmer,1,hemmer,systemisk,Kari nølte,second\n"
    rows(coded, write, content)
    assert [(memo.text, memo.author) for memo in coded.memos()][1] == ("B1 nølte", "second")


def test_statements_join_across_codings_and_keep_their_order(coded):
    cell = [s for s in coded.statements() if (s.effect, s.determinant) == ("promotes", "relational")]
    assert [s.position for s in cell] == [1, 2]
    coded.order_statements("fremmer", "relasjonell", [cell[1].id, cell[0].id])
    after = [s for s in coded.statements() if (s.effect, s.determinant) == ("promotes", "relational")]
    assert [s.id for s in after] == [cell[1].id, cell[0].id]
