"""What may compete is proposed where one links: one key makes the link, one press undoes it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from claims.models import Claim, Dismissal, Link, User, Workspace


def test_a_proposal_is_linked_with_one_key_and_another_dismissed(
    sign_in: Callable[..., Page], axe: Callable[..., None], demo: Workspace
) -> None:
    said = Claim.objects.get(article__title__startswith="Up to 65", source__name="Karbouli")
    page = sign_in(User.objects.get(username="analyst"))
    page.goto(f"{said.article.get_absolute_url()}#claim-{said.uid}")
    page.wait_for_load_state()
    card = page.locator(f"#claim-{said.uid}")
    card.focus()
    page.keyboard.press("l")
    proposed = page.locator("#panel .proposed li")
    expect(proposed).to_have_count(3)
    first = proposed.first.inner_text()
    axe(page)
    page.keyboard.press("1")
    expect(page.locator("#messages")).to_contain_text("Linked:")
    expect(card).to_be_focused()
    link = Link.objects.latest("id")
    assert said.pk in (link.from_claim_id, link.to_claim_id)
    assert link.note.startswith("Proposed by")
    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(page.locator("#messages")).to_contain_text("Undid: linked two claims")
    # Back at the card, by the button as by the key.
    expect(page.locator(f"#claim-{said.uid}")).to_be_focused()
    assert not Link.objects.kept().filter(pk=link.pk).exists()
    page.locator(f"#claim-{said.uid}").focus()
    page.keyboard.press("l")
    expect(proposed.first).to_have_text(first, use_inner_text=True)
    proposed.first.get_by_role("button", name="Not these two").click()
    expect(page.locator("#messages")).to_contain_text("not proposed again")
    expect(proposed.first).not_to_have_text(first, use_inner_text=True)
    assert Dismissal.objects.count() == 1
