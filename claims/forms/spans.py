"""Spans as forms carry them, in one hidden field."""

from __future__ import annotations

import re

from claims.actions.spans import SpanInput
from claims.records import SpanRole

SPAN = re.compile(r"(source|cue|content):([0-9]{1,9})-([0-9]{1,9})")


def read_spans(text: str) -> list[SpanInput]:
    """Spans such as `content:12-40 cue:3-9`, in code points; what is none is left out."""
    found = filter(None, map(SPAN.fullmatch, text.split()))
    return [SpanInput(SpanRole(m[1]), int(m[2]), int(m[3])) for m in found]


def write_spans(spans: list[SpanInput]) -> str:
    """The other way round."""
    return " ".join(f"{span.role.value}:{span.start}-{span.end}" for span in spans)
