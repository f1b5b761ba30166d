"""Whatever is merged, split or moved: no rule breaks, states stay true, and undo gives it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.actions import incident_merge, move, rules, source_merge, split
from claims.actions.journal import Actor
from claims.models import (
    Assessment,
    AssessmentClaim,
    Change,
    Claim,
    Comment,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Rating,
    Source,
)
from claims.records import Extent, Relation, Role, Stance, Verdict
from tests import factories
from tests.unit.actions import searched
from tests.unit.actions.everything import everything, settle, there_and_back
from tests.unit.actions.reference import assert_as_the_reference_says

# Python's rules over many acts: what SQL there is, other tests ask of both databases.
pytestmark = pytest.mark.one_database

ROOTS: list[Any] = [
    *(Claim, Comment, Filing, Incident, Link, Position, Question, Rating, Source),
]
ACTS = ("merge incidents", "merge sources", "split", "move", "move to none")

small = st.integers(0, 5)
claims_drawn = st.lists(st.tuples(st.booleans(), st.integers(0, 2)), min_size=1, max_size=5)
filings_drawn = st.lists(
    st.tuples(small, small, st.sampled_from(list(Stance)), st.sampled_from(list(Extent))),
    max_size=6,
)
links_drawn = st.lists(st.tuples(small, small, st.sampled_from(list(Relation))), max_size=6)
remarks_drawn = st.lists(st.tuples(small, st.booleans(), small), max_size=6)
chosen_drawn = st.sets(small, min_size=1)


class Desk:
    """Two incidents that ask some of the same questions, and three sources, one of them unnamed.

    People have commented and decided on all of it, and have rated the sources.
    """

    def __init__(self, said: Any, filed: Any, linked: Any, remarks: Any) -> None:
        desk = factories.a_workspace()
        seat = factories.a_membership(desk, factories.a_user(), Role.OWNER)
        self.actor = Actor(desk, seat.user)
        article = factories.an_article(desk)
        self.incidents = [factories.an_incident(desk) for _ in range(2)]
        self.sources = [factories.a_source(desk) for _ in range(2)]
        self.sources.append(factories.a_source(desk, name="a medic", article=article))
        answers = [
            factories.a_position(question, text=text)
            for incident, texts in zip(self.incidents, (("a", "b"), ("b", "c")), strict=True)
            for question in [factories.a_question(incident, text="Why?")]
            for text in texts
        ]
        self.claims = [
            factories.a_claim(
                article,
                incident=self.incidents[second],
                source=self.sources[source],
                annotator=seat.user,
            )
            for second, source in said
        ]
        for claim, answer, stance, extent in filed:
            self.write(
                Filing(
                    claim=self.one(claim),
                    position=answers[answer % 4],
                    stance=stance.value,
                    extent=extent.value,
                )
            )
        for start, end, relation in linked:
            if self.one(start) != self.one(end):
                ends = {"from_claim": self.one(start), "to_claim": self.one(end)}
                about = {"incident": self.one(start).incident, "relation": relation.value}
                self.write(Link(**ends, **about))
        for source in self.sources:
            factories.a_rating(source)
        subjects: list[Any] = [*self.incidents, *Question.objects.order_by("id")]
        for number, again, claim in remarks:
            self.remark(subjects[number % len(subjects)], again, self.one(claim))
        settle()

    def remark(self, subject: Any, again: bool, claim: Claim) -> None:
        """A comment and a verdict, that of the first reviewer or one more."""
        factories.a_comment(subject)
        own = Assessment.objects.current().of(subject).first() if again else None
        reviewer = {"reviewer": own.reviewer, "supersedes": own} if own else {}
        answer = subject.positions.first() if isinstance(subject, Question) else None
        found = {"verdict": Verdict.LEANS.value, "position": answer} if answer else {}
        verdict = factories.an_assessment(subject, **reviewer, **found)
        AssessmentClaim.objects.create(
            workspace=self.actor.workspace, assessment=verdict, claim=claim
        )

    def one(self, number: int) -> Claim:
        return self.claims[number % len(self.claims)]

    def write(self, row: Any) -> None:
        """Writes the row, unless a rule forbids it."""
        row.workspace, row.annotator = self.actor.workspace, self.actor.user
        if not rules.breach(row):
            row.save()

    def act(self, what: str, chosen: set[int]) -> None:
        one, two = self.incidents
        picked = {claim.uid: claim.version for claim in map(self.one, chosen)}
        match what:
            case "merge incidents":
                incident_merge.merge(self.actor, one, two, (1, 1), consent=True)
            case "merge sources":
                kept, other = self.sources[0], self.sources[1 + len(chosen) % 2]
                source_merge.merge(self.actor, kept, other, (1, 1), consent=True)
            case "split":
                picked = {
                    claim.uid: 1 for claim in self.claims if claim.incident == self.one(0).incident
                }
                incident = self.one(0).incident
                assert incident
                several = list(picked.items())[: len(chosen)]
                split.split(self.actor, incident, 1, several, {"title": "New"}, consent=True)
            case "move":
                move.move(self.actor, list(picked.items()), two, consent=True)
            case _:
                move.move(self.actor, list(picked.items()), None, consent=True)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ACTS)
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(
    said=claims_drawn,
    filed=filings_drawn,
    linked=links_drawn,
    remarks=remarks_drawn,
    chosen=chosen_drawn,
)
def test_there_and_back(
    what: str, said: Any, filed: Any, linked: Any, remarks: Any, chosen: set[int]
) -> None:
    with transaction.atomic():
        desk = Desk(said, filed, linked, remarks)
        before = everything()
        desk.act(what, chosen)
        searched.assert_is_up_to_date()
        assert Comment.objects.kept().count() == len(remarks)
        for verdict in Assessment.objects.all():
            assert rules.breach(verdict) == ""
            assert not verdict.about.deleted_at
        for incident in Incident.objects.all():
            assert_as_the_reference_says(incident.pk)
        for model in ROOTS:
            for row in model.objects.kept():
                assert rules.breach(row) == ""
        if Change.objects.exists():
            there_and_back(desk.actor, before)
        transaction.set_rollback(True)
