"""The guard against cells that a spreadsheet would run as a formula.

A text cell that begins with one of `STARTS` gets a leading apostrophe, and reading takes
it off. The apostrophe itself is among them, so that nothing is lost:
`unguard(guard(x)) == x` for every text. Numbers and dates are never touched (a negative
number would turn into text). Source of the rule: OWASP, CSV injection.
"""

from __future__ import annotations

from collections.abc import Sequence

STARTS = frozenset("=+-@'\t\r")


def guard(text: str) -> str:
    """The text as it stands in a cell."""
    return "'" + text if text and text[0] in STARTS else text


def guard_all(texts: Sequence[str | None]) -> list[str | None]:
    """A whole column at once, as `guard`; None stays None. A call a cell would cost a third."""
    return ["'" + text if text and text[0] in STARTS else text for text in texts]


def unguard(cell: str) -> str:
    """The text of a cell. An apostrophe that guards nothing (`'tis`) is left alone."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in STARTS else cell
