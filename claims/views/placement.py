"""Words that a new text may have changed: a person says where they stand, or that they don't."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import revision as revisions
from claims.actions.errors import Conflict
from claims.actions.spans import current_revision
from claims.anchoring.locate import locate
from claims.anchoring.sentence import sentence_at
from claims.anchoring.text import paragraph_at, paragraphs
from claims.models import Placement, Revision
from claims.records import Placing
from claims.views import reading
from claims.views.conflict import LONGEST_NUMBER, version_in
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell
from claims.views.placements import waits

MOST = 20
SAID = {Placing.ACCEPTED: "Kept in the new text.", Placing.GONE: "Left on the old text."}
ROWS = Placement.objects.select_related(
    "claim__source__side", "claim__article__workspace", "revision", "before__workspace", "workspace"
)


class Found(NamedTuple):
    """A place of typed words in the new text, with its sentence around it."""

    start: int
    end: int
    paragraph: int
    around: tuple[str, str, str]


@desk("claim.write", ("GET", "POST"))
def decide(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """One decision. `?quote=` looks for other words; POST `state`, and `place` for these.

    A stale one gets both, and changes nothing (409).
    """
    placement = one(request, ROWS.filter(claim__deleted_at=None), uid)
    typed = request.GET.get("quote", "")
    context: dict[str, Any] = {"typed": typed, "places": places(placement.revision, typed)}
    status = 200
    if request.method == "POST":
        status = 422
        try:
            state = Placing(request.POST.get("state", ""))
            place = _place(request.POST.get("place", ""))
            _may_be(state, placement, place)
            revisions.decide(request.actor, placement, version_in(request), state, place)
        except (ValidationError, ValueError) as error:
            messages_of = error.messages if isinstance(error, ValidationError) else []
            context["problem"] = " ".join(messages_of) or "Say what became of these words."
        except Conflict:
            placement, status = one(request, ROWS, uid), 409
            context |= {"mine": Placing(state).label, "conflict": True}
            context["my_words"] = placement.revision.text[slice(*place)] if place else ""
        else:
            tell(request, SAID[state])
            return redirect(
                "article-revisions", request.workspace.slug, placement.claim.article.uid
            )
    context |= {
        "one": waits(placement, placement.revision),
        "article": placement.claim.article,
        "newest": current_revision(placement.claim.article),
        "direction": reading.direction(placement.claim.article.language),
    }
    return render(request, "revision/placement.html", context, status=status)


def _may_be(state: Placing, placement: Placement, place: tuple[int, int] | None) -> None:
    """Raises ValidationError for what is no decision."""
    if state is Placing.WAITING or (
        state is Placing.ACCEPTED and place is None and placement.start is None
    ):
        raise ValidationError("Say where the words stand, or that they are not there.")


def _place(sent: str) -> tuple[int, int] | None:
    start, _, end = sent.partition("-")
    if not sent:
        return None
    if not all(n.isdecimal() and len(n) < LONGEST_NUMBER for n in (start, end)):
        raise ValidationError("The place can't be read. Choose it again.")
    return int(start), int(end)


def places(revision: Revision, typed: str) -> list[Found]:
    """Where the typed words stand in the text: at most so many places."""
    text, lines = revision.text, paragraphs(revision.text)
    found = []
    for start, end in locate(text, typed)[:MOST] if typed.strip() else []:
        first, last = sentence_at(text, start, end)
        place = paragraph_at(lines, start)
        around = text[first:start], text[start:end], text[end:last]
        found.append(Found(start, end, place.number if place else 1, around))
    return found
