"""The forms of the chain, and the head as a file."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from claims import custody

HEAD = custody.Head("anbar", "0198-uid", 12, "2016-12-08T12:00:00.000000Z", "a" * 64)


def test_json_has_one_form_and_a_moment_too() -> None:
    assert custody.canonical({"ب": 1, "a": [None, True]}) == '{"a":[null,true],"ب":1}'.encode()
    east = dt.timezone(dt.timedelta(hours=3))
    at = dt.datetime(2016, 12, 8, 15, tzinfo=east)
    assert custody.moment(at) == "2016-12-08T12:00:00.000000Z"


def test_a_tombstone_holds_what_went_out_in_its_order() -> None:
    lines = [("line 5", "a", "b"), ("act 7", "c", "d")]
    assert custody.emptied_hash(lines) == hashlib.sha256(b"line 5 a b\nact 7 c d").hexdigest()
    assert custody.emptied_hash(lines[::-1]) != custody.emptied_hash(lines)


def test_a_head_is_read_as_it_was_written_whatever_the_line_ends() -> None:
    assert custody.read(custody.written(HEAD)) == HEAD
    assert custody.read(custody.written(HEAD).replace("\n", "\r\n") + "\n") == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "something else\n",
        custody.written(HEAD).replace("number: 12\n", ""),
        custody.written(HEAD).replace(": 12", ": twelve"),
        custody.written(HEAD).replace("aaa", "aa"),
    ],
)
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no head of a chain"):
        custody.read(text)
