"""A reviewer's dated verdicts: append-only, beside the computed state and never over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.models.base import Row, RowQuerySet, SeenQuerySet, one_of
from claims.models.incident import Question
from claims.records import Confidence, Likelihood, Verdict

if TYPE_CHECKING:
    from claims.models.incident import Incident
    from claims.models.user import User

STANDING = Q(withdrawn_at=None)


class AssessmentQuerySet(RowQuerySet):
    """Verdicts by whether they count, and by who may see them yet."""

    def current(self) -> Self:
        """What counts: neither withdrawn nor replaced. One for each reviewer and subject."""
        later = Assessment.objects.filter(supersedes=OuterRef("pk")).filter(STANDING)
        return self.filter(STANDING).exclude(Exists(later))

    def awaiting(self) -> Self:
        """Those for which a second reviewer is asked, and has not decided yet."""
        given = Assessment.objects.filter(second_of=OuterRef("pk")).filter(STANDING)
        return self.current().filter(wants_second=True).exclude(Exists(given))

    def of(self, subject: Question | Incident) -> Self:
        """Those on one question, or on one incident as a whole."""
        return self.filter(**{subject._meta.model_name or "": subject})

    def of_incidents(self, ids: Any) -> Self:
        """Those on these incidents and on their questions, deleted ones left out; asks for them."""
        # Not by a join: of an "or" over two tables, every verdict there is would be looked at.
        questions = Question.objects.filter(incident__in=ids, deleted_at=None)
        asked = list(questions.values_list("pk", flat=True))
        return self.filter(Q(incident__in=ids) | Q(question__in=asked))

    def hidden_from(self, user: User) -> Self:
        """What a reviewer must not see before having decided."""
        return self.filter(_hidden(user))

    def shown_to(self, user: User) -> Self:
        """The others. Asked for each row: a desk has a hundred thousand, and a page names fifty."""
        return self.exclude(_hidden(user))


def _hidden(user: User) -> Q:
    """Whether a verdict is kept from a reviewer.

    Where a verdict of somebody else awaits a second opinion: all that its reviewer has
    recorded there, and the opinions on that. Not what this one has once given theirs on.
    """
    given = Assessment.objects.filter(second_of=OuterRef("pk"), reviewer=user)
    waiting = (
        Assessment.objects.awaiting()
        .exclude(reviewer=user)
        .exclude(Exists(given))
        .filter(Q(question=OuterRef("question")) | Q(incident=OuterRef("incident")))
        .filter(Q(reviewer=OuterRef("reviewer")) | Q(reviewer=OuterRef("second_of__reviewer")))
    )
    return ~Q(reviewer=user) & ~Q(Exists(given)) & Q(Exists(waiting))


class Assessment(Row):
    """One verdict on a question or on an incident as a whole. Never edited, never deleted.

    Undoing it is withdrawing it. A new one of the same reviewer replaces it (`supersedes`); those
    of several reviewers stand side by side. `second_of` is the verdict to which this one is the
    second opinion: `agrees` is whether verdict and answer are the same, `blind` whether its
    reviewer had not seen the first. `likelihood` is that the answer is so; of an incident, that it
    happened as its title and summary say.
    """

    DERIVED = frozenset({"evidence_changed"})

    question = models.ForeignKey(
        "claims.Question", models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    incident = models.ForeignKey(
        "claims.Incident",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        db_index=False,
    )
    verdict = models.CharField(max_length=11, choices=Verdict.choices())
    position = models.ForeignKey(
        "claims.Position", models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    likelihood = models.CharField(max_length=19, choices=Likelihood.choices(), blank=True)
    confidence = models.CharField(max_length=8, choices=Confidence.choices())
    rationale = models.TextField()
    reviewer = models.ForeignKey("claims.User", models.PROTECT, related_name="assessments")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "claims.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        db_index=False,
    )
    wants_second = models.BooleanField("a second reviewer is asked", default=False)
    second_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="seconds", db_index=False
    )
    agrees = models.BooleanField(null=True, blank=True)
    blind = models.BooleanField(default=False)
    claims: Any = models.ManyToManyField(
        "claims.Claim", through="claims.AssessmentClaim", related_name="assessments"
    )
    changes_since: Any = models.ManyToManyField(
        "claims.Change", through="claims.AssessmentChange", related_name="+"
    )
    # Whether there are `changes_since`; refreshed by `actions/state.py`.
    evidence_changed = models.BooleanField(default=False, editable=False)

    objects: ClassVar[Any] = AssessmentQuerySet.as_manager()

    class Meta(Row.Meta):
        ordering = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["workspace", "verdict", "id"], name="assessment_by_verdict"),
            models.Index(fields=["workspace", "reviewer", "-id"], name="assessment_by_reviewer"),
            # Without the empty ones: where nearly all are, a planner that has counted them reads
            # the whole table instead.
            models.Index(
                fields=["incident"],
                name="assessment_on_incident",
                condition=Q(incident__isnull=False),
            ),
            models.Index(
                fields=["second_of"],
                name="assessment_second_of",
                condition=Q(second_of__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            one_of("verdict", Verdict),
            one_of("likelihood", Likelihood, blank=True),
            one_of("confidence", Confidence),
            models.CheckConstraint(
                condition=Q(question=None, incident__isnull=False)
                | Q(question__isnull=False, incident=None),
                name="assessment_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.UNRESOLVED.value, position=None, likelihood="")
                | Q(position__isnull=False, question__isnull=False) & ~Q(verdict="unresolved")
                | Q(position=None, question=None) & ~Q(verdict="unresolved"),
                name="assessment_answer",
            ),
            models.CheckConstraint(condition=~Q(rationale=""), name="assessment_says_why"),
            models.CheckConstraint(
                condition=Q(second_of=None, agrees=None)
                | Q(second_of__isnull=False, agrees__isnull=False),
                name="assessment_second_agrees_or_not",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="assessment_withdrawn_by",
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=STANDING & Q(supersedes__isnull=False),
                name="assessment_replaced_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.position or ''}".strip()

    def clean(self) -> None:
        """Raises ValidationError for a verdict without its answer or reason, or at odds with it."""
        verdict = Verdict(self.verdict)
        if not self.rationale.strip():
            raise ValidationError({"rationale": "Say why."})
        if verdict == Verdict.UNRESOLVED:
            if self.position_id:
                raise ValidationError({"position": "Unresolved: no answer is found to be so."})
            if self.likelihood:
                raise ValidationError({"likelihood": "An unresolved question has no likelihood."})
            return
        if self.question_id and self.position_id is None:
            raise ValidationError({"position": "Say which answer."})
        if self.likelihood and not Likelihood(self.likelihood).fits(verdict):
            said = f"“{verdict.label}” and “{Likelihood(self.likelihood).label}” are at odds."
            raise ValidationError({"likelihood": said})

    @property
    def about(self) -> Question | Incident:
        """What it is a verdict on."""
        subject: Any = self.question or self.incident
        return subject  # type: ignore[no-any-return]

    @property
    def place(self) -> Incident:
        """The incident that it is on, or that its question is of."""
        incident: Any = self.question.incident if self.question else self.incident
        return incident  # type: ignore[no-any-return]

    @property
    def same_as_first(self) -> bool:
        """Whether a second opinion finds what the first one finds."""
        first = self.second_of
        found = (self.verdict, self.position_id)
        return first is not None and found == (first.verdict, first.position_id)


class AssessmentClaim(Row):
    """A claim that a verdict rests on. Made with the verdict, and never changed."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="rests_on")
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="+")

    class Meta(Row.Meta):
        ordering = ["id"]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["assessment", "claim"], name="assessment_claim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} rests on {self.claim_id}"


class AssessmentChange(models.Model):
    """A change of the evidence since a verdict. Kept by `actions/evidence.py`, not by people."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="since")
    change = models.ForeignKey("claims.Change", models.PROTECT, related_name="+")

    objects: ClassVar[Any] = SeenQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "change"], name="assessment_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} since {self.assessment_id}"
