"""The frame of every address of a desk: who asks, which desk, and whether they may."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.urls import reverse
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.exceptions import ValidationError as Invalid
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from claims import policy
from claims.actions.rows import plain
from claims.api.fields import RowSerializer
from claims.api.tokens import hold_to_its_desk, hold_to_reading
from claims.models import Assessment, Side
from claims.models.base import Root
from claims.views.desk import DeskRequest, enter, one


class DeskView(GenericAPIView[Any]):
    """`rules` says for each method what one must be allowed to do, by `policy.RULES`."""

    rules: ClassVar[dict[str, str]] = {"GET": "read"}
    asks: ClassVar[tuple[str, ...]] = ()
    # What `Allow` lists, where there is a handler; the OpenAPI document tells what OPTIONS would.
    http_method_names = ["get", "head", "post", "patch", "delete"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        enter(self.desk, kwargs["slug"])
        hold_to_its_desk(request, self.desk.workspace)
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in self.rules:
            raise MethodNotAllowed(method)
        hold_to_reading(request)
        if not self.desk.may(self.rules[method]):
            raise PermissionDenied(policy.RULES[self.rules[method]].says)
        refuse_unknown(request.query_params, self.known())

    @property
    def desk(self) -> DeskRequest:
        """The request as the pages know it; it passes on what it does not know itself."""
        return cast("DeskRequest", self.request)

    def known(self) -> set[str]:
        """What may stand in the query of the address."""
        return {"fields", *self.asks}

    def rows(self) -> Any:
        """The rows of the desk that are kept, with what the serializer tells of others."""
        serializer = cast("type[RowSerializer]", self.get_serializer_class())
        rows = serializer.Meta.model._default_manager.filter(workspace=self.desk.workspace)
        if issubclass(serializer.Meta.model, Root):
            rows = rows.filter(deleted_at=None)
        return serializer.with_related(rows)

    def one(self, uid: UUID) -> Any:
        """The row by uid; 404 when it is another desk's, or deleted."""
        return one(self.desk, self.rows(), uid)

    def told(self, row: Any, status: int = 200) -> Response:
        """The row as it is answered, with its version as `ETag`."""
        answer = Response(self.get_serializer(row).data, status=status)
        if version := mark(row):
            answer["ETag"] = f'"{version}"'
        return answer

    def made(self, row: Any, name: str) -> Response:
        """The new row as it is answered, and where it is."""
        answer = self.told(self.one(row.uid), 201)
        answer["Location"] = reverse(name, args=[self.desk.workspace.slug, row.uid])
        return answer

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        serializer = super().get_serializer(*args, **kwargs)
        wanted = self.request.query_params.get("fields", "")
        if wanted and isinstance(told := getattr(serializer, "child", serializer), RowSerializer):
            told.keep(wanted.split(","))
        return serializer


class One(DeskView):
    """One row, by its uid."""

    def get(self, request: Request, slug: str, uid: UUID) -> Response:
        return self.told(self.one(uid))


def mark(row: Any) -> str:
    """What an ETag says of a row: its version, or a print of one that has none.

    Empty for what nobody changes.
    """
    if isinstance(row, Root):
        return str(row.version)
    if isinstance(row, (Side, Assessment)):
        return hashlib.sha256(json.dumps(plain(row)).encode()).hexdigest()[:16]
    return ""


def refuse_unknown(asked: QueryDict, known: set[str]) -> None:
    """A filter with a slip of the pen would answer with all there is, and look right."""
    if unknown := set(asked) - known:
        raise Invalid({name: ["There is no such parameter."] for name in sorted(unknown)})
    sent = {name: asked.getlist(name) for name in sorted(asked)}
    if empty := [name for name, values in sent.items() if values == [""]]:
        raise Invalid({name: ["It is empty: say which, or leave it out."] for name in empty})
    if twice := [name for name, values in sent.items() if len(values) > 1]:
        raise Invalid({name: ["It is there twice."] for name in twice})
