from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring.segments import Segment, by_paragraph, segments
from claims.anchoring.text import paragraphs

from .strategies import texts, texts_with_spans

spans = st.lists(
    st.tuples(st.integers(0, 5), st.integers(-2, 60), st.integers(-2, 60)), max_size=12
)


def test_overlapping_and_nested_spans_become_flat_pieces() -> None:
    found = segments("abcdef", 0, 6, [("x", 0, 4), ("y", 2, 6), ("z", 2, 3)])
    assert found == [
        Segment(0, 2, "ab", ("x",)),
        Segment(2, 3, "c", ("x", "y", "z")),
        Segment(3, 4, "d", ("x", "y")),
        Segment(4, 6, "ef", ("y",)),
    ]


def test_spans_are_cut_to_the_window() -> None:
    found = segments("abcdef", 2, 4, [("x", 0, 3), ("y", 4, 6), ("z", 3, 3)])
    assert found == [Segment(2, 3, "c", ("x",)), Segment(3, 4, "d", ())]


def test_an_empty_window_has_no_pieces() -> None:
    assert segments("abc", 1, 1, [("x", 0, 3)]) == []


@given(texts_with_spans(), spans)
def test_pieces_join_to_the_window_and_know_their_spans(
    window: tuple[str, int, int], marks: list[tuple[int, int, int]]
) -> None:
    text, start, end = window
    found = segments(text, start, end, marks)
    assert "".join(piece.text for piece in found) == text[start:end]
    at = start
    for piece in found:
        assert piece.start == at < piece.end
        at = piece.end
        assert piece.text == text[piece.start : piece.end]
        for offset in range(piece.start, piece.end):
            assert set(piece.ids) == {name for name, first, last in marks if first <= offset < last}
        assert len(piece.ids) == len(set(piece.ids))


def test_a_span_over_two_paragraphs_is_in_both() -> None:
    text = "ab\ncd\n\nef"
    found = by_paragraph(text, paragraphs(text), [("x", 1, 4), ("y", 2, 3)])
    assert [[(piece.text, piece.ids) for piece in line] for line in found] == [
        [("a", ()), ("b", ("x",))],
        [("c", ("x",)), ("d", ())],
        [("ef", ())],
    ]


@given(texts, spans)
def test_by_paragraph_is_segments_of_each(text: str, marks: list[tuple[int, int, int]]) -> None:
    lines = paragraphs(text)
    each = [segments(text, line.start, line.end, marks) for line in lines]
    assert by_paragraph(text, lines, marks) == each
