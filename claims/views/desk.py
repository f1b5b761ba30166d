"""The frame of every page of a desk: who asks, which desk, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from claims import policy
from claims.actions.journal import Actor
from claims.models import Sight, Tombstone, User, Workspace
from claims.models import lens as lenses
from claims.models.blind import works_blind
from claims.records import Removal, Role

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)


class DeskRequest(HttpRequest):
    """A request that has been let in: `desk` sets workspace, role and actor."""

    user: User
    htmx: HtmxDetails
    workspace: Workspace
    role: Role
    actor: Actor

    def may(self, what: str) -> bool:
        """Whether the person may do `what`, a key of `policy.RULES`."""
        return policy.allows(self.role, what)


class Purged(Http404):
    """It was purged: `stone` says by whom, when and why."""

    def __init__(self, stone: Tombstone) -> None:
        super().__init__(str(stone))
        self.stone = stone


View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]


def desk(
    what: str, methods: tuple[str, ...] = ("GET",)
) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Lets members in who may do `what`; an outsider is told that nothing is there."""
    rule = policy.RULES[what]

    def frame(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def inner(
            request: DeskRequest, slug: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            try:
                enter(request, slug)
            except policy.NeedsSecondFactor as lacking:
                return _to_set_up(request, str(lacking))
            if not request.may(what):
                raise PermissionDenied(rule.says)
            try:
                return view(request, *args, **kwargs)
            except Purged as gone:
                return render(request, "purge/gone.html", {"stone": gone.stone}, status=410)

        allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)
        framed: Any = login_required(require_http_methods(allowed)(inner))
        framed.rule = what
        framed.methods = methods
        return framed  # type: ignore[no-any-return]

    return frame


def _to_set_up(request: DeskRequest, why: str) -> HttpResponseBase:
    messages.warning(request, why)
    where = reverse("mfa_index")
    return HttpResponseClientRedirect(where) if request.htmx else redirect(where)


def enter(request: DeskRequest, slug: str) -> None:
    """Sets the desk on the request. Raises Http404 for an outsider, as for no desk at all.

    For who works blind it puts on the lens through which every query looks from then on.

    Raises NeedsSecondFactor where the desk asks for one that the person hasn't got.
    """
    seats = request.user.memberships.filter(workspace__slug=slug).select_related("workspace")
    member = seats.annotate(is_blind=works_blind()).first()
    if member is None:
        raise Http404("No such desk.")
    policy.check_factor(request.user, member.workspace)
    request.workspace = member.workspace
    request.role = Role(member.role)
    lenses.put_on(Sight(member) if member.is_blind else None)
    request.actor = Actor(member.workspace, request.user)
    request.may = lambda what: policy.allows(request.role, what)  # type: ignore[method-assign]


def one(
    request: DeskRequest,
    rows: type[M] | models.QuerySet[M],
    uid: UUID | str,
    *,
    deleted: bool = False,
) -> M:
    """The row of this desk by uid; Http404 when it is another desk's, or deleted.

    With `deleted`, what is deleted is found as well: its history can be read.
    """
    queryset: Any = rows if isinstance(rows, models.QuerySet) else rows._default_manager.all()
    queryset = queryset.filter(workspace=request.workspace)
    if not deleted and any(
        field.name == "deleted_at" for field in queryset.model._meta.concrete_fields
    ):
        queryset = queryset.filter(deleted_at=None)
    try:
        found: M = queryset.get(uid=uid)
    except (queryset.model.DoesNotExist, ValidationError, ValueError) as error:
        if stone := _stone(request, uid):
            raise Purged(stone) from error
        raise Http404("It is not there.") from error
    return found


def _stone(request: DeskRequest, uid: UUID | str) -> Tombstone | None:
    if not isinstance(uid, UUID):
        return None
    found: Tombstone | None = (
        Tombstone.objects.within(request.workspace)
        .filter(object_uid=uid, kind=Removal.PURGED.value)
        .select_related("by")
        .first()
    )
    return found
