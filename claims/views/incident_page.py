"""What the page of one incident shows, part by part."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from claims.models import Incident
from claims.records import Basis, Relation, State
from claims.views.comments import section
from claims.views.desk import DeskRequest
from claims.views.figures import figures
from claims.views.incident_rows import asked, badge, in_words, row
from claims.views.matrix import matrix
from claims.views.pairs import competing
from claims.views.place import place
from claims.views.repeats import repeats
from claims.views.said import Said
from claims.views.scene import Scene, scene
from claims.views.timeline import timeline
from claims.views.unheard import not_yet_heard
from claims.views.verdicts import verdicts
from claims.views.voices import voices

MOST_LINKS = 40
LONG = ("pairs", "links", "figures")
"""Lists that are cut at first, as the address names them."""


class Linked(NamedTuple):
    """A link in words."""

    link: Any
    one: Said
    relation: str
    basis: str
    other: Said


def page(
    request: DeskRequest, incident: Incident, seen: Scene | None = None, *, everything: bool = False
) -> dict[str, Any]:
    """The context of the page; the number of queries does not depend on how much there is.

    Long lists are cut, unless the address or `everything` asks for all.
    """
    seen = seen or scene(incident, request.workspace.slug)
    context = at_any_time(seen, LONG if everything else in_whole(request))
    table = context["matrix"]
    progress = seen.progress()
    decided = verdicts(request, incident, seen.questions, seen.claims)
    return context | {
        "incident": incident,
        "unheard": not_yet_heard(seen, table, progress),
        "repeats": repeats(seen, table),
        "voices": voices(request, seen),
        "place": place(incident),
        "articles": len(progress),
        "read_articles": sum(done == lines for _, done, lines in progress),
        "comments": section(request, incident),
        "verdicts": [one for one in decided if one.in_front],
        "undecided": [one for one in decided if not one.in_front],
        "parts": [
            row(part)
            for part in incident.parts.kept().prefetch_related(asked()).order_by("code", "id")
        ],
    }


def in_whole(request: DeskRequest) -> set[str]:
    """The long lists that the address asks for in whole."""
    return {name for name in LONG if request.GET.get(name) == "all"}


def at_any_time(seen: Scene, whole: Collection[str]) -> dict[str, Any]:
    """What can be told of an incident as it is and as it was; `whole` are the lists not to cut."""
    told = seen.result.incident
    found = seen.result.questions
    disputed = [one for one in seen.questions if found[one.pk].state is State.DISPUTED]
    return {
        "badge": badge(told.state),
        "state": in_words(told.state, seen.questions, disputed),
        "told": told,
        "matrix": matrix(seen),
        "competing": competing(seen, everything="pairs" in whole),
        "links": _links(seen, everything="links" in whole),
        "all_links": len(seen.links),
        "figures": figures(seen, everything="figures" in whole),
        "timeline": timeline(seen),
        "unfiled": [(cards[0], cards[1:]) for cards in seen.unfiled],
        "opinions": seen.opinions,
        "not_counted": seen.not_counted,
    }


def _links(seen: Scene, *, everything: bool) -> list[Linked]:
    return [
        Linked(
            link,
            seen.claims[link.from_claim_id],
            Relation(link.relation).label,
            Basis(link.basis).label if link.basis else "",
            seen.claims[link.to_claim_id],
        )
        for link in (seen.links if everything else seen.links[:MOST_LINKS])
    ]
