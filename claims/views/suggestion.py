"""Acts on suggestions, from their cards: accept, edit first, dismiss; and all that are sure."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import reswap, retarget

from claims.actions import suggestion as actions
from claims.actions.spans import current_revision
from claims.actions.suggested import DECIDED
from claims.actions.suggesting import read_now
from claims.forms.claim import ClaimForm
from claims.forms.figure import FigureFormSet
from claims.models import Article, Claim, Suggestion
from claims.records.dates import day
from claims.views import claim_form as desk_form
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell
from claims.views.likely import likeliest
from claims.views.newcomers import newcomers
from claims.views.proposal import of_suggestion, sticking
from claims.views.redraw import before, redraw
from claims.views.suggested import LEASTS, following, percent, waiting

ARTICLES = Article.objects.select_related("publisher", "workspace")


def of(request: DeskRequest, uid: UUID) -> Suggestion:
    """The suggestion with its article; 404 as for everything else."""
    rows = Suggestion.objects.select_related("article__publisher", "article__workspace")
    found: Suggestion = one(request, rows.filter(article__deleted_at=None), uid)
    return found


@desk("claim.write", ("POST",))
def accept(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Makes a claim of it; where a person has to choose something, its form opens instead."""
    suggestion = of(request, uid)
    article = suggestion.article
    if actions.why_not(suggestion, actions.speaker_of(suggestion, article)):
        form = _form(request, suggestion)
        return retarget(reswap(form, "innerHTML"), "#panel") if request.htmx else form
    was = before(article, None)
    try:
        (claim,) = _accepted(request, article, [suggestion])
    except ValidationError as error:
        return desk_form.refused(request, article, " ".join(error.messages))
    focus = following(article, suggestion)
    new = newcomers(request, _at(article, focus))
    said = f"Accepted: {claim.source}.{new.said}{_carried(request, article, [claim])}"
    if not request.htmx:
        tell(request, said, new.ways)
        return redirect(_at(article, focus))
    return redraw(request, article, claim, was, said, focus=focus, ways=new.ways)


@desk("claim.write", ("POST",))
def dismiss(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """It is proposed no more."""
    suggestion = of(request, uid)
    article = suggestion.article
    was = before(article, None)
    try:
        actions.dismiss(request.actor, suggestion)
    except ValidationError as error:
        return desk_form.refused(request, article, " ".join(error.messages))
    said = "Dismissed. It will not be proposed again."
    focus = following(article, suggestion)
    if not request.htmx:
        tell(request, said)
        return redirect(_at(article, focus))
    return redraw(request, article, None, was, said, focus=focus)


@desk("claim.write")
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The form of a new claim, filled in as it is proposed; saving it accepts the suggestion."""
    suggestion = of(request, uid)
    if suggestion.decided_at is not None:
        return desk_form.refused(request, suggestion.article, DECIDED)
    return _form(request, suggestion)


@desk("claim.write", ("POST",))
def accept_all(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """All of the article that are at least so sure (`least`, per cent), as one act.

    What a person has to choose something for is left, and that is told.
    """
    article = one(request, ARTICLES, uid)
    least = request.POST.get("least", "")
    if least not in map(str, LEASTS):
        return desk_form.refused(request, article, "Say from how many per cent on.", status=422)
    sure = [
        row for row in waiting(article, current_revision(article)) if percent(row) >= int(least)
    ]
    ready = [row for row in sure if not actions.why_not(row, actions.speaker_of(row, article))]
    if not ready:
        messages.info(request, "None of them can be accepted without a look.")
        return redirect(article)
    try:
        made = _accepted(request, article, ready)
    except ValidationError as error:
        return desk_form.refused(request, article, " ".join(error.messages))
    left = len(sure) - len(ready)
    told = f"Accepted {len(made)} suggestion{'' if len(made) == 1 else 's'}."
    told += _carried(request, article, made)
    if left:
        told += f" {left} more need{'s' if left == 1 else ''} a look first."
    here = _at(article, following(article, ready[-1]))
    new = newcomers(request, here)
    tell(request, told + new.said, new.ways)
    return redirect(here)


@desk("article.write", ("POST",))
def read_again(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Has the machine read the article again: at once, or, of a long text, by the worker."""
    article = one(request, ARTICLES, uid)
    if read_now(article):
        messages.success(request, "Read again.")
    else:
        messages.info(request, "It is being read again.")
    return redirect(article)


def _form(request: DeskRequest, suggestion: Suggestion) -> HttpResponseBase:
    article = suggestion.article
    sticky = desk_form.sticky(request, article)
    initial = of_suggestion(suggestion, article, current_revision(article), sticky)
    form = ClaimForm(request.workspace, article, initial=initial)
    rows = FigureFormSet(prefix="figures", initial=suggestion.figures)
    return desk_form.shown(request, article, form, rows, suggestion=suggestion.uid)


def _accepted(request: DeskRequest, article: Article, rows: Sequence[Suggestion]) -> list[Claim]:
    """They become claims about the incident that sticks, except where another fits better."""
    incident = sticking(request.workspace, desk_form.sticky(request, article))
    apart: set[int] = set()
    if incident:
        places = [(row.content[0][0], row.content[-1][1]) for row in rows]
        found = likeliest(article, current_revision(article), places)
        pairs = zip(rows, found, strict=True)
        apart = {row.pk for row, id in pairs if id not in (None, incident.pk)}
    return actions.accept(request.actor, article, rows, incident, apart=apart)


def _carried(request: DeskRequest, article: Article, made: Sequence[Claim]) -> str:
    """What no words of theirs say, so that it is told: the incident, and a day."""
    told = ""
    if incident := sticking(request.workspace, desk_form.sticky(request, article)):
        left = sum(one.incident is None for one in made)
        told = f" About {incident.code}, as the claim before"
        if left == len(made):
            told = " About no incident: the words may fit another than that of the claim before"
        elif left:
            told += f"; {left} about none, whose words may fit another"
        told += "."
    days = {one.said_from for one in made if one.said_from and not one.said_as_stated}
    if days:
        told += f" Said on {', '.join(map(day, sorted(days)))}, as that source’s claim before."
    return told


def _at(article: Article, uid: str) -> str:
    """The article, at the card of a suggestion; at the list of them where none is left."""
    return f"{article.get_absolute_url()}#{f'claim-{uid}' if uid else 'cards'}"
