"""What a member who works blind must not see, as conditions on rows.

A claim is hidden when somebody else made it, in an article that the member has not submitted their
reading of. With it goes what hangs on it, or tells of it: its words and numbers, links that begin
or end at it, comments and acts about it, sources that nobody else needs. What others said about an
incident with such claims (comments, verdicts) is hidden as a whole, since it may be about these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q

from claims.dispute import Result, resolve
from claims.models.affiliation import listed
from claims.models.blind import ENDED, OPEN, BlindReading
from claims.models.claim import Claim
from claims.models.dispute_rows import load
from claims.models.incident import IN_DISPUTE, Incident, Position, Question
from claims.models.lens import every, through
from claims.models.workspace import Membership
from claims.records import ChangeKind, State

SAYING = (ChangeKind.COMMENT.value, ChangeKind.VERDICT.value)
USES = ("source", "via", "accused")
"""In what ways a claim names a source."""

OF_A_CLAIM = ("span", "figure", "filing", "placement", "assessmentclaim")
OF_A_SOURCE = ("alias", "rating")
OF_AN_INCIDENT = {"incident": "pk", "question": "incident", "claim": "incident"}


def table(name: str) -> Any:
    """All rows of the table of this name."""
    return every(apps.get_model("claims", name))


class Sight:
    """The lens of one member for one request; `current` in `lens.py` finds it."""

    def __init__(self, seat: Membership) -> None:
        self.user = seat.user_id
        self.workspace = seat.workspace_id
        self.after = seat.blind_after

    # -- what is hidden ----------------------------------------------------------------------

    def is_blind_on(self, article: str = "pk") -> Q:
        """The condition that the article, of which `article` has the id, is read blind."""
        own = every(BlindReading).filter(reader=self.user, article=OuterRef(article))
        named = Q(Exists(own.filter(OPEN)))
        if self.after is None:
            return named
        return named | Q(**{f"{article}__gt": self.after}) & ~Q(Exists(own.filter(ENDED)))

    @cached_property
    def claims(self) -> Any:
        """The hidden claims."""
        return (
            every(Claim)
            .filter(workspace=self.workspace)
            .exclude(annotator=self.user)
            .filter(self.is_blind_on("article_id"))
        )

    @cached_property
    def incidents(self) -> list[int]:
        """The incidents that hidden claims are about."""
        about = self.claims.exclude(incident=None).order_by()
        return list(about.values_list("incident", flat=True).distinct())

    @cached_property
    def sources(self) -> list[int]:
        """The sources that were made with hidden claims, and that nothing else names."""
        shown = table("claim").filter(workspace=self.workspace).exclude(Exists(self._same("pk")))
        named: set[int] = set()
        for way in USES:
            rows = self.claims.exclude(**{way: None}).order_by()
            named.update(rows.values_list(way, flat=True).distinct())
        # Made with such a claim: one that was there before is everybody's to choose.
        with_it = table("changetopic").filter(change=OuterRef("change"), noun="claim")
        made = table("changerow").filter(
            Exists(with_it.filter(self._claim("object_id"))),
            workspace=self.workspace,
            model="source",
            object_id=OuterRef("pk"),
            before__isnull=True,
        )
        found = table("source").filter(Exists(made), pk__in=named)
        for way in USES:
            found = found.exclude(Exists(shown.filter(**{way: OuterRef("pk")})))
        published = table("article").filter(publisher=OuterRef("pk"))
        affiliated = table("source").filter(affiliation=OuterRef("pk")).exclude(pk__in=named)
        found = found.exclude(Exists(published)).exclude(Exists(affiliated))
        return list(found.values_list("pk", flat=True))

    def hides(self, model: type[Model]) -> Q | None:
        name = model._meta.model_name or ""
        if name in OF_A_CLAIM:
            return self._claim("claim_id")
        if name in OF_A_SOURCE:
            return Q(source__in=self.sources)
        hidden = self._HIDDEN.get(name)
        return hidden(self) if hidden else None

    def _same(self, id: str) -> Any:
        """The hidden claim with the id that the query around this one has in `id`."""
        return self.claims.filter(pk=OuterRef(id))

    def _claim(self, id: str = "pk") -> Q:
        return Q(Exists(self._same(id)))

    def _self(self) -> Q:
        return (
            ~Q(annotator=self.user) & Q(workspace=self.workspace) & self.is_blind_on("article_id")
        )

    def _link(self) -> Q:
        return self._claim("from_claim_id") | self._claim("to_claim_id")

    def _comment(self) -> Q:
        asked = table("question").filter(incident__in=self.incidents)
        about = Q(incident__in=self.incidents) | Q(question__in=asked.values("pk"))
        read = Q(article__isnull=False) & self.is_blind_on("article_id")
        return self._claim("claim_id") | ~Q(author=self.user) & (about | read)

    def _mention(self) -> Q:
        comments = table("comment").filter(self._comment())
        return Q(Exists(comments.filter(pk=OuterRef("comment_id"))))

    def _assessment(self) -> Q:
        asked = table("question").filter(incident__in=self.incidents)
        about = Q(incident__in=self.incidents) | Q(question__in=asked.values("pk"))
        return ~Q(reviewer=self.user) & about

    def _assessment_change(self) -> Q:
        rows = table("assessment").filter(self._assessment(), pk=OuterRef("assessment_id"))
        return Q(Exists(rows)) | self._of_change("change_id")

    def _source(self) -> Q:
        return Q(pk__in=self.sources)

    def _change(self) -> Q:
        topics = table("changetopic").filter(change=OuterRef("pk"))
        of_claim = topics.filter(noun="claim").filter(self._claim("object_id"))
        of_source = topics.filter(noun="source", object_id__in=self.sources)
        of_incident = topics.filter(noun="incident", object_id__in=self.incidents)
        of_article = topics.filter(noun="article").filter(self.is_blind_on("object_id"))
        said = Q(kind__in=SAYING) & (Q(Exists(of_incident)) | Q(Exists(of_article)))
        # What was dismissed became no claim: the article alone is named.
        alone = Q(kind=ChangeKind.CLAIM.value) & ~Q(Exists(topics.filter(noun="claim")))
        said |= alone & Q(Exists(of_article))
        return Q(Exists(of_claim)) | ~Q(user=self.user) & (Q(Exists(of_source)) | said)

    def _of_change(self, id: str) -> Q:
        return Q(Exists(table("change").filter(self._change(), pk=OuterRef(id))))

    def _past(self) -> Q:
        topics = table("pasttopic").filter(past=OuterRef("pk"), noun="claim")
        own = self.claims.filter(uid=OuterRef("object_uid"))
        return Q(Exists(topics.filter(Exists(own))))

    def _of_past(self) -> Q:
        return Q(Exists(table("pastchange").filter(self._past(), pk=OuterRef("past_id"))))

    def _import(self) -> Q:
        return ~Q(made_by=self.user) & self._of_change("change_id")

    def _suggestion(self) -> Q:
        # That one is missing would say that somebody has accepted it.
        return self.is_blind_on("article_id")

    def _document(self) -> Q:
        claim = Q(noun="claim") & self._claim("object_id")
        return claim | Q(noun="source", object_id__in=self.sources)

    _HIDDEN: Mapping[str, Callable[[Sight], Q]] = {
        "claim": _self,
        "link": _link,
        "comment": _comment,
        "mention": _mention,
        "assessment": _assessment,
        "assessmentchange": _assessment_change,
        "source": _source,
        "change": _change,
        "changerow": lambda self: self._of_change("change_id"),
        "changetopic": lambda self: self._of_change("change_id"),
        "pastchange": _past,
        "pasttopic": _of_past,
        "pastrow": _of_past,
        "import": _import,
        "searchdocument": _document,
        "suggestion": _suggestion,
    }

    def hidden_claims(self) -> str:
        return literal(self.claims.order_by().values("pk"))

    def hidden_documents(self, *, by_state: bool) -> str:
        # By the index of nouns and ids, from what is hidden to its documents.
        rows = [f"noun = 'claim' AND object_id IN ({self.hidden_claims()})"]
        rows.append(f"noun = 'source' AND object_id IN ({listed(self.sources)})")
        if by_state:
            about = listed(self.incidents)
            told = f"SELECT id FROM claims_claim WHERE incident_id IN ({about})"  # noqa: S608
            rows.append(f"noun = 'claim' AND object_id IN ({told})")
            rows.append(f"noun = 'incident' AND object_id IN ({about})")
        found = (f"SELECT id FROM claims_searchdocument WHERE {one}" for one in rows)  # noqa: S608
        return " UNION ".join(found)

    def is_settled(self, incident: int | None) -> bool:
        return incident not in self._known

    # -- what is computed --------------------------------------------------------------------

    def without_unsettled(self, rows: Any) -> Any:
        if rows.model is Incident:
            return rows.exclude(pk__in=self.incidents)
        return rows.exclude(incident__in=self.incidents)

    @cached_property
    def _results(self) -> dict[int, Result]:
        return {}

    @cached_property
    def _known(self) -> set[int]:
        return set(self.incidents)

    @cached_property
    def _asked(self) -> dict[int, int]:
        rows = every(Question).filter(incident__in=self.incidents)
        return dict(rows.values_list("pk", "incident_id"))

    def _result(self, incident: int | None) -> Result | None:
        """What is computed of an incident with hidden claims, from the others; none of another."""
        if incident is None or incident not in self._known:
            return None
        if incident not in self._results:
            with through(self):
                self._results[incident] = resolve(load(incident))
        return self._results[incident]

    def recast(self, row: Any) -> None:
        for name, value in self._computed(row).items():
            if name in row.__dict__:
                setattr(row, name, value)

    def _computed(self, row: Any) -> dict[str, Any]:
        given = row.__dict__
        if isinstance(row, Incident):
            found = self._result(given.get("id"))
            return _of_incident(found) if found else {}
        if isinstance(row, Position):
            incident = self._asked.get(given.get("question_id", 0))
            found = self._result(incident)
            return _of_position(found, given) if found else {}
        found = self._result(given.get("incident_id"))
        if found is None:
            return {}
        return (
            _of_question(found, row.pk) if isinstance(row, Question) else _of_claim(found, row.pk)
        )

    # -- an export, which reads by SQL ---------------------------------------------------------

    def shadows(self) -> dict[str, str]:
        found = {}
        for model in apps.get_app_config("claims").get_models():
            hidden = self.hides(model)
            own = OF_AN_INCIDENT.get(model._meta.model_name or "")
            if hidden is None and own is None and model is not Position:
                continue
            rows: Any = every(model).all()
            rows = rows if hidden is None else rows.exclude(hidden)
            sql = literal(rows.order_by())
            found[model._meta.db_table] = self._recast_in_sql(model, own, sql)
        return found

    def _recast_in_sql(self, model: type[Any], own: str | None, sql: str) -> str:
        """The same rows, with the computed columns of those that are about such incidents."""
        if own is not None:
            few = every(model).filter(**{f"{own}__in": self.incidents})
        elif model is Position:
            few = every(model).filter(question__incident__in=self.incidents)
        else:
            return sql
        with through(self):
            rows = [row for row in few.order_by("pk") if row.pk is not None]
        told: dict[str, list[str]] = {}
        for row in rows:
            for name, value in self._computed(row).items():
                told.setdefault(name, []).append(f"WHEN {row.pk:d} THEN {_quoted(value)}")
        columns = [
            f"CASE id {' '.join(told[name])} ELSE {name} END AS {name}" if name in told else name
            for name in (
                connection.ops.quote_name(field.column)
                if field.column not in told
                else field.column
                for field in model._meta.concrete_fields
            )
        ]
        return f"SELECT {', '.join(columns)} FROM ({sql}) seen" if told else sql  # noqa: S608


def _of_incident(found: Result) -> dict[str, Any]:
    all_of = found.incident
    return {
        "state": all_of.state.value,
        "challenged": all_of.challenged,
        "live_claims": all_of.live_claims,
        "originators": all_of.originators,
        "sides": all_of.sides,
        "competing_pairs": len(all_of.pairs),
        "conflicting_originators": all_of.originators_in_conflict,
        "heat": IN_DISPUTE if all_of.pairs or all_of.state is State.DISPUTED else 0,
        "verdicts": 0,
        "awaits_second": False,
        "evidence_changed": False,
    }


def _of_question(found: Result, id: int) -> dict[str, Any]:
    one = found.questions.get(id)
    if one is None:
        return {"state": State.UNANSWERED.value, "challenged": False, "competing_pairs": 0}
    return {
        "state": one.state.value,
        "challenged": one.challenged,
        "competing_pairs": len(one.pairs),
    }


def _of_position(found: Result, given: Mapping[str, Any]) -> dict[str, Any]:
    none = {"held_by": 0, "held_sides": 0, "held_by_accused": False}
    none |= {"in_part_by": 0, "rejected_by": 0}
    question = found.questions.get(given["question_id"])
    for one in question.composition if question else ():
        if one.position == given["id"]:
            return {
                "held_by": len(one.held.originators),
                "held_sides": len(one.held.sides),
                "held_by_accused": one.held.accused,
                "in_part_by": len(one.held_in_part.originators),
                "rejected_by": len({*one.rejected.originators, *one.rejected_in_part.originators}),
            }
    return none


def _of_claim(found: Result, id: int) -> dict[str, Any]:
    one = found.claims.get(id)
    if one is None:
        return {}
    return {
        "stands": one.stands,
        "live": one.live,
        "statement_id": one.statement,
        "originator_id": one.originator.source,
        "originator_article_id": one.originator.article,
        "disputed": one.disputed,
        "competing_claims": len(one.competing_claims),
        "competing_originators": one.competing_originators,
    }


# -- SQL without parameters, since a view takes none; all values are numbers and words of ours -----


def literal(rows: Any) -> str:
    """The query with its values in place."""
    sql, values = rows.query.sql_with_params()
    pieces = sql.split("%s")
    told = "".join(
        piece + _quoted(value) for piece, value in zip(pieces, (*values, ""), strict=True)
    )
    return told[: -len(_quoted(""))]


def _quoted(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or "'" in value or "\\" in value:
        raise TypeError(f"{value!r} is no word of ours.")
    return f"'{value}'"


__all__ = ["Sight", "literal"]
