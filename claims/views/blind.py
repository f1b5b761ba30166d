"""Reading an article blind: who does, and the end of it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import blind
from claims.forms.blind import BlindForm
from claims.models import Article, lens
from claims.models.blind import blind_readers
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell
from claims.views.member import on_list, seat_of

ARTICLES = Article.objects.select_related("workspace")


@desk("blind.set", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Which analysts don't see what the others record on the article."""
    article = one(request, ARTICLES, uid)
    form = BlindForm(article, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"article": article, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "blind/edit.html", context, status=status)
    blind.set_readers(request.actor, article, form.cleaned_data["readers"])
    tell(request, "Saved who reads it blind.")
    return redirect(article)


@desk("claim.write", ("GET", "POST"))
def submit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The end of one's own blind reading, asked for once more; 404 for who has none there."""
    article = one(request, ARTICLES, uid)
    if request.user not in blind_readers(article):
        raise Http404("You do not work blind on this article.")
    if request.method == "POST":
        try:
            blind.submit(request.actor, article)
        except ValidationError as error:  # ended by a reviewer in the same moment
            raise Http404(error.messages[0]) from error
        tell(request, "Your reading is submitted: you see what the others recorded.")
        return redirect(article)
    own = blind.own_claims(request.actor, article)
    return render(request, "blind/submit.html", {"article": article, "own": own})


@desk("members", ("POST",))
def by_default(request: DeskRequest, pk: int) -> HttpResponseBase:
    """Whether a member works blind on each article that comes in."""
    seat, on = seat_of(request, pk), request.POST.get("blind") == "on"
    blind.set_default(request.actor, seat, blind=on)
    tell(request, f"{seat.user} {'works' if on else 'no longer works'} blind on new articles.")
    return on_list(request, seat)


def banner(request: DeskRequest, article: Article) -> dict[str, object]:
    """Who works blind on the article, and whether the reader does."""
    readers = blind_readers(article)
    return {
        "blind_readers": readers,
        "reads_blind": lens.current() is not None and request.user in readers,
    }
