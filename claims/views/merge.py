"""Two incidents, or two sources, that are one: side by side first, then merged."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from claims.actions import incident_merge, source_merge
from claims.actions.errors import Conflict, NeedsConsent
from claims.forms.errors import add_errors
from claims.forms.merge import MergeForm
from claims.models import Incident, Source
from claims.views.conflict import version_in
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import done
from claims.views.merge_rows import incidents_beside, sources_beside

CHANGED = "One of the two was changed meanwhile: this is how they stand now."


@desk("incident.merge", ("GET", "POST"))
def incident(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """This incident stays, the one that is named (`?other=`) goes into it."""
    rows = Incident.objects.select_related("parent", "assignee", "workspace")
    kept = one(request, rows, uid)
    form = MergeForm(kept, request.POST or _named(request))
    if not form.is_valid():
        return _shown(request, form, {"kept": kept})
    other = one(request, rows, form.cleaned_data["other"].uid)
    return _merged(request, form, kept, other, incident_merge.merge, incidents_beside)


@desk("source.merge", ("GET", "POST"))
def source(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """This source stays, the one that is named goes into it; of two a named one stays."""
    rows = Source.objects.select_related("side", "affiliation", "article", "workspace")
    kept = one(request, rows, uid)
    form = MergeForm(kept, request.POST or _named(request))
    if not form.is_valid():
        return _shown(request, form, {"kept": kept})
    other = one(request, rows, form.cleaned_data["other"].uid)
    if other.named and not kept.named:
        return redirect(_address(request, other, kept))
    if wrong := source_merge.refused(kept, other):
        form.add_error("other_name", wrong)
        return _shown(request, form, {"kept": kept})
    return _merged(request, form, kept, other, source_merge.merge, sources_beside)


def _merged(
    request: DeskRequest, form: MergeForm, kept: Any, other: Any, merge: Any, beside: Any
) -> HttpResponseBase:
    """Merges the two when that was sent, and else shows them side by side."""
    context: dict[str, Any] = {"kept": kept, "other": other}
    status = 200
    if request.method == "POST":
        status = 409
        versions = version_in(request), version_in(request, "other_version")
        try:
            merge(request.actor, kept, other, versions, consent=bool(request.POST.get("consent")))
        except NeedsConsent:
            pass  # what is shown below asks
        except Conflict:
            kept.refresh_from_db()
            other.refresh_from_db()
            context["changed"] = CHANGED
        except ValidationError as error:
            add_errors(form, error)
        else:
            return done(request, kept.get_absolute_url(), f"Merged {other} into {kept}.")
    context |= beside(kept, other) | {"swap_url": _swap(request, kept, other)}
    return _shown(request, form, context, status)


def _shown(
    request: DeskRequest, form: MergeForm, context: dict[str, Any], status: int = 0
) -> HttpResponseBase:
    kept = context["kept"]
    noun = kept._meta.model_name
    pick_url = reverse(f"{noun}-pick", args=[request.workspace.slug])
    article = getattr(kept, "article", None)
    context |= {
        "form": form,
        "noun": noun,
        "pick_url": f"{pick_url}?article={article.uid}&q=" if article else f"{pick_url}?q=",
    }
    return render(request, "merge/show.html", context, status=status or _status(form))


def _status(form: MergeForm) -> int:
    return 422 if form.errors else 200


def _named(request: DeskRequest) -> Any:
    """What an address or the first step names, if it does."""
    return request.GET if "other" in request.GET or "other_name" in request.GET else None


def _swap(request: DeskRequest, kept: Any, other: Any) -> str:
    """Where the other one stays instead; nowhere for an unnamed source beside a named one."""
    if isinstance(kept, Source) and source_merge.refused(other, kept):
        return ""
    return _address(request, other, kept)


def _address(request: DeskRequest, kept: Any, other: Any) -> str:
    place = reverse(f"{kept._meta.model_name}-merge", args=[request.workspace.slug, kept.uid])
    return f"{place}?{urlencode({'other': other.uid, 'other_name': str(other).strip()})}"
