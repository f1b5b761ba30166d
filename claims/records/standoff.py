"""How brat's annotations say what a claim is: for their writer and for their reader."""

from __future__ import annotations

from claims.records.words import (
    Certainty,
    ClaimKind,
    ClaimStatus,
    KnowsBy,
    Polarity,
    SpanRole,
    Speech,
    Word,
)

ENTITIES = {SpanRole.CONTENT: "Content", SpanRole.SOURCE: "Source", SpanRole.CUE: "Cue"}
SAID_BY, CUED_BY = "SaidBy", "CuedBy"
PARTS = {SpanRole.SOURCE: SAID_BY, SpanRole.CUE: CUED_BY}
ATTRIBUTES: dict[str, type[Word]] = {
    "Kind": ClaimKind,
    "Polarity": Polarity,
    "Speech": Speech,
    "KnowsBy": KnowsBy,
    "Certainty": Certainty,
    "Status": ClaimStatus,
}
COLUMNS = ("kind", "polarity", "speech", "knows_by", "certainty", "status")
"""The column of each attribute."""
ACTORS = ("source", "via", "accused")
NOTE = (
    "source_id source via_id via accused_id accused incident_id incident_code"
    " said_from said_to said_as_stated paraphrase"
).split()
"""What a note on the words of a claim holds beside its id, as JSON."""
OF_LINK = ("basis", "note", "incident_id")
"""What a note on a relation holds beside the id of the link, as JSON."""
TITLE = "Article"
"""The sort of note that holds the title of the article."""
