"""Agreement: published examples, what must not matter, and what can't be computed."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.test_rounds import begun
from workbench.errors import BadInput
from workbench.review.agreed import Layer, Span
from workbench.review.agreement import of_layer, of_spans, of_units
from workbench.store import new_id

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four observers, twelve units, some without a value.
RELIABILITY = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
# Krippendorff (2019), figure 12.11, a continuum of 60.
CONTINUUM = """
Alex 2 9 1, Alex 11 17 2, Alex 24 30 5, Alex 32 36 6, Alex 36 44 6, Alex 44 60 7,
Paul 2 9 1, Paul 11 17 3, Paul 19 25 5, Paul 32 44 6,
Suzan 2 9 1, Suzan 11 17 4, Suzan 21 27 5, Suzan 32 36 6, Suzan 36 40 6, Suzan 40 44 6
"""
COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]  # Cohen (1960), as frequencies of 200
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def reliability():
    rows = [line.split() for line in RELIABILITY.split("\n") if line]
    return {
        str(unit): {str(coder): row[unit] for coder, row in enumerate(rows) if row[unit] != "."} for unit in range(12)
    }


def continuum():
    parts = [part.split() for part in CONTINUUM.replace("\n", " ").split(",")]
    return [Span(coder, int(start), int(end), value) for coder, start, end, value in parts]


def table(counts):
    cells = [(i, j) for i, row in enumerate(counts) for j, n in enumerate(row) for _unit in range(n)]
    return {str(n): {"a": str(i), "b": str(j)} for n, (i, j) in enumerate(cells)}


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorffs_example_of_2011(level, published):
    made = of_units(reliability(), level)
    assert made.alpha == pytest.approx(published, abs=0.0005)
    assert made.units == 11
    assert made.ci[0] < made.alpha <= made.ci[1]


def test_krippendorffs_continuum_of_2019():
    made = of_spans(continuum(), 60)
    assert made.u_alpha == pytest.approx(0.510, abs=0.0005)
    assert made.binary_alpha == pytest.approx(0.413, abs=0.0005)
    assert made.cu_alpha == pytest.approx(0.724, abs=0.0005)
    assert made.per_value["1"]["alpha"] == 1
    assert made.per_value["6"]["coverage"] == pytest.approx(12 / 60)


def test_cohens_kappa_of_1960_and_fleiss_for_many():
    assert of_units(table(COHEN)).kappa == pytest.approx(0.492, abs=0.0005)
    many = {
        str(unit): {str(n): value for n, value in enumerate(v for v, times in enumerate(row) for _time in range(times))}
        for unit, row in enumerate(FLEISS)
    }
    many = {unit: {coder: str(value) for coder, value in by.items()} for unit, by in many.items()}
    assert of_units(many).kappa == pytest.approx(0.210, abs=0.0005)


def test_what_can_not_be_computed_is_none_with_its_reason():
    same = of_units({"1": {"a": "x", "b": "x"}, "2": {"a": "x", "b": "x"}})
    assert (same.alpha, same.kappa, same.ci, same.percent) == (None, None, None, 1)
    assert "All values are the same" in same.reason
    for alone in ({}, {"1": {"a": "x"}}, {"1": {"a": "x"}, "2": {"b": "x"}}):
        assert of_units(alone).alpha is None
        assert "by two coders" in of_units(alone).reason
    assert of_spans([Span("a", 0, 2, "x")], 10).u_alpha is None
    assert of_layer(Layer(("a", "b"), [])).alpha is None


def test_a_stretch_with_several_values_is_told_value_by_value():
    made = of_spans([Span("a", 0, 5, "x"), Span("a", 3, 8, "y"), Span("b", 0, 5, "x")], 10)
    assert made.u_alpha is None
    assert "several values" in made.reason
    assert made.per_value["x"]["alpha"] == 1


def test_spans_of_one_value_that_overlap_are_one():
    one = of_spans([Span("a", 0, 5, "x"), Span("b", 0, 5, "x"), Span("b", 7, 9, "x")], 10)
    two = of_spans([Span("a", 0, 3, "x"), Span("a", 2, 5, "x"), Span("b", 0, 5, "x"), Span("b", 7, 9, "x")], 10)
    assert one == two


@pytest.mark.parametrize("span", [Span("a", -1, 2, "x"), Span("a", 3, 3, "x"), Span("a", 0, 11, "x")])
def test_a_span_outside_the_continuum_is_refused(span):
    with pytest.raises(BadInput, match="does not lie"):
        of_spans([span], 10)


def test_numbers_are_needed_where_the_level_needs_them():
    with pytest.raises(BadInput, match="“mye” is no number"):
        of_units({"1": {"a": "1", "b": "mye"}}, "interval")
    with pytest.raises(BadInput, match="level is"):
        of_units({}, "kardinal")


VALUES = st.dictionaries(
    st.integers(0, 30).map(str),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from("123"), min_size=1),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(data=VALUES, renamed=st.permutations("abc"), valued=st.permutations("123"))
def test_names_of_coders_and_values_and_the_order_of_units_do_not_matter(data, renamed, valued):
    who, what = dict(zip("abc", renamed, strict=True)), dict(zip("123", valued, strict=True))
    other = {unit: {who[c]: what[v] for c, v in by.items()} for unit, by in reversed(data.items())}
    one, two = of_units(data), of_units(other)
    assert (one.alpha is None) == (two.alpha is None)
    assert one.alpha == pytest.approx(two.alpha) if one.alpha is not None else one.reason == two.reason


@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.sampled_from("123"), min_size=2))
def test_a_coder_agrees_with_a_copy(values):
    made = of_units({str(n): {"a": value, "b": value} for n, value in enumerate(values)})
    assert made.alpha in (None, 1)
    assert (made.alpha is None) == (len(set(values)) == 1)


@settings(max_examples=40, deadline=None)
@given(
    spans=st.lists(
        st.tuples(st.sampled_from("ab"), st.integers(0, 18), st.integers(1, 6)), min_size=1, max_size=8
    )
)  # fmt: skip
def test_a_layer_over_text_is_alpha_over_its_characters(spans):
    """The layer counts stretches; every character as a unit of its own must come to the same."""
    on = {coder: {at for c, start, size in spans if c == coder for at in range(start, start + size)} for coder in "ab"}
    units = {str(at): {coder: str(int(at in on[coder])) for coder in "ab"} for at in range(24)}
    patterns = [tuple((coder, int(at in on[coder])) for coder in "ab") for at in range(24)]
    made = of_layer(Layer(("a", "b"), [{pattern: patterns.count(pattern) for pattern in patterns}]))
    slowly = of_units(units)
    assert made.alpha == (None if slowly.alpha is None else pytest.approx(slowly.alpha))
    assert made.kappa == (None if slowly.kappa is None else pytest.approx(slowly.kappa))


# --- in a study ---


@pytest.fixture
def twice(coded, write):
    """The coded interview, coded by somebody else too: one passage alike, one under another theme, one not at all."""
    other = """quote,theme,effect,determinant
