"""The fixtures of this folder see what they are for."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Errors


def test_console_errors_and_exceptions_fail_a_test_unless_expected(
    page: Page, errors: Errors
) -> None:
    page.goto("/accounts/login/")
    page.evaluate("console.error('as from htmx')")
    page.evaluate("setTimeout(() => { throw new Error('as from a module') })")
    page.wait_for_timeout(200)
    assert len(errors.unexpected()) == 2, errors
    errors.expect("as from htmx")
    errors.expect("as from a module")


def test_a_missing_file_is_an_error(page: Page, errors: Errors) -> None:
    page.goto("/static/nothing.js")
    assert "404" in errors.unexpected()[0]
    errors.expect("404")


def test_static_files_have_hashed_names(page: Page) -> None:
    page.goto("/accounts/login/")
    addresses = page.eval_on_selector_all("link[rel=stylesheet]", "all => all.map(e => e.href)")
    assert addresses
    assert all(re.search(r"\.[0-9a-f]{12}\.css$", each) for each in addresses), addresses


def test_axe_sees_a_missing_label(page: Page, axe: Callable[..., None]) -> None:
    page.goto("/accounts/login/")
    page.evaluate("document.body.append(document.createElement('input'))")
    with pytest.raises(AssertionError, match="label"):
        axe(page)
