"""Any order of acts, undos and redos on one incident keeps states true and can be walked back."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from claims.actions import claim as claims
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import rules, source, undo
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Actor, plain
from claims.actions.link import FilingInput
from claims.actions.spans import SpanInput
from claims.models import Change, Claim, Filing, Link, Position, Question, Source, Span
from claims.models.base import Root
from claims.records import ClaimKind, ClaimStatus, Extent, Relation, Role, SpanRole, Stance
from tests import factories
from tests.unit.actions.reference import assert_as_the_reference_says

EXAMPLES = int(os.environ.get("COUNTERCLAIM_EXAMPLES", "10"))
STEPS = 20
ROOTS: list[type[Root]] = [Claim, Link, Filing, Question, Position, Source]
WORDS = [SpanInput(SpanRole.CONTENT, start, start + 6) for start in (0, 9, 20, 30)]

number = st.integers(0, 20)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)


class Desk(RuleBasedStateMachine):
    """Two people at work on one incident, who also take back what they and the other did."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        desk = factories.a_workspace(slug="desk")
        seats = [factories.a_membership(desk, role=Role.REVIEWER) for _ in range(2)]
        self.people = [Actor(desk, seat.user) for seat in seats]
        self.article = factories.an_article(desk, status="in_progress")
        self.incident = factories.an_incident(desk)
        self.sides = [factories.a_side(desk) for _ in range(2)]
        self.speakers = [factories.a_source(desk, side=self.sides[0]) for _ in range(3)]
        self.speakers.append(factories.a_source(desk, name="a medic", article=self.article))

    def everything(self) -> dict[str, Any]:
        """All that is there and not deleted, without versions and derived columns."""
        found: dict[str, Any] = {
            f"{model.__name__} {row.pk}": plain(row)
            for model in ROOTS
            for row in model.objects.kept()
        }
        spans = Span.objects.filter(claim__deleted_at=None)
        return found | {f"Span {span.pk}": plain(span) for span in spans}

    def one(self, model: type[Root], which: int) -> Any:
        rows = list(model.objects.kept().order_by("id"))
        return rows[which % len(rows)] if rows else None

    def attempt(self, act: Any, *needed: object) -> None:
        """Does it, where what it needs is there; a refusal leaves everything as it was."""
        if any(row is None for row in needed):
            return
        before, count = self.everything(), Change.objects.count()
        try:
            act()
        except (ValidationError, NeedsConsent):
            assert self.everything() == before
            assert Change.objects.count() == count
        else:
            assert Change.objects.count() <= count + 1

    # -- acts --------------------------------------------------------------------------------

    @rule(who=number, speaker=number, about=st.booleans(), said=words)
    def make_a_claim(self, who: int, speaker: int, about: bool, said: list[SpanInput]) -> None:
        values = {
            "source": self.speakers[speaker % 4],
            "incident": self.incident if about else None,
        }
        self.attempt(lambda: claims.create(self.people[who % 2], self.article, values, said))

    @rule(
        which=number,
        speaker=number,
        about=st.booleans(),
        kind=st.sampled_from(list(ClaimKind)),
        said=words,
        consent=st.booleans(),
    )
    def edit_a_claim(self, which: int, speaker: int, consent: bool, **values: Any) -> None:
        claim = self.one(Claim, which)
        told = {
            "source": self.speakers[speaker % 4],
            "incident": self.incident if values["about"] else None,
            "kind": values["kind"].value,
        }
        self.attempt(
            lambda: claims.edit(
                self.people[0], claim, claim.version, told, spans=values["said"], consent=consent
            ),
            claim,
        )

    @rule(which=number, status=st.sampled_from(list(ClaimStatus)))
    def set_a_status(self, which: int, status: ClaimStatus) -> None:
        claim = self.one(Claim, which)
        self.attempt(lambda: claims.set_status(self.people[1], claim, claim.version, status), claim)

    @rule(model=st.sampled_from([Claim, Link, Filing, Question, Position]), which=number)
    def delete_something(self, model: type[Root], which: int) -> None:
        row = self.one(model, which)
        delete: Any = {
            Claim: claims.delete,
            Link: links.delete,
            Filing: links.delete_filing,
            Question: incidents.delete_question,
            Position: incidents.delete_position,
        }[model]
        self.attempt(lambda: delete(self.people[1], row, row.version), row)

    @rule(who=number, one=number, other=number, relation=st.sampled_from(list(Relation)))
    def link_two_claims(self, who: int, one: int, other: int, relation: Relation) -> None:
        start, end = self.one(Claim, one), self.one(Claim, other)
        self.attempt(
            lambda: links.create(self.people[who % 2], start.uid, end.uid, relation), start
        )

    @rule(one=number, other=number, consent=st.booleans())
    def say_it_is_the_same(self, one: int, other: int, consent: bool) -> None:
        start, end = self.one(Claim, one), self.one(Claim, other)
        self.attempt(
            lambda: claims.restate(self.people[0], start, start.version, end.uid, consent=consent),
            start,
        )

    @rule(
        which=number,
        answer=number,
        stance=st.sampled_from(list(Stance)),
        extent=st.sampled_from(list(Extent)),
    )
    def file_a_claim(self, which: int, answer: int, stance: Stance, extent: Extent) -> None:
        claim, position = self.one(Claim, which), self.one(Position, answer)
        filing = FilingInput(position, stance, extent)
        self.attempt(lambda: links.file(self.people[0], claim.uid, filing), claim, position)

    @rule(which=number, stance=st.sampled_from(list(Stance)))
    def edit_a_filing(self, which: int, stance: Stance) -> None:
        row = self.one(Filing, which)
        self.attempt(
            lambda: links.edit_filing(
                self.people[1], row, row.version, stance=stance, extent=Extent.FULLY
            ),
            row,
        )

    @rule(text=st.sampled_from("abc"), is_key=st.booleans(), exclusive=st.booleans())
    def ask_a_question(self, text: str, is_key: bool, exclusive: bool) -> None:
        values = {"text": text, "is_key": is_key, "exclusive": exclusive}
        self.attempt(
            lambda: incidents.add_question(self.people[0], self.incident, values, ["so", "not so"])
        )

    @rule(which=number, text=st.sampled_from("xyz"))
    def add_an_answer(self, which: int, text: str) -> None:
        row = self.one(Question, which)
        self.attempt(lambda: incidents.add_position(self.people[1], row, {"text": text}), row)

    @rule(which=number, competes=st.booleans(), text=st.sampled_from("xyz"))
    def edit_an_answer(self, which: int, competes: bool, text: str) -> None:
        row = self.one(Position, which)
        values = {"competes": competes, "text": text}
        self.attempt(lambda: incidents.edit_position(self.people[0], row, row.version, values), row)

    @rule(which=number, side=number, above=number)
    def edit_a_source(self, which: int, side: int, above: int) -> None:
        row, *others = (
            Source.objects.get(pk=speaker.pk)
            for speaker in (self.speakers[which % 4], *self.speakers)
        )
        values = {
            "side": [None, *self.sides][side % 3],
            "affiliation": [None, *others[:3]][above % 4],
        }
        self.attempt(lambda: source.edit(self.people[1], row, row.version, values))

    @rule(who=number, consent=st.booleans())
    def undo_what_was_done_last(self, who: int, consent: bool) -> None:
        actor = self.people[who % 2]
        change = undo.latest(actor)
        self.attempt(lambda: undo.undo(actor, change, consent=consent), change)  # type: ignore[arg-type]

    @rule(who=number, which=number, consent=st.booleans())
    def undo_anything(self, who: int, which: int, consent: bool) -> None:
        changes = list(Change.objects.filter(undone_by=None).order_by("-id"))
        change = changes[which % len(changes)] if changes else None
        actor = self.people[who % 2]
        self.attempt(lambda: undo.undo(actor, change, consent=consent), change)  # type: ignore[arg-type]

    # -- what always holds -------------------------------------------------------------------

    @invariant()
    def states_are_those_of_the_reference(self) -> None:
        assert_as_the_reference_says(self.incident.pk)
        for claim in Claim.objects.filter(incident=None):
            assert claim.originator_id == claim.source_id
            assert not claim.disputed
            assert claim.live == (
                claim.deleted_at is None
                and claim.kind == ClaimKind.FACTUAL.value
                and claim.status in (ClaimStatus.SUBMITTED.value, ClaimStatus.APPROVED.value)
            )

    @invariant()
    def no_rule_is_broken(self) -> None:
        for model in ROOTS:
            for row in model.objects.kept():
                assert rules.breach(row) == ""
        for claim in Claim.objects.kept():
            assert claim.spans.filter(role=SpanRole.CONTENT.value).exists()

    def teardown(self) -> None:
        """Walks all of it back, agreeing to what is asked: no rule breaks, no state goes astray."""
        try:
            self.walk_back()
            self.states_are_those_of_the_reference()
            self.no_rule_is_broken()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def walk_back(self) -> None:
        for change in list(Change.objects.filter(undone_by=None).order_by("-id")):
            with suppress(ValidationError), transaction.atomic():
                undo.undo(self.people[0], change, consent=True)


@pytest.mark.django_db
def test_any_order_of_acts_and_undos() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            # The same sequences each time, so that a run can't fail by chance; by hand, with
            # COUNTERCLAIM_EXAMPLES, others are tried.
            derandomize="COUNTERCLAIM_EXAMPLES" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )
