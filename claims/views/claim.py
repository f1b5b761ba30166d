"""Pages of a claim: its form, and the acts on its card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from claims.actions import claim as claims
from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.spans import SpanInput, current_revision
from claims.forms.claim import ClaimForm, initial_of
from claims.forms.errors import add_errors
from claims.forms.figure import FIGURE_COLUMNS, FigureFormSet, figures
from claims.models import Article, Claim, Suggestion
from claims.policy import RULES
from claims.records import ClaimStatus, SpanRole
from claims.views import claim_form as desk_form
from claims.views.conflict import version_in
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import Way, tell
from claims.views.newcomers import newcomers
from claims.views.redraw import before, redraw, trigger
from claims.views.suggested import following


def of(request: DeskRequest, uid: UUID) -> Claim:
    """The claim with what its pages show."""
    rows = Claim.objects.select_related("article__publisher", "source__side", "incident", "via")
    claim: Claim = one(request, rows, uid)
    return claim


def place(claim: Claim) -> str:
    """The card's own address."""
    return f"{claim.article.get_absolute_url()}#claim-{claim.uid}"


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A claim is read beside its text."""
    return redirect(place(of(request, uid)))


@desk("claim.write", ("GET", "POST"))
def new(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The form for a selection (`start`, `end`) or a typed quote (`quote`), and its saving."""
    article = one(request, Article.objects.select_related("publisher", "workspace"), uid)
    if request.method == "GET":
        return desk_form.opening(request, article)
    form = ClaimForm(request.workspace, article, request.POST)
    rows = FigureFormSet(request.POST, prefix="figures")
    if "add_role" in request.POST or "drop_span" in request.POST:
        return desk_form.with_other_spans(request, article, form, rows)
    was = before(article, None)
    suggestion = _suggestion(request, article)
    context: dict[str, Any] = {}
    status = 422
    if form.is_valid() and rows.is_valid():
        try:
            claim = claims.create(
                request.actor,
                article,
                form.values(),
                form.cleaned_data["spans"],
                figures=figures(rows),
                filings=form.filings(),
                competes_with=form.competitors(),
                consent="consent" in request.POST,
                suggestion=suggestion,
            )
        except ValidationError as error:
            add_errors(form, error)
        except NeedsConsent as need:
            context, status = {"losses": need.losses}, 409
        else:
            desk_form.stick(request, article, claim)
            said = f"Saved: {claim.source}."
            # From suggestion to suggestion, also by way of the form.
            focus = following(article, suggestion) if suggestion else ""
            return _saved_form(request, form, claim, was, said, focus=focus)
    return desk_form.shown(request, article, form, rows, status=status, **context)


def _suggestion(request: DeskRequest, article: Article) -> Suggestion | None:
    """The one that was edited first; none where it is open no more: the claim is saved even so."""
    try:
        uid = UUID(request.POST.get("suggestion", ""))
    except ValueError:
        return None
    rows = Suggestion.objects.proposed().filter(workspace=request.workspace, article=article)
    found: Suggestion | None = rows.filter(uid=uid).first()
    return found


