"""A model as bytes: the same model comes back, and nothing else is taken for one."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.suggester.learned.blob import Damaged, check
from claims.suggester.learned.container import NoModel
from claims.suggester.learned.crf import Tagger, deciding
from claims.suggester.learned.model import LearnedModel
from tests.unit.suggester.learned.made_desk import article, trained


def changed(change: Callable[[dict[str, bytes]], Any]) -> bytes:
    """The model's bytes with a part of them changed."""
    with zipfile.ZipFile(io.BytesIO(trained().to_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def about(**values: Any) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts["model.json"] = json.dumps(json.loads(parts["model.json"]) | values).encode()

    return change


def test_the_same_model_comes_back() -> None:
    data = trained().to_bytes()
    back = LearnedModel.from_bytes(data)
    text = article(77).text
    assert back.to_bytes() == data
    assert back.find(text) == trained().find(text)
    assert back.articles == trained().articles


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no model"),
        (b"\x80\x04cos\nsystem\n", "no model"),
        (changed(lambda parts: parts.pop("right")), "its parts are others"),
        (changed(about(format="else")), "no model of this program"),
        (changed(about(version=99)), "train it again"),
        (changed(about(slope=float("nan"))), "a number in it is none"),
        (changed(about(language="xx")), "word lists or a parser that are not here"),
        (changed(about(seen=3)), "is incomplete"),
        (changed(lambda parts: parts.update({"cues": b"lCRF"})), "a part of the tagger is missing"),
        (changed(lambda parts: parts.update({"cues": parts["cues"][:-1]})), "no tagger"),
        (changed(lambda parts: parts.update({"model.json": b"[]"})), "no model of this program"),
    ],
)
def test_anything_else_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(NoModel, match=why):
        LearnedModel.from_bytes(data)


def test_what_would_unpack_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.suggester.learned.container._LARGEST", 10)
    with pytest.raises(NoModel, match="too large"):
        LearnedModel.from_bytes(trained().to_bytes())


@cache
def small() -> bytes:
    learner = deciding()
    for _ in range(3):
        learner.add([["a", "é"], ["b"]], ["X", "Y"])
    return learner.learn()


def harmless(blob: bytes) -> bool:
    """Whether a tagger's file is taken; if so it is read with, too."""
    try:
        check(blob)
        tagger = Tagger(blob)
    except Damaged:
        return False
    for row in tagger.chances([["a"], ["é", "b"]], [("X",), ("Y",)]):
        assert all(0.0 <= chance <= 1.0 + 1e-9 for chance in row)
    return True


@settings(max_examples=50)
@given(st.data())
def test_a_damaged_tagger_is_refused_or_does_no_harm(data: st.DataObject) -> None:
    blob = bytearray(small())
    for _ in range(data.draw(st.integers(1, 3))):
        blob[data.draw(st.integers(0, len(blob) - 1))] = data.draw(st.integers(0, 255))
    harmless(bytes(blob))


@pytest.mark.parametrize("number", [0, 1, 4, 0xFFFFFFFF])
def test_no_number_in_a_tagger_leads_out_of_it(number: int) -> None:
    assert harmless(small())
    wrong = number.to_bytes(4, "little")
    blob = small()
    places = [at for at in range(len(blob) - 3) if blob[at]]
    taken = [harmless(blob[:at] + wrong + blob[at + 4 :]) for at in places]
    assert False in taken


def test_what_it_is_asked_of_nothing_is_nothing() -> None:
    assert Tagger(small()).chances([], [("X",)]) == []


def test_a_tagger_cut_anywhere_is_refused() -> None:
    for end in range(0, len(small()), 97):
        with pytest.raises(Damaged):
            check(small()[:end])
