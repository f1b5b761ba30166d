"""Annotations of other tools: what goes in comes out counted, and what is wrong is named."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.importers import brat, doccano, json_items, label_studio, web_annotation
from claims.importers import foreign as foreigners
from claims.importers.foreign import Foreign
from claims.importers.marks import Shelf, There, uid
from claims.importers.meaning import relation_of
from claims.importers.page import ReadError
from claims.importers.values import Problem
from claims.importers.work import Line
from claims.records import Relation
from claims.records.tables import BY_NAME
from tests.files import a_zip
from tests.unit.exporters import made
from tests.unit.importers import foreign

READERS: dict[str, Callable[..., Foreign]] = {
    "web-annotation": web_annotation.read,
    "brat": brat.read,
    "doccano": doccano.read,
    "label-studio": label_studio.read,
}
HERE = There(made.uid(10), 1, made.uid(20), "Deaths", foreign.EMOJI)
TWICE = a_zip({"a.ann": "", "b.ann": ""}).replace(b"b.ann", b"a.ann")
WRONG_WORDS = foreign.region("a", "a b", "a", "X") | {
    "value": {"start": 0, "end": 1, "text": "b", "labels": []}
}
URN = f"urn:uuid:{HERE.revision_id}"


def read(name: str, content: bytes, *texts: There) -> Foreign:
    return READERS[name](io.BytesIO(content), "the file", Shelf(*texts))


def rows(work: Foreign, table: str) -> list[Any]:
    return [one.record for one in work.rows(BY_NAME[table]) if isinstance(one, Line)]


def wrong(work: Foreign) -> list[str]:
    return [str(one) for one in work.rows(BY_NAME["sources"]) if isinstance(one, Problem)]


def spans(work: Foreign) -> list[tuple[str, str]]:
    return [(one.role, one.quote) for one in rows(work, "spans")]


def comments(work: Foreign) -> list[str]:
    return [one.text for one in rows(work, "comments")]


def a_page(*items: Any) -> bytes:
    return json.dumps({"type": "AnnotationPage", "items": list(items)}, indent=1).encode()


# -- the samples of the other tools: as much comes out as goes in ----------------------------------


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("brat", foreign.brat(), (14, 10, 4, 7, 1, 4, 2)),
        ("doccano", foreign.jsonl(*foreign.doccano_lines()), (7, 6, 1, 3, 1, 1, 1)),
        ("label-studio", foreign.as_json(foreign.tasks()), (5, 4, 1, 3, 1, 1, 1)),
    ],
)
def test_all_that_goes_in_comes_out(name: str, content: bytes, told: tuple[int, ...]) -> None:
    work = read(name, content)
    assert wrong(work) == []
    marks, claims, parts, ties, links, joins, kept = told
    as_parts = f"as who or reporting words of one: {parts}."
    assert work.notes[0] == f"Spans in the file: {marks}. As claims: {claims}; {as_parts}"
    assert work.notes[1] == (
        f"Relations in the file: {ties}. As links: {links}; joining who or reporting words to a"
        f" claim: {joins}; kept as comments: {kept}."
    )
    assert (len(rows(work, "claims")), len(rows(work, "links"))) == (claims, links)
    assert sum("Relation in the file" in text for text in comments(work)) == kept
    assert {one.status for one in rows(work, "claims")} == {"draft"}
    assert len({one.comment_id for one in rows(work, "comments")}) == len(comments(work))
    again = read(name, content)
    assert rows(again, "spans") == rows(work, "spans")  # the ids too


def test_brat_tells_words_in_pieces_events_and_what_is_said_of_them() -> None:
    work = read("brat", foreign.brat())
    found = spans(work)
    assert ("content", "Bolt\nand Nut Ltd.") in found
    assert ("content", "north") in found
    assert ("content", "of town") in found
    assert Counter(role for role, _ in found) == {"content": 11, "source": 2, "cue": 2}
    (link,) = rows(work, "links")
    assert (link.relation, link.from_source, link.to_source) == (
        "denies", "A doctor", "The mayor",
    )  # fmt: skip
    assert {one.incident_id for one in rows(work, "claims")} == {None, link.incident_id}
    (incident,) = rows(work, "incidents")
    assert (incident.title, incident.occurred_precision) == (
        "The mayor said 40 people died.", "unknown",
    )  # fmt: skip
    told = comments(work)
    assert "Event in the file: Binding, Theme “p53”, Theme2 “MDM2”" in told
    assert "Reference in the file: Wikipedia:533366 (Springfield)" in told
    assert "Relation in the file: Alias ↔ “Bolt\nand Nut Ltd.”" in told
    assert {one.named for one in rows(work, "sources")} == {False}


def test_label_studio_tells_who_marked_what() -> None:
    work = read("label-studio", foreign.as_json(foreign.tasks()))
    assert {one.annotator for one in rows(work, "claims")} == {"Ada B.", "person 2 of the file"}
    assert "Label in the file of “The mayor”: Person" in comments(work)
    assert "sure in the file: very" in comments(work)
    (link,) = rows(work, "links")
    assert (link.relation, link.to_source) == ("denies", "The mayor")
    assert any("skipped" in note for note in work.notes)
    assert any("predictions" in note for note in work.notes)


def test_doccano_may_count_what_a_reader_sees() -> None:
    line = foreign.doccano_lines()[0]
    for one in line["entities"]:
        one["start_offset"] -= 4
        one["end_offset"] -= 4
    work = read("doccano", foreign.jsonl(line))
    assert wrong(work) == []
    assert ("content", "40 people died") in spans(work)
    assert any("graphemes" in note for note in work.notes)


def test_two_texts_that_are_the_same_are_one_article() -> None:
    line = {"text": "Paris.", "entities": [foreign.entity(1, "LOC", "Paris.", "Paris")]}
    work = read("doccano", foreign.jsonl(line, line))
    assert len(rows(work, "articles")) == 1
    assert len({one.claim_id for one in rows(work, "claims")}) == 2


def test_a_text_at_the_desk_is_used() -> None:
    work = read("doccano", foreign.jsonl(*foreign.doccano_lines()), HERE)
    assert HERE.article_id in {one.article_id for one in rows(work, "claims")}
    assert len(rows(work, "articles")) == 3
    gone = read("doccano", foreign.jsonl(*foreign.doccano_lines()), HERE._replace(deleted=True))
    assert wrong(gone) == [
        "the file, line 1, text: Its article, “Deaths”, was deleted at the desk: restore it first."
    ]


def test_lines_that_end_as_in_windows_move_no_words() -> None:
    text = "One.\r\nTwo.\rParis."
    line = {"text": text, "entities": [foreign.entity(1, "LOC", text, "Paris")]}
    for work in (
        read("doccano", foreign.jsonl(line)),
        read("brat", a_zip({"a.txt": text, "a.ann": "T1\tLOC 11 16\tParis\r\n"})),
    ):
        assert spans(work) == [("content", "Paris")]
        assert rows(work, "spans")[0].start == 10


def test_links_keep_the_rules_and_what_breaks_them_is_a_comment() -> None:
    text = "A B C"
    made_of = [foreign.entity(at, "claim", text, letter) for at, letter in enumerate(text.split())]
    ends = [
        (0, 1, "restates"), (0, 2, "restates"), (1, 0, "restates"), (0, 0, "contradicts"),
        (1, 2, "contradiction"), (2, 1, "contradicts"), (1, 2, "supersedes"), (2, 0, "agrees"),
    ]  # fmt: skip
    ties = [foreign.relation(at, *one) for at, one in enumerate(ends)]
    work = read("doccano", foreign.jsonl({"text": text, "entities": made_of, "relations": ties}))
    assert [one.relation for one in rows(work, "links")] == [
        "restates", "contradicts", "corroborates",
    ]  # fmt: skip
    reasons = {text.partition("\n")[2] for text in comments(work) if "Relation" in text}
    assert reasons == {
        "A claim can repeat one other only.",
        "It would lead back to itself.",
        "Both ends of it are one claim.",
        "The two are linked in this way already.",
        "Whether both have the same source is not known.",
    }


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Contradiction", (Relation.CONTRADICTS, False)),
        ("agrees with", (Relation.CORROBORATES, False)),
        ("RespondsTo", (Relation.RESPONDS_TO, False)),
        ("denied-by", (Relation.DENIES, True)),
        ("supports", None),
        ("", None),
    ],
)
def test_only_types_with_the_names_of_ours_are_links(
    name: str, found: tuple[Relation, bool] | None
) -> None:
    assert relation_of(name) == found


def test_ids_are_the_same_each_time_and_in_the_order_of_the_file() -> None:
    ids = [uid("a" * 64, "link", f"R{number}") for number in (2, 10, 300)]
    assert ids == sorted(ids)
    assert uid("a" * 64, "link", "R2") == ids[0] != uid("a" * 64, "claim", "R2")


# -- W3C -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selectors", "quote", "note"),
    [
        ([foreign.at(6, 15), foreign.quoted("The mayor")], "The mayor", ""),
        ([foreign.at(9, 18), foreign.quoted("The mayor")], "The mayor", "UTF-16"),
        ([foreign.at(0, 9), foreign.quoted("The mayor")], "The mayor", "found by these"),
        ([foreign.quoted("40 people  died")], "40 people died", "white space"),
        ([foreign.quoted("d", "40 people die", ".")], "d", ""),
        ([foreign.at(6, 15)], "The mayor", "only offsets"),
    ],
)
def test_words_are_found_by_place_or_by_quote(selectors: list[Any], quote: str, note: str) -> None:
    work = read("web-annotation", a_page(foreign.annotated("a", URN, *selectors)), HERE)
    assert (wrong(work), spans(work)) == ([], [("content", quote)])
    assert note in " ".join(work.notes)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (foreign.annotated("a", URN, foreign.quoted("no such words")), "is not in the text"),
        (foreign.annotated("a", URN, foreign.quoted("d")), "in the text more than once"),
        (foreign.annotated("a", URN, {"type": "XPathSelector"}), "None of its selectors"),
        (foreign.annotated("a", URN, foreign.at(5, 900)), "is no place in the text"),
        (foreign.annotated("a", "https://x.org/a"), "does not have the text “https://x.org/a”"),
        ({"type": "Annotation", "id": "a"}, "It is on nothing."),
        ({"type": "Annotation", "target": URN}, "needs an id"),
        ({"type": "AnnotationCollection", "first": "https://x.org/1"}, "are elsewhere"),
        ([1], "It is no annotation"),
    ],
)
def test_what_can_not_be_placed_is_named(item: Any, why: str) -> None:
    (problem,) = wrong(read("web-annotation", a_page(item), HERE))
    assert why in problem
    assert problem.startswith("the file, line 4, ")


def test_labels_notes_and_relations_between_annotations() -> None:
    body = [
        {"type": "TextualBody", "purpose": "tagging", "value": "Claim"},
        {"type": "TextualBody", "purpose": "commenting", "value": "so he says"},
    ]
    other = "https://example.org/denial"
    link = {
        "id": "l", "type": "Annotation", "motivation": "linking",
        "body": {"type": "TextualBody", "purpose": "tagging", "value": "denies"},
        "target": [other, "a"],
    }  # fmt: skip
    odd = link | {"id": "m", "body": None, "target": ["a", {"id": other}]}
    reply = {"id": "r", "type": "Annotation", "bodyValue": "no", "target": "a"}
    page = {"id": "p", "type": "Annotation", "bodyValue": "of it all", "target": URN}
    made_by = {"creator": {"name": "Ada"}, "created": "2024-05-01T10:00:00+02:00"}
    work = read(
        "web-annotation",
        a_page(
            link,
            foreign.annotated("a", URN, foreign.quoted("40 people died"), body=body, **made_by),
            foreign.annotated(other, {"id": URN}, foreign.quoted("denied that")),
            odd, reply, page,
        ),
        HERE,
    )  # fmt: skip
    assert wrong(work) == []
    assert [one.relation for one in rows(work, "links")] == ["denies"]
    claim = rows(work, "claims")[0]
    assert (claim.annotator, claim.created_at.isoformat()) == ("Ada", "2024-05-01T08:00:00+00:00")
    assert comments(work) == [
        "Label in the file: Claim",
        "Relation in the file: linking → “denied that”",
        "Note in the file (commenting): so he says",
        "Note in the file: no",
        "Note in the file: of it all",
    ]


# -- what is wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"says_ann": "T1\tX 0 3\tThy\n"}, "says.ann, line 1, T1: The text says “The” there"),
        ({"says_ann": "T1\tX 0 999\tThe\n"}, "says.ann, line 1, T1: The text says “”"),
        ({"says_ann": "\nT1 X 0 3 The\n"}, "says.ann, line 2"),
        ({"says_ann": "T1\tX 0 3\tThe\nT1\tX 4 9\tmayor\n"}, "line 2, T1: The id is there twice"),
        ({"says_ann": "R1\tDenies Arg1:T1\n"}, "It is no relation"),
        ({"says_ann": "T1\tX 0 3\tThe\nR1\tX Arg1:T1 Arg2:T9\n"}, "leads to what is not there: T9"),
        ({"says_ann": "#1\tAnnotatorNotes T9\tx\n"}, "It is on T9, which is not in the file"),
        ({"says_ann": "?\n"}, "What this line is can't be told"),
        ({"says_ann": "E1\tX:E1\n"}, "It is on E1, which is not in the file"),
        ({"says_ann": b"\n\xff\n"}, "says.ann, line 2: It is not UTF-8."),
        ({"says_txt": "a\0b"}, "says.txt, line 1, text: Line 1 holds a NUL"),
        ({"lone_ann": ""}, "lone.ann: lone.txt is not there"),
        ({"../up_ann": ""}, "leads out of the ZIP"),
    ],
)
def test_a_damaged_line_of_brat_is_named(changed: dict[str, str | bytes], why: str) -> None:
    names = {name.replace("/up_", "/up."): content for name, content in changed.items()}
    (problem,) = wrong(read("brat", foreign.brat(**names)))
    assert why in problem


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("doccano", b'{"text": "a b", "entities": [\n', "line 1: It is no JSON"),
        ("doccano", b'{"text": 3}\n', "line 1, text: The line is no object with a text."),
        ("doccano", foreign.jsonl({"text": "a", "label": [[0, 9, "X"]]}), "label.0: 0 to 9 is no"),
        ("doccano", foreign.jsonl({"text": "a", "label": [[0, "1", "X"]]}), "label.0: It needs"),
        ("doccano", foreign.jsonl({"text": "a", "entities": {}}), "entities: It is no list."),
        ("doccano", foreign.jsonl({"text": " ", "entities": []}), "There is no text."),
        ("doccano", b'{"text": "a\\ud800", "entities": []}', "half a character"),
        (
            "doccano",
            foreign.jsonl({"text": "a", "relations": [foreign.relation(1, 5, 6, "x")]}),
            "leads to what is not there",
        ),
        ("label-studio", b'[{"id": 1, "text": "a"}]', "task 1: It is no task with"),
        ("label-studio", b'[{"data": {"t": " "}, "annotations": []}]', "There is no text."),
        (
            "label-studio",
            foreign.as_json(
                [{"data": {"t": "a b"}, "annotations": [{"result": [WRONG_WORDS]}]}]
            ),
            "task 1.annotations.0.result.0.value: At 0 to 1 the text has “a”.",
        ),
        (
            "label-studio",
            foreign.as_json([{"data": {"t": "a"}, "annotations": [{"result": [{"type": "x"}]}]}]),
            "its type is not known here",
        ),
    ],
)  # fmt: skip
def test_a_damaged_line_of_json_is_named(name: str, content: bytes, why: str) -> None:
    (problem,) = wrong(read(name, content))
    assert why in problem


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("brat", b"PK\x03\x04", "is damaged"),
        ("brat", a_zip({"a.txt": "x"}), "no file of annotations"),
        ("doccano", b"\n", "no line with a text"),
        ("doccano", b"\xff", "not UTF-8"),
        ("label-studio", b"[{}\n, {]", "no JSON from line 2 on"),
        ("label-studio", b"[] []", "more after its end"),
        ("label-studio", b"[" * 50_000, "nested too deeply"),
        ("label-studio", b"[]", "no task"),
        ("label-studio", b"[{} {}]", "a comma is missing"),
        ("brat", TWICE, "the same name"),
        ("web-annotation", b'{"items": [NaN]}', "NaN is no value of JSON"),
        ("web-annotation", b'{"items": []}', "no annotation"),
        ("web-annotation", b'{"id" 1}', "a “:” is missing"),
    ],
)
def test_a_file_that_can_not_be_read_says_why(name: str, content: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read(name, content)


def test_too_much_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(foreigners, "MOST_MARKS", 1)
        with pytest.raises(ReadError, match="more than 1 spans"):
            read("brat", foreign.brat())
    monkeypatch.setattr(json_items, "LARGEST", 10)
    with pytest.raises(ReadError, match="export it in parts"):
        read("doccano", b"x" * 11)
    monkeypatch.setattr(brat, "LARGEST", 100)
    with pytest.raises(ReadError, match="would be larger"):
        read("brat", a_zip({"a.txt": "x" * 200, "a.ann": ""}))


# -- the odd shapes of each ------------------------------------------------------------------------


def of_one(*result: Any, **data: str) -> bytes:
    held = data or {"text": foreign.EMOJI}
    return foreign.as_json([{"data": held, "annotations": [foreign.annotation(1, None, *result)]}])


def test_label_studio_in_other_units_without_words_and_twice() -> None:
    mayor = foreign.region("a", foreign.EMOJI, "The mayor", "X")
    late = mayor | {"value": mayor["value"] | {"start": 9, "end": 18}}
    again = mayor | {"value": mayor["value"] | {"labels": ["Y", "X"]}}
    bare = {"id": "b", "type": "labels", "value": {"start": 6, "end": 9, "labels": ["Z"]}}
    rated = {"id": "c", "type": "rating", "value": {"rating": 4}}
    filed = {"id": "d", "type": "taxonomy", "value": {"taxonomy": [["Air", "Strike"]]}}
    back = foreign.tie("a", "b", direction="left")
    both = foreign.tie("a", "b", "denies", direction="bi")
    work = read("label-studio", of_one(late, again, bare, rated, filed, back, both))
    assert wrong(work) == []
    assert spans(work) == [("content", "The mayor"), ("content", "The")]
    assert comments(work) == [
        "Labels in the file: X, Y",
        "Label in the file: Z",
        "Relation in the file: without a type → “The mayor”",
        "Relation in the file: denies ↔ “The”\nIt leads both ways, which this relation can't.",
        "rating in the file: 4",
        "taxonomy in the file: Air > Strike",
    ]
    told = " ".join(work.notes)
    assert all(sign in told for sign in ("UTF-16", "by offsets", "twice"))


def test_label_studio_may_have_several_texts() -> None:
    mark = foreign.region("a", foreign.EMOJI, "The mayor", "X")
    work = read("label-studio", of_one(mark, title="A title", body=foreign.EMOJI))
    assert spans(work) == [("content", "The mayor")]
    both = read("label-studio", of_one(mark, title="The mayor", body=foreign.EMOJI))
    assert "Which of its values is the text" in wrong(both)[0]


@pytest.mark.parametrize(
    ("result", "why"),
    [
        ([{"type": "labels", "value": {"start": "/div", "end": "/div"}}], "no HyperText"),
        ([{"type": "relation", "from_id": 3}], "no relation with from_id"),
        ([3], "It is no object."),
        (
            [foreign.region("a", foreign.EMOJI, word, "X") for word in ("The", "mayor")],
            "a is there twice",
        ),
    ],
)
def test_what_label_studio_can_not_mean_is_named(result: list[Any], why: str) -> None:
    assert why in wrong(read("label-studio", of_one(*result)))[0]


def test_doccano_with_a_label_twice_and_lines_of_no_use() -> None:
    twice = {"text": "Paris.", "label": [[0, 5, "LOC"], [0, 5, "LOC"]]}
    work = read("doccano", foreign.jsonl(twice, {"text": "a", "label": [3]}) + b"[" * 9_999)
    assert [one.quote for one in rows(work, "spans")] == ["Paris"]
    assert "nested too deeply" in wrong(work)[0]
    assert "neither an entity nor" in wrong(work)[1]


def test_reporting_words_that_may_be_of_two_claims_stay_on_their_own() -> None:
    text = "He said A, B."
    marks = [
        foreign.entity(at, label, text, words)
        for at, (label, words) in enumerate(
            [("who", "He"), ("cue", "said"), ("claim", "A"), ("claim", "B"), ("cue", ",")]
        )
    ]
    ties = [foreign.relation(at, *ends, "says") for at, ends in enumerate([(0, 1), (0, 2), (3, 0)])]
    work = read("doccano", foreign.jsonl({"text": text, "entities": marks, "relations": ties}))
    assert [one.source for one in rows(work, "claims")] == [
        "not given in the file", "He", "He", "not given in the file",
    ]  # fmt: skip


def test_brat_counts_in_other_units_and_a_line_of_one_word() -> None:
    ann = "T1\tX 9 18\tThe mayor\n*\tEquiv T1\n"
    work = read("brat", a_zip({"a.txt": foreign.EMOJI, "a.ann": ann}))
    assert spans(work) == [("content", "The mayor")]
    assert "fewer than two" in wrong(work)[0]
    assert any("UTF-16" in note for note in work.notes)


def test_the_files_are_known_by_what_is_in_them() -> None:
    assert list(brat.named(foreign.brat())) == ["news/one.ann", "bio.a1", "bio.a2", "says.ann"]
    assert not list(brat.named(a_zip({"a.txt": "a.ann"})))
    known = [
        doccano.is_one(one) for one in (*foreign.doccano_lines(), [], {"title": "", "label": []})
    ]
    assert known == [True, True, True, True, False, False]


class Addresses(Shelf):
    """Finds texts by an address that is made of their revision."""

    def by_address(self, url: str) -> list[There]:
        return [one for one in self.texts if url.endswith((one.revision_id, "all"))]


def test_texts_are_told_by_address_and_one_annotation_may_be_on_two() -> None:
    other = HERE._replace(article_id=made.uid(11), revision_id=made.uid(21), newest=False)
    url = "https://x.org/"
    words = foreign.quoted("The mayor")
    targets = [{"source": f"{url}{one.revision_id}#p1", "selector": words} for one in (HERE, other)]
    both = {"type": "Annotation", "id": "b", "target": targets, "body": {"purpose": "tagging"}}
    work = web_annotation.read(
        io.BytesIO(
            a_page(both, {"type": "Annotation", "id": "c", "target": ["b", url + "all"]},
                   foreign.annotated("d", url + "all", words))
        ),
        "the file", Addresses(HERE, other),
    )  # fmt: skip
    assert {one.article_id for one in rows(work, "claims")} == {HERE.article_id, other.article_id}
    assert [problem.partition(": ")[2] for problem in wrong(work)] == [
        "c: It is on annotations and on texts at once.",
        f"d: Several articles at the desk have the address {url}all.",
    ]
    assert any("a newer one: 1." in note for note in work.notes)
    assert any("Bodies without a text" in note for note in work.notes)
    gone = read(
        "web-annotation", a_page(foreign.annotated("a", URN, words)), HERE._replace(deleted=True)
    )
    assert "was deleted at the desk" in wrong(gone)[0]


def test_links_bring_texts_together_and_parts_do_not_cross_them() -> None:
    other = HERE._replace(
        article_id=made.uid(11), revision_id=made.uid(21), text="He says: it is so."
    )
    there = f"urn:uuid:{other.revision_id}"
    tag = {"type": "TextualBody", "purpose": "tagging"}
    claim = tag | {"value": "claim"}
    link = {"type": "Annotation", "motivation": "linking", "target": ["a", "b"]}
    work = read(
        "web-annotation",
        a_page(
            foreign.annotated("a", URN, foreign.quoted("denied that"), body=claim),
            foreign.annotated("b", there, foreign.quoted("He"), body=tag | {"value": "who"}),
            link | {"id": "l", "body": tag | {"value": "said by"}},
            link | {"id": "m", "body": tag | {"value": "contradicts"}},
            link | {"id": "n", "body": tag | {"value": "denies"}, "target": ["a", "b", "a"]},
        ),
        HERE, other,
    )  # fmt: skip
    assert len(rows(work, "claims")) == 2
    (made_link,) = rows(work, "links")
    assert {one.incident_id for one in rows(work, "claims")} == {made_link.incident_id}
    assert sum("Relation in the file" in text for text in comments(work)) == 2


# -- hostile shapes --------------------------------------------------------------------------------

NAMES = (
    "id type data text annotations result value start end labels from_id to_id direction entities"
    " label start_offset end_offset relations body target source selector exact items first"
    " motivation purpose completed_by cc:sha256 cc:role"
).split()
WORDS = (
    "labels relation Annotation cc:Claim cc:Link TextPositionSelector TextQuoteSelector tagging"
    f" linking The a \ud800 {URN}"
).split()
SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 60) | st.sampled_from(WORDS) | st.floats(0, 9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=25,
)


@pytest.mark.parametrize("name", ["web-annotation", "doccano", "label-studio"])
@given(shape=SHAPES)
def test_any_shape_is_read_or_refused(name: str, shape: Any) -> None:
    plain = {
        "web-annotation": {"items": [foreign.annotated("a", URN, foreign.at(6, 15)), shape]},
        "doccano": {"text": foreign.EMOJI, "entities": shape, "relations": shape, "label": shape},
        "label-studio": [
            {"data": {"text": foreign.EMOJI}, "annotations": [{"result": shape}]},
            {"data": {"text": foreign.EMOJI}, "annotations": shape}, shape,
        ],
    }  # fmt: skip
    for content in (plain[name], shape):
        try:
            work = read(name, json.dumps(content).encode(), HERE)
        except ReadError:
            continue
        for table in BY_NAME.values():
            assert all(isinstance(one, Line | Problem) for one in work.rows(table))
