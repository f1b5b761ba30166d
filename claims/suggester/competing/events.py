"""Which incident a text is likely about: by place, day and words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from claims.suggester.competing.vocabulary import tokens, vocabulary

LEAST = 0.3
"""Below this an incident is not offered."""
_SOON = dt.timedelta(days=2)
_FARTHEST = dt.timedelta(days=7)
_SHORTEST = 3


@dataclass(frozen=True)
class Event:
    """An incident; `own` counts the claims of the same article that are about it already."""

    id: int
    title: str
    place: str = ""
    day: dt.date | None = None
    own: int = 0


@dataclass(frozen=True)
class Likely:
    """That a text may be about an incident; `score` only sorts, the reasons are in words."""

    id: int
    score: float
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """All of the reasons as one line."""
        return "; ".join(self.reasons)


def likely(
    text: str, day: dt.date | None, events: Iterable[Event], language: str = "", most: int = 3
) -> list[Likely]:
    """The incidents that `text`, which was published on `day`, is likely about, the best first."""
    stems = _stems(text, language)
    found = [_judged(stems, day, event) for event in events]
    shown = [one for one in found if one.score >= LEAST]
    return sorted(shown, key=lambda one: (-one.score, -one.id))[:most]


def same_event(one: Event, other: Event) -> Likely | None:
    """Whether two incidents may be one: the same place, about the same day, and like titles."""
    if one.day is None or other.day is None or abs(one.day - other.day) > dt.timedelta(days=1):
        return None
    if not one_place(one.place, other.place):
        return None
    titles = _stems(one.title) & _stems(other.title)
    score = 0.3 + 0.15 * min(2, len(titles)) + (0.2 if one.day == other.day else 0.1)
    when = "the same day" if one.day == other.day else "a day apart"
    reasons = [f"the same place ({other.place})", when]
    if titles:
        reasons.append(f"both titles have “{' '.join(sorted(titles))}”")
    return Likely(other.id, score, tuple(reasons))


def one_place(one: str, other: str) -> bool:
    """Whether two places may be one, by what stands before the first comma: Iraq is large."""
    return bool(_stems(_nearest(one)) & _stems(_nearest(other)))


def _nearest(place: str) -> str:
    return place.replace("،", ",").partition(",")[0]


def _judged(stems: set[str], day: dt.date | None, event: Event) -> Likely:
    score, reasons = 0.0, []
    if event.own:
        score, reasons = 0.6, ["other claims of this article are about it"]
    places = _stems(_nearest(event.place)) & stems
    if places:
        score += 0.35
        reasons.append(f"it names {_nearest(event.place)}")
    titles = _stems(event.title) & stems - places
    if titles:
        score += min(0.45, 0.15 * len(titles))
        words = [word for word in tokens(event.title) if _stems(word) & titles]
        reasons.append(f"it has words of its title: {', '.join(dict.fromkeys(words))}")
    if day and event.day and dt.timedelta() <= day - event.day <= _FARTHEST and (places or titles):
        score += 0.25 if day - event.day <= _SOON else 0.1
        reasons.append("published soon after it")
    return Likely(event.id, min(1.0, score), tuple(reasons))


def _stems(text: str, language: str = "") -> set[str]:
    """The words that can tell one event from another."""
    known = vocabulary(language, text)
    telling = (w for w in tokens(text) if w not in known.stops and len(w) >= _SHORTEST)
    return {known.stem(word) for word in telling if not word.isdecimal()}
