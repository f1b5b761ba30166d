"""The OpenAPI document, and the page that shows it."""

from __future__ import annotations

import inspect
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from claims.api.frame import DeskView
from claims.api.making import HEADER
from claims.api.problems import MEDIA_TYPE, plainly
from claims.models.receipt import LONGEST_KEY
from claims.policy import RULES
from claims.records import Role

FIELDS = OpenApiParameter("fields", str, description="Tell these fields alone, with commas.")
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The object's ETag."
)

IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="The same request with the same key is done once, and answered again for a day.",
)


class FaultSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457. What comes after `errors` comes with a `type` of its own."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors: Any = FaultSerializer(many=True, required=False)
    candidates = serializers.DictField(required=False)
    sentences = serializers.ListField(child=serializers.CharField(), required=False)
    current = serializers.DictField(required=False)
    purged = serializers.DictField(required=False)


SAYS = {
    400: "What was sent can't be read, or can't be so; `errors` names the fields.",
    401: "Who asks is not known.",
    403: "A member without the right.",
    404: "It is not there, or not at a desk of yours.",
    405: "Not by this method.",
    409: "It needs a choice or a consent.",
    410: "It was purged, for good: `purged` tells by whom, when and why.",
    413: "More than can be sent at once.",
    415: "JSON is wanted.",
    422: "The key was sent with another request.",
    412: "Stale: `current` is the object as it is now.",
    428: "`If-Match` is missing.",
    429: "Too often.",
}


class Schema(AutoSchema):
    """Adds to each operation what all of them have in common."""

    def get_override_parameters(self) -> list[Any]:
        if not isinstance(self.view, DeskView):
            return []
        if self.method in {"PATCH", "DELETE"}:
            return [IF_MATCH, FIELDS] if self.method == "PATCH" else [IF_MATCH]
        return [FIELDS, IDEMPOTENCY_KEY] if self.method == "POST" else [FIELDS]

    def get_request_serializer(self) -> Any:
        return getattr(self.view, "takes", None) or super().get_request_serializer()

    def get_response_serializers(self) -> Any:
        return getattr(self.view, "tells", None) or super().get_response_serializers()

    def get_description(self) -> str:  # type: ignore[override]
        does = {"POST": "make", "PATCH": "change", "DELETE": "end"}.get(str(self.method), "")
        action = getattr(self.view, does, None)
        return (action and inspect.getdoc(action)) or super().get_description()

    def _is_create_operation(self) -> bool:
        return bool(self.method == "POST")

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies: Any = super()._get_response_bodies(direction)
        codes = {400, 401, 404, 429}
        reads = getattr(self.view, "rules", {}).get("GET", "read")
        if self.method != "GET" or RULES[reads].least != Role.VIEWER:
            codes |= {403}
        if self.method in {"POST", "PATCH"}:
            codes |= {409, 413, 415}
        if self.method == "POST":
            codes |= {422}
        if self.method in {"PATCH", "DELETE"}:
            codes |= {412, 428}
        if "{uid}" in self.path:
            codes |= {410}
        for code in sorted(codes):
            problem = OpenApiResponse(ProblemSerializer, SAYS[code])
            body = self._get_response_for_code(problem, str(code), [MEDIA_TYPE])  # type: ignore[no-untyped-call]
            bodies[str(code)] = body
        return bodies


def strictly(result: Any, **_: Any) -> Any:
    """Says of what is sent that a field which is not named is refused."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("SentRequest"):
            schema["additionalProperties"] = False
    return result


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names it."""

    target_class = "claims.api.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer"}


@login_required
def docs(request: HttpRequest) -> HttpResponseBase:
    """The document as a page, in which one can try what one may."""
    if request.method not in ("GET", "HEAD"):
        return plainly(405, "This page is only read.")
    return render(request, "api/docs.html")
