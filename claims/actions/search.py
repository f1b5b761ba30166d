"""Keeps what is searched equal to what is there: documents, made anew for each thing touched.

Names of sources are not written into the documents of their claims, so that a new name touches one
document; a claim is found by a source as a facet. The states of a whole incident and the side of
all that a source says are set by one statement each, and only where they differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef

from claims.actions.bulk import writer
from claims.models import Alias, Article, Claim, Incident, Revision, Source, Span, TextPrint
from claims.models.affiliation import listed
from claims.records import ClaimStatus, SpanRole
from claims.searching.days import number
from claims.searching.facets import Noun, Standing
from claims.searching.parts import MOST_WORDS, parts
from claims.searching.words import indexed
from claims.suggester.competing.prints import prints

GetModel = Callable[[str, str], Any]

CHUNK = 500
ARTICLES_OF_A_CHUNK = 100  # each with its whole text
MOST = MOST_WORDS // 2
"""Words of the head, and of the body, of what is no article: far more than a claim has."""
TABLES = {
    Noun.SOURCE: "Source",
    Noun.INCIDENT: "Incident",
    Noun.ARTICLE: "Article",
    Noun.CLAIM: "Claim",
}
KEY = ("noun", "object_id", "part")
COLUMNS = ("workspace line kind state day source side incident annotator head body").split()
OF_CLAIM = (
    "id workspace kind status disputed said_from source source__side incident annotator "
    "paraphrase translation note"
).split()
OF_ARTICLE = "id workspace status published_on publisher publisher__side title".split()
# A claim's standing, as `_standing` has it, and an incident's.
_STATES = f"""
UPDATE claims_searchdocument SET state = stands.state
FROM (
    SELECT '{Noun.CLAIM}' AS noun, id,
           CASE WHEN status IN ('{ClaimStatus.DRAFT}', '{ClaimStatus.WITHDRAWN}') THEN status
                WHEN disputed THEN '{Standing.DISPUTED}' ELSE '{Standing.UNDISPUTED}' END AS state
    FROM claims_claim WHERE incident_id IN ({{ids}})
    UNION ALL
    SELECT '{Noun.INCIDENT}', id, state FROM claims_incident WHERE id IN ({{ids}})
) stands
WHERE claims_searchdocument.noun = stands.noun AND claims_searchdocument.object_id = stands.id
    AND claims_searchdocument.state <> stands.state
