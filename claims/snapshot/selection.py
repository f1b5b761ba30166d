"""Which claims are taken along, and with them everything that they point at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from claims.models import Article, Incident, Side, Source, User, Workspace, lens
from claims.records import ClaimStatus, State
from claims.snapshot.reader import Reader, reading

R = TypeVar("R", bound=tuple[Any, ...])

FIRST = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What narrows the claims down, all of it at once. The rows are of the workspace exported.

    `source` is who says it, `side` the side that the source is on, `state` that of the incident.
    `since` and `until` are days of publication of the article, inclusive; an article without one
    is then left out.
    """

    incident: Incident | None = None
    article: Article | None = None
    source: Source | None = None
    side: Side | None = None
    state: State | None = None
    disputed: bool = False
    status: ClaimStatus | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class Selection:
    """The claims of a workspace that pass the filters, as SQL.

    The parameters of every piece of SQL here are `params`.
    """

    def __init__(
        self, workspace: Workspace, filters: Filters | None = None, *, blind: User | None = None
    ) -> None:
        """`blind`: who must not see a verdict on which their second opinion is awaited."""
        filters = filters or Filters()
        self.narrow = filters != Filters()
        self._filters = filters
        self.blind = blind is not None
        self.params: dict[str, Any] = {
            "workspace": workspace.pk,
            "incident": filters.incident and filters.incident.pk,
            "article": filters.article and filters.article.pk,
            "source": filters.source and filters.source.pk,
            "side": filters.side and filters.side.pk,
            "state": filters.state and filters.state.value,
            "status": filters.status and filters.status.value,
            "since": filters.since,
            "until": filters.until,
            "blind": blind and blind.pk,
        }

    # -- a subclass reads the rest (`gone.py`) -------------------------------------------------

    @property
    def kept(self) -> Selection:
        """The living rows, whose conditions `which` is given."""
        return self

    def which(self, x: str, kept: str, *, root: bool = True) -> str:
        """The condition on `x`, a row of the workspace, that is living where `kept` holds.

        `root`: whether it can be deleted itself.
        """
        return f"{x}.workspace_id = %(workspace)s AND {kept}"

    def pointed(self, kept: str) -> str:
        """The condition on what a row may point at: only what is `kept` itself."""
        return kept

    def record(self, row: type[R]) -> Callable[[Any], R]:
        """Makes the records of these rows from their cells."""
        make: Callable[[Any], R] = row._make  # type: ignore[attr-defined]
        return make

    def deleted(self, reader: Reader, column: str = "NULL") -> str:
        """What stands after the columns of a record: nothing, of the living."""
        return ""

    # -- which rows ---------------------------------------------------------------------------

    @property
    def few(self) -> bool:
        """Whether an index of article, source or incident leads to the claims."""
        f = self._filters
        return bool(f.article or f.source or f.incident)

    def claims(self, c: str = "c") -> str:
        """The condition on `c`, a row of claims. Deleted ones are never among them."""
        return self._claims(c, f"{c}.workspace_id = %(workspace)s")

    def claims_in_order(self, c: str = "c") -> str:
        """The same where the rows are sorted by the uid of the claim.

        Every uid is past `FIRST`: saying so makes SQLite read along the index of uids.
        """
        if self.few:
            return self.joined_claims(c)
        return self._claims(c, f"{c}.workspace_id = %(workspace)s AND {c}.uid >= '{FIRST}'")

    def joined_claims(self, c: str = "c") -> str:
        """The same where `c` is met by way of another row, or of article, source or incident.

        The sign hides the workspace from the planner, which would begin with all its claims.
        """
        return self._claims(c, f"+{c}.workspace_id = %(workspace)s")

    def _claims(self, c: str, of_workspace: str) -> str:
        f = self._filters
        conditions = {
            f"{c}.incident_id = %(incident)s": f.incident,
            f"{c}.article_id = %(article)s": f.article,
            f"{c}.source_id = %(source)s": f.source,
            f"{c}.source_id IN ({_ON_SIDE})": f.side,
            f"{c}.incident_id IN ({_IN_STATE})": f.state,
            f"{c}.disputed": f.disputed,
            f"{c}.status = %(status)s": f.status,
            f"{c}.article_id IN ({_PUBLISHED} >= %(since)s)": f.since,
            f"{c}.article_id IN ({_PUBLISHED} <= %(until)s)": f.until,
        }
        wanted = [condition for condition, value in conditions.items() if value]
        return " AND ".join([of_workspace, f"{c}.deleted_at IS NULL", *wanted])

    def articles(self, a: str = "a") -> str:
        """The condition on `a`, a row of articles; goes with `reached`."""
        needed = f" AND {a}.id IN ({_ARTICLES})" if self.narrow else ""
        return f"{a}.workspace_id = %(workspace)s AND {article_kept(a)}{needed}"

    def sources(self, s: str = "s") -> str:
        """The condition on `s`, a row of sources; goes with `reached`."""
        needed = f" AND {s}.id IN ({_SOURCES})" if self.narrow else ""
        return f"{s}.workspace_id = %(workspace)s AND {source_kept(s)}{needed}"

    def incidents(self, i: str = "i") -> str:
        """The condition on `i`, a row of incidents; goes with `reached`."""
        needed = f" AND {i}.id IN ({_INCIDENTS})" if self.narrow else ""
        return f"{i}.workspace_id = %(workspace)s AND {i}.deleted_at IS NULL{needed}"

    def shown(self, a: str = "a") -> str:
        """The condition on `a`, a row of assessments: nothing that is hidden from who reads.

        The same as `Assessment.objects.hidden_from`.
        """
        return f"NOT {_HIDDEN.format(a=a)}" if self.blind else "TRUE"

    @property
    def reached(self) -> str:
        """A WITH to stand before a query of what the claims, and what is chosen, point at.

        An article points at its publisher and at the article that it carries again, a source at
        what it belongs to and, unnamed, at its article; an incident at what it is part of.
        """
        return _REACHED.format(claims=self.claims()) if self.narrow else ""


