"""Reliability of sources and credibility of claims, where a desk uses them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim, Rating, Source, Workspace
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words


@pytest.fixture
def source(desk: Workspace) -> Source:
    desk.uses_reliability = True
    desk.save()
    return factories.a_source(desk, name="The command")


def url(name: str, row: Any) -> str:
    return reverse(name, args=["desk", row.uid])


def test_a_source_is_rated_and_its_history_read(
    analyst: Person, viewer: Person, source: Source
) -> None:
    page = words(parsed(viewer.client.get(url("source", source))))
    assert "Not rated." in page
    assert "Rate it" not in page
    values = {"reliability": "C", "since": "2016-12-01", "reason": "Corrected itself twice."}
    answer = analyst.client.post(url("source-rate", source), values)
    assert answer["Location"] == url("source", source)
    later = values | {"reliability": "D", "since": "2017-01-01", "reason": "And a third time."}
    analyst.client.post(url("source-rate", source), later)
    future = timezone.localdate() + dt.timedelta(days=400)
    factories.a_rating(source, since=future, reliability="A")
    (panel,) = [
        panel
        for panel in select(parsed(viewer.client.get(url("source", source))), "section")
        if panel.get("aria-labelledby") == "reliability"
    ]
    rows = [words(row) for row in select(panel, "li")]
    assert [row[0] for row in rows] == ["A", "D", "C"]
    assert ["today" in row for row in rows] == [False, True, False]
    assert "Corrected itself twice." in rows[2]
    analyst.client.post(reverse("undo", args=["desk"]))
    assert Rating.objects.kept().count() == 2


def test_a_rating_needs_a_day_and_a_reason(analyst: Person, source: Source) -> None:
    for wrong in ({"since": "soon"}, {"reason": " "}, {"reliability": "G"}):
        values = {"reliability": "C", "since": "2016-12-01", "reason": "So."} | wrong
        assert analyst.client.post(url("source-rate", source), values).status_code == 422
    assert not Rating.objects.exists()


def test_where_the_scale_is_off_there_is_nothing(
    analyst: Person, source: Source, desk: Workspace
) -> None:
    factories.a_rating(source)
    desk.uses_reliability = False
    desk.save()
    assert analyst.client.get(url("source-rate", source)).status_code == 404
    assert "Reliability" not in words(parsed(analyst.client.get(url("source", source))))


def test_a_claim_is_graded_where_the_desk_uses_it(analyst: Person, desk: Workspace) -> None:
    claim = factories.a_claim(factories.an_article(desk))
    where = url("claim-edit", claim)
    assert not select(parsed(analyst.client.get(where)), "[name=credibility]")
    desk.uses_credibility = True
    desk.save()
    page = parsed(analyst.client.get(where))
    (form,) = [form for form in select(page, "form") if form.get("action") == where]
    values = dict(form.form_values())
    analyst.client.post(where, values | {"credibility": "2"})
    assert Claim.objects.get(pk=claim.pk).credibility == "2"
    page = parsed(analyst.client.get(where))
    (chosen,) = [
        o
        for o in select(page, "[name=credibility] option")
        if o.get("selected") == "" or o.get("selected")
    ]
    assert chosen.get("value") == "2"
