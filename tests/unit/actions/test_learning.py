"""The machine learns from approved claims in the background; what it learned reads if better."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from claims import tasks
from claims.actions import learning, suggesting, trained, training
from claims.actions.import_lease import never
from claims.models import Article, ToRead, Training, Workspace
from claims.records import SpanRole
from claims.suggester.learned.compare import Band, Comparison
from claims.suggester.learned.train import TooFew
from claims.suggester.scores import Scores, Share
from claims.suggester.shapes import Found
from tests import factories

TEXT = "The army said the bridge was hit."
HIT = (14, 32)


class Taught:
    """A model that finds the bridge."""

    def find(self, text: str, language: str | None = None) -> list[Found]:
        return [Found(((0, 8),), ((9, 13),), (HIT,), 0.9, ("learned",))]

    def to_bytes(self) -> bytes:
        return b"taught"


@pytest.fixture
def desk(db: None) -> Workspace:
    return factories.a_workspace()


@pytest.fixture
def core(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stands in for the learning itself; `learned` is what the model reaches."""
    core: dict[str, Any] = {"learned": 8, "lessons": []}

    def compare(examples: Any, rules: Any, language: str, progress: Any) -> Comparison:
        core["lessons"] = examples
        progress(0.5)
        if not examples:
            raise TooFew(0)
        learned, by_rules = (Scores(Share(n, 10, 10)) for n in (core["learned"], 6))
        return Comparison(learned, by_rules, (Band(0.9, 1.0, 10, 9),), 3, 1)

    monkeypatch.setattr(learning, "compare", compare)
    monkeypatch.setattr(learning, "train", lambda *_: Taught())
    monkeypatch.setattr(trained, "_loaded", lambda _: Taught())
    return core


@pytest.fixture
def article(desk: Workspace) -> Article:
    """With one approved claim, and one that was withdrawn."""
    article = factories.an_article(desk, TEXT, language="en-GB", status="annotated")
    claim = factories.a_claim(article, "the bridge was hit", status="approved")
    factories.a_span(claim, "The army", SpanRole.SOURCE)
    factories.a_span(claim, "said", SpanRole.CUE)
    factories.a_claim(article, "The army", status="withdrawn")
    # Of an article that is still worked on nobody knows what else it says.
    open_one = factories.an_article(desk, TEXT + " More is to come.", status="in_progress")
    factories.a_claim(open_one, "the bridge was hit", status="approved")
    return article


def learn(desk: Workspace) -> Training:
    training.ask(desk, None)
    row = learning.take()
    assert row is not None
    learning.run(row, lambda: None)
    return Training.objects.latest("number")


def test_it_learns_what_was_approved_and_reads_where_that_is_better(
    desk: Workspace, article: Article, core: dict[str, Any]
) -> None:
    other = factories.an_article(desk, TEXT + " More.", language="en")
    french = factories.an_article(desk, TEXT + " Plus.", language="fr")
    row = learn(desk)
    (lesson,) = core["lessons"]
    assert lesson.text == TEXT
    (said,) = lesson.attributions
    assert (said.source, said.cue, said.content) == ([(0, 8)], [(9, 13)], [HIT])
    assert (row.state, row.better, row.claims, row.language) == ("done", True, 2, "en")
    assert row.figures["learned"]["attribution"] == 0.8
    assert row.figures["bands"] == [[0.9, 1.0, 10, 9]]
    # What is still worked on is read anew; in another language the rules go on.
    assert set(ToRead.objects.values_list("article", flat=True)) > {other.pk, french.pk}
    while suggesting.read_some(never):
        pass
    one = other.suggestions.get()
    assert (one.engine, one.engine_version, one.words) == ("learned", "1", "the bridge was hit")
    assert "learned" not in french.suggestions.values_list("engine", flat=True)


def test_what_does_not_beat_the_rules_is_not_kept(
    desk: Workspace, article: Article, core: dict[str, Any]
) -> None:
    learn(desk)
    core["learned"] = 6
    row = learn(desk)
    assert (row.state, row.better, row.model) == ("done", False, None)
    # Only the newest counts: the desk has changed since.
    assert trained.in_use(desk) is None


