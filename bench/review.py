"""How fast reviewing is on a large desk: `make bench-review`, or with `CLAIMS=1000000`.

A desk of so many claims, ten to an incident, and one incident of 200: the lanes of the queue with
their filters, the lists, the incident's page, and what a save costs for the states. Ends with
one line of JSON. `RESULTS.md` keeps the figures. On PostgreSQL: `scripts/postgres.sh make ...`.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from typing import TYPE_CHECKING, Any

from bench.asking import analyze, asked, browser_of, line, machine, plans, told
from bench.site import folder

if TYPE_CHECKING:
    from bench.world import World

CLAIMS = int(os.environ.get("CLAIMS", "100000"))
SAVES = 10


def pages(world: World) -> dict[str, dict[str, Any]]:
    """The figures of each page, by what it shows."""
    from django.urls import reverse

    from claims.models import Source

    slug, big = world.desk.slug, world.big.uid
    small = world.sides[4].uid
    source = Source.objects.within(world.desk).order_by("-id")[0]
    to_be_asked: dict[str, tuple[str, tuple[Any, ...], dict[str, Any]]] = {
        "home": ("workspace", (), {}),
        "review: disputed": ("review", (), {}),
        "review: changed": ("review", (), {"lane": "changed"}),
        "review: second": ("review", (), {"lane": "second"}),
        "review: severe": ("review", (), {"lane": "severe"}),
        "review: by a verdict": ("review", (), {"verdict": "leans"}),
        "review: by place": ("review", (), {"place": "Mosul"}),
        "review: by a small side": ("review", (), {"side": small}),
        "review: by source": ("review", (), {"source": source.name}),
        "review: by words": ("review", (), {"q": "depot 4711"}),
        "review: mine": ("review", (), {"assignee": str(world.others[0].pk)}),
        "review: a year": ("review", (), {"since": "2012-01-01", "until": "2012-12-31"}),
        "approval": ("review-approval", (), {}),
        "approval: by words": ("review-approval", (), {"q": "killed"}),
        "approval: by rare words": ("review-approval", (), {"q": '"47 people"'}),
        "approval: by annotator": ("review-approval", (), {"annotator": world.others[0].pk}),
        "approval: by incident": ("review-approval", (), {"incident": "depot 4711"}),
        "incidents": ("incidents", (), {}),
        "incidents: one source": ("incidents", (), {"state": "uncorroborated"}),
        "articles": ("articles", (), {}),
        "sources": ("sources", (), {}),
        "source": ("source", (source.uid,), {}),
        "incident of 200 claims": ("incident", (big,), {}),
        "history": ("history", (), {}),
    }
    client = browser_of(world.reviewer)
    return {
        name: asked(client, reverse(route, args=[slug, *args]), query)
        for name, (route, args, query) in to_be_asked.items()
    }


def refreshing(world: World) -> dict[str, float]:
    """Milliseconds for the states of one incident after one save in it, as `Act` does it."""
    from django.db import transaction

    from claims.actions import state
    from claims.models import Claim, Incident

    usual = Incident.objects.within(world.desk).order_by("id")[1]
    found = {}
    for name, incident in (("10 claims", usual), ("200 claims", world.big)):
        claim = Claim.objects.filter(incident=incident).order_by("-id")[0]
        times = []
        for number in range(SAVES):
            with transaction.atomic():
                status = "withdrawn" if number % 2 == 0 else "approved"
                Claim.objects.filter(pk=claim.pk).update(status=status)
                start = time.perf_counter()
                state.refresh([incident.pk])
                times.append((time.perf_counter() - start) * 1000)
        found[name] = round(statistics.median(times), 1)
    return found


def main() -> None:
    """Build, ask, report."""
    with folder() as data:
        from bench.world import World

        start = time.perf_counter()
        world = World(CLAIMS)
        analyze()
        built = round(time.perf_counter() - start)
        figures = pages(world)
        refreshed = refreshing(world)
        plans_of_slowest = plans(figures)
        here = machine(data)
    print(f"{CLAIMS:,} claims on {here['database']}, made in {built} s")
    for name, one in figures.items():
        print(line(f"{name:26}", one))
    for name, took in refreshed.items():
        print(f"states of an incident of {name}: {took} ms")
    print(*plans_of_slowest, sep="\n")
    result = {"bench": "review", "claims": CLAIMS, "pages": told(figures), "refresh": refreshed}
    print(json.dumps(result | {"machine": here}))


if __name__ == "__main__":
    main()
