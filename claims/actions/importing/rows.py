"""A record of each table as a row of the database, whatever it points at being there already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from uuid_utils import uuid7

from claims.actions.journal import Actor
from claims.models import (
    Alias,
    Article,
    Assessment,
    AssessmentClaim,
    Claim,
    Comment,
    Figure,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Rating,
    Side,
    Source,
)
from claims.models.folding import folded
from claims.records import ClaimStatus

CLAIM = (
    "kind polarity speech knows_by certainty credibility said_from said_to said_as_stated"
    " paraphrase translation translator note origin created_at updated_at"
).split()
FIGURE = ("measure status subgroup group_as_stated part order low high as_stated low_basis").split()
ARTICLE = ("title type byline url archive_url published_on language status created_at").split()
INCIDENT = (
    "code title occurred_from occurred_to place location_precision summary workflow created_at"
).split()
VERDICT = (
    "verdict likelihood confidence rationale wants_second agrees blind created_at withdrawn_at"
).split()


@dataclass
class Known:
    """What is known so far: by table the database's id of each public id; the sides by name.

    `revisions` are by article and number, `newest` by article, `lost` the deleted answers that
    verdicts name, by the verdict.
    """

    actor: Actor
    ids: dict[str, dict[str, int]]
    sides: dict[str, Side] = field(default_factory=dict)
    revisions: dict[tuple[int, int], int] = field(default_factory=dict)
    newest: dict[int, int] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    owner: bool = False

    def id(self, table: str, uid: str | None) -> Any:
        """The database's id; None for a blank pointer."""
        return self.ids[table][uid] if uid else None

    def base(self, uid: str, **columns: Any) -> dict[str, Any]:
        """What every row has, and `columns`."""
        return {"workspace_id": self.actor.workspace.pk, "uid": uid, **columns}


def taken(record: Any, names: list[str]) -> dict[str, Any]:
    """The columns that are called alike."""
    return {name: getattr(record, name) for name in names}


def _article(known: Known, r: Any) -> Article:
    return Article(**known.base(r.article_id, **taken(r, ARTICLE)), updated_at=r.created_at)


def _source(known: Known, r: Any) -> Source:
    columns = taken(r, ["name", "kind", "named", "note"])
    return Source(
        **known.base(r.source_id, **columns),
        name_folded=folded(r.name)[:200],
        side=known.sides.get(r.side),
        article_id=known.id("articles", r.article_id),
    )


def _alias(known: Known, r: Any) -> Alias:
    return Alias(
        workspace_id=known.actor.workspace.pk,
        source_id=known.id("sources", r.source_id),
        name=r.alias,
        name_folded=folded(r.alias)[:200],
    )


def _rating(known: Known, r: Any) -> Rating:
    columns = taken(r, ["reliability", "since", "reason", "created_at"])
    return Rating(
        **known.base(r.rating_id, **columns),
        source_id=known.id("sources", r.source_id),
        rated_by=known.actor.user,
    )


def _incident(known: Known, r: Any) -> Incident:
    return Incident(
        **known.base(r.incident_id, **taken(r, INCIDENT)),
        precision=r.occurred_precision,
        latitude=_degrees(r.latitude),
        longitude=_degrees(r.longitude),
        updated_at=r.created_at,
    )


def _degrees(value: float | None) -> Decimal | None:
    """As a column of six places keeps it."""
    return None if value is None else Decimal(f"{value:.6f}")


def _question(known: Known, r: Any) -> Question:
    columns = taken(r, ["aspect", "exclusive", "order", "created_at"])
    return Question(
        **known.base(r.question_id, **columns),
        text=r.question,
        is_key=r.key,
        incident_id=known.id("incidents", r.incident_id),
    )


def _position(known: Known, r: Any) -> Position:
    columns = taken(r, ["competes", "order", "created_at"])
    return Position(
        **known.base(r.position_id, **columns),
        text=r.answer,
        question_id=known.id("questions", r.question_id),
    )


def _claim(known: Known, r: Any) -> Claim:
    approved = r.status == ClaimStatus.APPROVED
    return Claim(
        **known.base(r.claim_id, **taken(r, CLAIM)),
        article_id=known.id("articles", r.article_id),
        incident_id=known.id("incidents", r.incident_id),
        source_id=known.id("sources", r.source_id),
        via_id=known.id("sources", r.via_id),
        accused_id=known.id("sources", r.accused_id),
        annotator_id=known.actor.user.pk,
        status=ClaimStatus.SUBMITTED.value if approved and not known.owner else r.status,
        approver_id=known.actor.user.pk if approved and known.owner else None,
    )


