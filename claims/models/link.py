"""How claims bear on each other, and which answers they hold."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from claims.models.base import Root, one_of
from claims.records import Basis, Extent, Relation, Stance

KEPT = Q(deleted_at=None)
SYMMETRIC = Q(relation__in=[r.value for r in Relation if r.symmetric])


class Link(Root):
    """A typed relation between two claims of one incident, made by a person."""

    incident = models.ForeignKey("claims.Incident", models.PROTECT, related_name="links")
    from_claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="links_from")
    to_claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="links_to")
    relation = models.CharField(max_length=12, choices=Relation.choices())
    basis = models.CharField(max_length=8, choices=Basis.choices(), blank=True)
    note = models.TextField(blank=True)
    annotator = models.ForeignKey("claims.User", models.PROTECT, related_name="+")

    class Meta(Root.Meta):
        indexes: ClassVar = [models.Index(fields=["incident", "id"], name="link_by_incident")]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            one_of("relation", Relation),
            one_of("basis", Basis, blank=True),
            models.CheckConstraint(
                condition=~Q(from_claim=F("to_claim")), name="link_not_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(basis="") | Q(relation=Relation.CONTRADICTS.value),
                name="link_basis_of_contradicts",
            ),
            models.UniqueConstraint(
                "from_claim",
                "to_claim",
                "relation",
                condition=KEPT & ~SYMMETRIC,
                name="link_once",
            ),
            models.UniqueConstraint(
                Least("from_claim", "to_claim"),
                Greatest("from_claim", "to_claim"),
                "relation",
                condition=KEPT & SYMMETRIC,
                name="link_symmetric_once",
            ),
            models.UniqueConstraint(
                fields=["from_claim"],
                condition=KEPT & Q(relation=Relation.RESTATES.value),
                name="link_one_restates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_claim_id} {self.relation} {self.to_claim_id}"


class Filing(Root):
    """A factual claim holds or rejects one answer, fully or in part."""

    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="filings")
    position = models.ForeignKey("claims.Position", models.PROTECT, related_name="filings")
    stance = models.CharField(max_length=7, choices=Stance.choices(), default=Stance.HOLDS.value)
    extent = models.CharField(max_length=7, choices=Extent.choices(), default=Extent.FULLY.value)
    annotator = models.ForeignKey("claims.User", models.PROTECT, related_name="+")

    class Meta(Root.Meta):
        constraints: ClassVar = [
            *Root.Meta.constraints,
            one_of("stance", Stance),
            one_of("extent", Extent),
            models.UniqueConstraint(
                fields=["claim", "position"], condition=KEPT, name="filing_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.stance} {self.position_id}"
