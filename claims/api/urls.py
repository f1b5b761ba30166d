"""The addresses under `/api/v1/`."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularJSONAPIView

from claims.api import (
    article,
    assessment,
    claim,
    claim_bulk,
    comment,
    export,
    incident,
    link,
    matrix,
    question,
    review,
    revision_new,
    schema,
    search,
    side,
    source,
    suggestion,
    webhook,
    workspace,
)


def desk(where: str, view: Any, name: str) -> URLPattern:
    """An address of a desk."""
    pattern: URLPattern = path(f"w/<slug:slug>/{where}", view.as_view(), name=f"api-{name}")
    return pattern


urlpatterns = [
    path("", schema.docs, name="api-docs"),
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="api-schema"),
    path("workspaces/", workspace.Workspaces.as_view(), name="api-workspaces"),
    desk("articles/", article.Articles, "articles"),
    desk("articles/<uuid:uid>/", article.OneArticle, "article"),
    desk("articles/<uuid:uid>/revisions/", revision_new.RevisionsOfArticle, "article-revisions"),
    desk("revisions/", article.Revisions, "revisions"),
    desk("revisions/<uuid:uid>/", article.OneRevision, "revision"),
    desk("sources/", source.Sources, "sources"),
    desk("sources/<uuid:uid>/", source.OneSource, "source"),
    desk("sides/", side.Sides, "sides"),
    desk("sides/<uuid:uid>/", side.OneSide, "side"),
    desk("claims/", claim.Claims, "claims"),
    desk("claims/bulk/", claim_bulk.BulkOfClaims, "claims-bulk"),
    desk("claims/<uuid:uid>/", claim.OneClaim, "claim"),
    desk("links/", link.Links, "links"),
    desk("links/<uuid:uid>/", link.OneLink, "link"),
    desk("filings/", link.Filings, "filings"),
    desk("filings/<uuid:uid>/", link.OneFiling, "filing"),
    desk("incidents/", incident.Incidents, "incidents"),
    desk("incidents/<uuid:uid>/", incident.OneIncident, "incident"),
    desk("questions/", question.Questions, "questions"),
    desk("questions/<uuid:uid>/", question.OneQuestion, "question"),
    desk("positions/", question.Positions, "positions"),
    desk("positions/<uuid:uid>/", question.OnePosition, "position"),
    desk("assessments/", assessment.Assessments, "assessments"),
    desk("assessments/<uuid:uid>/", assessment.OneAssessment, "assessment"),
    desk("comments/", comment.Comments, "comments"),
    desk("comments/<uuid:uid>/", comment.OneComment, "comment"),
    desk("suggestions/", suggestion.Suggestions, "suggestions"),
    desk("suggestions/<uuid:uid>/", suggestion.OneSuggestion, "suggestion"),
    desk("suggestions/<uuid:uid>/accept/", suggestion.Accept, "suggestion-accept"),
    desk("suggestions/<uuid:uid>/dismiss/", suggestion.Dismiss, "suggestion-dismiss"),
    desk("webhooks/", webhook.Webhooks, "webhooks"),
    desk("webhooks/<uuid:uid>/", webhook.OneWebhook, "webhook"),
    desk("incidents/<uuid:uid>/matrix/", matrix.MatrixOfIncident, "incident-matrix"),
    desk("review/", review.Review, "review"),
    desk("search/", search.Search, "search"),
    desk("export/<slug:name>/", export.File, "export-file"),
]
