"""Files of many things: what is in one, how far it is brought in, and who works on it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from claims.models.base import Row, one_of
from claims.records import ImportState


def import_path(row: Import, name: str) -> str:
    """Where the file is kept while it is needed."""
    return f"imports/{row.workspace_id}/{row.uid}"


class Import(Row):
    """One file with many things in it, from the dry run to the result.

    `counts` are `new`, `there` and `wrong`; `sample` the first things of the file and `problems`
    the first that are wrong, as `actions.import_shapes.Item` shows them. `choices` are what a
    person chose of the file and `offers` what there is to choose, as `importers.choices` has them;
    none for formats without. Whoever works on it has a `lease` until `lease_until`: a worker that
    dies lets it lapse, and another one goes on.
    """

    format = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to=import_path, max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    state = models.CharField(
        max_length=9, choices=ImportState.choices(), default=ImportState.READING.value
    )
    made_by = models.ForeignKey("claims.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    sample = models.JSONField(default=list, blank=True)
    problems = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    choices = models.JSONField(null=True, blank=True)
    offers = models.JSONField(null=True, blank=True)
    leave_wrong_out = models.BooleanField(default=False)
    progress = models.PositiveIntegerField(default=0)
    why_failed = models.CharField(max_length=500, blank=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    change = models.ForeignKey(
        "claims.Change", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Row.Meta):
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-id"], name="import_newest"),
            models.Index(
                fields=["id"],
                name="import_to_do",
                condition=models.Q(state__in=["reading", "waiting", "writing"]),
            ),
        ]
        constraints: ClassVar = [*Row.Meta.constraints, one_of("state", ImportState)]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import", args=[self.workspace.slug, self.uid])

    @property
    def is_open(self) -> bool:
        """Whether somebody or something still has to do with it."""
        ended = (ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED)
        return self.state not in {state.value for state in ended}

    @property
    def is_busy(self) -> bool:
        """Whether it goes on by itself."""
        return self.is_open and self.state != ImportState.READY


class Staged(models.Model):
    """A row that an import has made and not yet shown to anybody: it is marked as deleted.

    `number` is the item of the file that it is of, so that another worker goes on after it; `after`
    is what the journal will hold of it, so that one statement writes that for all.
    """

    job = models.ForeignKey(Import, models.CASCADE, related_name="staged")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    after = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "model", "object_id"], name="staged_once")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
