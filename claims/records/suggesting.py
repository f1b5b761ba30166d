"""The words for what a machine proposes, and for what it learns from."""

from __future__ import annotations

from claims.records.words import Word


class Engine(Word):
    """What proposed a claim."""

    RULES = "rules", "rules"
    LEARNED = "learned", "learned here"


class SuggestionState(Word):
    """What a person has made of a proposed claim. It counts nowhere, whatever it is."""

    PROPOSED = "proposed", "waiting"
    ACCEPTED = "accepted", "accepted"
    EDITED = "edited", "accepted after an edit"
    DISMISSED = "dismissed", "dismissed"


class TrainingState(Word):
    """How far the learning from a desk's claims is, and whether its model is still kept."""

    WAITING = "waiting", "waits for its turn"
    AT_WORK = "at_work", "at work"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    DROPPED = "dropped", "taken away by a purge"
