"""An incident that two sides tell differently, for the tests of its page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from claims.actions import state
from claims.models import Claim, Incident, Question
from claims.records import Extent, Stance
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import select, words

SEVENTH = dt.datetime(2016, 12, 7, 9, tzinfo=dt.UTC)
TEXT = """The command said a car bomb went off by itself.

It rejected that its pilots had aimed at civilians.
Iraqi jets killed dozens, the agency said.
Punish those responsible, the speaker said."""


def settle(*incidents: Incident) -> None:
    with transaction.atomic():
        state.refresh([incident.pk for incident in incidents])


class Raid:
    """A command that offers a car bomb and rejects targeting, and an agency that says jets."""

    def __init__(self, person: Person) -> None:
        desk = person.desk
        self.desk = desk
        self.wire = factories.a_source(desk, name="Example Wire")
        self.article = factories.an_article(desk, TEXT, publisher=self.wire)
        self.incident = factories.an_incident(
            desk, title="The raid", occurred_from=SEVENTH, place="al-Qa'im"
        )
        self.command = factories.a_source(
            desk, name="The command", side=factories.a_side(desk, name="Government")
        )
        self.agency = factories.a_source(
            desk, name="The agency", side=factories.a_side(desk, name="Armed group", color=2)
        )
        self.cause = factories.a_question(self.incident, text="What caused the blast?", is_key=True)
        self.bomb = factories.a_position(self.cause, text="Car bomb")
        self.strike = factories.a_position(self.cause, text="Air strike", order=1)
        self.killed = factories.a_question(self.incident, text="Were civilians killed?", order=1)
        self.yes = factories.a_position(self.killed, text="Yes")
        self.no = factories.a_position(self.killed, text="No", order=1)
        self.says_bomb = self.claim(self.command, "a car bomb went off by itself")
        self.rejects = self.claim(
            self.command, "its pilots had aimed at civilians", polarity="denies"
        )
        self.says_jets = self.claim(self.agency, "Iraqi jets killed dozens", accused=self.command)

    def claim(self, source: Any, quote: str, **fields: Any) -> Claim:
        values = {"article": self.article, "incident": self.incident} | fields
        return factories.a_claim(values.pop("article"), quote, source=source, **values)

    def file_all(self) -> None:
        factories.a_filing(self.says_bomb, self.bomb)
        factories.a_filing(self.says_jets, self.strike)
        factories.a_filing(self.says_jets, self.yes)
        factories.a_filing(
            self.rejects, self.no, stance=Stance.HOLDS.value, extent=Extent.IN_PART.value
        )
        settle(self.incident)

    def row(self, page: Any, question: Question) -> dict[str, Any]:
        """The cells of a question's row by the name of the source."""
        heads = [words(th.find("span")) for th in select(page, ".matrix thead th[scope=col]")[1:]]
        (row,) = select(page, f"#question-{question.uid}")
        return dict(zip(heads, select(row, "td"), strict=True))
