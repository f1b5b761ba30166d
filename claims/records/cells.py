"""Cells that hold more than one value, and back again."""

from __future__ import annotations

from collections.abc import Iterable

GAP = " […] "
"""Between the parts of a quote: words of the article were left out here."""

LIST = "|"
"""Between the values of a list of ids, offsets or paragraph numbers."""

ID_PATTERN = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
OFFSETS_PATTERN = r"\d+-\d+(\|\d+-\d+)*"
NUMBERS_PATTERN = r"\d+(\|\d+)*"
SHA256_PATTERN = r"[0-9a-f]{64}"


def join_quotes(quotes: Iterable[str]) -> str:
    """The parts of one quote as one text, `GAP` between them."""
    return GAP.join(quotes)


def join_offsets(spans: Iterable[tuple[int, int]]) -> str:
    """Half-open code point offsets as `12-40|66-80`."""
    return LIST.join(f"{start}-{end}" for start, end in spans)


def split_offsets(cell: str) -> list[tuple[int, int]]:
    """The pairs in `12-40|66-80`; none for a blank cell. Raises ValueError on anything else."""
    pairs = (part.split("-") for part in cell.split(LIST)) if cell else ()
    return [(int(start), int(end)) for start, end in pairs]


def join_numbers(numbers: Iterable[int]) -> str:
    """Paragraph numbers as `1|2|5`."""
    return LIST.join(map(str, numbers))


def split_numbers(cell: str) -> list[int]:
    """The numbers in `1|2|5`; none for a blank cell. Raises ValueError on anything else."""
    return [int(part) for part in cell.split(LIST)] if cell else []
