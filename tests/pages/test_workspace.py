"""A desk's front door and its settings."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from claims.actions import incident
from claims.actions.journal import Actor
from claims.models import Change, Question, Workspace
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database


@pytest.fixture
def where(desk: Workspace) -> str:
    return reverse("settings", args=[desk.slug])


def form(page: str, **changed: Any) -> dict[str, Any]:
    """The settings as they are posted: what the page holds, some of it changed."""
    seal = re.search(r'name="seal" value="(\w+)"', page)
    assert seal is not None
    return {
        "seal": seal[1],
        "name": "The desk",
        "dozens_from": "24",
        "incident_code": "YYYYMMDD-NN",
        "template-TOTAL_FORMS": "2",
        "template-INITIAL_FORMS": "0",
    } | changed


def question(number: int, text: str, answers: str = "", **more: str) -> dict[str, str]:
    start = f"template-{number}"
    values = {f"{start}-text": text, f"{start}-aspect": "cause", f"{start}-positions": answers}
    return values | {f"{start}-{name}": value for name, value in more.items()}


def test_conventions_are_kept_as_one_change(owner: Person, desk: Workspace, where: str) -> None:
    data = form(
        owner.client.get(where).content.decode(),
        name="Renamed",
        dozens_from="12",
        incident_code="IQ-YYYYMMDD-NN",
        uses_certainty="on",
    )
    assert owner.client.post(where, data).status_code == 302
    desk.refresh_from_db()
    assert (desk.name, desk.dozens_from, desk.incident_code) == ("Renamed", 12, "IQ-YYYYMMDD-NN")
    assert (desk.uses_certainty, desk.uses_reliability) == (True, False)
    assert Change.objects.get().action == "workspace.edit"


def test_question_templates_are_set_shown_and_taken_off(
    owner: Person, desk: Workspace, where: str
) -> None:
    page = owner.client.get(where).content.decode()
    two = question(0, "What caused it?", "Air strike\n\n Car bomb \n", is_key="on", exclusive="on")
    owner.client.post(where, form(page) | two | question(1, "How many were killed?"))
    desk.refresh_from_db()
    assert desk.question_templates == [
        {
            "text": "What caused it?",
            "aspect": "cause",
            "is_key": True,
            "exclusive": True,
            "positions": ["Air strike", "Car bomb"],
        },
        {
            "text": "How many were killed?",
            "aspect": "cause",
            "is_key": False,
            "exclusive": False,
            "positions": [],
        },
    ]
    page = owner.client.get(where).content.decode()
    assert "Air strike\nCar bomb" in page
    counts = {"template-TOTAL_FORMS": "3", "template-INITIAL_FORMS": "2"}
    gone = question(0, "What caused it?", DELETE="on")
    owner.client.post(where, form(page, **counts) | gone | question(1, "How many were killed?"))
    desk.refresh_from_db()
    assert [template["text"] for template in desk.question_templates] == ["How many were killed?"]


def test_a_new_incident_begins_with_the_templates(
    owner: Person, desk: Workspace, where: str
) -> None:
    page = owner.client.get(where).content.decode()
    owner.client.post(where, form(page) | question(0, "What caused it?", "Air strike"))
    desk.refresh_from_db()
    incident.create(Actor(desk, owner.user), {"title": "A strike"})
    assert Question.objects.get().positions.get().text == "Air strike"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": ""}, "required"),
        ({"incident_code": "NN"}, "YYYYMMDD"),
        ({"dozens_from": "13"}, "valid choice"),
        (question(0, "Same?") | question(1, "Same?"), "there twice"),
        (question(0, "Which?", "one\none"), "there twice"),
        (question(0, "Which?", "x" * 301), "longer than 300"),
        (question(0, "", "an answer without a question"), "required"),
        (question(0, "Which?") | {"template-0-aspect": "nonsense"}, "valid choice"),
    ],
)
def test_what_can_not_be_is_told_beside_it(
    owner: Person, desk: Workspace, where: str, changed: dict[str, str], message: str
) -> None:
    data = form(owner.client.get(where).content.decode()) | changed
    response = owner.client.post(where, data)
    assert response.status_code == 422
    assert re.search(rf"errorlist.*?{message}", response.content.decode(), re.DOTALL)
    assert not Change.objects.exists()


def test_a_stale_save_shows_both_and_saving_again_is_a_choice(
    owner: Person, desk: Workspace, where: str
) -> None:
    page = owner.client.get(where).content.decode()
    owner.client.post(where, form(page, name="Theirs"))
    response = owner.client.post(where, form(page, name="Mine"))
    told = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in told
    assert "Mine" in told
    desk.refresh_from_db()
    assert desk.name == "Theirs"
    owner.client.post(where, form(told, name="Mine"))
    desk.refresh_from_db()
    assert desk.name == "Mine"


def test_settings_are_undone_with_one_key(owner: Person, desk: Workspace, where: str) -> None:
    owner.client.post(where, form(owner.client.get(where).content.decode(), name="Mistake"))
    owner.client.post(reverse("undo", args=[desk.slug]))
    desk.refresh_from_db()
    assert desk.name == "The desk"
