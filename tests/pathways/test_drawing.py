"""The picture of a map: labels that never lie on one another, signs that need no colour."""

import re
from math import dist

from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.ink import Point
from workbench.pathways.geometry import BORDER, CENTRE, HEIGHT, OUTER, RADIUS, WIDTH, lay_labels, name_sectors

WORDS = [
    "Mor",
    "Fastlege",
    "Behandlingspsykiatrien (sengeafsnit)",
    "Saksbehandler for ytelser",
    "Nabo i andre etasje",
    "N",
]
SECTORS = ["Familie", "Slekt", "Andre i min fritid", "Arbeid og skole", "Fagpersoner"]
places = st.tuples(st.floats(0, 360), st.floats(75, OUTER))


def overlap(one, other):
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def at(turn, radius):
    from math import cos, radians, sin

    return Point(CENTRE.x + radius * sin(radians(turn)), CENTRE.y - radius * cos(radians(turn)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(places, st.sampled_from(WORDS)), min_size=1, max_size=60))
def test_no_label_lies_on_another_up_to_sixty(given_places):
    points = {str(number): at(*place) for number, (place, _words) in enumerate(given_places)}
    words = {str(number): said for number, (_place, said) in enumerate(given_places)}
    names = name_sectors(SECTORS)
    labels = lay_labels(words, points, taken_by=[name.box for name in names])
    assert labels.keys() == words.keys()
    boxes = [label.box for label in [*labels.values(), *names]]
    for index, one in enumerate(boxes):
        assert min(one.left, one.top) >= 0
        assert (one.right <= WIDTH, one.bottom <= HEIGHT) == (True, True)
        assert not any(overlap(one, other) for other in boxes[:index])
        for point in points.values():
            near = Point(min(max(point.x, one.left), one.right), min(max(point.y, one.top), one.bottom))
            assert (near.x - point.x) ** 2 + (near.y - point.y) ** 2 >= RADIUS**2 or one in [n.box for n in names]


def test_the_same_map_is_the_same_picture_and_says_what_its_signs_mean(study):
    network = study.add_network("Prøve <&>", day="2026-01-02")
    first = study.network_maps(network)[0].id
    sector = study.network(network).sectors[0].id
    one = study.add_actor(first, "Søster & bror", sector, bearing=0.2)
    other = study.add_actor(first, "DPS", sector, kind="service", bearing=0.8)
    study.tie(first, one, other, kind="information")
    drawn = study.map_picture(first)
    assert drawn == study.map_picture(first)
    assert "Søster &amp; bror" in re.sub(r"</tspan><tspan[^>]*>", " ", drawn)
    assert "Prøve &lt;&amp;&gt; 2026-01-02" in drawn
    assert "Coordinates" not in drawn
    study.change_actor(first, other, coordinates=True)
    plain = study.map_picture(first, plain=True)
    assert {"Person", "Service", "Coordinates", "Share information"} <= set(re.findall(r">([^<]+)</tspan>", plain))
    assert set(re.findall(r"#[0-9a-f]{6}", plain)) == {"#000000", "#ffffff", "#1b1f24"}
    assert study.drawn_as(first, ".pdf") == study.drawn_as(first, ".pdf")


def test_lines_that_came_and_went_are_drawn_and_told(study):
    network = study.add_network(day="2026-01-02")
    first = study.network_maps(network)[0].id
    sectors = [one.id for one in study.network(network).sectors]
    sister, gp, gone = (study.add_actor(first, who, sectors[n]) for n, who in enumerate(("Søster", "Fastlege", "Nabo")))
    study.tie(first, gp, gone)
    later = study.add_map(network, "2026-05-02", of=first)
    study.take_off(later, gone)
    assert "Line" not in study.map_picture(later)
    one = study.map_picture(later, before=first)
    told = re.findall(r">([^<]+)</tspan>", one)
    assert {"Went", "Line gone"} <= set(told)
    assert (told.count("−"), "New line" in told) == (4, False)  # each on the map and in the legend
    study.tie(later, sister, gp)
    told = re.findall(r">([^<]+)</tspan>", study.map_picture(later, before=first, plain=True))
    assert (told.count("+"), told.count("−"), "New line" in told) == (2, 4, True)
    assert study.map_picture(first, before=first).count("<tspan") == study.map_picture(first).count("<tspan")


def test_thousands_are_drawn_in_time_and_those_without_room_go_unnamed(study):
    points = {str(n): at(n * 137.5, 75 + (n % 325)) for n in range(3000)}
    labels = lay_labels(dict.fromkeys(points, "Fastlege"), points)
    boxes = [label.box for label in labels.values()]
    assert len(boxes) < 3000
    assert not any(overlap(one, other) for index, one in enumerate(boxes) for other in boxes[:index])


def test_names_of_sectors_stand_outside_the_circle():
    for box in (label.box for label in name_sectors(SECTORS)):
        nearest = Point(min(max(CENTRE.x, box.left), box.right), min(max(CENTRE.y, box.top), box.bottom))
        assert dist(nearest, CENTRE) > OUTER + BORDER
