"""Addresses and actions of many rows: looked up and rendered once, then filled in.

A thousand cards have ten thousand addresses, and `reverse` takes its time over each.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from claims.models import Claim, Workspace
from claims.records import ClaimKind

NOBODY = UUID(int=0)
"""Stands for any row where an address is looked up once for all of them."""
ACTIONS = {
    "edit": "claim-edit",
    "delete": "claim-delete",
    "span": "claim-span",
    "same": "claim-same",
    "link": "link-new",
    "file": "filing-new",
    "comment": "claim-comment",
}
VERSION = "{version}"


def addresses(workspace: Workspace) -> Callable[[str, UUID], str]:
    """`reverse` for the rows of one desk, each route looked up once."""
    patterns: dict[str, str] = {}

    def address(route: str, uid: UUID) -> str:
        if route not in patterns:
            patterns[route] = reverse(route, args=[workspace.slug, NOBODY])
        return patterns[route].replace(str(NOBODY), str(uid))

    return address


def actions(urls: Callable[[str, UUID], str]) -> Callable[[Claim], SafeString]:
    """The actions of a claim, whose template is rendered once for facts and once for others."""
    markup: dict[bool, str] = {}

    def act(claim: Claim) -> SafeString:
        factual = claim.kind == ClaimKind.FACTUAL
        if factual not in markup:
            context = {
                "urls": {name: urls(route, NOBODY) for name, route in ACTIONS.items()},
                "version": VERSION,
                "factual": factual,
            }
            markup[factual] = render_to_string("claim/_actions.html", context)
        filled = markup[factual].replace(str(NOBODY), str(claim.uid))
        return mark_safe(filled.replace(VERSION, str(claim.version)))

    return act
