"""What a webhook is told of a claim, a link, an incident or a verdict: public ids and few facts.

Never an internal id, a comment, a note, the words of a text, or who did it: what a receiver may
know beyond this, it reads from the API with a token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from claims.models import Assessment, Claim, Incident, Link, Workspace

Facts = dict[str, Any]


def facts(workspace: Workspace, noun: str, ids: Iterable[int]) -> dict[int, Facts]:
    """Of each row its id, its address in the API and its facts; one query."""
    rows, tell, route = OF[noun]
    return {
        row.pk: {
            "id": str(row.uid),
            "url": reverse(f"api-{route}", args=[workspace.slug, row.uid]),
            **tell(row),
        }
        for row in rows().filter(pk__in=list(ids))
    }


def uids(noun: str, ids: Iterable[int]) -> list[str]:
    """Their public ids, in the order in which they were made."""
    rows = OF[noun][0]().select_related(None).filter(pk__in=list(ids))
    return [str(uid) for uid in rows.order_by("id").values_list("uid", flat=True)]


def without_findings(told: Facts) -> Facts:
    """A verdict that is not to be seen yet: where it is, and that a second opinion is awaited."""
    return {name: told[name] for name in ("id", "url", "question", "incident")} | {
        "awaits_second": True
    }


def _uid(row: Any) -> str | None:
    return str(row.uid) if row else None


def _claim(claim: Claim) -> Facts:
    return {
        "article": _uid(claim.article),
        "incident": _uid(claim.incident),
        "source": _uid(claim.source),
        "source_name": claim.source.name,
        "kind": claim.kind,
        "polarity": claim.polarity,
        "status": claim.status,
    }


def _link(link: Link) -> Facts:
    return {
        "incident": _uid(link.incident),
        "from_claim": _uid(link.from_claim),
        "to_claim": _uid(link.to_claim),
        "relation": link.relation,
        "basis": link.basis,
    }


def _incident(incident: Incident) -> Facts:
    return {"code": incident.code, "title": incident.title, "state": incident.state}


def _verdict(verdict: Assessment) -> Facts:
    return {
        "question": _uid(verdict.question),
        "incident": _uid(verdict.place),
        "verdict": verdict.verdict,
        "position": _uid(verdict.position),
        "likelihood": verdict.likelihood,
        "confidence": verdict.confidence,
        "second_of": _uid(verdict.second_of),
        "agrees": verdict.agrees,
        "awaits_second": False,
    }


def _claims() -> Any:
    return Claim.objects.select_related("article", "incident", "source")


def _links() -> Any:
    return Link.objects.select_related("incident", "from_claim", "to_claim")


def _verdicts() -> Any:
    parts = ("question__incident", "incident", "position", "second_of")
    return Assessment.objects.select_related(*parts)


OF: dict[str, tuple[Callable[[], Any], Callable[[Any], Facts], str]] = {
    "claim": (_claims, _claim, "claim"),
    "link": (_links, _link, "link"),
    "incident": (Incident.objects.all, _incident, "incident"),
    "verdict": (_verdicts, _verdict, "assessment"),
}
"""By noun: its rows, what is told of one, and the name of its route in the API."""
