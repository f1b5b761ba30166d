"""What belongs to something that is purged: its rows, and the lines of the journal about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q

from claims.models import (
    Alias,
    Article,
    ChangeTopic,
    Claim,
    Comment,
    Figure,
    Filing,
    Link,
    ParagraphRead,
    Placement,
    Rating,
    Revision,
    Source,
    Span,
    Suggestion,
    Upload,
)
from claims.models.base import Root
from claims.records import SpanRole

AT_ONCE = 500


@dataclass
class Going:
    """What goes: `roots` leave a row without content, `parts` go for good, the last first.

    `lines` are those of the journal whose rows may be there no more.
    """

    roots: list[Root] = field(default_factory=list)
    parts: list[models.Model] = field(default_factory=list)
    lines: list[Q] = field(default_factory=list)
    files: set[str] = field(default_factory=set)

    def add(self, roots: Iterable[Root] = (), parts: Iterable[models.Model] = ()) -> None:
        """Takes these in, with what the journal says of them, each once."""
        known = {_key(row) for row in (*self.roots, *self.parts)}
        new = [row for row in roots if _key(row) not in known]
        pieces = [row for row in parts if _key(row) not in known]
        self.roots += new
        self.parts += pieces
        self._lines_of([*new, *pieces])

    def _lines_of(self, rows: Iterable[models.Model]) -> None:
        ids: dict[str, list[int]] = {}
        for row in rows:
            ids.setdefault(str(row._meta.model_name), []).append(row.pk)
        for name, its in ids.items():
            for start in range(0, len(its), AT_ONCE):
                self.lines.append(Q(model=name, object_id__in=its[start : start + AT_ONCE]))

    def once(self, noun: str, ids: list[int], tables: dict[str, str], **also: Any) -> None:
        """Lines of parts that are gone already: found by the acts that were about these things."""
        acts = ChangeTopic.objects.filter(noun=noun, object_id__in=ids).values("change")
        for table, column in tables.items():
            for side in ("before", "after"):
                narrow = {f"{side}__{name}": value for name, value in also.items()}
                about = {f"{side}__{column}__in": ids}
                self.lines.append(Q(change__in=acts, model=table, **about, **narrow))


def of(row: Root, *, claims: bool = False) -> Going:
    """All that goes with `row`; with `claims`, what a source has said goes too."""
    going = Going()
    match row:
        case Source():
            _source(going, row, claims=claims)
        case Article():
            _article(going, row)
        case Claim():
            _claims(going, [row])
        case Comment():
            going.add([row])
    return going


def _claims(going: Going, claims: list[Claim]) -> None:
    """With their words, numbers and comments, and what was noted on their links."""
    ids = [claim.pk for claim in claims]
    going.add(
        [
            *claims,
            *Comment.objects.filter(claim__in=ids),
            *Link.objects.filter(Q(from_claim__in=ids) | Q(to_claim__in=ids)),
            *Filing.objects.filter(claim__in=ids),
        ],
        [
            part
            for table in (Placement, Span, Figure)
            for part in table.objects.filter(claim__in=ids).select_related("claim")
        ],
    )
    going.add(parts=Suggestion.objects.filter(claim__in=ids))
    going.once("claim", ids, dict.fromkeys(("span", "figure", "placement"), "claim_id"))


def _source(going: Going, source: Source, *, claims: bool) -> None:
    """With its other names, what was written of how reliable it is, and the words that name it."""
    going.add([source, *source.ratings.all()], source.aliases.all())
    going.once("source", [source.pk], {"alias": "source_id"})
    said = list(Claim.objects.filter(source=source))
    if claims:
        _claims(going, said)
        return
    ids = [claim.pk for claim in said]
    who = {"claim__in": ids, "role": SpanRole.SOURCE.value}
    going.add(
        parts=[
            *Placement.objects.filter(**who).select_related("claim"),
            *Span.objects.filter(**who).select_related("claim"),
        ]
    )
    going.once(
        "claim", ids, dict.fromkeys(("span", "placement"), "claim_id"), role=SpanRole.SOURCE.value
    )


def _article(going: Going, article: Article) -> None:
    """With its texts, files and unnamed sources, and all claims that were made of it."""
    _claims(going, list(Claim.objects.filter(article=article)))
    for source in Source.objects.filter(article=article):
        _source(going, source, claims=True)
    texts = Revision.objects.filter(article=article)
    going.add([article, *Comment.objects.filter(article=article)])
    going.add(
        parts=[
            *Upload.objects.filter(article=article),
            *Suggestion.objects.filter(article=article),
            *ParagraphRead.objects.filter(revision__in=texts),
            *texts,
        ]
    )
    going.once("article", [article.pk], {"revision": "article_id"})
    going.files |= {one.original.name for one in texts if one.original}


def names_of(going: Going) -> Iterator[str]:
    """What is said of other things too, wherever it stands: names and titles."""
    for row in (*going.roots, *going.parts):
        match row:
            case Source(named=True):
                yield row.name
            case Alias():
                yield row.name
            case Article():
                yield row.title


def texts_of(going: Going) -> Iterator[str]:
    """What else stood in the rows, for what may quote it."""
    for row in (*going.roots, *going.parts):
        match row:
            case Source(named=False):
                yield row.name
            case Span():
                yield row.quote
            case Suggestion():
                yield row.words
            case Claim() | Comment() | Figure() | Link() | Rating():
                for column in ("paraphrase", "translation", "text", "as_stated", "note", "reason"):
                    yield getattr(row, column, "")


def _key(row: models.Model) -> tuple[str, int]:
    return str(row._meta.model_name), row.pk
