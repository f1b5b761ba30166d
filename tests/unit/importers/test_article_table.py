from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.anchoring.white import WHITE
from claims.importers import article_table
from claims.importers.decode import MAX_BYTES
from claims.importers.many import Many, Note, Problem
from claims.importers.page import ReadError

LINES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)
ROW = {
    "title": "One strike",
    "text": "  A text.\nIn two lines.",
    "publisher": "Herald",
    "url": "https://x.example/1",
    "archive_url": "",
    "byline": "Nadia",
    "published_on": "2016-12-08",
    "language": "EN-gb",
    "type": "statement",
}


def found(data: str | bytes, name: str = "a.csv") -> list[Many | Problem | Note]:
    raw = data.encode() if isinstance(data, str) else data
    return list(article_table.read_all(io.BytesIO(raw), name))


def jsonl(*rows: object) -> str:
    return "\n".join(json.dumps(row) for row in rows)


def as_csv(*rows: dict[str, str], **kw: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), **kw)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (as_csv(ROW), "a.csv"),
        ("\ufeff" + as_csv(ROW, delimiter=";"), "a.csv"),
        (as_csv(ROW, delimiter="\t"), "a.tsv"),
        (jsonl(ROW), "a.jsonl"),
        ("\ufeff\n" + jsonl(ROW) + "\n\n", "a.ndjson"),
    ],
)
def test_a_row_is_an_article(data: str, name: str) -> None:
    (one,) = found(data, name)
    assert isinstance(one, Many)
    assert (one.title, one.text, one.publisher) == (ROW["title"], ROW["text"], "Herald")
    assert (one.published_on, one.language, one.type) == (date(2016, 12, 8), "en-GB", "statement")
    assert (one.url, one.archive_url, one.byline) == (ROW["url"], "", "Nadia")
    assert one.original == ROW["text"].encode()
    assert one.original_name.startswith("a, line ")


@given(LINES.filter(lambda text: text.strip(WHITE)))
def test_a_text_is_kept_as_it_is_written(text: str) -> None:
    for data, name in ((as_csv({"title": "T", "text": text}), "a.csv"),
                       (jsonl({"title": "T", "text": text}), "a.jsonl")):  # fmt: skip
        (one,) = found(data, name)
        assert isinstance(one, Many)
        assert one.original.decode() == text
        assert one.text == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"title": " "}, "title", "Give a title"),
        ({"title": "x" * 501}, "title", "longer than 500"),
        ({"title": "two\nlines"}, "title", "more than one line"),
        ({"text": " \n"}, "text", "no text"),
        ({"text": "a\0b"}, "text", "NUL"),
        ({"text": "x" * (MAX_BYTES + 1)}, "text", "larger than 5 MB"),
        ({"text": 3}, "text", "not a text"),
        ({"url": "javascript:x"}, "url", "web address"),
        ({"archive_url": "https://a b"}, "archive_url", "web address"),
        ({"published_on": "8 Dec"}, "published_on", "2016-12-08"),
        ({"published_on": "2016-13-01"}, "published_on", "2016-12-08"),
        ({"language": "English!"}, "language", "as a code"),
        ({"type": "poem"}, "type", "none of"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_field(
    change: dict[str, object], field: str, why: str
) -> None:
    good, problem = found(jsonl(ROW, ROW | change), "a.jsonl")
    assert isinstance(good, Many)
    assert isinstance(problem, Problem)
    assert (problem.number, problem.where, problem.field) == (2, "line 2", field)
    assert why in problem.why


def test_lines_are_those_of_the_file_also_after_a_text_of_several() -> None:
    row = {"title": "T", "text": "a\nb\nc"}
    table = as_csv(row, row) + "\nT,d\n"
    where = [one.where for one in found(table) if isinstance(one, Many)]
    assert where == ["line 2", "line 5", "line 9"]


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        ("title,text\na,b,c\n", "a.csv", "more cells"),
        ("{", "a.jsonl", "no JSON"),
        ("[1]", "a.jsonl", "no object"),
    ],
)
def test_a_row_that_is_none_is_a_problem(data: str, name: str, why: str) -> None:
    (problem,) = found(data, name)
    assert isinstance(problem, Problem)
    assert why in problem.why


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        ("", "a.csv", "no column “title”"),
        ("title,body\n", "a.csv", "no column “text”"),
        ("title,text,title\n", "a.csv", "same name"),
        ("title,text\n", "a.csv", "no rows"),
        ("\n", "a.jsonl", "no rows"),
        ('title,text\na,"b" c\n', "a.csv", "can’t be read from line 2 on"),
        ("title,text\na,б\n".encode("cp1251"), "a.csv", "not in UTF-8 from line 1 on"),
        ('{"title": "б"}'.encode("cp1251"), "a.jsonl", "not in UTF-8 from line 1 on"),
    ],
)
def test_a_table_that_cannot_be_read_on(data: str | bytes, name: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        found(data, name)


def test_a_line_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_table, "_LINE", 20)
    with pytest.raises(ReadError, match="Line 1 is longer"):
        found(jsonl(ROW), "a.jsonl")


def test_broken_letters_further_on_name_the_line() -> None:
    good = "title,text\n" + "a,b\n" * 4000
    with pytest.raises(ReadError, match=r"from line \d{4} on"):
        found(good.encode() + b"a,\xff\n")
    with pytest.raises(ReadError, match="from line 1 on"):
        found(b"title,text\xff\n")


def test_columns_that_are_not_used_are_named() -> None:
    assert found("title,text,mood\na,b,c\n")[-1] == Note("Columns that are not used: mood.")
