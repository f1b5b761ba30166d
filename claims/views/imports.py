"""Files of many things: sent in, looked at, brought in; while it goes on, and how it ended."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import import_choices, imports
from claims.actions.import_formats import FORMATS
from claims.actions.import_shapes import NEW, THERE, WRONG
from claims.forms.imports import ChoicesForm, ImportForm
from claims.models import Import
from claims.records import ImportState
from claims.views import paging
from claims.views.desk import DeskRequest, desk, one

READ_AT_ONCE = 200_000
"""Bytes of a file that is read while one waits; larger ones are the worker's."""
BROUGHT_IN_AT_ONCE = 50


@desk("article.write")
def index(request: DeskRequest) -> HttpResponseBase:
    """All imports of the desk, newest first."""
    rows = Import.objects.within(request.workspace).select_related("workspace", "made_by", "change")
    rows = rows.defer("sample", "problems")
    page = paging.page(rows, ("-id",), request.GET.get("after", ""))
    return render(request, "import/index.html", {"page": page})


@desk("article.write", ("GET", "POST"))
def new(request: DeskRequest) -> HttpResponseBase:
    """Takes a file, and goes on to what is in it."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        job = imports.receive(request.actor, form.cleaned_data["kind"], form.cleaned_data["file"])
        if job.size <= READ_AT_ONCE:
            imports.run_now(job)
        return redirect(job)
    status = 422 if request.method == "POST" else 200
    return render(request, "import/new.html", {"form": form}, status=status)


@desk("article.write")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """What would be made, how far it is, or what came of it; `#state` is asked for again."""
    part = "#state" if request.htmx and not request.htmx.boosted else ""
    return render(request, f"import/show.html{part}", _shown(_job(request, uid)))


@desk("article.write", ("POST",))
def accept(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Brings in what was read; what was chosen since is to be looked at first."""
    job = _job(request, uid)
    try:
        if _chosen(request, job):
            messages.info(request, "It was read again with what you chose: look once more.")
            return redirect(job)
        imports.accept(request.actor, job, leave_wrong_out="leave_wrong_out" in request.POST)
    except ValidationError as error:
        context = _shown(job) | {"refused": error.messages[0]}
        return render(request, "import/show.html", context, status=422)
    if job.size <= READ_AT_ONCE and job.counts.get(NEW, 0) <= BROUGHT_IN_AT_ONCE:
        imports.run_now(job)
    return redirect(job)


@desk("article.write", ("POST",))
def choose(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Reads it again, with what was chosen of its labels."""
    job = _job(request, uid)
    try:
        _chosen(request, job)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect(job)


@desk("article.write", ("POST",))
def cancel(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Cancels one that is not done; what was made for it so far is taken away."""
    job = _job(request, uid)
    if job.is_open:
        imports.cancel(job)
    else:
        messages.info(request, "It had ended already.")
    return redirect(job)


def _job(request: DeskRequest, uid: UUID) -> Import:
    rows = Import.objects.select_related(
        "workspace", "made_by", "change__user", "change__undone_by"
    )
    job: Import = one(request, rows, uid)
    return job


def _chosen(request: DeskRequest, job: Import) -> bool:
    """Whether something else was chosen than before, so that it is read again."""
    form = ChoicesForm(job, request.POST)
    if job.state != ImportState.READY or not form.is_valid():
        return False
    if not import_choices.choose(request.actor, job, form.chosen()):
        return False
    if job.size <= READ_AT_ONCE:
        imports.run_now(job)
    return True


def _shown(job: Import) -> dict[str, object]:
    counts = {word: job.counts.get(word, 0) for word in (NEW, THERE, WRONG)}
    return {
        "job": job,
        "format": FORMATS[job.format].label,
        "things": FORMATS[job.format].things,
        "whole": imports.is_whole(FORMATS[job.format]),
        "counts": counts,
        "total": sum(counts.values()),
        "is_ready": job.state == ImportState.READY,
        "choices": ChoicesForm(job),
        "is_done": job.state == ImportState.DONE,
    }
