"""Measures of networks and courses against published examples."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.pathways.courses.continuity import Episode, handovers, in_order, measure_course, overlap
from workbench.pathways.measures import care_density, external_internal, measure

DAY = date(2026, 1, 1)


def contacts(sequence, phases=""):
    """One contact a week with each helper of the sequence, in its order."""
    return [
        Episode("DPS", who, DAY + timedelta(7 * n), DAY + timedelta(7 * n), phase=phases[n] if phases else "")
        for n, who in enumerate(sequence)
    ]


@pytest.mark.parametrize(
    ("sequence", "upc", "coc", "hi", "secon"),
    [
        # Six contacts with three helpers; the second differs from the first in SECON alone.
        ("AAABBC", 0.5, 8 / 30, 14 / 36, 0.6),
        ("ABABAC", 0.5, 8 / 30, 14 / 36, 0.0),
    ],
)
def test_indices_of_continuity(sequence, upc, coc, hi, secon):
    made = measure_course(contacts(sequence))
    assert (made.upc, made.coc, made.herfindahl, made.secon) == pytest.approx((upc, coc, hi, secon), abs=1e-9)


def test_twenty_six_helpers_in_sixty_contacts():
    helpers = ["A"] * 12 + ["B"] * 8 + [f"x{n}" for n in range(8)] * 3 + [f"y{n}" for n in range(16)]
    made = measure_course(contacts(helpers))
    assert (made.contacts, made.units) == (60, 26)
    assert (made.upc, made.coc, made.herfindahl) == pytest.approx((0.2, 0.066667, 0.082222), abs=1e-6)


def test_what_is_undefined_is_none_and_few_contacts_are_said():
    one = measure_course(contacts("A"))
    assert (one.coc, one.secon, one.upc, one.few) == (None, None, 1.0, True)
    none = measure_course([])
    assert (none.upc, none.herfindahl, none.coverage, none.longest_gap) == (None, None, None, None)
    assert not measure_course(contacts("AAAAA")).few


def test_days_are_counted_with_both_ends_and_over_a_leap_day():
    first = Episode("DPS", "A", date(2024, 1, 1), date(2024, 2, 29))
    second = Episode("DPS", "B", date(2024, 3, 2), date(2024, 3, 2))
    made = measure_course([second, first])
    assert (made.days, made.covered, made.longest_gap) == (62, 61, 1)


def test_a_gap_and_a_warm_handover():
    first = Episode("DPS", "A", DAY, DAY + timedelta(99))
    warm = Episode("Kommune", "B", DAY + timedelta(84), DAY + timedelta(199))
    late = Episode("DPS", "C", DAY + timedelta(224), DAY + timedelta(356))
    made = measure_course([first, warm, late], gap=20)
    assert overlap(first, warm) == 16
    assert (made.covered, made.days, made.coverage) == (333, 357, pytest.approx(0.932773, abs=1e-6))
    assert [(one.kind, one.days) for one in made.breaks] == [("gap", 24)]


def test_organised_discontinuity_and_a_stay_without_follow_up():
    stay = Episode("Sykehus", "D", date(2026, 3, 1), date(2026, 3, 9), kind="stay")
    course = contacts("AAB", ["uro", "uro", "hjemme"])
    found = [one.kind for one in measure_course([*course, stay]).breaks]
    assert found == ["organised_discontinuity", "gap", "no_follow_up"]
    still = [*course, replace(stay, open=True)]
    assert "no_follow_up" not in {one.kind for one in measure_course(still).breaks}


def test_handovers_by_helper_service_and_level():
    course = [
        Episode("Team 1", "A", DAY, DAY, level="dps"),
        Episode("Team 1", "B", DAY + timedelta(1), DAY + timedelta(1), level="dps"),
        Episode("Hjemmetjeneste", "C", DAY + timedelta(2), DAY + timedelta(2), level="municipality"),
    ]  # fmt: skip
    assert [len(handovers(course, by)) for by in ("helper", "service", "level")] == [2, 1, 1]


@given(st.lists(st.sampled_from("ABCD"), min_size=2, max_size=30))
def test_indices_keep_their_bounds_and_tell_one_helper_from_many(sequence):
    made = measure_course(contacts(sequence))
    assert 0 <= made.coc <= made.herfindahl <= made.upc <= 1
    assert made.secon == sum(one == other for one, other in pairwise(sequence)) / (len(sequence) - 1)
    assert made.handovers == round((1 - made.secon) * (len(sequence) - 1))
    assert (made.coc == 1) == (made.units == 1)
    assert in_order(reversed(contacts(sequence))) == contacts(sequence)


def test_the_kite():
    """Krackhardt (1990): most ties and most between are two persons; two hold it together."""
    names = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]
    graph = nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate(names)))
    made = measure(graph)
    assert made.degree["Diane"] == max(made.degree.values()) == 6
    assert made.hubs == ("Heather",)
    assert made.betweenness["Heather"] * 36 == pytest.approx(14)
    assert set(made.articulation) == {"Heather", "Ike"}


def test_structural_holes_after_burt():
    """The example network that networkx takes from Burt, checked there against UCINET."""
    graph = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])
    made = measure(graph)
    assert {who: made.constraint[who] for who in "GAC"} == pytest.approx({"G": 0.400, "A": 0.595, "C": 1.0}, abs=1e-3)
    assert {who: made.effective_size[who] for who in "GAC"} == pytest.approx({"G": 4.67, "A": 2.50, "C": 1.0}, abs=5e-3)


def test_who_has_no_tie_has_no_constraint_and_an_empty_map_no_density():
    graph = nx.Graph([("a", "b")])
    graph.add_node("alone")
    made = measure(graph)
    assert (made.constraint["alone"], made.effective_size["alone"], made.isolated) == (None, None, ("alone",))
    assert (measure(nx.Graph()).density, measure(nx.Graph()).hubs) == (None, ())


def test_direction_counts_in_every_measure():
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    assert (measure(graph).density, measure(graph).betweenness["b"]) == (pytest.approx(2 / 6), 0.5)


def test_ties_across_and_inside_levels():
    """Krackhardt and Stern (1988): three ties across levels, five inside."""
    inside = [("k1", "k2"), ("k2", "k3"), ("d1", "d2"), ("d2", "d3"), ("s1", "s2")]
    graph = nx.Graph([*inside, ("k1", "d1"), ("k2", "d2"), ("d3", "s1")])
    assert external_internal(graph, lambda who: who[0]) == -0.25
    assert external_internal(nx.Graph(), lambda who: who[0]) is None


def test_care_density():
    cases = {"p1": "ABC", "p2": "AB", "p3": "AB"}
    assert care_density(cases)["p1"] == pytest.approx(5 / 3)
    assert care_density({"p": "A"})["p"] is None
