"""The files of the Export page, with its filters."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from claims.api.frame import DeskView
from claims.api.problems import of_form
from claims.forms.export import FILTERS, ExportFilter
from claims.models import Claim
from claims.snapshot import FORMATS
from claims.views.export import file_of, format_called

PARAMETERS = [OpenApiParameter(name, str) for name in FILTERS]


class Download(DeskView):
    """Streamed while it is read; what can't be is told before it begins."""

    rules = {"GET": "export"}
    queryset = Claim.objects.none()

    def known(self) -> set[str]:
        return set(FILTERS)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        # A file is what it is, whatever is asked for; errors are JSON.
        return super().perform_content_negotiation(request, force=True)

    def filters(self) -> ExportFilter:
        form = ExportFilter(self.desk.workspace, self.request.query_params)
        if not form.is_valid():
            raise of_form(form)
        return form


class File(Download):
    @extend_schema(
        parameters=[
            OpenApiParameter("name", str, OpenApiParameter.PATH, enum=list(FORMATS)),
            *PARAMETERS,
        ],
        responses={
            (200, kind): OpenApiTypes.BINARY
            for kind in dict.fromkeys(one.media_type.split(";")[0] for one in FORMATS.values())
        },
    )
    def get(self, request: Request, slug: str, name: str) -> HttpResponseBase:
        """One file of the desk's work; the Export page says what each format can't hold."""
        return file_of(self.desk, self.filters(), format_called(name))
