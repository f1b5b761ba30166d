"""Many claims made at once: one act, one undo, the states computed once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from claims.actions import rules
from claims.actions.claim import SOURCES, Made, settled
from claims.actions.errors import WrongAt
from claims.actions.journal import Act, Actor
from claims.actions.rows import check
from claims.actions.spans import SpanInput, current_revision, read, with_words
from claims.models import Article, Claim, Figure, Incident, Revision, Span
from claims.models.base import Root

MOST = 1_000


class Draft(NamedTuple):
    """A claim to be made, as `claim.create` takes it; its incident is there or none."""

    article: Article
    values: dict[str, Any]
    spans: Sequence[SpanInput]
    figures: Sequence[dict[str, Any]] = ()


class Built(NamedTuple):
    """A claim with its parts, checked and not yet written."""

    claim: Claim
    spans: list[Span]
    figures: list[Figure]


def create_all(actor: Actor, drafts: Sequence[Draft]) -> list[Claim]:
    """All of the claims, in the order of `drafts`, or none, as one Change.

    Raises WrongAt with what is wrong, by place.
    """
    many = "a claim" if len(drafts) == 1 else f"{len(drafts):,} claims"
    with Act(actor, "claim.create", f"added {many}") as act:
        return make_all(act, drafts)


def make_all(act: Act, drafts: Sequence[Draft]) -> list[Claim]:
    """The same within `act`, which has locked nothing so far."""
    named = list(_named(drafts))
    act.lock_incidents(row.pk for row in named if isinstance(row, Incident))
    act.hold(*named)
    rules.see_anew(named)
    built = _built(act, drafts)
    act.add_all([one.claim for one in built])
    act.add_all([span for one in built for span in one.spans])
    act.add_all([figure for one in built for figure in one.figures])
    for article in {draft.article.pk: draft.article for draft in drafts}.values():
        if article.status == "new":
            act.edit(act.lock(article), status="in_progress")
    return [one.claim for one in built]


def _named(drafts: Iterable[Draft]) -> Iterator[Root]:
    """Articles, incidents and sources that are there already."""
    for draft in drafts:
        values = (draft.values.get(name) for name in ("incident", *SOURCES))
        yield draft.article
        yield from (row for row in values if isinstance(row, Root))


def _built(act: Act, drafts: Sequence[Draft]) -> list[Built]:
    made: Made = {}
    built: dict[int, Built] = {}
    wrong: dict[int, ValidationError] = {}
    for place, revision in by_text([draft.article for draft in drafts]):
        try:
            built[place] = _one(act, drafts[place], revision, made)
        except ValidationError as error:
            wrong[place] = error
    if wrong:
        raise WrongAt(dict(sorted(wrong.items())))
    return [built[place] for place in range(len(drafts))]


def by_text(articles: Sequence[Article]) -> Iterator[tuple[int, Revision]]:
    """Each place with its article's text, article by article: one text is held at a time."""
    revision: Revision | None = None
    for place in sorted(range(len(articles)), key=lambda place: articles[place].pk):
        if revision is None or revision.article_id != articles[place].pk:
            revision = current_revision(articles[place])
        yield place, revision


def _one(act: Act, draft: Draft, revision: Revision, made: Made) -> Built:
    workspace = act.actor.workspace
    values = settled(act, draft.article, draft.values, made)
    claim = Claim(workspace=workspace, article=draft.article, annotator=act.actor.user, **values)
    if wrong := rules.breach(claim):
        raise ValidationError(wrong)
    spans = [
        # By number: the row would hold on to its text.
        Span(workspace=workspace, claim=claim, revision_id=revision.pk, **span._asdict())
        for span in with_words(read(revision, draft.spans))
    ]
    figures = [
        Figure(workspace=workspace, claim=claim, order=order, **figure)
        for order, figure in enumerate(draft.figures)
    ]
    for row in (claim, *spans, *figures):
        check(row)
    return Built(claim, spans, figures)
