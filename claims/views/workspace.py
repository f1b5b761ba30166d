"""The desk itself: its front door and its settings."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions.member import edit_workspace, settings_seal
from claims.forms.workspace import SettingsForm, TemplateFormSet, Templates, initial_templates
from claims.models import Workspace
from claims.views.desk import DeskRequest, desk
from claims.views.done import tell
from claims.views.home import home


@desk("read")
def show(request: DeskRequest) -> HttpResponseBase:
    """What is disputed, what waits for the reader, what is new."""
    return render(request, "workspace/home.html", home(request))


@desk("settings", ("GET", "POST"))
def settings(request: DeskRequest) -> HttpResponseBase:
    """Name, conventions, question templates. A stale save shows what somebody else has set."""
    # The form writes into the row that it is given; the frame of the page shows the other one.
    own = Workspace.objects.get(slug=request.workspace.slug)
    form = SettingsForm(request.user, request.POST or None, instance=own)
    start = initial_templates(request.workspace)
    templates: TemplateFormSet = Templates(request.POST or None, initial=start, prefix="template")
    context: dict[str, Any] = {
        "form": form,
        "templates": templates,
        "seal": request.POST.get("seal", ""),
    }
    if request.method != "POST":
        context["seal"] = settings_seal(request.workspace)
        return render(request, "workspace/settings.html", context)
    # Both are asked, so that all errors show at once.
    if not all([form.is_valid(), templates.is_valid()]):
        return render(request, "workspace/settings.html", context, status=422)
    values = {**form.cleaned_data, "question_templates": templates.templates()}
    try:
        edit_workspace(request.actor, values, seal=context["seal"])
    except ValidationError:
        # Saving again is then a deliberate overwrite.
        context |= {"rows": _differences(request.workspace, values)}
        context |= {"seal": settings_seal(request.workspace)}
        return render(request, "workspace/settings.html", context, status=409)
    tell(request, "The settings are saved.")
    return redirect("settings", request.workspace.slug)


def _differences(theirs: Workspace, mine: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What stands there now beside what this form would set: label, theirs, mine."""
    rows = []
    for name, value in mine.items():
        label = str(theirs._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        pair = _words(getattr(theirs, name)), _words(value)
        if pair[0] != pair[1]:
            rows.append((label[:1].upper() + label[1:], *pair))
    return rows


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(template["text"] for template in value) or "none"
    return str(value)
