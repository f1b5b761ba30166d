"""Two sources become one, ask first, and become two again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.actions import source_merge
from claims.actions.errors import Conflict, NeedsConsent
from claims.actions.journal import Actor
from claims.models import Article, Change, Incident, Source
from claims.records import Relation, Role
from tests import factories
from tests.unit.actions.everything import everything, settle, there_and_back
from tests.unit.actions.reference import assert_as_the_reference_says

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk, factories.a_user("one"), Role.OWNER).user)


@pytest.fixture
def article(actor: Actor) -> Article:
    return factories.an_article(actor.workspace)


@pytest.fixture
def incident(actor: Actor) -> Incident:
    return factories.an_incident(actor.workspace)


@pytest.fixture
def kept(actor: Actor) -> Source:
    return factories.a_source(actor.workspace, name="Ministry of Defence")


@pytest.fixture
def other(actor: Actor) -> Source:
    return factories.a_source(actor.workspace, name="Defence Ministry")


def called(source: Source, *names: str) -> None:
    for name in names:
        source.aliases.create(workspace=source.workspace, name=name)


def merge(actor: Actor, kept: Source, other: Source, *, consent: bool = False) -> Source:
    return source_merge.merge(actor, kept, other, (kept.version, other.version), consent=consent)


def asks(actor: Actor, kept: Source, other: Source) -> str:
    """What merging asks about; nothing is changed by asking."""
    before = everything()
    with pytest.raises(NeedsConsent) as caught:
        merge(actor, kept, other)
    assert everything() == before
    return " ".join(caught.value.losses)


@pytest.mark.parametrize(
    ("ours", "theirs", "becomes"),
    [
        ("other", "state_body", "state_body"),
        ("state_body", "other", "state_body"),
        ("state_body", "armed_group", "state_body"),
        ("other", "other", "other"),
    ],
)
def test_the_kind_that_says_more_stays(
    actor: Actor, kept: Source, other: Source, ours: str, theirs: str, becomes: str
) -> None:
    Source.objects.filter(pk=kept.pk).update(kind=ours)
    Source.objects.filter(pk=other.pk).update(kind=theirs)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert merge(actor, kept, other).kind == becomes


def test_all_that_names_the_other_names_the_one_that_stays(
    actor: Actor, article: Article, incident: Incident, kept: Source, other: Source
) -> None:
    about: dict[str, Any] = {"incident": incident}
    says = factories.a_claim(article, source=other, **about)
    relays = factories.a_claim(article, via=other, **about)
    blames = factories.a_claim(article, accused=other)
    published = factories.an_article(actor.workspace, publisher=other)
    office = factories.a_source(actor.workspace, affiliation=other)
    question = factories.a_question(incident)
    answer = factories.a_position(question)
    for claim in (says, factories.a_claim(article, source=kept, **about)):
        factories.a_filing(claim, answer)
    settle()
    before = everything()
    merge(actor, kept, other)
    for row in (says, relays, blames, published, office, other):
        row.refresh_from_db()
    assert (says.source, relays.via, blames.accused) == (kept, kept, kept)
    assert (published.publisher, office.affiliation) == (kept, kept)
    assert other.deleted_at
    assert says.originator == kept
    assert_as_the_reference_says(incident.pk)
    assert Change.objects.get().summary == f"merged the source {other} into {kept}"
    there_and_back(actor, before)


def test_names_become_aliases_once(actor: Actor, kept: Source, other: Source) -> None:
    called(kept, "MoD", "Pentagon")
    called(other, "mod", "The ministry", "MINISTRY OF DEFENCE")
    settle()
    before = everything()
    merge(actor, kept, other)
    assert {alias.name for alias in kept.aliases.all()} == {
        "MoD",
        "Pentagon",
        "Defence Ministry",
        "The ministry",
    }
    there_and_back(actor, before)


def test_details_are_taken_over_where_there_are_none(
    actor: Actor, kept: Source, other: Source
) -> None:
    side, above = factories.a_side(actor.workspace), factories.a_source(actor.workspace)
    Source.objects.filter(pk=other.pk).update(side=side, affiliation=above, note="A note")
    Source.objects.filter(pk=kept.pk).update(note="Mine")
    settle()
    before = everything()
    merge(actor, kept, other)
    kept.refresh_from_db()
    assert (kept.side, kept.affiliation, kept.note) == (side, above, "Mine")
    there_and_back(actor, before)


def test_it_asks_where_the_two_were_told_apart(
    actor: Actor, article: Article, kept: Source, other: Source
) -> None:
    for source in (kept, other):
        source.side = factories.a_side(actor.workspace)
        source.affiliation = factories.a_source(actor.workspace)
        source.save()
    factories.a_claim(article, source=kept, accused=other)
    relayed = factories.a_claim(article, source=other, via=kept)
    told = asks(actor, kept, other)
    assert f"{other} is on the side {other.side}: what it says would count for {kept.side}" in told
    assert f"{other} belongs to {other.affiliation}; {kept} belongs to {kept.affiliation}" in told
    assert f"{kept} would blame itself in 1 claim." in told
    assert f"{kept} would relay itself in 1 claim: no relay is noted there." in told
    settle()
    before = everything()
    merge(actor, kept, other, consent=True)
    relayed.refresh_from_db()
    assert (relayed.source, relayed.via) == (kept, None)
    there_and_back(actor, before)


def test_nobody_belongs_to_themselves(actor: Actor, kept: Source, other: Source) -> None:
    above = factories.a_source(actor.workspace)
    between = factories.a_source(actor.workspace, affiliation=other)
    Source.objects.filter(pk=kept.pk).update(affiliation=between)
    Source.objects.filter(pk=other.pk).update(affiliation=above)
    told = asks(actor, kept, other)
    assert f"{between} would belong to itself, by way of {kept}: it belongs to {above}" in told
    settle()
    before = everything()
    merge(actor, kept, other, consent=True)
    belongs = {source.pk: source.affiliation for source in Source.objects.kept()}
    assert belongs == {above.pk: None, between.pk: above, kept.pk: between}
    there_and_back(actor, before)


@pytest.mark.parametrize("below", ["kept", "other"])
def test_who_belongs_to_the_other_can_be_one_with_it(
    actor: Actor, kept: Source, other: Source, below: str
) -> None:
    above = factories.a_source(actor.workspace)
    one, two = (kept, other) if below == "kept" else (other, kept)
    Source.objects.filter(pk=one.pk).update(affiliation=two)
    Source.objects.filter(pk=two.pk).update(affiliation=above)
    settle()
    before = everything()
    merge(actor, kept, other)
    kept.refresh_from_db()
    assert kept.affiliation == above
    there_and_back(actor, before)


def test_an_unnamed_source_is_somebody_only_when_a_person_says_so(
    actor: Actor, article: Article, incident: Incident, kept: Source
) -> None:
    """And what it was called is no name of them: "a medic" elsewhere is somebody else."""
    medic = factories.a_source(actor.workspace, name="a medic", article=article)
    claim = factories.a_claim(article, source=medic, incident=incident)
    told = asks(actor, kept, medic)
    assert told == f"“a medic” in “{article}” is unnamed: you say that it is {kept}."
    settle()
    before = everything()
    merge(actor, kept, medic, consent=True)
    claim.refresh_from_db()
    assert (claim.source, claim.originator, claim.originator_article) == (kept, kept, None)
    assert not kept.aliases.exists()
    assert_as_the_reference_says(incident.pk)
    there_and_back(actor, before)


def test_two_unnamed_sources_of_one_article_can_be_one(actor: Actor, article: Article) -> None:
    medic, doctor = (
        factories.a_source(actor.workspace, name=name, article=article)
        for name in ("a medic", "a doctor")
    )
    assert "is unnamed" in asks(actor, doctor, medic)
    merge(actor, doctor, medic, consent=True)
    assert [alias.name for alias in doctor.aliases.all()] == ["a medic"]


def test_what_can_not_be_one(actor: Actor, article: Article, kept: Source) -> None:
    medic = factories.a_source(actor.workspace, name="a medic", article=article)
    elsewhere = factories.a_source(
        actor.workspace, name="a medic", article=factories.an_article(actor.workspace)
    )
    for stays, goes, why in (
        (kept, kept, "with itself"),
        (medic, kept, "merge it into Ministry of Defence instead"),
        (medic, elsewhere, "different articles"),
    ):
        with pytest.raises(ValidationError, match=why):
            merge(actor, stays, goes)


def test_links_that_hold_for_one_voice_end_after_asking(
    actor: Actor, article: Article, incident: Incident, kept: Source, other: Source
) -> None:
    """An unnamed source may repeat anybody, a named one only itself or what it publishes."""
    third = factories.a_source(actor.workspace)
    about: dict[str, Any] = {"incident": incident}
    original, later = (factories.a_claim(article, source=third, **about) for _ in range(2))
    medic = factories.a_source(actor.workspace, name="a medic", article=article)
    repeats = factories.a_link(
        factories.a_claim(article, source=medic, **about), Relation.RESTATES, original
    )
    both = [factories.a_claim(article, source=medic, **about) for _ in range(2)]
    own = factories.a_link(both[0], Relation.SUPERSEDES, both[1])
    factories.a_link(later, Relation.SUPERSEDES, original)
    told = asks(actor, kept, medic)
    assert f"This would end: a medic repeats {third}." in told
    assert told.count("This would end") == 1
    settle()
    before = everything()
    merge(actor, kept, medic, consent=True)
    repeats.refresh_from_db()
    own.refresh_from_db()
    assert repeats.deleted_at
    assert own.deleted_at is None
    assert_as_the_reference_says(incident.pk)
    there_and_back(actor, before)


def test_what_an_outlet_prints_of_others_goes_on_repeating_them(
    actor: Actor, incident: Incident, kept: Source, other: Source
) -> None:
    about: dict[str, Any] = {"incident": incident}
    article = factories.an_article(actor.workspace, publisher=other)
    third = factories.a_claim(factories.an_article(actor.workspace), **about)
    link = factories.a_link(
        factories.a_claim(article, source=other, **about), Relation.RESTATES, third
    )
    settle()
    before = everything()
    merge(actor, kept, other)
    link.refresh_from_db()
    assert link.deleted_at is None
    assert_as_the_reference_says(incident.pk)
    there_and_back(actor, before)


@pytest.mark.parametrize("stale", [0, 1])
def test_a_stale_merge_is_refused(actor: Actor, kept: Source, other: Source, stale: int) -> None:
    versions = [1, 1]
    versions[stale] = 2
    with pytest.raises(Conflict) as caught:
        source_merge.merge(actor, kept, other, (versions[0], versions[1]))
    assert caught.value.current == (kept, other)[stale]
    assert not Change.objects.exists()


def test_ratings_stand_with_those_of_the_one_that_stays(
    actor: Actor, kept: Source, other: Source
) -> None:
    factories.a_rating(kept)
    rating = factories.a_rating(other)
    before = everything()
    with pytest.raises(NeedsConsent) as caught:
        merge(actor, kept, other)
    assert f"The rating of {other} would be of {kept} too" in " ".join(caught.value.losses)
    merge(actor, kept, other, consent=True)
    rating.refresh_from_db()
    assert rating.source == kept
    there_and_back(actor, before)


POINTERS = {("Article", "publisher"), ("Source", "affiliation"), ("Alias", "source")}
POINTERS |= {("Rating", "source")}
POINTERS |= {("Claim", name) for name in ("source", "via", "accused")}


def test_whatever_points_to_a_source_is_merged() -> None:
    """Who adds a pointer decides here what a merge does with it."""
    found = {
        (relation.related_model.__name__, relation.field.name)
        for relation in Source._meta.related_objects
    }
    assert found == POINTERS
