"""A paragraph with the marks of the claims that lie over it, ready to be shown."""

from __future__ import annotations

from typing import NamedTuple

from claims.anchoring.segments import Segment
from claims.anchoring.text import Paragraph
from claims.records import SpanRole


class Mark(NamedTuple):
    """What a span shows: whose claim (uid), which role, and the colour of the side (0: none).

    `suggested`: it is no claim, a machine proposes one.
    """

    claim: str
    role: SpanRole
    color: int
    suggested: bool = False


class Passage(NamedTuple):
    """A paragraph cut into flat segments, and whether it was marked as read."""

    paragraph: Paragraph
    segments: list[Segment[Mark]]
    read: bool = False

    @property
    def claimed(self) -> bool:
        """Whether a claim takes words of it, so that somebody has read it."""
        marks = (mark for segment in self.segments for mark in segment.ids)
        return any(mark.role is SpanRole.CONTENT and not mark.suggested for mark in marks)

    @property
    def how_read(self) -> str:
        """Why it counts as read, in words; empty where it does not."""
        return "read" if self.read else "read: has claims" if self.claimed else ""
