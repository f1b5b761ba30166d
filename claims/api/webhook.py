"""Webhooks, with their secrets; for owners. What was sent to each is on its page."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from claims.actions import webhook as actions
from claims.api.fields import RowSerializer
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import Strict
from claims.api.writing import OneToWrite
from claims.forms.webhook import GUARD
from claims.models import Webhook
from claims.outgoing import MAX_URL, OutgoingError

OWNERS = "webhooks"


class WebhookSerializer(RowSerializer):
    """What follows `active` is the server's. While `stopped` is not empty, nothing is sent."""

    class Meta:
        model = Webhook
        fields = (
            "name",
            "url",
            "tells_claims",
            "tells_links",
            "tells_states",
            "tells_verdicts",
            "active",
            "secret",
            "stopped",
            "failures",
            "made_by",
            "version",
            "created_at",
            "updated_at",
        )


class WebhookChangeSent(Strict):
    """It is told of at least one of the four."""

    name = serializers.CharField(max_length=100)
    url = serializers.CharField(max_length=MAX_URL)
    tells_claims = serializers.BooleanField(required=False)
    tells_links = serializers.BooleanField(required=False)
    tells_states = serializers.BooleanField(required=False)
    tells_verdicts = serializers.BooleanField(required=False)
    active = serializers.BooleanField(required=False)

    def validate_url(self, url: str) -> str:
        """Refuses what can be told of the address alone."""
        try:
            GUARD.check_form(url)
        except OutgoingError as error:
            raise serializers.ValidationError(str(error)) from error
        return url


class WebhookSent(WebhookChangeSent):
    """Told of everything and switched on, unless it says otherwise. The server makes a secret."""


class Webhooks(ToMake, Rows):
    rules = {"GET": OWNERS, "POST": OWNERS}
    serializer_class = WebhookSerializer
    takes = WebhookSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Adds a webhook."""
        return self.made(actions.create(self.desk.actor, sent), "api-webhook")


class OneWebhook(OneToWrite):
    rules = {"GET": OWNERS, "PATCH": OWNERS, "DELETE": OWNERS}
    serializer_class = WebhookSerializer
    takes = WebhookChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        """Sets name, address, what it is told of, and whether it is on."""
        actions.edit(self.desk.actor, row, version, sent)

    def end(self, row: Any, version: int) -> None:
        """Deletes it: nothing more is sent; that can be undone."""
        actions.delete(self.desk.actor, row, version)
