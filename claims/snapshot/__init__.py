"""What a desk holds at one moment, as the records that exporters write.

One ordered cursor a table, merged as they are read: memory holds a few thousand rows, however
many there are. Nothing here writes, and no writer waits for it (`reading`).
"""

from __future__ import annotations

from claims.snapshot.bundle import bundle
from claims.snapshot.claim_rows import claim_rows
from claims.snapshot.formats import FORMATS, Format
from claims.snapshot.reader import Reader, reading
from claims.snapshot.selection import Filters, Selection, count

__all__ = [
    "FORMATS",
    "Filters",
    "Format",
    "Reader",
    "Selection",
    "bundle",
    "claim_rows",
    "count",
    "reading",
]
