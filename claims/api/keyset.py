"""Lists in pages by key, narrowed by the forms of the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.choices import flatten_choices
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.mixins import ListModelMixin
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from claims.api.frame import DeskView
from claims.api.problems import of_form
from claims.forms import assignee
from claims.models import Membership
from claims.views.paging import SIZE, page

MOST = 200


class Keyset(BasePagination):
    """`next` is the address of the following page; null on the last one."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        asked = request.query_params
        limit = asked.get("limit") or str(SIZE)
        if not limit.isdecimal() or not 1 <= int(limit[:9]) <= MOST:
            raise ValidationError({"limit": [f"It must be 1 to {MOST}."]})
        part = page(queryset, view.order, asked.get("after", ""), int(limit))
        here = request.build_absolute_uri()
        token = part.next_token
        self.next = replace_query_param(here, "after", token) if token else None
        return part.rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.next})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": schema, "next": address},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZE}
        return [_parameter("after", {"type": "string"}), _parameter("limit", limit)]


class FormFilter(BaseFilterBackend):
    """The list's form narrows it down; what can't be is told by field, not answered with less."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        if view.filter_form is None:
            return queryset
        form = view.form(_with_ids(view, request.query_params.copy()))
        if not form.is_valid():
            raise of_form(form)
        return form.narrow(queryset)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        fields = view.filter_form.base_fields if view.filter_form else {}
        return [_parameter(name, _type(field)) for name, field in fields.items()]


class Rows(ListModelMixin, DeskView):
    """A list; `order` names its keys, the last of them unique."""

    pagination_class = Keyset
    filter_backends = (FormFilter,)
    filter_form: ClassVar[Any] = None
    order: ClassVar[tuple[str, ...]] = ("uid",)

    def known(self) -> set[str]:
        fields = self.filter_form.base_fields if self.filter_form else ()
        return {*super().known(), "after", "limit", *fields}

    def form(self, data: Any) -> Any:
        """The form that narrows the list by `data`."""
        return self.filter_form(self.desk.workspace, data)

    def get_queryset(self) -> Any:
        return self.rows()

    def get(self, request: Request, slug: str) -> Response:
        return self.list(request)


def _with_ids(view: Any, asked: Any) -> Any:
    """The pages' forms know a member by number; the API by user name, as it tells them."""
    who = asked.get("assignee", "")
    if who and who != assignee.NOBODY:
        seats = Membership.objects.filter(workspace=view.desk.workspace, user__username=who)
        found = seats.values_list("user_id", flat=True).first()
        if found is None:
            raise ValidationError({"assignee": ["No member is called so."]})
        asked["assignee"] = str(found)
    return asked


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _type(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.ModelChoiceField) and field.to_field_name == "uid":
        return {"type": "string", "format": "uuid"}
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices: Any = field.choices
        # Those of a desk, such as its languages, are not known before one asks.
        words = [str(value) for value, _ in flatten_choices(choices) if value]
        return {"type": "string", "enum": words} if words else {"type": "string"}
    return {"type": "string"}
