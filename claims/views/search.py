"""The search of a desk: what is found, what narrows it down, and the searches one keeps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from claims.actions import saved_search
from claims.forms.search import SavedSearchForm, SearchForm
from claims.models import SavedSearch
from claims.models.matching import LIMIT, matches
from claims.views.desk import DeskRequest, desk, one
from claims.views.paging import Page
from claims.views.search_facets import facets
from claims.views.search_hits import hits

NOT_KEPT = ("after", "csrfmiddlewaretoken")


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """What is found, the best first; without words or facets, what can be."""
    form = SearchForm(request.workspace, request.GET)
    saved = SavedSearch.objects.within(request.workspace).filter(user=request.user)
    context: dict[str, Any] = {
        "form": form,
        "saved": saved.select_related("workspace"),
        "asked": _asked(request.GET),
        **(_found(request, form) if form.is_valid() else {}),
    }
    return render(request, "search/index.html", context)


def _found(request: DeskRequest, form: SearchForm) -> dict[str, Any]:
    query, only = form.query(), form.filter()
    if not query.terms and not only.narrows:
        return {"query": query, "nothing_asked": True}
    found = matches(query, only, request.GET.get("after", ""))
    return {
        "query": query,
        "page": Page(hits(request.workspace, found.ids, query), found.next_token),
        "facets": facets(request.workspace, found.ranked, request.GET),
        "count": f"{LIMIT:,}+" if found.capped else f"{len(found.ranked):,}",
        "capped": found.capped,
        "narrowed": only.narrows,
        "limit": LIMIT,
    }


def _asked(asked: QueryDict) -> str:
    """The query string without what is empty, as it is kept."""
    kept = asked.copy()
    for name in list(kept):
        if name in NOT_KEPT or not kept.get(name, "").strip():
            del kept[name]
    return kept.urlencode()


@desk("search.keep", ("POST",))
def keep(request: DeskRequest) -> HttpResponseBase:
    """Keeps a search under a name of one's own."""
    form = SavedSearchForm(request.POST)
    if not form.is_valid():
        error = next(iter(form.errors.values()))[0]
        messages.error(request, f"Not kept: {error}")
        return redirect("search", request.workspace.slug)
    query = _asked(QueryDict(form.cleaned_data["query"]))
    saved = saved_search.keep(request.actor, form.cleaned_data["name"], query)
    messages.success(request, f"Kept as “{saved}”.")
    return redirect(saved)


@desk("search.keep", ("POST",))
def drop(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Forgets one of one's own searches; its page stays open, so that it can be kept again."""
    saved = one(request, SavedSearch.objects.filter(user=request.user), uid)
    saved.workspace = request.workspace
    address = saved.get_absolute_url()
    saved_search.drop(saved)
    messages.success(request, f"“{saved}” is no longer kept.")
    return redirect(address)
