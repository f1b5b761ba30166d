from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from claims.exporters import bundle
from claims.exporters.bundle import Bundle
from claims.records import Alias, Claim, Figure, Filing, Incident, Source, Span
from tests.unit.exporters import made

# frictionless is for tests only; what it and its dependencies warn of is not ours. To follow it
# would take as long again as it does.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.usefixtures("untraced")]


def problems(tables: Bundle, folder: Path) -> list[tuple[str, str]]:
    """What frictionless finds wrong with a bundle: `(file, kind of error)`."""
    import frictionless  # noqa: PLC0415 (it takes a second, and warns)

    with zipfile.ZipFile(io.BytesIO(b"".join(bundle.write(tables)))) as held:
        held.extractall(folder)
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    found = [("package", error.type) for error in report.errors]
    return found + [(task.name, error.type) for task in report.tasks for error in task.errors]


def test_a_bundle_validates(tmp_path: Path) -> None:
    assert problems(made.world(), tmp_path) == []


def test_an_empty_bundle_validates(tmp_path: Path) -> None:
    nothing = dict.fromkeys(Bundle.__dataclass_fields__, ())

    assert problems(made.world(**nothing), tmp_path) == []


def test_awkward_cells_validate(tmp_path: Path) -> None:
    source = made.uid(1)
    awkward = [Alias(source, "=x", text) for text in dict.fromkeys(made.NASTY) if text]

    assert problems(made.world(aliases=awkward), tmp_path) == []


def test_an_id_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    sources = [
        *made.world().sources,
        made.filled(Source, source_id=made.uid(9), affiliation_id=made.uid(99)),
    ]
    filings = [
        made.filled(
            Filing, claim_id=made.uid(40), position_id=made.uid(33), question_id=made.uid(99)
        )
    ]
    spans = [made.filled(Span, claim_id=made.uid(40), article_id=made.uid(10), revision=2, start=0)]

    found = problems(made.world(sources=sources, filings=filings, spans=spans), tmp_path)

    assert found == [(name, "foreign-key") for name in ("sources", "spans", "filings")]


def test_a_row_that_comes_twice_is_found(tmp_path: Path) -> None:
    claims = list(made.world().claims)

    assert problems(made.world(claims=[*claims, claims[0]]), tmp_path) == [
        ("claims", "primary-key")
    ]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (
            "claims",
            made.filled(Claim, claim_id=made.uid(49), article_id=made.uid(10), polarity="maybe"),
        ),
        ("claims", made.filled(Claim, claim_id=made.uid(49), article_id=made.uid(10), source="")),
        ("incidents", made.filled(Incident, incident_id=made.uid(39), latitude=91.0)),
        ("figures", made.filled(Figure, claim_id=made.uid(40), low=-1)),
    ],
)
def test_a_value_out_of_bounds_is_found(
    table: str, row: tuple[object, ...], tmp_path: Path
) -> None:
    rows = [*getattr(made.world(), table), row]

    assert problems(made.world(**{table: rows}), tmp_path) == [(table, "constraint-error")]
