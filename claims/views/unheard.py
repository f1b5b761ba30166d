"""Who has said nothing that is recorded, and on what; and what has not been read yet.

"No claim recorded" is not silence: somebody may have spoken where nobody here has read.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from claims.models import Source
from claims.views.matrix import Matrix
from claims.views.scene import Scene

MOST_NAMED = 4
MOST_UNREAD = 5

Progress = list[tuple[Any, int, int]]
"""Articles with how many paragraphs are read, and how many there are."""


class Unheard(NamedTuple):
    """A question on which no claim is recorded from some sources; `others` are not named."""

    question: str
    accused: list[str]
    names: list[str]
    others: int


class NotYetHeard(NamedTuple):
    """`accused`: blamed here, with no claim of their own. `unread`: the first of `to_read`."""

    accused: list[Source]
    questions: list[Unheard]
    unread: Progress
    to_read: int

    def __bool__(self) -> bool:
        return bool(self.accused or self.questions or self.to_read)


def not_yet_heard(scene: Scene, table: Matrix, progress: Progress) -> NotYetHeard:
    """For each key question (for each, if none is key): from whom no claim is recorded."""
    rows = [one for one in table.rows if one.question.is_key] or table.rows
    unread = [one for one in progress if one[1] < one[2]]
    questions = [_unheard(scene, row) for row in rows if row.silent]
    return NotYetHeard(_accused(scene), questions, unread[:MOST_UNREAD], len(unread))


def _unheard(scene: Scene, row: Any) -> Unheard:
    """The accused are named first, and all of them."""
    blamed = [one.name for one in row.silent if one.originator.source in scene.accused]
    others = [one.name for one in row.silent if one.originator.source not in scene.accused]
    named = max(MOST_NAMED - len(blamed), 0)
    return Unheard(row.question.text, blamed, others[:named], len(others[named:]))


def _accused(scene: Scene) -> list[Source]:
    """Those whom a live claim blames, and who said nothing that counts, by name."""
    heard = {scene.originator(one.claim.pk).source for one in scene.live()}
    blamed = {
        one.claim.accused_id: one.claim.accused
        for one in scene.live()
        if one.claim.accused_id in scene.accused - heard
    }
    return sorted(blamed.values(), key=lambda source: (source.name_folded, source.pk))
