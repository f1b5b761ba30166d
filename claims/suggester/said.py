"""Which day the words for a day mean: "late Wednesday", "8 December", "last week".

Our own rules, because libraries get news prose wrong (from a Thursday they read "Thursday"
as a week ago): a weekday is the publication day when it is the same, else the nearest one
before it. Nothing is guessed: other words resolve to nothing, with the reason.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from claims.suggester.lexicon import Lexicon, lexicon
from claims.suggester.times import names

_TOKEN = re.compile(r"[^\s,،]+")
_CLOCK = re.compile(r"(?<!\S)(?:\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?!\S)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
_NUMERIC = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\Z")
_YEAR = re.compile(r"\d{4}\Z")
_LEAP_SEARCH = 9  # years between two 29ths of February, at most
_PUBLICATION = "a publication date"


@dataclass(frozen=True)
class Resolved:
    """Days, and the rule that gave them; or nothing, and what is needed.

    `said_from` to `said_to` is when the statement was made, both days inclusive. `event_on`
    is given instead for words that count from the statement ("the previous day"). `rule` and
    `needs` are for people; one of them is always empty.
    """

    said_from: date | None = None
    said_to: date | None = None
    event_on: tuple[date, date] | None = None
    rule: str = ""
    needs: str = ""


class _NeedsError(Exception):
    """What is missing before the words mean a day."""


def resolve(
    words: str, published_on: date | None, said_from: date | None = None, language: str = "en"
) -> Resolved:
    """The days that `words` mean in an article of `published_on`.

    `said_from` is the statement's own date, from which "the previous day" counts. A week is
    Monday to Sunday (ISO 8601). A range that reaches past the publication ends on it. Raises
    nothing.
    """
    vocabulary = lexicon(language)
    stated = " ".join(words.replace("’", "'").strip(" .;:()“”\"'").split())
    if vocabulary is None:
        return Resolved(needs=f"a date: there are no rules for the language “{language}”")
    try:
        return _Reader(stated, vocabulary, published_on, said_from).read()
    except _NeedsError as needs:
        return Resolved(needs=str(needs))
    except OverflowError:
        return Resolved(needs="a date within the calendar")


class _Reader:
    """The rules over one expression."""

    def __init__(
        self, stated: str, words: Lexicon, published_on: date | None, said_from: date | None
    ) -> None:
        self.stated = stated
        self.words = words
        self.published_on = published_on
        self.said_from = said_from
        self.weekdays = names(words, "weekdays")
        self.months = names(words, "months")

    def read(self) -> Resolved:
        plain = " ".join(_CLOCK.sub(" ", self.stated.casefold()).split())
        event = self._event(plain)
        if event:
            return event
        fillers = set(self.words.words("time", "fillers"))
        kept = [t for t in _TOKEN.findall(plain) if t not in fillers]
        for phrase in (plain, " ".join(_drop(plain.split(), fillers)), " ".join(kept)):
            found = self._named(phrase)
            if found:
                return found
        return self._calendar([token.rstrip(".") for token in kept])

    @property
    def published(self) -> date:
        if self.published_on is None:
            raise _NeedsError(_PUBLICATION)
        return self.published_on

    def _is(self, phrase: str, key: str) -> bool:
        return phrase in {entry.casefold() for entry in self.words.words("time", key)}

    def _event(self, phrase: str) -> Resolved | None:
        """Words that count from the statement, and so date the event."""
        counted = self._counted(phrase, "before_that")
        if self._is(phrase, "previous_day") or counted:
            days = -(int(counted[1]) if counted else 1)
        elif self._is(phrase, "next_day"):
            days = 1
        else:
            return None
        if self.said_from is None:
            raise _NeedsError("the date of the statement, from which these words count")
        day = self.said_from + timedelta(days=days)
        counts = f"counted from the statement of {_long(self.said_from)}; it dates the event"
        return Resolved(event_on=(day, day), rule=f"{counts}: {_long(day)}")

    def _counted(self, phrase: str, key: str) -> re.Match[str] | None:
        """Two days ago: `key` is the list that holds the "ago"."""
        days = (
            rf"(\d{{1,6}})\s+{self.words.any_of('time', 'days')}\s+{self.words.any_of('time', key)}"
        )
        return re.fullmatch(days, self._in_digits(phrase))

    def _in_digits(self, phrase: str) -> str:
        numbers = [*self.words.words("numbers", "units"), *self.words.words("numbers", "teens")]
        first, _, rest = phrase.partition(" ")
        return f"{numbers.index(first) + 1} {rest}" if first in numbers else phrase

    def _named(self, phrase: str) -> Resolved | None:
        ago = self._counted(phrase, "ago")
        if ago:
            return self._days_back(int(ago[1]))
        for key, days in (("today", 0), ("yesterday", 1), ("day_before_yesterday", 2)):
            if self._is(phrase, key):
                return self._days_back(days)
        for key in ("this_week", "last_week", "this_month", "last_month", "this_year", "last_year"):
            if self._is(phrase, key):
                return self._period(key)
        return None

    def _days_back(self, days: int) -> Resolved:
        day = self.published - timedelta(days=days)
        how = "the day of publication" if not days else f"{days} days before publication"
        return _on(day, how if days != 1 else "the day before publication")

    def _period(self, key: str) -> Resolved:
        today = self.published
        which, unit = key.split("_")
        if unit == "week":
            first = today - timedelta(days=today.weekday() + (7 if which == "last" else 0))
            last = first + timedelta(days=6) if which == "last" else today
        elif unit == "month":
            first = today.replace(day=1)
            if which == "last":
                first = (first - timedelta(days=1)).replace(day=1)
            last = _month_end(first) if which == "last" else today
        else:
            first = date(today.year - (which == "last"), 1, 1) if today.year > 1 else date.min
            last = date(first.year, 12, 31) if which == "last" else today
        return _between(
            first, last, f"the {unit} {'before' if which == 'last' else 'of'} publication"
        )

    def _calendar(self, tokens: list[str]) -> Resolved:
        if len(tokens) == 1 and (iso := _ISO.match(tokens[0])):
            return _on(self._date(*map(int, iso.groups())), "a full date")
        if len(tokens) == 1 and _NUMERIC.match(tokens[0]):
            raise _NeedsError(
                f"a date with the month as a word: “{self.stated}” can be read two ways"
            )
        weekday = next((self.weekdays[t] for t in tokens if t in self.weekdays), None)
        rest = [t for t in tokens if t not in self.weekdays]
        if weekday is not None and len(tokens) - len(rest) == 1:
            if not rest:
                return self._weekday(weekday)
            if len(rest) == 1 and rest[0] in self.words.words("time", "last"):
                return self._last_weekday(weekday)
        if len(tokens) - len(rest) <= 1 and rest:
            return self._month_and_day(rest, weekday)
        raise self._unknown()

    def _weekday(self, weekday: int) -> Resolved:
        day = self.published - timedelta(days=(self.published.weekday() - weekday) % 7)
        if day == self.published:
            return _on(day, "the same weekday as the publication's")
        return _on(day, "the nearest such day before publication")

    def _last_weekday(self, weekday: int) -> Resolved:
        back = (self.published.weekday() - weekday) % 7 or 7
        day = self.published - timedelta(days=back)
        if day >= self.published - timedelta(days=self.published.weekday()):
            other = day - timedelta(days=7)
            raise _NeedsError(f"a choice: “{self.stated}” can be {_long(day)} or {_long(other)}")
        return _on(day, "that day of the week before publication")

    def _month_and_day(self, tokens: list[str], weekday: int | None) -> Resolved:
        months = [self.months[t] + 1 for t in self._joined(tokens) if t in self.months]
        others = [t for t in self._joined(tokens) if t not in self.months]
        years = [int(t) for t in others if _YEAR.match(t)]
        ordinal = rf"(\d{{1,2}})(?:{self.words.any_of('time', 'ordinals')})?"
        days = [int(m[1]) for t in others if (m := re.fullmatch(ordinal, t))]
        if len(years) > 1 or len(days) > 1 or len(others) != len(years) + len(days):
            raise self._unknown()
        if not months and years and not days and weekday is None:
            return self._clipped(
                date(max(years[0], 1), 1, 1), date(max(years[0], 1), 12, 31), "that year"
            )
        if len(months) != 1 or (weekday is not None and not days):
            raise self._unknown()
        if not days:
            return self._month(months[0], years)
        day = (
            self._date(years[0], months[0], days[0]) if years else self._nearest(months[0], days[0])
        )
        if weekday is not None and day.weekday() != weekday:
            raise _NeedsError(f"a date: {_long(day)} is not the weekday that “{self.stated}” names")
        how = "a full date" if years else "the nearest such date not after publication"
        return _on(day, how)

    def _joined(self, tokens: list[str]) -> list[str]:
        """The tokens, with the two words of a month's name as one ("كانون الأول")."""
        pairs = [" ".join(tokens[at : at + 2]) for at in range(len(tokens) - 1)]
        at = next((at for at, pair in enumerate(pairs) if pair in self.months), None)
        return tokens if at is None else [*tokens[:at], pairs[at], *tokens[at + 2 :]]

    def _month(self, month: int, years: list[int]) -> Resolved:
        if years:
            first = self._date(years[0], month, 1)
            return self._clipped(first, _month_end(first), "that month")
        year = self.published.year - (month > self.published.month)
        first = self._date(year, month, 1)
        return self._clipped(
            first, _month_end(first), "the nearest such month not after publication"
        )

    def _clipped(self, first: date, last: date, how: str) -> Resolved:
        if self.published_on and first <= self.published_on < last:
            return _between(first, self.published_on, f"{how}, up to publication")
        return _between(first, last, how)

    def _nearest(self, month: int, day: int) -> date:
        for back in range(_LEAP_SEARCH):
            year = self.published.year - back
            if year < 1 or not 1 <= day <= monthrange(year, month)[1]:
                continue
            found = date(year, month, day)
            if found <= self.published:
                return found
        raise _NeedsError(f"a date that exists: “{self.stated}” does not")

    def _date(self, year: int, month: int, day: int) -> date:
        try:
            return date(year, month, day)
        except ValueError:
            raise _NeedsError(f"a date that exists: “{self.stated}” does not") from None

    def _unknown(self) -> _NeedsError:
        return _NeedsError(f"a date: “{self.stated}” is not among the words with a rule")


def _drop(tokens: list[str], fillers: set[str]) -> list[str]:
    """The tokens without the fillers at either end: "late yesterday", "last week in"."""
    while tokens and tokens[0] in fillers:
        tokens = tokens[1:]
    while tokens and tokens[-1] in fillers:
        tokens = tokens[:-1]
    return tokens


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _long(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _on(day: date, how: str) -> Resolved:
    return Resolved(said_from=day, said_to=day, rule=f"{how}: {_long(day)}")


def _between(first: date, last: date, how: str) -> Resolved:
    return Resolved(said_from=first, said_to=last, rule=f"{how}: {_long(first)} to {_long(last)}")
