"""Sides: a name, and a colour that is never alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions.source import side_seal
from claims.models import Change, Side
from tests import factories
from tests.pages.conftest import Person, World

pytestmark = pytest.mark.one_database


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def get(person: Person, name: str, /, *args: object) -> Any:
    return person.client.get(at(person, name, *args))


def post(person: Person, name: str, /, *args: object, **data: object) -> Any:
    return person.client.post(at(person, name, *args), data)


def test_an_empty_list_says_what_to_do(analyst: Person) -> None:
    assert at(analyst, "side-new") in get(analyst, "sides").content.decode()


def test_a_side_shows_its_colour_by_name_and_its_sources(viewer: Person) -> None:
    side = factories.a_side(viewer.desk, name="Government", color=3)
    factories.a_source(viewer.desk, side=side)
    factories.a_source(viewer.desk, side=side, deleted_at=factories.NOON)
    factories.a_side(factories.a_workspace(), name="Elsewhere")
    answer = get(viewer, "sides")
    assert [(side.name, color) for side, color in answer.context["rows"]] == [
        ("Government", "violet")
    ]
    assert answer.context["rows"][0][0].source_count == 1
    assert f"?side={side.uid}" in answer.content.decode()


def test_eleven_sides_cost_as_many_queries_as_one(viewer: Person) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            get(viewer, "sides")
        return len(seen)

    factories.a_side(viewer.desk)
    one = queries()
    for _ in range(10):
        factories.a_source(viewer.desk, side=factories.a_side(viewer.desk))
    assert queries() == one


def test_a_side_is_added_and_edited(analyst: Person) -> None:
    assert post(analyst, "side-new", name="Government", color="2").status_code == 302
    side = Side.objects.get()
    assert (side.name, side.color, side.workspace) == ("Government", 2, analyst.desk)
    new = {"name": "The government", "color": "8", "seal": side_seal(side)}
    assert post(analyst, "side-edit", side.uid, **new).status_code == 302
    side.refresh_from_db()
    assert (side.name, side.color) == ("The government", 8)
    assert Change.objects.count() == 2


def test_all_eight_colours_have_names(analyst: Person) -> None:
    html = get(analyst, "side-new").content.decode()
    for number, name in enumerate("blue orange violet green plum olive indigo brown".split(), 1):
        label = html.split(f'class="s{number}"')[1].split("</label>")[0]
        assert f'value="{number}"' in label
        assert label.endswith(name)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"color": "0"}, "color"),
        ({"color": "9"}, "color"),
        ({"color": ""}, "color"),
        ({"color": "red"}, "color"),
        ({"name": "Taken"}, "name"),
    ],
)
def test_a_bad_value_stays_beside_its_field(
    analyst: Person, data: dict[str, str], field: str
) -> None:
    factories.a_side(analyst.desk, name="Taken")
    answer = post(analyst, "side-new", **{"name": "Government", "color": "1"} | data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Side.objects.count() == 1


def test_a_side_that_no_source_is_on_is_deleted(analyst: Person) -> None:
    side = factories.a_side(analyst.desk)
    answer = post(analyst, "side-delete", side.uid, seal=side_seal(side))
    assert 'form="undo-form"' in analyst.client.get(answer.url).content.decode()
    assert not Side.objects.exists()


def test_a_side_with_sources_stays(analyst: Person, world: World) -> None:
    answer = post(analyst, "side-delete", world.side.uid, seal=side_seal(world.side))
    assert "move them first" in analyst.client.get(answer.url).content.decode()
    assert Side.objects.get() == world.side


@pytest.mark.parametrize("name", ["side-edit", "side-delete"])
def test_another_desks_side_is_not_there(analyst: Person, outsider: Person, name: str) -> None:
    theirs = factories.a_side(factories.a_workspace())
    mine = factories.a_side(analyst.desk)
    for person, side in ((analyst, theirs), (outsider, mine)):
        assert post(person, name, side.uid, name="X", color="1").status_code == 404
    assert not Side.objects.filter(name="X").exists()


def test_a_viewer_changes_nothing(viewer: Person, world: World) -> None:
    assert get(viewer, "side-new").status_code == 403
    assert post(viewer, "side-edit", world.side.uid, name="X", color="1").status_code == 403
    assert post(viewer, "side-delete", world.side.uid).status_code == 403
