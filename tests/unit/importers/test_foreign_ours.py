"""What our own exports wrote as W3C and brat comes back, and goes out as the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring.text import sha256
from claims.exporters import brat as brats
from claims.exporters import web_annotation as web_annotations
from claims.exporters.document import Annotated, Document
from claims.importers import brat, web_annotation
from claims.importers.foreign import Foreign
from claims.importers.marks import Shelf, There
from claims.importers.values import Problem
from claims.importers.work import Line
from claims.records import Article, Claim, Figure, Link, Relation, Source, Span
from claims.records.tables import BY_NAME
from tests.unit.exporters import made

TEXT = "e\u0301 “👨‍👩‍👧”\nقال شهود\u00a0إن.\n\nAnd\tthat\u2028was it."
ARTICLE = made.filled(Article, article_id=made.uid(10), title="=A\t“title”")
HERE = There(made.uid(10), 1, made.uid(20), ARTICLE.title, TEXT)
SOURCE = made.filled(Source, source_id=made.uid(30), name="Wire", kind="media")
MEDIC = made.filled(
    Source, source_id=made.uid(31), name="a medic", named=False, article_id=made.uid(10)
)
LINK = made.uid(60)


class World(NamedTuple):
    """Two claims of one article, and a link between them."""

    document: Document
    link: Link


PIECES = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 15)).map(
    lambda one: (one[0], min(len(TEXT), sum(one)))
)
PLACES = st.fixed_dictionaries(
    {"content": st.sets(PIECES, min_size=1, max_size=4)},
    optional={"source": st.sets(PIECES, max_size=2), "cue": st.sets(PIECES, max_size=2)},
).filter(lambda held: any(TEXT[slice(*one)].strip("\n") for one in held["content"]))


def world(first: Any, second: Any, name: str, words: str) -> World:
    common = {"article_id": made.uid(10), "incident_id": made.uid(50), "incident_code": "IQ-1"}
    claims = [
        made.filled(
            Claim,
            claim_id=made.uid(40 + at),
            source_id=source.source_id,
            source=source.name,
            paraphrase=words,
            annotator="Ada",
            said_from=made.NOON.date(),
            status="submitted",
            **common,
        )
        for at, source in enumerate((SOURCE, MEDIC))
    ]
    figure = made.filled(
        Figure, claim_id=made.uid(40), as_stated=words or "none", low=0, order=3, measure="killed"
    )
    told = [
        Annotated(claim, list(spans(claim.claim_id, places)), [figure] if not at else [])
        for at, (claim, places) in enumerate(zip(claims, (first, second), strict=True))
    ]
    link = made.filled(
        Link, link_id=LINK, relation=name, note=words, incident_id=made.uid(50),
        from_claim_id=made.uid(41), to_claim_id=made.uid(40), annotator="Ada",
    )  # fmt: skip
    return World(Document(ARTICLE, HERE.revision_id, sha256(TEXT), TEXT, told), link)


def spans(claim: str, places: dict[str, set[tuple[int, int]]]) -> Any:
    for role, pieces in sorted(places.items()):
        for start, end in sorted(pieces):
            yield Span(
                claim, made.uid(10), 1, role, start, end, TEXT[start:end], "exact", 1.0
            )  # fmt: skip


def as_annotations(held: World) -> bytes:
    return b"".join(web_annotations.write([SOURCE, MEDIC], [held.document], [held.link]))


def as_brat(held: World) -> bytes:
    link = held.link
    within = brats.Within(
        link.relation, link.from_claim_id, link.to_claim_id, link.link_id, link.basis, link.note,
        link.incident_id,
    )  # fmt: skip
    return b"".join(brats.write([SOURCE, MEDIC], [held.document], lambda _: [within]))


FORMATS: dict[str, tuple[Callable[[World], bytes], Callable[..., Foreign]]] = {
    "web-annotation": (as_annotations, web_annotation.read),
    "brat": (as_brat, brat.read),
}


def back(work: Foreign, held: World) -> World:
    """What was read, as it would be at a desk."""

    def rows(name: str) -> list[Any]:
        found = list(work.rows(BY_NAME[name]))
        assert not [one for one in found if isinstance(one, Problem)]
        return [one.record for one in found if isinstance(one, Line)]

    assert {SOURCE.source_id: SOURCE.kind, MEDIC.source_id: MEDIC.kind} == {
        one.source_id: one.kind for one in rows("sources")
    }
    found = sorted(rows("spans"), key=lambda one: (one.role, one.start, one.end))
    was = {one.claim.claim_id: one.claim for one in held.document.claims}
    told = [
        Annotated(
            claim._replace(text=was[claim.claim_id].text),
            [one for one in found if one.claim_id == claim.claim_id],
            [one for one in rows("figures") if one.claim_id == claim.claim_id],
        )
        for claim in sorted(rows("claims"))
    ]
    article = next(iter(rows("articles")), ARTICLE)
    document = held.document._replace(claims=told, article=ARTICLE._replace(title=article.title))
    (link,) = rows("links")
    return World(document, link)


@pytest.mark.parametrize("name", FORMATS)
@given(
    first=PLACES,
    second=PLACES,
    relation=st.sampled_from([Relation.DENIES, Relation.CONTRADICTS, Relation.RESPONDS_TO]),
    words=st.sampled_from(["", "=1\t“x”\n\\n", "👨‍👩‍👧 \u2028"]),
)
def test_what_went_out_comes_back_and_goes_out_the_same(
    name: str, first: Any, second: Any, relation: Relation, words: str
) -> None:
    write, read = FORMATS[name]
    held = world(first, second, relation.value, words)
    content = write(held)
    for library in (Shelf(HERE), Shelf()) if name == "brat" else (Shelf(HERE),):
        assert write(back(read(io.BytesIO(content), "the file", library), held)) == content