det fungerer når de ringer meg,6,fremmer,relasjonell
At ingen har tid,ledelse,hemmer,organisatorisk
"""
    coded.import_codings(write("other.csv", other), coder="M1")
    return coded


def test_each_theme_is_compared_over_the_text_that_both_read(twice):
    found = dict(twice.agreement("theme"))
    text = twice.text("Intervju 1")
    assert found["tools"].alpha == 1
    assert found["tools"].units == len(text)
    assert found["resources"].alpha < 0.1
    assert found["tools"].coders == ("M1", "researcher")
    effects = dict(twice.agreement("effect"))
    assert effects["inhibits"].alpha == 1
    assert effects["promotes"].alpha < 1


def test_a_source_that_one_coder_read_says_nothing(coded):
    assert coded.agreement("theme") == []
    with pytest.raises(BadInput, match="Agreement is by"):
        coded.agreement("word")


def test_in_a_blind_round_only_what_was_said_unseen_is_compared(coded):
    coded.set_consent("B1", "anonymous", ["interview", "quotes", "co_researchers"])
    made = coded.open_round("Blindt", [one.id for one in coded.codings()], blind=True)
    desk = begun(coded, made, "M1")
    first, second, third = (one.item.id for one in desk.items())
    other = {"theme": "2", "effect": "fremmer", "determinant": "relasjonell"}
    desk.answer(first, "differ", reading=other, id=new_id())
    desk.answer(second, "wonder", id=new_id())
    for item in (first, second):
        desk.answer(item, "agree", id=new_id())  # having seen it
    ((_all, found),) = coded.agreement("theme", made)
    assert (found.units, found.percent) == (1, 0)
    open_round = coded.open_round("Åpent", [one.id for one in coded.codings()])
    desk = begun(coded, open_round, "M1")
    for one in desk.items():
        desk.answer(one.item.id, "agree", id=new_id())
    ((_all, found),) = coded.agreement("theme", open_round)
    assert (found.units, found.percent, found.alpha) == (3, 1, 1)
    with pytest.raises(BadInput, match="no code"):
        coded.agreement("code", made)


def test_the_table_tells_alpha_with_its_interval_and_no_verdict(twice):
    table = twice.table("agreement", "en")
    by = {row["theme"]: row for row in table.rows}
    assert by["Collaboration tools"]["alpha"].startswith("1.00 [")
    assert "no conclusions below .667" in table.note


def test_by_the_command_line(study_command, tmp_path):
    rows = ["coder,unit,value"]
    rows += [f"{coder},{unit},{value}" for unit, by in reliability().items() for coder, value in by.items()]
    (tmp_path / "long.csv").write_text("\n".join(rows))
    made = study_command.json("agreement", "--data", tmp_path / "long.csv", "--level", "interval")
    assert made["alpha"] == pytest.approx(0.849, abs=0.0005)
    assert (made["units"], made["coders"]) == (11, ["0", "1", "2", "3"])
    assert len(made["ci"]) == 2
    spans = ["coder,start,end,value", *(f"{s.coder},{s.start},{s.end},{s.value}" for s in continuum())]
    (tmp_path / "spans.csv").write_text("\n".join(spans))
    made = study_command.json("agreement", "--data", tmp_path / "spans.csv", "--length", "60")
    assert {key: round(made[key], 3) for key in ("u_alpha", "binary_alpha", "cu_alpha")} == {
        "u_alpha": 0.51, "binary_alpha": 0.413, "cu_alpha": 0.724,
    }  # fmt: skip
    (tmp_path / "same.csv").write_text("coder,unit,value\na,1,x\nb,1,x\n")
    made = json.loads(study_command("agreement", "--data", tmp_path / "same.csv", "--json").stdout)
    assert made["alpha"] is None
    assert "All values are the same" in made["reason"]
    (tmp_path / "twice.csv").write_text("coder,unit,value\na,1,x\na,1,y\n")
    told = study_command("agreement", "--data", tmp_path / "twice.csv")
    assert (told.returncode, "row 3" in told.stderr) == (2, True)
    (tmp_path / "wrong.csv").write_text("coder,unit\na,1\n")
    assert "no column value" in study_command("agreement", "--data", tmp_path / "wrong.csv").stderr
