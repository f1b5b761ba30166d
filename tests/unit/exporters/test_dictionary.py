from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from claims.exporters import dictionary, jsonl_page
from claims.exporters.claims_csv import COLUMNS
from claims.records import TABLES

PAGE = Path(__file__).parents[3] / "docs" / "csv.md"


def test_the_page_is_what_the_code_says() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert page == dictionary.markdown(), "run: python -m claims.exporters.dictionary > docs/csv.md"


@pytest.mark.parametrize("page", [dictionary, jsonl_page], ids=lambda page: page.__name__)
def test_run_as_a_program_it_prints_the_page(page: Any, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(page.__file__, run_name="__main__")

    assert capsys.readouterr().out == page.markdown()


def test_the_page_of_the_lossless_form_is_what_the_code_says() -> None:
    page = PAGE.with_name("jsonl.md").read_text(encoding="utf-8")
    assert page == jsonl_page.markdown(), "run: python -m claims.exporters.jsonl_page"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_readme_names_every_table_and_column(table: object) -> None:
    readme = dictionary.readme()
    name, row = getattr(table, "name", ""), getattr(table, "row", None)
    section = readme.split(f"\n{name}.csv\n")[1].split("\n\n")[0]

    for column in getattr(row, "_fields", ()):
        assert f"  - {column}: " in section


def test_the_readme_says_what_is_left_out_in_lines_that_fit() -> None:
    readme = dictionary.readme()

    for word in ("history", "Suggestions", "Members", "verdict was recorded"):
        assert word in readme.split("NOT IN THE BUNDLE")[1].split("sources.csv")[0]
    assert max(map(len, readme.splitlines())) <= 88


def test_no_cell_of_the_page_breaks_its_table() -> None:
    rows = [line for line in dictionary.markdown().splitlines() if line.startswith("|")]

    assert len(rows) >= len(COLUMNS) + sum(len(table.row.__annotations__) for table in TABLES)
    for row in rows:
        assert row.replace(r"\|", "").count("|") == 4
