"""The review queue, lane by lane."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError

from claims.api.incident import IncidentSerializer
from claims.api.keyset import Rows
from claims.forms.review import ReviewFilter
from claims.models.lens import settled
from claims.views.incident_rows import ORDER
from claims.views.review_rows import LANES

LANE = OpenApiParameter("lane", str, enum=list(LANES), description="Without it: disputed.")


@extend_schema_view(get=extend_schema(parameters=[LANE]))
class Review(Rows):
    """The incidents of one lane, the most contested first."""

    serializer_class = IncidentSerializer
    filter_form = ReviewFilter
    order = ORDER
    asks = ("lane",)

    def form(self, data: Any) -> Any:
        blind = self.desk.user if self.desk.may("assess") else None
        return ReviewFilter(self.desk.workspace, data, blind=blind)

    def get_queryset(self) -> Any:
        name = self.request.query_params.get("lane") or "disputed"
        if name not in LANES:
            raise ValidationError({"lane": [f"There is no lane {name}: {', '.join(LANES)}."]})
        return LANES[name].holds(settled(self.rows()))
