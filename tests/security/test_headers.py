"""What every answer tells the browser: each address of the tables, errors and files too."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from claims.models import Revision
from tests.api import test_policy as api
from tests.pages import test_policy as pages
from tests.pages.conftest import Person, World
from tests.pages.walk import *  # noqa: F403 (the same fixtures as elsewhere, made once)

pytestmark = pytest.mark.one_database

SAID = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OFF = ("camera", "microphone", "geolocation", "payment", "usb", "display-capture")
FROM_HERE = {"'none'", "'self'", "data:"}


def policy(response: Any) -> dict[str, set[str]]:
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


def check(response: Any, what: str) -> None:
    """Strict, whatever it is: nothing inline, nothing evaluated, nothing from elsewhere."""
    assert {name: response.headers.get(name) for name in SAID} == SAID, what
    off = response.headers["Permissions-Policy"].split(", ")
    assert {f"{feature}=()" for feature in OFF} <= set(off), what
    told = policy(response)
    assert set().union(*told.values()) <= FROM_HERE, what
    assert told["default-src"] == told["frame-ancestors"] == {"'none'"}, what
    if "sandbox" not in told:
        assert told["object-src"] == told["base-uri"] == {"'none'"}, what
        assert told["script-src"] == told["style-src"] == told["form-action"] == {"'self'"}, what


def test_every_answer_carries_them(owner: Person, world: World) -> None:
    """What is read by who may, and what is sent by who has not signed in."""
    rows: list[Any] = [*pages.ROWS, *api.ROWS]
    for row in rows:
        module: Any = api if row.name.startswith("api-") else pages
        client = owner.client if row.method == "GET" else Client()
        check(module.ask(client, row.method, module.address(row.name, world), {}), str(row))


def test_pages_of_errors_and_of_the_door_carry_them(owner: Person) -> None:
    browser = Client(raise_request_exception=False)
    for where in ("/no-such-page/", "/api/v1/none", "/admin/", "/accounts/login/", "/healthz"):
        if where != "/healthz":  # which is asked by machines, and answers before all else
            check(browser.get(where), where)
        assert browser.get(where).headers["X-Content-Type-Options"] == "nosniff"
    check(owner.client.post("/accounts/login/", {"login": "a" * 17_000_000}), "too large")


def test_static_files_are_for_this_site_alone(settings: Any) -> None:
    (settings.STATIC_ROOT / "some.css").write_text("p {}")
    answer: Any = Client().get("/static/some.css")
    assert b"".join(answer.streaming_content) == b"p {}"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_is_left_in_the_browser_of_who_signs_out(owner: Person) -> None:
    assert "Clear-Site-Data" not in owner.client.get("/account/").headers
    left = owner.client.post(reverse("account_logout"))
    assert left.headers["Clear-Site-Data"] == '"cache"'


GIF_AND_SCRIPT = b"GIF89a/*\x01\x00*/=1;zxz();//<script>zxz()</script>"
PDF_AND_PAGE = b"%PDF-1.4\n<html><script>zxz()</script></html>\n%%EOF"
ZIP_AND_PAGE = b"<html><script>zxz()</script></html>PK\x05\x06" + bytes(18)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="zxz()"/>'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (GIF_AND_SCRIPT, "picture.gif"),
        (PDF_AND_PAGE, "paper.pdf"),
        (ZIP_AND_PAGE, "files.zip"),
        (SVG, "drawing.svg"),
        (b"<script>zxz()</script>", "page.html"),
        (b"x", '"; filename=evil.html; x="\r\nSet-Cookie: zxz=1\r\n.txt'),
        (b"x", "../../etc/zxz"),
        (b"x", "\u202egpj.exe\u0000"),
    ],
)
def test_an_original_is_saved_whatever_it_is_and_never_run(
    content: bytes, name: str, owner: Person, world: World
) -> None:
    revision = Revision.objects.get(pk=world.revision.pk)
    revision.original.save("x", ContentFile(content), save=False)
    revision.original_name, revision.original_type = name, "text/html"
    revision.save()
    answer: Any = owner.client.get(pages.address("article-original", world))
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    told = answer.headers["Content-Disposition"]
    assert told.startswith("attachment; filename")
    assert not set("\r\n/\\\0\u202e") & set(told.replace("\\\\", "").replace('\\"', ""))
    assert "Set-Cookie" not in answer.headers
    assert policy(answer)["sandbox"] == set()
    check(answer, name)
