"""REFI-QDA project exchange (`.qdpx`, standard 1.0): NVivo, ATLAS.ti, MAXQDA and Taguette read it.

A text is a source, the words of a claim are a selection in it for each part of the quote, coded
with who says it and what sort of statement it is. Links between claims are links of their first
selections. Ids that the format needs beyond ours are made from ours, so that the same work gives
the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from claims.exporters.archive import File, zipped
from claims.exporters.document import Annotated, Document
from claims.exporters.graphml import without_control
from claims.exporters.values import moment
from claims.records import ClaimKind, Link, Polarity, Relation, Source, SpanRole, Speech
from claims.records.words import Word

CANNOT = (
    "Incidents, questions, answers, figures, verdicts, comments and the uploaded files.",
    "Claims that no longer stand in the newest text of their article; links of such claims.",
    "Which selections are parts of one quote: each names its claim.",
)

NAMESPACE = "urn:QDA-XML:project:1.0"
_OURS = UUID("5f0e2c4a-9d1b-4c57-8a3e-0c1d7b6a9e21")
LISTS: dict[str, type[Word]] = {"kind": ClaimKind, "polarity": Polarity, "speech": Speech}
ROLES = {SpanRole.SOURCE: "Who (in the words of the text)", SpanRole.CUE: "Reporting words"}


def write(
    sources: Iterable[Source],
    documents: Callable[[], Iterable[Document]],
    links: Iterable[Link],
) -> Iterator[bytes]:
    """The ZIP in pieces. The documents are gone through twice: the project, then the texts."""
    return zipped(_files(sources, documents, links))


def _files(
    sources: Iterable[Source],
    documents: Callable[[], Iterable[Document]],
    links: Iterable[Link],
) -> Iterator[File]:
    yield File(
        "project.qde", (line.encode("utf-8") for line in _project(sources, documents, links))
    )
    for document in documents():
        yield File(f"sources/{document.revision_id}.txt", [document.text.encode("utf-8")])


def _project(
    sources: Iterable[Source],
    documents: Callable[[], Iterable[Document]],
    links: Iterable[Link],
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<Project name="Attributed claims" origin="Counterclaim" xmlns="{NAMESPACE}">\n'
    yield "<CodeBook><Codes>\n"
    yield from _codes(sources)
    yield "</Codes></CodeBook>\n<Sources>\n"
    selected: set[str] = set()
    for document in documents():
        yield from _source(document)
        selected.update(one.claim.claim_id for one in document.claims)
    yield "</Sources>\n<Links>\n"
    for link in links:
        if {link.from_claim_id, link.to_claim_id} <= selected:
            yield _link(link)
    yield "</Links>\n"
    yield _element("Description", "Not in here: " + " ".join(CANNOT))
    yield "</Project>\n"


def _codes(sources: Iterable[Source]) -> Iterator[str]:
    yield _open_code(_made("who"), "Who says it", codable=False)
    for source in sources:
        yield f"{_open_code(source.source_id, source.name)}</Code>\n"
    yield "</Code>\n"
    for name, words in LISTS.items():
        yield _open_code(_made(name), name.capitalize(), codable=False)
        for word in words:
            yield f"{_open_code(_made(name, word), word.label)}</Code>\n"
        yield "</Code>\n"
    for role, label in ROLES.items():
        yield f"{_open_code(_made('role', role), label)}</Code>\n"


def _open_code(guid: str, name: str, *, codable: bool = True) -> str:
    called = _attribute(name)
    return f'<Code guid="{guid}" name={called} isCodable="{"true" if codable else "false"}">'


def _source(document: Document) -> Iterator[str]:
    name = _attribute(document.article.title)
    path = f"internal://{document.revision_id}.txt"
    made = moment(document.article.created_at)
    yield (
        f'<TextSource guid="{document.revision_id}" name={name} plainTextPath="{path}"'
        f' creationDateTime="{made}">\n'
    )
    for one in document.claims:
        yield from _selections(one)
    yield "</TextSource>\n"


def _selections(one: Annotated) -> Iterator[str]:
    claim = one.claim
    told = f"Claim {claim.claim_id} of {claim.source}, by {claim.annotator}."
    if claim.paraphrase:
        told += f" In the analyst's words: {claim.paraphrase}"
    codes = [claim.source_id, *(_made(name, getattr(claim, name)) for name in LISTS)]
    for part, span in enumerate(one.of(SpanRole.CONTENT)):
        yield _selection(one, part, span.start, span.end, told, codes)
    for role in ROLES:
        for part, span in enumerate(one.of(role)):
            yield _selection(
                one, f"{role}{part}", span.start, span.end, told, [_made("role", role)]
            )


def _selection(
    one: Annotated, part: object, start: int, end: int, told: str, codes: list[str]
) -> str:
    claim = one.claim
    made = moment(claim.created_at)
    codings = "".join(
        f'<Coding guid="{_made(claim.claim_id, part, code)}" creationDateTime="{made}">'
        f'<CodeRef targetGUID="{code}"/></Coding>'
        for code in codes
    )
    return (
        f'<PlainTextSelection guid="{_of(claim.claim_id, part)}"'
        f" name={_attribute(claim.text[:80])}"
        f' startPosition="{start}" endPosition="{end}" creationDateTime="{made}">'
        f"{_element('Description', told)}{codings}</PlainTextSelection>\n"
    )


def _link(link: Link) -> str:
    relation = Relation(link.relation)
    direction = "Bidirectional" if relation.symmetric else "OneWay"
    return (
        f'<Link guid="{link.link_id}" name={_attribute(relation.label)} direction="{direction}"'
        f' originGUID="{_of(link.from_claim_id, 0)}" targetGUID="{_of(link.to_claim_id, 0)}"/>\n'
    )


def _of(claim: str, part: object) -> str:
    """The id of a selection: that of its claim for the first part of the quote."""
    return claim if part == 0 else _made(claim, part)


def _made(*parts: object) -> str:
    return str(uuid5(_OURS, "/".join(map(str, parts))))


def _attribute(text: str) -> str:
    return quoteattr(without_control(text))


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(without_control(text))}</{name}>"
