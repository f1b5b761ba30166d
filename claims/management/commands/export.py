"""`manage.py export`: a desk's work as a file, by the same writers as the Export page."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict
from django.urls import reverse

from claims.forms.export import FILTERS, ExportFilter
from claims.models import Workspace
from claims.snapshot import FORMATS, Selection, reading


class Command(BaseCommand):
    """The file appears under its name when all of it is there, and never half of it."""

    help = "Writes the work of a desk to a file, all verdicts included."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workspace", help="the desk's part of the address, such as anbar")
        parser.add_argument("--format", required=True, choices=list(FORMATS), dest="name")
        parser.add_argument("--out", required=True, help="the file to write; - is standard output")
        parser.add_argument(
            "--only",
            action="append",
            default=[],
            metavar="FILTER=VALUE",
            help=f"narrows the claims down as the page does, and can be repeated: {FILTERS}",
        )
        parser.add_argument(
            "--site", default="", help="where the site is, such as https://desk.example: for links"
        )

    def handle(
        self, *, workspace: str, name: str, out: str, only: list[str], site: str, **options: Any
    ) -> None:
        desk = Workspace.objects.filter(slug=workspace).first()
        if desk is None:
            raise CommandError(f"There is no desk {workspace}.")
        chosen = Selection(desk, filters(desk, only))
        claim = "00000000-0000-0000-0000-000000000000"
        before, after = reverse("claim", args=[desk.slug, claim]).split(claim)
        with reading() as reader:
            pieces = FORMATS[name].write(
                reader, chosen, lambda uid: f"{site.rstrip('/')}{before}{uid}{after}"
            )
            try:
                sent(pieces) if out == "-" else kept(pieces, Path(out))
            except (OSError, ValueError) as error:
                raise CommandError(f"{out} could not be written: {error}") from error


def filters(desk: Workspace, only: list[str]) -> Any:
    """The filters of the command line, as the Export page understands them."""
    asked = QueryDict(mutable=True)
    for one in only:
        name, is_, value = one.partition("=")
        if not is_ or name not in FILTERS:
            raise CommandError(f"{one}: not one of {', '.join(FILTERS)}, with = and a value.")
        asked[name] = value
    form = ExportFilter(desk, asked)
    if not form.is_valid():
        wrong = [f"{name}: {errors.as_text()}" for name, errors in form.errors.items()]
        raise CommandError(" ".join(wrong))
    return form.filters()


def sent(pieces: Iterator[bytes]) -> None:
    """To standard output."""
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


def kept(pieces: Iterator[bytes], path: Path) -> None:
    """To a file beside `path`, which takes its name once it is whole and on the disk."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o600)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink()
            raise
