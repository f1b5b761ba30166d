"""Recording a verdict, asking for a second one, and withdrawing one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from claims.actions import assessment as actions
from claims.forms.assessment import AssessmentForm, initial_of
from claims.forms.errors import add_errors
from claims.models import Assessment, Incident, Question
from claims.records import ClaimKind
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import done
from claims.views.filed import cards_of, filings_of, words
from claims.views.ratings import grades
from claims.views.verdicts import verdicts

PLACE = ("question__incident__workspace", "incident__workspace")
AT_A_GLANCE = 6
"""More claims than these are filtered by typing."""


@desk("assess", ("GET", "POST"))
def on_question(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A verdict on a question: the answer that it finds, and the filed claims that it rests on."""
    question = one(request, Question.objects.select_related("incident"), uid)
    return _record(request, question, question.incident)


@desk("assess", ("GET", "POST"))
def on_incident(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A verdict on an incident as a whole."""
    incident = one(request, Incident, uid)
    return _record(request, incident, incident)


def _record(
    request: DeskRequest, subject: Question | Incident, incident: Incident
) -> HttpResponseBase:
    own = actions.head(request.actor, subject)
    if request.GET.get("fragment") == "claims":
        return _claims_again(request, subject, incident)
    seal = actions.seal(request.actor, subject)
    form = AssessmentForm(subject, request.POST or None, initial=initial_of(own) | {"seal": seal})
    context: dict[str, Any] = {"form": form, "own": own, "incident": incident}
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["seal"]
        try:
            row = actions.record(request.actor, subject, form.finding(), sealed=sent)
        except ValidationError as error:
            context["stale"] = getattr(error, "code", "") == actions.STALE
            if context["stale"]:
                _start_again_from(form, seal)
            else:
                add_errors(form, error)
        else:
            return done(request, _place(request, incident, row), _said(row))
    cards = cards_of(request, incident.pk)
    print_of = {card.claim.pk: card for card in cards}
    questions = [subject] if isinstance(subject, Question) else []
    subjects = verdicts(request, incident, questions, print_of)
    choices = _choices(request, subject, cards, _ticked(form, own))
    context |= {
        "subject": next(one for one in subjects if one.row == subject),
        "claims": choices,
        "many": len(choices) > AT_A_GLANCE,
        "keep_url": _kept(request, incident, subject),
    }
    status = 200
    if request.method == "POST":
        status = 409 if context.get("stale") else 422
    template = "assessment/form.html"
    return render(request, f"{template}#form" if request.htmx else template, context, status=status)


def _claims_again(
    request: DeskRequest, subject: Question | Incident, incident: Incident
) -> HttpResponseBase:
    """The claims that are ticked, then those that hold all of the words that are typed."""
    typed = request.GET.get("claims_q", "").casefold().split()
    ticked = set(request.GET.getlist("claims"))
    choices = _choices(request, subject, cards_of(request, incident.pk), ticked)
    found = [one for one in choices if one["chosen"] or _holds(one, typed)]
    return render(request, "assessment/form.html#claims", {"claims": found, "typed": typed})


def _holds(choice: dict[str, Any], typed: list[str]) -> bool:
    said = choice["said"]
    told = (said.who, said.words, said.place, said.claim.article.title, choice["answers"])
    return all(word in " ".join(told).casefold() for word in typed)


def _ticked(form: AssessmentForm, own: Assessment | None) -> set[str]:
    """The uids of the claims that were sent, or that one's own verdict rests on."""
    if form.is_bound:
        return set(form.data.getlist("claims"))  # type: ignore[attr-defined]
    return {str(uid) for uid in own.claims.values_list("uid", flat=True)} if own else set()


def _start_again_from(form: AssessmentForm, seal: str) -> None:
    """Recording it again is then a verdict on what is there now."""
    data: Any = form.data
    form.data = data.copy()
    form.data["seal"] = seal  # type: ignore[index]


def _said(row: Assessment) -> str:
    if row.second_of is None:
        return "Recorded the verdict."
    if row.agrees:
        return "Recorded. The first reviewer finds the same."
    return "Recorded as a dissent: the first reviewer finds otherwise. Both are shown."


def _choices(
    request: DeskRequest, subject: Question | Incident, cards: list[Any], ticked: set[str]
) -> list[dict[str, Any]]:
    """The claims that a verdict can rest on: those filed there, or every fact of the incident.

    Those ticked stand first.
    """
    filed: dict[int, list[str]] = {}
    if isinstance(subject, Question):
        for filing in filings_of(subject):
            filed.setdefault(filing.claim_id, []).append(words(filing))
        cards = [card for card in cards if card.claim.pk in filed]
    graded = grades(request.workspace, [card.claim for card in cards])
    choices = [
        {
            "said": card,
            "chosen": str(card.claim.uid) in ticked,
            "answers": "; ".join(filed.get(card.claim.pk, [])),
            "grade": graded.get(card.claim.pk, ""),
        }
        for card in cards
        if card.claim.kind == ClaimKind.FACTUAL
    ]
    return sorted(choices, key=lambda choice: not choice["chosen"])


@desk("assess", ("POST",))
def ask_second(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Asks for a second reviewer on one's own verdict; with `no`, asks no longer."""
    row = one(request, Assessment.objects.select_related(*PLACE), uid)
    wanted = "no" not in request.POST
    said = "Asked for a second reviewer." if wanted else "A second reviewer is no longer asked."
    try:
        actions.ask(request.actor, row, wanted=wanted)
    except ValidationError as error:
        return _refused(request, row, error)
    return done(request, _place(request, row.place, row), said)


@desk("assess", ("POST",))
def withdraw(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Withdraws one's own verdict; it stays readable."""
    row = one(request, Assessment.objects.select_related(*PLACE), uid)
    try:
        actions.withdraw(request.actor, row)
    except ValidationError as error:
        return _refused(request, row, error)
    return done(request, _place(request, row.place, row), "Withdrew the verdict.")


def _refused(request: DeskRequest, row: Assessment, error: ValidationError) -> HttpResponseBase:
    messages.error(request, " ".join(error.messages))
    return redirect(_place(request, row.place, row))


def _place(request: DeskRequest, incident: Incident, row: Assessment) -> str:
    """The incident's page, at this verdict."""
    address = reverse("incident", args=[request.workspace.slug, incident.uid])
    return f"{address}#assessment-{row.uid}"


def _kept(request: DeskRequest, incident: Incident, subject: Question | Incident) -> str:
    """Where one was: in the page itself a fragment would only scroll, and the form would stay."""
    address = reverse("incident", args=[request.workspace.slug, incident.uid])
    return address if request.htmx else f"{address}#verdict-{subject.uid}"
