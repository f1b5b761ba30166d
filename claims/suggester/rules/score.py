"""How often each rule is right: the probability that is shown with what it finds.

Counted on 840 articles of political news that people marked (PolNeAR, its training part; right is
a content that shares half its words with a marked one), rounded to a twentieth, for rules that
found 20 or more. `inner` stands within what another is said to say. Rules that are
right in less than a third of the cases propose nothing.
"""

from __future__ import annotations

LEAST = 0.33  # below it nothing is proposed: at a third, finding more is worth no more
_OTHERWISE = 0.0

_RIGHT = {
    "next paragraph": 0.90,
    "speech after quote": 0.95,
    "speech participle quote": 0.95,
    "speech participle that": 0.90,
    "speech finite that": 0.90,
    "utter finite quote": 0.90,
    "utter participle that": 0.85,
    "speech finite clause": 0.85,
    "speech after split": 0.85,
    "speech finite quote": 0.85,
    "according": 0.80,
    "about finite that": 0.80,
    "speech participle clause": 0.80,
    "utter finite that": 0.80,
    "utter participle quote": 0.75,
    "mind finite that": 0.75,
    "colon heading": 0.70,
    "mind finite clause": 0.70,
    "speech participle that inner": 0.65,
    "judge finite that": 0.65,
    "speech finite np": 0.65,
    "judge finite np": 0.65,
    "speech infinitive that": 0.65,
    "speech after clause inner": 0.60,
    "about participle np": 0.60,
    "speech finite that inner": 0.60,
    "speech finite clause nowho": 0.60,
    "noun that": 0.60,
    "judge finite quote": 0.60,
    "about finite np": 0.60,
    "adjective prep": 0.60,
    "speech finite that nowho": 0.60,
    "speech after clause": 0.60,
    "wish finite to": 0.60,
    "speech participle np": 0.55,
    "passive to": 0.55,
    "about finite clause": 0.55,
    "utter finite quote inner": 0.55,
    "speech finite clause inner": 0.55,
    "judge participle np": 0.55,
    "wish participle to": 0.55,
    "speech after quote inner": 0.55,
    "adjective that": 0.55,
    "judge finite clause": 0.55,
    "noun that nowho": 0.50,
    "passive by": 0.50,
    "passive other": 0.50,
    "back finite np": 0.50,
    "judge infinitive np": 0.50,
    "speech finite quote inner": 0.50,
    "passive as": 0.45,
    "noun to": 0.45,
    "mind finite np": 0.45,
    "judge finite np nowho": 0.45,
    "mind infinitive that": 0.45,
    "speech finite prep": 0.45,
    "about infinitive np": 0.45,
    "judge infinitive np nowho": 0.45,
    "wish participle to inner": 0.45,
    "noun prep": 0.40,
    "utter finite clause": 0.40,
    "colon speaker": 0.40,
    "judge infinitive prep": 0.40,
    "speech infinitive np": 0.40,
    "about participle np nowho": 0.40,
    "mind finite prep": 0.40,
    "speech finite np nowho": 0.40,
    "speech participle that nowho": 0.40,
    "wish finite np": 0.40,
    "speech infinitive that inner": 0.40,
    "back participle np": 0.35,
    "utter finite prep": 0.35,
    "adjective to": 0.35,
    "noun that inner": 0.35,
    "mind infinitive np": 0.35,
    "speech participle clause inner": 0.35,
    "colon": 0.35,
    "speech participle np nowho": 0.35,
}


def probability(family: str, *, inner: bool) -> float:
    """How likely what this rule found is right; 0 where that was too seldom to be told."""
    return _RIGHT.get(f"{family} inner" if inner else family, _OTHERWISE)
