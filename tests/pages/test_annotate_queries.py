"""A page with thirty claims costs as many queries as one with two, and so does saving a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Article, Claim, Incident, Position
from claims.records import Relation
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

LINE = "A strike hit the market near bridge {0}, officials of town {0} said."


def an_annotated_article(person: Person, claims: int) -> tuple[Article, Position]:
    """An article with so many claims in an incident: each with all parts, linked to the one before.

    A paragraph is left without a claim, and each claim has a namesake in another article.
    """
    desk = person.desk
    lines = [LINE.format(number) for number in range(claims + 1)]
    publisher = factories.a_source(desk)
    article = factories.an_article(desk, "\n".join(lines), publisher=publisher)
    copy = factories.an_article(desk, "\n".join(lines))
    incident = factories.an_incident(desk)
    position = factories.a_position(factories.a_question(incident))
    other = factories.a_position(position.question)
    before: Claim | None = None
    for line in lines[:claims]:
        claim = factories.a_claim(
            article,
            line,
            incident=incident,
            annotator=person.user,
            source=factories.a_source(desk, side=factories.a_side(desk)),
            via=factories.a_source(desk),
            accused=factories.a_source(desk),
        )
        factories.a_figure(claim)
        factories.a_filing(claim, other)
        repeated = factories.a_claim(copy, line, incident=incident, annotator=person.user)
        factories.a_link(repeated, Relation.RESTATES, claim)
        if before:
            factories.a_link(claim, Relation.CONTRADICTS, before)
        before = claim
    return article, position


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = act()
    assert answer.status_code == 200
    return len(captured)


def save(person: Person, article: Article, position: Position, line: str) -> Callable[[], Any]:
    """Saving a claim of `line` that holds `position`, as the page does it."""
    start = article.revisions.get().text.index(line)
    incident: Incident = position.question.incident
    source = factories.a_source(person.desk)
    values = {
        "spans": f"content:{start}-{start + len(line)}",
        "source": str(source.uid),
        "source_name": source.name,
        "incident": str(incident.uid),
        "incident_name": str(incident),
        "says": "asserts",
        "speech": "indirect",
        "knows_by": "unstated",
        "position": str(position.uid),
        "stance": "holds",
        "extent": "fully",
        "figures-TOTAL_FORMS": "0",
        "figures-INITIAL_FORMS": "0",
    }
    url = reverse("claim-new", args=[person.desk.slug, article.uid])
    return lambda: person.client.post(url, values, headers={"HX-Request": "true"})


def test_the_page_costs_as_many_queries_for_thirty_claims_as_for_two(analyst: Person) -> None:
    few, _ = an_annotated_article(analyst, 2)
    many, _ = an_annotated_article(analyst, 30)
    analyst.client.get(few.get_absolute_url())

    page = parsed(analyst.client.get(many.get_absolute_url()))
    assert len(select(page, "#cards .card")) == 30

    assert queries(lambda: analyst.client.get(many.get_absolute_url())) == queries(
        lambda: analyst.client.get(few.get_absolute_url())
    )


def test_saving_costs_as_many_queries_beside_thirty_claims_as_beside_two(analyst: Person) -> None:
    few, answer = an_annotated_article(analyst, 2)
    many, other = an_annotated_article(analyst, 30)
    # Both move every claim of their article: all of them hold another answer.
    first = save(analyst, few, answer, LINE.format(2))
    second = save(analyst, many, other, LINE.format(30))

    assert queries(second) == queries(first)
    assert many.claims.filter(competing_claims__gt=0).count() == 31


def test_a_card_shows_the_parts_of_its_claim(analyst: Person) -> None:
    article, _ = an_annotated_article(analyst, 2)
    first = article.claims.earliest("id")

    page = parsed(analyst.client.get(article.get_absolute_url()))
    (card,) = select(page, f"#claim-{first.uid}")
    said = words(card)

    assert first.source.name in said
    assert f"by way of {first.via}" in said
    assert f"blames {first.accused}" in said
    assert "killed: “dozens”, 24 or more" in said
    assert "contradicts" in said
    assert "is repeated by" in said
    assert reverse("claim-edit", args=[analyst.desk.slug, first.uid]) in {
        link.get("href") for link in select(card, "a")
    }
    (button,) = select(card, "button[data-key=delete]")
    assert button.get("formaction") == reverse("claim-delete", args=[analyst.desk.slug, first.uid])
    assert button.get("value") == str(first.version)


def test_a_viewer_gets_no_actions(analyst: Person, viewer: Person) -> None:
    article, _ = an_annotated_article(analyst, 1)

    page = parsed(viewer.client.get(article.get_absolute_url()))

    assert select(page, "#cards .card")
    assert not select(page, ".actions")
