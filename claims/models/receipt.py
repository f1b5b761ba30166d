"""What a POST with an Idempotency-Key was answered, so that asking again does nothing twice."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

LONGEST_KEY = 255


class Receipt(models.Model):
    """One request of one person, by the key that they gave it.

    It is in work while `status` is empty: `holder` is the attempt that works on it, until
    `held_until`. What was answered is written in the transaction that did the work.
    """

    user = models.ForeignKey("claims.User", models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    # A hash of method, address and body: with the same key, another request is a slip.
    asked = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)
    holder = models.UUIDField(default=uuid.uuid4)
    held_until = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    headers: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="receipt_key")
        ]

    def __str__(self) -> str:
        return self.key
