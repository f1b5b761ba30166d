"""What may compete with a claim, or say the same: proposed, accepted as a link, or dismissed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from claims.actions import dismissal
from claims.actions import link as links
from claims.actions.attached import describe
from claims.actions.errors import Conflict
from claims.forms.competing import DismissForm, ProposedLinkForm
from claims.models import Article, Claim, Incident, Source
from claims.models.statements import statements
from claims.records import Relation
from claims.searching.facets import Noun
from claims.suggester.competing import ENGINE, compare, weights
from claims.views.claim import of
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import go_back, toast
from claims.views.link import again, done
from claims.views.redraw import before, trigger

TABLES: dict[str, Any] = {
    Noun.CLAIM: Claim,
    Noun.SOURCE: Source,
    Noun.INCIDENT: Incident,
    Noun.ARTICLE: Article,
}


@desk("claim.write", ("POST",))
def accept(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Links the claim with one that was proposed for it; the link's note says by what, and why."""
    claim = of(request, uid)
    form = ProposedLinkForm(request.POST)
    was = before(claim.article, claim)
    if form.is_valid():
        data = form.cleaned_data
        other = one(request, Claim, data["other"])
        ends = (other.uid, claim.uid) if data["reverse"] else (claim.uid, other.uid)
        try:
            link = links.create(
                request.actor,
                *ends,
                Relation(data["relation"]),
                basis=data["basis"],
                note=_origin(claim, other),
            )
        except (Claim.DoesNotExist, Conflict):
            messages.error(request, "One of the two was moved or deleted meanwhile. Look again.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            return done(request, of(request, uid), was, f"Linked: {describe(link)}.")
    else:
        messages.error(request, "That is no proposal. Look again.")
    return redirect("link-new", request.workspace.slug, claim.uid)


def _origin(claim: Claim, other: Claim) -> str:
    """Which engine proposed the link, and why; computed here, not taken from who sends it."""
    pair = {one.id: one for one in statements([claim.pk, other.pk])}
    a, b = pair[claim.pk], pair[other.pk]
    found = compare(a, b, weights((a, b)))
    return f"Proposed by {ENGINE}: {found.why}." if found else f"Proposed by {ENGINE}."


@desk("claim.write", ("POST",))
def dismiss(request: DeskRequest) -> HttpResponseBase:
    """Never proposes the two for each other again; it can be undone."""
    form = DismissForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That is no proposal. Look again.")
        return redirect("workspace", request.workspace.slug)
    data = form.cleaned_data
    table = TABLES[data["noun"]]
    first, second = one(request, table, data["one"]), one(request, table, data["other"])
    dismissal.dismiss(request.actor, first, second)
    said = "Dismissed: the two are not proposed again."
    if request.htmx and isinstance(first, Claim) and request.htmx.target == "panel":
        return trigger(again(request, of(request, first.uid)), toast=toast(request, said))
    return go_back(request, _page(request, first), said)


def _page(request: DeskRequest, row: Any) -> str:
    """Where a thing is proposed others."""
    if isinstance(row, Claim):
        return reverse("link-new", args=[request.workspace.slug, row.uid])
    address: str = row.get_absolute_url()
    return address
