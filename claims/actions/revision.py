"""A new text for an article: what is carried over to it, and what a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from claims.actions.article import add_revision
from claims.actions.errors import Conflict
from claims.actions.journal import CARRIES_WORDS, Act, Actor
from claims.actions.spans import SpanInput, current_revision, selected
from claims.anchoring.reanchor import Placed, Reanchoring, alike
from claims.anchoring.text import paragraphs, sha256
from claims.models import Article, Claim, ParagraphRead, Placement, Revision, Span, Upload
from claims.records import Match, Placing, SpanRole

SAME_TEXT = "This is the text that is here already: nothing would change."
OLD_TEXT = "A newer text has come since: look at what waits there."


class Fate(NamedTuple):
    """What becomes of one claim: its spans on its newest text so far, each with its place.

    A claim is carried over as a whole or not at all: half of a quote can say something else.
    Words of who says it and reporting words may wait by themselves.
    """

    claim: Claim
    spans: list[tuple[Span, Placed]]

    @property
    def state(self) -> Placing:
        """Carried over, to be looked at, or no longer in the text."""
        contents = [placed for span, placed in self.spans if span.role == SpanRole.CONTENT]
        if all(placed.certain for placed in contents):
            return Placing.ACCEPTED
        if all(placed.match is Match.ORPHANED for placed in contents):
            return Placing.GONE
        return Placing.WAITING


def fates(article: Article, text: str) -> list[Fate]:
    """What a new text would do to each kept claim of the article, in their order.

    Each claim is looked for from the newest text that has its words: one that an earlier text had
    lost is found again where it comes back. Four queries, and one diff for each of those texts.
    """
    spans: dict[int, list[Span]] = {}
    of_claims = Span.objects.filter(claim__article=article, claim__deleted_at=None)
    for span in of_claims.order_by("start", "end", "id"):
        spans.setdefault(span.claim_id, []).append(span)
    numbers = dict(article.revisions.values_list("pk", "number"))
    standing = {
        pk: max(
            (s.revision_id for s in own if s.role == SpanRole.CONTENT),
            key=lambda revision: numbers[revision],
            default=0,
        )
        for pk, own in spans.items()
    }
    texts = Revision.objects.in_bulk(set(standing.values()))
    both = {pk: Reanchoring(revision.text, text) for pk, revision in texts.items()}
    claims = Claim.objects.filter(pk__in=spans).select_related("source__side").order_by("id")
    return [
        Fate(
            claim,
            [
                (span, both[on].place(span.start, span.end))
                for span in spans[claim.pk]
                if span.revision_id == on
            ],
        )
        for claim in claims
        if (on := standing[claim.pk])
    ]


def revise(
    actor: Actor, article: Article, version: int, text: str, encoding: str, upload: Upload
) -> Revision:
    """Makes `text` the newest text of the article; the one before stays as it is, with its spans.

    Words that certainly stand in the new text get spans there, and paragraphs that it has
    unchanged stay read. What is doubtful waits as a `Placement`. Raises Conflict when `version` is
    stale, ValidationError when the text is the same or the upload is gone.
    """
    with Act(actor, CARRIES_WORDS, f"brought in a new text of “{article}”") as act:
        act.lock_incidents(
            Claim.objects.kept().filter(article=article).values_list("incident_id", flat=True)
        )
        article = act.lock(article, version)
        if not Upload.objects.select_for_update().filter(pk=upload.pk).exists():
            raise ValidationError("This was brought in already.")
        before = current_revision(article)
        if before.sha256 == sha256(text):
            raise ValidationError(SAME_TEXT)
        # Whoever edits one of them meanwhile is told, not overwritten.
        list(Claim.objects.select_for_update().filter(article=article).order_by("id"))
        found = fates(article, text)
        revision = add_revision(act, article, text, encoding, upload, before.number + 1)
        act.add_all(_carried(revision, found))
        act.add_all(_placements(revision, found))
        act.add_all(_still_read(revision, before))
        act.bump(article)
        article.save()
        # Offsets of a form that is open refer to the text that was.
        open_ones = Claim.objects.kept().filter(article=article)
        open_ones.update(version=F("version") + 1, updated_at=Now())
        upload.delete()
        act.sum_up(f"brought in a new text of “{article}”: {in_words(found)}")
    return revision


def in_words(found: Sequence[Fate]) -> str:
    """`12 claims carried over, 2 to look at, 1 no longer in the text`."""
    states = [fate.state for fate in found]
    carried, waiting, gone = map(states.count, (Placing.ACCEPTED, Placing.WAITING, Placing.GONE))
    claims = "claim" if carried == 1 else "claims"
    # Its content stands there for certain; who says it, or the reporting words, may not.
    partly = sum(
        fate.state is Placing.ACCEPTED and not all(placed.certain for _, placed in fate.spans)
        for fate in found
    )
    but = f" ({partly} of them with who says it to look at)" if partly else ""
    return (
        f"{carried} {claims} carried over{but}, {waiting} to look at, {gone} no longer in the text"
    )


def _carried(revision: Revision, found: Iterable[Fate]) -> list[Span]:
    return [
        _span(fate.claim, revision, span.role, placed)
        for fate in found
        if fate.state is Placing.ACCEPTED
        for span, placed in fate.spans
        if placed.certain
    ]


def _span(claim: Claim, revision: Revision, role: str, placed: Placed | Placement) -> Span:
    start, end = placed.start or 0, placed.end or 0
    return Span(
        workspace_id=revision.workspace_id,
        claim=claim,
        revision=revision,
        role=role,
        start=start,
        end=end,
        quote=revision.text[start:end],
        match=placed.match,
        score=placed.score,
    )


def _placements(revision: Revision, found: Iterable[Fate]) -> list[Placement]:
    return [
        Placement(
            workspace_id=revision.workspace_id,
            claim=fate.claim,
            revision=revision,
            before_id=span.revision_id,
            role=span.role,
            was_start=span.start,
            was_end=span.end,
            quote=span.quote,
            start=placed.start,
            end=placed.end,
            match=placed.match.value,
            score=placed.score,
            reason=placed.reason,
            state=_state(fate, span, placed).value,
        )
        for fate in found
        for span, placed in fate.spans
        if not (placed.certain and fate.state is Placing.ACCEPTED)
    ]


def _state(fate: Fate, span: Span, placed: Placed) -> Placing:
    if placed.certain:
        return Placing.ACCEPTED
    if fate.state is Placing.GONE:
        return Placing.GONE
    asked = span.role == SpanRole.CONTENT or placed.start is not None
    return Placing.WAITING if asked else Placing.GONE


def _still_read(revision: Revision, before: Revision) -> list[ParagraphRead]:
    """Marks of the paragraphs that stand in the new text as they stood in the old one."""
    marks = {mark.number: mark for mark in before.paragraphs_read.order_by("number")}
    if not marks:
        return []
    there = {(line.start, line.end): line.number for line in paragraphs(revision.text)}
    both = Reanchoring(before.text, revision.text)
    found = []
    for line in paragraphs(before.text):
        placed = both.place(line.start, line.end) if line.number in marks else None
        number = there.get((placed.start or 0, placed.end or 0)) if placed else None
        if placed and placed.certain and placed.score == 1 and number:
            mark = marks[line.number]
            kept = ParagraphRead(
                workspace_id=revision.workspace_id,
                revision=revision,
                number=number,
                read_by_id=mark.read_by_id,
            )
            found.append(kept)
    return found


# -- what a person decides -----------------------------------------------------------------------


def waiting(revision: Revision) -> Any:
    """What is to be looked at on this text, the claims in the order of the old text.

    Nothing of a claim that has its words there by now: somebody chose them in the claim's form.
    """
    stands = Span.objects.filter(
        claim=OuterRef("claim"), revision=revision, role=SpanRole.CONTENT.value
    )
    rows = Placement.objects.filter(revision=revision, claim__deleted_at=None)
    return (
        rows.filter(state=Placing.WAITING.value)
        .exclude(Q(Exists(stands)), role=SpanRole.CONTENT.value)
        .order_by("was_start", "claim_id", "id")
    )


def decide(
    actor: Actor,
    placement: Placement,
    version: int,
    state: Placing,
    place: tuple[int, int] | None = None,
) -> Placement:
    """Says that the words stand where they are proposed, or at `place`, or that they are gone.

    Once all of what the claim says is decided on, its accepted words become spans of the new text.
    Raises Conflict when the claim's `version` is stale, ValidationError when a newer text came.
    """
    said = "kept words of a claim in a new text"
    if state is Placing.GONE:
        said = "said that words of a claim are not in a new text"
    with Act(actor, "claim.placement", said) as act:
        act.lock_incidents([placement.claim.incident_id])
        claim = act.lock(placement.claim, version)
        if claim.incident_id != placement.claim.incident_id:
            raise Conflict(claim)
        placement = Placement.objects.select_for_update().get(pk=placement.pk)
        revision = placement.revision
        if revision.pk != current_revision(claim.article).pk:
            raise ValidationError(OLD_TEXT)
        act.edit(placement, state=state.value, **_at(placement, revision, place))
        _land(act, claim, revision)
        act.bump(claim)
        claim.save()
        act.sum_up(f"{said}: {claim.source}: {placement.quote}")
    return placement


def _at(placement: Placement, revision: Revision, place: tuple[int, int] | None) -> dict[str, Any]:
    if place is None:
        return {}
    chosen = selected(revision, SpanInput(SpanRole(placement.role), *place))
    quote = revision.text[chosen.start : chosen.end]
    match = Match.MOVED if quote == placement.quote else Match.FUZZY
    return {
        "start": chosen.start,
        "end": chosen.end,
        "match": match.value,
        "score": alike(placement.quote, quote),
        "reason": "Chosen by a person.",
    }


def _land(act: Act, claim: Claim, revision: Revision) -> None:
    """Makes spans of what is accepted, if nothing of what the claim says still waits."""
    rows = list(Placement.objects.filter(claim=claim, revision=revision))
    there = set(claim.spans.filter(revision=revision).values_list("role", "start", "end"))
    if not any(role == SpanRole.CONTENT for role, _, _ in there):
        contents = [row for row in rows if row.role == SpanRole.CONTENT]
        states = {row.state for row in contents}
        if Placing.WAITING in states or Placing.ACCEPTED not in states:
            return
    for row in rows:
        place = (row.role, row.start, row.end)
        if row.state == Placing.ACCEPTED and place not in there:
            there.add(place)
            act.add(_span(claim, revision, row.role, row))
