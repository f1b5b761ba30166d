"""Queries in the languages of the two databases. Every word in them is one that `words` made."""

from __future__ import annotations

from collections.abc import Sequence

from claims.searching.query import Query, Term


def fts5(query: Query, groups: Sequence[Sequence[str]]) -> str:
    """For SQLite's MATCH, over the columns head, body and facets."""
    found = []
    if query.terms:
        found.append("{head body} : (" + " AND ".join(map(_phrase, query.terms)) + ")")
    found += ["facets : (" + " OR ".join(f'"{word}"' for word in group) + ")" for group in groups]
    return " AND ".join(found)


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")


def tsquery(query: Query, groups: Sequence[Sequence[str]] = ()) -> str:
    """For a cast to PostgreSQL's tsquery. A facet begins with "=", as no word does."""
    found = [_followed(term) for term in query.terms]
    found += ["(" + " | ".join(f"'={word}'" for word in group) + ")" for group in groups]
    return " & ".join(found)


def _followed(term: Term) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in term.words) + (":*" * term.prefix) + ")"
