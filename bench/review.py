"""How fast reviewing is on a large desk: `make bench-review`, or with `CLAIMS=1000000`.

A desk of so many claims, ten to an incident, and one incident of 200: the lanes of the queue with
their filters, the lists, the incident's page, and what a save costs for the states. Ends with
one line of JSON. `RESULTS.md` keeps the figures. On PostgreSQL: `scripts/postgres.sh make ...`.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from typing import TYPE_CHECKING, Any

from bench.asking import asked, browser_of, plan
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
        from django.db import connection

        from bench.world import World

        start = time.perf_counter()
        world = World(CLAIMS)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        built = round(time.perf_counter() - start)
        figures = pages(world)
        refreshed = refreshing(world)
        slowest = sorted(figures, key=lambda name: -figures[name]["median"])[:3]
        plans = {name: plan(figures[name]["sql"]) for name in slowest}
        machine = {
            "python": platform.python_version(),
            "database": connection.vendor,
            "cores": os.cpu_count(),
            "load": round(os.getloadavg()[0], 1),
            "megabytes": round(sum(one.stat().st_size for one in data.glob("db.*")) / 1e6),
        }
    print(f"{CLAIMS:,} claims on {machine['database']}, made in {built} s")
    for name, one in figures.items():
        print(
            f"{name:26}{one['median']:>6} ms (at most {one['most']}), {one['cpu']} ms CPU, "
            f"{one['queries']} queries, the slowest {one['slowest']} ms"
        )
    for name, took in refreshed.items():
        print(f"states of an incident of {name}: {took} ms")
    for name in slowest:
        print(f"plan of the slowest query of: {name}\n{plans[name]}")
    told = {
        name: {key: value for key, value in one.items() if key not in ("sql", "page")}
        for name, one in figures.items()
    }
    result = {"bench": "review", "claims": CLAIMS, "pages": told, "refresh": refreshed}
    print(json.dumps(result | {"machine": machine}))


if __name__ == "__main__":
    main()
