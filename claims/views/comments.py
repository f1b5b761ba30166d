"""Comments in print, and where they are made."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse

from claims.models import Article, ChangeRow, Claim, Comment, Incident, Question
from claims.views.desk import DeskRequest

Subject = Claim | Question | Incident | Article
WITH = ("author", "resolved_by", "claim__source", "question")


class Shown(NamedTuple):
    """A comment; `on` says what it is on, where the page is about something else.

    `row.edited`: its author changed its words. Its version grows too when it is resolved, or when
    what it is on is merged.
    """

    row: Any
    on: str
    url: str
    mine: bool


class Section(NamedTuple):
    """The comments of a page, the open ones first, and the address for a new one."""

    open: list[Shown]
    resolved: list[Shown]
    url: str

    @property
    def total(self) -> int:
        return len(self.open) + len(self.resolved)


def section(request: DeskRequest, subject: Subject) -> Section:
    """The comments on `subject`; of an incident those on its questions and claims too.

    One query, whatever there is.
    """
    rows = Comment.objects.kept().within(request.workspace)
    if isinstance(subject, Incident):
        rows = rows.of_incident(subject)
    else:
        rows = rows.filter(**{subject._meta.model_name or "": subject})
    edits = ChangeRow.objects.filter(
        workspace=request.workspace,
        model="comment",
        object_id=OuterRef("pk"),
        change__action="comment.edit",
    )
    rows = rows.select_related(*WITH).annotate(edited=Exists(edits)).order_by("id")
    shown = [_shown(request, row, subject) for row in rows]
    return Section(
        [one for one in shown if not one.row.resolved_at],
        [one for one in shown if one.row.resolved_at],
        address(request, subject),
    )


def address(request: DeskRequest, subject: Subject) -> str:
    """Where the comments on `subject` are read and made."""
    route = f"{subject._meta.model_name}-comment"
    return reverse(route, args=[request.workspace.slug, subject.uid])


def _shown(request: DeskRequest, row: Any, subject: Subject) -> Shown:
    mine = row.author_id == request.user.pk
    if row.claim and not isinstance(subject, Claim):
        url = reverse("claim", args=[request.workspace.slug, row.claim.uid])
        return Shown(row, f"a claim of {row.claim.source}", url, mine)
    if row.question and not isinstance(subject, Question):
        return Shown(row, str(row.question), f"#question-{row.question.uid}", mine)
    return Shown(row, "", "", mine)
