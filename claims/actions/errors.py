"""Why an act did not happen. Each one leaves everything as it was.

Bad values are Django's own `ValidationError`, by field where a field is at fault.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.core.exceptions import ValidationError

from claims.models import Side
from claims.models.base import Root


class Conflict(Exception):
    """Somebody changed `current` since the version that the act started from."""

    def __init__(self, current: Root | Side) -> None:
        super().__init__("It was changed by somebody else in the meantime.")
        self.current = current


class NeedsConsent(Exception):
    """The act would take more with it than it says; `losses` are sentences for a person.

    `ends` are the links and filings that would end, where it is known which.
    """

    def __init__(self, losses: list[str], ends: Sequence[Root] = ()) -> None:
        super().__init__(" ".join(losses))
        self.losses = losses
        # What one consents to: to these losses, and no others.
        self.seal = hashlib.sha256("\n".join(losses).encode()).hexdigest()[:16]
        self.ends = ends


class WrongAt(Exception):
    """Of several things to be made together some can't be; `errors` are theirs, by place."""

    def __init__(self, errors: dict[int, ValidationError]) -> None:
        super().__init__(f"{len(errors)} of them can't be made.")
        self.errors = errors
