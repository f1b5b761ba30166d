"""The front page of a desk: what is disputed, what waits for the reader, what is new."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from claims.models import Article, Assessment, Change, Claim, Incident, Mention, Workspace
from claims.models.comment import SUBJECTS
from claims.models.incident import IN_DISPUTE
from claims.models.lens import settled
from claims.records import ArticleStatus, ClaimStatus, Workflow
from claims.views.counts import count, counted
from claims.views.desk import DeskRequest
from claims.views.history_things import things
from claims.views.incident_rows import ORDER, rows
from claims.views.paging import ordered

DISPUTED, MINE, NEW = 6, 6, 10
DONE = (ArticleStatus.ANNOTATED, ArticleStatus.REVIEWED)


class Progress(NamedTuple):
    """How many articles have a status."""

    status: ArticleStatus
    articles: int


class News(NamedTuple):
    """A change, and where what it is about is found; empty where that is nowhere."""

    change: Change
    url: str = ""


def home(request: DeskRequest) -> dict[str, Any]:
    """The context of the page; the number of queries does not depend on how much there is."""
    desk, user = request.workspace, request.user
    incidents = Incident.objects.within(desk).kept()
    articles = Article.objects.within(desk).kept()
    disputed = settled(incidents).filter(heat__gte=IN_DISPUTE)
    by_status = dict(articles.values_list("status").annotate(Count("pk")).order_by())
    progress = [Progress(status, by_status.get(status.value, 0)) for status in ArticleStatus]
    waiting = Claim.objects.within(desk).kept().filter(status=ClaimStatus.SUBMITTED)
    return {
        "disputed": rows(disputed, "", DISPUTED).rows,
        "disputed_count": counted(count(disputed)),
        "my_articles": articles.filter(assignee=user)
        .exclude(status__in=DONE)
        .select_related("publisher")
        .order_by("-id")[:MINE],
        "my_incidents": incidents.filter(assignee=user)
        .exclude(workflow=Workflow.CLOSED)
        .order_by(*ordered(ORDER))[:MINE],
        "to_approve": counted(count(waiting)) if request.may("claim.approve") else "",
        **(_to_decide(request, incidents) if request.may("assess") else {}),
        "named": _named(request),
        "news": _news(desk),
        "progress": progress,
        "articles": sum(one.articles for one in progress),
        "done": sum(one.articles for one in progress if one.status in DONE),
        "open_articles": counted(count(articles.filter(assignee=None).exclude(status__in=DONE))),
    }


def _news(desk: Workspace) -> list[News]:
    """The newest changes, each with the first thing that it is about."""
    rows = Change.objects.filter(workspace=desk).select_related("user").order_by("-id")
    changes = list(rows[:NEW])
    about = things(desk, [change.pk for change in changes])
    found = []
    for change in changes:
        first = about[change.pk].shown[:1] if change.pk in about else []
        found.append(News(change, first[0].url if first else ""))
    return found


def _to_decide(request: DeskRequest, incidents: Any) -> dict[str, str]:
    """Incidents where another reviewer asks for a second verdict, and where evidence changed."""
    asks = Assessment.objects.awaiting().exclude(reviewer=request.user)
    on_question = asks.filter(question__incident=OuterRef("pk"), question__deleted_at=None)
    whole = asks.filter(incident=OuterRef("pk"))
    to_second = incidents.filter(awaits_second=True).filter(Exists(whole) | Exists(on_question))
    return {
        "to_second": counted(count(to_second)),
        "changed": counted(count(incidents.filter(evidence_changed=True))),
    }


def _named(request: DeskRequest) -> Any:
    """The newest open comments that name the reader, on what is there."""
    there = Q(comment__deleted_at=None, comment__resolved_at=None)
    for subject in SUBJECTS:
        there &= Q(**{f"comment__{subject}__deleted_at": None})
    mentions = Mention.objects.within(request.workspace).filter(there, user=request.user)
    others = mentions.exclude(comment__author=request.user)
    return others.select_related("comment__author", "comment__workspace").order_by("-id")[:MINE]
