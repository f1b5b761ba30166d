"""What narrows a search down: each side, source, state …, with how many of what is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.http import QueryDict

from claims.models import Incident, Side, Source, User, Workspace
from claims.models.matching import Match, column
from claims.records import ClaimKind
from claims.records.words import Word
from claims.searching.facets import Noun, Standing

MOST = 8
"""Values of a facet, the most frequent ones."""
FACETS = ("noun", "kind", "state", "side", "source", "incident", "annotator")

Counts = dict[str, Counter[Any]]


class Value(NamedTuple):
    """One value; `address` is the query string that chooses it, or drops it if it is chosen."""

    label: str
    number: int
    address: str
    chosen: bool
    color: int | None = None


class Facet(NamedTuple):
    """A facet with its values, the most frequent first; `more` are not shown."""

    label: str
    values: list[Value]
    more: int


def facets(workspace: Workspace, found: Sequence[Match], asked: QueryDict) -> list[Facet]:
    """The facets of what was found, those with nothing to choose left out."""
    counts = {name: Counter(column(found, name)) for name in FACETS}
    made = [
        _of_words("What", "noun", Noun, counts, asked),
        _of_words("Kind of claim", "kind", ClaimKind, counts, asked),
        _of_words("State", "state", Standing, counts, asked),
        _of_rows("Side", "side", Side.objects.within(workspace), counts, asked),
        _of_rows("Source", "source", Source.objects.within(workspace), counts, asked),
        _of_rows("Incident", "incident", Incident.objects.within(workspace), counts, asked),
        _of_rows("Annotated by", "annotator", User.objects.all(), counts, asked),
    ]
    return [facet for facet in made if facet.values]


def _of_words(label: str, name: str, words: type[Word], counts: Counts, asked: QueryDict) -> Facet:
    shown = [(word, count) for word, count in counts[name].most_common() if word]
    values = [
        _value(words(word).label.capitalize(), count, name, word, asked) for word, count in shown
    ]
    return Facet(label, values, 0)


def _of_rows(label: str, name: str, rows: Any, counts: Counts, asked: QueryDict) -> Facet:
    """Of the rows of a table; one query for their names, none where there are none."""
    filed = [(pk, count) for pk, count in counts[name].items() if pk is not None]
    # Rows as frequent as each other in the order of their making.
    shown = sorted(filed, key=lambda pair: (-pair[1], pair[0]))[:MOST]
    there = rows.in_bulk([pk for pk, _ in shown]) if shown else {}
    key: Callable[[Any], str] = (
        (lambda row: row.username) if name == "annotator" else (lambda row: str(row.uid))
    )
    values = [
        _value(str(there[pk]), count, name, key(there[pk]), asked)._replace(
            color=there[pk].color if name == "side" else None
        )
        for pk, count in shown
        if pk in there
    ]
    return Facet(label, values, len(filed) - len(shown))


def _value(label: str, count: int, name: str, key: str, asked: QueryDict) -> Value:
    address = asked.copy()
    address.pop("after", None)
    chosen = address.get(name) == key
    if chosen:
        del address[name]
    else:
        address[name] = key
    return Value(label, count, f"?{address.urlencode()}", chosen)
