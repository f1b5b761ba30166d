"""Comments on their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import comment as comments
from claims.models import Comment, Mention
from tests import factories
from tests.pages.conftest import Person, World
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database


def url(name: str, row: Any) -> str:
    return reverse(name, args=["desk", row.uid])


def page_of(world: World, noun: str) -> str:
    """Where the comments on one of each stand."""
    if noun == "claim":
        return url("claim-comment", world.claim)
    return url("article", world.article) if noun == "article" else url("incident", world.incident)


@pytest.mark.parametrize("noun", ["claim", "question", "incident", "article"])
def test_a_comment_is_made_and_read_where_it_belongs(
    noun: str, analyst: Person, viewer: Person, world: World
) -> None:
    subject = getattr(world, noun)
    answer = analyst.client.post(url(f"{noun}-comment", subject), {"text": "Is it <b>so</b>?"})
    made = Comment.objects.latest("id")
    place = f"{page_of(world, noun)}#comment-{made.uid}"
    assert (answer.status_code, answer["Location"]) == (302, place)
    page = viewer.client.get(place)
    (shown,) = select(parsed(page), f"#comment-{made.uid}")
    assert "Is it <b>so</b>?" in words(shown)
    assert not select(shown, "form")
    answer = viewer.client.get(url("comment", made))
    assert answer["Location"] == f"{url(f'{noun}-comment', subject)}#comment-{made.uid}"
    assert "Is it" in words(parsed(viewer.client.get(url(f"{noun}-comment", subject))))


def test_the_incident_shows_what_is_said_on_its_questions_and_claims(
    viewer: Person, world: World
) -> None:
    factories.a_comment(world.question, "About the question.")
    factories.a_comment(world.article, "About the article.")
    page = parsed(viewer.client.get(url("incident", world.incident)))
    (section,) = select(page, "#comments")
    assert "Comments · 2" in words(section)
    assert f"a claim of {world.claim.source}" in words(section)
    assert f"on {world.question}" in words(section)
    assert "About the article." not in words(section)


def test_nothing_is_no_comment(analyst: Person, world: World) -> None:
    answer = analyst.client.post(url("claim-comment", world.claim), {"text": " "})
    assert answer.status_code == 422
    assert "This field is required." in words(parsed(answer))
    assert Comment.objects.count() == 1


def test_names_are_kept_and_strangers_told(analyst: Person, reviewer: Person, world: World) -> None:
    text = "@reviewer, and @nobody?"
    answer = analyst.client.post(url("claim-comment", world.claim), {"text": text}, follow=True)
    assert "Commented. Nobody here is called @nobody." in words(parsed(answer))
    assert Mention.objects.get().user == reviewer.user


def test_beside_the_text_only_the_card_is_drawn_again(analyst: Person, world: World) -> None:
    headers = {"HX-Request": "true"}
    where = url("claim-comment", world.claim)
    panel = analyst.client.get(where, headers=headers).content.decode()
    assert "<html" not in panel
    assert f'hx-post="{where}"' in panel
    answer = analyst.client.post(where, {"text": "Why?"}, headers=headers)
    (card,) = select(parsed(answer), f"#claim-{world.claim.uid}")
    assert "2 comments" in words(card)
    assert "Commented." in answer["HX-Trigger"]
    assert analyst.client.post(where, {"text": ""}, headers=headers).status_code == 422


def test_a_card_leads_to_its_comments(viewer: Person, world: World) -> None:
    page = parsed(viewer.client.get(url("article", world.article)))
    (card,) = select(page, f"#claim-{world.claim.uid}")
    assert "1 comment" in words(card)
    assert url("claim-comment", world.claim) in {a.get("href") for a in select(card, "a")}
    panel = viewer.client.get(url("claim-comment", world.claim), headers={"HX-Request": "true"})
    assert not select(parsed(panel), "form")
    assert "Close" in words(parsed(panel))


def test_ones_own_is_edited_and_deleted(analyst: Person, reviewer: Person, world: World) -> None:
    made = comments.create(analyst.actor, world.incident, "Why?")
    assert reviewer.client.get(url("comment-edit", made)).status_code == 403
    assert reviewer.client.post(url("comment-delete", made)).status_code == 403
    form = parsed(analyst.client.get(url("comment-edit", made)))
    assert "Why?" in words(select(form, "textarea")[0])
    values = {"text": "Why so?", "version": "1"}
    answer = analyst.client.post(url("comment-edit", made), values)
    assert answer["Location"] == f"{page_of(world, 'incident')}#comment-{made.uid}"
    (shown,) = select(
        parsed(analyst.client.get(url("incident", world.incident))), f"#comment-{made.uid}"
    )
    assert "· changed" in words(shown)
    stale = analyst.client.post(url("comment-edit", made), {"text": "Why not?", "version": "1"})
    assert stale.status_code == 409
    assert {"Why so?", "Why not?"} <= {words(cell) for cell in select(parsed(stale), "td")}
    assert analyst.client.post(url("comment-edit", made), {"version": "2"}).status_code == 422
    answer = analyst.client.post(url("comment-delete", made), {"version": "1"}, follow=True)
    assert "Somebody changed this comment meanwhile." in words(parsed(answer))
    analyst.client.post(url("comment-delete", made), {"version": "2"})
    assert not Comment.objects.kept().filter(pk=made.pk).exists()
    analyst.client.post(reverse("undo", args=["desk"]))
    assert Comment.objects.kept().filter(pk=made.pk).exists()


def test_it_is_resolved_and_opened_again_from_where_one_is(analyst: Person, world: World) -> None:
    back = url("article", world.article)
    values = {"version": "1", "next": back}
    answer = analyst.client.post(url("comment-resolve", world.comment), values)
    assert answer["Location"] == back
    page = parsed(analyst.client.get(url("claim-comment", world.claim)))
    assert "Resolved: 1" in words(page)
    assert "resolved by analyst" in words(page)
    stale = analyst.client.post(url("comment-resolve", world.comment), {"version": "1"})
    assert stale["Location"] == url("claim-comment", world.claim)
    answer = analyst.client.post(
        url("comment-resolve", world.comment),
        {"version": "2", "open": "1", "next": "https://elsewhere.example/"},
    )
    own = f"#comment-{world.comment.uid}"
    assert answer["Location"] == url("claim-comment", world.claim) + own
    world.comment.refresh_from_db()
    assert world.comment.resolved_at is None
    assert "· changed" not in words(parsed(analyst.client.get(answer["Location"])))


def test_eleven_comments_cost_as_many_queries_as_one(analyst: Person, world: World) -> None:
    def queries(ask: Callable[[], Any]) -> int:
        ask()
        with CaptureQueriesContext(connection) as captured:
            assert ask().status_code == 200
        return len(captured)

    addresses = [
        url("claim-comment", world.claim),
        url("incident", world.incident),
        url("article", world.article),
    ]
    factories.a_comment(world.article)
    before = [queries(lambda where=where: analyst.client.get(where)) for where in addresses]  # type: ignore[misc]
    for _ in range(10):
        for subject in (world.claim, world.question, world.incident, world.article):
            factories.a_comment(subject, resolved_at=factories.NOON, resolved_by=analyst.user)
            factories.a_comment(subject)
    after = [queries(lambda where=where: analyst.client.get(where)) for where in addresses]  # type: ignore[misc]
    assert after == before
