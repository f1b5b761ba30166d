"""Claims that the newest text does not have: their words in the last text that has them."""

from __future__ import annotations

from collections.abc import Collection

from claims.actions.revision import waiting
from claims.models import Revision, Span
from claims.records import SpanRole
from claims.views.card import Elsewhere


def earlier(claims: Collection[int], revision: Revision) -> dict[int, tuple[str, Elsewhere]]:
    """By claim its words, and where they are; two queries, and none where nothing is missing."""
    if not claims or revision.number == 1:
        return {}
    spans = Span.objects.filter(
        claim__in=claims, role=SpanRole.CONTENT.value, revision__number__lt=revision.number
    )
    rows = spans.select_related("revision__workspace").defer("revision__text")
    found: dict[int, list[Span]] = {}
    for span in rows.order_by("revision__number", "start"):
        own = found.setdefault(span.claim_id, [])
        if own and own[0].revision_id != span.revision_id:
            own.clear()
        own.append(span)
    waits = set(waiting(revision).order_by().values_list("claim", flat=True))
    return {
        pk: (
            " […] ".join(span.quote for span in own),
            Elsewhere(own[0].revision.number, own[0].revision.get_absolute_url(), pk in waits),
        )
        for pk, own in found.items()
    }
