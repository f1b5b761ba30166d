"""Comments: read, written, edited, deleted and resolved.

Those on an incident or an article stand on its page too; those on a claim open beside its text.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from claims.actions import comment as actions
from claims.actions.errors import Conflict
from claims.forms.comment import CommentForm
from claims.models import Article, Claim, Comment, Incident, Question
from claims.policy import RULES
from claims.views.comments import Subject, address, section
from claims.views.conflict import differences, overwrite_next, version_in
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell
from claims.views.redraw import before, redraw

ABOUT = ("claim__article", "claim__source", "question__incident", "incident", "article", "author")


@desk("read", ("GET", "POST"))
def on_claim(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The comments on a claim; beside the text they open in the panel."""
    rows = Claim.objects.select_related("article__workspace", "source", "incident", "workspace")
    return _on(request, one(request, rows, uid))


@desk("read", ("GET", "POST"))
def on_question(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The comments on a question."""
    return _on(request, one(request, Question.objects.select_related("incident__workspace"), uid))


@desk("read", ("GET", "POST"))
def on_incident(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The comments on an incident, on its questions and on its claims."""
    return _on(request, one(request, Incident.objects.select_related("workspace"), uid))


@desk("read", ("GET", "POST"))
def on_article(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The comments on an article as a whole."""
    return _on(request, one(request, Article.objects.select_related("workspace"), uid))


def _on(request: DeskRequest, subject: Any) -> HttpResponseBase:
    form = CommentForm(request.POST or None)
    if request.method == "POST":
        if not request.may("comment.write"):
            raise PermissionDenied(RULES["comment.write"].says)
        was = before(subject.article, subject) if isinstance(subject, Claim) else None
        if form.is_valid():
            comment = actions.create(request.actor, subject, form.cleaned_data["text"])
            said = _said(request, comment)
            if request.htmx and was:
                return redraw(request, subject.article, subject, was, said)
            return _done(request, subject, said, comment)
    context = {"form": form, "subject": subject, "comments": section(request, subject)}
    return _shown(request, context)


def _said(request: DeskRequest, comment: Comment) -> str:
    _, strangers = actions.named_in(request.actor, comment.text)
    if not strangers:
        return "Commented."
    return f"Commented. Nobody here is called {', '.join(f'@{name}' for name in strangers)}."


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A comment is read among those beside it."""
    comment = _one(request, uid)
    return redirect(f"{address(request, comment.about)}#comment-{comment.uid}")


@desk("comment.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Other words for one's own comment. A stale form gets both versions (409)."""
    comment = _own(request, uid)
    initial = {"text": comment.text, "version": comment.version}
    form = CommentForm(request.POST or None, is_new=False, initial=initial)
    context: dict[str, Any] = {"form": form, "subject": comment.about}
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(request.actor, comment, version_in(request), form.cleaned_data["text"])
        except Conflict:
            comment = _own(request, uid)
            context["rows"] = differences(form, {"text": comment.text})
            overwrite_next(form, comment.version)
        else:
            return _done(request, comment.about, "Saved.", comment)
    return _shown(request, context | {"comment": comment})


@desk("comment.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Deletes one's own comment; it can be undone."""
    comment = _own(request, uid)
    try:
        actions.delete(request.actor, comment, version_in(request))
    except Conflict:
        return _stale(request, comment)
    return _done(request, comment.about, "Deleted the comment.")


@desk("comment.write", ("POST",))
def resolve(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Marks a comment as resolved; with `open`, opens it again."""
    comment = _one(request, uid)
    resolved = "open" not in request.POST
    try:
        actions.resolve(request.actor, comment, version_in(request), resolved=resolved)
    except Conflict:
        return _stale(request, comment)
    said = "Resolved." if resolved else "Opened again."
    return _done(request, comment.about, said, comment)


def _one(request: DeskRequest, uid: UUID) -> Comment:
    comment: Comment = one(request, Comment.objects.select_related(*ABOUT), uid)
    return comment


def _own(request: DeskRequest, uid: UUID) -> Comment:
    comment = _one(request, uid)
    if comment.author_id != request.user.pk:
        raise PermissionDenied(actions.NOT_YOURS)
    return comment


def _place(request: DeskRequest, subject: Subject) -> str:
    """Where one was, if that is on this site; else where comments on this stand."""
    wanted = request.POST.get("next", "")
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, here, require_https=request.is_secure()):
        return wanted
    if isinstance(subject, Claim):
        return address(request, subject)
    if isinstance(subject, Question):
        subject = subject.incident
    name = "article" if isinstance(subject, Article) else "incident"
    return reverse(name, args=[request.workspace.slug, subject.uid]) + "#comments"


def _done(
    request: DeskRequest, subject: Subject, said: str, comment: Comment | None = None
) -> HttpResponseBase:
    """To where one was; at the comment, where comments stand there."""
    tell(request, said)
    place = _place(request, subject)
    page, _, section = place.partition("#")
    if comment is not None and (section == "comments" or page == address(request, subject)):
        place = f"{page}#comment-{comment.uid}"
    return redirect(place)


def _stale(request: DeskRequest, comment: Comment) -> HttpResponseBase:
    messages.error(request, "Somebody changed this comment meanwhile. Look at it again.")
    return redirect(_place(request, comment.about))


def _shown(request: DeskRequest, context: dict[str, Any]) -> HttpResponseBase:
    status = 200
    if request.method == "POST":
        status = 409 if "rows" in context else 422
    subject = context["subject"]
    keep_url = _place(request, subject)
    if isinstance(subject, Claim):
        keep_url = subject.get_absolute_url()
    template = "comment/page.html"
    return render(
        request,
        f"{template}#panel" if request.htmx else template,
        context | {"keep_url": keep_url},
        status=status,
    )
