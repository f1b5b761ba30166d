"""The rules between rows that no database constraint can hold, in one place.

Actions ask before they write; undo asks after it has put rows back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from claims.anchoring.span import SpanError, quote
from claims.models import (
    Article,
    Assessment,
    Claim,
    Comment,
    Credit,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Rating,
    Source,
    Span,
)
from claims.records import ClaimKind, Relation

NAMED = (
    *("article", "incident", "source", "via", "accused"),
    *("claim", "from_claim", "to_claim", "question", "position"),
)
"""What a row may name that others can delete."""
OF_FACTS = (Relation.CONTRADICTS, Relation.DENIES, Relation.CORROBORATES)


def breach(row: models.Model) -> str:
    """What is wrong with `row` beside the others, as a sentence; empty when all is well."""
    match row:
        case Claim(deleted_at=None):
            return _claim(row)
        case Link(deleted_at=None):
            return _link(row)
        case Filing(deleted_at=None):
            return _filing(row)
        case Span():
            return _span(row)
        case Assessment(withdrawn_at=None):
            return _assessment(row)
        case Comment(deleted_at=None):
            return _of_what_is_there(row.about, row.workspace_id)
        case Rating(deleted_at=None):
            return _of_what_is_there(row.source, row.workspace_id)
        case Question(deleted_at=None):
            return "" if row.incident.deleted_at is None else "Its incident is deleted."
        case Position(deleted_at=None):
            return "" if row.question.deleted_at is None else "Its question is deleted."
        case Article() | Incident() | Source() | Question() | Position():
            return _in_use(row)
    return ""


def check(row: models.Model) -> None:
    """Raises ValidationError with the breach of `row`, if there is one.

    What it names is read anew: the caller may have found it before it waited for its locks, and
    somebody has deleted it meanwhile.
    """
    for name in NAMED:
        row._state.fields_cache.pop(name, None)  # noqa: SLF001 - Django offers no other way
    if wrong := breach(row):
        raise ValidationError(wrong)


def see_anew(rows: Iterable[Any]) -> None:
    """Notes on roots that were found before the locks whether they are deleted by now."""
    of_model: dict[type[Any], list[Any]] = {}
    for row in rows:
        of_model.setdefault(type(row), []).append(row)
    for model, found in of_model.items():
        ids = {row.pk for row in found}
        now = dict(model.objects.filter(pk__in=ids).values_list("pk", "deleted_at"))
        for row in found:
            row.deleted_at = now.get(row.pk, row.deleted_at)


def _claim(claim: Claim) -> str:
    if claim.article.deleted_at:
        return "Its article is deleted."
    if claim.incident and claim.incident.deleted_at:
        return "Its incident is deleted."
    about = [row for row in (claim.source, claim.via, claim.accused, claim.incident) if row]
    if any(row.workspace_id != claim.workspace_id for row in about):
        return "It names something of another desk."
    for source in filter(None, (claim.source, claim.via, claim.accused)):
        if source.deleted_at:
            return f"The source {source} is deleted."
        if source.article_id not in (None, claim.article_id):
            return f"“{source}” is an unnamed source of another article."
    if claim.pk and claim.kind != ClaimKind.FACTUAL:
        if claim.filings.kept().exists():
            return "Only a factual claim can be filed under an answer."
        ends = models.Q(from_claim=claim) | models.Q(to_claim=claim)
        if link := Link.objects.kept().filter(ends, relation__in=OF_FACTS).first():
            return no_evidence(Relation(link.relation), claim)
    return ""


def _link(link: Link) -> str:
    ends = (link.from_claim, link.to_claim)
    if any(claim.deleted_at for claim in ends):
        return "One of the two claims is deleted."
    if any(claim.incident_id != link.incident_id for claim in ends):
        return "The two claims are not about one incident."
    if wrong := of_no_fact(link):
        return wrong
    twins = Link.objects.kept().exclude(pk=link.pk).filter(relation=link.relation)
    pair = models.Q(from_claim=link.from_claim, to_claim=link.to_claim)
    if Relation(link.relation).symmetric:
        pair |= models.Q(from_claim=link.to_claim, to_claim=link.from_claim)
    if twins.filter(pair).exists():
        return "The two claims are linked in this way already."
    if link.relation == Relation.RESTATES:
        return _restates(link)
    if wrong := _voices(link, link.from_claim.source, link.to_claim.source):
        return wrong
    if link.relation == Relation.SUPERSEDES and reaches(link):
        return "It would replace itself, by way of other claims."
    return ""


def of_no_fact(link: Link) -> str:
    """What is wrong with a link that says of a demand or an opinion what only facts can do."""
    return no_evidence(Relation(link.relation), link.from_claim, link.to_claim)


def no_evidence(relation: Relation, *ends: Claim) -> str:
    """What is wrong with `relation` at claims of their kinds; empty: nothing."""
    if relation not in OF_FACTS or all(claim.kind == ClaimKind.FACTUAL for claim in ends):
        return ""
    return f"A demand or an opinion is not evidence: it “{relation.label}” nothing."


def _restates(link: Link) -> str:
    if link.from_claim.links_from.kept().exclude(pk=link.pk).filter(relation="restates").exists():
        return "This claim repeats another one already; it can repeat one only."
    if wrong := _voices(link, link.from_claim.source, link.to_claim.source):
        return wrong
    if reaches(link):
        return "It would repeat itself, by way of other claims."
    return ""


def _voices(link: Link, ours: Source, theirs: Source) -> str:
    """What is wrong with a link from a claim of `ours` to one of `theirs`; empty: nothing."""
    if ours.pk == theirs.pk:
        return ""
    if link.relation == Relation.SUPERSEDES:
        return "A claim replaces an earlier one of the same source only."
    own_voice = link.from_claim.article.publisher_id == ours.pk
    if link.relation == Relation.RESTATES and ours.named and theirs.named and not own_voice:
        return f"“Repeats” needs the same original source; these are {ours} and {theirs}."
    return ""


def other_voices(link: Link, claim: Claim, source: Source) -> str:
    """What would be wrong with `link`, were `claim`, at one of its ends, said by `source`."""
    starts = link.from_claim_id == claim.pk
    ours = source if starts else link.from_claim.source
    theirs = link.to_claim.source if starts else source
    return _voices(link, ours, theirs)


def reaches(link: Link) -> bool:
    """Whether a chain of the link's relation leads from its end back to its start."""
    edges: dict[int, list[int]] = {}
    others = Link.objects.kept().filter(incident_id=link.incident_id, relation=link.relation)
    for start, end in others.exclude(pk=link.pk).values_list("from_claim_id", "to_claim_id"):
        edges.setdefault(start, []).append(end)
    seen: set[int] = set()
    todo = [link.to_claim_id]
    while todo:
        claim = todo.pop()
        if claim == link.from_claim_id:
            return True
        if claim not in seen:
            seen.add(claim)
            todo.extend(edges.get(claim, ()))
    return False


