"""What is sent: read strictly, without a default or a field that nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from claims.actions.source import NewSource
from claims.api.problems import Problem
from claims.models import Article, Source, User, Workspace
from claims.models.base import Root, Row
from claims.records import SourceKind, Word

MOST_CANDIDATES = 9
Called = dict[tuple[str, int], list[Source]]
"""Whom a name means in an article, by name and the article's number."""


class Json(JSONParser):
    """A body of a size that can be held, and no deeper than can be read."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        size = parser_context["request"].META.get("CONTENT_LENGTH") or 0
        if int(size) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("It is nested too deeply.") from error


class Strict(serializers.Serializer[Any]):
    """Refuses what it does not know. With `changing`, nothing is required."""

    def __init__(self, *args: Any, changing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if changing:
            for field in self.fields.values():
                field.required = False

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            told = {str(name): ["There is no such field."] for name in sorted(unknown)}
            raise serializers.ValidationError(told)
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """Kept as it is sent: no white space is taken off."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "allow_blank": True} | kwargs, trim_whitespace=False)


def word(words: type[Word], **kwargs: Any) -> serializers.ChoiceField:
    """A field for one word of a closed list."""
    return serializers.ChoiceField(choices=words.choices(), **{"required": False} | kwargs)


class RowField(serializers.UUIDField):
    """The uid of a row of the desk (`context["workspace"]`), read as the row."""

    default_error_messages = {"gone": "It is not there."}

    def __init__(self, model: type[Row], **kwargs: Any) -> None:
        super().__init__(**{"required": False} | kwargs)
        self.model = model

    def to_internal_value(self, data: Any) -> Any:
        return find(self.model, self.context, super().to_internal_value(data)) or self.fail("gone")


def find(model: type[Row], context: Mapping[str, Any], uid: UUID) -> models.Model | None:
    """The row of the desk by uid, unless it is deleted; each is looked for once a request."""
    seen, key = context["seen"], (model, uid)
    if key not in seen:
        rows = model.objects.within(context["workspace"])
        rows = rows.kept() if issubclass(model, Root) else rows
        seen[key] = rows.filter(uid=uid).first()
    found: models.Model | None = seen[key]
    return found


def one_of(attrs: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """`attrs` if one of `names` is in it. Raises ValidationError for none and for several."""
    if sum(name in attrs for name in names) != 1:
        raise serializers.ValidationError(f"Send one of {', '.join(names)}.")
    return attrs


class MemberField(serializers.CharField):
    """The user name of a member of the desk, read as the person."""

    default_error_messages = {"nobody": "No member is called so."}

    def to_internal_value(self, data: Any) -> Any:
        name = super().to_internal_value(data)
        members = User.objects.filter(memberships__workspace=self.context["workspace"])
        return members.filter(username=name).first() or self.fail("nobody")


class NewSourceSerializer(Strict):
    """A source to be made; `named: false` for one such as "a medic", of this article alone."""

    name = serializers.CharField(max_length=200)
    named = serializers.BooleanField(default=True)
    kind = word(SourceKind, default=SourceKind.OTHER.value)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "minLength": 1, "maxLength": 200},
            {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 200},
                    "named": {"type": "boolean"},
                    "kind": {"enum": [kind.value for kind in SourceKind]},
                },
                "additionalProperties": False,
            },
        ]
    }
)
class SourceField(serializers.Field[Any, Any, Any, Any]):
    """A uid, a name, or `{name, named, kind}`; `settled` finds whom a name means."""

    def __init__(self, *, kind: SourceKind = SourceKind.OTHER, **kwargs: Any) -> None:
        super().__init__(**{"required": False} | kwargs)
        self.kind = kind

    def to_internal_value(self, data: Any) -> Source | NewSource:
        if isinstance(data, str):
            name = serializers.CharField(max_length=200).run_validation(data)
            try:
                row = find(Source, self.context, UUID(name))
            except ValueError:
                return NewSource(name, kind=self.kind)
            if row is None:
                raise serializers.ValidationError("There is no such source.")
            return row  # type: ignore[return-value]
        sent = NewSourceSerializer(data=data)
        sent.is_valid(raise_exception=True)
        values = sent.validated_data
        return NewSource(values["name"], values["named"], SourceKind(values["kind"]))


def settled(
    workspace: Workspace,
    article: Article | None,
    sent: dict[str, Any],
    names: tuple[str, ...],
    seen: Called | None = None,
) -> dict[str, Any]:
    """`sent` with the sources that a name means; a name that nobody has stays a NewSource.

    What is in `seen` is looked for no second time. Raises Problem (409) with the candidates where
    a name fits several.
    """
    seen = {} if seen is None else seen
    known = Source.objects.within(workspace).kept()
    if article is None:
        known = known.filter(named=True)
    candidates: dict[str, list[dict[str, Any]]] = {}
    values = dict(sent)
    for name in names:
        new = values.get(name)
        if not isinstance(new, NewSource) or not new.named:
            continue
        key = new.name, article.pk if article else 0
        if key not in seen:
            fitting = known.called(new.name, article).select_related("side")
            seen[key] = list(fitting[:MOST_CANDIDATES])
        fits = seen[key]
        if len(fits) == 1:
            values[name] = fits[0]
        elif fits:
            candidates[name] = [_candidate(one) for one in fits]
    if candidates:
        _choose(candidates)
    return values


def _candidate(source: Source) -> dict[str, Any]:
    told = {"id": str(source.uid), "name": source.name, "kind": source.kind, "named": source.named}
    return told | {"side": source.side.name if source.side else None}


def _choose(candidates: dict[str, list[dict[str, Any]]]) -> NoReturn:
    which = " and ".join(candidates)
    said = f"Several sources are called so: send the id of the one that is meant as {which}."
    raise Problem(409, "several-sources", said, candidates=candidates)


def read(
    serializer: type[Strict], request: Request, workspace: Workspace, *, changing: bool = False
) -> dict[str, Any]:
    """What was sent, by `serializer`. Raises ValidationError by field."""
    context = {"workspace": workspace, "seen": {}}
    sent = serializer(data=request.data, changing=changing, context=context)
    sent.is_valid(raise_exception=True)
    values: dict[str, Any] = sent.validated_data
    return values
