"""The search of a desk, the best first."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from claims.api.frame import DeskView
from claims.api.problems import of_form
from claims.forms.search import SearchForm
from claims.models import SearchDocument
from claims.models.matching import matches
from claims.searching.facets import Noun
from claims.views.search_hits import Hit, hits

PARAMETERS = [OpenApiParameter(name, str) for name in ("after", *SearchForm.base_fields)]


class PieceSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    hit = serializers.BooleanField()


class HitSerializer(serializers.Serializer[Any]):
    """A claim, article, source or incident. `words` are cut; `hit` marks what was looked for."""

    noun = serializers.ChoiceField(choices=Noun.choices())
    id = serializers.UUIDField()
    page = serializers.CharField(help_text="The address of its page.")
    words = PieceSerializer(many=True)


class FoundSerializer(serializers.Serializer[Any]):
    """`count` is of the newest ten thousand that match; `capped`, where there are more."""

    results = HitSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    count = serializers.IntegerField()
    capped = serializers.BooleanField()


class Search(DeskView):
    serializer_class = FoundSerializer
    queryset = SearchDocument.objects.none()

    def known(self) -> set[str]:
        return {"after", *SearchForm.base_fields}

    @extend_schema(parameters=PARAMETERS, responses=FoundSerializer)
    def get(self, request: Request, slug: str) -> Response:
        """What is found by words (`q`) or by what narrows it down; one of them is needed."""
        form = SearchForm(self.desk.workspace, request.query_params)
        if not form.is_valid():
            raise of_form(form)
        query, only = form.query(), form.filter()
        if not query.terms and not only.narrows:
            raise ValidationError({"q": ["Say what is looked for."]})
        found = matches(query, only, request.query_params.get("after", ""))
        here, token = request.build_absolute_uri(), found.next_token
        return Response(
            {
                "results": [_told(hit) for hit in hits(self.desk.workspace, found.ids, query)],
                "next": replace_query_param(here, "after", token) if token else None,
                "count": len(found.ranked),
                "capped": found.capped,
            }
        )


def _told(hit: Hit) -> dict[str, Any]:
    snippets = [hit.title, *(told.words for told in hit.told)]
    best = next((one for one in snippets if one), hit.title)
    words = [piece._asdict() for piece in best.pieces]
    return {"noun": hit.noun, "id": str(hit.row.uid), "page": hit.address, "words": words}
