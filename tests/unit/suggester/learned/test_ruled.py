"""What the rules found is weighed, where the taggers see nothing too."""

from __future__ import annotations

from claims.suggester.learned.candidates import Candidate, Read, candidates, likeness
from claims.suggester.learned.columns import columns
from claims.suggester.learned.features import Chances
from claims.suggester.learned.hints import hinted
from claims.suggester.learned.parse import Aids
from claims.suggester.learned.segments import Seen
from claims.suggester.learned.stats import Shares
from claims.suggester.learned.who import choices

TEXT = "The army said the road stays closed."


def unseen(text: str, code: str) -> Read:
    aids = Aids(code)
    passage = hinted(text, aids)[0]
    nothing = [Chances(0.0, 0.0, 0.0, 0.0)] * len(passage)
    nowhere = [Seen(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)] * len(passage)
    return Read(passage, columns(passage, Shares(), aids), nothing, nowhere)


def test_what_only_the_rules_find_is_a_candidate_with_their_source() -> None:
    read = unseen(TEXT, "en")
    (found,) = candidates(read)
    assert (found.parts, found.cue) == (((3, 7),), (2, 3))
    assert [source for source, _ in choices(read, found)] == [None, (0, 2)]


def test_without_word_lists_there_is_nothing_but_what_was_learned() -> None:
    read = unseen(TEXT, "")
    assert candidates(read) == []
    nobody = choices(read, Candidate(((3, 7),), None, ()))
    assert [source for source, _ in nobody] == [None]


def test_likeness_is_the_share_of_common_words() -> None:
    assert likeness([(0, 2), (4, 6)], [(1, 2), (4, 5)]) == 0.5
    assert likeness([(0, 2)], [(2, 4)]) == 0.0
