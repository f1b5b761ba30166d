"""A desk of very many claims: ten to an incident, some of which contest each other.

Rows are made in bulk, past the actions and their journal, and their states are computed by
`state.refresh` as after an import. The same number gives the same desk.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.actions import state
from claims.anchoring.text import sha256
from claims.models import (
    Article,
    Assessment,
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

CHUNK = 500
"""Incidents made at once: their states are refreshed in one go."""
CLAIMS_OF_AN_INCIDENT = 10
CLAIMS_OF_A_BIG_ONE = 200
SOURCES = 4_000
PLACES = ("al-Qa'im", "Mosul", "Rutba", "Hit", "Anah", "Rawa", "Tikrit", "Baiji")
FIRST_DAY = dt.datetime(2010, 1, 1, 9, tzinfo=dt.UTC)
DAYS = 3_650
LINE = "Somebody said that {} people were killed when the depot near {} was hit before noon."


class World:
    """The desk, and what the pages are asked for with."""

    def __init__(self, claims: int) -> None:
        self.chance = random.Random(claims)
        self.desk: Workspace = Workspace.objects.create(slug="large", name="Large")
        self.reviewer: User = User.objects.create_user("reviewer")
        self.others = [User.objects.create_user(f"analyst{n}") for n in range(4)]
        for user, role in ((self.reviewer, "reviewer"), *((one, "analyst") for one in self.others)):
            Membership.objects.create(workspace=self.desk, user=user, role=role)
        self.sides = Side.objects.bulk_create(
            Side(workspace=self.desk, name=f"Side {n}", color=n) for n in range(1, 6)
        )
        # The last side is a small one.
        self.sources = Source.objects.bulk_create(
            Source(
                workspace=self.desk,
                name=f"Source {n}",
                name_folded=folded(f"Source {n}"),
                side=self.sides[4 if n < SOURCES / 1_000 else n % 4],
            )
            for n in range(SOURCES)
        )
        self.big = self.some(0, 1, CLAIMS_OF_A_BIG_ONE)[0]
        for start in range(1, claims // CLAIMS_OF_AN_INCIDENT, CHUNK):
            count = min(CHUNK, claims // CLAIMS_OF_AN_INCIDENT - start)
            self.some(start, count, CLAIMS_OF_AN_INCIDENT)

    @transaction.atomic
    def some(self, start: int, count: int, each: int) -> list[Incident]:
        """So many incidents of so many claims `each`, with all that hangs on them."""
        incidents = Incident.objects.bulk_create(self.incident(start + n) for n in range(count))
        questions = Question.objects.bulk_create(
            Question(
                workspace=self.desk,
                incident=incident,
                text=text,
                is_key=key,
                exclusive=key,
                order=order,
            )
            for incident in incidents
            for order, (text, key) in enumerate((("What hit it?", True), ("How many died?", False)))
        )
        answers = Position.objects.bulk_create(
            Position(workspace=self.desk, question=question, text=text, order=order)
            for question in questions
            for order, text in enumerate(("A strike", "A car bomb"))
        )
        claims = self.claims(incidents, each)
        Filing.objects.bulk_create(self.filings(claims, answers, each), CHUNK * 10)
        Link.objects.bulk_create(self.links(claims), CHUNK * 10)
        Assessment.objects.bulk_create(self.verdicts(questions, answers))
        state.refresh([incident.pk for incident in incidents])
        return incidents

    def incident(self, number: int) -> Incident:
        """One in three is somebody's."""
        return Incident(
            workspace=self.desk,
            code=f"IQ-{number:06}",
            title=f"Strike on the depot {number}",
            occurred_from=FIRST_DAY + dt.timedelta(self.chance.randrange(DAYS)),
            place=self.chance.choice(PLACES),
            assignee=self.chance.choice(self.others) if number % 3 == 0 else None,
        )

    def claims(self, incidents: list[Incident], each: int) -> list[Claim]:
        """The claims of each incident, in articles of ten; of a big one, of forty sources."""
        wanted = [incident for incident in incidents for _ in range(each)]
        big = each == CLAIMS_OF_A_BIG_ONE
        articles = Article.objects.bulk_create(
            Article(
                workspace=self.desk,
                title=f"Report on {incident.title}",
                publisher=self.chance.choice(self.sources),
                published_on=incident.occurred_from,
                status="annotated",
            )
            for incident in wanted[::CLAIMS_OF_AN_INCIDENT]
        )
        lines = [LINE.format(self.chance.randrange(1, 90), one.place) for one in wanted]
        size = CLAIMS_OF_AN_INCIDENT
        texts = ["\n".join(lines[at : at + size]) for at in range(0, len(lines), size)]
        revisions = Revision.objects.bulk_create(
            Revision(
                workspace=self.desk,
                article=article,
                text=text,
                sha256=sha256(text),
                original_name="report.txt",
                original_sha256=sha256(text),
                original_type="text/plain",
                encoding="utf-8",
                captured_at=timezone.now(),
                captured_by=self.reviewer,
            )
            for article, text in zip(articles, texts, strict=True)
        )
        claims = Claim.objects.bulk_create(
            (
                Claim(
                    workspace=self.desk,
                    article=articles[n // size],
                    source=self.chance.choice(self.sources[: SOURCES // 100 if big else SOURCES]),
                    incident=incident,
                    annotator=self.chance.choice(self.others),
                    status="submitted" if n % 4 == 0 else "approved",
                    said_from=incident.occurred_from,
                )
                for n, incident in enumerate(wanted)
            ),
            CHUNK * 10,
        )
        spans, at = [], 0
        for n, claim in enumerate(claims):
            at = 0 if n % size == 0 else at
            spans.append(
                Span(
                    workspace=self.desk,
                    claim=claim,
                    revision=revisions[n // size],
                    role="content",
                    start=at,
                    end=at + len(lines[n]),
                    quote=lines[n],
                )
            )
            at += len(lines[n]) + 1
        Span.objects.bulk_create(spans, CHUNK * 10)
        Figure.objects.bulk_create(
            (
                Figure(workspace=self.desk, claim=claim, measure="killed", low=n % 90, high=n % 90)
                for n, claim in enumerate(claims)
                if n % 3 == 0
            ),
            CHUNK * 10,
        )
        return claims

    def filings(self, claims: list[Claim], answers: list[Position], each: int) -> Iterator[Filing]:
        """Two claims of three, under an answer of their incident; in one of five all agree."""
        for n, claim in enumerate(claims):
            if n % 3 == 2:
                continue
            own = answers[n // each * 4 : n // each * 4 + 4]
            agree = (n // each) % 5 == 0
            yield Filing(
                workspace=self.desk,
                claim=claim,
                position=own[0] if agree else self.chance.choice(own),
                annotator=self.others[0],
            )

    def links(self, claims: list[Claim]) -> Iterator[Link]:
        """One claim of ten with the next one of its incident."""
        for claim, following in zip(claims[::10], claims[1::10], strict=False):
            if claim.incident_id == following.incident_id:
                relation = self.chance.choice(("contradicts", "corroborates", "undercuts"))
                yield Link(
                    workspace=self.desk,
                    incident=claim.incident,
                    from_claim=claim,
                    to_claim=following,
                    relation=relation,
                    basis="cause" if relation == "contradicts" else "",
                    annotator=self.others[0],
                )

    def verdicts(self, questions: list[Question], answers: list[Position]) -> Iterator[Any]:
        """On the key question of one incident in twenty; every fourth of them wants a second."""
        for n, question in enumerate(questions[::40]):
            yield Assessment(
                workspace=self.desk,
                question=question,
                position=answers[n * 80],
                verdict="leans",
                confidence="low",
                rationale="So it seems.",
                reviewer=self.reviewer,
                wants_second=n % 4 == 0,
            )
