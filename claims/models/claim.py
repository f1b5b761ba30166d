"""Attributed statements: a claim with its spans and figures is one aggregate, one version."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.models.base import AsSeen, Root, Row, one_of
from claims.records import (
    Certainty,
    ClaimKind,
    ClaimStatus,
    Credibility,
    FigureStatus,
    KnowsBy,
    LowBasis,
    Match,
    Measure,
    Origin,
    Polarity,
    SpanRole,
    Speech,
)


class Claim(AsSeen, Root):
    """One attributed statement in one article.

    The last block of columns is derived (`claims/dispute.py` is the reference,
    `actions/state.py` refreshes them) and never counts as an edit.
    """

    DERIVED = frozenset(
        "stands live statement originator originator_article disputed "
        "competing_claims competing_originators".split()
    )

    # No index of their own: wider ones begin with the same column.
    workspace = models.ForeignKey(
        "claims.Workspace", models.PROTECT, related_name="+", db_index=False
    )
    article = models.ForeignKey(
        "claims.Article", models.PROTECT, related_name="claims", db_index=False
    )
    incident = models.ForeignKey(
        "claims.Incident",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        db_index=False,
    )
    source = models.ForeignKey(
        "claims.Source", models.PROTECT, related_name="claims", db_index=False
    )
    via = models.ForeignKey(
        "claims.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_claims",
    )
    accused = models.ForeignKey(
        "claims.Source",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accusing_claims",
    )
    kind = models.CharField(
        max_length=10, choices=ClaimKind.choices(), default=ClaimKind.FACTUAL.value
    )
    polarity = models.CharField(
        max_length=7, choices=Polarity.choices(), default=Polarity.ASSERTS.value
    )
    speech = models.CharField(max_length=8, choices=Speech.choices(), default=Speech.INDIRECT.value)
    knows_by = models.CharField(
        "how they know",
        max_length=10,
        choices=KnowsBy.choices(),
        default=KnowsBy.UNSTATED.value,
    )
    certainty = models.CharField(
        max_length=8, choices=Certainty.choices(), default=Certainty.UNSTATED.value
    )
    credibility = models.CharField(max_length=1, choices=Credibility.choices(), blank=True)
    said_from = models.DateField("said on", null=True, blank=True)
    said_to = models.DateField("or up to", null=True, blank=True)
    said_as_stated = models.CharField("said, as stated", max_length=200, blank=True)
    paraphrase = models.TextField(blank=True)
    translation = models.TextField(blank=True)
    translator = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    annotator = models.ForeignKey("claims.User", models.PROTECT, related_name="claims")
    approver = models.ForeignKey(
        "claims.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_claims",
    )
    origin = models.CharField(max_length=10, choices=Origin.choices(), default=Origin.PERSON.value)
    status = models.CharField(
        max_length=9, choices=ClaimStatus.choices(), default=ClaimStatus.SUBMITTED.value
    )

    stands = models.BooleanField(default=False, editable=False)
    live = models.BooleanField(default=False, editable=False)
    statement = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="cards"
    )
    originator = models.ForeignKey(
        "claims.Source", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # Set where the originator is unnamed: "a medic" of one article is one originator.
    originator_article = models.ForeignKey(
        "claims.Article", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    disputed = models.BooleanField(default=False, editable=False)
    competing_claims = models.PositiveIntegerField(default=0, editable=False)
    competing_originators = models.PositiveIntegerField(default=0, editable=False)

    class Meta(Root.Meta):
        indexes: ClassVar = [
            models.Index(fields=["workspace", "id"], name="claim_in_order"),
            models.Index(fields=["workspace", "status", "id"], name="claim_by_status"),
            models.Index(
                fields=["workspace", "status", "annotator", "id"], name="claim_by_status_annotator"
            ),
            models.Index(fields=["workspace", "disputed", "id"], name="claim_by_disputed"),
            models.Index(fields=["workspace", "annotator", "id"], name="claim_by_annotator"),
            models.Index(fields=["workspace", "said_from", "id"], name="claim_by_day_said"),
            models.Index(fields=["article", "id"], name="claim_by_article"),
            models.Index(fields=["incident", "id"], name="claim_by_incident"),
            models.Index(fields=["source", "id"], name="claim_by_source"),
            models.Index(fields=["source", "incident", "id"], name="claim_by_source_incident"),
        ]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            one_of("kind", ClaimKind),
            one_of("polarity", Polarity),
            one_of("speech", Speech),
            one_of("knows_by", KnowsBy),
            one_of("certainty", Certainty),
            one_of("credibility", Credibility, blank=True),
            one_of("origin", Origin),
            one_of("status", ClaimStatus),
            models.CheckConstraint(
                condition=Q(said_to=None) | Q(said_to__gte=F("said_from")),
                name="claim_said_order",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.uid}"

    def clean(self) -> None:
        """Raises ValidationError when the dates on which it was said are the wrong way round."""
        if self.said_to and (self.said_from is None or self.said_to < self.said_from):
            raise ValidationError({"said_to": "The last day can't be before the first."})

    @property
    def says(self) -> str:
        """What its source does, in plain words: says it is (not) so, demands, gives an opinion."""
        does = {ClaimKind.EVALUATIVE.value: "gives an opinion", ClaimKind.DEMAND.value: "demands"}
        return does.get(self.kind) or Polarity(self.polarity).label

    def quotes(self, role: SpanRole = SpanRole.CONTENT) -> list[str]:
        """Its words of this role in the newest text that has any, in their order; one query."""
        rows = list(self.spans.filter(role=role.value).values_list("revision_id", "quote"))
        newest = max((revision for revision, _ in rows), default=0)
        return [quote for revision, quote in rows if revision == newest]

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.workspace.slug, self.uid])


class Span(Row):
    """A piece of a revision's text: half-open code points, `text[start:end] == quote`."""

    # As in `Claim`: wider indexes begin with each of these.
    workspace = models.ForeignKey(
        "claims.Workspace", models.PROTECT, related_name="+", db_index=False
    )
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="spans", db_index=False)
    revision = models.ForeignKey(
        "claims.Revision", models.PROTECT, related_name="spans", db_index=False
    )
    role = models.CharField(max_length=7, choices=SpanRole.choices())
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    match = models.CharField(max_length=8, choices=Match.choices(), default=Match.EXACT.value)
    score = models.FloatField(default=1.0)

    class Meta(Row.Meta):
        ordering = ["start", "end", "id"]
        indexes: ClassVar = [
            models.Index(fields=["revision", "start", "end"], name="span_in_text"),
            models.Index(fields=["claim", "role", "start"], name="span_of_claim"),
        ]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            one_of("role", SpanRole),
            one_of("match", Match),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="span_not_empty"),
            models.CheckConstraint(condition=~Q(quote=""), name="span_has_quote"),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="span_score_range"),
            models.UniqueConstraint(
                fields=["claim", "revision", "role", "start", "end"], name="span_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.start}-{self.end}"


class Figure(Row):
    """A number in a claim. Blank is not stated; 0 is stated none."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="figures")
    measure = models.CharField(max_length=17, choices=Measure.choices())
    status = models.CharField(
        max_length=9, choices=FigureStatus.choices(), default=FigureStatus.UNKNOWN.value
    )
    subgroup = models.CharField(max_length=100, blank=True)
    group_as_stated = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=200, blank=True)
    low = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    as_stated = models.CharField(max_length=200, blank=True)
    low_basis = models.CharField(
        max_length=10, choices=LowBasis.choices(), default=LowBasis.STATED.value
    )
    order = models.PositiveIntegerField(default=0)

    class Meta(Row.Meta):
        ordering = ["order", "id"]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            one_of("measure", Measure),
            one_of("status", FigureStatus),
            one_of("low_basis", LowBasis),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(high__gte=F("low")),
                name="figure_range_order",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False) | ~Q(as_stated=""),
                name="figure_says_something",
            ),
        ]

    def clean(self) -> None:
        """Raises ValidationError for a range upside down, or a figure that says nothing."""
        if self.low is not None and self.high is not None and self.high < self.low:
            raise ValidationError({"high": "The upper end can't be below the lower one."})
        if self.low is None and self.high is None and not self.as_stated:
            raise ValidationError({"as_stated": "Give a number, or the words as stated."})

    def in_words(self) -> str:
        """For a person: `killed, “civilians”: “dozens”, 24 or more by our convention`."""
        group = self.group_as_stated or (
            "" if self.status == FigureStatus.UNKNOWN else self.get_status_display()
        )
        what = self.get_measure_display()
        what += f", “{group}”" if self.group_as_stated else f", {group}" if group else ""
        what += f" ({self.subgroup})" if self.subgroup else ""
        what += f", {self.part}" if self.part else ""
        said = [f"“{self.as_stated}”"] if self.as_stated else []
        if self.range_in_words() != self.as_stated:
            said += [self.range_in_words()] if self.range_in_words() else []
        return f"{what}: {', '.join(said)}"

    def range_in_words(self) -> str:
        """`25`, `30 to 40`, `24 or more by our convention`, `up to 65`, or nothing."""
        by = " by our convention" if self.low_basis == LowBasis.CONVENTION else ""
        if self.low is None:
            return "" if self.high is None else f"up to {self.high}"
        if self.high is None:
            return f"{self.low} or more{by}"
        return f"{self.low}{by}" if self.low == self.high else f"{self.low} to {self.high}{by}"

    def __str__(self) -> str:
        return self.as_stated or f"{self.low}-{self.high}"
