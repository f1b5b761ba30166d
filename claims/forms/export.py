"""Which claims are taken along: the filter of the export page and of its downloads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q

from claims.forms.picked import PickingForm, name_field, uid_field
from claims.models import Article, Incident, Side, Source, Workspace
from claims.records import ClaimStatus, State
from claims.snapshot import Filters

DISPUTED = "claim"
"""The choice of `state` that is about the claim, not about its incident."""

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
AT_MOST = 9


class ExportFilter(PickingForm):
    """All fields narrow the claims down together; an empty form is everything.

    A page links here with uids alone (`?incident=...`). What names nothing at this desk is an
    error: a file with other claims than were asked for would look like the right one.
    """

    incident = uid_field()
    incident_name = name_field("Incident", max_length=400)
    article = uid_field()
    article_name = name_field("Article", max_length=500)
    source = uid_field()
    source_name = name_field("Who says it", max_length=200)
    side: Any = forms.ModelChoiceField(
        Side.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label="any",
        error_messages={"invalid_choice": "There is no such side here."},
    )
    state = forms.ChoiceField(
        label="In dispute",
        required=False,
        choices=[
            ("", "any"),
            (DISPUTED, "claims that others compete with"),
            ("All claims of incidents that are", State.choices()),
        ],
    )
    status = forms.ChoiceField(required=False, choices=[("", "any"), *ClaimStatus.choices()])
    since = forms.DateField(label="Article published from", required=False, widget=DAY)
    until = forms.DateField(
        label="Article published until",
        required=False,
        widget=DAY,
        help_text="With a day, articles of unknown date are left out.",
    )

    def __init__(self, workspace: Workspace, data: Any) -> None:
        # A copy: the names of what was picked by uid alone are written into it.
        self.shown = data.copy()
        super().__init__(self.shown)
        self.workspace = workspace
        side: Any = self.fields["side"]
        side.queryset = Side.objects.within(workspace)

    def clean(self) -> dict[str, Any]:
        """Resolves what was picked or typed; `filters` and `query` read the result."""
        data = self.cleaned_data
        incidents = Incident.objects.within(self.workspace).kept()
        articles = Article.objects.within(self.workspace).kept()
        sources = Source.objects.within(self.workspace).kept()
        data["incident"] = self._row("incident", incidents, lambda text: _coded(incidents, text))
        data["article"] = self._row("article", articles, lambda text: _titled(articles, text))
        data["source"] = self._row("source", sources, lambda text: sources.called(text)[:AT_MOST])
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day can't be before the first.")
        return data

    def _row(self, field: str, rows: Any, called: Callable[[str], Any]) -> Any:
        name = f"{field}_name"
        data = self.cleaned_data
        if field in self.errors:
            del self.errors[field]
            self.add_error(name, f"There is no such {field} here.")
            return None
        if data.get(field) and not data.get(name):
            row = rows.filter(uid=data[field]).first()
            if row is None:
                self.add_error(name, f"There is no such {field} here.")
        else:
            row = self.picked(field, rows, called)
        if isinstance(row, str):
            self.add_error(name, f"No {field} here is called so.")
            return None
        self.shown[field] = str(row.uid) if row else ""
        if row:
            self.shown[name] = str(row)
        return row

    def filters(self) -> Filters:
        """What the snapshot is narrowed by. Only for a valid form."""
        data = self.cleaned_data
        state = data["state"]
        return Filters(
            incident=data["incident"],
            article=data["article"],
            source=data["source"],
            side=data["side"],
            state=State(state) if state and state != DISPUTED else None,
            disputed=state == DISPUTED,
            status=ClaimStatus(data["status"]) if data["status"] else None,
            since=data["since"],
            until=data["until"],
        )

    def query(self) -> dict[str, str]:
        """The same as the query of an address: uids, words and days. Only for a valid form."""
        data = self.cleaned_data
        found = {name: data[name] for name in self.fields if not name.endswith("_name")}
        return {name: str(getattr(value, "uid", value)) for name, value in found.items() if value}


FILTERS = [name for name in ExportFilter.base_fields if not name.endswith("_name")]
"""For scripts: the names beside the uids are for people who type; so are the errors there."""


def _coded(incidents: Any, text: str) -> list[Incident]:
    """Those with this code or title, or both as they are shown together."""
    code = text.partition(" ")[0]
    exact = [one for one in incidents.filter(code=code)[:AT_MOST] if text in (one.code, str(one))]
    return exact or list(incidents.filter(Q(code=text) | Q(title=text)).order_by("-id")[:AT_MOST])


def _titled(articles: Any, text: str) -> list[Article]:
    """Those with this title, else those whose title holds these words."""
    exact = list(articles.filter(title=text).order_by("-id")[:AT_MOST])
    return exact or list(articles.filter(title__icontains=text).order_by("-id")[:AT_MOST])
