"""Derived states of one incident: disputed is computed, never typed by a person.

`resolve(incident)` takes the claims, links and filings of one incident and says which claims
stand, who said each first, what competes with what, and the state of each question and of the
incident. It is the reference that the stored state columns are held equal to, so each rule is
written out where it is applied:

- `standing`: which claims stand and are live, statements, originators;
- `pairs`: which two claims compete;
- `question`: the state and composition of one question;
- `incident`: links that no question covers, claims filed nowhere, the incident.

Pure: no Django, no clock, and the order of the input never matters.
"""

from claims.dispute.incident import resolve
from claims.dispute.shapes import (
    Claim,
    ClaimResult,
    Filing,
    Incident,
    IncidentResult,
    Link,
    Originator,
    Pair,
    Position,
    PositionResult,
    Question,
    QuestionResult,
    Result,
    Source,
    UnfiledResult,
    Voices,
)

__all__ = [
    "Claim",
    "ClaimResult",
    "Filing",
    "Incident",
    "IncidentResult",
    "Link",
    "Originator",
    "Pair",
    "Position",
    "PositionResult",
    "Question",
    "QuestionResult",
    "Result",
    "Source",
    "UnfiledResult",
    "Voices",
    "resolve",
]
