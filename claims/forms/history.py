"""Which changes a history shows, and the moment at which an incident is looked at."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from claims.forms.filtering import ListFilter
from claims.models import Change, User, Workspace
from claims.records import ChangeKind

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

ACTIONS = {
    ChangeKind.CLAIM: {
        "claim.create": "claim added",
        "claim.edit": "claim edited",
        "claim.span": "words added to a claim",
        "claim.restate": "said to be the same statement",
        "claim.draft": "claim made a draft",
        "claim.submitted": "claim submitted",
        "claim.approved": "claim approved",
        "claim.sent_back": "claims sent back",
        "claim.withdrawn": "claim withdrawn",
        "claim.move": "claims moved to another incident",
        "claim.delete": "claim deleted",
        "suggestion.accept": "suggestions accepted",
        "suggestion.dismiss": "suggestion dismissed",
    },
    ChangeKind.LINK: {
        "link.create": "claims linked",
        "link.edit": "link edited",
        "link.delete": "link removed",
    },
    ChangeKind.FILING: {
        "filing.create": "claim filed",
        "filing.edit": "filing edited",
        "filing.delete": "filing removed",
    },
    ChangeKind.INCIDENT: {
        "incident.create": "incident added",
        "incident.edit": "incident edited",
        "incident.assign": "incident taken on or given back",
        "incident.merge": "incidents merged",
        "incident.split": "incident split",
        "incident.delete": "incident deleted",
        "question.create": "question asked",
        "question.edit": "question edited",
        "question.delete": "question deleted",
        "position.create": "answer added",
        "position.edit": "answer edited",
        "position.delete": "answer deleted",
    },
    ChangeKind.ARTICLE: {
        "article.create": "article brought in",
        "article.import": "articles brought in from a file",
        "article.edit": "article edited",
        "article.read": "paragraphs marked as read",
        "article.unread": "paragraphs marked as not read",
        "article.delete": "article deleted",
    },
    ChangeKind.SOURCE: {
        "source.create": "source added",
        "source.edit": "source edited",
        "source.merge": "sources merged",
        "source.delete": "source deleted",
        "rating.create": "reliability rated",
        "side.save": "side added or edited",
        "side.delete": "side deleted",
    },
    ChangeKind.VERDICT: {
        "assessment.create": "verdict recorded",
        "assessment.withdraw": "verdict withdrawn",
        "assessment.ask": "second reviewer asked for",
        "assessment.unask": "second reviewer no longer asked for",
    },
    ChangeKind.COMMENT: {
        "comment.create": "commented",
        "comment.edit": "comment edited",
        "comment.resolve": "comment resolved",
        "comment.reopen": "comment opened again",
        "comment.delete": "comment deleted",
    },
    ChangeKind.DESK: {
        "workspace.create": "desk opened",
        "workspace.edit": "settings changed",
        "member.add": "member added",
        "member.invite": "somebody invited",
        "member.uninvite": "invitation revoked",
        "member.join": "member joined",
        "member.role": "role changed",
        "member.remove": "member removed",
        "webhook.create": "webhook added",
        "webhook.edit": "webhook edited",
        "webhook.delete": "webhook deleted",
    },
}
AGAIN = {"undo": "undone", "redo": "done again"}
"""The acts of every kind, in words."""


class HistoryFilter(ListFilter):
    """Which changes a feed shows; all fields together narrow it down."""

    person: Any = forms.ModelChoiceField(User.objects.none(), required=False, empty_label="anybody")
    kind = forms.ChoiceField(
        label="About", required=False, choices=[("", "anything"), *ChangeKind.choices()]
    )
    action = forms.ChoiceField(
        label="What was done",
        required=False,
        choices=[
            ("", "anything"),
            *AGAIN.items(),
            *((kind.label, list(acts.items())) for kind, acts in ACTIONS.items()),
        ],
    )
    since = forms.DateField(label="From", required=False, widget=DAY)
    until = forms.DateField(label="to", required=False, widget=DAY)
    undone = forms.BooleanField(label="Only what is undone", required=False)

    def __init__(self, workspace: Workspace, data: Any) -> None:
        super().__init__(data)
        here = Change.objects.within(workspace).filter(user=OuterRef("pk"))
        person: Any = self.fields["person"]
        # Whoever did something here, those who have left as well.
        person.queryset = User.objects.filter(Exists(here)).order_by("username")

    def narrow(self, changes: Any) -> Any:
        """`changes`, narrowed; none at all where a filter says what can't be. Days are in UTC."""
        if not self.is_valid():
            return changes.none()
        data = self.cleaned_data
        wanted = {
            "user": data["person"],
            "kind": data["kind"],
            "action": data["action"],
            "undone": data["undone"] or None,
            "at__gte": _midnight(data["since"]),
            "at__lt": _midnight(data["until"], days=1),
        }
        return changes.filter(**{name: value for name, value in wanted.items() if value})


class AsOfForm(forms.Form):
    """The moment, in UTC as everything here."""

    at = forms.DateTimeField(
        label="As it was at (UTC)",
        widget=MOMENT,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"],
    )


def _midnight(day: dt.date | None, *, days: int = 0) -> dt.datetime | None:
    """The start of the day, or of one so many days later."""
    if day is None:
        return None
    try:
        return dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(days=days)
    except OverflowError:
        # The last day that there is: nothing is later.
        return None
