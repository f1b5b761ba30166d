"""Filing claims under answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import render

from claims.actions import link as links
from claims.actions.attached import describe
from claims.actions.errors import Conflict, NeedsConsent
from claims.forms.errors import add_errors
from claims.forms.link import FilingDetailsForm, FilingForm
from claims.models import Filing, Incident
from claims.records import Extent, Stance
from claims.views.candidates import subject
from claims.views.claim import of
from claims.views.claim_form import refused
from claims.views.conflict import conflict, version_in
from claims.views.desk import DeskRequest, desk, one
from claims.views.likely import likely_of
from claims.views.link import done
from claims.views.redraw import before

PARTS = ("position__question", "claim")


@desk("claim.write", ("GET", "POST"))
def new(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Under which answer the claim goes, how, and how far.

    Of a claim about no incident it is asked first which one it takes (`?incident=`).
    """
    claim = of(request, uid)
    incident = claim.incident or _chosen(request)
    form = FilingForm(claim, incident, request.POST if request.method == "POST" else None)
    was = before(claim.article, claim)
    losses: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            filing = links.file(
                request.actor,
                claim.uid,
                form.filing(),
                incident=incident,
                consent="consent" in request.POST,
            )
        except Conflict:
            form.add_error(None, "The claim was moved meanwhile. Look at it again.")
        except NeedsConsent as need:
            losses = need.losses
        except ValidationError as error:
            add_errors(form, error)
        else:
            return done(request, of(request, uid), was, f"Now {describe(filing)}.")
    return render(
        request,
        "filing/new.html#panel" if request.htmx else "filing/new.html",
        {
            "claim": claim,
            "subject": subject(claim),
            "article": claim.article,
            "form": form,
            "incident": incident,
            "likely": [] if incident else likely_of(claim),
            "losses": losses,
        },
        status=409 if losses else 422 if request.method == "POST" else 200,
    )


def _chosen(request: DeskRequest) -> Incident | None:
    sent = request.POST.get("incident") or request.GET.get("incident")
    return one(request, Incident, sent) if sent else None


@desk("claim.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Holds or rejects, fully or in part; and the way to take it out."""
    filing = one(request, Filing.objects.select_related(*PARTS), uid)
    claim = of(request, filing.claim.uid)
    initial = {"version": filing.version, "stance": filing.stance, "extent": filing.extent}
    form = FilingDetailsForm(request.POST if request.method == "POST" else None, initial=initial)
    was = before(claim.article, claim)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            links.edit_filing(
                request.actor,
                filing,
                data["version"],
                stance=Stance(data["stance"]),
                extent=Extent(data["extent"]),
            )
        except Conflict:
            filing = one(request, Filing.objects.select_related(*PARTS), uid)
            theirs = {"stance": filing.stance, "extent": filing.extent}
            context = conflict(form, filing, theirs, claim)
        else:
            return done(request, claim, was, "Saved.")
    return render(
        request,
        "filing/edit.html#panel" if request.htmx else "filing/edit.html",
        {"filing": filing, "claim": claim, "article": claim.article, "form": form, **context},
        status=409 if context else 422 if request.method == "POST" else 200,
    )


@desk("claim.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Takes the claim out from under the answer; it can be undone."""
    filing = one(request, Filing, uid)
    claim = of(request, filing.claim.uid)
    was = before(claim.article, claim)
    try:
        links.delete_filing(request.actor, filing, version_in(request))
    except Conflict:
        said = "Somebody changed this filing meanwhile. Look at it again."
        return refused(request, claim, said)
    return done(request, claim, was, "No longer filed there.")
