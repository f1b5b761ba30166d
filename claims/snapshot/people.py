"""What a person is called in an export."""

from __future__ import annotations


def person(u: str, did: str, of: str) -> str:
    """SQL for who did something: `person("u", "claim.annotator", "c")`.

    What `str(user)` says of `u`, a row of users: the full name, else the username. Where the work
    was imported and `of`, the row, still names who stands in: the name that the file gave.
    """
    return f"COALESCE({credited(did, of, u)}, {member(u)})"


def member(u: str) -> str:
    """SQL for what `str(user)` says of `u`, a row of users; blank for nobody."""
    full = f"TRIM({u}.first_name || ' ' || {u}.last_name)"
    return f"COALESCE(NULLIF({full}, ''), {u}.username, '')"


def credited(did: str, of: str, u: str = "") -> str:
    """SQL for the name that an imported file gave, or NULL."""
    noun, field = did.split(".")
    standing = f"AND COALESCE(named.stand_in_id, 0) = COALESCE({u}.id, 0)" if u else ""
    return f"""(
        SELECT named.name FROM claims_credit named
        WHERE named.noun = '{noun}' AND named.object_id = {of}.id AND named.field = '{field}'
            {standing})"""  # noqa: S608
