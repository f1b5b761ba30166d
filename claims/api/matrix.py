"""The matrix of an incident: who says what, by original source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.frame import DeskView
from claims.models import Incident
from claims.records import Polarity, State
from claims.views.desk import one
from claims.views.matrix import Answer, Cell, Matrix, Row, matrix
from claims.views.said import Said
from claims.views.scene import scene


class ColumnSerializer(serializers.Serializer[Any]):
    """An original source; `about` says more in words, such as "accused"."""

    source: Any = serializers.UUIDField()
    name = serializers.CharField()
    side = serializers.CharField()
    about = serializers.CharField()


class StatementSerializer(serializers.Serializer[Any]):
    """A claim, those that repeat it, and whether its reliability is questioned.

    `words` of a claim that `denies` are what it says is not so.
    """

    claim = serializers.UUIDField()
    polarity = serializers.ChoiceField(choices=Polarity.choices())
    words = serializers.CharField()
    repeats = serializers.ListField(child=serializers.UUIDField())
    undercut = serializers.BooleanField()


class AnswerSerializer(serializers.Serializer[Any]):
    """`in_part` is never a plain yes; `clash`: another source holds what rules it out."""

    position = serializers.UUIDField()
    text = serializers.CharField()
    competes = serializers.BooleanField()
    rejects = serializers.BooleanField()
    in_part = serializers.BooleanField()
    clash = serializers.BooleanField()
    statements = StatementSerializer(many=True)


class CellSerializer(serializers.Serializer[Any]):
    """No answer recorded is not silence: `no_evidence` and `unfiled` say what there is instead."""

    source: Any = serializers.UUIDField()
    answers = AnswerSerializer(many=True)
    no_evidence = serializers.ListField(child=serializers.UUIDField())
    unfiled = serializers.IntegerField()


class RowOfMatrixSerializer(serializers.Serializer[Any]):
    """A question."""

    question = serializers.UUIDField()
    text = serializers.CharField()
    is_key = serializers.BooleanField()
    state = serializers.ChoiceField(choices=State.choices())
    challenged = serializers.BooleanField()
    composition = serializers.CharField()
    cells = CellSerializer(many=True)


class MatrixSerializer(serializers.Serializer[Any]):
    """Questions by original sources; the cells of a row are in the order of `columns`."""

    columns = ColumnSerializer(many=True)
    rows = RowOfMatrixSerializer(many=True)


class MatrixOfIncident(DeskView):
    """As on the page of the incident."""

    serializer_class = MatrixSerializer
    queryset = Incident.objects.none()

    def get(self, request: Request, slug: str, uid: UUID) -> Response:
        incident = one(self.desk, Incident, uid)
        seen = scene(incident, slug)
        sources = {pk: str(source.uid) for pk, source in seen.originators.items()}
        return Response(_told(matrix(seen), sources))

    def known(self) -> set[str]:
        return set()


def _told(table: Matrix, sources: dict[int, str]) -> dict[str, Any]:
    columns = [
        {
            "source": sources[column.originator.source],
            "name": column.name,
            "side": column.side,
            "about": column.about,
        }
        for column in table.columns
    ]
    return {"columns": columns, "rows": [_row(row, sources) for row in table.rows]}


def _row(row: Row, sources: dict[int, str]) -> dict[str, Any]:
    # Of one question, no two answers have the same words.
    positions = {answer.text: str(answer.uid) for answer in row.question.answers}
    return {
        "question": str(row.question.uid),
        "text": row.question.text,
        "is_key": row.question.is_key,
        "state": row.question.state,
        "challenged": row.challenged,
        "composition": row.composition,
        "cells": [_cell(cell, sources, positions) for cell in row.cells],
    }


def _cell(cell: Cell, sources: dict[int, str], positions: dict[str, str]) -> dict[str, Any]:
    return {
        "source": sources[cell.source.originator.source],
        "answers": [_answer(answer, positions[answer.text]) for answer in cell.answers],
        "no_evidence": _uids(cell.instead),
        "unfiled": cell.unfiled,
    }


def _answer(answer: Answer, position: str) -> dict[str, Any]:
    return {
        "position": position,
        "text": answer.text,
        "competes": answer.competes,
        "rejects": answer.rejects,
        "in_part": answer.in_part,
        "clash": answer.clash,
        "statements": [
            {
                "claim": str(one.said.claim.uid),
                "polarity": one.said.claim.polarity,
                "words": one.said.words,
                "repeats": _uids(one.repeats),
                "undercut": one.undercut,
            }
            for one in answer.statements
        ],
    }


def _uids(claims: Iterable[Said]) -> list[str]:
    return [str(one.claim.uid) for one in claims]
