"""A desk at which chance has several people work on one incident and take back what was done.

Hypothesis leads, and cuts what fails short; or a seed does, for as many changes as wanted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from itertools import combinations
from random import Random
from typing import Any, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from claims.actions import assessment as verdicts
from claims.actions import claim as claims
from claims.actions import comment as comments
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import search, source, undo
from claims.actions.errors import NeedsConsent
from claims.actions.journal import Actor
from claims.actions.link import FilingInput
from claims.actions.rows import plain
from claims.actions.spans import SpanInput
from claims.models import (
    Alias,
    Assessment,
    Change,
    Claim,
    Comment,
    Figure,
    Filing,
    Link,
    Mention,
    Position,
    Question,
    Source,
    Span,
)
from claims.models.base import Root
from claims.records import (
    ClaimKind,
    ClaimStatus,
    Confidence,
    Extent,
    Relation,
    Role,
    SpanRole,
    Stance,
    Verdict,
)
from tests import factories

# The suite keeps a few; a long hunt is `COUNTERCLAIM_EXAMPLES=300`. A day is worth ten examples.
EXAMPLES = int(os.environ.get("COUNTERCLAIM_EXAMPLES", "6"))
DAYS = range(max(1, EXAMPLES // 10))
PEOPLE = 3
UNDOS = 0.35  # of all that is tried by chance
ROOTS: list[type[Root]] = [Claim, Link, Filing, Question, Position, Source, Comment]
F = TypeVar("F", bound=Callable[..., None])

# What there is to choose from.
NUMBER = range(21)
EITHER = (False, True)
_SPANS = [SpanInput(SpanRole.CONTENT, start, start + 6) for start in (0, 9, 20, 30)]
WORDS = [words for count in (1, 2, 3) for words in combinations(_SPANS, count)]
_FIGURES = [{"measure": "killed", "low": low} for low in (3, 4)]
FIGURES = [None, [], _FIGURES, *([figure] for figure in _FIGURES)]


def chosen(**choices: Sequence[Any]) -> Callable[[F], F]:
    """A rule for Hypothesis, whose arguments chance can also choose without it."""

    def made(method: F) -> F:
        drawn: Any = {name: st.sampled_from(of) for name, of in choices.items()}
        turn: Any = rule(**drawn)
        found = turn(method)
        found.choices = choices
        return cast(F, found)

    return made


class Desk(RuleBasedStateMachine):
    """People at work on one incident, who also take back what they and the others did."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        desk = factories.a_workspace(slug="desk")
        seats = [factories.a_membership(desk, role=Role.REVIEWER) for _ in range(PEOPLE)]
        self.people = [Actor(desk, seat.user) for seat in seats]
        self.article = factories.an_article(desk, status="in_progress")
        self.incident = factories.an_incident(desk)
        self.sides = [factories.a_side(desk) for _ in range(2)]
        self.speakers = [factories.a_source(desk, side=self.sides[0]) for _ in range(3)]
        self.speakers.append(factories.a_source(desk, name="a medic", article=self.article))
        search.rebuild()
        self.now = self.everything()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def everything(self) -> dict[str, Any]:
        """All that is there and not deleted, without versions and derived columns."""
        found: dict[str, Any] = {
            f"{model.__name__} {row.pk}": plain(row)
            for model in ROOTS
            for row in model.objects.kept()
        }
        parts = [
            *Span.objects.filter(claim__deleted_at=None),
            *Figure.objects.filter(claim__deleted_at=None),
            *Alias.objects.filter(source__deleted_at=None),
            *Mention.objects.filter(comment__deleted_at=None),
            *Assessment.objects.filter(withdrawn_at=None),
        ]
        return found | {f"{type(part).__name__} {part.pk}": plain(part) for part in parts}

    def one(self, model: type[Root], which: int) -> Any:
        rows = list(model.objects.kept().order_by("id"))
        return rows[which % len(rows)] if rows else None

    def attempt(self, act: Any, *needed: object) -> Change | None:
        """Does it, where what it needs is there; a refusal leaves everything as it was."""
        if any(row is None for row in needed):
            return None
        count = Change.objects.count()
        try:
            act()
        except (ValidationError, NeedsConsent):
            assert self.everything() == self.now
            assert Change.objects.count() == count
            return None
        self.now = self.everything()
        if Change.objects.count() == count:
            return None
        assert Change.objects.count() == count + 1
        change: Change = Change.objects.latest("id")
        return change

    # -- acts --------------------------------------------------------------------------------

    @chosen(who=NUMBER, speaker=NUMBER, about=EITHER, said=WORDS)
    def make_a_claim(self, who: int, speaker: int, about: bool, said: Sequence[SpanInput]) -> None:
        values = {
            "source": self.speakers[speaker % 4],
            "incident": self.incident if about else None,
        }
        self.attempt(lambda: claims.create(self.people[who % PEOPLE], self.article, values, said))

    @chosen(
        which=NUMBER,
        speaker=NUMBER,
        about=EITHER,
        kind=list(ClaimKind),
        said=WORDS,
        figures=FIGURES,
        consent=EITHER,
    )
    def edit_a_claim(self, which: int, speaker: int, consent: bool, **values: Any) -> None:
        claim = self.one(Claim, which)
        told = {
            "source": self.speakers[speaker % 4],
            "incident": self.incident if values["about"] else None,
            "kind": values["kind"].value,
        }
        parts = {"spans": values["said"], "figures": values["figures"]}
        self.attempt(
            lambda: claims.edit(
                self.people[0], claim, claim.version, told, **parts, consent=consent
            ),
            claim,
        )

    @chosen(who=NUMBER, which=NUMBER, said=WORDS)
    def choose_other_words(self, who: int, which: int, said: Sequence[SpanInput]) -> None:
        actor, claim = self.people[who % PEOPLE], self.one(Claim, which)
        self.attempt(lambda: claims.edit(actor, claim, claim.version, {}, spans=said), claim)

    @chosen(which=NUMBER, status=list(ClaimStatus))
    def set_a_status(self, which: int, status: ClaimStatus) -> None:
        claim = self.one(Claim, which)
        self.attempt(lambda: claims.set_status(self.people[1], claim, claim.version, status), claim)

    @chosen(model=[Claim, Link, Filing, Question, Position], which=NUMBER)
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

    @chosen(who=NUMBER, one=NUMBER, other=NUMBER, relation=list(Relation))
    def link_two_claims(self, who: int, one: int, other: int, relation: Relation) -> None:
        start, end = self.one(Claim, one), self.one(Claim, other)
        self.attempt(
            lambda: links.create(self.people[who % PEOPLE], start.uid, end.uid, relation), start
        )

    @chosen(one=NUMBER, other=NUMBER, consent=EITHER)
    def say_it_is_the_same(self, one: int, other: int, consent: bool) -> None:
        start, end = self.one(Claim, one), self.one(Claim, other)
        self.attempt(
            lambda: claims.restate(self.people[0], start, start.version, end.uid, consent=consent),
            start,
        )

    @chosen(
        which=NUMBER,
        answer=NUMBER,
        stance=list(Stance),
        extent=list(Extent),
    )
    def file_a_claim(self, which: int, answer: int, stance: Stance, extent: Extent) -> None:
        claim, position = self.one(Claim, which), self.one(Position, answer)
        filing = FilingInput(position, stance, extent)
        self.attempt(lambda: links.file(self.people[0], claim.uid, filing), claim, position)

    @chosen(which=NUMBER, stance=list(Stance))
    def edit_a_filing(self, which: int, stance: Stance) -> None:
        row = self.one(Filing, which)
        self.attempt(
            lambda: links.edit_filing(
                self.people[1], row, row.version, stance=stance, extent=Extent.FULLY
            ),
            row,
        )

    @chosen(text="abc", is_key=EITHER, exclusive=EITHER)
    def ask_a_question(self, text: str, is_key: bool, exclusive: bool) -> None:
        values = {"text": text, "is_key": is_key, "exclusive": exclusive}
        self.attempt(
            lambda: incidents.add_question(self.people[0], self.incident, values, ["so", "not so"])
        )

    @chosen(which=NUMBER, text="xyz")
    def add_an_answer(self, which: int, text: str) -> None:
        row = self.one(Question, which)
        self.attempt(lambda: incidents.add_position(self.people[1], row, {"text": text}), row)

    @chosen(which=NUMBER, competes=EITHER, text="xyz")
    def edit_an_answer(self, which: int, competes: bool, text: str) -> None:
        row = self.one(Position, which)
        values = {"competes": competes, "text": text}
        self.attempt(lambda: incidents.edit_position(self.people[0], row, row.version, values), row)

    @chosen(which=NUMBER, side=NUMBER, above=NUMBER, names=[None, "", "M", "MN"])
    def edit_a_source(self, which: int, side: int, above: int, names: str | None) -> None:
        row, *others = (
            Source.objects.get(pk=speaker.pk)
            for speaker in (self.speakers[which % 4], *self.speakers)
        )
        values = {
            "side": [None, *self.sides][side % 3],
            "affiliation": [None, *others[:3]][above % 4],
        }
        self.attempt(lambda: source.edit(self.people[1], row, row.version, values, names))

    @chosen(who=NUMBER, which=NUMBER, whole=EITHER, second=EITHER, answered=EITHER)
    def record_a_verdict(
        self, who: int, which: int, whole: bool, second: bool, answered: bool
    ) -> None:
        subject = self.incident if whole else self.one(Question, which)
        answer = None if whole or not answered else self.one(Position, which)
        finding = verdicts.Finding(
            Verdict.LEANS if answer else Verdict.UNRESOLVED,
            Confidence.LOW,
            "So it seems.",
            position=answer,
            claims=tuple(Claim.objects.kept().values_list("uid", flat=True)[:2]),
            wants_second=second,
        )
        actor = self.people[who % PEOPLE]
        self.attempt(lambda: verdicts.record(actor, subject, finding), subject)

    @chosen(who=NUMBER, which=NUMBER, asks=EITHER, wanted=EITHER)
    def do_something_with_a_verdict(self, who: int, which: int, asks: bool, wanted: bool) -> None:
        rows = list(Assessment.objects.order_by("id"))
        row: Any = rows[which % len(rows)] if rows else None
        actor = self.people[who % PEOPLE]
        if asks:
            self.attempt(lambda: verdicts.ask(actor, row, wanted=wanted), row)
        else:
            self.attempt(lambda: verdicts.withdraw(actor, row), row)

    @chosen(who=NUMBER, which=NUMBER, model=[Claim, Question, Comment])
    def comment_on_something(self, who: int, which: int, model: type[Root]) -> None:
        row, actor = self.one(model, which), self.people[who % PEOPLE]
        if model is Comment:
            self.attempt(lambda: comments.edit(actor, row, row.version, "Never mind."), row)
        else:
            text = f"What do you think, @{self.people[0].user.username}?"
            self.attempt(lambda: comments.create(actor, row, text), row)

    @chosen(who=NUMBER, consent=EITHER)
    def undo_what_was_done_last(self, who: int, consent: bool) -> None:
        self.take_back(who, undo.latest(self.people[who % PEOPLE]), consent=consent)

    @chosen(who=NUMBER, which=NUMBER, consent=EITHER)
    def undo_anything(self, who: int, which: int, consent: bool) -> None:
        """An act, or an undo, which is a redo."""
        changes = list(Change.objects.filter(undone_by=None).order_by("-id"))
        self.take_back(who, changes[which % len(changes)] if changes else None, consent=consent)

    def take_back(self, who: int, change: Change | None, *, consent: bool) -> Change | None:
        actor = self.people[who % PEOPLE]
        return self.attempt(lambda: undo.undo(actor, change, consent=consent), change)  # type: ignore[arg-type]

    # -- by chance ---------------------------------------------------------------------------

    def work(self, seed: int, changes: int) -> None:
        """Acts, undos and redos, until there are that many changes."""
        chance = Random(seed)  # noqa: S311
        undos = [Desk.undo_what_was_done_last, Desk.undo_anything]
        acts = [act for act in vars(Desk).values() if hasattr(act, "choices")]
        while Change.objects.count() < changes:
            act: Any = chance.choice(undos if chance.random() < UNDOS else acts)
            act(self, **{name: chance.choice(of) for name, of in act.choices.items()})

    def walk_back(self) -> None:
        """Takes all of it back, the newest first, with nobody there to agree to anything."""
        # What stands for an act by now: when its undo is walked back, the redo that this made.
        stands_for: dict[int, Change] = {}
        for change in list(Change.objects.order_by("-id")):
            redone = undo.undo(self.people[0], stands_for.get(change.pk, change))
            if change.undo_of_id is not None:
                stands_for[change.undo_of_id] = redone
