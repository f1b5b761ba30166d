"""Claims: made, edited, deleted, and told to be the same statement as another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError

from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import rules
from claims.actions.attached import attached, describe
from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.journal import Act, Actor
from claims.actions.source import NewSource, settle
from claims.actions.spans import (
    SpanInput,
    current_revision,
    selected,
    set_figures,
    set_spans,
)
from claims.actions.suggested import settle as settle_suggestion
from claims.models import Article, Claim, Filing, Incident, Link, Source, Suggestion
from claims.models.folding import folded
from claims.models.lens import shown
from claims.records import (
    Basis,
    ClaimKind,
    ClaimStatus,
    Origin,
    Relation,
    SpanRole,
    SuggestionState,
)

SOURCES = ("source", "via", "accused")
BECOMES = {
    ClaimStatus.DRAFT: "made a draft of",
    ClaimStatus.SUBMITTED: "submitted",
    ClaimStatus.APPROVED: "approved",
    ClaimStatus.WITHDRAWN: "withdrew",
}
"""What a person did who gave a claim this status."""
Made = dict[tuple[str, int], Source | None]
"""Sources that an act has made, by name; an unnamed one by its article's number too."""


class LinkInput(NamedTuple):
    """A link from the claim in hand to another one."""

    to_claim: UUID | str
    relation: Relation
    basis: Basis | str = ""


def create(
    actor: Actor,
    article: Article,
    values: dict[str, Any],
    spans: Sequence[SpanInput],
    *,
    figures: Sequence[dict[str, Any]] = (),
    filings: Sequence[links.FilingInput] = (),
    competes_with: Sequence[LinkInput] = (),
    consent: bool = False,
    suggestion: Suggestion | None = None,
) -> Claim:
    """One claim with its spans, figures, filings and links, as one Change.

    `values` are columns of Claim; source, via and accused may be a `NewSource`, incident a
    `NewIncident`. With `suggestion` it is that one, which a person has edited first. Raises
    ValidationError by field, and NeedsConsent where its numbers do not answer what it is filed
    under; nothing is half made.
    """
    seen = current_revision(article)
    with Act(actor, "claim.create", "added a claim") as act:
        values = settled(act, article, values, {})
        if suggestion is not None:
            values["origin"] = Origin.SUGGESTION.value
        act.lock_incidents(_incident_ids(act, values.get("incident"), competes_with))
        act.hold(article, *(values.get(name) for name in SOURCES))
        claim = Claim(workspace=actor.workspace, article=article, annotator=actor.user, **values)
        rules.check(claim)
        act.add(claim)
        if current_revision(article) != seen:
            # Its words are offsets of the text that was.
            raise ValidationError(
                "The article has a new text since. Look at it, then choose words."
            )
        set_spans(act, claim, seen, spans)
        set_figures(act, claim, figures)
        _hang(act, claim, filings, competes_with, consent=consent)
        if suggestion is not None:
            settle_suggestion(act, suggestion, SuggestionState.EDITED, claim)
        if article.status == "new":
            act.edit(act.lock(article), status="in_progress")
            article.refresh_from_db(fields=["status", "version"])
        _sum_up(act, "added", claim)
    return claim


def edit(
    actor: Actor,
    claim: Claim,
    version: int,
    values: dict[str, Any],
    *,
    spans: Sequence[SpanInput] | None = None,
    figures: Sequence[dict[str, Any]] | None = None,
    filings: Sequence[links.FilingInput] = (),
    competes_with: Sequence[LinkInput] = (),
    consent: bool = False,
) -> Claim:
    """Sets columns and, when given, all spans or figures of a claim; files and links it further.

    Moving it to another incident, making it no fact, or giving it another source ends the links
    and filings that can't stay, in the same Change: raises NeedsConsent first. Who sets
    the status to approved approves what is saved. Raises Conflict when `version` is stale.
    """
    with Act(actor, "claim.edit", "edited a claim") as act:
        values = settled(act, claim.article, values, {})
        moves = "incident" in values and values["incident"] != claim.incident
        act.lock_incidents(
            [
                claim.incident_id,
                *_incident_ids(act, values.get("incident"), competes_with),
            ]
        )
        act.hold(*(values.get(name) for name in SOURCES))
        claim = _locked(act, claim, version)
        _let_go(act, claim, values, moves=moves, consent=consent)
        for name, value in values.items():
            setattr(claim, name, value)
        rules.check(claim)
        claim.refresh_from_db()
        if "status" in values:
            values["approver"] = actor.user if values["status"] == ClaimStatus.APPROVED else None
        changed = act.edit(claim, **values)
        parts = spans is not None and set_spans(act, claim, current_revision(claim.article), spans)
        parts = (figures is not None and set_figures(act, claim, figures)) or parts
        if parts and not changed:
            act.bump(claim)
            claim.save()
        _hang(act, claim, filings, competes_with, consent=consent)
        _sum_up(act, "edited", claim)
    return claim


