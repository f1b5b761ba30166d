"""The worker reads articles, and writes what it proposes beside the work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import tasks
from claims.actions import revision as revisions
from claims.actions import suggesting, suggestion, to_read, undo
from claims.actions.article import freeze, keep_upload
from claims.actions.import_lease import never
from claims.actions.journal import Actor
from claims.models import Alias, Article, Change, Suggestion, ToRead
from claims.suggester.shapes import Attribution
from claims.suggester.suggest import suggest as engine
from tests import factories

TEXT = "The army said the bridge was hit.\nOfficials said dozens died."
SAID = ("the bridge was hit", "dozens died")


@pytest.fixture
def actor(db: None) -> Actor:
    return Actor(factories.a_workspace(dozens_from=12), factories.a_user())


@pytest.fixture(autouse=True)
def reads(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The words that the engine finds in any text, with their scores."""
    words = dict.fromkeys(SAID, 0.9)

    def suggest(text: str, *_: Any) -> list[Attribution]:
        found = [(text.index(one), one, score) for one, score in words.items() if one in text]
        return [
            Attribution(
                (), (), ((at, at + len(one)),), score, "rules", ("why",), source_name="Army"
            )
            for at, one, score in sorted(found)
        ]

    monkeypatch.setattr(suggesting, "suggest", suggest)
    return words


def bring_in(actor: Actor, text: str = TEXT) -> Article:
    upload = keep_upload(actor, "a.txt", "text/plain", text.encode())
    return freeze(actor, upload, text, "utf-8", {"title": "A", "language": "en"})


def work() -> None:
    while suggesting.read_some(never):
        pass


def words(article: Article) -> list[str]:
    return list(article.suggestions.proposed().values_list("words", flat=True))


def test_the_engine_names_the_desks_own_sources(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesting, "suggest", engine)
    source = factories.a_source(actor.workspace, name="Valley Port Authority")
    Alias.objects.create(workspace=actor.workspace, source=source, name="VPA")
    article = bring_in(actor, "The VPA said the bridge was hit.")
    work()
    one = article.suggestions.get()
    assert (one.source_ids, one.source_name) == ([str(source.uid)], "Valley Port Authority")


def test_a_new_article_is_read_once_and_nothing_is_journalled(actor: Actor) -> None:
    article = bring_in(actor)
    assert tasks.work_once()
    assert words(article) == list(SAID)
    assert not ToRead.objects.exists()
    assert Change.objects.count() == 1
    one = article.suggestions.get(words="dozens died")
    # By the desk's own convention, not the suggester's.
    assert (one.figures[0]["low"], one.reasons, one.engine) == (12, ["why"], "rules")


def test_reading_again_changes_what_is_open_and_nothing_else(
    actor: Actor, reads: dict[str, float]
) -> None:
    article = bring_in(actor)
    work()
    bridge, dozens = article.suggestions.order_by("start")
    suggestion.dismiss(actor, bridge)
    reads["dozens died"] = 0.7
    to_read.queue(actor.workspace, [article.pk])
    work()
    dozens.refresh_from_db()
    assert dozens.score == 0.7
    assert words(article) == ["dozens died"]
    del reads["dozens died"]
    to_read.queue(actor.workspace, [article.pk])
    work()
    assert words(article) == []
    bridge.refresh_from_db()
    assert bridge.state == "dismissed"


def test_what_a_claim_says_already_is_not_proposed(actor: Actor) -> None:
    article = bring_in(actor)
    factories.a_claim(article, "the bridge was hit")
    work()
    assert words(article) == ["dozens died"]


def test_a_new_text_is_read_and_remembers_what_was_dismissed(
    actor: Actor, reads: dict[str, float]
) -> None:
    article = bring_in(actor)
    work()
    suggestion.dismiss(actor, article.suggestions.get(words=SAID[0]))
    text = "Corrected. " + TEXT
    upload = keep_upload(actor, "b.txt", "text/plain", text.encode(), article=article)
    article.refresh_from_db()
    newer = revisions.revise(actor, article, article.version, text, "utf-8", upload)
    kept = article.suggestions.get(words=SAID[1])
    work()
    assert words(article) == [SAID[1]]
    kept.refresh_from_db()
    assert (kept.revision, kept.content) == (newer, [[text.index(SAID[1]), len(text) - 1]])
    # The newer text goes, and the older one is read.
    undo.undo(actor, Change.objects.latest("id"))
    kept.refresh_from_db()
    assert kept.revision is None
    work()
    kept.refresh_from_db()
    assert kept.revision == article.revisions.get()


def test_a_switched_off_desk_is_read_once_it_is_switched_on(actor: Actor) -> None:
    desk = actor.workspace
    desk.suggests = False
    desk.save()
    article = bring_in(actor)
    assert not suggesting.read_some(never)
    desk.suggests = True
    desk.save()
    work()
    assert words(article) == list(SAID)


def test_what_comes_while_it_is_read_is_read_again(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = bring_in(actor)
    plain = suggesting.attributions

    def meanwhile(*args: Any) -> Any:
        to_read.queue(actor.workspace, [article.pk])
        return plain(*args)

    monkeypatch.setattr(suggesting, "attributions", meanwhile)
    assert suggesting.read_some(never)
    assert words(article) == []
    monkeypatch.setattr(suggesting, "attributions", plain)
    work()
    assert words(article) == list(SAID)


def test_another_worker_takes_up_what_a_dead_one_left(actor: Actor) -> None:
    article = bring_in(actor)
    (row,) = to_read.take(5)
    assert to_read.take(5) == []
    ToRead.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    work()
    assert words(article) == list(SAID)
    assert not to_read.end(row)


def test_a_text_that_can_not_be_read_holds_up_no_other(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = bring_in(actor, "Bad."), bring_in(actor)
    plain = vars(suggesting)["suggest"]

    def fails(text: str, *rest: Any) -> Any:
        if text == "Bad.":
            raise ValueError(text)
        return plain(text, *rest)

    monkeypatch.setattr(suggesting, "suggest", fails)
    work()
    assert words(good) == list(SAID)
    assert ToRead.objects.get(article=bad).why_failed == suggesting.UNREADABLE
    # Until somebody asks again.
    monkeypatch.setattr(suggesting, "suggest", plain)
    to_read.queue(actor.workspace, [bad.pk])
    work()
    assert not ToRead.objects.exists()


def test_whatever_ends_its_worker_is_given_up(actor: Actor) -> None:
    bring_in(actor)
    ToRead.objects.update(attempts=to_read.MOST_ATTEMPTS)
    work()
    assert "three times" in ToRead.objects.get().why_failed


def test_a_deleted_article_is_not_read(actor: Actor) -> None:
    article = bring_in(actor)
    Article.objects.filter(pk=article.pk).update(deleted_at=timezone.now())
    work()
    assert not Suggestion.objects.exists()
    assert not ToRead.objects.exists()


def test_the_worker_stops_between_articles(actor: Actor) -> None:
    bring_in(actor)
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return True

    assert suggesting.read_some(stop)
    assert ToRead.objects.get().lease
    assert asked == [1]


def test_many_articles_are_queued_by_few_statements(actor: Actor) -> None:
    ids = [factories.an_article(actor.workspace).pk for _ in range(30)]
    count: Callable[[], int] = ToRead.objects.count
    with CaptureQueriesContext(connection) as captured:
        to_read.queue(actor.workspace, ids)
    assert (count(), len(captured)) == (30, 1)
    assert to_read.queue_all(actor.workspace) == 30
