"""Which incidents a claim or an article is likely about, to be offered first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Max, Min

from claims.actions.spans import current_revision
from claims.anchoring.text import paragraph_at
from claims.models import Article, Claim, Incident, Revision
from claims.models.near import incidents_near, incidents_near_each
from claims.records import SpanRole
from claims.suggester.competing.events import Likely

OF_AN_ARTICLE = 10
"""So many are shown beside an article, most of them folded."""


class Offered(NamedTuple):
    """An incident, and what speaks for it."""

    row: Incident
    why: str


def likely_for(article: Article, revision: Revision, start: int, end: int) -> list[Offered]:
    """For a claim with the words from `start` to `end`: by them and by their paragraph."""
    return _rows(incidents_near(article, _with_paragraph(revision, start, end)))


def likely_of(claim: Claim) -> list[Offered]:
    """For a claim that is there; by its article where the newest text does not have its words."""
    revision = current_revision(claim.article)
    contents = claim.spans.filter(revision=revision, role=SpanRole.CONTENT)
    place = contents.aggregate(first=Min("start"), last=Max("end"))
    if place["first"] is None:
        return _rows(incidents_near(claim.article))
    return likely_for(claim.article, revision, place["first"], place["last"])


def likeliest(
    article: Article, revision: Revision, places: Sequence[tuple[int, int]]
) -> list[int | None]:
    """The id of the likeliest incident for the words at each of these places; None for none."""
    texts = [_with_paragraph(revision, start, end) for start, end in places]
    return [found[0].id if found else None for found in incidents_near_each(article, texts, 1)]


def _with_paragraph(revision: Revision, start: int, end: int) -> str:
    place = paragraph_at(revision.text, start)
    return f"{revision.text[start:end]} {place.text if place else ''}"


def likely_about(article: Article) -> list[Offered]:
    """For an article that has no claims, or such about no incident yet."""
    claims = article.claims.kept()
    if claims.exists() and not claims.filter(incident=None).exists():
        return []
    return _rows(incidents_near(article, most=OF_AN_ARTICLE))


def likely_rows(article: Article) -> list[Incident]:
    """The incidents alone, for a list to choose from."""
    return [one.row for one in _rows(incidents_near(article))]


def _rows(found: list[Likely]) -> list[Offered]:
    rows = Incident.objects.select_related("workspace").in_bulk([one.id for one in found])
    return [Offered(rows[one.id], one.why) for one in found if one.id in rows]