"""  # noqa: S608 - words of closed lists


class Touched(dict[Noun, set[int]]):
    """The things whose documents have to be made anew, by id."""

    def note(self, row: models.Model) -> None:
        """Notes what `row` is, or is a part of; what is not searched is passed over."""
        match row:
            case Claim():
                self._add(Noun.CLAIM, row.pk)
            case Span():
                self._add(Noun.CLAIM, row.claim_id)
            case Article():
                self._add(Noun.ARTICLE, row.pk)
            case Revision():
                self._add(Noun.ARTICLE, row.article_id)
            case Source():
                self._add(Noun.SOURCE, row.pk)
            case Alias():
                self._add(Noun.SOURCE, row.source_id)
            case Incident():
                self._add(Noun.INCIDENT, row.pk)

    def _add(self, noun: Noun, pk: int) -> None:
        self.setdefault(noun, set()).add(pk)


def refresh(touched: Touched, incidents: Iterable[int] = ()) -> None:
    """Brings the documents of what was touched up to date, and the states within `incidents`.

    The caller is in `atomic()`, has locked what it touched, and has refreshed the states. Four
    statements for a claim and one for its incident; an import can give any number.
    """
    for noun, ids in touched.items():
        for chunk in _chunks(ids, CHUNK):
            _write(noun, chunk)
    for chunk in _chunks(incidents, CHUNK):
        with connection.cursor() as cursor:
            cursor.execute(_STATES.format(ids=listed(chunk)))


def add(noun: Noun, ids: list[int]) -> None:
    """Makes the documents of what was never searched, in a tenth of the statements; in a chunk."""
    document = apps.get_model("claims", "SearchDocument")
    there = document.objects.filter(noun=noun.value, object_id__in=ids)
    new = sorted(set(ids) - set(there.values_list("object_id", flat=True)))
    blank = document(noun=noun.value)
    names = [field.attname for field in document._meta.concrete_fields if not field.primary_key]
    columns = {name: getattr(blank, name) for name in names}
    made = ({**columns, **values} for values in MAKERS[noun](new, apps.get_model))
    writer(document, tuple(names)).insert([list(one.values()) for one in made])
    if noun is Noun.ARTICLE:
        _print(new)


def rebuild(
    get_model: GetModel = apps.get_model, done: Callable[[Noun, int], None] | None = None
) -> None:
    """Makes all documents anew, a chunk a transaction, while the desk goes on.

    `get_model` is that of a migration, where one asks; `done` hears of each chunk.
    """
    for noun, table in TABLES.items():
        rows = get_model("claims", table).objects.order_by("id")
        size = ARTICLES_OF_A_CHUNK if noun is Noun.ARTICLE else CHUNK
        last = 0
        while ids := list(rows.filter(id__gt=last).values_list("id", flat=True)[:size]):
            with transaction.atomic():
                # Whoever edits one of them waits, so that nothing newer is overwritten.
                list(rows.filter(id__in=ids).select_for_update().values_list("id"))
                _write(noun, ids, get_model)
            last = ids[-1]
            if done:
                done(noun, len(ids))
        documents = get_model("claims", "SearchDocument").objects.filter(noun=noun.value)
        # Not "in": of a million ids, PostgreSQL would walk through the list for each document.
        there = rows.order_by().filter(id=OuterRef("object_id"))
        documents.exclude(Exists(there)).delete()


def _chunks(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    wanted = sorted(set(ids))
    return (wanted[start : start + size] for start in range(0, len(wanted), size))


def _write(noun: Noun, ids: list[int], get_model: GetModel = apps.get_model) -> None:
    document = get_model("claims", "SearchDocument")
    there = document.objects.filter(noun=noun.value)
    if noun is Noun.SOURCE:
        _move(ids, get_model)
    made = [document(noun=noun.value, **values) for values in MAKERS[noun](ids, get_model)]
    document.objects.bulk_create(
        made, CHUNK, update_conflicts=True, unique_fields=KEY, update_fields=COLUMNS
    )
    last = {one.object_id: one.part for one in made}
    if gone := set(ids) - set(last):
        there.filter(object_id__in=gone).delete()
    if noun is Noun.ARTICLE:
        for pk, part in last.items():
            there.filter(object_id=pk, part__gt=part).delete()
        if get_model == apps.get_model:  # a migration may be older than the table
            _print(ids)


def _print(ids: list[int]) -> None:
    """Makes the prints of these articles anew; what is gone has none."""
    TextPrint.objects.filter(article__in=ids).delete()
    texts = dict(
        Revision.objects.filter(article__in=ids, article__deleted_at=None)
        .order_by("number")
        .values_list("article_id", "text")
    )
    desks = dict(Article.objects.filter(pk__in=texts).values_list("pk", "workspace_id"))
    made = (
        TextPrint(workspace_id=desks[pk], article_id=pk, value=value)
        for pk, text in texts.items()
        for value in prints(text)
    )
    TextPrint.objects.bulk_create(made, CHUNK)


def _move(ids: list[int], get_model: GetModel) -> None:
    """What these sources say is on the side on which they are now."""
    document = get_model("claims", "SearchDocument").objects
    sides = dict(
        document.filter(noun=Noun.SOURCE.value, object_id__in=ids).values_list("object_id", "side")
    )
    sources = get_model("claims", "Source").objects.filter(id__in=sides)
    for pk, side in sources.values_list("id", "side"):
        if sides[pk] != side:
            document.filter(source=pk).update(side=side)


# -- what there is to find of each -----------------------------------------------------------------


def _claims(ids: list[int], get_model: GetModel) -> Iterator[dict[str, Any]]:
    """The words of the source count for more: what is said, before what we say about it."""
    spans: dict[int, list[tuple[int, str, str]]] = {}
    rows = get_model("claims", "Span").objects.filter(claim_id__in=ids).order_by()
    # Sorted here: a database that expects many spans walks through all of them in order.
    for pk, _, _, *span in sorted(
        rows.values_list("claim_id", "start", "id", "revision_id", "role", "quote")
    ):
        spans.setdefault(pk, []).append(tuple(span))
    claims = get_model("claims", "Claim").objects.filter(id__in=ids, deleted_at=None)
    for claim in claims.order_by("id").values(*OF_CLAIM):  # values: a save waits for this
        own = spans.get(claim["id"], [])
        newest = max((revision for revision, _, _ in own), default=0)
        quotes: dict[str, list[str]] = {role.value: [] for role in SpanRole}
        for revision, role, quote in own:
            if revision == newest:
                quotes[role].append(quote)
        yield {
            "workspace_id": claim["workspace"],
            "object_id": claim["id"],
            "kind": claim["kind"],
            "state": _standing(claim["status"], disputed=claim["disputed"]),
            "day": number(claim["said_from"]) if claim["said_from"] else None,
            "source_id": claim["source"],
            "side_id": claim["source__side"],
            "incident_id": claim["incident"],
            "annotator_id": claim["annotator"],
            "head": indexed(quotes[SpanRole.CONTENT], MOST),
            "body": indexed(
                [
                    *quotes[SpanRole.SOURCE],
                    *quotes[SpanRole.CUE],
                    claim["paraphrase"],
                    claim["translation"],
                    claim["note"],
                ],
                MOST,
            ),
        }


def _standing(status: str, *, disputed: bool) -> str:
    if status in (ClaimStatus.DRAFT.value, ClaimStatus.WITHDRAWN.value):
        return status
    return (Standing.DISPUTED if disputed else Standing.UNDISPUTED).value


def _articles(ids: list[int], get_model: GetModel) -> Iterator[dict[str, Any]]:
    """The newest text of each, in parts where it is long; the title stands with the first."""
    revisions = get_model("claims", "Revision").objects.filter(article_id__in=ids)
    texts = dict(revisions.order_by("number").values_list("article_id", "text"))
    articles = get_model("claims", "Article").objects.filter(id__in=ids, deleted_at=None)
    for article in articles.order_by("id").values(*OF_ARTICLE):
        day = article["published_on"]
        for count, part in enumerate(parts(texts.get(article["id"], ""))):
            yield {
                "workspace_id": article["workspace"],
                "object_id": article["id"],
                "part": count,
                "line": part.line,
                "state": article["status"],
                "day": number(day) if day else None,
                "source_id": article["publisher"],
                "side_id": article["publisher__side"],
                "head": "" if count else indexed([article["title"]], MOST),
                "body": part.body,
            }


def _sources(ids: list[int], get_model: GetModel) -> Iterator[dict[str, Any]]:
    """By name and aliases."""
    aliases: dict[int, list[str]] = {}
    rows = get_model("claims", "Alias").objects.filter(source_id__in=ids).order_by("id")
    for source_id, name in rows.values_list("source_id", "name"):
        aliases.setdefault(source_id, []).append(name)
    sources = get_model("claims", "Source").objects.filter(id__in=ids, deleted_at=None)
    for source in sources.order_by("id"):
        yield {
            "workspace_id": source.workspace_id,
            "object_id": source.pk,
            "source_id": source.pk,
            "side_id": source.side_id,
            "head": indexed([source.name, *aliases.get(source.pk, [])], MOST),
            "body": indexed([source.note], MOST),
        }


def _incidents(ids: list[int], get_model: GetModel) -> Iterator[dict[str, Any]]:
    incidents = get_model("claims", "Incident").objects.filter(id__in=ids, deleted_at=None)
    for incident in incidents.order_by("id"):
        began = incident.occurred_from
        yield {
            "workspace_id": incident.workspace_id,
            "object_id": incident.pk,
            "state": incident.state,
            "day": number(began.date()) if began else None,
            "incident_id": incident.pk,
            "head": indexed([incident.code, incident.title], MOST),
            "body": indexed([incident.place, incident.summary], MOST),
        }


MAKERS = {
    Noun.CLAIM: _claims,
    Noun.ARTICLE: _articles,
    Noun.SOURCE: _sources,
    Noun.INCIDENT: _incidents,
}
