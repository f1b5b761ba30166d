"""The map without tiles: degrees, distances, and places on the drawing."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.records import LocationPrecision
from claims.views.locator import SIZE, Point, box, kilometres, locator, words

QAIM = Point(34.37, 41.09)
POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


def test_a_town_has_a_ring_and_a_net_around_it() -> None:
    found = locator(QAIM, LocationPrecision.TOWN, [])
    assert found.ring_km == 5
    assert 0 < found.ring < SIZE / 4
    assert [line.label for line in found.meridians] == ["40.5° E", "41° E", "41.5° E"]
    assert [line.label for line in found.parallels] == ["34.5° N", "34° N"][::-1]
    assert found.bar.label == "20 km"


def test_an_exact_point_and_an_unknown_one_have_no_ring() -> None:
    for precision in (LocationPrecision.EXACT, LocationPrecision.UNKNOWN):
        assert locator(QAIM, precision, []).ring == 0


# Near a pole the map goes most of the way around.
@example(Point(87, 0), LocationPrecision.COUNTRY, QAIM)
@given(POINTS, st.sampled_from(list(LocationPrecision)), POINTS)
def test_everywhere_on_earth_the_drawing_holds(
    centre: Point, precision: LocationPrecision, other: Point
) -> None:
    found = locator(centre, precision, [centre, other])
    assert found.dots[0] == (SIZE / 2, SIZE / 2)
    for at in [line.at for line in (*found.parallels, *found.meridians)]:
        assert -1 <= at <= SIZE + 1
    assert len(found.parallels) <= 6
    assert len(found.meridians) <= 7
    assert found.bar.length < SIZE / 2
    assert found.ring < SIZE / 2


def test_north_is_up_and_east_is_right() -> None:
    ((x, y),) = locator(QAIM, LocationPrecision.TOWN, [Point(34.5, 41.2)]).dots
    assert x > SIZE / 2
    assert y < SIZE / 2


def test_the_map_goes_on_across_the_date_line() -> None:
    ((x, _),) = locator(Point(0, 179.9), LocationPrecision.EXACT, [Point(0, -179.9)]).dots
    assert x > SIZE / 2
    assert "180° W" in [
        line.label for line in locator(Point(0, 179.9), LocationPrecision.EXACT, []).meridians
    ]


def test_distances() -> None:
    assert kilometres(Point(0, 0), Point(0, 1)) == pytest.approx(111.2, abs=0.1)
    assert kilometres(Point(0, 179.5), Point(0, -179.5)) == pytest.approx(111.2, abs=0.1)
    assert kilometres(QAIM, QAIM) == 0


@given(POINTS, POINTS)
def test_what_is_near_is_in_the_box(centre: Point, other: Point) -> None:
    height, width = box(centre, 50)
    if kilometres(centre, other) <= 49.9 and abs(other.north) < 88:
        assert abs(other.north - centre.north) <= height
        assert abs((other.east - centre.east + 180) % 360 - 180) <= width


@pytest.mark.parametrize(
    ("point", "said"),
    [
        (QAIM, "34.37° N, 41.09° E"),
        (Point(-12.5, -77.04), "12.5° S, 77.04° W"),
        (Point(0, 0), "0°, 0°"),
    ],
)
def test_coordinates_in_words(point: Point, said: str) -> None:
    assert words(point) == said
