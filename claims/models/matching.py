"""Which documents match, from the full-text index of either database.

At most `LIMIT` of them are ranked and counted, the newest ones: a word in every second of a million
claims says little about any of them. What is older is listed by age, page by page to the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.exceptions import BadRequest
from django.db import connection, transaction

from claims.models import lens
from claims.searching.facets import Filter
from claims.searching.query import Query
from claims.searching.syntax import fts5, tsquery

LIMIT = 10_000
SIZE = 20
WINDOW = 50_000
"""PostgreSQL only: so many of the newest documents are looked at one by one for a frequent word."""
FREQUENT = WINDOW // 10
SPARSE = WINDOW // 50

# How much a word counts in the head and in the body.
_SQLITE_RANK = "-bm25(claims_search, 4.0, 1.0, 0.0)"
_POSTGRESQL_RANK = "ts_rank('{0.25, 0.25, 0.25, 1}', d.vector, %(text)s::tsquery, 1)"
_COLUMNS = "d.id, d.noun, d.kind, d.state, d.source_id, d.side_id, d.incident_id, d.annotator_id"

FIELDS = ("id", "noun", "kind", "state", "source", "side", "incident", "annotator", "score")
Match = tuple[Any, ...]
"""A document that matches: its id, what it is filed under, and its score, the best the highest.

A plain tuple with the values of `FIELDS`: ten thousand objects of a class take longer to make than
to find.
"""
ID = itemgetter(FIELDS.index("id"))
SCORE = itemgetter(FIELDS.index("score"))


def column(found: Iterable[Match], name: str) -> Iterator[Any]:
    """One of `FIELDS` of each."""
    return map(itemgetter(FIELDS.index(name)), found)


class Matches(NamedTuple):
    """A page of ids, the token of the next one, and all that was ranked (not on older pages).

    `capped`: there are more than `LIMIT`, and `ranked` are the newest of them.
    """

    ids: list[int]
    next_token: str
    ranked: list[Match]
    capped: bool


def matches(query: Query, only: Filter, after: str = "", size: int = SIZE) -> Matches:
    """The page after `after`, an earlier page's `next_token`, the best first, then by age.

    Raises BadRequest (400) for a token that is none.
    """
    place = _read(after)
    ranked = _as_seen(_newest(query, only))
    capped = len(ranked) > LIMIT
    if capped:
        ranked.remove(min(ranked, key=ID))
    if place and place[0] is None:
        older = _older(query, only, place[1], size + 1)
        more = len(older) > size
        return Matches(older[:size], f"o:{older[size - 1]}" if more else "", ranked, capped)
    rest = ranked
    if place and place[0] is not None:
        rest = [one for one in ranked if _order(one) > (-place[0], -place[1])]
    token = ""
    if len(rest) > size:
        token = f"r:{SCORE(rest[size - 1])!r}:{ID(rest[size - 1])}"
    elif capped:
        token = f"o:{min(map(ID, ranked))}"
    return Matches(list(map(ID, rest[:size])), token, ranked, capped)


def newest(query: Query, only: Filter, most: int) -> list[int]:
    """The ids of the newest documents that match, at most so many; none for a query of nothing."""
    return _older(query, only, 2**62, most) if query.terms else []


def _hidden(only: Filter, id: str) -> str:
    """What leaves out the documents that a member who works blind must not find."""
    through = lens.current()
    if through is None:
        return ""
    return f"AND {id} NOT IN ({through.hidden_documents(by_state=bool(only.state))})"


def _as_seen(found: list[Match]) -> list[Match]:
    """Without a state where it counts claims that are not shown."""
    through = lens.current()
    if through is None:
        return found
    state, incident = FIELDS.index("state"), FIELDS.index("incident")
    return [
        one if through.is_settled(one[incident]) else (*one[:state], "", *one[state + 1 :])
        for one in found
    ]


def _order(match: Match) -> tuple[float, int]:
    return -SCORE(match), -ID(match)


def _read(token: str) -> tuple[float | None, int] | None:
    """A token's score and id; no score where it leads to what is older."""
    if not token:
        return None
    try:
        match token.split(":"):
            case ["r", score, pk]:
                return float(score), _id(pk)
            case ["o", pk]:
                return None, _id(pk)
    except ValueError as error:
        raise BadRequest("There is no such page of the search.") from error
    raise BadRequest("There is no such page of the search.")


