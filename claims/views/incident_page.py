"""What the page of one incident shows, part by part."""

from __future__ import annotations

from typing import Any, NamedTuple

from claims.models import Incident
from claims.records import Basis, Relation
from claims.views.comments import section
from claims.views.desk import DeskRequest
from claims.views.figures import figures
from claims.views.incident_rows import asked, badge, in_words, row
from claims.views.matrix import Matrix, matrix
from claims.views.pairs import competing
from claims.views.said import Said
from claims.views.scene import Scene, scene
from claims.views.timeline import timeline
from claims.views.verdicts import verdicts

MOST_NAMED = 4
MOST_UNREAD = 5


class Linked(NamedTuple):
    """A link in words."""

    link: Any
    one: Said
    relation: str
    basis: str
    other: Said


class Unheard(NamedTuple):
    """A question on which no claim is recorded from some sources; `others` are not named."""

    question: str
    names: list[str]
    others: int


def page(request: DeskRequest, incident: Incident, seen: Scene | None = None) -> dict[str, Any]:
    """The context of the page; the number of queries does not depend on how much there is."""
    seen = seen or scene(incident, request.workspace.slug)
    told = seen.result.incident
    table = matrix(seen)
    progress = seen.progress()
    disputed = [one for one in seen.questions if one.pk in told.disputed_questions]
    decided = verdicts(request, incident, seen.questions, seen.claims)
    return {
        "incident": incident,
        "badge": badge(told.state),
        "state": in_words(told.state, disputed),
        "told": told,
        "matrix": table,
        "unheard": _unheard(table),
        "competing": competing(seen, everything=request.GET.get("pairs") == "all"),
        "links": _links(seen),
        "figures": figures(seen),
        "timeline": timeline(seen),
        "unfiled": [(cards[0], cards[1:]) for cards in seen.unfiled],
        "opinions": seen.opinions,
        "not_counted": seen.not_counted,
        "articles": len(progress),
        "read_articles": sum(done == lines for _, done, lines in progress),
        "unread": [one for one in progress if one[1] < one[2]][:MOST_UNREAD],
        "comments": section(request, incident),
        "verdicts": [one for one in decided if one.in_front],
        "undecided": [one for one in decided if not one.in_front],
        "parts": [
            row(part)
            for part in incident.parts.kept().prefetch_related(asked()).order_by("code", "id")
        ],
        "coordinates": _coordinates(incident),
    }


def _coordinates(incident: Incident) -> str:
    """As "34.37, 41.09 (town)"; empty where there are none."""
    north, east = incident.latitude, incident.longitude
    if north is None or east is None:
        return ""
    precision = incident.get_location_precision_display()
    return f"{north.normalize():f}, {east.normalize():f} ({precision})"


def _links(seen: Scene) -> list[Linked]:
    return [
        Linked(
            link,
            seen.claims[link.from_claim_id],
            Relation(link.relation).label,
            Basis(link.basis).label if link.basis else "",
            seen.claims[link.to_claim_id],
        )
        for link in seen.links
    ]


def _unheard(table: Matrix) -> list[Unheard]:
    """For each key question (for each, if none is key): who has said nothing that is recorded."""
    rows = [one for one in table.rows if one.question.is_key] or table.rows
    return [
        Unheard(
            one.question.text,
            one.silent[:MOST_NAMED],
            max(len(one.silent) - MOST_NAMED, 0),
        )
        for one in rows
        if one.silent
    ]
