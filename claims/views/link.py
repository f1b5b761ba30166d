"""Linking claims: the picker, a link's details, and "same statement as"."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from claims.actions import claim as claims
from claims.actions import link as links
from claims.actions import rules
from claims.actions.attached import describe
from claims.actions.errors import Conflict, NeedsConsent
from claims.forms.errors import add_errors
from claims.forms.link import LinkDetailsForm, LinkForm
from claims.forms.relations import NO_EVIDENCE, likely
from claims.models import Claim, Filing, Link
from claims.records import Extent, Relation, Stance
from claims.views.candidates import candidates, subject
from claims.views.claim import of, place
from claims.views.claim_form import refused
from claims.views.conflict import conflict, version_in
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import go_back
from claims.views.proposed import for_claim
from claims.views.redraw import before, redraw
from claims.views.said import SHORT, cut

BOTH = ("from_claim__source", "to_claim__source")
# One key a relation, while the picker is open.
RELATION_KEYS = {
    Relation.CONTRADICTS: "c",
    Relation.DENIES: "d",
    Relation.CORROBORATES: "a",
    Relation.UNDERCUTS: "u",
    Relation.RESTATES: "r",
    Relation.SUPERSEDES: "s",
    Relation.RESPONDS_TO: "t",
}


@desk("claim.write", ("GET", "POST"))
def new(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Pick another claim of the incident, here or in another article, and the relation."""
    claim = of(request, uid)
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        initial={"relation": likely(claim.kind, claim.polarity)},
    )
    was = before(claim.article, claim)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            link = links.create(
                request.actor,
                claim.uid,
                data["to_claim"],
                Relation(data["relation"]),
                basis=data["basis"],
                note=data["note"],
                filings=_file_both(request, claim, data) if data["file_both"] else (),
            )
        except Claim.DoesNotExist:
            form.add_error("to_claim", "That claim is not there.")
        except Conflict:
            form.add_error(None, "One of the two was moved meanwhile. Look again.")
        except ValidationError as error:
            add_errors(form, error)
        else:
            return done(request, of(request, uid), was, f"Linked: {describe(link)}.")
    return _picker(request, claim, "link/new.html", form)


def _file_both(
    request: DeskRequest, claim: Claim, data: dict[str, Any]
) -> list[tuple[UUID, links.FilingInput]]:
    """A denial goes under the answer that the other claim holds, as rejecting it."""
    held = Filing.objects.within(request.workspace).kept().filter(stance=Stance.HOLDS)
    found = list(held.filter(claim__uid=data["to_claim"]).select_related("position__question")[:2])
    if not found:
        raise ValidationError("The other claim holds no answer yet: file it first.")
    if len(found) > 1:
        raise ValidationError("The other claim holds several answers: file this one by itself.")
    extent = Extent(data["extent"] or Extent.IN_PART)
    return [(claim.uid, links.FilingInput(found[0].position, Stance.REJECTS, extent))]