def _id(text: str) -> int:
    found = int(text)
    if not 0 <= found < 2**63:
        raise ValueError("no id")
    return found


def _newest(query: Query, only: Filter) -> list[Match]:
    """The newest `LIMIT` + 1 that match, the best first."""
    if connection.vendor == "postgresql":
        return _newest_on_postgresql(query, only)
    rank = _SQLITE_RANK if query.terms else "0.0"
    # CROSS JOIN: first the index, then its rows.
    sql = f"""
        SELECT {_COLUMNS}, found.score FROM (
            SELECT rowid AS id, {rank} AS score FROM claims_search
            WHERE claims_search MATCH %s {_hidden(only, "rowid")} ORDER BY rowid DESC LIMIT %s
        ) found CROSS JOIN claims_searchdocument d ON d.id = found.id
        ORDER BY found.score DESC, d.id DESC
    """  # noqa: S608 - names of columns
    return _run(sql, [fts5(query, only.groups()), LIMIT + 1])


def _older(query: Query, only: Filter, before: int, most: int) -> list[int]:
    if connection.vendor == "postgresql":
        match = tsquery(query, only.groups())
        sql = f"""
            SELECT id FROM claims_searchdocument
            WHERE vector @@ %s::tsquery AND id < %s {_hidden(only, "id")} ORDER BY id DESC LIMIT %s
        """  # noqa: S608 - numbers and words of ours
    else:
        match = fts5(query, only.groups())
        sql = f"""
            SELECT rowid FROM claims_search
            WHERE claims_search MATCH %s AND rowid < %s {_hidden(only, "rowid")}
            ORDER BY rowid DESC LIMIT %s
        """  # noqa: S608 - numbers and words of ours
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, before, most])
        return [pk for (pk,) in cursor.fetchall()]


# -- PostgreSQL ------------------------------------------------------------------------------------


def _newest_on_postgresql(query: Query, only: Filter) -> list[Match]:
    """The index gives a set, not an order: a frequent word is looked for from the newest on.

    Left alone, the planner sorts every second of a million rows, or walks through all of them for
    a combination that it took for frequent. So each way is tried only as far as it is short.
    """
    values = {
        "match": tsquery(query, only.groups()),
        "text": tsquery(query) or "",
        "limit": LIMIT + 1,
        "window": WINDOW,
    }
    found = f"""
        SELECT {_COLUMNS}, {_POSTGRESQL_RANK if query.terms else "0"} AS score
        FROM claims_searchdocument d
        WHERE d.vector @@ %(match)s::tsquery {_hidden(only, "d.id")}
    """  # noqa: S608 - names of columns
    window = "AND d.id > (SELECT max(id) - %(window)s FROM claims_searchdocument)"
    newest_first = "ORDER BY d.id DESC LIMIT %(limit)s"
    near: list[Match] = []
    with transaction.atomic():
        if _estimate(values) > FREQUENT:
            with by("index"):
                near = _run(_best_first(f"{found} {window} {newest_first}"), values)
            if len(near) > LIMIT:
                return near
        if len(near) <= SPARSE:
            with by("bitmap"):
                every = _run(_best_first(f"{found} LIMIT %(limit)s"), values)
            if len(every) <= LIMIT:
                return every
        with by("index" if len(near) > SPARSE else "bitmap"):
            return _run(_best_first(f"{found} {newest_first}"), values)


def _best_first(sql: str) -> str:
    return f"SELECT * FROM ({sql}) found ORDER BY score DESC, id DESC"  # noqa: S608


def _estimate(values: dict[str, Any]) -> int:
    """How many rows the planner expects."""
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN (FORMAT JSON) "
            "SELECT id FROM claims_searchdocument WHERE vector @@ %(match)s::tsquery",
            values,
        )
        return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])


@contextmanager
def by(way: str) -> Iterator[None]:
    """Inside, rows are read by the `index` of their ids, or by the `bitmap` of the full text."""
    off = ["seqscan", "bitmapscan" if way == "index" else "indexscan"]
    with connection.cursor() as cursor:
        # Enough to remember each row of a million: else it remembers pages and reads all of them.
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute("".join(f"SET LOCAL enable_{one} = off;" for one in off))
        yield
        cursor.execute("".join(f"SET LOCAL enable_{one} = DEFAULT;" for one in off))
        cursor.execute("SET LOCAL work_mem = DEFAULT")


def _run(sql: str, values: Any) -> list[Match]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Match] = cursor.fetchall()
    return found
