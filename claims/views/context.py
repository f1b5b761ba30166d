"""What every page's frame needs: the desk, one's role and rights, one's other desks, the keys."""

from __future__ import annotations

from typing import Any, TypeGuard

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from claims import policy
from claims.models import Incident, Workspace
from claims.models.incident import IN_DISPUTE
from claims.models.lens import settled
from claims.views.counts import count, counted
from claims.views.desk import DeskRequest
from claims.views.keys import IN_FORMS, IN_TEXT, KEYS

ALL_KEYS: dict[str, Any] = {
    "all_keys": KEYS,
    "fixed_keys": {"In the text of an article": IN_TEXT, "In forms and lists": IN_FORMS},
}
NAVIGATION = [
    ("workspace", "Home", ""),
    ("articles", "Articles", "article claim link filing import imports suggestion suggestions"),
    ("incidents", "Incidents", "incident question position assessment"),
    ("sources", "Sources", "source side"),
    ("review", "Review", ""),
    ("export", "Export", "export"),
]


def _disputed(workspace: Workspace) -> str:
    """In how many incidents something is in dispute; nothing where in none."""
    rows = settled(Incident.objects.within(workspace).kept())
    number = count(rows.filter(heat__gte=IN_DISPUTE))
    return counted(number) if number else ""


def is_let_in(request: HttpRequest) -> TypeGuard[DeskRequest]:
    """Whether a view's decorator has let the request into a desk."""
    return hasattr(request, "workspace")


def _here(request: DeskRequest) -> str:
    """The page's address, to come back to; the desk's, where it takes nothing but POST.

    A view that knows the page better says so (`here`).
    """
    view: Any = request.resolver_match and request.resolver_match.func
    if "GET" in getattr(view, "methods", ("GET",)):
        return request.get_full_path()
    return request.workspace.get_absolute_url()


def desk(request: HttpRequest) -> dict[str, Any]:
    """The frame's variables; outside a desk only the keys, and who else lets people in."""
    if not is_let_in(request):
        return ALL_KEYS | {"provider": settings.OIDC_ISSUER and settings.OIDC_NAME}
    workspace, role, user = request.workspace, request.role, request.user
    match = request.resolver_match
    noun = ((match.url_name if match else "") or "").split("-")[0]
    disputed = SimpleLazyObject(lambda: _disputed(workspace))
    return {
        "here": _here(request),
        "workspace": workspace,
        "role": role,
        "may": {what.replace(".", "_"): policy.allows(role, what) for what in policy.RULES},
        "desks": SimpleLazyObject(lambda: list(Workspace.objects.visible_to(user))),
        "navigation": [
            {
                "url": reverse(name, args=[workspace.slug]),
                "label": label,
                "current": noun == name or noun in nouns.split(),
                "count": disputed if name == "review" else "",
            }
            for name, label, nouns in NAVIGATION
        ],
        **ALL_KEYS,
    }
