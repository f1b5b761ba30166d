"""What our own exports wrote as W3C and brat comes back, and goes out as the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.anchoring.text import sha256
from claims.exporters import brat as brats
from claims.exporters import web_annotation as web_annotations
from claims.exporters.document import Annotated, Document
from claims.importers import brat, web_annotation
from claims.importers.foreign import Foreign
from claims.importers.marks import Shelf, Standing, There
from claims.importers.work import Line
from claims.records import Article, Claim, Figure, Link, Relation, Source, Span
from claims.records.tables import BY_NAME
from tests.files import a_zip
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
    common = {
        "article_id": made.uid(10), "incident_id": made.uid(50), "incident_code": "IQ-1",
        "accused_id": SOURCE.source_id, "accused": SOURCE.name,
    }  # fmt: skip
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


def rows(work: Foreign, name: str) -> list[Any]:
    return [one.record for one in work.rows(BY_NAME[name]) if isinstance(one, Line)]


def told(work: Foreign) -> list[str]:
    return [one.text for one in rows(work, "comments")]


def back(work: Foreign, held: World) -> World:
    """What was read, as it would be at a desk."""
    assert work.problems == []
    assert {SOURCE.source_id: SOURCE.kind, MEDIC.source_id: MEDIC.kind} == {
        one.source_id: one.kind for one in rows(work, "sources")
    }
    found = sorted(rows(work, "spans"), key=lambda one: (one.role, one.start, one.end))
    was = {one.claim.claim_id: one.claim for one in held.document.claims}
    claims = [
        Annotated(
            claim._replace(text=was[claim.claim_id].text),
            [one for one in found if one.claim_id == claim.claim_id],
            [one for one in rows(work, "figures") if one.claim_id == claim.claim_id],
        )
        for claim in sorted(rows(work, "claims"))
    ]
    article = next(iter(rows(work, "articles")), ARTICLE)
    document = held.document._replace(claims=claims, article=ARTICLE._replace(title=article.title))
    (link,) = rows(work, "links")
    return World(document, link)


@pytest.mark.parametrize("name", FORMATS)
@example(
    first={"content": {(0, 1)}},
    second={"content": {(23, 27), (24, 26)}},
    relation=Relation.DENIES,
    words="",
)
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


PLAIN = world({"content": {(13, 16)}}, {"content": {(17, 20)}, "source": {(13, 16)}}, "denies", "x")


def read_changed(name: str, *changes: tuple[str, str]) -> Foreign:
    """What is read of a plain world, after changes in its text."""
    write, read = FORMATS[name]
    content = write(PLAIN)
    if name == "brat":
        held = zipfile.ZipFile(io.BytesIO(content))
        files = {one: held.read(one).decode() for one in held.namelist()}
        for change in changes:
            files = {one: text.replace(*change) for one, text in files.items()}
        content = a_zip(files)
    else:
        text = content.decode()
        for change in changes:
            assert change[0] in text
            text = text.replace(*change)
        content = text.encode()
    return read(io.BytesIO(content), "the file", Shelf(HERE))


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("web-annotation", '"cc:kind":"factual"', '"cc:kind":"wish"', "“wish” is not one of"),
        ("web-annotation", '"cc:paraphrase"', '"cc:paraphrases"', "not a column of a claim"),
        ("web-annotation", '"cc:note"', '"cc:notes"', "not a column of a link"),
        ("web-annotation", '"cc:role":"content"', '"cc:role":"cue"', "The claim has no words."),
        ("web-annotation", '"cc:role":"content"', '"cc:role":"what"', "“what” is no role"),
        ("web-annotation", '"cc:figures":[{', '"cc:figures":[3,{', "figures.0: urn"),
        ("web-annotation", '"cc:figures":[', '"cc:figures":3,"x":[', "It is no list."),
        ("web-annotation", '"cc:measure":"killed"', '"cc:measure":"hit"', "“hit” is not one of"),
        ("web-annotation", '"cc:from"', '"cc:fro"', "needs cc:from, cc:to and cc:relation"),
        ("web-annotation", f'"cc:sha256":"{sha256(TEXT)}', '"cc:sha256":"0', "another than the"),
        ("web-annotation", made.uid(41), made.uid(40), "is there twice"),
        ("brat", '"measure":"killed"', '"measure":"hit"', "“hit” is not one of"),
    ],
)
def test_what_is_wrong_with_a_claim_of_ours_is_named(
    name: str, old: str, new: str, why: str
) -> None:
    work = read_changed(name, (old, new))
    assert why in "\n".join(map(str, work.problems))


ADDED = (
    f"T9\tPerson 13 16\t{TEXT[13:16]}\n"
    "R9\tDenies Arg1:T9 Arg2:T1\nR8\tRestates Arg1:T1 Arg2:T2\nR7\tDenies Arg1:T3 Arg2:T1\n"
)


def test_what_a_colleague_has_added_in_brat_comes_beside_ours() -> None:
    work = read_changed("brat", ("T1\tContent", f"{ADDED}T1\tContent"))
    assert work.problems == []
    links = rows(work, "links")
    assert {one.incident_id for one in links} == {made.uid(50)}
    assert len(links) == 2
    assert "Whether both have the same source is not known." in "".join(told(work))


@pytest.mark.parametrize(
    ("incident", "reason"),
    [("", "One of them is about no incident yet."), (made.uid(51), "about different incidents.")],
)
def test_claims_of_ours_keep_their_incidents(incident: str, reason: str) -> None:
    lines = list(brats.Standoff(PLAIN.document, [], {}).lines())
    of_first = next(at for at, line in enumerate(lines) if "\tAnnotatorNotes T1\t" in line)
    lines[of_first] = lines[of_first].replace(made.uid(50), incident)
    held = {"a.txt": TEXT, "a.ann": "\n".join([*lines, "R9\tDenies Arg1:T1 Arg2:T2"])}
    work = brat.read(io.BytesIO(a_zip(held)), "the file", Shelf())
    assert reason in told(work)[0]


def test_a_source_without_an_id_is_one_of_the_article() -> None:
    work = read_changed("brat", (f'"source_id":"{SOURCE.source_id}",', ""))
    wire = [one.article_id for one in rows(work, "sources") if one.name == "Wire"]
    assert wire == [made.uid(10), None]  # the second is the one accused, with its id


def test_a_text_is_told_by_its_sha256_where_its_id_is_another() -> None:
    assert read_changed("web-annotation", (made.uid(20), made.uid(29))).problems == []


def test_a_claim_stands_in_one_text_and_a_wrong_one_has_no_comments() -> None:
    """The second claim is given a place in another text, and a wrong word and a comment."""
    page = json.loads(as_annotations(PLAIN))
    first, second, _ = page["first"]["items"]
    other = {
        "source": "https://x.org/all",
        "selector": {"type": "TextQuoteSelector", "exact": "It"},
    }
    first["target"].append(other)
    second["body"]["cc:kind"] = "wish"
    second["body"] = [second["body"], {"type": "TextualBody", "value": "no"}]

    class Two(Shelf):
        def by_address(self, url: str) -> list[There]:
            return [HERE._replace(article_id=made.uid(11), text="It was so.")]

    content = json.dumps({"items": [first, second]}).encode()
    work = web_annotation.read(io.BytesIO(content), "the file", Two(HERE))
    assert "A claim stands in one text." in str(work.problems[0])
    assert "“wish” is not one of" in str(work.problems[1])
    assert told(work) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            [('"cc:kind":"factual"', '"cc:kind":"demand"')],
            "A demand or an opinion is not",
        ),
        ([('"cc:to"', '"cc:also"')], ""),
    ],
)
def test_a_link_of_ours_that_can_not_be_is_told(
    changes: list[tuple[str, str]], reason: str
) -> None:
    work = read_changed("web-annotation", *changes)
    assert (reason in told(work)[0]) if reason else work.problems


class Moved(Shelf):
    """A desk that has both claims, about other incidents than the file says."""

    def standing(self, claims: list[str], links: list[str]) -> Standing:
        return Standing({made.uid(40): made.uid(51), made.uid(41): ""}, set())


@pytest.mark.parametrize("name", FORMATS)
def test_claims_that_were_moved_at_the_desk_are_not_linked_anew(name: str) -> None:
    write, read = FORMATS[name]
    work = read(io.BytesIO(write(PLAIN)), "the file", Moved(HERE))
    assert list(work.rows(BY_NAME["links"])) == []
    assert "At the desk its claims are about another incident by now." in told(work)[0]


def test_an_article_with_another_text_is_not_written_over() -> None:
    other = Shelf(HERE._replace(text="Another text."))
    work = brat.read(io.BytesIO(as_brat(PLAIN)), "the file", other)
    assert "The desk has this article with another text" in str(work.problems[0])
