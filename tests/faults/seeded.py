"""Makes the desk that the tests work on, by the actions, and says on one line what is there.

`python -m tests.faults.seeded`, for the database and the data folder of the environment.
"""

from __future__ import annotations

import json
from typing import Any

import django
from django.core.management import call_command

CLAIMS = 20
LINE = "Officials said on day {n} that {n} people were killed in the market, and more were hurt."
PASSWORD = "correct horse battery"
"""Of everybody here."""


def seed() -> dict[str, Any]:
    """The uids and tokens by which the tests find their way."""
    from claims.actions import article as articles
    from claims.actions import claim as claims
    from claims.actions import incident as incidents
    from claims.actions import link as links
    from claims.actions import member as members
    from claims.actions import question as questions
    from claims.actions import token as tokens
    from claims.actions.journal import Actor
    from claims.actions.link import FilingInput
    from claims.actions.source import NewSource
    from claims.actions.spans import SpanInput
    from claims.models import User
    from claims.records import Relation, Role, SpanRole

    people = []
    for name in ("owner", "one", "two", "three"):
        user = User(username=name)
        user.set_password(PASSWORD)
        user.save()
        people.append(user)
    desk = members.create_workspace(people[0], {"slug": "desk", "name": "The desk"})
    actor = Actor(desk, people[0])
    for user in people[1:]:
        members.add(actor, user.username, Role.REVIEWER)
    upload = articles.keep_upload(actor, "a.txt", "text/plain", b"The text.")
    text = "\n".join(LINE.format(n=n) for n in range(1, CLAIMS + 1))
    article = articles.freeze(actor, upload, text, "utf-8", {"title": "An article"})
    places = [incidents.create(actor, {"title": f"Strike {n}"}) for n in range(2)]
    answers = []
    for place in places:
        question = questions.ask(actor, place, {"text": "What caused it?"}, [])
        answers += [
            incidents.add_position(actor, question, {"text": f"Answer {n}"}) for n in range(10)
        ]
    made = []
    for n, line in enumerate(text.split("\n")):
        start = text.index(line)
        words = [SpanInput(SpanRole.CONTENT, start, start + len(line))]
        who = {"source": NewSource(f"Source {n}"), "incident": places[n % 2]}
        filings = [FilingInput(answers[10 * (n % 2) + n // 2])]
        made.append(claims.create(actor, article, who, words, filings=filings))
    joined = [
        links.create(actor, claim.uid, made[(n + 2) % CLAIMS].uid, Relation.UNDERCUTS)
        for n, claim in enumerate(made)
    ]
    return {
        "tokens": [tokens.create(user, desk) for user in people],
        "article": str(article.uid),
        "incidents": [str(row.uid) for row in places],
        # With what stands in the column that the tests write into.
        "claims": {str(row.uid): row.note for row in made},
        "links": {str(row.uid): row.note for row in joined},
        "positions": {str(row.uid): row.text for row in answers},
        "text": text,
    }


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(seed()))  # noqa: T201 - that is what it is for
