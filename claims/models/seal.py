"""Seals over the journal, each on the one before it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from claims.models.base import Row


class Seal(Row):
    """That these acts of a desk were so, and no other; `claims/custody.py` says what is hashed.

    An act is in no seal until the worker has sealed it; `acts` counts those of this one.
    """

    number = models.PositiveBigIntegerField()
    sealed_at = models.DateTimeField()
    acts = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta(Row.Meta):
        ordering = ["number"]
        constraints: ClassVar = [
            *Row.Meta.constraints,
            # Two workers that seal at once: one of them finds the number taken, and begins anew.
            models.UniqueConstraint(fields=["workspace", "number"], name="seal_number"),
        ]

    def __str__(self) -> str:
        return f"Seal {self.number}"
