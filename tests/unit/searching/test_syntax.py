from __future__ import annotations

import datetime as dt

from claims.searching.facets import Filter
from claims.searching.query import parse
from claims.searching.syntax import fts5, tsquery

QUERY = parse('market "dozens were killed" al-Qa')


def test_for_sqlite() -> None:
    assert fts5(QUERY, [["w1"], ["y2015", "y2016"]]) == (
        '{head body} : ("market" AND "dozens were killed" AND "al qa" *)'
        ' AND facets : ("w1") AND facets : ("y2015" OR "y2016")'
    )
    assert fts5(parse(""), [["w1"]]) == 'facets : ("w1")'
    assert fts5(parse("market "), [], head=True) == 'head : ("market")'


def test_for_postgresql() -> None:
    assert tsquery(QUERY, [["w1"], ["y2015", "y2016"]]) == (
        "('market') & ('dozens' <-> 'were' <-> 'killed') & ('al' <-> 'qa':*)"
        " & ('=w1') & ('=y2015' | '=y2016')"
    )
    assert tsquery(parse("market ")) == "('market')"
    assert tsquery(parse('"market hall" de'), head=True) == (
        "('market':A <-> 'hall':A) & ('de':A*)"
    )


def test_a_filter_as_words_of_the_index() -> None:
    assert Filter(3).groups() == [["w3"]]
    assert not Filter(3).narrows
    every = Filter(
        3,
        noun="claim",
        kind="factual",
        state="disputed",
        source=4,
        side=5,
        incident=6,
        annotator=7,
        since=dt.date(2016, 12, 8),
        until=dt.date(2016, 12, 9),
    )
    assert every.narrows
    assert every.groups() == [
        ["w3"],
        ["nclaim"],
        ["kfactual"],
        ["tdisputed"],
        ["s4"],
        ["p5"],
        ["i6"],
        ["a7"],
        ["d20161208", "d20161209"],
    ]
    assert Filter(3, since=dt.date(2000, 1, 1)).groups()[1][0] == "c20"
    assert Filter(3, until=dt.date(1, 1, 1)).groups()[1] == ["d10101"]
    never = Filter(3, since=dt.date(2016, 12, 9), until=dt.date(2016, 12, 8))
    assert never.groups() == [["w3"], ["never"]]