def add_span(actor: Actor, claim: Claim, version: int, span: SpanInput) -> Claim:
    """Adds a selection to a claim: a part of a split quote, who says it, or reporting words.

    White space around it is left out and no character cut in two. Spans of its role that it
    overlaps become one with it; words that are there already change nothing. Raises Mismatch
    when its quote is not what stands there.
    """
    with Act(actor, "claim.span", "added words to a claim") as act:
        act.lock_incidents([claim.incident_id])
        claim = _locked(act, claim, version)
        revision = current_revision(claim.article)
        there = [
            SpanInput(SpanRole(row.role), row.start, row.end)
            for row in claim.spans.filter(revision=revision)
        ]
        if set_spans(act, claim, revision, _joined(there, selected(revision, span))):
            act.bump(claim)
            claim.save()
        _sum_up(act, "added words to", claim)
    return claim


def _joined(there: Sequence[SpanInput], added: SpanInput) -> list[SpanInput]:
    """`there` with `added`, which is one span with those of its role that it overlaps."""
    apart, start, end = [], added.start, added.end
    for one in sorted(there, key=lambda span: span.start):
        if one.role == added.role and one.start < end and start < one.end:
            start, end = min(start, one.start), max(end, one.end)
        else:
            apart.append(one)
    return [*apart, SpanInput(added.role, start, end)]


def delete(actor: Actor, claim: Claim, version: int) -> None:
    """Deletes a claim, its links and its filings; all of it can be undone."""
    with Act(actor, "claim.delete", "deleted a claim") as act:
        act.lock_incidents([claim.incident_id])
        claim = _locked(act, claim, version)
        for row in attached(claim):
            act.remove(row)
        act.remove(claim)
        _sum_up(act, "deleted", claim)


def set_status(actor: Actor, claim: Claim, version: int, status: ClaimStatus) -> Claim:
    """Submits, approves or withdraws a claim; who approves is noted."""
    with Act(actor, f"claim.{status.value}", BECOMES[status]) as act:
        act.lock_incidents([claim.incident_id])
        claim = _locked(act, claim, version)
        approver = actor.user if status == ClaimStatus.APPROVED else None
        act.edit(claim, status=status.value, approver=approver)
        _sum_up(act, BECOMES[status], claim)
    return claim


def restate(
    actor: Actor, claim: Claim, version: int, of: UUID | str, *, consent: bool = False
) -> Claim:
    """`claim` is the same statement as `of`: takes over source, date and answers, and links them.

    What its own article says stays as it says it: words, numbers, and whether it is so. Raises
    NeedsConsent when that would end links or filings of `claim`, and where the two can hardly be
    one statement: another named source, the opposite, another answer to one question.
    """
    with Act(actor, "claim.restate", "said that two claims are one statement") as act:
        original = Claim.objects.within(actor.workspace).kept().get(uid=of)
        act.lock_incidents([claim.incident_id, original.incident_id])
        claim = _locked(act, claim, version)
        (original,) = act.lock_claims(of)
        values: dict[str, Any] = {
            "incident": original.incident or claim.incident,
            "said_from": original.said_from,
            "said_to": original.said_to,
        }
        if original.source.named:
            values["source"] = original.source
        moves = values["incident"] != claim.incident and claim.incident is not None
        ours = {
            filing.position_id: filing
            for filing in claim.filings.kept().select_related("position__question")
        }
        theirs = [
            filing
            for filing in original.filings.kept().select_related("position__question")
            if filing.position_id not in ours
        ]
        doubts = _doubts(claim, original, [] if moves else ours.values(), theirs)
        _let_go(act, claim, values, moves=moves, consent=consent, doubts=doubts)
        act.edit(claim, **values)
        links.make(act, claim, original, Relation.RESTATES)
        for filing in theirs:
            taken = links.FilingInput(filing.position, filing.stance, filing.extent)
            links.make_filing(act, claim, taken, consent=consent)
    return claim


