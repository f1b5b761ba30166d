"""The annotate page: a text beside the cards of its claims."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import article as articles
from claims.actions.spans import current_revision
from claims.anchoring.passage import Passage
from claims.models import Article, ToRead
from claims.models.alike import articles_alike
from claims.views import reading
from claims.views.blind import banner
from claims.views.cards import some_cards
from claims.views.claim_form import refused
from claims.views.comments import section
from claims.views.conflict import LONGEST_NUMBER
from claims.views.custody import custody
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell
from claims.views.likely import likely_about
from claims.views.placements import unsettled
from claims.views.redraw import trigger
from claims.views.suggested import at_once, marks, suggested, waiting

FIRST_CARDS, NEXT_CARDS = 50, 250


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Text and cards. `#claim-<uid>` leads to a card, `#p3` to a paragraph.

    A long list of cards comes in parts, so that the page can be worked on at once: htmx asks for
    those after the ones it has (`?after=`), and `?after=` without htmx is the next page.
    """
    articles = Article.objects.select_related("publisher", "republishes", "assignee", "workspace")
    article = one(request, articles, uid)
    revision = current_revision(article)
    if request.htmx and "read" in request.GET:
        context = reading_now(article)
        if not context["to_read"]:
            context |= {"ready": len(waiting(article, revision))}
        return render(request, "article/show.html#reading", context)
    rows = waiting(article, revision)
    proposed = suggested(article, revision, rows) if rows else []
    after = request.GET.get("after", "")
    most = NEXT_CARDS if request.htmx and after else FIRST_CARDS
    cards, last, left = some_cards(article, revision, after, most, proposed)
    context = {"article": article, "cards": cards, "last": last, "left": left}
    if request.htmx and after:
        return render(request, "article/show.html#more", context)
    return render(
        request,
        "article/show.html",
        context
        | {
            "revision": revision,
            "passages": reading.passages(revision, suggested=marks(rows)),
            "progress": reading.progress(article, revision),
            "proposed": len(rows),
            "at_once": at_once(proposed),
            "hides_suggestions": _hides(request),
            **reading_now(article),
            "unsettled": unsettled(article, revision),
            "direction": reading.direction(article.language),
            "comments": section(request, article),
            "custody": custody(revision),
            "alike": articles_alike(article) if request.may("article.write") else [],
            "likely": likely_about(article) if request.may("claim.write") else [],
            **banner(request, article),
        },
    )


def _hides(request: DeskRequest) -> bool:
    """Whether the reader wants no suggestions (`?suggestions=hide`, until `show`)."""
    if wish := request.GET.get("suggestions"):
        request.session["hides-suggestions"] = wish == "hide"
    return bool(request.session.get("hides-suggestions"))


def reading_now(article: Article) -> dict[str, Any]:
    """Whether the machine has yet to read the text; of one that it can't, why."""
    row = ToRead.objects.filter(article=article).first() if article.workspace.suggests else None
    return {
        "article": article,
        "to_read": row is not None and not row.why_failed,
        "unread_why": row.why_failed if row else "",
    }


@desk("article.write", ("POST",))
def read_paragraphs(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Marks paragraphs as read (`number`, repeatable), or as not read with `unread`."""
    article = one(request, Article, uid)
    revision = current_revision(article)
    read = "unread" not in request.POST
    if request.POST.get("revision", str(revision.number)) != str(revision.number):
        # The numbers are those of another text.
        return refused(request, article, "The article has a new text by now. Load it again.")
    try:
        numbers = numbers_of(request.POST.getlist("number"))
        articles.mark_read(request.actor, revision, numbers, read=read)
    except ValidationError as error:
        return refused(request, article, " ".join(error.messages))
    rows = waiting(article, revision)
    shown = reading.passages(revision, numbers, marks(rows))
    said = _read_now(shown)
    if not request.htmx:
        tell(request, said)
        return redirect(article)
    response: HttpResponse = render(
        request,
        "article/show.html#redrawn",
        {
            "article": article,
            "passages": shown,
            "progress": reading.progress(article, revision),
            "proposed": len(rows),
            "direction": reading.direction(article.language),
            "oob": True,
        },
    )
    return trigger(response, announce=said)


def _read_now(passages: list[Passage]) -> str:
    """Which paragraphs count as read now, and which do not; those with claims always do."""
    told: dict[str, list[str]] = {}
    for passage in passages:
        told.setdefault(passage.how_read or "not read", []).append(str(passage.paragraph.number))
    return " ".join(f"Paragraph {', '.join(which)}: {how}." for how, which in told.items())


def numbers_of(sent: list[str]) -> set[int]:
    """Paragraph numbers as sent. Raises ValidationError when one is none, or there is none."""
    if not sent or not all(n.isdecimal() and len(n) < LONGEST_NUMBER for n in sent):
        raise ValidationError("Say which paragraphs, by their numbers.")
    return {int(number) for number in sent}
