"""Links between claims, and filings under answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from claims.actions import link as actions
from claims.api.fields import RowSerializer
from claims.api.keyset import Rows
from claims.api.making import ToMake
from claims.api.sent import RowField, Strict, Text, word
from claims.api.writing import OneToWrite
from claims.forms.related import RelatedFilter, by_uid, by_word
from claims.models import Claim, Filing, Incident, Link, Position, Question
from claims.records import Basis, Extent, Relation, Stance


class LinkSerializer(RowSerializer):
    """Directed, but for `contradicts` and `corroborates`."""

    class Meta:
        model = Link
        fields = (
            "incident",
            "from_claim",
            "to_claim",
            "relation",
            "basis",
            "note",
            "annotator",
            "version",
            "created_at",
            "updated_at",
        )


class FilingSerializer(RowSerializer):
    """A claim holds or rejects an answer, fully or in part."""

    class Meta:
        model = Filing
        fields = (
            "claim",
            "position",
            "stance",
            "extent",
            "annotator",
            "version",
            "created_at",
            "updated_at",
        )


class LinkFilter(RelatedFilter):
    incident = by_uid(Incident)
    from_claim = by_uid(Claim)
    to_claim = by_uid(Claim)
    relation = by_word(Relation)


class FilingFilter(RelatedFilter):
    LOOKUPS = {"question": "position__question", "incident": "position__question__incident"}

    incident = by_uid(Incident)
    question = by_uid(Question)
    position = by_uid(Position)
    claim = by_uid(Claim)


class LinkChangeSent(Strict):
    relation = word(Relation, required=True)
    basis = word(Basis, allow_blank=True)
    note = Text(max_length=2000)


class LinkSent(LinkChangeSent):
    from_claim = RowField(Claim, required=True)
    to_claim = RowField(Claim, required=True)


class FilingChangeSent(Strict):
    stance = word(Stance, required=True)
    extent = word(Extent, required=True)


class FilingSent(FilingChangeSent):
    """Neither stance nor extent has a default: "killed?" is not answered by "not targeted"."""

    claim = RowField(Claim, required=True)
    position = RowField(Position, required=True)
    consent = serializers.BooleanField(required=False)


class Links(ToMake, Rows):
    rules = {"GET": "read", "POST": "claim.write"}
    serializer_class = LinkSerializer
    filter_form = LinkFilter
    takes = LinkSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Links two claims of one incident; one that is about none takes the other's."""
        relation, basis = Relation(sent["relation"]), sent.get("basis", "")
        actions.basis_fits(relation, basis)
        link = actions.create(
            self.desk.actor,
            sent["from_claim"].uid,
            sent["to_claim"].uid,
            relation,
            basis=basis,
            note=sent.get("note", ""),
        )
        return self.made(link, "api-link")


class OneLink(OneToWrite):
    rules = {"GET": "read", "PATCH": "claim.write", "DELETE": "claim.write"}
    serializer_class = LinkSerializer
    takes = LinkChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        values = {"relation": row.relation, "basis": row.basis, "note": row.note} | sent
        values["relation"] = Relation(values["relation"])
        actions.edit(self.desk.actor, row, version, **values)

    def end(self, row: Any, version: int) -> None:
        actions.delete(self.desk.actor, row, version)


class Filings(ToMake, Rows):
    rules = {"GET": "read", "POST": "claim.write"}
    serializer_class = FilingSerializer
    filter_form = FilingFilter
    takes = FilingSent

    def make(self, sent: dict[str, Any]) -> Response:
        """Files a factual claim under an answer."""
        filing = actions.file(
            self.desk.actor,
            sent["claim"].uid,
            actions.FilingInput(sent["position"], Stance(sent["stance"]), Extent(sent["extent"])),
            consent=sent.get("consent", False),
        )
        return self.made(filing, "api-filing")


class OneFiling(OneToWrite):
    rules = {"GET": "read", "PATCH": "claim.write", "DELETE": "claim.write"}
    serializer_class = FilingSerializer
    takes = FilingChangeSent

    def change(self, row: Any, version: int, sent: dict[str, Any], *, consent: bool) -> None:
        values = {"stance": row.stance, "extent": row.extent} | sent
        stance, extent = Stance(values["stance"]), Extent(values["extent"])
        actions.edit_filing(self.desk.actor, row, version, stance=stance, extent=extent)

    def end(self, row: Any, version: int) -> None:
        actions.delete_filing(self.desk.actor, row, version)
