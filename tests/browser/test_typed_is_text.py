"""What `tests/security/corpus.py` holds, in a real browser: nothing of it runs or is refused."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Dialog, Page

from claims.models import User
from claims.records import Role
from tests import factories
from tests.pages import test_policy as pages
from tests.pages.conftest import a_world
from tests.security import corpus, desk

TELLING = (
    "workspace article claim-new claim-edit incident incident-brief incident-history search review"
    " review-approval sources source history history-past import export members settings webhook"
).split()
WATCH = """
window.broken = [];
document.addEventListener('securitypolicyviolation', (e) => window.broken.push(e.blockedURI));
window.zxz = () => window.broken.push('ran');
"""


def test_nothing_that_was_typed_runs_in_any_of_the_telling_pages(
    sign_in: Callable[..., Page], django_user_model: type[User]
) -> None:
    workspace = factories.a_workspace(slug="desk")
    owner = factories.a_membership(workspace, factories.a_user("owner"), Role.OWNER).user
    world = a_world(workspace, owner)
    desk.furnish(world, owner)
    desk.spoil(world, 5)
    page = sign_in(owner)
    page.add_init_script(WATCH)
    dialogs: list[str] = []

    def refused(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refused)
    for name in TELLING:
        asked = "?q=zxz" if name == "search" else ""
        page.goto(pages.address(name, world) + asked)
        assert corpus.MARK in page.content(), name
        assert page.evaluate("window.broken") == [], name
        assert page.evaluate("document.querySelectorAll('[zxz], iframe, base, object').length") == 0
    page.emulate_media(media="print")
    page.goto(pages.address("incident-brief", world))
    assert page.evaluate("window.broken") == []
    assert dialogs == []