def count(workspace: Workspace, filters: Filters, limit: int) -> int:
    """How many claims would be exported, counted to `limit` + 1."""
    chosen = Selection(workspace, filters)
    sql = f"SELECT 1 FROM claims_claim c WHERE {chosen.claims()} LIMIT {limit + 1:d}"  # noqa: S608
    counting = f"SELECT COUNT(*) FROM ({sql}) found"  # noqa: S608
    if lens.current():
        with reading() as reader:
            return int(next(reader.rows(counting, chosen.params))[0])
    with connection.cursor() as cursor:
        cursor.execute(counting, chosen.params)
        return int(cursor.fetchone()[0])


def article_kept(a: str) -> str:
    """Not deleted, or with a claim: nothing exported points into the void, whatever happened."""
    return f"""({a}.deleted_at IS NULL OR EXISTS (
        SELECT 1 FROM claims_claim k WHERE k.article_id = {a}.id AND k.deleted_at IS NULL))"""  # noqa: S608


def source_kept(s: str) -> str:
    """The same for a source; an unnamed one goes with its article."""
    return f"""(({s}.deleted_at IS NULL AND ({s}.article_id IS NULL OR EXISTS (
        SELECT 1 FROM claims_article k WHERE k.id = {s}.article_id AND k.deleted_at IS NULL)))
        OR EXISTS (
        SELECT 1 FROM claims_claim k WHERE k.source_id = {s}.id AND k.deleted_at IS NULL))"""  # noqa: S608


def assessment_current(a: str) -> str:
    """The condition that `a` counts: neither withdrawn nor replaced."""
    return f"""({a}.withdrawn_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM claims_assessment later
        WHERE later.supersedes_id = {a}.id AND later.withdrawn_at IS NULL))"""  # noqa: S608


_HIDDEN = f"""(
    {{a}}.reviewer_id <> %(blind)s
    AND NOT EXISTS (
        SELECT 1 FROM claims_assessment mine
        WHERE mine.second_of_id = {{a}}.id AND mine.reviewer_id = %(blind)s)
    AND EXISTS (
        SELECT 1 FROM claims_assessment waiting
        WHERE (waiting.question_id = {{a}}.question_id OR waiting.incident_id = {{a}}.incident_id)
            AND waiting.wants_second AND {assessment_current("waiting")}
            AND (waiting.reviewer_id = {{a}}.reviewer_id OR EXISTS (
                SELECT 1 FROM claims_assessment judged
                WHERE judged.id = {{a}}.second_of_id
                    AND judged.reviewer_id = waiting.reviewer_id))
            AND waiting.reviewer_id <> %(blind)s
            AND NOT EXISTS (
                SELECT 1 FROM claims_assessment s
                WHERE s.second_of_id = waiting.id
                    AND (s.withdrawn_at IS NULL OR s.reviewer_id = %(blind)s))))"""  # noqa: S608

_ARTICLES = "SELECT article_id FROM needed"
_SOURCES = "SELECT source_id FROM needed"
_INCIDENTS = "SELECT id FROM about"
_ON_SIDE = "SELECT id FROM claims_source WHERE side_id = %(side)s"
_IN_STATE = (
    "SELECT id FROM claims_incident WHERE workspace_id = %(workspace)s AND state = %(state)s"
)
_PUBLISHED = "SELECT id FROM claims_article WHERE workspace_id = %(workspace)s AND published_on"

# Articles and sources point at each other, and a recursive table may name itself only once:
# hence pairs, and two ways to go on from each.
_REACHED = """
    WITH RECURSIVE needed(article_id, source_id) AS (
        SELECT c.article_id, c.source_id FROM claims_claim c WHERE {claims}
        UNION
        SELECT c.article_id, c.via_id FROM claims_claim c
        WHERE {claims} AND c.via_id IS NOT NULL
        UNION
        SELECT c.article_id, c.accused_id FROM claims_claim c
        WHERE {claims} AND c.accused_id IS NOT NULL
        UNION
        SELECT a.id, NULL FROM claims_article a WHERE a.id = %(article)s
        UNION
        SELECT NULL, s.id FROM claims_source s WHERE s.id = %(source)s
        UNION
        SELECT CASE way.n WHEN 1 THEN a.republishes_id ELSE s.article_id END,
               CASE way.n WHEN 1 THEN a.publisher_id ELSE s.affiliation_id END
        FROM needed CROSS JOIN (SELECT 1 AS n UNION ALL SELECT 2) way
        LEFT JOIN claims_article a ON a.id = needed.article_id
        LEFT JOIN claims_source s ON s.id = needed.source_id
    ),
    about(id) AS (
        SELECT c.incident_id FROM claims_claim c WHERE {claims} AND c.incident_id IS NOT NULL
        UNION
        SELECT i.id FROM claims_incident i WHERE i.id = %(incident)s
        UNION
        SELECT i.parent_id FROM about JOIN claims_incident i ON i.id = about.id
        WHERE i.parent_id IS NOT NULL
    )
"""
