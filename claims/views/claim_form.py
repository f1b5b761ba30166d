"""The claim form around its saving: what it opens with, shows again, and remembers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions.attached import attached, describe
from claims.actions.spans import SpanInput, current_revision, read
from claims.anchoring.cut import Cut, cut
from claims.anchoring.locate import fold, locate
from claims.anchoring.span import trim
from claims.anchoring.text import Paragraph, paragraph_at, paragraphs
from claims.forms.claim import ClaimForm, initial_of
from claims.forms.errors import add_errors
from claims.forms.figure import FIGURE_COLUMNS, FigureFormSet, figures
from claims.forms.picked import ANOTHER
from claims.forms.relations import likely
from claims.forms.spans import read_spans, write_spans
from claims.models import Article, Claim, Figure, Revision
from claims.models.base import Root
from claims.records import ClaimKind, ClaimStatus, Polarity, SpanRole
from claims.suggester.event import event_day
from claims.suggester.said import resolve
from claims.views.conflict import Difference, differences, overwrite_next
from claims.views.desk import DeskRequest
from claims.views.likely import Offered, likely_for
from claims.views.proposal import proposal
from claims.views.redraw import trigger
from claims.views.rivals import rivals

# What a person reads when two versions of a claim stand side by side.
COMPARED = (
    "source_name says incident_name speech said_as_stated said_from said_to via_name "
    "accused_name knows_by certainty credibility paraphrase translation translator note status"
).split()


class Words(NamedTuple):
    """A span as the form shows it; `token` is how it travels."""

    span: SpanInput
    quote: str
    place: Paragraph | None
    token: str
    cut: Cut


def opening(request: DeskRequest, article: Article) -> HttpResponseBase:
    """The form for a selection or for a quote that was typed; or a part of it again."""
    revision = current_revision(article)
    if request.GET.get("fragment") == "said":
        return _said_again(request, article)
    if request.GET.get("fragment") == "rivals":
        return _rivals_again(request, article)
    if request.GET.get("fragment") == "answers":
        form = ClaimForm(request.workspace, article, initial=_picked(request, article, revision))
        return shown(request, article, form, FigureFormSet(prefix="figures"), part="answers")
    places = _selected(request, revision)
    if len(places) != 1:
        quote = request.GET.get("quote", "")
        lines = paragraphs(revision.text)
        found = [(start, end, paragraph_at(lines, start)) for start, end in places[:20]]
        context = {"article": article, "quote": quote, "found": found}
        return render(request, _template(request, "claim/quote.html"), context)
    start, end = places[0]
    initial, numbers = proposal(
        request.workspace, article, revision, start, end, sticky(request, article)
    )
    form = ClaimForm(request.workspace, article, initial=initial)
    rows = FigureFormSet(prefix="figures", initial=numbers)
    return shown(request, article, form, rows)


def _selected(request: DeskRequest, revision: Revision) -> list[tuple[int, int]]:
    """Where the selection or the typed quote stands: one place, several, or none.

    What was selected in a text that a newer one has replaced is looked for by its words.
    """
    quote = request.GET.get("quote", "")
    if span := _sent(request.GET.get("start", ""), request.GET.get("end", "")):
        place = _trimmed(revision, span)
        if not quote.strip():
            return [place] if place else []
        if place and fold(revision.text[slice(*place)]) == fold(quote):
            return [place]
    return locate(revision.text, quote) if quote.strip() else []


def _sent(start: str, end: str, role: str = SpanRole.CONTENT) -> SpanInput | None:
    """A span as the page sends it, in three fields; none when they do not make one."""
    return next(iter(read_spans(f"{role}:{start}-{end}")), None)


def _trimmed(revision: Revision, span: SpanInput) -> tuple[int, int] | None:
    """The span's place without white space at its ends; none when it is not in the text."""
    if not span.start < span.end <= len(revision.text):
        return None
    return trim(revision.text, span.start, span.end)