@desk("claim.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The form on a claim that is there. A stale one gets both versions (409)."""
    claim = of(request, uid)
    article = claim.article
    revision = current_revision(article)
    approving = desk_form.keeps_approval(request, claim)
    spans = [
        SpanInput(SpanRole(s.role), s.start, s.end) for s in claim.spans.filter(revision=revision)
    ]
    if request.method == "GET":
        form = ClaimForm(
            request.workspace,
            article,
            initial=initial_of(claim, spans),
            keeps_approval=approving,
            elsewhere=not spans,
        )
        initial = list(claim.figures.values(*FIGURE_COLUMNS))
        rows = FigureFormSet(prefix="figures", initial=initial)
        return desk_form.shown(request, article, form, rows, claim=claim)
    form = ClaimForm(
        request.workspace, article, request.POST, keeps_approval=approving, elsewhere=not spans
    )
    rows = FigureFormSet(request.POST, prefix="figures")
    if "add_role" in request.POST or "drop_span" in request.POST:
        return desk_form.with_other_spans(request, article, form, rows, claim=claim)
    was = before(article, claim)
    context: dict[str, Any] = {}
    status = 422
    if form.is_valid() and rows.is_valid():
        try:
            claim = claims.edit(
                request.actor,
                claim,
                version_in(request),
                form.values(),
                spans=form.cleaned_data["spans"] or None,
                figures=figures(rows),
                filings=form.filings(),
                competes_with=form.competitors(),
                consent="consent" in request.POST,
            )
        except ValidationError as error:
            add_errors(form, error)
        except NeedsConsent as need:
            context, status = {"losses": need.losses, "ends": need.ends}, 409
        except Conflict:
            claim = of(request, uid)
            context, status = desk_form.both_versions(form, rows, claim, revision), 409
        else:
            claim = of(request, uid)
            return _saved_form(request, form, claim, was, "Saved.")
    return desk_form.shown(request, article, form, rows, claim=claim, status=status, **context)


@desk("claim.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Deletes the claim with its links and filings; all of it can be undone."""
    claim = of(request, uid)
    was = before(claim.article, claim)
    try:
        claims.delete(request.actor, claim, version_in(request))
    except Conflict:
        return _stale(request, claim)
    return _saved(request, claim, was, f"Deleted: {claim.source}.", gone=True)


@desk("claim.write", ("POST",))
def add_span(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Adds the selection to the claim in focus: what, who or reporting words."""
    claim = of(request, uid)
    post = request.POST
    was = before(claim.article, claim)
    try:
        span = SpanInput(
            SpanRole(post.get("role", "")),
            int(post.get("start", "")),
            int(post.get("end", "")),
            post.get("quote", ""),
        )
        after = claims.add_span(request.actor, claim, version_in(request), span)
    except Conflict:
        return _stale(request, claim)
    except (ValidationError, ValueError) as error:
        said = " ".join(error.messages) if isinstance(error, ValidationError) else "No such words."
        return desk_form.refused(request, claim, said)
    words = f"{span.role.label}: " + " · ".join(f"“{quote}”" for quote in after.quotes(span.role))
    if after.version == version_in(request):
        return _as_it_was(request, claim, f"These words are there already. {words}")
    return _saved(request, of(request, uid), was, f"Now {words}")


@desk("claim.write", ("POST",))
def set_status(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Submits, approves or withdraws."""
    claim = of(request, uid)
    status = request.POST.get("status", "")
    if status not in set(ClaimStatus):
        return desk_form.refused(request, claim, "No such status.")
    if status == ClaimStatus.APPROVED and not request.may("claim.approve"):
        raise PermissionDenied(RULES["claim.approve"].says)
    was = before(claim.article, claim)
    try:
        claims.set_status(request.actor, claim, version_in(request), ClaimStatus(status))
    except Conflict:
        return _stale(request, claim)
    return _saved(request, of(request, uid), was, f"Now {ClaimStatus(status).label}.")


def _saved_form(
    request: DeskRequest, form: ClaimForm, claim: Claim, was: Any, said: str, *, focus: str = ""
) -> HttpResponseBase:
    """Tells what was made beside the claim, so that a slip of the pen is seen at once."""
    new = newcomers(request, place(claim))
    said += new.said
    if form.makes_incident:
        said += f" New incident: {claim.incident}."
    return _saved(request, claim, was, said, focus=focus, ways=new.ways)


def _as_it_was(request: DeskRequest, claim: Claim, said: str) -> HttpResponseBase:
    """An act that changed nothing: told, and nothing to undo."""
    if request.htmx:
        return trigger(HttpResponse(status=204), toast={"text": said, "level": "info"})
    messages.info(request, said)
    return redirect(place(claim))


def _stale(request: DeskRequest, claim: Claim) -> HttpResponseBase:
    """Somebody changed it meanwhile: the card as it is now, and nothing done."""
    return desk_form.refused(
        request, claim, "Somebody changed this claim meanwhile. Look at it again, then repeat it."
    )


def _saved(
    request: DeskRequest,
    claim: Claim,
    was: Any,
    said: str,
    *,
    gone: bool = False,
    focus: str = "",
    ways: Sequence[Way] = (),
) -> HttpResponseBase:
    if request.htmx:
        return redraw(request, claim.article, claim, was, said, gone=gone, focus=focus, ways=ways)
    tell(request, said, ways)
    return redirect(claim.article if gone else place(claim))
