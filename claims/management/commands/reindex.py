"""`manage.py reindex`: makes all that is searched anew, while the site goes on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from claims.actions import search
from claims.searching.facets import Noun


class Command(BaseCommand):
    """For after a restored backup, or rows that were written past the site."""

    help = "Makes the documents and the index of the search anew, in chunks; the site goes on."

    def handle(self, **options: Any) -> None:
        counts: dict[Noun, int] = {}

        def done(noun: Noun, count: int) -> None:
            counts[noun] = counts.get(noun, 0) + count
            if options["verbosity"] > 1:
                self.stdout.write(f"{counts[noun]:,} {noun.label}")

        search.rebuild(done=done)
        told = ", ".join(f"{count:,} {noun.label}" for noun, count in counts.items())
        self.stdout.write(f"Indexed: {told or 'nothing is there yet'}.")
