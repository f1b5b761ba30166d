"""Addresses elsewhere that are told what happens at a desk, and what was sent to each."""

from __future__ import annotations

import base64
import secrets
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from claims.models.base import Root, Row, RowQuerySet, one_of
from claims.records import DeliveryState, WhyStopped

PREFIX = "whsec_"
"""How a secret begins, by the convention of Standard Webhooks."""
SECRET_BYTES = 32
NOUNS = ("claim", "link", "incident", "verdict")
"""What it can be told of."""
OPEN = [DeliveryState.WAITING.value, DeliveryState.FAILED.value]
STILL_OPEN = Q(state__in=OPEN)


def new_secret() -> str:
    """Random bytes in base64, after the prefix."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


class WebhookQuerySet(RowQuerySet):
    """Webhooks by whether anything is sent to them."""

    def live(self) -> Self:
        """Those that are told: kept, switched on by their owner, not stopped by the server."""
        return self.kept().filter(active=True, stopped="")


class Webhook(Root):
    """An address that is told of what happens at the desk, over `secret`, which signs it.

    `active` is the owner's switch; `stopped` is the server's own, which says why. The secrets and
    how sending went stay out of the journal, where every member would read them.
    """

    DERIVED = frozenset(
        "secret old_secret old_secret_until secret_made_at stopped stopped_at failures "
        "tried_at".split()
    )

    name = models.CharField(max_length=100)
    url = models.CharField("address", max_length=2000)
    tells_claims = models.BooleanField("tells of claims", default=True)
    tells_links = models.BooleanField("tells of links", default=True)
    tells_states = models.BooleanField("tells of the states of incidents", default=True)
    tells_verdicts = models.BooleanField("tells of verdicts", default=True)
    active = models.BooleanField("switched on", default=True)
    made_by = models.ForeignKey("claims.User", models.PROTECT, related_name="+", editable=False)

    secret = models.CharField(max_length=100, default=new_secret, editable=False)
    secret_made_at = models.DateTimeField(default=timezone.now, editable=False)
    # Signs beside the new one until then, so that a receiver has time to change over.
    old_secret = models.CharField(max_length=100, blank=True, editable=False)
    old_secret_until = models.DateTimeField(null=True, blank=True, editable=False)

    stopped = models.CharField(max_length=7, choices=WhyStopped.choices(), blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Tries in a row that failed.
    failures = models.PositiveIntegerField(default=0, editable=False)
    tried_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = WebhookQuerySet.as_manager()

    class Meta(Root.Meta):
        ordering = ["name", "id"]
        constraints: ClassVar = [
            *Root.Meta.constraints,
            one_of("stopped", WhyStopped, blank=True),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError where it is told of nothing."""
        if not any(map(self.tells, NOUNS)):
            raise ValidationError({"tells_claims": "Choose what it is to be told of."})

    def get_absolute_url(self) -> str:
        return reverse("webhook", args=[self.workspace.slug, self.uid])

    @property
    def host(self) -> str:
        """Whose machine it is: what of the address may be shown beside its name."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_live(self) -> bool:
        """Whether anything is sent to it."""
        return self.active and not self.stopped and self.deleted_at is None

    def tells(self, noun: str) -> bool:
        """Whether it is to be told of this noun, one of `NOUNS`."""
        return {
            "claim": self.tells_claims,
            "link": self.tells_links,
            "incident": self.tells_states,
            "verdict": self.tells_verdicts,
        }[noun]


class DeliveryQuerySet(RowQuerySet):
    """Deliveries by what is to be done with them."""

    def open(self) -> Self:
        """Those that are still to be sent."""
        return self.filter(STILL_OPEN)


class Delivery(Row):
    """One event for one webhook: written with the act that it tells, sent afterwards.

    `event_uid` is the same for all webhooks and all tries, so that a receiver knows what it has
    had; `body` are the very bytes that are signed. Whoever sends it has a `lease` until
    `lease_until`: of a worker that dies it lapses, and another one sends it again.
    """

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries", db_index=False)
    event = models.CharField(max_length=40)
    event_uid = models.UUIDField(default=uuid7)
    body = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    state = models.CharField(
        max_length=9, choices=DeliveryState.choices(), default=DeliveryState.WAITING.value
    )
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta(Row.Meta):
        indexes: ClassVar = [
            models.Index(fields=["webhook", "-id"], name="delivery_newest"),
            models.Index(fields=["webhook", "state", "-id"], name="delivery_by_state"),
            models.Index(fields=["webhook", "id"], name="delivery_to_do", condition=STILL_OPEN),
        ]
        constraints: ClassVar = [*Row.Meta.constraints, one_of("state", DeliveryState)]

    def __str__(self) -> str:
        return f"{self.event} {self.event_uid}"

    def get_absolute_url(self) -> str:
        return reverse("delivery", args=[self.workspace.slug, self.uid])

    @property
    def is_open(self) -> bool:
        """Whether it is still to be sent."""
        return self.state in OPEN
