"""How a claim answers a question: what can be read from the answer's words, and what must be asked.

A denial filed under "Yes" rejects it; filed under "No" it holds it. Under any other answer
("Car bomb") the words do not say which, and a person has to.
"""

from __future__ import annotations

import re

from claims.records import Aspect, Extent, Measure, Polarity, Stance
from claims.suggester.lexicon import lexicon

YES = frozenset("yes yeah ja oui sí si sim да так نعم بله بلی آری evet".split())
NO = frozenset("no none nobody nothing never not nein non não нет ні لا كلا خیر نه hayır".split())
HARMS = (Measure.KILLED_OR_INJURED, Measure.KILLED, Measure.INJURED)
FIRST_WORD = re.compile(r"\w+")


def reads(answer: str) -> Polarity | None:
    """Whether an answer begins as a yes or as a no; None where it does neither."""
    found = FIRST_WORD.search(answer.casefold())
    word = found[0] if found else ""
    if word in YES:
        return Polarity.ASSERTS
    return Polarity.DENIES if word in NO else None


def stance(polarity: Polarity, answer: str) -> Stance | None:
    """How a claim filed under `answer` stands to it; None where a person has to say."""
    if polarity is Polarity.ASSERTS:
        return Stance.HOLDS
    answers = {Polarity.ASSERTS: Stance.REJECTS, Polarity.DENIES: Stance.HOLDS}
    read = reads(answer)
    return answers[read] if read else None


def extent(polarity: Polarity, answer: str) -> Extent | None:
    """How far a claim answers; None where a person has to say.

    For a denial, and under a "No": "civilians were not targeted" answers "were civilians
    killed?" in part, whichever way it is put.
    """
    denying = polarity is Polarity.DENIES or reads(answer) is Polarity.DENIES
    return None if denying else Extent.FULLY


def asks_for_harm(question: str, aspect: Aspect) -> bool:
    """Whether a question is about people killed or injured, by what it asks about or its words."""
    if aspect is Aspect.CASUALTIES:
        return True
    words = lexicon(None, question)
    harms = [words.any_of("figures", "measures", one.value) for one in HARMS] if words else []
    pattern = rf"(?<!\w)(?:{'|'.join(harms)})(?!\w)"
    return bool(harms and re.search(pattern, question, re.IGNORECASE))
