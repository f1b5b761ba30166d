"""Why a paragraph counts as read."""

from __future__ import annotations

import pytest

from claims.anchoring.passage import Mark, Passage
from claims.anchoring.segments import Segment
from claims.anchoring.text import Paragraph
from claims.records import SpanRole


@pytest.mark.parametrize(
    ("role", "read", "how"),
    [
        (None, False, ""),
        (SpanRole.CUE, False, ""),
        (SpanRole.CONTENT, False, "read: has claims"),
        (SpanRole.CONTENT, True, "read"),
    ],
)
def test_a_paragraph_is_read_where_a_person_says_so_or_a_claim_is_of_it(
    role: SpanRole | None, read: bool, how: str
) -> None:
    marks = (Mark("one", role, 0),) if role else ()
    passage = Passage(Paragraph(1, 0, 4, "They"), [Segment(0, 4, "They", marks)], read)
    assert passage.how_read == how