@desk("claim.write", ("GET", "POST"))
def same(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The same statement as another claim: takes over source, date and answers, and links them."""
    claim = of(request, uid)
    was = before(claim.article, claim)
    form = (
        LinkForm({**request.POST.dict(), "relation": Relation.RESTATES})
        if request.method == "POST"
        else LinkForm()
    )
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            claims.restate(
                request.actor,
                claim,
                version_in(request),
                form.cleaned_data["to_claim"],
                consent="consent" in request.POST,
            )
        except Claim.DoesNotExist:
            form.add_error("to_claim", "That claim is not there.")
        except Conflict:
            form.add_error(None, "Somebody changed this claim meanwhile. Look at it again.")
        except NeedsConsent as need:
            context = {"losses": need.losses}
        except ValidationError as error:
            add_errors(form, error)
        else:
            first = one(request, Claim, form.cleaned_data["to_claim"])
            said = f"The same statement as: {first.source}, “{cut(subject(first).words, SHORT)}”."
            return done(request, of(request, uid), was, said)
    return _picker(request, claim, "link/same.html", form, **context)


def again(request: DeskRequest, claim: Claim) -> HttpResponse:
    """The picker for a claim, as it opens."""
    form = LinkForm(initial={"relation": likely(claim.kind, claim.polarity)})
    return _picker(request, claim, "link/new.html", form, status=200)


def _picker(
    request: DeskRequest,
    claim: Claim,
    template: str,
    form: LinkForm,
    *,
    status: int = 0,
    **context: Any,
) -> HttpResponse:
    # No database looks for a NUL.
    text = request.POST.get("q", request.GET.get("q", "")).replace("\0", "")
    typed = bool(text.strip())
    found = candidates(
        request.workspace,
        claim.incident,
        without=claim,
        text=text,
        also=_also(claim, typed=typed, anywhere=template == "link/same.html"),
        ahead=Q(source=claim.source_id) if template == "link/same.html" else None,
        most=40,
    )
    if claim.incident is None and not typed:
        found = _of_article(claim)
    part = "rows" if request.GET.get("fragment") == "rows" else "panel"
    chosen = str(form.data.get("to_claim", "")) if form.is_bound else ""
    return render(
        request,
        f"{template}#{part}" if request.htmx else template,
        {
            "claim": claim,
            "subject": subject(claim) if part == "panel" else None,
            "proposed": for_claim(claim) if part == "panel" and not typed else [],
            "article": claim.article,
            "form": form,
            "candidates": found,
            "q": text,
            "chosen": chosen,
            "relations": [
                (r, RELATION_KEYS[r], rules.no_evidence(r, claim))
                for r in Relation
                if r is not Relation.RESTATES
            ],
            "no_evidence": NO_EVIDENCE,
            **context,
        },
        status=status or (409 if "losses" in context else 422 if request.method == "POST" else 200),
    )


def _also(claim: Claim, *, typed: bool, anywhere: bool) -> Q:
    """Which claims outside of the incident are offered: those about none take it.

    Before anything is typed, only those of the same article; what is the same statement may,
    once it is typed, be found at any incident.
    """
    if typed and anywhere:
        return Q(workspace=claim.workspace)
    return Q(incident=None) if typed else Q(incident=None, article=claim.article)


def _of_article(claim: Claim) -> list[Any]:
    """For a claim without an incident: those of the incidents of its article."""
    others = claim.article.claims.kept().exclude(incident=None).select_related("incident")
    incidents = {other.incident_id: other.incident for other in others}
    return [
        row
        for incident in incidents.values()
        for row in candidates(claim.workspace, incident, without=claim, most=20)
    ]


@desk("claim.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A link's relation, basis and note, and the way to remove it."""
    link = one(request, Link.objects.select_related(*BOTH), uid)
    claim = _end(request, link)
    initial = {"version": link.version, **_details(link)}
    form = LinkDetailsForm(
        link, request.POST if request.method == "POST" else None, initial=initial
    )
    was = before(claim.article, claim)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            links.edit(
                request.actor,
                link,
                data["version"],
                relation=Relation(data["relation"]),
                basis=data["basis"],
                note=data["note"],
            )
        except Conflict:
            link = one(request, Link.objects.select_related(*BOTH), uid)
            context = conflict(form, link, _details(link), claim)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return done(request, claim, was, "Saved.")
    return render(
        request,
        "link/edit.html#panel" if request.htmx else "link/edit.html",
        {"link": link, "claim": claim, "article": claim.article, "form": form, **context},
        status=409 if context else 422 if request.method == "POST" else 200,
    )


def _details(link: Link) -> dict[str, str]:
    return {"relation": link.relation, "basis": link.basis, "note": link.note}


def _end(request: DeskRequest, link: Link) -> Claim:
    """The claim from whose card the link was opened (`?at=`); else the one it starts from."""
    there = str(link.to_claim.uid) == request.GET.get("at", "")
    return of(request, link.to_claim.uid if there else link.from_claim.uid)


@desk("claim.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Ends a link; it can be undone."""
    link = one(request, Link.objects.select_related(*BOTH), uid)
    claim = _end(request, link)
    was = before(claim.article, claim)
    try:
        links.delete(request.actor, link, version_in(request))
    except Conflict:
        said = "Somebody changed this link meanwhile. Look at it again."
        return refused(request, claim, said)
    return done(request, claim, was, "Link removed.")


def done(request: DeskRequest, claim: Claim, was: Any, said: str) -> HttpResponseBase:
    """Back to where the act was started: the annotate page's parts, or the page named by `next`."""
    if request.htmx and not request.POST.get("next"):
        return redraw(request, claim.article, claim, was, said)
    return go_back(request, place(claim), said)