def test_too_little_to_learn_from_is_told(desk: Workspace, core: dict[str, Any]) -> None:
    row = learn(desk)
    assert (row.state, row.better) == ("failed", False)
    assert "It takes" in row.why_failed


def test_one_at_a_time(desk: Workspace) -> None:
    training.ask(desk, None)
    with pytest.raises(ValidationError, match="already"):
        training.ask(desk, None)


def test_an_error_ends_it_and_is_told(
    desk: Workspace, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> Iterator[Any]:
        raise ZeroDivisionError

    monkeypatch.setattr(learning, "compare", fails)
    assert learn(desk).why_failed == learning.UNSUITED


def test_what_was_stopped_begins_anew(
    desk: Workspace, article: Article, core: dict[str, Any]
) -> None:
    def stopped() -> None:
        raise learning.Stopped

    training.ask(desk, None)
    row = learning.take()
    assert row is not None
    learning.run(row, stopped)
    row.refresh_from_db()
    assert (row.state, row.lease, row.attempts) == ("at_work", "", 0)
    call_command("learn")
    row.refresh_from_db()
    assert row.state == "done"


@pytest.fixture
def learner(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In place of the process that learns, one that goes on until it is told to end."""
    monkeypatch.setattr(tasks, "LEARN", [sys.executable, "-c", "import time; time.sleep(60)"])
    yield
    tasks.stop_learning()
    if tasks._learner:
        tasks._learner.wait()
    monkeypatch.setattr(tasks, "_learner", None)


def test_a_process_of_its_own_learns_while_other_work_goes_on(
    desk: Workspace, learner: None
) -> None:
    assert not tasks.learn_next(never)  # nothing waits
    training.ask(desk, None)
    assert not tasks.learn_next(lambda: True)
    assert tasks.learn_next(never)
    assert tasks.is_learning()
    assert not tasks.learn_next(never)  # one at a time
    assert tasks._learner is not None
    assert os.getpriority(os.PRIO_PROCESS, tasks._learner.pid) == tasks.LAST
    tasks.stop_learning()
    tasks._learner.wait()
    assert not tasks.is_learning()


def test_what_a_purge_took_away_meanwhile_stays_away(
    desk: Workspace, article: Article, core: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def train(*_: Any) -> Taught:
        Training.objects.update(state="dropped")
        return Taught()

    monkeypatch.setattr(learning, "train", train)
    row = learn(desk)
    assert (row.state, row.model) == ("dropped", None)
    assert not ToRead.objects.exists()


def test_another_worker_takes_up_what_a_dead_one_began(desk: Workspace) -> None:
    training.ask(desk, None)
    first = learning.take()
    assert first is not None
    assert learning.take() is None
    Training.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = learning.take()
    assert second is not None
    assert second.lease != first.lease
    Training.objects.update(attempts=learning.MOST_ATTEMPTS + 1)
    second.refresh_from_db()
    learning.run(second, lambda: None)
    second.refresh_from_db()
    assert "dies of it" in second.why_failed


def test_it_is_due_after_so_many_new_claims(
    desk: Workspace, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "EVERY", 1)
    monkeypatch.setattr(tasks, "_looked", -tasks.LOOK)
    assert tasks.ask_for_learning(never)
    assert not tasks.ask_for_learning(never)  # not before ten minutes
    assert training.ask_where_due() == 0  # it waits
    Training.objects.update(state="failed", claims=2)
    assert training.ask_where_due() == 0
    factories.a_claim(article, "hit", status="approved")
    assert training.ask_where_due() == 1
    Training.objects.update(state="failed", claims=2)
    monkeypatch.setattr(training, "SHARE", 1)
    assert training.ask_where_due() == 0  # one more is little beside the two of then
    desk.suggests = False
    desk.save()
    assert training.ask_where_due() == 0


def test_it_learns_from_the_newest_up_to_so_much_text(
    desk: Workspace, article: Article, core: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = factories.an_article(desk, TEXT + " More.", language="en", status="annotated")
    factories.a_claim(newer, "the bridge was hit", status="approved")
    monkeypatch.setattr(learning, "MOST_TEXT", len(newer.revisions.get().text))
    learn(desk)
    assert [lesson.text for lesson in core["lessons"]] == [TEXT + " More."]
