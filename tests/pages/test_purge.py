"""Owners purge; what linked there says by whom, when and why."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import comment as comments
from claims.actions.purge import purge
from claims.models import AssessmentClaim, Change, Import, Tombstone
from claims.records import ImportState
from tests import factories
from tests.pages.conftest import Person, World

pytestmark = pytest.mark.one_database
WHY = "It puts <a witness> at risk."
BODY = {"reason": WHY, "confirm": "Purge", "version": 1}


@pytest.fixture(autouse=True)
def ended(world: World) -> None:
    """Nothing is being brought in."""
    Import.objects.filter(pk=world.job.pk).update(state=ImportState.DONE.value)


def test_nothing_is_purged_while_an_import_is_open(owner: Person, world: World) -> None:
    Import.objects.filter(pk=world.job.pk).update(state=ImportState.READY.value)
    where = reverse("claim-purge", args=[world.desk.slug, world.claim.uid])
    answer = owner.client.post(where, BODY)
    assert answer.status_code == 422
    assert "Finish or cancel that import first" in answer.content.decode()
    assert not Tombstone.objects.exists()


def test_a_claim_is_purged_by_a_word_that_is_typed(
    owner: Person, viewer: Person, world: World
) -> None:
    desk, claim = world.desk, world.claim
    AssessmentClaim.objects.create(workspace=desk, assessment=world.assessment, claim=claim)
    where = reverse("claim-purge", args=[desk.slug, claim.uid])
    link = reverse("claim-history", args=[desk.slug, claim.uid])
    assert where in owner.client.get(link).content.decode()
    assert where not in viewer.client.get(link).content.decode()
    assert "can’t be undone" in owner.client.get(where).content.decode()
    assert owner.client.post(where, BODY | {"confirm": "yes"}).status_code == 422
    stale = owner.client.post(where, BODY | {"version": 99}, follow=True)
    assert "Somebody changed it meanwhile" in stale.content.decode()
    assert not Tombstone.objects.exists()
    done = owner.client.post(where, BODY, follow=True).content.decode()
    assert "Purged the claim, for good." in done
    for name in ("claim", "claim-edit", "claim-purge"):
        gone = owner.client.get(reverse(name, args=[desk.slug, claim.uid]))
        assert gone.status_code == 410
        assert "It puts &lt;a witness&gt; at risk." in gone.content.decode()
    assert "It puts &lt;a witness&gt;" in viewer.client.get(link).content.decode()
    # What pointed at it is still read, and a verdict says what became of what it rests on.
    page = reverse("incident", args=[desk.slug, world.incident.uid])
    assert "A claim: Purged on" in viewer.client.get(page).content.decode()
    for name, row in (
        ("incident", world.incident),
        ("incident-history", world.incident),
        ("article", world.article),
        ("source", world.source),
        ("question-history", world.question),
    ):
        assert viewer.client.get(reverse(name, args=[desk.slug, row.uid])).status_code == 200, name
    then = reverse("incident-as-of", args=[desk.slug, world.incident.uid])
    assert viewer.client.get(then, {"at": "2100-01-01T00:00"}).status_code == 200


@pytest.mark.parametrize("noun", ["source", "article", "comment"])
def test_the_others_are_purged_likewise(
    owner: Person, viewer: Person, world: World, noun: str
) -> None:
    row = getattr(world, noun)
    where = reverse(f"{noun}-purge", args=[world.desk.slug, row.uid])
    assert owner.client.get(where).status_code == 200
    assert owner.client.post(where, BODY).status_code == 302
    told = owner.client.get(reverse("purged", args=[world.desk.slug])).content.decode()
    assert "It puts &lt;a witness&gt; at risk." in told
    page = viewer.client.get(reverse(noun, args=[world.desk.slug, row.uid]))
    assert "It puts &lt;a witness&gt; at risk." in page.content.decode()


def test_an_undo_past_it_says_why_not(owner: Person, world: World) -> None:
    comment = comments.create(owner.actor, world.incident, "I know him.")
    purge(owner.actor, comment, comment.version, WHY)
    change = Change.objects.get(action="comment.create")
    where = reverse("change-undo", args=[world.desk.slug, change.uid])
    said = owner.client.post(where, follow=True).content.decode()
    assert "because: It puts &lt;a witness&gt; at risk." in said


def test_many_tombstones_cost_what_one_costs(owner: Person, world: World) -> None:
    where = reverse("purged", args=[world.desk.slug])

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            owner.client.get(where)
        return len(found)

    def one_more() -> None:
        article = factories.an_article(world.desk)
        purge(owner.actor, article, article.version, WHY)

    one_more()
    first = queries()
    for _ in range(10):
        one_more()
    assert queries() == first
