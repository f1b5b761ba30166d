"""Names as they are compared: without case, accents or doubled spaces."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """`name` for comparison: NFKD without marks, casefolded, spaces joined.

    >>> folded("  Al-Qāʼim  Hospital")
    "al-qaʼim hospital"
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())
