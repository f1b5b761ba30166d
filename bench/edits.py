"""Articles made up by rules, and what an editor does to them, with the truth kept.

Every character of a new text knows which character of the old one it was, so that where a span
went is known, not guessed. The same seed gives the same text and the same edits everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from claims.anchoring.reanchor import Placed
from claims.anchoring.tokens import normal

WHO = """
the Joint Operations Command|a local medic|Iraqi officials|the provincial council|an eyewitness|
the health directorate|Farmer Abdul Karim|the coalition|a tribal elder|the news agency|
مصدر طبي|المتحدث باسم القيادة|Mme Élodie Noël|the 5th brigade|a relative of the victims|רופא מקומי
""".replace("\n", "").split("|")
CUE = "said|told reporters|added|claimed|wrote|reported|announced|insisted".split("|")
WHAT = """
{n} militants were killed in a house near the market|the strike hit a crowded street|
{n} people had been wounded, {m} of them children|the car bomb caused the second blast|
“no civilians were targeted”|the number of dead stands at {n}|rescuers pulled {n} bodies out|
aircraft had bombed the town for {m} hours|families fled towards the river|the fuel depot burned|
“we heard two explosions,” then smoke rose 🏚️|
the investigation would take {m} weeks|
women and children were among the victims 👩‍👩‍👧|قتل {n} شخصا في الغارة|
the cafe\u0301 was destroyed|
at least {n},{m}00 residents had left|a price of 5\u00a0000\u00a0dinars was asked for bread
""".replace("\n", "").split("|")
WHEN = "on Wednesday|late on Thursday|that evening|two days later|in a statement|by phone".split(
    "|"
)
FILLER = """
The town lies {n} kilometres from the border.|Nobody answered calls on {when}.|
The claim could not be verified.|Earlier reports had named another place.|
Electricity had been cut since {m} o'clock.|It is the third such incident this year.
""".replace("\n", "").split("|")
WHITE = " \n\u00a0"
WORDS = "heavily quickly reportedly nearby several later northern again wounded civil".split()

Text = list[tuple[str, int]]
"""Characters with where each stood in the old text; -1 where it did not.