SPAN = (
    "id",
    "uid",
    "workspace_id",
    "claim_id",
    "revision_id",
    "role",
    "start",
    "end",
    "quote",
    "match",
    "score",
)


def span(known: Known, pk: int, r: Any) -> list[Any]:
    """The columns `SPAN`: spans are more than all other rows, and no row is made of them first."""
    ids = known.ids
    return [
        pk,
        uuid7().hex,
        known.actor.workspace.pk,
        ids["claims"][r.claim_id],
        known.revisions[ids["articles"][r.article_id], r.revision],
        r.role,
        r.start,
        r.end,
        r.quote,
        r.match,
        r.score,
    ]


def _figure(known: Known, r: Any) -> Figure:
    claim = known.id("claims", r.claim_id)
    return Figure(workspace_id=known.actor.workspace.pk, claim_id=claim, **taken(r, FIGURE))


def _link(known: Known, r: Any) -> Link:
    return Link(
        **known.base(r.link_id, **taken(r, ["relation", "basis", "note", "created_at"])),
        incident_id=known.id("incidents", r.incident_id),
        from_claim_id=known.id("claims", r.from_claim_id),
        to_claim_id=known.id("claims", r.to_claim_id),
        annotator_id=known.actor.user.pk,
    )


def _filing(known: Known, r: Any) -> Filing:
    return Filing(
        **known.base(r.filing_id, **taken(r, ["stance", "extent", "created_at"])),
        claim_id=known.id("claims", r.claim_id),
        position_id=known.id("positions", r.position_id),
        annotator_id=known.actor.user.pk,
    )


def _assessment(known: Known, r: Any) -> Assessment:
    of = {"question_id": known.id("questions", r.question_id)}
    if not r.question_id:
        of["incident_id"] = known.id("incidents", r.incident_id)
    return Assessment(
        **known.base(r.assessment_id, **taken(r, VERDICT)),
        **of,
        position_id=known.id("positions", r.position_id) or known.lost.get(r.assessment_id),
        reviewer=known.actor.user,
        supersedes_id=known.id("assessments", r.supersedes_id),
        second_of_id=known.id("assessments", r.second_of_id),
        withdrawn_by=known.actor.user if r.withdrawn_at else None,
    )


def _assessment_claim(known: Known, r: Any) -> AssessmentClaim:
    return AssessmentClaim(
        workspace_id=known.actor.workspace.pk,
        assessment_id=known.id("assessments", r.assessment_id),
        claim_id=known.id("claims", r.claim_id),
    )


def _comment(known: Known, r: Any) -> Comment:
    subjects = ("claim", "question", "incident", "article")
    on = {f"{one}_id": known.id(f"{one}s", getattr(r, f"{one}_id")) for one in subjects}
    columns = taken(r, ["text", "created_at", "updated_at", "resolved_at"])
    return Comment(
        **known.base(r.comment_id, **columns),
        **on,
        author=known.actor.user,
        resolved_by=known.actor.user if r.resolved_at else None,
    )


MAKE: Mapping[str, Callable[[Known, Any], Any]] = {
    "articles": _article,
    "sources": _source,
    "aliases": _alias,
    "ratings": _rating,
    "incidents": _incident,
    "questions": _question,
    "positions": _position,
    "claims": _claim,
    "figures": _figure,
    "links": _link,
    "filings": _filing,
    "assessments": _assessment,
    "assessment_claims": _assessment_claim,
    "comments": _comment,
}
"""The row of a record of each table but spans, and texts, which are made with their files."""

FORWARD: Mapping[str, dict[str, tuple[str, str]]] = {
    "sources": {"affiliation_id": ("affiliation_id", "sources")},
    "articles": {
        "publisher_id": ("publisher_id", "sources"),
        "republishes_id": ("republishes_id", "articles"),
    },
    "incidents": {"parent_id": ("parent_id", "incidents")},
}
"""By table: columns that may point at what comes after them, the row's column and the table."""

CREDITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "articles": (("assignee", "assignee"),),
    "revisions": (("captured_by", "captured_by"),),
    "ratings": (("rated_by", "rated_by"),),
    "incidents": (("assignee", "assignee"),),
    "claims": (("annotator", "annotator"), ("approver", "approver")),
    "links": (("annotator", "annotator"),),
    "filings": (("annotator", "annotator"),),
    "assessments": (("reviewer", "reviewer"), ("withdrawn_by", "withdrawn_by")),
    "comments": (
        ("author", "author"),
        ("resolved_by", "resolved_by"),
        ("mentions", "mentions"),
    ),
}
"""By table: columns of the record that name somebody, with the field of the row."""
