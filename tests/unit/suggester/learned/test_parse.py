"""A parse is used where spaCy and a model are there; here a stand-in plays their part."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import SimpleNamespace

import pytest

from claims.suggester.learned import parse
from claims.suggester.learned.container import NoModel
from claims.suggester.learned.model import LearnedModel
from claims.suggester.learned.parse import installed, parser_for
from claims.suggester.learned.train import train
from tests.unit.suggester.learned.made_desk import article, desk


class Reader:
    """Says of each word whether it begins with a capital."""

    vocab = None

    def __call__(self, doc: list[SimpleNamespace]) -> list[SimpleNamespace]:
        return doc


def doc(_: None, words: Iterable[str]) -> list[SimpleNamespace]:
    return [SimpleNamespace(pos_=str(word.istitle()), dep_="part") for word in words]


def load(name: str, exclude: list[str]) -> Reader:
    return Reader()


@pytest.fixture
def _spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    spacy = SimpleNamespace(
        util=SimpleNamespace(get_installed_models=lambda: ["xx_small", "de_small"]),
        tokens=SimpleNamespace(Doc=doc),
        load=load,
    )
    monkeypatch.setitem(sys.modules, "spacy", spacy)
    parse._load.cache_clear()


def test_nothing_needs_it() -> None:
    assert installed() == []
    assert parser_for("en") == ""


@pytest.mark.usefixtures("_spacy")
def test_where_it_is_it_is_learned_from_in_a_language_without_word_lists_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = train(desk(), "xx")
    assert model.aids.parser == "xx_small"
    new, data = article(101), model.to_bytes()
    found = LearnedModel.from_bytes(data).find(new.text, "xx")
    assert [one.content for one in found] == [one.content for one in new.attributions]
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(NoModel, match="a parser that are not here"):
        LearnedModel.from_bytes(data)
