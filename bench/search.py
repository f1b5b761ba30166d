"""How fast a search is: `make bench-search`, or `make bench-search CLAIMS=1000000`.

A desk of so many claims, a tenth as many articles, two words of which stand in two claims of five.
Pages are asked for as a browser does, in this process; the time of a save is taken with and
without what it does for the search. Ends with one line of JSON. `RESULTS.md` keeps the figures.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from bench.asking import analyze, asked, browser_of, line, machine, plans, told
from bench.site import folder

if TYPE_CHECKING:
    from claims.models import User, Workspace

CLAIMS = int(os.environ.get("CLAIMS", "100000"))
CHUNK = 5_000
SOURCES = 4_000
SAVES = 20
FREQUENT = 0.4
FOUND = re.compile(r"([\d,]+\+?) found")


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Some 11,000 words, the frequent ones as frequent as in a language."""
    sounds = "bdfgklmnprst"
    stems = [a + b + c for a in sounds for b in "aeiou" for c in sounds]
    found = [f"{stem}{end}" for stem in stems for end in (*"aeiou", "an", "er", "ing", "ed", "s")]
    chance.shuffle(found)
    return found, [1 / (rank + 5) for rank in range(len(found))]


class Maker:
    """Rows in bulk, past the actions; the same number gives the same desk."""

    def __init__(self, claims: int) -> None:
        from claims.models import Membership, User, Workspace
        from claims.records import Role

        self.claims = claims
        self.chance = random.Random(claims)
        self.words, weights = vocabulary(self.chance)
        self.weights = list(accumulate(weights))
        self.desk: Workspace = Workspace.objects.create(slug="large", name="Large")
        self.user: User = User.objects.create_user("analyst")
        Membership.objects.create(workspace=self.desk, user=self.user, role=Role.ANALYST.value)

    def said(self, least: int, most: int) -> str:
        """Some words; "killed" in two texts of five, "civilians" in two others of five."""
        said = self.chance.choices(
            self.words, cum_weights=self.weights, k=self.chance.randint(least, most)
        )
        for place, word in ((5, "killed"), (7, "civilians")):
            if self.chance.random() < FREQUENT:
                said.insert(place, word)
        return " ".join(said)

    def run(self) -> None:
        """Everything, in an order that a desk could come to it."""
        from claims.models import Incident, Side, Source
        from claims.models.folding import folded

        sides = Side.objects.bulk_create(
            Side(workspace=self.desk, name=f"Side {n}", color=n) for n in range(1, 6)
        )
        # The last side is a small one.
        self.sources = Source.objects.bulk_create(
            Source(
                workspace=self.desk,
                name=f"Source {n}",
                name_folded=folded(f"Source {n}"),
                side=sides[4 if n < SOURCES / 1_000 else n % 4],
            )
            for n in range(SOURCES)
        )
        self.incidents = Incident.objects.bulk_create(
            (
                Incident(workspace=self.desk, code=f"X-{n}", title=f"Strike {self.said(2, 4)}")
                for n in range(max(1, self.claims // 50))
            ),
            CHUNK,
        )
        for start in range(0, self.claims, CHUNK):
            self.some(start, min(CHUNK, self.claims - start))

    def some(self, start: int, count: int) -> None:
        """So many claims, on a tenth as many articles."""
        import datetime as dt

        from django.utils import timezone

        from claims.models import Article, Claim, Revision, Span

        articles = Article.objects.bulk_create(
            Article(
                workspace=self.desk,
                title=f"Report {start + n} {self.said(4, 6)}",
                publisher=self.chance.choice(self.sources),
            )
            for n in range(0, count, 10)
        )
        texts = [
            "\n".join(self.said(12, 30) for _ in range(min(10, count - n)))
            for n in range(0, count, 10)
        ]
        revisions = Revision.objects.bulk_create(
            Revision(
                workspace=self.desk,
                article=article,
                text=text,
                sha256="",
                captured_at=timezone.now(),
                captured_by=self.user,
            )
            for article, text in zip(articles, texts, strict=True)
        )
        made = Claim.objects.bulk_create(
            Claim(
                workspace=self.desk,
                article=articles[n // 10],
                source=self.chance.choice(self.sources),
                incident=self.chance.choice(self.incidents),
                annotator=self.user,
                said_from=dt.date(2010, 1, 1) + dt.timedelta(self.chance.randrange(3_650)),
                note=self.said(0, 8) if n % 3 == 0 else "",
            )
            for n in range(count)
        )
        spans = []
        for n, claim in enumerate(made):
            lines = texts[n // 10].split("\n")
            begin = sum(len(line) + 1 for line in lines[: n % 10])
            quote = lines[n % 10]
            spans.append(
                Span(
                    workspace=self.desk,
                    claim=claim,
                    revision=revisions[n // 10],
                    role="content",
                    start=begin,
                    end=begin + len(quote),
                    quote=quote,
                )
            )
        Span.objects.bulk_create(spans)


def questions(desk: Workspace) -> dict[str, dict[str, Any]]:
    """What is asked for, by what it shows."""
    from claims.models import Incident, Side

    small = Side.objects.within(desk).get(name="Side 5").uid
    incident = Incident.objects.within(desk).order_by("id")[0].uid
    return {
        "a word in two of five": {"q": "killed "},
        "its beginning": {"q": "kil"},
        "one letter": {"q": "k"},
        "two words, each in two of five": {"q": "killed civilians "},
        "both and a small side": {"q": "killed civilians ", "side": small},
        "a word and one incident": {"q": "killed ", "incident": incident},
        "a word and a month": {"q": "killed ", "since": "2012-02-01", "until": "2012-02-29"},
        "a word and eight years": {"q": "killed ", "since": "2011-02-03", "until": "2019-03-04"},
        "a phrase of two frequent words": {"q": '"killed civilians"'},
        "a rare name": {"q": "report 4710 "},
        "nothing found": {"q": "killed nowhere"},
        "a small side alone": {"side": small},
    }


def pages(desk: Workspace, user: User) -> Iterator[tuple[str, dict[str, Any]]]:
    """The figures of each question; of the first one, also of a page beyond what is ranked."""
    from django.urls import reverse

    client, address = browser_of(user), reverse("search", args=[desk.slug])
    wanted = questions(desk)
    wanted["a page of the older ones"] = wanted["a word in two of five"] | {"after": "o:50000"}
    for name, question in wanted.items():
        figures = asked(client, address, question)
        yield name, figures | {"found": FOUND.findall(figures.pop("page"))[0]}


@contextmanager
def no_search() -> Iterator[None]:
    """Saves do nothing for the search inside."""
    with patch("claims.actions.journal.search.refresh"):
        yield


def saves(desk: Workspace, user: User) -> dict[str, float]:
    """Milliseconds of CPU of a new claim and its undo, with and without what the search costs."""
    from contextlib import nullcontext

    from claims.actions import claim, undo
    from claims.actions.journal import Actor
    from claims.actions.spans import SpanInput
    from claims.models import Article, Incident, Source
    from claims.records import SpanRole

    actor = Actor(desk, user)
    article = Article.objects.within(desk).order_by("id")[0]
    values = {
        "source": Source.objects.within(desk).order_by("id")[9],
        "incident": Incident.objects.within(desk).order_by("id")[0],
    }
    found: dict[str, list[float]] = {"with": [], "without": []}
    for number in range(2 * SAVES):
        name = ("with", "without")[number % 2]
        with no_search() if name == "without" else nullcontext():
            start = time.perf_counter()
            claim.create(actor, article, values, [SpanInput(SpanRole.CONTENT, 0, 20)])
            found[name].append((time.perf_counter() - start) * 1000)
            latest = undo.latest(actor)
            assert latest
            undo.undo(actor, latest)
    return {name: round(statistics.median(times), 1) for name, times in found.items()}


def main() -> None:
    """Build, index, ask, report."""
    with folder() as data:
        from claims.actions import search

        maker = Maker(CLAIMS)
        maker.run()
        start = time.perf_counter()
        search.rebuild()
        indexed = round(time.perf_counter() - start)
        analyze()
        figures = dict(pages(maker.desk, maker.user))
        saved = saves(maker.desk, maker.user)
        plans_of_slowest = plans(figures)
        here = machine(data)
    print(f"{CLAIMS:,} claims on {here['database']}, indexed in {indexed} s")
    for name, one in figures.items():
        print(line(f"{name:34}{one['found']:>9} found", one))
    print(f"a new claim: {saved['with']} ms, {saved['without']} ms without the search")
    print(*plans_of_slowest, sep="\n")
    result = {"bench": "search", "claims": CLAIMS, "indexed": indexed, "pages": told(figures)}
    print(json.dumps(result | {"save": saved, "machine": here}))


if __name__ == "__main__":
    main()
