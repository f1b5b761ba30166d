"""How much of what one may ask of the API has been taken, counted across processes."""

from __future__ import annotations

from django.db import models


class Allowance(models.Model):
    """What a person has taken of their requests in the span of time that `began`."""

    user = models.OneToOneField("claims.User", models.CASCADE, related_name="+")
    began = models.BigIntegerField()
    taken = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.taken} since {self.began}"
