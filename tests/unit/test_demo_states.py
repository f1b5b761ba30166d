"""What the demo workspace shows: every derived state, by the pure reference."""

from __future__ import annotations

import pytest

from claims import dispute, records
from tests.unit.demo_files import (
    ARTICLES,
    CLAIMS,
    DESK,
    FILINGS,
    LINKS,
    POSITIONS,
    QUESTIONS,
    SIDES,
    SOURCES,
    affiliation_head,
)


def resolve(incident: str) -> tuple[dispute.Result, dict[str, int]]:
    """The derived states of one incident, and the ids that were given to what has a key."""
    keys = [*SIDES, *SOURCES, *ARTICLES, *QUESTIONS, *POSITIONS, *CLAIMS]
    ids = {key: number for number, key in enumerate(dict.fromkeys(keys), 1)}
    rows = [claim for claim in CLAIMS.values() if claim.get("incident") == incident]
    asked = [question for question in DESK["questions"] if question["incident"] == incident]
    result = dispute.resolve(
        dispute.Incident(
            claims=[
                dispute.Claim(
                    id=ids[claim["key"]],
                    source=ids[claim["source"]],
                    article=ids[claim["article"]],
                    kind=records.ClaimKind(claim.get("kind", "factual")),
                    status=records.ClaimStatus(claim.get("status", "submitted")),
                    accused=ids.get(claim.get("accused", "")),
                )
                for claim in rows
            ],
            links=[
                dispute.Link(
                    number, ids[one["key"]], ids[link["to"]], records.Relation(link["relation"])
                )
                for number, (one, link) in enumerate(LINKS)
                if one in rows
            ],
            sources=[
                dispute.Source(
                    ids[key],
                    "article" in source,
                    ids.get(source.get("side", "")),
                    ids[affiliation_head(key)],
                )
                for key, source in SOURCES.items()
            ],
            questions=[
                dispute.Question(ids[one["key"]], one["is_key"], one["exclusive"]) for one in asked
            ],
            positions=[
                dispute.Position(
                    ids[f"{one['key']}/{position['key']}"], ids[one["key"]], position["competes"]
                )
                for one in asked
                for position in one["positions"]
            ],
            filings=[
                dispute.Filing(
                    ids[claim["key"]],
                    ids[filing["position"]],
                    records.Stance(filing.get("stance", "holds")),
                    records.Extent(filing.get("extent", "fully")),
                )
                for claim, filing in FILINGS
                if claim in rows
            ],
        )
    )
    return result, ids


def test_every_state_is_shown() -> None:
    result, ids = resolve("raid")
    states = {
        key: str(result.questions[ids[key]].state) for key in ids if ids[key] in result.questions
    }
    assert states == {
        "cause": "disputed",
        "civilians-killed": "corroborated",
        "how-many-civilians": "corroborated",
        "how-many-fighters": "corroborated",
        "in-the-buildings": "uncorroborated",
        "market": "disputed",
        "who": "disputed",
        "targeted": "disputed",
        "weapon": "unanswered",
    }
    assert result.incident.state == records.State.DISPUTED
    assert result.incident.disputed_questions == (ids["cause"],)
    assert result.questions[ids["cause"]].challenged
    assert result.unfiled.state is None


@pytest.mark.parametrize(
    ("incident", "state"),
    [
        ("villages", records.State.CORROBORATED),
        ("al-elam", records.State.UNCORROBORATED),
        ("first-strike", records.State.UNCORROBORATED),
        ("second-strike", records.State.UNCORROBORATED),
    ],
)
def test_the_other_incidents_are_undisputed(incident: str, state: records.State) -> None:
    result, _ = resolve(incident)
    assert result.incident.state is state
    assert result.incident.pairs == ()
