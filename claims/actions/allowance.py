"""Taking a share of what one may ask of the API: one statement, whoever else is taking."""

from __future__ import annotations

from django.db import connection

from claims.models import User

_TAKE = """
INSERT INTO claims_allowance (user_id, began, taken) VALUES (%s, %s, %s)
ON CONFLICT (user_id) DO UPDATE SET
    taken = CASE WHEN claims_allowance.began = excluded.began
                 THEN claims_allowance.taken + excluded.taken ELSE excluded.taken END,
    began = excluded.began
RETURNING taken
"""


def take(user: User, began: int, share: int, most: int) -> int:
    """How many requests the caller may answer of `share`, in the span of time that `began`.

    Of all callers together never more than `most` in one span.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [user.pk, began, share])
        (taken,) = cursor.fetchone()
    return max(0, share - max(0, int(taken) - most))
