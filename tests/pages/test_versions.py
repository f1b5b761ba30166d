"""What is changed says which version it was seen in; what does not say so is not taken."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest

from claims.models import Change
from tests.pages import test_policy as policy
from tests.pages.conftest import Person, World
from tests.pages.walk import *  # noqa: F403 (the same fixtures as elsewhere, made once)

pytestmark = pytest.mark.one_database

SEEN = ("version", "other_version", "seal", "was")
"""The fields in which a form says what it started from."""
# What writes without one, and why nobody's work is lost by that.
ADDS = set(
    "article-read claim-new link-new filing-new question-new position-new claim-comment"
    " question-comment incident-comment article-comment source-rate assessment-second"
    " article-preview article-revise".split()
)
ENDS_FOR_GOOD = {"article-drop", "import-accept", "import-cancel", "invitation-revoke"}
SAYS_WHAT_SHALL_BE = {
    "article-blind", "import-choose", "member-blind", "session-end", "search-drop",
}  # fmt: skip
TELLS_OTHERS = {"webhook-test", "webhook-secret", "webhook-go-on", "delivery-again"}
ASKS_THE_JOURNAL = {"change-undo"}
# On what nobody has decided on; of two who do, the second is told so.
DECIDES_ONCE = set(
    "suggestion-accept suggestion-dismiss article-suggestions-accept article-suggest".split()
)
WITHOUT = ADDS | DECIDES_ONCE | ENDS_FOR_GOOD | SAYS_WHAT_SHALL_BE | TELLS_OTHERS | ASKS_THE_JOURNAL
ROUTES = [row.name for row in policy.OF_AN_OBJECT if row.method == "POST"]
HAS_A_PAGE = {row.name for row in policy.OF_AN_OBJECT if row.method == "GET"} | {"settings"}
REFUSED = (302, 403, 404, 409, 422)
"""A redirect leads back to the object, with a message; two are of nothing that is theirs."""
ENOUGH_BUT_FOR_IT = set(
    "article-edit claim-status claim-delete comment-resolve incident-edit link-edit link-delete"
    " member-role member-remove question-edit review-assign side-edit source-edit webhook-edit"
    " webhook-delete settings".split()
)


def filled(owner: Person, name: str, where: str, world: World) -> dict[str, Any]:
    """The form of a page as its browser would send it, with something else in it."""
    values = policy.body(world) | {"was": "viewer"}
    if name not in HAS_A_PAGE & ENOUGH_BUT_FOR_IT:
        return values
    page = lxml.html.document_fromstring(owner.client.get(where).content)
    for form in page.forms:
        if form.method == "POST" and form.get("action") in (where, "", None):
            sent = {field: value.removeprefix("\n") for field, value in form.form_values()}
            return sent | {key: values[key] for key in ("title", "name", "text") if key in sent}
    return values


def test_nothing_is_changed_by_who_does_not_say_what_they_saw(owner: Person, world: World) -> None:
    wheres = {name: policy.address(name, world) for name in {*ROUTES, "settings"} - WITHOUT}
    forms = {name: filled(owner, name, where, world) for name, where in wheres.items()}
    before = policy.everything()
    for name, where in wheres.items():
        sent = {field: value for field, value in forms[name].items() if field not in SEEN}
        answer = owner.client.post(where, sent)
        assert answer.status_code in REFUSED, name
    after = policy.everything()
    assert [table for table in before if before[table] != after[table]] == []
    # What was missing was that, and nothing else.
    for name in ENOUGH_BUT_FOR_IT:
        with policy.taken_back():
            owner.client.post(wheres[name], forms[name])
            assert Change.objects.latest("id").pk > world.change.pk, name
