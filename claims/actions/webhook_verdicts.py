"""What an act has done to verdicts, as somebody hears of it who has decided nothing yet.

While a second opinion is awaited, what its first reviewer has recorded there is hidden from all who
might give it (`Assessment.objects.hidden_from`). Whoever reads what a webhook receives may be one
of them; so a verdict that is hidden is told of without what it says, and again once it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from claims.models import Assessment

GIVEN = "verdict.given"
WITHDRAWN = "verdict.withdrawn"
SHOWN = "verdict.shown"

Data = dict[str, Any]


class Line(NamedTuple):
    """What of a verdict says whether it, or another one, is hidden."""

    id: int
    question_id: int | None
    incident_id: int | None
    reviewer_id: int
    wants_second: bool
    second_of_id: int | None
    supersedes_id: int | None
    withdrawn_at: Any


class News(NamedTuple):
    """One event; of a verdict that is `hidden` nothing is told but where it is."""

    event: str
    id: int
    hidden: bool


def news(noted: Mapping[int, tuple[Data | None, Data | None]]) -> list[News]:
    """What is to be told of the verdicts `noted`, by id with how they were and are.

    Also of others on the same questions and incidents, which are hidden no longer.
    """
    now = _lines(noted)
    was = list(_back(now, noted))
    hidden, hidden_before = hidden_among(now), hidden_among(was)
    found = [News(event, id, id in hidden) for id, event in plain_news(noted)]
    told = {one.id for one in found}
    found += [
        News(SHOWN, line.id, hidden=False)
        for line in now
        if line.id in hidden_before - hidden - told and not line.withdrawn_at
    ]
    return found


def plain_news(
    noted: Mapping[int, tuple[Data | None, Data | None]],
) -> Iterable[tuple[int, str]]:
    """Which verdicts are there now and were not, or the other way round; not what they say."""
    for id, (before, after) in noted.items():
        stood = before is not None and not before["withdrawn_at"]
        stands = after is not None and not after["withdrawn_at"]
        if stood != stands:
            yield id, GIVEN if stands else WITHDRAWN


def hidden_among(lines: Iterable[Line]) -> set[int]:
    """The same as `Assessment.objects.hidden_from` for a reviewer who has recorded nothing."""
    lines = list(lines)
    standing = [line for line in lines if not line.withdrawn_at]
    replaced = {line.supersedes_id for line in standing}
    seconded = {line.second_of_id for line in standing}
    waiting = {
        (line.question_id, line.incident_id, line.reviewer_id)
        for line in standing
        if line.wants_second and line.id not in replaced | seconded
    }
    reviewer = {line.id: line.reviewer_id for line in lines}
    return {
        line.id
        for line in lines
        for who in (line.reviewer_id, reviewer.get(line.second_of_id or 0))
        if (line.question_id, line.incident_id, who) in waiting
    }


def _lines(noted: Mapping[int, tuple[Data | None, Data | None]]) -> list[Line]:
    """All verdicts on what these are on."""
    datas = [after or before or {} for before, after in noted.values()]
    on = Q(question__in={data["question_id"] for data in datas} - {None})
    on |= Q(incident__in={data["incident_id"] for data in datas} - {None})
    rows = Assessment.objects.filter(on).order_by("id")
    return [Line(*row) for row in rows.values_list(*Line._fields)]


def _back(
    lines: Iterable[Line], noted: Mapping[int, tuple[Data | None, Data | None]]
) -> Iterable[Line]:
    """The lines as they were before the act."""
    for line in lines:
        before = noted[line.id][0] if line.id in noted else line._asdict()
        if before is not None:
            yield line._replace(**{name: before[name] for name in Line._fields[1:]})
