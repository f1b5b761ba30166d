"""Queries in the languages of the two databases. Every word in them is one that `words` made."""

from __future__ import annotations

from collections.abc import Sequence

from claims.searching.query import Query, Term


def fts5(query: Query, groups: Sequence[Sequence[str]], *, head: bool = False) -> str:
    """For SQLite's MATCH, over the columns head, body and facets; with `head`, not the body."""
    found = []
    if query.terms:
        columns = "head" if head else "{head body}"
        found.append(f"{columns} : (" + " AND ".join(map(_phrase, query.terms)) + ")")
    found += ["facets : (" + " OR ".join(f'"{word}"' for word in group) + ")" for group in groups]
    return " AND ".join(found)


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")


def tsquery(query: Query, groups: Sequence[Sequence[str]] = (), *, head: bool = False) -> str:
    """For a cast to PostgreSQL's tsquery. A facet begins with "=", as no word does.

    Words of the head have the weight A; with `head` no others count.
    """
    found = [_followed(term, "A" if head else "") for term in query.terms]
    found += ["(" + " | ".join(f"'={word}'" for word in group) + ")" for group in groups]
    return " & ".join(found)


def _followed(term: Term, weight: str) -> str:
    marks = [weight] * len(term.words)
    marks[-1] += "*" * term.prefix
    words = (
        f"'{word}'" + (f":{mark}" if mark else "")
        for word, mark in zip(term.words, marks, strict=True)
    )
    return "(" + " <-> ".join(words) + ")"
