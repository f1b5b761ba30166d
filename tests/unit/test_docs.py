"""What the pages of the documentation list is what is there."""

from __future__ import annotations

import re
from pathlib import Path

from claims.views.keys import IN_FORMS, IN_TEXT, KEYS

ROOT = Path(__file__).resolve().parents[2]
# Tests and scripts have variables of their own; these are of the server.
SERVED = ("annotator/settings.py", "annotator/gunicorn.py")


def test_the_page_of_keys_lists_all_of_them() -> None:
    page = (ROOT / "docs/keys.md").read_text()
    rows = re.findall(r"^\| `(.+?)` \| `(\w+)` \| (.+?) \|$", page, re.MULTILINE)
    assert rows == [(key.key, key.action, key.does) for key in KEYS]


def test_the_page_of_keys_lists_those_of_the_text_and_of_forms() -> None:
    page = (ROOT / "docs/keys.md").read_text()
    rows = re.findall(r"^\| ([^|`]+) \| ([^|]+) \|$", page, re.MULTILINE)
    listed = [(", or ".join(key.ways), key.does) for key in (*IN_TEXT, *IN_FORMS)]
    assert [row for row in rows if row[0] != "key"] == listed


def test_the_browser_has_the_same_keys() -> None:
    module = (ROOT / "claims/static/claims/js/keymap.js").read_text()
    table = re.search(r"DEFAULTS = Object\.freeze\(\{(.*?)\}\)", module, re.DOTALL)
    assert table is not None
    defaults = dict(re.findall(r"(\w+): '(.+?)'", table[1]))
    assert {key.action: key.key for key in KEYS}.items() <= defaults.items()


def test_the_page_of_settings_lists_every_variable_of_the_server() -> None:
    code = "\n".join((ROOT / path).read_text() for path in SERVED)
    read = set(re.findall(r"env(?:iron\.get|\.\w+)\(\s*[\"']([A-Z_]+)[\"']", code))
    page = (ROOT / "docs/settings.md").read_text()
    assert read
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)) == read


def test_the_page_of_security_names_tests_that_are_there() -> None:
    page = (ROOT / "docs/security.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page)
    assert len(named) > 30
    for path, test in named:
        assert (ROOT / path).exists(), path
        assert not test or f"def {test}(" in (ROOT / path).read_text(), f"{path}::{test}"
