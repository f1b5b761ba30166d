"""Which known source the words for a speaker most likely mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from claims.suggester.lexicon import Lexicon

_TOKEN = re.compile(r"\w+")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]*[A-Z][A-Za-z]*)\)")
_MINOR = frozenset(("of", "the", "and", "for", "in", "on", "al"))
_SHORTEST_ACRONYM = 3


class KnownSource(NamedTuple):
    """A source of the workspace: its uid, and its name followed by its aliases."""

    id: str
    names: tuple[str, ...]


@lru_cache(maxsize=65_536)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name, so that "al-Qa'im" and "Al Qaim" are the same."""
    return tuple(_TOKEN.findall(name.translate(_APOSTROPHES).casefold()))


@lru_cache(maxsize=65_536)
def acronym(name: str) -> str:
    """The initials of a name of three main words or more: "joc"; else nothing."""
    main = [word for word in tokens(name) if word not in _MINOR]
    return "".join(word[0] for word in main) if len(main) >= _SHORTEST_ACRONYM else ""


def is_unnamed(phrase: str, words: Lexicon) -> bool:
    """Whether the words tell of somebody without naming them: "a medic", "Valley officials"."""
    said = phrase.casefold().split()
    first, last = words.words("unnamed_first"), words.words("unnamed_last")
    return bool(said) and (said[0] in first or said[-1] in last)


def name_of(phrase: str, words: Lexicon) -> str:
    """The words for who as a name: no article, no possessive, no acronym in brackets.

    "The mayor, Ahmed Ali" is called Ahmed Ali, "a statement by the army" is the army's,
    "a spokesman for the army" stays a spokesman.
    """
    opener = rf"\A(?:(?:{words.any_of('articles')}|{words.any_of('possessives')})\s+)+"
    by = rf"\A{words.any_of('documents')}\s+(?:{words.any_of('prepositions')})\s+"
    name = _ACRONYM.sub("", phrase.rsplit(",", 1)[-1]).strip()
    for pattern in (opener, by, opener):
        name = re.sub(pattern, "", name, flags=re.IGNORECASE).strip()
    return " ".join(name.split()) or phrase.strip()


def matches(
    phrase: str, text: str, position: int, sources: Sequence[KnownSource], words: Lexicon
) -> tuple[str, ...]:
    """Ids of the sources that the words may mean, most likely first.

    By whole names, then acronyms, then a name at the end of the words ("Speaker Salim
    al-Jabouri"), then a surname, and at last a description ("the command"): the source named
    last before `position` whose name ends with it. Never by words that merely look alike.
    Where several fit equally ("MoD"), the one named last before stands first.
    """
    speaks_for = re.match(
        rf"(?:\w+\s+){{0,2}}{words.any_of('spokespeople')}\s+(?:for|of)\s+(.+)",
        phrase,
        re.IGNORECASE,
    )
    whole = tokens(name_of(speaks_for[1] if speaks_for else phrase, words))
    prepositions = set(words.words("prepositions"))
    cut = next((at for at, word in enumerate(whole) if at and word in prepositions), len(whole))
    brackets = {found.casefold() for found in _ACRONYM.findall(phrase)}
    proper = phrase[:1].isupper() and not _is_described(phrase, words)
    tied = {*whole, *brackets}
    initials = brackets if len(whole) > 1 else tied
    scores: dict[str, int] = {}
    for source in sources:  # most share no word with it: two cheap looks rule them out
        for name in source.names:
            if not tied.isdisjoint(tokens(name)) or acronym(name) in initials:
                score = _score(whole, cut, name, brackets, proper)
                scores[source.id] = max(score, scores.get(source.id, 0))
    best = max(scores.values(), default=0)
    if not best:
        return _described(phrase, whole[:cut], text, position, sources, words)
    found = [source for source in sources if scores.get(source.id) == best]
    if len(found) == 1:
        return (found[0].id,)
    named = last_named(text, position, found)
    return tuple(sorted((source.id for source in found), key=lambda uid: uid != named))


def last_named(text: str, position: int, sources: Iterable[KnownSource]) -> str | None:
    """The source that is named last before `position`; None where none or two are."""
    places = {
        source.id: max((_last(text, position, name) for name in source.names), default=-1)
        for source in sources
    }
    latest = max(places.values(), default=-1)
    found = [uid for uid, place in places.items() if place == latest]
    return found[0] if latest >= 0 and len(found) == 1 else None


def _score(whole: tuple[str, ...], cut: int, name: str, brackets: set[str], proper: bool) -> int:
    known, head = tokens(name), whole[:cut]
    if known == whole:
        return 5
    initials = acronym(name)
    if (len(known) == 1 and known[0] in brackets) or initials in brackets:
        return 4
    if len(whole) == 1 and initials == whole[0]:
        return 4
    if len(known) > 1 and (head[-len(known) :] == known or whole[: len(known)] == known):
        return 3
    if known == head:
        return 2
    long = sum(map(len, head)) >= _SHORTEST_ACRONYM
    return int(proper and long and len(known) > len(head) and known[-len(head) :] == head)


def _is_described(phrase: str, words: Lexicon) -> bool:
    first = phrase.split(None, 1)[0].casefold() if phrase.split() else ""
    return first in words.words("articles") or first in words.words("possessives")


def _described(
    phrase: str,
    head: tuple[str, ...],
    text: str,
    position: int,
    sources: Sequence[KnownSource],
    words: Lexicon,
) -> tuple[str, ...]:
    """The source that "the command" stands for, unless another command was named since."""
    if not _is_described(phrase, words) or not phrase.rsplit(None, 1)[-1][:1].islower():
        return ()
    fitting = [
        source for source in sources if any(tokens(n)[-len(head) :] == head for n in source.names)
    ]
    found = last_named(text, position, fitting)
    if found is None:
        return ()
    names = next(source.names for source in fitting if source.id == found)
    place = max(_last(text, position, name) for name in names)
    # A capitalised namesake after it ("Central Command") is another one.
    word = re.escape(phrase.rsplit(None, 1)[-1].capitalize())
    other = re.compile(rf"(?<=[A-Z]\w\w\s)\b{word}\b|(?<=\w\s){word}\b")
    start = place + max(len(name) for name in names)
    return () if other.search(text, start, position) else (found,)


def _last(text: str, position: int, name: str) -> int:
    """Where the name stands last before `position` as whole words, case and all; else -1."""
    place = position
    while name and (place := text.rfind(name, 0, place)) >= 0:
        end = place + len(name)
        if not text[place - 1 : place].isalnum() and not text[end : end + 1].isalnum():
            return place
    return -1
