"""The annotate page: a text beside the cards of its claims."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import article as articles
from claims.actions.spans import current_revision
from claims.models import Article
from claims.views import reading
from claims.views.desk import DeskRequest, desk, one
from claims.views.redraw import trigger


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Text and cards. `#claim-<uid>` leads to a card, `#p3` to a paragraph."""
    rows = Article.objects.select_related("publisher", "republishes", "assignee", "workspace")
    article = one(request, rows, uid)
    revision = current_revision(article)
    cards = reading.cards(revision)
    return render(
        request,
        "article/show.html",
        {
            "article": article,
            "revision": revision,
            "passages": reading.passages(revision),
            "cards": cards,
            "progress": reading.progress(article, revision),
            "direction": reading.direction(article.language),
        },
    )


@desk("article.write", ("POST",))
def read_paragraphs(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Marks paragraphs as read (`number`, repeatable), or as not read with `unread`."""
    article = one(request, Article, uid)
    revision = current_revision(article)
    numbers = {int(n) for n in request.POST.getlist("number") if n.isdecimal()}
    read = "unread" not in request.POST
    articles.mark_read(request.actor, revision, numbers, read=read)
    which = ", ".join(map(str, sorted(numbers)))
    said = f"Paragraph {which}: {'read' if read else 'not read'}."
    if not request.htmx:
        messages.success(request, said, extra_tags="undo")
        return redirect(article)
    response: HttpResponse = render(
        request,
        "article/show.html#redrawn",
        {
            "article": article,
            "passages": reading.passages(revision, numbers),
            "progress": reading.progress(article, revision),
            "direction": reading.direction(article.language),
            "oob": True,
        },
    )
    return trigger(response, announce=said)
