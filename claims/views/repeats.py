"""Who repeats whom, and who tells it differently: the ways of one statement through the press."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from claims.models import Link
from claims.records import Relation
from claims.views.drift import drift
from claims.views.matrix import Matrix
from claims.views.said import Said
from claims.views.scene import Scene


class Carried(NamedTuple):
    """A statement with the articles that carry it, one claim for each; `first` is in the first."""

    who: str
    first: Said
    others: list[Said]

    @property
    def articles(self) -> int:
        return len(self.others) + 1


class Differs(NamedTuple):
    """Two reports of what one source said, and in what they differ."""

    who: str
    one: Said
    other: Said
    how: list[str]


class TwoAnswers(NamedTuple):
    """A source that holds several answers to a question of which only one can be so."""

    who: str
    question: str
    answers: list[str]


class Repeats(NamedTuple):
    """All of it; each list is empty where there is no such thing."""

    carried: list[Carried]
    differs: list[Differs]
    replaced: list[Differs]
    answers: list[TwoAnswers]

    @property
    def different(self) -> int:
        return len(self.differs) + len(self.replaced) + len(self.answers)

    def __bool__(self) -> bool:
        return bool(self.carried or self.different)


def repeats(scene: Scene, table: Matrix) -> Repeats:
    """What is repeated the most first; what differs in the order of the claims."""
    carried = sorted(_carried(scene), key=lambda one: (-one.articles, one.first.claim.pk))
    changed = replaced(scene.links, scene.claims, lambda pk: scene.result.claims[pk].stands)
    return Repeats(carried, list(_differs(scene)), list(changed), list(_answers(scene, table)))


def _name(scene: Scene, claim: int) -> str:
    return scene.originators[scene.originator(claim).source].name


def _carried(scene: Scene) -> Iterator[Carried]:
    for root, cards in scene.by_statement.items():
        by_article: dict[int, Said] = {}
        for one in cards:
            by_article.setdefault(one.claim.article_id, one)
        first, *others = by_article.values()
        if others:
            yield Carried(_name(scene, root), first, others)


def _differs(scene: Scene) -> Iterator[Differs]:
    """Repeats that say another thing than the first report of their statement that counts."""
    for root, (first, *others) in scene.by_statement.items():
        for one in others:
            how = drift(one.claim, first.claim)
            if how:
                yield Differs(_name(scene, root), one, first, how)


def replaced(
    links: Iterable[Link], claims: Mapping[int, Said], stands: Callable[[int], bool]
) -> Iterator[Differs]:
    """What a source took back by saying another thing later, of the `claims` in print."""
    for link in links:
        later, earlier = claims.get(link.from_claim_id), claims.get(link.to_claim_id)
        if link.relation == Relation.SUPERSEDES and later and earlier and stands(later.claim.pk):
            yield Differs(later.who, later, earlier, drift(later.claim, earlier.claim))


def _answers(scene: Scene, table: Matrix) -> Iterator[TwoAnswers]:
    """Held fully, and competing: an answer in part rules nothing out."""
    for row in table.rows:
        if row.question.exclusive:
            for cell in row.cells:
                held = [
                    answer.text
                    for answer in cell.answers
                    if answer.competes and not answer.rejects and not answer.in_part
                ]
                if len(held) > 1:
                    yield TwoAnswers(cell.source.name, row.question.text, held)
