"""Who did it, in the words of a file that was imported: text, and never an account."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Credit(models.Model):
    """That a file names `name` where a row has a member: as annotator, say, or reviewer.

    `stand_in` is who the row names instead, who imported it (nobody where it may be empty). Once
    the row names another, because somebody here has done something with it, the credit is void.
    """

    workspace = models.ForeignKey("claims.Workspace", models.PROTECT, related_name="+")
    noun = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    field = models.CharField(max_length=20)
    name = models.TextField()
    stand_in = models.ForeignKey("claims.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["noun", "object_id", "field"], name="credit_once")
        ]

    def __str__(self) -> str:
        return self.name
