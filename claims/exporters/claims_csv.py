"""`claims.csv` alone: a row a claim, for a person with a spreadsheet.

It begins with a BOM, without which Excel reads UTF-8 as something else, and carries
permalinks and derived states. For a copy that can be imported again, see `bundle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Annotated, NamedTuple

from claims.exporters import rows as csv_rows
from claims.records.cells import LIST, OFFSETS_PATTERN, SHA256_PATTERN
from claims.records.columns import (
    columns_of,
    count,
    day,
    key,
    mark,
    moment,
    ref,
    text,
    word,
    word_or_blank,
    yes_no,
)
from claims.records.words import (
    ArticleType,
    ClaimKind,
    ClaimStatus,
    KnowsBy,
    Origin,
    Polarity,
    SourceKind,
    Speech,
    State,
    TimePrecision,
)

BOM = b"\xef\xbb\xbf"
LISTED = 200
"""So many competing claims are listed by id; their number is always exact."""


class ClaimRow(NamedTuple):
    """One claim with everything that a reader needs beside it."""

    claim_id: Annotated[str, key("The claim.")]
    permalink: Annotated[str, text("Its address in the app.")]
    incident_id: Annotated[str | None, ref("The incident it is about; blank is none.", "")]
    incident_code: Annotated[str, text("The incident's code.")]
    incident_title: Annotated[str, text("The incident's title.")]
    incident_date: Annotated[
        str,
        mark(
            "When it began, as far as known: a day, a month (2016-12) or a year.",
            r"\d{4}(-\d\d(-\d\d)?)?",
        ),
    ]
    incident_place: Annotated[str, text("Where it was, in words.")]
    incident_state: Annotated[str, word_or_blank(State, "Computed from its claims.")]
    article_id: Annotated[str, key("The article the claim is made in.")]
    article_title: Annotated[str, text("The article's title.")]
    article_type: Annotated[str, word(ArticleType, "What sort of item it is.")]
    publisher: Annotated[str, text("Who published it; blank is unknown.")]
    article_url: Annotated[str, text("Where it was published.")]
    archive_url: Annotated[str, text("Where a copy is archived.")]
    published_on: Annotated[date | None, day("The day of publication.")]
    language: Annotated[str, text("Language of the article (BCP 47).")]
    revision: Annotated[
        int, count("Number of the article's text that the offsets count in.", 1, required=True)
    ]
    text_sha256: Annotated[
        str, mark("SHA-256 of that text as UTF-8, in hex.", SHA256_PATTERN, required=True)
    ]
    source: Annotated[str, text("Who says it.")]
    source_words: Annotated[str, text("Who says it, in the words of the article.")]
    source_kind: Annotated[str, word(SourceKind, "What sort of actor the source is.")]
    source_side: Annotated[str, text("The side the source is on.")]
    source_affiliation: Annotated[str, text("What the source belongs to.")]
    originator: Annotated[
        str,
        text("The original source: where this claim repeats another, that one's; else its own."),
    ]
    via: Annotated[str, text("Who relays it.")]
    accused: Annotated[str, text("Whom it blames.")]
    kind: Annotated[str, word(ClaimKind, "What sort of statement it is.")]
    polarity: Annotated[str, word(Polarity, "Whether it says that it is so or is not so.")]
    speech: Annotated[str, word(Speech, "Whose words they are: only `direct` are the speaker's.")]
    knows_by: Annotated[str, word(KnowsBy, "How the source knows, as far as the text says.")]
    text: Annotated[
        str, text("What it says, in the words of the article; parts joined by ` […] `.")
    ]
    cue: Annotated[str, text("The reporting words, in the words of the article.")]
    paraphrase: Annotated[str, text("The analyst's words for it; never the source's.")]
    translation: Annotated[str, text("A translation; never the quote.")]
    said_from: Annotated[date | None, day("The first day on which it may have been said.")]
    said_to: Annotated[date | None, day("The last day on which it may have been said.")]
    said_as_stated: Annotated[str, text("When it was said, in the words of the article.")]
    content_offsets: Annotated[
        str,
        mark(
            "Where the text stands, `12-40|66-80`: from 0, in Unicode code points, end not"
            " included. Import this column as text; some spreadsheets see a date in `12-40`.",
            OFFSETS_PATTERN,
        ),
    ]
    questions: Annotated[str, text("The questions it is filed under, joined by ` | `.")]
    answers: Annotated[
        str,
        text(
            "What it says of each, in the order of `questions`, joined by ` | `: the answer that it"
            " holds, or with `rejects: `, `holds in part: ` or `rejects in part: ` before it."
        ),
    ]
    claim_disputed: Annotated[bool, yes_no("`true` if another live claim competes with it.")]
    competing_originators: Annotated[
        int, count("So many original sources compete with it.", required=True)
    ]
    competing_claims: Annotated[
        int, count("So many claims compete with it; always exact.", required=True)
    ]
    competing_claim_ids: Annotated[
        str,
        mark(f"Their ids joined by `|`, at most {LISTED}.", r"[0-9a-f-]+(\|[0-9a-f-]+)*"),
    ]
    verdict: Annotated[
        str,
        text(
            "The reviewers' verdicts on each of `questions`, in their order, joined by ` | `;"
            " several on one question by ` / `, a second opinion marked ` (second)`; `none` where"
            " one has none. Blank where none has any."
        ),
    ]
    likelihood: Annotated[
        str,
        text("How likely they find that the answer is so (ICD 203), likewise; `none`: not said."),
    ]
    confidence: Annotated[str, text("How well founded they find their verdict, likewise.")]
    status: Annotated[str, word(ClaimStatus, "Where the claim stands in the work.")]
    origin: Annotated[str, word(Origin, "Where it came from.")]
    annotator: Annotated[str, text("The member who made it.")]
    approver: Annotated[str, text("The member who approved it.")]
    created_at: Annotated[datetime, moment("When it was made.", required=True)]
    updated_at: Annotated[datetime, moment("When it was last changed.", required=True)]


COLUMNS = ClaimRow._fields


def write(rows: Iterable[ClaimRow]) -> Iterator[bytes]:
    """The file in pieces; the first holds the BOM and the header and needs no row.

    Raises ValueError as `rows.write` does.
    """
    yield BOM
    yield from csv_rows.write(columns_of(ClaimRow), rows)


def list_ids(ids: Iterable[str]) -> str:
    """The cell of `competing_claim_ids`: the first `LISTED` of them."""
    return LIST.join(islice(ids, LISTED))


def incident_date(occurred_from: datetime | None, precision: str) -> str:
    """The day, month or year (in UTC) that is known, and no more; blank if none is."""
    if occurred_from is None or precision == TimePrecision.UNKNOWN:
        return ""
    length = {TimePrecision.YEAR.value: 4, TimePrecision.MONTH.value: 7}.get(precision, 10)
    return occurred_from.astimezone(UTC).date().isoformat()[:length]