def _picked(request: DeskRequest, article: Article, revision: Revision) -> dict[str, Any]:
    """What stands in the form around the incident; a new one with the day that the words name."""
    names = ("incident", "incident_name", "incident_likely", "spans")
    initial: dict[str, Any] = {name: request.GET.get(name, "") for name in names}
    if says := request.GET.get("says"):
        kind = ClaimKind.FACTUAL if says in set(Polarity) else says
        initial |= {"says": says, "relation": likely(kind, says).value}
    contents = [s for s in read_spans(initial["spans"]) if s.role is SpanRole.CONTENT]
    if initial["incident"] != ANOTHER or not contents:
        return initial
    said_from = day_in(request.GET.get("said_from", ""))
    day = event_day(
        revision.text,
        contents[0].start,
        contents[-1].end,
        article.published_on,
        said_from,
        article.language,
    )
    return initial | {"happened_on": day}


def day_in(sent: str) -> dt.date | None:
    """The day that a field holds while it is typed in; none yet is no error."""
    try:
        return dt.date.fromisoformat(sent)
    except ValueError:
        return None


def _said_again(request: DeskRequest, article: Article) -> HttpResponse:
    """What the words for the day mean, before anything is saved."""
    words = request.GET.get("said_as_stated", "")
    language = (article.language or "en").split("-")[0]
    found = resolve(words, article.published_on, language=language)
    form = ClaimForm(
        request.workspace,
        article,
        initial={
            "said_as_stated": words,
            "said_from": found.said_from,
            "said_to": found.said_to if found.said_to != found.said_from else None,
        },
    )
    context = {"form": form, "article": article, "said": found if words.strip() else None}
    return render(request, "claim/form.html#said", context)


def _rivals_again(request: DeskRequest, article: Article) -> HttpResponse:
    """What the claim may compete with, once an answer is chosen or words are typed."""
    sent = request.GET
    initial: dict[str, Any] = sent.dict() | {"competes": sent.getlist("competes")}
    form = ClaimForm(request.workspace, article, initial=initial)
    # No database looks for a NUL.
    typed = sent.get("rivals_q", "").replace("\0", "")
    found = rivals(form, form.find(Claim, "claim"), typed)
    context = {"article": article, "form": form, "rivals": found, "ticked": form.ticked()}
    return render(request, "claim/form.html#rivals", context)


def with_other_spans(
    request: DeskRequest,
    article: Article,
    form: ClaimForm,
    rows: Any,
    *,
    claim: Claim | None = None,
) -> HttpResponseBase:
    """The open form again, with one span more or less; nothing is saved."""
    post = request.POST.copy()
    if form.of_older_text():
        form.is_valid()  # says so, and lets go of the words
        return shown(request, article, form, rows, claim=claim, status=422)
    revision = current_revision(article)
    dropped = read_spans(post.get("drop_span", ""))
    spans = [span for span in read_spans(post.get("spans", "")) if span not in dropped]
    added = _sent(post.get("add_start", ""), post.get("add_end", ""), post.get("add_role", ""))
    place = _trimmed(revision, added) if added else None
    not_added = "add_role" in post and place is None
    if added and place:
        spans.append(SpanInput(added.role, *place))
    post["spans"] = write_spans(sorted(set(spans), key=lambda span: (span.start, span.end)))
    form = ClaimForm(
        request.workspace,
        article,
        initial=post.dict() | {"competes": post.getlist("competes")},
        keeps_approval=keeps_approval(request, claim),
    )
    typed = [{name: row[name].value() for name in row.fields} for row in rows if row.has_changed()]
    rows = FigureFormSet(prefix="figures", initial=typed)
    return shown(request, article, form, rows, claim=claim, not_added=not_added)


