"""Owners protect a source; the page that tells who it is writes down each look."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from claims.actions import incident as incidents
from claims.actions import source as sources
from claims.models import Change, Delivery, Source, Workspace
from tests import factories
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database
NAME = "Zaphodmark Haddad"
WHY = "She was threatened."


@pytest.fixture
def source(owner: Person, desk: Workspace) -> Source:
    made = sources.create(owner.actor, {"name": NAME}, ["Umm Zaphodmark"])
    about = incidents.create(owner.actor, {"title": "A fire", "place": "Mill Lane, Basra"})
    factories.a_claim(factories.an_article(desk), source=made, incident=about)
    return made


def protected(owner: Person, source: Source) -> Source:
    where = reverse("source-protect", args=[owner.desk.slug, source.uid])
    page = owner.client.get(where).content.decode()
    assert "Witness 1" in page
    assert "What this can’t reach" in page
    body = {"pseudonym": "Witness 1", "reason": WHY, "version": source.version}
    blur = [one.incident.uid for one in source.claims.all()]
    owner.client.post(where, body | {"incidents": blur})
    source.refresh_from_db()
    assert source.protected
    return source


def test_the_name_is_on_one_page_alone(owner: Person, viewer: Person, source: Source) -> None:
    desk = owner.desk
    factories.a_webhook(desk)
    protected(owner, source)
    claim = source.claims.get()
    about: Any = claim.incident
    about.refresh_from_db()
    assert about.place == "Basra"
    pages = [
        reverse(name, args=[desk.slug])
        for name in ("workspace", "sources", "articles", "incidents", "history", "purged", "review")
    ]
    rows: tuple[tuple[str, Any], ...] = (
        ("source", source),
        ("source-history", source),
        ("article", claim.article),
        ("claim", claim),
        ("incident", about),
        ("incident-history", about),
        ("incident-brief", about),
        ("api-source", source),
        ("api-claim", claim),
    )
    pages += [reverse(name, args=[desk.slug, row.uid]) for name, row in rows]
    pages += [
        reverse("source-pick", args=[desk.slug]) + "?q=Witness",
        reverse("api-sources", args=[desk.slug]),
        reverse("api-claims", args=[desk.slug]),
    ]
    pages += [reverse("export-file", args=[desk.slug, name]) for name in ("csv", "jsonl")]
    for person in (viewer, owner):
        for where in pages:
            answer = person.client.get(where, follow=True)
            told = b"".join(answer) if answer.streaming else answer.content
            assert answer.status_code == 200, where
            assert b"zaphodmark" not in told.lower(), where
        found = person.client.get(reverse("search", args=[desk.slug]), {"q": "Zaphodmark"})
        assert reverse("source", args=[desk.slug, source.uid]) not in found.content.decode()
    assert not [one for one in Delivery.objects.all() if b"zaphod" in bytes(one.body).lower()]


def test_each_look_is_an_act_without_the_name(owner: Person, source: Source) -> None:
    protected(owner, source)
    where = reverse("source-identity", args=[owner.desk.slug, source.uid])
    before = owner.client.get(where).content.decode()
    assert NAME not in before
    assert "Nobody." in before
    shown = owner.client.post(where)
    assert NAME in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    look = Change.objects.get(action="source.identity")
    assert look.summary == "looked up who Witness 1 is"
    body = {"save": "1", "name": "Other Zaphodmark", "aliases": "A\n\nB", "note": "n"}
    assert owner.client.post(where, body).status_code == 302
    assert owner.client.post(where, {"save": "1"}).status_code == 422
    assert "Other Zaphodmark" in owner.client.post(where).content.decode()
    assert not Change.objects.filter(summary__icontains="zaphodmark").exists()


def test_a_protection_is_lifted(owner: Person, source: Source) -> None:
    protected(owner, source)
    where = reverse("source-lift", args=[owner.desk.slug, source.uid])
    owner.client.post(where, {"version": 99})
    source.refresh_from_db()
    assert source.protected
    owner.client.post(where, {"version": source.version})
    source.refresh_from_db()
    assert (source.name, source.protected) == (NAME, False)


def test_a_bad_or_stale_form_protects_nothing(owner: Person, source: Source) -> None:
    where = reverse("source-protect", args=[owner.desk.slug, source.uid])
    body = {"pseudonym": NAME, "reason": WHY, "version": source.version}
    assert owner.client.post(where, body).status_code == 422
    assert owner.client.post(where, body | {"pseudonym": "W", "reason": ""}).status_code == 422
    stale = owner.client.post(where, body | {"pseudonym": "W", "version": 99}, follow=True)
    assert "Somebody changed this source" in stale.content.decode()
    source.refresh_from_db()
    assert not source.protected
