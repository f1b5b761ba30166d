"""Make the pictures of the README from the demo workspace: `make screenshots`.

The site is served as `make run` serves it, from a data folder that is thrown away afterwards.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import ViewportSize, sync_playwright

from tests import chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
SIZE = ViewportSize(width=1440, height=960)


def free_port() -> int:
    """A port of the loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(port: int) -> Iterator[str]:
    """The demo on `port`, from an empty data folder named by `COUNTERCLAIM_DATA`."""
    quiet = subprocess.DEVNULL
    subprocess.run([sys.executable, "scripts/prepare.py"], cwd=ROOT, check=True, stdout=quiet)
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "annotator/gunicorn.py"],
        cwd=ROOT,
        env=os.environ | {"PORT": str(port)},
        stdout=quiet,
    )
    url = f"http://localhost:{port}"
    try:
        wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return once `url` answers; fail when the server has ended or says nothing for 30 seconds."""
    for _ in range(300):
        try:
            urlopen(url).close()  # noqa: S310 - our own address
        except (URLError, ConnectionError):
            if server.poll() is not None:
                sys.exit("The server ended before it answered.")
            time.sleep(0.1)
        else:
            return
    sys.exit(f"{url} did not answer.")


def signed_in() -> tuple[str, dict[str, str]]:
    """The session key of the demo's analyst, and the path of each picture's page.

    The article and the incident with the most claims are shown.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "annotator.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.db.models import Count
    from django.test import Client
    from django.urls import reverse

    from claims import tasks
    from claims.models import Article, Incident, User

    while tasks.work_once():  # a picture shows what is suggested, not that it comes
        pass
    client = Client()
    client.force_login(
        User.objects.get(username="analyst"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    pages = {}
    for name, model, route in [
        ("annotate", Article, "article"),
        ("incident", Incident, "incident"),
    ]:
        row = model.objects.annotate(size=Count("claims")).order_by("-size", "pk")[0]
        pages[name] = reverse(route, args=[row.workspace.slug, row.uid])
    return client.cookies[settings.SESSION_COOKIE_NAME].value, pages


def take(url: str, session: str, pages: dict[str, str]) -> None:
    """One PNG for each of `pages` (name: path), in docs/images/."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport=SIZE, color_scheme="light")
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        page = context.new_page()
        for name, path in pages.items():
            answer = page.goto(url + path, wait_until="networkidle")
            if answer is None or not answer.ok:
                sys.exit(f"{path} did not answer with a page.")
            page.screenshot(path=PICTURES / f"{name}.png")
            print(f"docs/images/{name}.png")
        browser.close()


def main() -> None:
    """Serve, sign in, take the pictures."""
    if chromium.find() is None:
        sys.exit("No Chromium here: sudo apt-get install chromium, or set CHROMIUM.")
    with TemporaryDirectory(prefix="counterclaim-pictures-") as data:
        os.environ["COUNTERCLAIM_DATA"] = data
        os.environ.pop("DATABASE_URL", None)
        with served(free_port()) as url:
            take(url, *signed_in())


if __name__ == "__main__":
    main()
