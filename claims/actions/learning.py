"""The machine learns from what people approved: in the background, measured, kept beside the desk.

Nothing of it leaves the site, and nothing comes from elsewhere. A purge takes it away.
"""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from claims.actions import leases, to_read, training
from claims.models import Article, Claim, Revision, Span, Training, Workspace
from claims.records import ArticleStatus, ClaimStatus, SpanRole, TrainingState
from claims.suggester.learned.compare import Comparison, compare
from claims.suggester.learned.train import Example, TooFew, train
from claims.suggester.scores import Scores
from claims.suggester.shapes import Piece
from claims.suggester.suggest import suggest

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=30)
"""Longer than the longest step of a training."""
MOST_ARTICLES, MOST_TEXT = 2_000, 2_000_000
"""The newest ones, up to so many code points in all: more teach little, and take memory.

It takes some 450 bytes of memory for each.
"""
MOST_ATTEMPTS = 3
UNSUITED = "An error in this program, which its log names."
FINISHED = [ArticleStatus.ANNOTATED.value, ArticleStatus.REVIEWED.value]
MEASURES = ("attribution", "full", "content", "cue")
Step = Callable[[], None]


class Stopped(Exception):
    """The worker has to end; another one begins anew."""


class Attributed:
    """What one claim attributes, as pieces of the text."""

    def __init__(self) -> None:
        self.pieces: dict[str, list[Piece]] = defaultdict(list)

    @property
    def source(self) -> list[Piece]:
        """Who says it."""
        return self.pieces[SpanRole.SOURCE.value]

    @property
    def cue(self) -> list[Piece]:
        """The reporting words."""
        return self.pieces[SpanRole.CUE.value]

    @property
    def content(self) -> list[Piece]:
        """What is said."""
        return self.pieces[SpanRole.CONTENT.value]


def waits() -> bool:
    """Whether there is a training that waits, or whose process has died."""
    return bool(_waiting().exists())


def take() -> Training | None:
    """The next such training, with a lease on it."""
    now = timezone.now()
    waiting = _waiting()
    pk = waiting.order_by("id").values_list("pk", flat=True).first()
    token = secrets.token_hex(16)
    taken = waiting.filter(pk=pk).update(
        lease=token,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        state=TrainingState.AT_WORK.value,
    )
    if not taken:
        return None
    found: Training = Training.objects.select_related("workspace").get(pk=pk)
    return found


def _waiting() -> Any:
    return Training.objects.filter(leases.free(LEASE), state__in=training.RUNNING)


def run(row: Training, step: Step) -> None:
    """Learns, measures, and keeps the model; `step` is called between its steps.

    Where `step` raises Stopped, another worker begins anew. What cannot be learned is told.
    """
    count = training.approved(row.workspace)
    try:
        if row.attempts > MOST_ATTEMPTS:
            _end(row, count, why="Whatever learns from this desk dies of it: it was tried often.")
            return
        _learn(row, count, step)
    except TooFew as few:
        _end(row, count, why=str(few))
    except Stopped:
        _mine(row).update(lease="", lease_until=None, attempts=F("attempts") - 1)
    except Exception:
        log.exception("Training %s failed.", row.uid)
        _end(row, count, why=UNSUITED)


def _learn(row: Training, count: int, step: Step) -> None:
    language, examples = lessons(row.workspace)

    def progress(_: float) -> None:
        step()
        _mine(row).update(lease_until=timezone.now() + LEASE)

    found = compare(examples, partial(suggest, language=language), language, progress)
    model = train(examples, language, progress) if found.better else None
    kept = _end(
        row,
        count,
        state=TrainingState.DONE.value,
        language=language,
        articles=len(examples),
        held_back=found.held_back,
        figures=figures(found),
        better=model is not None,
        model=model.to_bytes() if model else None,
    )
    if kept and model is not None:
        open_ones = [ArticleStatus.NEW.value, ArticleStatus.IN_PROGRESS.value]
        articles = Article.objects.within(row.workspace).kept().filter(status__in=open_ones)
        to_read.queue(row.workspace, articles.values_list("pk", flat=True))


def lessons(workspace: Workspace) -> tuple[str, list[Example]]:
    """The language that most is approved in, and what its newest articles teach.

    An article that was read to the end and has approved claims: what is not marked in it counts as
    its own voice. Claims that wait for approval there are no such voice, so they are learned too.
    """
    approved = Claim.objects.within(workspace).kept().filter(status=ClaimStatus.APPROVED.value)
    approved = approved.filter(article__deleted_at=None, article__status__in=FINISHED).order_by()
    languages: dict[str, int] = defaultdict(int)
    for tag, claims in approved.values_list("article__language").annotate(Count("id")):
        languages[(tag or "en").split("-")[0]] += claims
    if not languages:
        return "en", []
    language = min(languages, key=lambda code: (-languages[code], code))
    tags = Q(article__language=language) | Q(article__language__startswith=f"{language}-")
    if language == "en":
        tags |= Q(article__language="")
    ids = approved.filter(tags).order_by("-article").values_list("article", flat=True).distinct()
    return language, list(_lessons(ids[:MOST_ARTICLES]))


def _lessons(articles: Iterable[int]) -> Iterator[Example]:
    length = 0
    for one in filter(None, map(_lesson, list(articles))):
        length += len(one.text)
        if length > MOST_TEXT:
            return
        yield one


def _lesson(article: int) -> Example | None:
    revision = Revision.objects.filter(article=article).latest("number")
    spans = Span.objects.filter(
        revision=revision,
        claim__deleted_at=None,
        claim__status__in=[ClaimStatus.APPROVED.value, ClaimStatus.SUBMITTED.value],
    ).order_by("start")
    said: dict[int, Attributed] = defaultdict(Attributed)
    for claim, role, start, end in spans.values_list("claim_id", "role", "start", "end"):
        said[claim].pieces[role].append((start, end))
    return Example(revision.text, list(said.values())) if said else None


def figures(found: Comparison) -> dict[str, Any]:
    """What is kept of a comparison: F1 by measure, and how often the chances came true."""
    return {
        "rules": _shares(found.rules),
        "learned": _shares(found.learned),
        "bands": [[one.low, one.high, one.shown, one.right] for one in found.bands],
    }


def _shares(scores: Scores) -> dict[str, float]:
    return {name: round(getattr(scores, name).f1, 4) for name in MEASURES}


def _end(row: Training, count: int, *, why: str = "", **values: Any) -> bool:
    """Writes what came of it, unless it was taken away, or taken over, meanwhile."""
    told = {"state": TrainingState.FAILED.value, "why_failed": why[:300], "claims": count}
    now = {"ended_at": timezone.now(), "lease": "", "lease_until": None}
    return bool(_mine(row).update(**told | now | values))


def _mine(row: Training) -> Any:
    return Training.objects.filter(pk=row.pk, lease=row.lease, state=TrainingState.AT_WORK.value)
