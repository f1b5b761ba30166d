"""How fast the annotate page is on a 20,000-word article with 1,000 claims: `make bench-annotate`.

Served by the production server, driven in Chromium, beside the same page with 10 claims in the
same run. The last line is JSON; times are medians in milliseconds, with the 95th percentile.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from scripts.screenshots import free_port, served
from tests import chromium

SIZES = {"few": 10, "many": 1_000}
LOADS, SAVES = 5, 20

# Enter in the claim form -> the new card has been painted.
WATCH = """() => {
  window.saved = new Promise(done => {
    let began = 0;
    addEventListener('keydown', event => { if (event.key === 'Enter') began = performance.now(); },
      { capture: true, once: true });
    new MutationObserver((changes, watcher) => {
      if (!changes.some(change => [...change.addedNodes].some(node => node.dataset?.claim))) return;
      watcher.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
    }).observe(document.getElementById('cards'), { childList: true });
  });
}"""
SELECT = """number => {
  const line = document.getElementById(`p${number}`);
  line.scrollIntoView({ block: 'center' });
  getSelection().selectAllChildren(line);
}"""
PAINT = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(
  [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
   performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd,
   performance.now()]))))"""


def spread(times: list[float]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(times)
    last = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return {"median": round(statistics.median(ordered), 1), "p95": round(last, 1)}


def server(slug: str, article: Any) -> dict[str, Any]:
    """Page and save without network or browser: milliseconds, and queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from claims.models import User

    client = Client(HTTP_HOST="localhost")
    client.force_login(
        User.objects.get(username=f"analyst-{slug}"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = article.get_absolute_url()
    times: dict[str, list[float]] = {"page": [], "save": []}
    queries = {}
    text = article.revisions.get().text
    for turn in range(SAVES):
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            if turn < LOADS + 1:
                assert client.get(page).status_code == 200
                times["page"].append(1000 * (time.perf_counter() - began))
                queries["page"] = len(asked)
        start = text.index("civilians", turn * 5_000)
        form = {
            "spans": f"content:{start}-{start + 20 + turn}",
            "source_name": "Ahmed al-Rawi",
            "says": "asserts",
            "stance": "holds",
            "extent": "fully",
            "speech": "indirect",
            "knows_by": "unstated",
            "figures-TOTAL_FORMS": "0",
            "figures-INITIAL_FORMS": "0",
        }
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(f"{page}claims/new/", form, headers={"HX-Request": "true"})
        assert answer.status_code == 200, answer.status_code
        times["save"].append(1000 * (time.perf_counter() - began))
        queries["save"] = len(asked)
    # The first of each warms templates and connections up.
    return {name: spread(each[1:]) | {"queries": queries[name]} for name, each in times.items()}


def browser(page: Page, address: str, claims: int) -> dict[str, Any]:
    """The page in Chromium: paint, usable, form open, and from Enter to the painted card."""
    paints: list[float] = []
    usable: list[float] = []
    whole: list[float] = []
    opened: list[float] = []
    shown: list[float] = []
    for _ in range(LOADS):
        page.goto(address)
        page.locator(".card").first.wait_for()
        page.keyboard.press("j")
        page.locator(".card.focus").first.wait_for()
        first, _loaded, now = page.evaluate(PAINT)
        paints.append(first)
        usable.append(now)
        page.locator(".card").nth(claims - 1).wait_for(state="attached")
        whole.append(page.evaluate("performance.now()"))
    for turn in range(SAVES):
        page.evaluate(SELECT, 20 + 2 * turn)
        began = time.perf_counter()
        page.keyboard.press("c")
        page.locator("#claim-form").wait_for()
        opened.append(1000 * (time.perf_counter() - began))
        page.evaluate(WATCH)
        page.locator("#id_source_name").press("Enter")
        shown.append(page.evaluate("window.saved"))
        page.locator("#claim-form").wait_for(state="detached")
    return {
        "first_paint": spread(paints),
        "usable": spread(usable),
        "all_cards": spread(whole),
        "form_open": spread(opened),
        "save_shown": spread(shown),
    }


def measure(url: str) -> dict[str, Any]:
    """Both desks, on the server alone and in the browser."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from bench.desk import build

    found: dict[str, Any] = {}
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        for slug, claims in SIZES.items():
            desk = build(slug, claims)
            client = Client()
            client.force_login(desk.user, backend="django.contrib.auth.backends.ModelBackend")
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context = chrome.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
            found[slug] = {
                "claims": claims,
                "server": server(slug, desk.article),
                "browser": browser(
                    context.new_page(), url + desk.article.get_absolute_url(), claims
                ),
            }
            context.close()
        chrome.close()
    return found


def main() -> None:
    """Serve a throwaway desk, measure, print."""
    if chromium.find() is None:
        sys.exit(chromium.HOW_TO_GET_IT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "annotator.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop in this thread
    with TemporaryDirectory(prefix="counterclaim-bench-") as data:
        os.environ["COUNTERCLAIM_DATA"] = data
        os.environ.pop("DATABASE_URL", None)
        with served(free_port()) as url:
            found = measure(url)
    for part in ("server", "browser"):
        for name, many in found["many"][part].items():
            few = found["few"][part][name]
            ratio = many["median"] / few["median"]
            print(f"{part} {name}: {many['median']} ms, {ratio:.1f} times that of 10 claims")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
