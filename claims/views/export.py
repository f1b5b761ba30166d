"""Taking the desk's work along: what there is, and the downloads."""

from __future__ import annotations

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode

from claims.forms.export import ExportFilter
from claims.snapshot import FORMATS, Format, Selection, count
from claims.views.desk import DeskRequest, desk
from claims.views.download import download, permalinks

COUNTED = 10_000
FIRST = ("claims-csv", "csv", "jsonl")
"""The formats that nearly everybody wants; the others stand below."""


@desk("export")
def index(request: DeskRequest) -> HttpResponseBase:
    """The files, what each holds and can't hold, and how many claims the filter leaves."""
    return _page(request, ExportFilter(request.workspace, request.GET))


@desk("export")
def file(request: DeskRequest, name: str) -> HttpResponseBase:
    """One file, narrowed by the filter; a page that says what is wrong with it, if it is."""
    wanted = format_called(name)
    form = ExportFilter(request.workspace, request.GET)
    if not form.is_valid():
        return _page(request, form, 400)
    return file_of(request, form, wanted)


def format_called(name: str) -> Format:
    """The format of this name; Http404 where there is none."""
    if name not in FORMATS:
        raise Http404("There is no such format.")
    return FORMATS[name]


def file_of(request: DeskRequest, form: ExportFilter, wanted: Format) -> HttpResponseBase:
    """The download, narrowed by a valid form, without what a second reviewer must not see yet."""
    blind = request.user if request.may("assess") else None
    chosen = Selection(request.workspace, form.filters(), blind=blind)
    permalink = permalinks(request)
    return download(request, wanted, lambda reader: wanted.write(reader, chosen, permalink))


def _page(request: DeskRequest, form: ExportFilter, status: int = 200) -> HttpResponseBase:
    context = {
        "form": form,
        "first": [FORMATS[name] for name in FIRST],
        "others": [one for name, one in FORMATS.items() if name not in FIRST],
    }
    if form.is_valid():
        found = count(request.workspace, form.filters(), COUNTED)
        counted = f"{COUNTED:,}+" if found > COUNTED else f"{found:,}"
        context |= {"found": found, "counted": counted, "query": urlencode(form.query())}
    part = "#result" if request.htmx else ""
    return render(request, f"export/index.html{part}", context, status=status)
