"""A desk to measure on: one long article, its claims, and what they are about.

Rows are made in bulk, past the actions and their journal, and their states are computed by
`state.refresh` as after an import. The same seed gives the same desk.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.actions import state
from claims.anchoring.text import paragraphs
from claims.models import (
    Article,
    Claim,
    Figure,
    Filing,
    Incident,
    Link,
    Membership,
    Position,
    Question,
    Revision,
    Side,
    Source,
    Span,
    User,
    Workspace,
)
from claims.models.folding import folded
from claims.records import (
    Aspect,
    Basis,
    ClaimKind,
    Extent,
    Measure,
    Polarity,
    Relation,
    Role,
    SourceKind,
    SpanRole,
    Speech,
    Stance,
)

WORDS = 20_000
SOURCES = 40
SIDES = 4
CLAIMS_OF_AN_INCIDENT = 84
PUBLISHED = dt.date(2016, 12, 8)
FIRST = "Ahmed Basim Dalia Faris Hanan Ibrahim Karim Layla Mahdi Nadia".split()
LAST = "al-Rawi al-Dulaimi Hashim al-Obeidi".split()
FILLER = (
    "the market road before noon near river crossing while families waited for trucks that had "
    "left town after fuel ran short and the bridge was closed to traffic by men in uniform"
).split()
CUES = ("said", "reported", "denied", "told reporters")


@dataclass
class Sentence:
    """One sentence of the text: where it begins and ends, who says it, and with which words."""

    start: int
    end: int
    who: tuple[int, int]
    cue: tuple[int, int]
    speaker: int


@dataclass
class Desk:
    """What was built: the analyst, the article, its sentences."""

    user: User
    article: Article
    revision: Revision
    sentences: list[Sentence] = field(default_factory=list)


def names() -> list[str]:
    """Forty names, no two alike."""
    return [f"{first} {last}" for last in LAST for first in FIRST][:SOURCES]


def text(chance: random.Random) -> tuple[str, list[Sentence]]:
    """A text of `WORDS` words in paragraphs of some sixty, each sentence attributed."""
    pieces: list[str] = []
    found = []
    at = words = 0
    while words < WORDS:
        line: list[str] = []
        for _ in range(chance.randint(2, 4)):
            speaker = chance.randrange(SOURCES)
            who, cue = names()[speaker], chance.choice(CUES)
            says = " ".join(chance.choices(FILLER, k=chance.randint(10, 20)))
            sentence = f"{who} {cue} that {chance.randint(3, 90)} civilians were killed {says}."
            start = at + sum(len(one) + 1 for one in line)
            after = start + len(who) + 1
            found.append(
                Sentence(
                    start,
                    start + len(sentence),
                    (start, start + len(who)),
                    (after, after + len(cue)),
                    speaker,
                )
            )
            line.append(sentence)
            words += len(sentence.split())
        pieces.append(" ".join(line))
        at += len(pieces[-1]) + 1
    return "\n".join(pieces), found


def build(slug: str, claims: int) -> Desk:
    """A desk of its own with one article of `WORDS` words and so many claims."""
    chance = random.Random(claims)
    with transaction.atomic():
        desk = Workspace.objects.create(slug=slug, name=slug.title())
        user = User.objects.create_user(f"analyst-{slug}")
        Membership.objects.create(workspace=desk, user=user, role=Role.ANALYST.value)
        sources = _sources(desk)
        built = _article(desk, user, sources[0], chance)
        incidents = _incidents(desk, max(1, claims // CLAIMS_OF_AN_INCIDENT))
        made = _claims(built, sources, incidents, claims, chance)
        _spans(built, made, chance)
        _figures(desk, made, chance)
        _filings(desk, user, made, chance)
        _links(desk, user, made, chance)
        state.refresh([incident.pk for incident in incidents])
        state.refresh_claims([claim.pk for claim, _ in made])
    return built


def _sources(desk: Workspace) -> list[Source]:
    sides = [
        Side.objects.create(workspace=desk, name=f"Side {n}", color=n) for n in range(1, SIDES + 1)
    ]
    rows = [
        Source(
            workspace=desk,
            name=name,
            name_folded=folded(name),
            kind=SourceKind.PERSON.value,
            side=sides[number % SIDES],
        )
        for number, name in enumerate(names())
    ]
    return list(Source.objects.bulk_create(rows))


def _article(desk: Workspace, user: User, publisher: Source, chance: random.Random) -> Desk:
    words, sentences = text(chance)
    sha256 = hashlib.sha256(words.encode()).hexdigest()
    article = Article.objects.create(
        workspace=desk,
        title="A long report",
        publisher=publisher,
        language="en",
        published_on=PUBLISHED,
        status="in_progress",
    )
    revision = Revision.objects.create(
        workspace=desk,
        article=article,
        text=words,
        sha256=sha256,
        captured_at=timezone.now(),
        captured_by=user,
        original_name="report.txt",
        original_sha256=sha256,
        original_type="text/plain",
        encoding="utf-8",
    )
    return Desk(user, article, revision, sentences)


def _incidents(desk: Workspace, how_many: int) -> list[Incident]:
    incidents = []
    for number in range(1, how_many + 1):
        incident = Incident.objects.create(
            workspace=desk, code=f"IQ-20161207-{number:02}", title=f"Strike {number}"
        )
        for order, aspect in enumerate((Aspect.CAUSE, Aspect.VICTIMS, Aspect.CASUALTIES)):
            question = Question.objects.create(
                workspace=desk,
                incident=incident,
                text=f"What of the {aspect.label}?",
                aspect=aspect.value,
                is_key=order == 0,
                exclusive=aspect is not Aspect.CASUALTIES,
                order=order,
            )
            for answer in range(3):
                Position.objects.create(
                    workspace=desk, question=question, text=f"Answer {answer + 1}", order=answer
                )
        incidents.append(incident)
    return incidents


def _claims(
    built: Desk,
    sources: list[Source],
    incidents: list[Incident],
    how_many: int,
    chance: random.Random,
) -> list[tuple[Claim, Sentence]]:
    """Claims spread over the text; one in twenty about no incident, two in twenty no fact."""
    step = len(built.sentences) / how_many
    rows = []
    for number in range(how_many):
        sentence = built.sentences[int(number * step)]
        kinds = [ClaimKind.FACTUAL] * 18 + [ClaimKind.EVALUATIVE, ClaimKind.DEMAND]
        claim = Claim(
            workspace=built.article.workspace,
            article=built.article,
            source=sources[sentence.speaker],
            incident=chance.choice(incidents) if chance.random() > 0.05 else None,
            kind=chance.choice(kinds).value,
            polarity=chance.choice([Polarity.ASSERTS, Polarity.ASSERTS, Polarity.DENIES]).value,
            speech=chance.choice(list(Speech)).value,
            said_from=PUBLISHED,
            annotator=built.user,
        )
        rows.append((claim, sentence))
    Claim.objects.bulk_create([claim for claim, _ in rows])
    return rows


def _spans(built: Desk, made: Iterable[tuple[Claim, Sentence]], chance: random.Random) -> None:
    """Who, reporting words and content of each; some reach into the next sentence, some nest."""
    lines = {line.start: line for line in paragraphs(built.revision.text)}
    starts = sorted(lines)
    rows = []
    for claim, sentence in made:
        own = lines[max(start for start in starts if start <= sentence.start)]
        inner = built.revision.text.index(" that ", sentence.cue[1]) + len(" that ")
        contents = {(inner, sentence.end)}
        kind = chance.random()
        if kind < 0.15:
            contents = {(inner, min(sentence.end + 60, own.end))}
        elif kind < 0.3:
            middle = built.revision.text.index(" ", (inner + sentence.end) // 2)
            contents = {(inner, middle - 4), (middle + 1, sentence.end)}
        pieces = [
            (SpanRole.SOURCE, *sentence.who),
            (SpanRole.CUE, *sentence.cue),
            *((SpanRole.CONTENT, *content) for content in sorted(contents)),
        ]
        rows += [
            Span(
                workspace=claim.workspace,
                claim=claim,
                revision=built.revision,
                role=role.value,
                start=start,
                end=end,
                quote=built.revision.text[start:end],
            )
            for role, start, end in pieces
        ]
    Span.objects.bulk_create(rows, batch_size=500)


def _figures(
    desk: Workspace, made: Iterable[tuple[Claim, Sentence]], chance: random.Random
) -> None:
    rows = [
        Figure(
            workspace=desk,
            claim=claim,
            measure=chance.choice(list(Measure)).value,
            low=(low := chance.randint(3, 90)),
            as_stated=str(low),
        )
        for claim, _ in made
        if chance.random() < 0.5
    ]
    Figure.objects.bulk_create(rows)


def _filings(
    desk: Workspace, user: User, made: Iterable[tuple[Claim, Sentence]], chance: random.Random
) -> None:
    """Two facts of three answer a question of their incident."""
    positions: dict[int, list[Position]] = {}
    for position in Position.objects.within(desk).select_related("question"):
        positions.setdefault(position.question.incident_id, []).append(position)
    rows: list[Filing] = [
        Filing(
            workspace=desk,
            claim=claim,
            position=chance.choice(positions[claim.incident_id]),
            stance=chance.choice([Stance.HOLDS, Stance.HOLDS, Stance.REJECTS]).value,
            extent=chance.choice([Extent.FULLY, Extent.FULLY, Extent.IN_PART]).value,
            annotator=user,
        )
        for claim, _ in made
        if claim.incident_id and claim.kind == ClaimKind.FACTUAL and chance.random() < 2 / 3
    ]
    Filing.objects.bulk_create(rows)


def _links(
    desk: Workspace, user: User, made: Iterable[tuple[Claim, Sentence]], chance: random.Random
) -> None:
    """One claim in four is linked to the next one of its incident."""
    last: dict[int, Claim] = {}
    rows: list[Any] = []
    for claim, _ in made:
        if claim.incident_id is None:
            continue
        other = last.get(claim.incident_id)
        if other is not None and chance.random() < 0.25:
            relation = chance.choice(
                [
                    Relation.CONTRADICTS,
                    Relation.CORROBORATES,
                    Relation.UNDERCUTS,
                    Relation.RESPONDS_TO,
                ]
            )
            rows.append(
                Link(
                    workspace=desk,
                    incident_id=claim.incident_id,
                    from_claim=claim,
                    to_claim=other,
                    relation=relation.value,
                    basis=Basis.CAUSE.value if relation is Relation.CONTRADICTS else "",
                    annotator=user,
                )
            )
        last[claim.incident_id] = claim
    Link.objects.bulk_create(rows)
