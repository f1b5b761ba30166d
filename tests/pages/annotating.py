"""What the tests of the annotate page share: a text, a filled-in form, and ways to send it."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from claims.models import Article, Claim, Span
from claims.records import SpanRole
from tests import factories
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

FAMILY = "👨‍👩‍👧"
TEXT = (
    'The Valley Command said on Thursday that "two strikes hit the depot".\n'
    "\n"
    f"A medic told Radio Valley that up to 65 people died {FAMILY} in the cafe\u0301.\n"
    "قال المسعفون إن الضربة أصابت السوق\n"
    "Up to 65 people died, it was said again."
)
NO_FIGURES = {
    "figures-TOTAL_FORMS": "0",
    "figures-INITIAL_FORMS": "0",
}


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def get(person: Person, name: str, uid: object, *, htmx: bool = False, **query: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return person.client.get(at(person, name, uid), query, headers=headers)


def post(
    person: Person, name: str, uid: object, data: Any = None, *, htmx: bool = False, query: str = ""
) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return person.client.post(at(person, name, uid) + query, data or {}, headers=headers)


def an_article(person: Person, text: str = TEXT, **fields: Any) -> Article:
    return factories.an_article(person.desk, text, **fields)


def span(article: Article, quote: str, role: str = "content") -> str:
    """A span as the form carries it, of the first place of `quote`."""
    start = article.revisions.get().text.index(quote)
    return f"{role}:{start}-{start + len(quote)}"


def fields(spans: str = "", **over: Any) -> dict[str, Any]:
    """A claim form as a browser sends it; None leaves a field out."""
    sent = {
        "spans": spans,
        "source_name": "Valley Command",
        "says": "asserts",
        "stance": "holds",
        "extent": "fully",
        "relation": "contradicts",
        "speech": "indirect",
        "knows_by": "unstated",
        **NO_FIGURES,
    }
    return {name: value for name, value in (sent | over).items() if value is not None}


def figure(number: int = 0, **over: Any) -> dict[str, Any]:
    """One row of numbers, and the rows' own count."""
    row = {"measure": "killed", "status": "unknown", "low_basis": "stated", **over}
    sent = {f"figures-{number}-{name}": value for name, value in row.items()}
    return NO_FIGURES | {"figures-TOTAL_FORMS": str(number + 1)} | sent


def quotes(claim: Claim, role: SpanRole = SpanRole.CONTENT) -> list[str]:
    found = Span.objects.filter(claim=claim, role=role.value).order_by("start")
    return list(found.values_list("quote", flat=True))


def errors(answer: Any) -> dict[str, str]:
    """What a person reads beside the fields; "" is the form as a whole."""
    found: dict[str, str] = {}
    for block in select(parsed(answer), ".errorlist"):
        inputs = block.xpath(
            "ancestor::*[contains(concat(' ', @class, ' '), ' field ')]"
            "//*[self::input[not(@type='hidden')] or self::select or self::textarea]"
        )
        name = inputs[0].get("name") if inputs else ""
        found[name] = " ".join(filter(None, (found.get(name), words(block))))
    return found


def value(answer: Any, name: str) -> Any:
    """What a field of the shown form holds."""
    for field in select(parsed(answer), f"[name={name}]"):
        if field.tag == "textarea":
            # A line feed right after the tag is none of the text.
            return (field.text or "").removeprefix("\n")
        if field.tag == "select":
            chosen = field.xpath("./option[@selected] | ./optgroup/option[@selected]")
            return (chosen or field.xpath(".//option"))[0].get("value")
        if field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None:
            return field.get("value", "on" if field.get("type") == "checkbox" else "")
    return None


def again(answer: Any, form: str = "claim-form") -> dict[str, Any]:
    """The shown form's fields, as pressing its button sends them."""
    (shown,) = select(parsed(answer), f"form#{form}")
    sent: dict[str, Any] = {}
    for field in shown.xpath(".//*[@name]"):
        name = field.get("name")
        if field.tag == "button":
            continue
        if field.get("type") in ("radio", "checkbox"):
            if field.get("checked") is not None:
                sent.setdefault(name, []).append(field.get("value", "on"))
        elif field.tag == "select":
            chosen = field.xpath(".//option[@selected]") or field.xpath(".//option")[:1]
            sent[name] = chosen[0].get("value")
        else:
            sent[name] = value(answer, name) if field.tag == "textarea" else field.get("value", "")
    return sent


def swapped(answer: Any) -> set[str]:
    """The ids that an htmx answer swaps out of band."""
    return {
        element.get("id") or element.get("hx-swap-oob")
        for element in select(parsed(answer), "[hx-swap-oob]")
    }


def events(answer: Any) -> dict[str, Any]:
    return dict(json.loads(answer.headers["HX-Trigger"]))


def card(answer: Any, claim: Claim) -> Any:
    (found,) = select(parsed(answer), f"#claim-{claim.uid}")
    return found
