"""Taking the desk's work along: what there is, and the downloads."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode

from claims.exporters import bundle as bundles
from claims.exporters import claims_csv as claims_csvs
from claims.exporters.dictionary import LEFT_OUT
from claims.forms.export import ExportFilter
from claims.snapshot import Selection, count
from claims.snapshot import bundle as snapshot_bundle
from claims.snapshot import claim_rows as snapshot_claims
from claims.views.desk import DeskRequest, desk
from claims.views.download import download, permalinks

COUNTED = 10_000


@desk("export")
def index(request: DeskRequest) -> HttpResponseBase:
    """The two files, what each holds, and how many claims the filter leaves."""
    return _page(request, ExportFilter(request.workspace, request.GET))


@desk("export")
def claims_csv(request: DeskRequest) -> HttpResponseBase:
    """`claims.csv` alone, for a spreadsheet."""
    form = ExportFilter(request.workspace, request.GET)
    if not form.is_valid():
        return _page(request, form, 400)
    return claims_file(request, form)


@desk("export")
def bundle(request: DeskRequest) -> HttpResponseBase:
    """The bundle: every table, text and upload, to be imported again."""
    form = ExportFilter(request.workspace, request.GET)
    if not form.is_valid():
        return _page(request, form, 400)
    return bundle_file(request, form)


def claims_file(request: DeskRequest, form: ExportFilter) -> HttpResponseBase:
    """The download of `claims.csv`, narrowed by a valid form."""
    chosen = _chosen(request, form)
    permalink = permalinks(request)
    return download(
        request,
        "claims",
        "csv",
        lambda reader: claims_csvs.write(snapshot_claims(reader, chosen, permalink)),
    )


def bundle_file(request: DeskRequest, form: ExportFilter) -> HttpResponseBase:
    """The download of the bundle, narrowed by a valid form."""
    chosen = _chosen(request, form)
    return download(
        request,
        "bundle",
        "zip",
        lambda reader: bundles.write(snapshot_bundle(reader, chosen)),
    )


def _chosen(request: DeskRequest, form: ExportFilter) -> Selection:
    """What the filter leaves, without what a second reviewer must not see yet."""
    blind = request.user if request.may("assess") else None
    return Selection(request.workspace, form.filters(), blind=blind)


def _page(request: DeskRequest, form: ExportFilter, status: int = 200) -> HttpResponseBase:
    context = {"form": form, "left_out": LEFT_OUT, "columns": len(claims_csvs.COLUMNS)}
    if form.is_valid():
        found = count(request.workspace, form.filters(), COUNTED)
        counted = f"{COUNTED:,}+" if found > COUNTED else f"{found:,}"
        context |= {"found": found, "counted": counted, "query": urlencode(form.query())}
    part = "#result" if request.htmx else ""
    return render(request, f"export/index.html{part}", context, status=status)
