"""All checks, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claims import custody
from claims.actions.verifying.belonging import belonging
from claims.actions.verifying.chain import chain
from claims.actions.verifying.emptied import emptied
from claims.actions.verifying.history import history
from claims.actions.verifying.originals import originals
from claims.actions.verifying.searched import searched
from claims.actions.verifying.shapes import Breach, Found
from claims.actions.verifying.standing import rules
from claims.actions.verifying.states import states
from claims.actions.verifying.texts import texts
from claims.models import Workspace
from claims.snapshot.moment import moment

Check = Callable[[Workspace], Iterator[Found]]

CHECKS: dict[str, Check] = {
    "texts and quotes": texts,
    "originals": originals,
    "what belongs to the desk": belonging,
    "rules between rows": rules,
    "history": history,
    "what was purged": emptied,
    "search": searched,
}
Told = Callable[[str, int], None]


def verify(
    desk: Workspace, head: custody.Head | None = None, told: Told = lambda *_: None
) -> Iterator[tuple[str, Breach]]:
    """Every breach at a desk, with the name of the check; `told` hears how far each one is."""

    def of(name: str, found: Iterator[Found]) -> Iterator[tuple[str, Breach]]:
        count = 0
        told(name, count)
        for one in found:
            if isinstance(one, int):
                count += one
                told(name, count)
            else:
                yield name, one

    with moment():
        yield from of("chain", chain(desk, head))
        for name, check in CHECKS.items():
            yield from of(name, check(desk))
    yield from of("states", states(desk))
