from __future__ import annotations

import pytest

from claims.importers.page import ReadError
from claims.importers.text import read

from .samples import NEWS


def test_a_text_file_is_its_text() -> None:
    page = read("\ufeffSaid the café:\r\n\r\n  no\rone e\u0301 👨‍👩‍👧\r\n".encode())
    assert page.text == "Said the café:\n\n  no\none e\u0301 👨‍👩‍👧\n"
    assert page.encoding == "utf-8"
    assert page.sure
    assert (page.title, page.publisher, page.byline, page.url) == ("", "", "", "")
    assert page.published_on is None


def test_the_encoding_can_be_changed() -> None:
    data = NEWS["uk"].encode("koi8_u")
    assert read(data).text == NEWS["uk"]
    assert read(data, "koi8-u").sure
    assert read(data, "windows-1251").text != NEWS["uk"]


def test_language_is_filled_in() -> None:
    assert read(NEWS["ar"].encode("cp1256")).language == "ar"


def test_an_error_is_said() -> None:
    with pytest.raises(ReadError, match="empty"):
        read(b"")
