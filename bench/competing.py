"""How well and how fast competing claims are proposed: `make bench-competing`, or with `CLAIMS=0`.

First the 210 pairs of `pairs.toml`, each half for itself. Then, on a desk of so many claims, how
long it takes to find and to rank what may compete with a claim, beside the page of the claim's
article in the same run. Ends with one line of JSON; `RESULTS.md` keeps the figures.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.pairs import WORDS, Half, quality
from bench.site import folder

CLAIMS = int(os.environ.get("CLAIMS", "100000"))
TIMES = 15


def took(act: Callable[[Any], object], rows: list[Any]) -> float:
    """The middle of the milliseconds that `act` takes for each of the rows.

    Those of CPU time where the database is in this process, as SQLite is; else those that pass.
    """
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times = []
    for row in rows:
        start = clock()
        act(row)
        times.append((clock() - start) * 1000)
    return round(statistics.median(times), 1)


def desk(data: Path) -> dict[str, Any]:
    """Milliseconds of each kind of proposal, and of the page of an article beside them."""
    from django.urls import reverse

    from bench.asking import analyze, browser_of, machine
    from bench.world import World
    from claims.actions import search
    from claims.models import Claim, Incident, Source
    from claims.models.alike import articles_alike, incidents_alike, sources_alike
    from claims.models.near import claims_near, incidents_near
    from claims.views.proposed import for_claim, within
    from claims.views.scene import scene

    world = World(CLAIMS)
    search.rebuild()
    analyze()
    rows = Claim.objects.within(world.desk).select_related("article__workspace", "workspace")
    usual = list(rows.order_by("?")[:TIMES])
    alone = list(rows.order_by("?")[:TIMES])
    for claim in alone:
        claim.incident = None
    large = list(rows.filter(incident=world.big)[:TIMES])
    sources = list(Source.objects.within(world.desk)[:TIMES])
    incidents = list(Incident.objects.within(world.desk).order_by("?")[:TIMES])
    big = scene(world.big, world.desk.slug)
    client = browser_of(world.reviewer)
    pages = [reverse("article", args=[world.desk.slug, claim.article.uid]) for claim in usual]
    client.get(pages[0])
    article = took(client.get, pages)
    found = {
        "a claim": took(for_claim, usual),
        "a claim of 200": took(for_claim, large),
        "a claim without an incident": took(for_claim, alone),
        "an incident of 200": took(within, [big] * 3),
        "likely incidents": took(lambda claim: incidents_near(claim.article), usual),
        "sources alike": took(sources_alike, sources),
        "incidents alike": took(incidents_alike, incidents),
        "articles alike": took(lambda claim: articles_alike(claim.article), usual),
    }
    most = max(len(claims_near(one, " ".join(one.quotes()))) for one in (*usual, *alone))
    return {
        "claims": CLAIMS,
        "ms": found | {"page of an article": article},
        "ratio": {name: round(ms / article, 2) for name, ms in found.items()},
        "candidates": most,
        "machine": machine(data),
    }


def main() -> None:
    """Prints the figures of both halves, then those of the desk."""
    found: dict[str, Any] = {name: quality(Half(name)) for name in ("seen", "held")}
    for name, told in found.items():
        print(name, {key: value for key, value in told.items() if key != "table"})
        print(f"  {'is / proposed':14}" + "".join(f"{word:>11}" for word in WORDS))
        for what, row in told["table"].items():
            print(f"  {what:14}" + "".join(f"{row[word]:11}" for word in WORDS))
    if CLAIMS:
        with folder() as data:
            found["desk"] = desk(data)
        for name, ms in found["desk"]["ms"].items():
            print(f"{name:28} {ms:8} ms")
    print(json.dumps({"bench": "competing"} | found))


if __name__ == "__main__":
    main()
