"""The brief as a PDF: by an optional library, which a stand-in plays here."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import IO, Any, ClassVar

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.urls import reverse

from claims.models import Incident
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database


class Drawn:
    """What the library is given for a page, and how it would ask for a file."""

    last: ClassVar[Drawn]

    def __init__(self, string: str, base_url: str, url_fetcher: Any) -> None:
        self.html, self.base_url, self.fetcher = string, base_url, url_fetcher
        Drawn.last = self

    def write_pdf(self, stylesheets: list[str]) -> bytes:
        return f"%PDF {stylesheets}".encode()


class Fetcher:
    """The library's own fetcher, which would fetch anything."""

    def __init__(self, **options: object) -> None:
        self.options = options


def response(url: str, body: IO[bytes], headers: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    with body:
        return body.read(), headers


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint is installed."""
    module: Any = ModuleType("weasyprint")
    urls: Any = ModuleType("weasyprint.urls")
    module.HTML, module.CSS = Drawn, lambda string: string
    urls.URLFetcher, urls.URLFetcherResponse = Fetcher, response
    monkeypatch.setitem(sys.modules, "weasyprint", module)
    monkeypatch.setitem(sys.modules, "weasyprint.urls", urls)


@pytest.fixture
def incident(viewer: Person) -> Incident:
    return factories.an_incident(viewer.desk, code="IQ/1", title="Strikes")


def at(name: str, incident: Incident) -> str:
    return reverse(name, args=["desk", incident.uid])


def bar(person: Person, incident: Incident) -> str:
    """What stands on the screen only."""
    page = parsed(person.client.get(at("incident-brief", incident)))
    return " ".join(words(one) for one in select(page, "#main > .actions"))


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("asked", "paper"), [("", "A4"), ("Letter", "Letter"), ("x } * { top: 0", "A4")]
)
def test_the_same_document_comes_as_a_file(
    viewer: Person, incident: Incident, asked: str, paper: str
) -> None:
    assert "PDF, A4 PDF, Letter" in bar(viewer, incident)
    answer: Any = viewer.client.get(at("incident-brief-pdf", incident), {"paper": asked})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="brief-iq1.pdf"'
    assert answer.content.decode() == f"%PDF ['@page {{ size: {paper} }}']"
    assert '<h1 dir="auto">Strikes</h1>' in Drawn.last.html


@pytest.mark.usefixtures("library")
def test_it_is_drawn_with_our_own_files_and_with_nothing_else(
    viewer: Person, incident: Incident
) -> None:
    viewer.client.get(at("incident-brief-pdf", incident))
    fetch = Drawn.last.fetcher.fetch
    body, headers = fetch("http://testserver/static/claims/css/brief.css")
    assert b"@page" in body
    assert headers == {"Content-Type": "text/css"}
    for refused in (
        "https://example.org/static/claims/css/brief.css",
        "http://testserver.example.org/static/claims/css/brief.css",
        "http://testserver/w/desk/",
        "http://testserver/static/claims/css/none.css",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "data:text/css,*{}",
    ):
        with pytest.raises(ValueError, match="No"):
            fetch(refused)
    for refused in ("../../manage.py", "%2e%2e/%2e%2e/manage.py", "/etc/passwd"):
        with pytest.raises(SuspiciousFileOperation):
            fetch(f"http://testserver/static/{refused}")


def test_without_the_library_the_page_says_why(
    viewer: Person, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    told = bar(viewer, incident)
    assert "PDF, A4" not in told
    assert "WeasyPrint 68 or newer is not installed here" in told
    assert "pip install weasyprint" in told
    assert "Your browser's print makes one too" in told
    answer: Any = viewer.client.get(at("incident-brief-pdf", incident))
    assert answer["Location"] == at("incident-brief", incident)
    page = viewer.client.get(answer["Location"])
    assert "pip install weasyprint" in words(select(parsed(page), "#messages")[0])


def test_a_missing_library_of_the_system_is_named(
    viewer: Person, incident: Incident, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = "raise OSError(\"cannot load library 'libpango'\\nand much more\")"
    (tmp_path / "weasyprint.py").write_text(broken)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    told = bar(viewer, incident)
    assert "a library of the system is missing (cannot load library 'libpango')." in told
