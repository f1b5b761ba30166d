"""What the page of one incident shows, part by part."""

from __future__ import annotations

from typing import Any, NamedTuple

from claims.models import Incident
from claims.records import Basis, Relation
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
    whole = {name for name in ("pairs", "links", "figures") if request.GET.get(name) == "all"}
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
        "unheard": not_yet_heard(seen, table, progress),
        "repeats": repeats(seen, table),
        "voices": voices(seen),
        "place": place(incident),
        "competing": competing(seen, everything=everything or "pairs" in whole),
        "links": _links(seen, everything=everything or "links" in whole),
        "all_links": len(seen.links),
        "figures": figures(seen, everything=everything or "figures" in whole),
        "timeline": timeline(seen),
        "unfiled": [(cards[0], cards[1:]) for cards in seen.unfiled],
        "opinions": seen.opinions,
        "not_counted": seen.not_counted,
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
