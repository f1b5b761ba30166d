"""How fast the annotate page is with a long article: `make bench-annotate`.

An article of 20,000 words with 1,000 claims is opened in Chromium and claims are added to it as
a person does: words selected with the mouse, `c`, an answer chosen, Enter. The same is done with
10 claims on the same text, so that a busy machine shows. Ends with one line of JSON.
`RESULTS.md` keeps the figures.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from http import HTTPStatus
from itertools import count
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bench.annotating import add_claim, load
from bench.site import Site, folder, served
from tests import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.desk import Desk

SIZE = ViewportSize(width=1440, height=960)
SIZES = {"long": 1_000, "short": 10}
LOADS = 10


def signed_in(desk: Desk) -> Any:
    """A client of Django's, signed in as the analyst of the desk."""
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(desk.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@contextmanager
def window(browser: Browser, site: Site, desk: Desk) -> Iterator[Page]:
    """A new browser window of the analyst's."""
    context = browser.new_context(viewport=SIZE)
    value = signed_in(desk).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": site.url}])
    yield context.new_page()
    context.close()


def counted(act: Callable[[], Any]) -> tuple[dict[str, int], bytes]:
    """Of a request in this process: queries, and CPU milliseconds (median of five)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = act()
        queries = len(captured)  # the next request clears them
    if answer.status_code != HTTPStatus.OK:
        sys.exit(f"Answered with {answer.status_code}.")
    times = []
    for _ in range(5):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    return {"queries": queries, "cpu": round(statistics.median(times))}, answer.content


def alone(desk: Desk) -> dict[str, dict[str, int]]:
    """The page, all cards, and a save, without network or browser."""
    from claims.actions.spans import current_revision
    from claims.models import Position
    from claims.views.cards import cards

    client, path = signed_in(desk), desk.article.get_absolute_url()
    page, content = counted(lambda: client.get(path))
    page |= {
        "kilobytes": round(len(content) / 1000),
        "kilobytes_gzipped": round(len(gzip.compress(content)) / 1000),
    }
    positions = Position.objects.within(desk.article.workspace).select_related("question__incident")
    position = positions.earliest("id")
    start = desk.revision.text.index("civilians", 50_000)
    ends = count(start + len("civilians were killed"))
    values = {
        "source_name": "Ahmed al-Rawi",
        "incident": str(position.question.incident.uid),
        "incident_name": str(position.question.incident),
        "position": str(position.uid),
        "says": "asserts",
        "stance": "holds",
        "extent": "fully",
        "speech": "indirect",
        "knows_by": "unstated",
        "figures-TOTAL_FORMS": "0",
        "figures-INITIAL_FORMS": "0",
    }
    save, _ = counted(
        lambda: client.post(
            f"{path}claims/new/",
            values | {"spans": f"content:{start}-{next(ends)}"},
            headers={"HX-Request": "true"},
        )
    )
    began = time.process_time()
    cards(desk.article, current_revision(desk.article))
    page["all_cards_cpu"] = round((time.process_time() - began) * 1000)
    return {"page": page, "save": save}


def middle_and_tail(values: list[float]) -> dict[str, float]:
    """Median and 95th percentile, in whole milliseconds."""
    ordered = sorted(values)
    tail = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return {"median": round(statistics.median(ordered)), "p95": round(tail)}


def measure(browser: Browser, site: Site, desk: Desk, saves: int) -> dict[str, Any]:
    """All figures of one desk."""
    from django.urls import reverse

    from claims.models import Position

    path = desk.article.get_absolute_url()
    new = reverse("claim-new", args=[desk.article.workspace.slug, desk.article.uid])
    positions = Position.objects.within(desk.article.workspace).select_related("question__incident")
    position = positions.earliest("id")
    loads = []
    for _ in range(LOADS):
        with window(browser, site, desk) as page:
            loads.append(load(page, site.url + path))
    opened, shown, drawn = [], [], []
    with window(browser, site, desk) as page:
        load(page, site.url + path)
        # The first one picks the incident, which sticks, and warms what is cached.
        add_claim(page, 0, position)
        site_before, start = site.cpu(), len(site.answers("POST", new))
        step = (len(desk.revision.text.split("\n")) - 2) / saves
        for number in range(saves):
            times = add_claim(page, 1 + int(number * step), position)
            opened.append(times[0])
            shown.append(times[1])
            drawn.append(float(times[2]))
        cpu = (site.cpu() - site_before) / saves
        answers = site.answers("POST", new)[start:]
    served_pages = [one for one, _ in site.answers("GET", path)]
    return {
        "claims": int(loads[0]["cards"]),
        "page": {
            name: middle_and_tail([one[name] for one in loads])
            for name in ("first_byte", "first_paint", "dom_ready", "usable", "all_cards")
        }
        | {
            "server": middle_and_tail(served_pages),
            "elements": int(loads[0]["elements"]),
        },
        "form": middle_and_tail(opened),
        "save": {
            "shown": middle_and_tail(shown),
            "server": middle_and_tail([one for one, _ in answers]),
            "kilobytes": round(statistics.median(size for _, size in answers) / 1000, 1),
            "cards_drawn": round(statistics.median(drawn)),
            "form_and_save_cpu": round(cpu * 1000),
        },
    }


def table(figures: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Both desks side by side, a line for each figure: median, and p95 in brackets."""
    names = [
        (part, name)
        for part in ("page", "form", "save")
        for name in figures["long"][part]
        if name not in ("median", "p95")
    ]
    yield f"{'':32}" + "".join(f"{figures[one]['claims']:>10,} claims" for one in figures)
    for part, name in [*names, ("form", "")]:
        cells = []
        for one in figures.values():
            value = one[part][name] if name else one[part]
            cells.append(
                f"{value['median']} ({value['p95']})" if isinstance(value, dict) else str(value)
            )
        yield f"{part + ' ' + name:32}" + "".join(f"{cell:>17}" for cell in cells)


def main() -> None:
    """Build, serve, drive, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=20)
    saves = parser.parse_args().saves
    if chromium.find() is None:
        sys.exit(chromium.HOW_TO_GET_IT)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop
    with folder() as data:
        from bench import desk as desks

        built = {slug: desks.build(slug, claims) for slug, claims in SIZES.items()}
        with served(data) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"]
            )
            figures = {slug: measure(browser, site, built[slug], saves) for slug in built}
            version = browser.version
            browser.close()
        for slug, one in built.items():
            for part, found in alone(one).items():
                figures[slug][part] |= found
        from django.db import connection

        machine = {
            "python": platform.python_version(),
            "chromium": version,
            "database": connection.vendor,
            "cores": os.cpu_count(),
            "load": round(os.getloadavg()[0], 1),
        }
    print(*table(figures), sep="\n")
    print(json.dumps({"bench": "annotate", "words": 20_000, **figures, "machine": machine}))


if __name__ == "__main__":
    main()
