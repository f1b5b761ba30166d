"""The files of the Export page, with its filters."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from claims.api.frame import DeskView
from claims.api.problems import of_form
from claims.forms.export import ExportFilter
from claims.models import Claim
from claims.views.export import bundle_file, claims_file

# The names beside the uids are for people who type; so are the errors beside them.
FILTERS = [name for name in ExportFilter.base_fields if not name.endswith("_name")]
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


class ClaimsCsv(Download):
    @extend_schema(parameters=PARAMETERS, responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """`claims.csv`: a row a claim, for a spreadsheet."""
        return claims_file(self.desk, self.filters())


class CsvBundle(Download):
    @extend_schema(parameters=PARAMETERS, responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """The bundle of CSV files: everything, to be imported again."""
        return bundle_file(self.desk, self.filters())
