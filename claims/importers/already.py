"""Drafts of a file that stand at the desk already: the same words of a text, of the same source.

Two tools, or two exports, give one mark two ids. So what is compared is what both say: the words,
by their places in the text, and what the source is called.
"""

from __future__ import annotations

from claims.importers.claims_of_marks import Claims
from claims.importers.marks import Library, Said, text_of
from claims.records import SpanRole

Key = tuple[str, str, tuple[tuple[int, int], ...]]


def find(claims: Claims, library: Library) -> dict[str, Said]:
    """By mark, the claim of the desk that its draft would say once more.

    A draft that is at the desk itself is none, whatever else says the same: it is there.
    """
    drafts = {key: _key(claims, key) for key in claims.held if claims.marks[key].own is None}
    revisions = list(dict.fromkeys(revision for revision, _, _ in drafts.values()))
    said: dict[Key, Said] = {}
    for one in library.said(revisions):
        said.setdefault((one.revision_id, one.source.casefold(), one.places), one)
    found = {key: said[words] for key, words in drafts.items() if words in said}
    ids = [claims.held[key]["claim_id"] for key in found]
    here = library.standing(ids, []).incidents if ids else {}
    return {key: one for key, one in found.items() if claims.held[key]["claim_id"] not in here}


def _key(claims: Claims, key: str) -> Key:
    mark = claims.marks[key]
    places = sorted(
        {
            (place.start, place.end)
            for place in mark.places
            if place.role in ("", SpanRole.CONTENT.value)
        }
    )
    name = claims.held[key]["source"].casefold()
    return text_of(mark.sheet).revision_id, name, tuple(places)
