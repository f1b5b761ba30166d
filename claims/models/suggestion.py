"""What a machine proposes as claims, which articles it has yet to read, and what it has learned."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import Row, RowQuerySet, one_of
from claims.records import (
    ClaimKind,
    Engine,
    Polarity,
    Speech,
    SuggestionState,
    TrainingState,
)

PROPOSED = Q(state=SuggestionState.PROPOSED.value)
USED = Q(state=TrainingState.DONE.value, better=True)


class SuggestionQuerySet(RowQuerySet):
    """Suggestions by whether they wait for a person."""

    def proposed(self) -> Self:
        """Those that nobody has decided on."""
        return self.filter(PROPOSED)


class Suggestion(Row):
    """A proposed claim of an article. It is none, whatever was decided: it counts nowhere.

    `content`, `source_words` and `cue` are pieces `[start, end]` of the text of `revision`, in code
    points; `words` are the content's. `revision` is empty where that text is gone. `source_ids` are
    the uids of the sources that fit, best first. `polarity` is blank where the words leave it
    open. `fingerprint` tells the same proposal again in another text, by another engine.

    The journal keeps what a person decided; what the machine wrote is not told there.
    """

    DERIVED = frozenset(
        "revision made_at engine engine_version score reasons start content source_words cue words "
        "fingerprint kind polarity speech source_name source_ids unnamed said_as_stated "
        "figures".split()
    )

    # No index of its own: a wider one begins with the same column.
    article = models.ForeignKey(
        "claims.Article", models.CASCADE, related_name="suggestions", db_index=False
    )
    revision = models.ForeignKey(
        "claims.Revision", models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    engine = models.CharField(max_length=7, choices=Engine.choices())
    engine_version = models.CharField(max_length=20)
    score = models.FloatField("probability that a person accepts it")
    reasons: Any = models.JSONField(default=list, blank=True)
    start = models.PositiveIntegerField()
    content: Any = models.JSONField(default=list, blank=True)
    source_words: Any = models.JSONField(default=list, blank=True)
    cue: Any = models.JSONField(default=list, blank=True)
    words = models.TextField()
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=ClaimKind.choices())
    polarity = models.CharField(max_length=7, choices=Polarity.choices(), blank=True)
    speech = models.CharField(max_length=8, choices=Speech.choices())
    source_name = models.CharField(max_length=200, blank=True)
    source_ids: Any = models.JSONField(default=list, blank=True)
    unnamed = models.BooleanField(default=False)
    said_as_stated = models.CharField(max_length=200, blank=True)
    figures: Any = models.JSONField(default=list, blank=True)

    state = models.CharField(
        "decided",
        max_length=9,
        choices=SuggestionState.choices(),
        default=SuggestionState.PROPOSED.value,
    )
    decided_by = models.ForeignKey(
        "claims.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    claim = models.ForeignKey(
        "claims.Claim", models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )

    objects: ClassVar[Any] = SuggestionQuerySet.as_manager()

    class Meta(Row.Meta):
        ordering = ["start", "id"]
        indexes: ClassVar = [
            models.Index(fields=["article", "state", "start"], name="suggestion_of_article"),
            models.Index(fields=["workspace", "engine", "state"], name="suggestion_by_engine"),
        ]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            one_of("engine", Engine),
            one_of("kind", ClaimKind),
            one_of("polarity", Polarity, blank=True),
            one_of("speech", Speech),
            one_of("state", SuggestionState),
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="suggestion_score_range"),
        ]

    def __str__(self) -> str:
        return f"suggestion {self.uid}"

    @property
    def is_unclear(self) -> bool:
        """Whether a person has to say if its source says that it is so."""
        return self.kind == ClaimKind.FACTUAL and not self.polarity

    @property
    def says(self) -> str:
        """As `Claim.says`."""
        does = {ClaimKind.EVALUATIVE.value: "gives an opinion", ClaimKind.DEMAND.value: "demands"}
        if self.is_unclear:
            return "may say that it is so, or not"
        return does.get(self.kind) or Polarity(self.polarity).label


class Leased(Row):
    """What a worker takes up: it has a `lease` until then, which lapses when it dies."""

    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta(Row.Meta):
        abstract = True


class ToRead(Leased):
    """That the newest text of an article is to be read by the machine; gone once it is.

    `why_failed` is set where it could not be, and is tried no more.
    """

    article = models.OneToOneField("claims.Article", models.CASCADE, related_name="+")
    why_failed = models.CharField(max_length=300, blank=True)

    class Meta(Leased.Meta):
        ordering = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(why_failed=""), name="toread_in_order"),
        ]
        constraints: ClassVar = [*Row.Meta.constraints]

    def __str__(self) -> str:
        return f"article {self.article_id} is to be read"


class Training(Leased):
    """One time that a model was learned from the desk's approved claims, and how well it reads.

    `figures` are those of the rules and of the model on the articles that were held back;
    `better`: the model beats the rules there, and reads new articles of its `language`. Only the
    newest is used. `claims` is how many were approved by then.
    """

    number = models.PositiveIntegerField()
    asked_by = models.ForeignKey(
        "claims.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=7, choices=TrainingState.choices(), default=TrainingState.WAITING.value
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True)
    claims = models.PositiveIntegerField(default=0)
    articles = models.PositiveIntegerField(default=0)
    held_back = models.PositiveIntegerField(default=0)
    figures: Any = models.JSONField(default=dict, blank=True)
    better = models.BooleanField(default=False)
    model = models.BinaryField(null=True, blank=True)
    why_failed = models.CharField(max_length=300, blank=True)

    class Meta(Leased.Meta):
        ordering = ["-number"]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            one_of("state", TrainingState),
            models.UniqueConstraint(fields=["workspace", "number"], name="training_number"),
            models.UniqueConstraint(
                fields=["workspace"],
                condition=Q(state__in=["waiting", "at_work"]),
                name="training_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(better=False) | Q(model__isnull=False), name="training_better_is_kept"
            ),
        ]

    def __str__(self) -> str:
        return f"training {self.number}"
