"""A page as a PDF, by WeasyPrint where it is installed: optional, as it needs system libraries."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from claims.views.desk import DeskRequest

PAPERS = ("A4", "Letter")


def why_not() -> str:
    """Why no PDF can be made here, in sentences; empty where one can."""
    try:
        _library()
    except ImportError:
        return (
            "WeasyPrint 68 or newer is not installed here. "
            "Whoever runs the site can add it: pip install weasyprint, "
            "and the Pango libraries of the system."
        )
    except OSError as error:
        reason = str(error).partition("\n")[0]
        return f"WeasyPrint is installed, but a library of the system is missing ({reason})."
    return ""


def pdf(
    request: DeskRequest, template: str, context: dict[str, Any], name: str, paper: str
) -> HttpResponse:
    """The page as a file; it is drawn with our own static files, and nothing is fetched.

    Raises ImportError or OSError where `why_not` says why.
    """
    library, fetcher = _library()
    page = library.HTML(
        string=render_to_string(template, context, request),
        base_url=request.build_absolute_uri(),
        url_fetcher=fetcher(request.build_absolute_uri("/")),
    )
    size = library.CSS(string=f"@page {{ size: {paper} }}")
    response = HttpResponse(page.write_pdf(stylesheets=[size]), "application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response


def own_file(site: str, url: str) -> IO[bytes]:
    """The static file of ours at `url`. Raises ValueError for all else, with no look at it."""
    root = urljoin(site, settings.STATIC_URL)
    if not url.startswith(root):
        raise ValueError(f"Not a file of this site: {url}")
    name = unquote(urlsplit(url[len(root) :]).path)
    if staticfiles_storage.exists(name):
        return staticfiles_storage.open(name)
    # Where nothing is collected, as in development.
    if found := finders.find(name):
        return Path(found).open("rb")
    raise ValueError(f"No such file: {url}")


def _library() -> tuple[Any, Any]:
    """WeasyPrint, and a class of what fetches for it from one site."""
    import weasyprint  # noqa: PLC0415 - optional, and half a second long
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Fetches our static files only: a page must not make the server ask for anything else."""

        def __init__(self, site: str) -> None:
            super().__init__(allowed_protocols=())
            self.site = site

        def fetch(self, url: str, headers: object = None) -> Any:
            kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
            return URLFetcherResponse(url, own_file(self.site, url), {"Content-Type": kind})

    return weasyprint, OwnFiles