def _filing(filing: Filing) -> str:
    claim, question = filing.claim, filing.position.question
    if claim.deleted_at:
        return "The claim is deleted."
    if filing.position.deleted_at or question.deleted_at:
        return "The answer is deleted."
    if claim.kind != ClaimKind.FACTUAL:
        return (
            "Only a factual claim can be filed under an answer; a demand or an opinion is not "
            "evidence."
        )
    if claim.incident_id != question.incident_id:
        return "The claim and the question are about different incidents."
    twins = Filing.objects.kept().filter(claim=claim, position=filing.position)
    if twins.exclude(pk=filing.pk).exists():
        return "The claim is filed under this answer already."
    return ""


def _span(span: Span) -> str:
    if span.revision.article_id != span.claim.article_id:
        return "The words stand in another article than the claim."
    try:
        stands = quote(span.revision.text, span.start, span.end)
    except SpanError as error:
        return str(error)
    return "" if stands == span.quote else "The words quoted are not what stands there."


def _assessment(row: Assessment) -> str:
    if wrong := _of_what_is_there(row.about, row.workspace_id):
        return wrong
    if row.position and row.position.question_id != row.question_id:
        return "That is an answer to another question."
    if row.position and row.position.deleted_at:
        return "The answer is deleted."
    first = row.second_of
    if first is not None:
        if _by(first) == _by(row):
            return "Nobody seconds their own verdict."
        if (first.question_id, first.incident_id) != (row.question_id, row.incident_id):
            return "The first verdict is on something else."
    all_of = Assessment.objects.current().of(row.about).filter(reviewer=row.reviewer_id)
    own = [one.pk for one in all_of if _by(one) == _by(row)]
    if getattr(row, "pk", None) is None:
        others = [pk for pk in own if pk != row.supersedes_id]
    elif row.pk in own:
        others = [pk for pk in own if pk != row.pk]
    else:  # it was replaced, and what replaced it counts
        others = own[1:]
    if others:
        return "Its reviewer has another verdict on it by now."
    return ""


def _by(row: Assessment) -> str | int:
    """Whose verdict it is: of an import, the name in the file, for which one member stands in."""
    told = Credit.objects.filter(noun="assessment", object_id=row.pk, field="reviewer")
    named = told.filter(stand_in=row.reviewer_id).values_list("name", flat=True)
    return named.first() or row.reviewer_id


def _of_what_is_there(row: models.Model, workspace_id: int) -> str:
    """What is wrong with something that is said about `row`, a root."""
    if getattr(row, "workspace_id", None) != workspace_id:
        return "It is about something of another desk."
    name = row._meta.verbose_name
    return f"Its {name} is deleted." if getattr(row, "deleted_at", None) else ""


def _in_use(row: Article | Incident | Source | Question | Position) -> str:
    """Why a row that is being deleted can't go yet."""
    if row.deleted_at is None:
        return ""
    if isinstance(row, Source):
        used = Claim.objects.kept().filter(
            models.Q(source=row) | models.Q(via=row) | models.Q(accused=row)
        )
        if used.exists() or Article.objects.kept().filter(publisher=row).exists():
            return f"“{row}” still says something here: claims or articles name it."
        if Source.objects.kept().filter(affiliation=row).exists():
            return f"Other sources belong to “{row}”."
        return ""
    if isinstance(row, (Article, Incident)):
        used = row.claims.kept()
        if used.exists():
            return f"“{row}” still has claims."
        if isinstance(row, Article):
            return ""
    if row.assessments.current().exists():
        return f"A verdict is recorded on “{row}”."
    if isinstance(row, Incident):
        return ""
    if isinstance(row, Question):
        held = Filing.objects.kept().filter(position__question=row, position__deleted_at=None)
    else:
        held = row.filings.kept()
    return "Claims are filed under it." if held.exists() else ""
