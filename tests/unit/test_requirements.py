from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LISTS = ["requirements.txt", "requirements-dev.txt"]


def pinned(name: str) -> list[Requirement]:
    lines = [line.split("  #")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


def allowed(name: str) -> set[str]:
    lists = LISTS[: LISTS.index(name) + 1]
    return {canonicalize_name(requirement.name) for each in lists for requirement in pinned(each)}


@pytest.mark.parametrize("name", LISTS)
def test_every_package_is_pinned_exactly(name: str) -> None:
    loose = [str(r) for r in pinned(name) if not re.fullmatch(r"==[\w.]+", str(r.specifier))]
    assert loose == []


@pytest.mark.parametrize("name", LISTS)
def test_what_a_package_needs_in_turn_is_listed_too(name: str) -> None:
    for package in pinned(name):
        needs = [Requirement(text) for text in distribution(package.name).requires or []]
        for need in needs:
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                assert canonicalize_name(need.name) in allowed(name), f"{package} needs {need}"


@pytest.mark.parametrize("name", LISTS)
def test_the_pinned_versions_are_the_installed_ones(name: str) -> None:
    installed = {r.name: distribution(r.name).version for r in pinned(name)}
    assert {r.name: str(r.specifier)[2:] for r in pinned(name)} == installed
