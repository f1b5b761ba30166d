"""Owners see the seals and take the head along."""

from __future__ import annotations

import pytest
from django.urls import reverse

from claims import custody
from claims.actions import incident, sealing
from claims.models import Workspace
from tests.pages.conftest import Person

pytestmark = pytest.mark.one_database


def test_an_owner_seals_and_takes_the_head_along(owner: Person, desk: Workspace) -> None:
    where, head = reverse("seals", args=[desk.slug]), reverse("seal-head", args=[desk.slug])
    assert owner.client.get(head).url == where  # type: ignore[attr-defined]
    assert "Nothing is sealed yet." in owner.client.get(where).content.decode()
    incident.create(owner.actor, {"title": "A strike"})
    page = owner.client.post(where, follow=True).content.decode()
    assert "Sealed: Seal 1." in page
    newest = sealing.head(desk)
    assert newest is not None
    assert newest.sha256 in page
    file = owner.client.get(head)
    assert custody.read(file.content.decode()).sha256 == newest.sha256
    assert "attachment" in file["Content-Disposition"]
    assert "There is nothing to seal." in owner.client.post(where, follow=True).content.decode()


def test_the_history_leads_owners_there(owner: Person, viewer: Person, desk: Workspace) -> None:
    where = reverse("history", args=[desk.slug])
    link = reverse("seals", args=[desk.slug])
    assert link in owner.client.get(where).content.decode()
    assert link not in viewer.client.get(where).content.decode()
