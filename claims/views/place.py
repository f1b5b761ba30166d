"""Where it happened: the map of an incident, and what else the desk has nearby."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple, TypedDict

from django.conf import settings
from django.db.models import Q, QuerySet

from claims.models import Incident
from claims.records import LocationPrecision
from claims.views.locator import (
    HALF_TURN,
    NEAR_KM,
    SIZE,
    Locator,
    Point,
    box,
    kilometres,
    locator,
    words,
)

MOST_READ = 100
"""How many incidents on either side, north and south, are looked at."""
MOST_NAMED = 8
MOST_DOTS = 40


class Nearby(NamedTuple):
    """Another incident, and how far away it is in words."""

    incident: Incident
    distance: str


class Spot(TypedDict):
    """A point of a map with tiles, in degrees, and the page behind it."""

    north: float
    east: float
    name: str
    url: str


class Tiles(TypedDict):
    """What Leaflet draws: the same as the plain map, on tiles of `server`. `ring` in metres."""

    server: str
    credit: str
    here: Spot
    ring: int
    others: list[Spot]


class Place(NamedTuple):
    """The map with its words. `more` are not listed; `all_of_them`: none was passed by.

    `tiles` is None unless the site names a server for them (`MAP_TILES`).
    """

    locator: Locator
    tiles: Tiles | None
    size: int
    coordinates: str
    precision: str
    nearby: list[Nearby]
    more: int
    all_of_them: bool


def place(incident: Incident) -> Place | None:
    """None where there are no coordinates; else two queries."""
    if incident.latitude is None or incident.longitude is None:
        return None
    centre = _point(incident)
    halves = _near(incident, centre)
    near = sorted(
        ((kilometres(centre, _point(other)), other.pk, other) for half in halves for other in half),
        key=lambda found: found[:2],
    )
    near = [found for found in near if found[0] <= NEAR_KM]
    precision = LocationPrecision(incident.location_precision)
    dots = [other for _, _, other in near[:MOST_DOTS]]
    drawn = locator(centre, precision, [_point(other) for other in dots])
    return Place(
        drawn,
        _tiles(incident, drawn, dots) if settings.MAP_TILES else None,
        SIZE,
        words(centre),
        "precision not known" if precision == LocationPrecision.UNKNOWN else precision.label,
        [Nearby(other, _distance(incident, other, km)) for km, _, other in near[:MOST_NAMED]],
        len(near[MOST_NAMED:]),
        all(len(half) < MOST_READ for half in halves),
    )


def _tiles(incident: Incident, drawn: Locator, others: list[Incident]) -> Tiles:
    return {
        "server": settings.MAP_TILES,
        "credit": settings.MAP_CREDIT,
        "here": _spot(incident),
        "ring": drawn.ring_km * 1000,
        "others": [_spot(other) for other in others],
    }


def _spot(incident: Incident) -> Spot:
    north, east = _point(incident)
    return Spot(north=north, east=east, name=str(incident), url=incident.get_absolute_url())


def _near(incident: Incident, centre: Point) -> list[list[Incident]]:
    """Those in the box around it: the nearest in latitude to the north, and to the south.

    Bounded, and in the order of an index: one town may have a hundred thousand incidents.
    """
    height, width = box(centre, NEAR_KM)
    others = Incident.objects.within(incident.workspace).kept().exclude(pk=incident.pk)
    others = others.filter(_between(centre.east, width))
    top, bottom = _exact(centre.north + height), _exact(centre.north - height)
    north = others.filter(latitude__gte=incident.latitude, latitude__lte=top)
    south = others.filter(latitude__lt=incident.latitude, latitude__gte=bottom)
    return [_first(north.order_by("latitude")), _first(south.order_by("-latitude"))]


def _exact(degrees: float) -> Decimal:
    """As the column keeps it."""
    return round(Decimal(degrees), 6)


def _first(found: QuerySet[Any]) -> list[Incident]:
    return list(found[:MOST_READ])


def _between(east: float, width: float) -> Q:
    """Within `width` degrees of longitude, across the date line too."""
    west, end, turn = east - width, east + width, 2 * HALF_TURN
    inside = Q(longitude__gte=_exact(west), longitude__lte=_exact(end))
    if west < -HALF_TURN:
        inside |= Q(longitude__gte=_exact(west + turn))
    if end > HALF_TURN:
        inside |= Q(longitude__lte=_exact(end - turn))
    return inside


def _point(incident: Any) -> Point:
    return Point(float(incident.latitude), float(incident.longitude))


def _distance(one: Incident, other: Incident, km: float) -> str:
    """No nearer than the coordinates are exact."""
    if (one.latitude, one.longitude) == (other.latitude, other.longitude):
        return "the same coordinates"
    return "less than 1 km" if km < 1 else f"about {round(km)} km"
