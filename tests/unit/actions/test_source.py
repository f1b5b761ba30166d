"""Sources by their actions: made in place, edited, and what stays of them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from claims.actions import source as sources
from claims.actions.errors import Conflict
from claims.actions.journal import Act, Actor
from claims.actions.source import NewSource, settle
from claims.models import Article, Change, Side, Source
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return Actor(factories.a_workspace(), factories.a_user())


@pytest.fixture
def article(actor: Actor) -> Article:
    return factories.an_article(actor.workspace)


def test_a_picked_source_is_itself(actor: Actor, article: Article) -> None:
    source = factories.a_source(actor.workspace)
    with Act(actor, "x", "x") as act:
        assert settle(act, source, article) == source
        assert settle(act, None, article) is None
    assert not Change.objects.exists()


def test_a_name_of_nothing_is_refused(actor: Actor, article: Article) -> None:
    with pytest.raises(ValidationError) as told, Act(actor, "x", "x") as act:
        settle(act, NewSource("  "), article)
    assert list(told.value.message_dict) == ["source"]


@pytest.mark.parametrize("name", ["A medic", "ﷺ" * 200])
def test_an_unnamed_source_is_made_once_an_article(
    actor: Actor, article: Article, name: str
) -> None:
    """The second name is eighteen times as long where names are compared."""
    other = factories.an_article(actor.workspace)
    with Act(actor, "x", "x") as act:
        made = [
            settle(act, NewSource(written, named=False), where)
            for where, written in ((article, name), (article, f" {name.upper()} "), (other, name))
        ]
    assert made[0] == made[1] != made[2]
    found = Source.objects.within(actor.workspace).called(name, article)
    assert list(found) == [made[0]]


def test_a_deleted_one_is_not_meant(actor: Actor, article: Article) -> None:
    gone = factories.a_source(
        actor.workspace, name="A medic", article=article, deleted_at=factories.NOON
    )
    with Act(actor, "x", "x") as act:
        assert settle(act, NewSource("A medic", named=False), article) != gone


def test_aliases_are_set_as_a_whole(actor: Actor) -> None:
    source = sources.create(actor, {"name": "Ministry"}, ["MoD", " mod", "", "Defence"])
    assert [alias.name for alias in source.aliases.all()] == ["Defence", "mod"]
    kept = source.aliases.get(name="Defence").pk
    source = sources.edit(actor, source, 1, {}, ["defence", "M.o.D."])
    assert {alias.name: alias.pk == kept for alias in source.aliases.all()} == {
        "Defence": True,
        "M.o.D.": False,
    }
    assert source.version == 2
    assert sources.edit(actor, source, 2, {}, ["Defence", "M.o.D."]).version == 2
    assert sources.edit(actor, source, 2, {"note": "x"}).aliases.count() == 2


def test_nothing_belongs_to_itself(actor: Actor) -> None:
    below = factories.a_source(actor.workspace)
    above = factories.a_source(actor.workspace)
    sources.edit(actor, below, 1, {"affiliation": above})
    for one in (below, above):
        with pytest.raises(ValidationError, match="belong to itself"):
            sources.edit(actor, above, 1, {"affiliation": Source.objects.get(pk=one.pk)})


def test_what_is_named_stays(actor: Actor, article: Article) -> None:
    source = factories.a_claim(article).source
    with pytest.raises(ValidationError, match="still says something here"):
        sources.delete(actor, source, 1)
    with pytest.raises(Conflict):
        sources.delete(actor, source, 2)
    unused = factories.a_source(actor.workspace)
    sources.delete(actor, unused, 1)
    unused.refresh_from_db()
    assert unused.deleted_at


def test_sides(actor: Actor) -> None:
    side = sources.save_side(actor, Side(), {"name": "Ours", "color": 2})
    assert sources.save_side(actor, side, {"name": "Ours", "color": 3}).color == 3
    with pytest.raises(ValidationError) as told:
        sources.save_side(actor, Side(), {"name": "Ours"})
    assert list(told.value.message_dict) == ["name"]
    factories.a_source(actor.workspace, side=side)
    with pytest.raises(ValidationError, match="move them first"):
        sources.delete_side(actor, side)
    Source.objects.update(side=None)
    sources.delete_side(actor, side)
