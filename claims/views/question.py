"""Questions of an incident, their answers, and claims filed under an answer together.

Each form is a page of its own, and a part of the incident's page for htmx.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from claims.actions import incident as incidents
from claims.actions import question as questions
from claims.actions.errors import Conflict, NeedsConsent
from claims.forms.errors import add_errors
from claims.forms.question import FileForm, PositionForm, QuestionForm
from claims.models import Incident, Position, Question
from claims.views.conflict import differences, overwrite_next, version_in
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import done
from claims.views.filed import claims_of, filed_under, in_print

MOVED = "A claim was moved meanwhile. Look at the incident again."
ONE, SEVERAL = "one", "several"


@desk("incident.write", ("GET", "POST"))
def new(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A new question with its answers."""
    incident = one(request, Incident, uid)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            question = questions.ask(request.actor, incident, form.values(), form.new_answers())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return done(request, place(request, incident, question), f"Asked “{question}”")
    return shown(request, "question/form.html", {"form": form, "incident": incident})


@desk("incident.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A question's words and kind, with its answers. A stale form gets both versions (409)."""
    question = one(request, Question.objects.select_related("incident"), uid)
    form = QuestionForm(request.POST or None, question=question, initial=_of(question))
    context: dict[str, Any] = {
        "form": form,
        "incident": question.incident,
        "question": question,
        "answers": question.positions.kept(),
    }
    if request.method == "POST" and form.is_valid():
        try:
            incidents.edit_question(
                request.actor, question, form.cleaned_data["version"], form.values()
            )
        except Conflict as conflict:
            context["rows"] = _theirs(form, _of(conflict.current))
        except ValidationError as error:
            add_errors(form, error)
        else:
            return done(request, place(request, question.incident, question), "Saved.")
    return shown(request, "question/form.html", context)


@desk("incident.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Deletes a question under which nothing is filed; it can be undone."""
    question = one(request, Question.objects.select_related("incident"), uid)
    return _deleted(request, question.incident, question, incidents.delete_question)


@desk("incident.write", ("GET", "POST"))
def new_position(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A new answer."""
    question = one(request, Question.objects.select_related("incident"), uid)
    form = PositionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer = incidents.add_position(request.actor, question, form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            address = place(request, question.incident, question)
            return done(request, address, f"Added the answer “{answer}”.")
    context = {"form": form, "question": question, "incident": question.incident}
    return shown(request, "question/position.html", context)


@desk("incident.write", ("GET", "POST"))
def edit_position(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """An answer's words, and whether it competes. A stale form gets both versions (409)."""
    answer = one(request, Position.objects.select_related("question__incident"), uid)
    form = PositionForm(request.POST or None, is_new=False, initial=_of(answer))
    question = answer.question
    context: dict[str, Any] = {
        "form": form,
        "answer": answer,
        "question": question,
        "incident": question.incident,
    }
    if request.method == "POST" and form.is_valid():
        try:
            incidents.edit_position(
                request.actor, answer, form.cleaned_data["version"], form.values()
            )
        except Conflict as conflict:
            context["rows"] = _theirs(form, _of(conflict.current))
        except ValidationError as error:
            add_errors(form, error)
        else:
            return done(request, place(request, question.incident, question), "Saved.")
    return shown(request, "question/position.html", context)


@desk("incident.write", ("POST",))
def delete_position(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Deletes an answer under which nothing is filed; it can be undone."""
    answer = one(request, Position.objects.select_related("question__incident"), uid)
    return _deleted(request, answer.question.incident, answer, incidents.delete_position)


@desk("claim.write", ("GET", "POST"))
def file_claims(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """One or several claims of the incident go under an answer; `?claims=` chooses some."""
    question = one(request, Question.objects.select_related("incident"), uid)
    chosen = request.POST.getlist("claims") or request.GET.getlist("claims")
    form = FileForm(question, request.POST or None)
    losses: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = questions.file_together(
                request.actor, question, form.filings(), consent="consent" in request.POST
            )
        except Conflict:
            form.add_error(None, MOVED)
        except NeedsConsent as need:
            losses = need.losses
        except ValidationError as error:
            add_errors(form, error)
        else:
            number = "1 claim" if len(made) == 1 else f"{len(made)} claims"
            return done(request, place(request, question.incident, question), f"Filed {number}.")
    cards = in_print(request, question)
    context = {
        "form": form,
        "question": question,
        "incident": question.incident,
        "claims": claims_of(question, cards, chosen),
        "filed": filed_under(question, cards),
        "losses": losses,
    }
    return shown(request, "question/file.html", context)


def place(request: DeskRequest, incident: Incident, question: Question | None = None) -> str:
    """The incident's page, at the question's row."""
    address = reverse("incident", args=[request.workspace.slug, incident.uid])
    return f"{address}#question-{question.uid}" if question else address


def shown(request: DeskRequest, template: str, context: dict[str, Any]) -> HttpResponseBase:
    """The form: alone for htmx, a page without; 409 with `rows` or `losses`, else 422."""
    status = 200
    if request.method == "POST":
        status = 409 if "rows" in context or context.get("losses") else 422
    # In the page itself a fragment would only scroll, and the form would stay.
    question = None if request.htmx else context.get("question")
    context["keep_url"] = place(request, context["incident"], question)
    return render(request, f"{template}#form" if request.htmx else template, context, status=status)


def _of(row: Any) -> dict[str, Any]:
    """The form's values for a question or an answer that is there."""
    if isinstance(row, Question):
        exclusive = ONE if row.exclusive else SEVERAL
        values = {"aspect": row.aspect, "is_key": row.is_key, "exclusive": exclusive}
    else:
        values = {"competes": row.competes}
    return {"text": row.text, **values, "version": row.version}


def _theirs(form: QuestionForm | PositionForm, theirs: dict[str, Any]) -> list[Any]:
    overwrite_next(form, theirs.pop("version"))
    return list(differences(form, theirs))


def _deleted(request: DeskRequest, incident: Incident, row: Any, action: Any) -> HttpResponseBase:
    try:
        action(request.actor, row, version_in(request))
    except Conflict:
        messages.error(request, "Somebody changed it meanwhile. Look at it again.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        return done(request, place(request, incident), f"Deleted “{row}”.")
    return redirect("incident", request.workspace.slug, incident.uid)
