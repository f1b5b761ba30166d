"""The desks at which one sits."""

from __future__ import annotations

from typing import Any, cast

from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.frame import refuse_unknown
from claims.models import Membership, Token, User


class WorkspaceSerializer(serializers.ModelSerializer[Any]):
    id = serializers.UUIDField(source="workspace.uid", read_only=True)
    slug = serializers.SlugField(source="workspace.slug", read_only=True)
    name = serializers.CharField(source="workspace.name", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "slug", "name", "role")


class Workspaces(ListModelMixin, GenericAPIView[Any]):
    """All of them on one page, by name, with one's role at each; a token tells its own alone."""

    serializer_class = WorkspaceSerializer
    pagination_class = None
    filter_backends = ()
    queryset = Membership.objects.select_related("workspace").order_by("workspace__name", "id")

    def get_queryset(self) -> Any:
        rows = super().get_queryset().filter(user=cast("User", self.request.user))
        token = self.request.auth
        return rows.filter(workspace=token.workspace_id) if isinstance(token, Token) else rows

    def get(self, request: Request) -> Response:
        refuse_unknown(request.query_params, set())
        return self.list(request)
