"""Keeps the stored states equal to what `claims.dispute.resolve` says of the rows.

Never touches `version` or `updated_at`, since a derived column is nobody's edit, and writes only
rows whose values change. The caller is in `atomic()`, and has locked the incidents before it
wrote anything that bears on them, so that no two acts wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from claims.actions.state_of_assessments import CHANGED, VERDICTS
from claims.actions.state_of_claims import ALONE, COMPETING, STANDING
from claims.actions.state_of_incidents import INCIDENTS, POSITIONS, QUESTIONS
from claims.models import Claim, Incident
from claims.models.affiliation import listed, with_affiliates

BATCH = 500
"""Ids in one statement, so that an import of any size stays within the limits of SQL text."""


def refresh(incident_ids: Iterable[int]) -> None:
    """Brings the derived columns of these incidents up to date, with all that hangs on them.

    Their claims (deleted ones too), questions, answers and verdicts. Eight statements for up to 500
    incidents, nine on PostgreSQL, none for none. The first locks the incidents in the order of
    their ids: work that waited for another act sees what that act wrote. PostgreSQL refuses that
    outside `atomic()` (TransactionManagementError).
    """
    for ids in _batches(incident_ids):
        _lock(ids)
        statements = (STANDING, COMPETING, QUESTIONS, POSITIONS, INCIDENTS, CHANGED, VERDICTS)
        _run(statements, ids=listed(ids), claims=_claims_of(ids))


def refresh_claims(claim_ids: Iterable[int]) -> None:
    """The same for claims that are about no incident; others among them are left alone.

    Such a claim stands on its own: a statement of its own, first said by its source, in dispute
    with nothing. One statement for up to 500 claims.
    """
    for ids in _batches(claim_ids):
        _run([ALONE], ids=listed(ids))


def incidents_of_sources(source_ids: Iterable[int]) -> list[int]:
    """The incidents with a claim of these sources or of any that belong to them, sorted.

    To be refreshed when side, affiliation or `named` of a source changes; deleted claims count,
    since others may repeat them. Two queries.
    """
    sources = with_affiliates(source_ids)
    return sorted(
        Claim.objects.filter(source_id__in=sources, incident__isnull=False)
        .values_list("incident_id", flat=True)
        .distinct()
    )


def claims_alone_of_sources(source_ids: Iterable[int]) -> list[int]:
    """The claims of these sources that are about no incident, sorted; one query.

    To be given to `refresh_claims` when `named` changes: it says who the originator is.
    """
    alone = Claim.objects.filter(source_id__in=set(source_ids), incident=None)
    return sorted(alone.values_list("id", flat=True))


def _batches(ids: Iterable[int]) -> Iterable[list[int]]:
    wanted = sorted(set(ids))
    return (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))


def _lock(ids: list[int]) -> None:
    list(Incident.objects.select_for_update().filter(id__in=ids).order_by("id").values_list("id"))


def _claims_of(ids: list[int]) -> str:
    """What stands in `IN (...)` for all claims of the incidents.

    PostgreSQL gets their ids: it plans by how many there are, and has no statistics of rows that
    this transaction wrote. SQLite repeats a list wherever its text mentions a table of WITH.
    """
    if connection.vendor == "sqlite":
        return f"SELECT id FROM claims_claim WHERE incident_id IN ({listed(ids)})"  # noqa: S608
    return listed(Claim.objects.filter(incident__in=ids).values_list("id", flat=True))


def _run(statements: Iterable[str], **lists: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(**lists))
