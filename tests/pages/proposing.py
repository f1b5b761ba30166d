"""A strike with two tolls, and the proposals on its pages, for the tests of what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from claims.models import Claim, Incident
from claims.records import Measure
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words
from tests.pages.raid import settle


@dataclass
class Toll:
    """Two numbers of one strike, and something else that was said of it."""

    incident: Incident
    many: Claim
    few: Claim
    other: Claim


def number(claim: Claim, count: int) -> None:
    factories.a_figure(
        claim, measure=Measure.KILLED.value, low=count, high=count, as_stated=str(count)
    )


def a_toll(person: Person) -> Toll:
    """An incident of which two sources give two numbers."""
    incident = factories.an_incident(person.desk, title="The strike", place="Darun")
    article = factories.an_article(person.desk, "55 were killed.\n25 were killed.\nIt rained.")
    many, few, other = (
        factories.a_claim(article, quote, incident=incident)
        for quote in ("55 were killed", "25 were killed", "It rained")
    )
    number(many, 55)
    number(few, 25)
    settle(incident)
    return Toll(incident, many, few, other)


def panel(person: Person, claim: Claim, **query: str) -> Any:
    address = reverse("link-new", args=[person.desk.slug, claim.uid])
    return parsed(person.client.get(address, query))


def proposed(page: Any) -> list[str]:
    return [words(one) for one in select(page, ".proposed li")]


def press(person: Person, page: Any, label: str, **more: str) -> Any:
    """Sends the form of the first button that says `label`, as a browser without scripts does."""
    button = next(one for one in select(page, "button") if words(one).startswith(label))
    form = button.iterancestors("form").__next__()
    fields = {one.get("name"): one.get("value") or "" for one in form.iter("input")}
    return person.client.post(form.get("action"), fields | more)
