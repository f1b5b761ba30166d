"""`Idempotency-Key`: the same request is done once, however often it is sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from claims.actions import receipt as receipts
from claims.actions import source as sources
from claims.models import Receipt, Source
from tests.api.writing import fields, post, send
from tests.pages.conftest import Person

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
BODY = {"name": "The agency"}


def test_the_same_again_is_answered_again_and_done_once(analyst: Person) -> None:
    first = send(analyst, "POST", "sources/", BODY, **KEY)
    again = send(analyst, "POST", "sources/", BODY, **KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    for header in ("ETag", "Location", "Content-Type"):
        assert again[header] == first[header]
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Source.objects.count() == 1
    post(analyst, "sources/", BODY)
    assert Source.objects.count() == 2


def test_a_key_stands_for_one_request_of_one_person(analyst: Person, owner: Person) -> None:
    assert send(analyst, "POST", "sources/", BODY, **KEY).status_code == 201
    for path, body in (("sources/", {"name": "Other"}), ("sides/", BODY)):
        problem = send(analyst, "POST", path, body, **KEY)
        assert problem.status_code == 422
        assert problem.json()["type"] == "urn:counterclaim:other-request"
    assert send(owner, "POST", "sources/", BODY, **KEY).status_code == 201
    assert Source.objects.count() == 2


def test_what_was_refused_can_be_put_right_and_sent_again(analyst: Person) -> None:
    assert send(analyst, "POST", "sources/", {"nom": "x"}, **KEY).status_code == 400
    assert not Receipt.objects.exists()
    assert send(analyst, "POST", "sources/", BODY, **KEY).status_code == 201


def test_what_is_being_worked_on_is_not_begun_again(analyst: Person) -> None:
    send(analyst, "POST", "sources/", BODY, **KEY)
    Receipt.objects.update(status=None)
    problem = send(analyst, "POST", "sources/", BODY, **KEY)
    assert (problem.status_code, problem.json()["type"]) == (409, "urn:counterclaim:in-work")
    # Its worker died before it wrote anything: after a while, another one may.
    Source.objects.all().delete()
    Receipt.objects.update(held_until=timezone.now())
    assert send(analyst, "POST", "sources/", BODY, **KEY).status_code == 201
    assert Source.objects.count() == 1


def test_whoever_was_taken_for_dead_writes_nothing(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first attempt that slept, and wakes up when a second one is at work."""
    create = sources.create

    def slow(*args: Any) -> Source:
        Receipt.objects.update(holder="8e03978e-40d5-43dd-bc93-6894a57f9324")
        return create(*args)

    monkeypatch.setattr(sources, "create", slow)
    assert send(analyst, "POST", "sources/", BODY, **KEY).status_code == 409
    assert not Source.objects.exists()
    assert Receipt.objects.get().status is None


def test_a_fault_writes_nothing_and_frees_the_key(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even after the work: what was done and what was answered are one transaction."""

    def fail(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(receipts, "answer", fail)
    analyst.client.raise_request_exception = False
    assert send(analyst, "POST", "sources/", BODY, **KEY).status_code == 500
    assert not Source.objects.exists()
    assert not Receipt.objects.exists()


def test_after_a_day_a_key_is_forgotten(analyst: Person) -> None:
    send(analyst, "POST", "sources/", BODY, **KEY)
    Receipt.objects.update(made_at=timezone.now() - dt.timedelta(hours=24, seconds=1))
    again = send(analyst, "POST", "sources/", BODY | {"kind": "media"}, **KEY)
    assert again.status_code == 201
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("key", ["", " ", "two words", "x" * 256, "ключ"])
def test_what_is_no_key_is_refused(key: str, analyst: Person) -> None:
    problem = send(analyst, "POST", "sources/", BODY, **{"Idempotency-Key": key})
    assert problem.status_code == 400
    assert fields(problem.json()) == [""]
    assert not Source.objects.exists()
