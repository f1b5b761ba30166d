"""What waits for approval: looked through, approved or sent back, several things at once."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import review as reviewing
from claims.actions.review import Seen
from claims.forms.approval import ApprovalFilter, DecideForm
from claims.forms.errors import add_errors
from claims.policy import RULES
from claims.views.approval_rows import waiting
from claims.views.desk import DeskRequest, desk
from claims.views.done import tell
from claims.views.review_rows import lane_counts


@desk("read", ("GET", "POST"))
def index(request: DeskRequest) -> HttpResponseBase:
    """Claims and articles that wait; what is ticked is decided on as one act that can be undone.

    The form posts to this very address, filters and page included, so that a refusal, and what
    comes after a decision, is the same part of the list.
    """
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not request.may("claim.approve"):
            raise PermissionDenied(RULES["claim.approve"].says)
        if form.is_valid():
            try:
                said = _decide(request, form)
            except ValidationError as error:
                add_errors(form, error)
            else:
                tell(request, said)
                return redirect(request.get_full_path())
    filters = ApprovalFilter(request.workspace, request.GET)
    context = {
        "form": form,
        "filters": filters,
        "lanes": lane_counts(request.workspace),
        "lane": None,
        "waiting": waiting(request, filters, form.ticked),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "review/approval.html", context, status=status)


def _decide(request: DeskRequest, form: DecideForm) -> str:
    """Approves, or sends back; in words what was done."""
    seen = [Seen(*one) for one in form.seen(request.workspace)]
    if "send_back" in request.POST:
        reviewing.send_back(request.actor, seen, form.cleaned_data["why"])
        return f"Sent back: {reviewing.counted(seen)}."
    reviewing.approve(request.actor, seen)
    return f"Approved: {reviewing.counted(seen)}."
