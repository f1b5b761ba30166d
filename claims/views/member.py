"""Who sits at the desk: seen, invited, given another role, taken away; for owners."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from claims import policy
from claims.actions import invitation as invitations
from claims.actions import member as members
from claims.forms.errors import add_errors
from claims.forms.invitation import InviteForm
from claims.forms.member import RoleForm
from claims.models import Invitation, Membership, User
from claims.records import Role
from claims.views import invitation_mail
from claims.views.desk import DeskRequest, desk
from claims.views.done import tell


@never_cache
@desk("members", ("GET", "POST"))
def index(request: DeskRequest) -> HttpResponseBase:
    """The list, and the form that invites somebody.

    The link of an invitation stands on the answer to this one request and nowhere else.
    """
    form = InviteForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    try:
        made, secret = invitations.create(request.actor, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return _page(request, form, status=422)
    link = request.build_absolute_uri(reverse("join-link", args=[secret]))
    sent = invitation_mail.send(made, link)
    return _page(request, InviteForm(), made=made, link=link, sent=sent)


@desk("members", ("POST",))
def set_role(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Another role; the last owner stays one."""
    seat, form = seat_of(request, pk), RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, InviteForm(), wrong={pk: ["Choose a role."]}, status=422)
    try:
        role = form.cleaned_data["role"]
        members.set_role(request.actor, seat, role, was=request.POST.get("was", ""))
    except ValidationError as error:
        return _refused(request, pk, error, chosen=role)
    tell(request, f"{seat.user} is now {form.cleaned_data['role'].label}.")
    return on_list(request, seat)


@desk("members", ("POST",))
def remove(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Takes a seat away; the person's work stays."""
    seat = seat_of(request, pk)
    try:
        members.remove(request.actor, seat, was=request.POST.get("was", ""))
    except ValidationError as error:
        return _refused(request, pk, error)
    words = f"{seat.user} no longer has a seat at {request.workspace}."
    if seat.user == request.user:
        messages.success(request, words)
    else:
        tell(request, words)
    return on_list(request, seat)


def _refused(
    request: DeskRequest, pk: int, error: ValidationError, chosen: Role | None = None
) -> HttpResponseBase:
    """Beside the seat; a stale one with what was chosen, which can be chosen again."""
    stale = getattr(error, "code", "") == members.STALE
    said = error.messages + ([f"You chose {chosen.label}."] if stale and chosen else [])
    return _page(request, InviteForm(), wrong={pk: said}, status=409 if stale else 422)


def on_list(request: DeskRequest, seat: Membership) -> HttpResponseBase:
    """Back to the list, or to where one may still be."""
    if seat.user != request.user:
        return redirect("members", request.workspace.slug)
    there = Membership.objects.filter(workspace=request.workspace, user=request.user)
    return redirect(request.workspace) if there.exists() else redirect("home")


def seat_of(request: DeskRequest, pk: int) -> Membership:
    seats = Membership.objects.filter(workspace=request.workspace).select_related("user")
    if seat := seats.filter(pk=pk).first():
        return seat
    raise Http404("No such member.")


def _page(
    request: DeskRequest,
    form: InviteForm,
    *,
    wrong: dict[int, list[str]] | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponseBase:
    seats = Membership.objects.filter(workspace=request.workspace).select_related("user")
    own = policy.SECOND_FACTORS.filter(user=OuterRef("user"))
    seats = seats.annotate(has_factor=Exists(own))
    rows = [
        {"seat": seat, "about": _about(seat.user), "errors": (wrong or {}).get(seat.pk, [])}
        for seat in seats.order_by("created_at", "id")
    ]
    invited = Invitation.objects.within(request.workspace).open().select_related("made_by")
    context["invitations"] = [
        {"invitation": row, "role": Role(row.role).label}
        for row in invited.order_by("expires_at", "id")
    ]
    # Of the addresses whose forms stand on it, the one that can be opened.
    here = reverse("members", args=[request.workspace.slug])
    context |= {
        "form": form,
        "rows": rows,
        "roles": Role.choices(),
        "here": here,
        "sends_mail": settings.SENDS_MAIL,
    }
    return render(request, "member/index.html", context, status=status)


def _about(user: User) -> str:
    """The names under which a person signs in, beside the one that is shown."""
    names = dict.fromkeys([user.username, user.email])
    return " · ".join(name for name in names if name and name != str(user))