A copy of the one at `n` is -2 - n: where a sentence is copied, and goes where it was, it moved.
"""


class Case(NamedTuple):
    """An article before and after; `origin`: which of `old` each character of `new` is."""

    old: str
    new: str
    origin: list[int]
    spans: list[tuple[int, int]]


def case(seed: int, words: int | None = None, edits: int | None = None) -> Case:
    """The article and the edits of this seed: 250 to 1,500 words, and one to twelve edits."""
    rng = random.Random(seed)
    old = article(rng, words or rng.randint(250, 1500))
    text: Text = [(character, at) for at, character in enumerate(old)]
    for _ in range(edits or rng.randint(1, 12)):
        rng.choice(EDITS)(rng, text, old)
    new = "".join(character for character, _ in text)
    return Case(old, new, [at for _, at in text], spans(rng, old))


def article(rng: random.Random, words: int) -> str:
    """Prose in paragraphs, in which sentences come back as they do in wire copy."""
    paragraphs: list[str] = []
    told: list[str] = []
    count = 0
    while count < words:
        own = []
        for _ in range(rng.randint(1, 4)):
            own.append(rng.choice(told) if told and rng.random() < 0.08 else sentence(rng))
            told.append(own[-1])
        paragraphs.append(" ".join(own))
        count += len(paragraphs[-1].split())
    return rng.choice(("\n", "\n\n")).join(paragraphs)


def sentence(rng: random.Random) -> str:
    """Somebody says something, or something is told."""
    numbers = {"n": rng.randint(2, 99), "m": rng.randint(2, 30), "when": rng.choice(WHEN)}
    if rng.random() < 0.2:
        return rng.choice(FILLER).format(**numbers)
    who, cue, what = rng.choice(WHO), rng.choice(CUE), rng.choice(WHAT).format(**numbers)
    ending = f" {rng.choice(WHEN)}" if rng.random() < 0.5 else ""
    if rng.random() < 0.3:
        return f"{what[0].upper()}{what[1:]}, {who} {cue}{ending}."
    return f"{who[0].upper()}{who[1:]} {cue}{ending} that {what}."


def spans(rng: random.Random, text: str, most: int = 40) -> list[tuple[int, int]]:
    """Pieces of one to thirty words, as an annotator marks them."""
    edges = [at + 1 for at, c in enumerate(text[:-1]) if c in " \n" and text[at + 1] not in " \n"]
    found = set()
    for _ in range(most):
        first = rng.randrange(len(edges))
        last = first + rng.choice((1, 2, 3, 5, 8, 13, 20, 30))
        end = edges[last] if last < len(edges) else len(text)
        piece = text[edges[first] : end].rstrip(" \n.,")
        if piece and "\n\n" not in piece:
            found.add((edges[first], edges[first] + len(piece)))
    return sorted(found)


# -- what an editor does to a text -------------------------------------------------------------


def _fresh(words: str) -> Text:
    return [(character, -1) for character in words]


def _words(text: Text) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start: int | None = None
    for at, (character, _) in enumerate([*text, (" ", -1)]):
        if character in " \n":
            if start is not None:
                found.append((start, at))
            start = None
        elif start is None:
            start = at
    return found


def _ends(text: Text) -> list[tuple[int, int]]:
    """Sentences, roughly: from after a full stop and a space to the next full stop."""
    found, start = [], 0
    for at, (character, _) in enumerate(text):
        if character == "." and (at + 1 == len(text) or text[at + 1][0] in " \n"):
            found.append((start, at + 1))
            start = at + 2
    return found


def _lines(text: Text) -> list[Text]:
    lines: list[Text] = [[]]
    for one in text:
        lines[-1].append(one)
        if one[0] == "\n":
            lines.append([])
    return lines


def replace_word(rng: random.Random, text: Text, _old: str) -> None:
    """A word for another."""
    start, end = rng.choice(_words(text))
    text[start:end] = _fresh(rng.choice(WORDS))


def insert_word(rng: random.Random, text: Text, _old: str) -> None:
    """A word more, which may be a “not”."""
    start, _ = rng.choice(_words(text))
    text[start:start] = _fresh(rng.choice([*WORDS, "not", "no"]) + " ")


def delete_word(rng: random.Random, text: Text, _old: str) -> None:
    """A word less."""
    start, end = rng.choice(_words(text))
    del text[start : end + 1]


def correct_number(rng: random.Random, text: Text, _old: str) -> None:
    """Another number in the place of one."""
    numbers = [w for w in _words(text) if text[w[0]][0].isdigit()]
    if numbers:
        start, end = rng.choice(numbers)
        there = "".join(character for character, _ in text[start:end])
        number = str(rng.randint(2, 99))
        text[start:end] = _fresh(number if not there.startswith(number) else f"{number}0")


def insert_sentence(rng: random.Random, text: Text, old: str) -> None:
    """A sentence that was not there."""
    ends = _ends(text)
    if ends:
        _, at = rng.choice(ends)
        # One that was there already would have moved.
        while (fresh := sentence(rng)) in old:
            pass
        text[at:at] = _fresh(f" {fresh}")


def repeat_sentence(rng: random.Random, text: Text, _old: str) -> None:
    """A sentence, told once more elsewhere."""
    ends = _ends(text)
    if ends:
        start, end = rng.choice(ends)
        _, at = rng.choice(ends)
        copy = [(c, -2 - n if n >= 0 else n) for c, n in text[start:end] if c != "\n"]
        text[at:at] = [*_fresh("" if copy[0][0] == " " else " "), *copy]


def delete_sentence(rng: random.Random, text: Text, _old: str) -> None:
    """A sentence less."""
    ends = _ends(text)
    if len(ends) > 3:
        start, end = rng.choice(ends)
        del text[start:end]


def move_paragraph(rng: random.Random, text: Text, _old: str) -> None:
    """A paragraph in another place."""
    lines = _lines(text)
    if len(lines) > 3:
        line = lines.pop(rng.randrange(len(lines) - 1))
        lines.insert(rng.randrange(len(lines) - 1), line)
        text[:] = [one for line in lines for one in line]


def split_paragraph(rng: random.Random, text: Text, _old: str) -> None:
    """Two paragraphs of one."""
    ends = [end for _, end in _ends(text) if end < len(text) and text[end][0] == " "]
    if ends:
        at = rng.choice(ends)
        text[at : at + 1] = _fresh("\n")


def reshape(rng: random.Random, text: Text, _old: str) -> None:
    """Straight quotation marks for curly ones, and other spaces: the words stay."""
    for at, (character, origin) in enumerate(text):
        if character in "“”" and rng.random() < 0.5:
            text[at] = ('"', origin)
        elif character == " " and rng.random() < 0.01:
            text[at] = ("\u00a0", origin)


EDITS = (
    replace_word,
    replace_word,
    insert_word,
    delete_word,
    correct_number,
    correct_number,
    insert_sentence,
    repeat_sentence,
    delete_sentence,
    move_paragraph,
    split_paragraph,
    reshape,
)


def stands(
    found: Case, span: tuple[int, int], placed: Placed, meant: tuple[int, int] | None
) -> bool:
    """Whether a span that was carried over stands on its own words.

    Where they are gone, a copy of them is as good: a sentence that is copied, and deleted where it
    was, has moved. And where all around is what it was, and is found but once, several edits have
    come to nothing there.
    """
    if placed.start is None or placed.end is None:
        return False
    place = placed.start, placed.end
    same = normal(found.old[slice(*span)]) == normal(found.new[slice(*place)])
    if not same:
        return False
    if place == meant or (meant is None and _copied(found, span, place)):
        return True
    around = found.old[max(span[0] - 60, 0) : span[1] + 60]
    again = found.new[max(place[0] - 60, 0) : place[1] + 60]
    return around == again and found.old.count(around) == 1 == found.new.count(around)


def _copied(found: Case, span: tuple[int, int], place: tuple[int, int]) -> bool:
    """Whether these are the words of `span`, or a copy of them, character by character."""
    olds = [at for at in range(*span) if found.old[at] not in WHITE]
    news = [at for at in range(*place) if found.new[at] not in WHITE]
    own = [n if n >= -1 else -2 - n for n in (found.origin[at] for at in news)]
    return olds == own


def truth(found: Case, span: tuple[int, int], where: Sequence[int]) -> tuple[int, int] | None:
    """Where the words of `span` went, if all of them are there, together and in order.

    `where` is what `places` gives. White space may have changed.
    """
    start, end = span
    last = -1
    for at in range(start, end):
        if found.old[at] in WHITE:
            continue
        there = where[at]
        if there < 0 or (last >= 0 and found.new[last + 1 : there].strip(WHITE)):
            return None
        if last >= there:
            return None
        last = there
    return where[start], last + 1


def places(found: Case) -> list[int]:
    """Each character of the old text in the new one, -1 where it is gone."""
    where = [-1] * len(found.old)
    for at, origin in enumerate(found.origin):
        if origin >= 0:
            where[origin] = at
    return where
