"""The people and the world of a long walk, made once for a whole module.

A module that imports these fixtures has them in place of those of `conftest.py`, which make
everything anew for each test: its hundreds of tests ask one thing each, and take back what it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from claims.models import Workspace
from claims.records import Role
from tests import factories
from tests.pages.conftest import Person, World, a_world, an_outsider, member

__all__ = ["analyst", "desk", "outsider", "owner", "reviewer", "scene", "stage", "viewer", "world"]


class Scene(NamedTuple):
    desk: Workspace
    people: dict[str, Person]
    world: World


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """What is there, in a transaction around those of the tests."""
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        desk = factories.a_workspace(slug="desk", name="The desk")
        people = {role.value: member(desk, role) for role in Role}
        people["outsider"] = an_outsider(desk)
        made = Scene(desk, people, a_world(desk, factories.a_user("former")))
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def scene(stage: Scene, db: None) -> Scene:
    """The stage as it was, whatever a test before did to the objects."""
    desk, people, world = deepcopy(
        (stage.desk, {name: person.user for name, person in stage.people.items()}, stage.world)
    )
    return Scene(
        desk, {name: Person(user, again(stage, name), desk) for name, user in people.items()}, world
    )


def again(stage: Scene, name: str) -> Client:
    """Another browser with the cookies of the first, before it was used."""
    client = Client()
    client.cookies = deepcopy(stage.people[name].client.cookies)
    return client


@pytest.fixture
def desk(scene: Scene) -> Workspace:
    return scene.desk


@pytest.fixture
def viewer(scene: Scene) -> Person:
    return scene.people["viewer"]


@pytest.fixture
def analyst(scene: Scene) -> Person:
    return scene.people["analyst"]


@pytest.fixture
def reviewer(scene: Scene) -> Person:
    return scene.people["reviewer"]


@pytest.fixture
def owner(scene: Scene) -> Person:
    return scene.people["owner"]


@pytest.fixture
def outsider(scene: Scene) -> Person:
    return scene.people["outsider"]


@pytest.fixture
def world(scene: Scene) -> World:
    return scene.world
