"""Webhooks and what was sent to each; for owners."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from claims.actions import webhook as webhooks
from claims.actions.errors import Conflict
from claims.actions.webhook_send import KEPT
from claims.forms.errors import add_errors
from claims.forms.webhook import DeliveryFilter, WebhookForm
from claims.models import Assessment, Delivery, User, Webhook
from claims.views.conflict import differences, overwrite_next, version_in
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell
from claims.views.paging import page

WEBHOOKS = Webhook.objects.kept().select_related("workspace", "made_by")
DELIVERIES = Delivery.objects.filter(webhook__deleted_at=None).select_related(
    "workspace", "webhook"
)
DAYS_KEPT = KEPT.days


@desk("webhooks")
def index(request: DeskRequest) -> HttpResponseBase:
    """All webhooks of the desk, by name; there are few."""
    rows = WEBHOOKS.within(request.workspace).order_by("name", "id")
    return render(request, "webhook/index.html", {"rows": rows, "most": webhooks.MOST})


@desk("webhooks", ("GET", "POST"))
def new(request: DeskRequest) -> HttpResponseBase:
    """Adds a webhook, and goes on to its page, which has the secret."""
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = webhooks.create(request.actor, form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            tell(request, f"Added the webhook {made}.")
            return redirect(made)
    return render(request, "webhook/form.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@desk("webhooks")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Where it goes, its secret, and what was sent, newest first."""
    webhook = one(request, WEBHOOKS, uid)
    form = DeliveryFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = Delivery.objects.filter(webhook=webhook).select_related("workspace").defer("body")
    rows = rows.filter(state=state) if state else rows
    context = {
        "webhook": webhook,
        "form": form,
        "filtered": bool(state or form.errors),
        "page": page(rows, ("-id",), request.GET.get("after", "")),
        "days_kept": DAYS_KEPT,
        "hours": webhooks.OLD_SECRET_HOURS,
    }
    return render(request, "webhook/show.html", context)


@desk("webhooks", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Name, address, what it tells of, and whether it is on."""
    webhook = one(request, WEBHOOKS, uid)
    form = WebhookForm(request.POST or None, initial=_details(webhook))
    context: dict[str, Any] = {"webhook": webhook, "form": form, "keep_url": request.path}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            webhooks.edit(request.actor, webhook, form.cleaned_data["version"] or 0, form.values())
        except ValidationError as error:
            add_errors(form, error)
        except Conflict:
            webhook = one(request, WEBHOOKS, uid)
            theirs = {k: v for k, v in _details(webhook).items() if k != "version"}
            context |= {"rows": differences(form, theirs), "webhook": webhook}
            overwrite_next(form, webhook.version)
            status = 409
        else:
            tell(request, "Saved.")
            return redirect(webhook)
    status = 422 if form.errors else status
    return render(request, "webhook/form.html", context, status=status)


def _details(webhook: Webhook) -> dict[str, Any]:
    return {name: getattr(webhook, name) for name in WebhookForm.base_fields}


@desk("webhooks", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Deletes it; that can be undone."""
    webhook = one(request, WEBHOOKS, uid)
    try:
        webhooks.delete(request.actor, webhook, version_in(request))
    except Conflict:
        messages.error(request, "Somebody changed this webhook meanwhile. Look at it again.")
        return redirect(webhook)
    tell(request, f"Deleted the webhook {webhook}.")
    return redirect("webhooks", request.workspace.slug)


@desk("webhooks", ("POST",))
def test(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Sends a test, and goes on to how it went."""
    webhook = one(request, WEBHOOKS, uid)
    try:
        return redirect(webhooks.test(webhook))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(webhook)


@desk("webhooks", ("POST",))
def renew_secret(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Another secret."""
    webhook = one(request, WEBHOOKS, uid)
    webhooks.renew_secret(webhook)
    messages.success(
        request,
        "It has a new secret. The old one signs beside it for "
        f"{webhooks.OLD_SECRET_HOURS} hours more.",
    )
    return redirect(webhook)


@desk("webhooks", ("POST",))
def go_on(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Starts one again that the server had stopped."""
    webhook = one(request, WEBHOOKS, uid)
    webhooks.go_on(webhook)
    messages.success(request, "What waits is sent to it again.")
    return redirect(webhook)


@never_cache
@desk("webhooks")
def delivery(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """What was sent, and how that went; `#state` is asked for again until it is tried."""
    sent = one(request, DELIVERIES, uid)
    part = "#state" if request.htmx and not request.htmx.boosted else ""
    context = {"delivery": sent, "webhook": sent.webhook, "days_kept": DAYS_KEPT}
    context |= _readable(sent, request.user)
    return render(request, f"webhook/delivery.html{part}", context)


@desk("webhooks", ("POST",))
def send_again(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Sends it once more."""
    sent = one(request, DELIVERIES, uid)
    try:
        webhooks.send_again(sent)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(sent)


def _readable(sent: Delivery, user: User) -> dict[str, Any]:
    """The body with a line for each value; none where it tells a verdict that `user` is to second.

    A second opinion can be asked for after the first verdict was told.
    """
    told = json.loads(bytes(sent.body))
    if "verdict" in told["data"]:
        of_it = Assessment.objects.filter(workspace=sent.workspace_id, uid=told["data"]["id"])
        if of_it.hidden_from(user).exists():
            return {"kept_back": True}
    return {"body": json.dumps(told, ensure_ascii=False, indent=2)}