def shown(
    request: DeskRequest,
    article: Article,
    form: ClaimForm,
    rows: Any,
    *,
    claim: Claim | None = None,
    status: int = 200,
    part: str = "",
    ends: Collection[Root] = (),
    **context: Any,
) -> HttpResponse:
    """The form, as the panel of the annotate page or, without htmx, as a page of its own.

    `ends`: the links and filings that saving would end; what is there besides them is kept.
    """
    revision = current_revision(article)
    raw = form.data.get("spans", "") if form.is_bound else form.initial.get("spans", "")
    spans = list(_words(revision.text, read_spans(raw or "")))
    contents = [words.span for words in spans if words.span.role is SpanRole.CONTENT]
    template = f"claim/form.html#{part}" if part else _template(request, "claim/form.html")
    return render(
        request,
        template,
        {
            "article": article,
            "form": form,
            "figures": rows,
            "claim": claim,
            "spans": spans,
            "pending": (contents[0].start, contents[0].end) if contents else None,
            "likely": [] if part else _offered(form, article, revision, contents),
            "rivals": rivals(form, claim),
            "ticked": form.ticked(),
            "suggestion": request.POST.get("suggestion", ""),
            "hung": [describe(row) for row in attached(claim) if row not in ends] if claim else [],
            **context,
        },
        status=status,
    )


def _offered(
    form: ClaimForm, article: Article, revision: Revision, contents: Sequence[SpanInput]
) -> list[Offered]:
    """The likely incidents, while none is named or ticked."""
    if not contents or form["incident_name"].value() or form["incident_likely"].value():
        return []
    return likely_for(article, revision, contents[0].start, contents[-1].end)


def _words(text: str, spans: Iterable[SpanInput]) -> Iterator[Words]:
    lines = paragraphs(text)
    for span in spans:
        start, end = span.start, span.end
        if start < end <= len(text):
            place, token = paragraph_at(lines, start), write_spans([span])
            yield Words(span, text[start:end], place, token, cut(text, start, end))


def _template(request: DeskRequest, name: str) -> str:
    return f"{name}#panel" if request.htmx else name


def keeps_approval(request: DeskRequest, claim: Claim | None) -> bool:
    """Whether a claim stays approved when it is saved: an approver has seen what is saved."""
    approved = claim is not None and claim.status == ClaimStatus.APPROVED
    return approved and request.may("claim.approve")


def sticky(request: DeskRequest, article: Article) -> dict[str, str]:
    """What sticks from the claim before."""
    found: dict[str, str] = request.session.get(f"stick-{article.uid}", {})
    return found


def stick(request: DeskRequest, article: Article, claim: Claim) -> None:
    """The incident sticks from claim to claim of one article."""
    now = {"incident": str(claim.incident.uid) if claim.incident else ""}
    if sticky(request, article) != now:
        request.session[f"stick-{article.uid}"] = now


def both_versions(form: ClaimForm, rows: Any, claim: Claim, revision: Revision) -> dict[str, Any]:
    """Mine beside theirs, field by field; saving again is then a choice, not an accident."""
    spans = [
        SpanInput(SpanRole(s.role), s.start, s.end, s.quote)
        for s in claim.spans.filter(revision=revision)
    ]
    initial = initial_of(claim, spans)
    theirs = {name: initial[name] for name in COMPARED if name in form.fields}
    compared = list(differences(form, theirs))
    try:
        ours = read(revision, form.cleaned_data["spans"])
    except ValidationError as error:
        add_errors(form, error)
        ours = spans
    if {span[:3] for span in ours} != {span[:3] for span in spans}:
        compared.append(Difference("Words of the text", _quotes(spans), _quotes(ours)))
    there, mine = list(claim.figures.values(*FIGURE_COLUMNS)), figures(rows)
    if mine != there:
        compared.append(Difference("Numbers", _numbers(there), _numbers(mine)))
    overwrite_next(form, claim.version)
    return {"conflict": compared, "keep_url": claim.get_absolute_url()}


def _quotes(spans: list[SpanInput]) -> str:
    return " · ".join(f"{span.role.label}: {span.quote}" for span in spans) or "(nothing)"


def _numbers(rows: list[dict[str, Any]]) -> str:
    return " · ".join(Figure(**row).in_words() for row in rows) or "(nothing)"


def refused(
    request: DeskRequest, place: Claim | Article, said: str, *, status: int = 409
) -> HttpResponseBase:
    """An act on a card or a text that can't be: a message, and nothing changed."""
    if request.htmx:
        response = HttpResponse(status=status)
        return trigger(response, toast={"text": said, "level": "error"})
    messages.error(request, said)
    return redirect(place)
