"""The machine reads: what it proposes is written beside the work, and never over it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.actions import to_read
from claims.actions.carried import language_of
from claims.actions.claimed import claimed
from claims.actions.known_sources import known_sources
from claims.actions.spans import current_revision
from claims.actions.trained import model_in_use
from claims.models import Article, Revision, Suggestion, ToRead
from claims.models.lens import every, through
from claims.records import Engine, SuggestionState
from claims.records.cells import GAP
from claims.suggester.figures import COLUMNS, FigureProposal, figures
from claims.suggester.known import KnownSource
from claims.suggester.lexicon import lexicon
from claims.suggester.proposals import Decided, as_marked, is_said, new_ones, quotes, who_of
from claims.suggester.shapes import Attribution
from claims.suggester.suggest import suggest

log = logging.getLogger(__name__)
AT_ONCE = 20
"""Articles that are read before other work of the worker has its turn."""
SHORT_ENOUGH = 20_000
"""Code points that are read within a request: half a second."""
RULES_VERSION = "1"
WRITTEN = (
    "revision",
    "made_at",
    "engine",
    "engine_version",
    "score",
    "reasons",
    "start",
    "content",
    "source_words",
    "cue",
    "words",
    "kind",
    "polarity",
    "speech",
    "source_name",
    "source_ids",
    "unnamed",
    "said_as_stated",
    "figures",
)
"""The columns that reading again sets anew."""
UNREADABLE = "An error in this program, which its log names."


def read_some(stop: Callable[[], bool]) -> bool:
    """Reads some of the articles that wait; False where none does.

    A worker that dies leaves them to the next one; what is read twice is proposed once.
    """
    rows = to_read.take(AT_ONCE)
    named = known_sources(rows[0].article.workspace, None) if len(rows) > 1 else None
    for row in rows:
        if stop():
            return True
        if row.attempts > to_read.MOST_ATTEMPTS:
            to_read.give_up(row, "Whatever reads this text dies of it: it was tried three times.")
            continue
        try:
            read(row, named)
        except Exception:
            log.exception("Article %s can't be read for suggestions.", row.article.uid)
            to_read.give_up(row, UNREADABLE)
    return bool(rows)


def read_now(article: Article) -> bool:
    """Reads an article that somebody waits for; a long text is left to the worker (False)."""
    to_read.queue(article.workspace, [article.pk])
    if len(current_revision(article).text) > SHORT_ENOUGH:
        return False
    row = to_read.take_one(article)
    if row is not None:
        read(row)
    return row is not None


def read(row: ToRead, named: Sequence[KnownSource] | None = None) -> None:
    """Reads one article; `named` are the desk's named sources, where they are at hand.

    The text is read outside of the transaction: nobody waits for it.
    """
    article: Article = row.article
    if article.deleted_at is not None:
        to_read.end(row)
        return
    revision = current_revision(article)
    with through(None):  # whoever has asked for it
        known = known_sources(article.workspace, article) if named is None else named
        found, version = attributions(article, revision, known)
        with transaction.atomic():
            if to_read.end(row):
                write(article, revision, found, version)


def attributions(
    article: Article, revision: Revision, known: Sequence[KnownSource]
) -> tuple[list[Attribution], str]:
    """What the engine in use finds in a text, and the version of that engine."""
    language = language_of(article)
    version, model = model_in_use(article.workspace, language) or (RULES_VERSION, None)
    found = suggest(revision.text, article.language or None, known, model)
    if words := lexicon(article.language or None, revision.text[:2_000]):
        found = [
            as_marked(revision.text, one, words)
            for one in found
            if is_said(revision.text, one, words)
        ]
    dozens = article.workspace.dozens_from
    told = [
        # Where "dozens" begins is a convention of the desk.
        replace(
            one,
            figures=tuple(figures(GAP.join(quotes(revision.text, one.content)), dozens, language)),
        )
        for one in found
    ]
    return told, version


def write(article: Article, revision: Revision, found: Sequence[Attribution], version: str) -> None:
    """Makes the open suggestions of an article those that are to be proposed, and no others.

    One that was proposed before stays the same row. The caller is in `atomic()`.
    """
    rows = every(Suggestion).filter(article=article)
    kept = {one.fingerprint: one for one in rows.select_for_update().order_by("id")}
    open_ones = {key: one for key, one in kept.items() if _is_open(one)}
    decided = [_decided(one, revision) for one in kept.values() if not _is_open(one)]
    wanted = new_ones(revision.text, found, claimed(revision), decided)
    rows.filter(pk__in=[one.pk for key, one in open_ones.items() if key not in wanted]).delete()
    new, again = [], []
    for key, attribution in wanted.items():
        row = open_ones.get(key)
        values = _values(revision, attribution, version)
        if row is None:
            base = {"workspace_id": article.workspace_id, "article": article, "fingerprint": key}
            new.append(Suggestion(**base, **values))
            continue
        for name, value in values.items():
            setattr(row, name, value)
        again.append(row)
    Suggestion.objects.bulk_create(new, batch_size=to_read.AT_ONCE)
    if again:
        Suggestion.objects.bulk_update(again, WRITTEN, batch_size=100)


def _is_open(one: Suggestion) -> bool:
    return bool(one.state == SuggestionState.PROPOSED)


def _decided(one: Suggestion, revision: Revision) -> Decided:
    here = one.revision_id == revision.pk
    content = tuple((start, end) for start, end in one.content) if here else ()
    return Decided(one.fingerprint, one.source_name, content)


def _values(revision: Revision, one: Attribution, version: str) -> dict[str, Any]:
    text = revision.text
    return {
        "revision": revision,
        "made_at": timezone.now(),
        "engine": Engine(one.engine).value,
        "engine_version": version,
        "score": min(max(one.score, 0.0), 1.0),
        "reasons": list(one.reasons),
        "start": one.content[0][0],
        "content": [list(piece) for piece in one.content],
        "source_words": [list(piece) for piece in one.source],
        "cue": [list(piece) for piece in one.cue],
        "words": GAP.join(quotes(text, one.content)),
        "kind": one.kind.value,
        "polarity": one.polarity.value if one.polarity else "",
        "speech": one.speech.value,
        "source_name": who_of(text, one)[:200],
        "source_ids": list(one.source_ids),
        "unnamed": one.unnamed,
        "said_as_stated": one.said_words[:200],
        "figures": [_figure(row) for row in one.figures],
    }


def _figure(row: FigureProposal) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COLUMNS}
