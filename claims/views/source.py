"""Sources: who says things, what they are called, on which side they are."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import source as sources
from claims.actions.errors import Conflict
from claims.actions.purge import tombstone_of
from claims.actions.rating import rate as rate_source
from claims.forms.errors import add_errors
from claims.forms.rating import RatingForm
from claims.forms.source import SourceFilter, SourceForm
from claims.models import Article, Claim, Source
from claims.models.alike import sources_alike
from claims.views.conflict import differences, overwrite_next, version_in
from claims.views.counts import CountOf, count, counted
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import go_back, tell
from claims.views.paging import page
from claims.views.ratings import history
from claims.views.source_pick import options
from claims.views.source_rows import said

PUBLISHED = 10
AFFILIATES = 100


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """The list, by name."""
    form = SourceFilter(request.workspace, request.GET)
    found = form.narrow(Source.objects.within(request.workspace).kept())
    claims = Claim.objects.kept().filter(source=OuterRef("pk"))
    rows = (
        found.select_related("side", "affiliation", "article", "workspace")
        .prefetch_related("aliases")
        .annotate(claim_count=CountOf(claims))
    )
    context = {
        "form": form,
        "page": page(rows, ("name_folded", "id"), request.GET.get("after", "")),
        "total": counted(count(found)),
        "filtered": bool(form.errors) or any(form.cleaned_data.values()),
    }
    return render(request, "source/index.html", context)


@desk("source.write", ("GET", "POST"))
def new(request: DeskRequest) -> HttpResponseBase:
    """Adds a named source."""
    form = SourceForm(
        request.workspace, request.POST or None, initial={"name": request.GET.get("name", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            source = sources.create(request.actor, form.values(), form.cleaned_data["aliases"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            tell(request, f"Added {source}.")
            return redirect(source)
    context = {"form": form}
    return render(request, "source/edit.html", context, status=422 if form.errors else 200)


@desk("read")
def pick(request: DeskRequest) -> HttpResponseBase:
    """Options of a combobox; `?article=` lets that article's unnamed sources in."""
    uid = request.GET.get("article", "")
    article = one(request, Article, uid) if uid else None
    typed = request.GET.get("q", "").strip()[:200]
    found = options(request.workspace, typed, article)
    exists = any(option.source.name == typed for option in found)
    context = {"options": found, "typed": "" if exists else typed}
    return render(request, "source/options.html", context)


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A source with all that it said, incident by incident."""
    rows = Source.objects.select_related("side", "affiliation", "article", "workspace")
    source = one(request, rows, uid)
    affiliates = source.affiliates.kept().select_related("side").order_by("name_folded", "id")
    published = Article.objects.within(request.workspace).kept().filter(publisher=source)
    context = {
        "source": source,
        "aliases": source.aliases.all(),
        "affiliates": affiliates[:AFFILIATES],
        "page": said(request, source),
        "claims": counted(count(source.claims.kept())),
        "published": published.order_by("-id")[:PUBLISHED],
        "published_count": counted(count(published)),
        "stone": tombstone_of(source),
        "alike": sources_alike(source) if request.may("claim.write") else [],
        "ratings": history(source) if request.workspace.uses_reliability else None,
    }
    return render(request, "source/show.html", context)


@desk("source.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Name, kind, side, affiliation and aliases; an unnamed source can be given a name.

    `?begin=side` puts the focus there, and `?next=` is where saving leads.
    """
    rows = Source.objects.select_related("side", "affiliation", "workspace")
    source = one(request, rows, uid)
    form = SourceForm(
        request.workspace, request.POST or None, source=source, initial=_details(source)
    )
    context: dict[str, object] = {"source": source, "form": form, "keep_url": request.path}
    status = 200
    if request.method == "POST" and form.is_valid():
        version, aliases = form.cleaned_data["version"], form.cleaned_data["aliases"]
        try:
            sources.edit(request.actor, source, version, form.values(), aliases)
        except ValidationError as error:
            add_errors(form, error)
        except Conflict:
            source = one(request, rows, uid)
            context |= {"rows": differences(form, _shown(source)), "source": source}
            overwrite_next(form, source.version)
            status = 409
        else:
            return go_back(request, source.get_absolute_url(), "Saved.")
    if request.GET.get("begin") == "side":
        form.fields["side"].widget.attrs["autofocus"] = True
    status = 422 if form.errors else status
    return render(request, "source/edit.html", context, status=status)


def _details(source: Source) -> dict[str, object]:
    """The form's first values."""
    belongs = source.affiliation
    return {
        "name": source.name,
        "kind": source.kind,
        "side": source.side.uid if source.side else None,
        "affiliation": belongs.uid if belongs else None,
        "affiliation_name": belongs.name if belongs else "",
        "aliases": "\n".join(alias.name for alias in source.aliases.all()),
        "note": source.note,
        "version": source.version,
    }


def _shown(source: Source) -> dict[str, object]:
    """What a person reads of it, as the form cleans it."""
    values = _details(source) | {
        "side": source.side,
        "aliases": [alias.name for alias in source.aliases.all()],
    }
    return {name: value for name, value in values.items() if name not in ("affiliation", "version")}


@desk("source.rate", ("GET", "POST"))
def rate(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """How far it has been reliable, from a day on; not there where the desk does not use it."""
    source = one(request, Source.objects.select_related("workspace"), uid)
    if not request.workspace.uses_reliability:
        raise Http404("This desk does not rate its sources.")
    form = RatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rate_source(request.actor, source, *form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            tell(request, f"Rated {source}.")
            return redirect(source)
    context = {"source": source, "form": form, "ratings": history(source)}
    status = 422 if form.errors else 200
    return render(request, "rating/form.html", context, status=status)


@desk("source.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Deletes a source that nothing names."""
    source = one(request, Source.objects.select_related("workspace"), uid)
    try:
        sources.delete(request.actor, source, version_in(request))
    except (ValidationError, Conflict) as error:
        said_why = error.messages[0] if isinstance(error, ValidationError) else str(error)
        messages.error(request, said_why)
        return redirect(source)
    tell(request, f"Deleted {source}.")
    return redirect("sources", request.workspace.slug)
