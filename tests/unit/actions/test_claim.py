"""Claims by their actions: what pages can't reach, races among it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions import claim as claims
from claims.actions.claim import LinkInput
from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.journal import Act, Actor
from claims.actions.source import NewSource
from claims.actions.spans import SpanInput
from claims.models import Article, Change, Claim, Link, Source, Span
from claims.records import Relation, SpanRole
from tests import factories

pytestmark = pytest.mark.django_db

SAID = SpanInput(SpanRole.CONTENT, 0, 8)


@pytest.fixture
def actor() -> Actor:
    return Actor(factories.a_workspace(), factories.a_user())


@pytest.fixture
def article(actor: Actor) -> Article:
    return factories.an_article(actor.workspace)


def moving(claim: Claim) -> Callable[..., None]:
    """In place of the lock on incidents: somebody moves `claim` in that moment."""

    def move(*_: Any) -> None:
        elsewhere = factories.an_incident(claim.workspace)
        Claim.objects.filter(pk=claim.pk).update(incident=elsewhere)

    return move


def test_a_claim_that_moved_meanwhile_is_a_conflict(
    actor: Actor, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = factories.a_claim(article, incident=factories.an_incident(actor.workspace))
    monkeypatch.setattr(Act, "lock_incidents", moving(claim))
    acts: list[Callable[[], object]] = [
        lambda: claims.edit(actor, claim, 1, {"note": "x"}),
        lambda: claims.add_span(actor, claim, 1, SAID),
        lambda: claims.delete(actor, claim, 1),
    ]
    for act in acts:
        with pytest.raises(Conflict):
            act()
    assert not Change.objects.exists()


def test_a_competing_claim_that_moved_meanwhile_is_told(
    actor: Actor, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = factories.an_incident(actor.workspace)
    other = factories.a_claim(article, incident=incident)
    monkeypatch.setattr(Act, "lock_incidents", moving(other))
    values = {"source": other.source, "incident": incident}
    with pytest.raises(ValidationError) as told:
        claims.create(
            actor,
            article,
            values,
            [SAID],
            competes_with=[LinkInput(other.uid, Relation.CONTRADICTS)],
        )
    assert list(told.value.message_dict) == ["competes_with"]
    assert Claim.objects.get() == other


def test_a_competing_claim_that_is_not_there_is_told(actor: Actor, article: Article) -> None:
    foreign = factories.a_claim(factories.an_article(factories.a_workspace()))
    values = {"source": NewSource("Somebody")}
    competing = [LinkInput(foreign.uid, Relation.DENIES)]
    with pytest.raises(ValidationError, match="That claim is not there"):
        claims.create(actor, article, values, [SAID], competes_with=competing)
    assert not Source.objects.filter(name="Somebody").exists()


def test_a_row_of_another_desk_is_refused(actor: Actor, article: Article) -> None:
    foreign = factories.a_source(factories.a_workspace())
    with pytest.raises(ValidationError, match="of another desk"):
        claims.create(actor, article, {"source": foreign}, [SAID])


def test_a_selection_is_trimmed_after_its_words_were_compared(
    actor: Actor, article: Article
) -> None:
    claim = factories.a_claim(article, "Dozens")
    claims.add_span(actor, claim, 1, SpanInput(SpanRole.CUE, 24, 39, " officials said"))
    found = Span.objects.get(role="cue")
    assert found.quote == found.revision.text[found.start : found.end] == "officials said"
    with pytest.raises(ValidationError, match="white space"):
        claims.add_span(actor, claim, 2, SpanInput(SpanRole.CUE, 8, 9))
    claims.add_span(actor, claim, 2, SpanInput(SpanRole.CUE, 8, 12, " hit"))
    assert Span.objects.filter(quote="hit").exists()


def test_an_approval_is_left_alone_by_what_says_nothing_of_status(
    actor: Actor, article: Article
) -> None:
    claim = factories.a_claim(article, status="approved", approver=actor.user)
    assert claims.edit(actor, claim, 1, {"note": "x"}).approver == actor.user
    assert claims.edit(actor, claim, 2, {"status": "draft"}).approver is None


def test_restating_asks_before_it_breaks_links(actor: Actor, article: Article) -> None:
    incident = factories.an_incident(actor.workspace)
    mine = factories.a_claim(article, incident=incident)
    earlier = factories.a_claim(article, incident=incident, source=mine.source)
    link = factories.a_link(mine, Relation.SUPERSEDES, earlier)
    first = factories.a_claim(article, incident=incident)
    with pytest.raises(NeedsConsent, match="replaces"):
        claims.restate(actor, mine, 1, first.uid)
    claims.restate(actor, mine, 1, first.uid, consent=True)
    assert Link.objects.kept().get().relation == Relation.RESTATES
    link.refresh_from_db()
    assert link.deleted_at