def _doubts(
    claim: Claim, original: Claim, ours: Iterable[Filing], theirs: Sequence[Filing]
) -> list[str]:
    """Why the two can hardly be one statement, in words."""
    doubts = []
    if claim.source.named and original.source.named and claim.source_id != original.source_id:
        doubts.append(f"{original.source} says it then, no longer {claim.source}.")
    if claim.says != original.says:
        doubts.append(f"Here the source {claim.says}; there it {original.says}.")
    for mine in ours:
        question = mine.position.question
        doubts.extend(
            f"“{question}”: it is filed under “{mine.position}”, "
            f"and would be filed under “{other.position}” too."
            for other in theirs
            if question.exclusive and other.position.question_id == question.pk
        )
    return doubts


def _locked(act: Act, claim: Claim, version: int) -> Claim:
    """The claim locked, after its incident. Raises Conflict when it changed or moved."""
    current = act.lock(claim, version)
    if current.incident_id != claim.incident_id:
        raise Conflict(current)
    return current


def settled(act: Act, article: Article, values: dict[str, Any], made: Made) -> dict[str, Any]:
    """`values` with sources and incident made where they are new.

    Who says it and whom it blames can be the same newcomer, and several claims can name one: what
    is in `made` is made no second time.
    """
    values = dict(values)
    for name in SOURCES:
        new = values.get(name)
        if isinstance(new, NewSource):
            key = folded(new.name), 0 if new.named else article.pk
            if key not in made:
                made[key] = settle(act, new, article)
            values[name] = made[key]
    if isinstance(values.get("incident"), incidents.NewIncident):
        values["incident"] = incidents.make(act, values["incident"]._asdict())
    return values


def _incident_ids(
    act: Act, incident: Incident | None, competes_with: Sequence[LinkInput]
) -> list[int | None]:
    others = (
        Claim.objects.within(act.actor.workspace)
        .kept()
        .filter(uid__in=[link.to_claim for link in competes_with])
        .values_list("incident_id", flat=True)
    )
    return [incident.pk if incident else None, *others]


def _let_go(
    act: Act,
    claim: Claim,
    values: dict[str, Any],
    *,
    moves: bool,
    consent: bool,
    doubts: Sequence[str] = (),
) -> None:
    """Ends what can't stay, once that, and any `doubts`, were consented to.

    All links and filings of a claim that moves, filings of no fact and links that hold between
    facts only, and the links between claims of one source only, when it is another's now.
    """
    no_fact = values.get("kind", claim.kind) != ClaimKind.FACTUAL
    source = values.get("source", claim.source)
    ending = [
        row
        for row in attached(claim)
        if moves
        or (no_fact and (isinstance(row, Filing) or row.relation in rules.OF_FACTS))
        or (isinstance(row, Link) and rules.other_voices(row, claim, source))
    ]
    told = shown(ending)
    if (told or doubts) and not consent:
        losses = [f"This would end: {describe(row)}." for row in told]
        raise NeedsConsent([*doubts, *losses], told)
    for row in ending:
        act.remove(row)


def _hang(
    act: Act,
    claim: Claim,
    filings: Sequence[links.FilingInput],
    competes_with: Sequence[LinkInput],
    *,
    consent: bool,
) -> None:
    for link in competes_with:
        try:
            (other,) = act.lock_claims(link.to_claim)
        except (Claim.DoesNotExist, ValueError) as error:
            raise ValidationError({"competes_with": "That claim is not there."}) from error
        except Conflict as error:
            said = "The other claim has just been moved to another incident."
            raise ValidationError({"competes_with": said}) from error
        links.make(act, claim, other, link.relation, basis=link.basis)
    for filing in filings:
        links.make_filing(act, claim, filing, consent=consent)


def _sum_up(act: Act, verb: str, claim: Claim) -> None:
    source: Source = claim.source
    words = " […] ".join(claim.quotes())
    # Without "says it is not so" a denial would read as its opposite.
    act.sum_up(f"{verb} a claim: {source} {claim.says}: {words}")
