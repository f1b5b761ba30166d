"""A plain map without tiles: a point, how exact it is, and a net of degrees around it.

Pure geometry: it takes coordinates and gives places on a square of `SIZE` units.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from claims.records import LocationPrecision

SIZE = 320
POLE, HALF_TURN = 90, 180
MOST_LINES = 5
KM_PER_DEGREE = 111.32
"""Of latitude; of longitude at the equator."""
RADIUS_KM = {
    LocationPrecision.EXACT: 0,
    LocationPrecision.NEIGHBOURHOOD: 1,
    LocationPrecision.TOWN: 5,
    LocationPrecision.DISTRICT: 25,
    LocationPrecision.REGION: 100,
    LocationPrecision.COUNTRY: 400,
    LocationPrecision.UNKNOWN: 0,
}
"""The ring around a point. Our convention: no town is round, and the text gives no radius."""
NEAR_KM = 50
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 90.0)
"""Degrees between two lines of the net."""


class Point(NamedTuple):
    """Degrees north and east."""

    north: float
    east: float


class Line(NamedTuple):
    """A line of the net: where it stands on its axis, and its degrees."""

    at: float
    label: str


class Bar(NamedTuple):
    """The scale: so many units are so many kilometres."""

    length: float
    label: str


class Locator(NamedTuple):
    """The drawing; the point is in its middle. `ring` is 0 where there is none to draw."""

    ring: float
    ring_km: int
    parallels: list[Line]
    meridians: list[Line]
    dots: list[tuple[float, float]]
    bar: Bar


def locator(centre: Point, precision: LocationPrecision, others: Iterable[Point]) -> Locator:
    """The map of `centre`; those of `others` outside of it are left out."""
    ring_km = RADIUS_KM[precision]
    # The half of the width, in degrees of latitude.
    reach = max(NEAR_KM, ring_km) * 1.15 / KM_PER_DEGREE
    squeeze = _squeeze(centre)
    unit = SIZE / 2 / reach
    dots = []
    for other in others:
        x = SIZE / 2 + _turn(other.east - centre.east) * squeeze * unit
        y = SIZE / 2 - (other.north - centre.north) * unit
        if 0 <= x <= SIZE and 0 <= y <= SIZE:
            dots.append((round(x, 1), round(y, 1)))
    km = next(km for km in (200, 100, 50, 20, 10) if km <= reach * KM_PER_DEGREE / 2)
    return Locator(
        ring=round(ring_km / KM_PER_DEGREE * unit, 1),
        ring_km=ring_km,
        parallels=[
            Line(round(SIZE / 2 - (at - centre.north) * unit, 1), _degrees(at, "N", "S"))
            for at in _net(centre.north, reach)
            if -POLE <= at <= POLE
        ],
        meridians=[
            Line(
                round(SIZE / 2 + (at - centre.east) * squeeze * unit, 1),
                _degrees(_turn(at), "E", "W"),
            )
            for at in _net(centre.east, min(reach / squeeze, HALF_TURN))
        ],
        dots=dots,
        bar=Bar(round(km / KM_PER_DEGREE * unit, 1), f"{km} km"),
    )


def kilometres(one: Point, other: Point) -> float:
    """How far apart two points are (haversine, a sphere of 6371 km)."""
    north, east = math.radians(other.north - one.north), math.radians(other.east - one.east)
    square = (
        math.sin(north / 2) ** 2
        + math.cos(math.radians(one.north))
        * math.cos(math.radians(other.north))
        * math.sin(east / 2) ** 2
    )
    return 2 * 6371 * math.asin(math.sqrt(min(square, 1)))


def box(centre: Point, km: float) -> tuple[float, float]:
    """Half the height and half the width, in degrees, of the box around all within `km`."""
    height = km / KM_PER_DEGREE
    widest = _squeeze(Point(min(abs(centre.north) + height, POLE), 0))
    return height, min(height / widest, HALF_TURN)


def words(point: Point) -> str:
    """As "34.37° N, 41.09° E"."""
    return f"{_degrees(point.north, 'N', 'S')}, {_degrees(point.east, 'E', 'W')}"


def _squeeze(point: Point) -> float:
    """How much shorter a degree of longitude is than one of latitude; never 0, at the poles too."""
    return max(math.cos(math.radians(point.north)), 0.02)


def _turn(east: float) -> float:
    """Degrees east from -180 up to 180: the net goes on across the date line."""
    return (east + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN


def _degrees(value: float, positive: str, negative: str) -> str:
    number = f"{abs(round(value, 6)):.6f}".rstrip("0").rstrip(".")
    sign = "" if float(number) == 0 else f" {positive if value > 0 else negative}"
    return f"{number}°{sign}"


def _net(middle: float, reach: float) -> list[float]:
    """Round degrees within `reach` of `middle`: two to five of them."""
    step = next(step for step in STEPS if 2 * reach / step <= MOST_LINES)
    first = math.ceil((middle - reach) / step)
    last = math.floor((middle + reach) / step)
    return [round(number * step, 6) for number in range(first, last + 1)]
