"""The vocabulary: every closed list of words, with the plain words a person reads.

Code, API and CSV carry the value; pages show the label. No Django here: models,
importers and exporters all speak these words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """One word of a closed list: its value, and its label for people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """`(value, label)` pairs in the order of the list."""
        return [(word.value, word.label) for word in cls]


class Role(Word):
    """What a member may do; each role includes the ones before it."""

    VIEWER = "viewer", "viewer"
    ANALYST = "analyst", "analyst"
    REVIEWER = "reviewer", "reviewer"
    OWNER = "owner", "owner"


class ArticleType(Word):
    """What sort of item an article is."""

    ARTICLE = "article", "article"
    POST = "post", "post"
    VIDEO = "video", "video"
    STATEMENT = "statement", "statement"
    OTHER = "other", "other"


class ArticleStatus(Word):
    """How far the work on an article is."""

    NEW = "new", "new"
    IN_PROGRESS = "in_progress", "in progress"
    ANNOTATED = "annotated", "annotated"
    REVIEWED = "reviewed", "reviewed"


class SourceKind(Word):
    """What sort of actor a source is."""

    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"
    STATE_BODY = "state_body", "state body"
    ARMED_GROUP = "armed_group", "armed group"
    MEDIA = "media", "media"
    WITNESS = "witness", "witness"
    OTHER = "other", "other"


class ClaimKind(Word):
    """What sort of statement it is. Only a factual claim can be filed under an answer."""

    FACTUAL = "factual", "factual claim"
    EVALUATIVE = "evaluative", "opinion"
    DEMAND = "demand", "demand"


class Polarity(Word):
    """Whether a claim says that something is so, or that it is not."""

    ASSERTS = "asserts", "says it is so"
    DENIES = "denies", "says it is not so"


class Speech(Word):
    """Whose words they are. Quotation marks are printed around direct speech only."""

    DIRECT = "direct", "their own words"
    INDIRECT = "indirect", "reported"
    MIXED = "mixed", "partly their own words"


class KnowsBy(Word):
    """How a source knows, as far as the text says."""

    FIRST_HAND = "first_hand", "saw or did it"
    TOLD = "told", "was told"
    UNSTATED = "unstated", "not stated"


class Certainty(Word):
    """How sure the source says it is (FactBank: Saurí and Pustejovsky 2009)."""

    CERTAIN = "certain", "certain"
    PROBABLE = "probable", "probable"
    POSSIBLE = "possible", "possible"
    UNSTATED = "unstated", "not stated"


class ClaimStatus(Word):
    """Where a claim stands in the work."""

    DRAFT = "draft", "draft"
    SUBMITTED = "submitted", "submitted"
    APPROVED = "approved", "approved"
    WITHDRAWN = "withdrawn", "withdrawn"


class Origin(Word):
    """Where a claim came from."""

    PERSON = "person", "a person"
    SUGGESTION = "suggestion", "an accepted suggestion"
    IMPORT = "import", "an import"


class SpanRole(Word):
    """The three parts of an attribution (PARC 3.0: Pareti 2012)."""

    SOURCE = "source", "who"
    CUE = "cue", "reporting words"
    CONTENT = "content", "what"


class Match(Word):
    """How a span came to stand on its revision."""

    EXACT = "exact", "exact"
    MOVED = "moved", "moved"
    FUZZY = "fuzzy", "similar words"
    ORPHANED = "orphaned", "no longer in the text"


class Placing(Word):
    """What is decided of words that a new text may have lost."""

    WAITING = "waiting", "to look at"
    ACCEPTED = "accepted", "they stand in the new text"
    GONE = "gone", "not in the new text"


class Removal(Word):
    """Why words of the journal were taken out of it."""

    PURGED = "purged", "purged"
    WITHHELD = "withheld", "withheld"


class Measure(Word):
    """What a figure counts. Present is not killed."""

    PRESENT = "present", "present"
    KILLED = "killed", "killed"
    INJURED = "injured", "injured"
    KILLED_OR_INJURED = "killed_or_injured", "killed or injured"
    DETAINED = "detained", "detained"
    MISSING = "missing", "missing"
    DISPLACED = "displaced", "displaced"
    OTHER = "other", "other"


class FigureStatus(Word):
    """Who is counted, as far as the claim says."""

    CIVILIAN = "civilian", "civilians"
    COMBATANT = "combatant", "combatants"
    UNKNOWN = "unknown", "not stated who"


class LowBasis(Word):
    """Whether `low` stands in the text or comes from the workspace's convention."""

    STATED = "stated", "stated"
    CONVENTION = "convention", "by our convention"


class TimePrecision(Word):
    """How exact a time is."""

    MINUTE = "minute", "to the minute"
    HOUR = "hour", "to the hour"
    DAY = "day", "that day"
    MONTH = "month", "that month"
    YEAR = "year", "that year"
    UNKNOWN = "unknown", "not known"


class LocationPrecision(Word):
    """How exact coordinates are."""

    EXACT = "exact", "exact"
    NEIGHBOURHOOD = "neighbourhood", "neighbourhood"
    TOWN = "town", "town"
    DISTRICT = "district", "district"
    REGION = "region", "region"
    COUNTRY = "country", "country"
    UNKNOWN = "unknown", "not known"


class Workflow(Word):
    """How far the work on an incident is."""

    OPEN = "open", "open"
    IN_REVIEW = "in_review", "in review"
    CLOSED = "closed", "closed"


class Relation(Word):
    """How one claim bears on another, read from `from_claim` to `to_claim`."""

    CONTRADICTS = "contradicts", "contradicts"
    CORROBORATES = "corroborates", "agrees with"
    DENIES = "denies", "explicitly rejects"
    UNDERCUTS = "undercuts", "questions the reliability of"
    RESTATES = "restates", "repeats"
    SUPERSEDES = "supersedes", "replaces"
    RESPONDS_TO = "responds_to", "responds to"

    @property
    def symmetric(self) -> bool:
        """True where the two ends can be swapped without a change of meaning."""
        return self in (Relation.CONTRADICTS, Relation.CORROBORATES)


class Basis(Word):
    """Why two claims contradict each other. Empty where it was not said."""

    NUMBER = "number", "number"
    NEGATION = "negation", "negation"
    ACTOR = "actor", "actor"
    CAUSE = "cause", "cause"
    PLACE = "place", "place"
    TIME = "time", "time"
    VICTIM = "victim", "victim"
    OTHER = "other", "other"


class Aspect(Word):
    """What a question asks about."""

    OCCURRENCE = "occurrence", "whether it happened"
    PLACE = "place", "where"
    TIME = "time", "when"
    PERPETRATOR = "perpetrator", "who did it"
    INTENT = "intent", "intent"
    VICTIMS = "victims", "who the victims were"
    CAUSE = "cause", "cause"
    CASUALTIES = "casualties", "casualties"
    EVIDENCE = "evidence", "evidence"
    OTHER = "other", "other"


class Stance(Word):
    """Whether a claim holds a position or rejects it."""

    HOLDS = "holds", "holds"
    REJECTS = "rejects", "rejects"


class Extent(Word):
    """Whether it does so fully; to deny targeting answers "killed?" in part."""

    FULLY = "fully", "fully"
    IN_PART = "in_part", "in part"


class State(Word):
    """A derived state (`claims/dispute.py`); never typed by a person."""

    DISPUTED = "disputed", "disputed"
    UNCORROBORATED = "uncorroborated", "one source"
    CORROBORATED = "corroborated", "several agree"
    UNANSWERED = "unanswered", "unanswered"


class Verdict(Word):
    """What a reviewer finds about a question, or about an incident as a whole."""

    UNRESOLVED = "unresolved", "unresolved"
    LEANS = "leans", "leans to"
    ESTABLISHED = "established", "established"
    DISCOUNTED = "discounted", "discounted"


class Likelihood(Word):
    """How likely it is that the answer is so: the seven bands of ICD 203 (ODNI 2015).

    A likelihood never stands in one sentence with a confidence.
    """

    ALMOST_NO_CHANCE = "almost_no_chance", "almost no chance"
    VERY_UNLIKELY = "very_unlikely", "very unlikely"
    UNLIKELY = "unlikely", "unlikely"
    EVEN = "roughly_even_chance", "roughly even chance"
    LIKELY = "likely", "likely"
    VERY_LIKELY = "very_likely", "very likely"
    ALMOST_CERTAIN = "almost_certain", "almost certain"

    @property
    def per_cent(self) -> tuple[int, int]:
        """The ends of its band."""
        return _BANDS[self.value]

    @property
    def band(self) -> str:
        """For a person: `likely, 55–80 %`."""
        low, high = self.per_cent
        return f"{self.label}, {low}–{high}\u00a0%"

    def fits(self, verdict: Verdict) -> bool:
        """Whether both can be said of one answer: nobody leans to what they find unlikely."""
        place = list(Likelihood).index(self) - list(Likelihood).index(Likelihood.EVEN)
        return {
            Verdict.UNRESOLVED: False,
            Verdict.LEANS: place >= 0,
            Verdict.ESTABLISHED: place > 0,
            Verdict.DISCOUNTED: place < 0,
        }[verdict]


_BANDS = {
    "almost_no_chance": (1, 5),
    "very_unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly_even_chance": (45, 55),
    "likely": (55, 80),
    "very_likely": (80, 95),
    "almost_certain": (95, 99),
}


class Confidence(Word):
    """How well founded a verdict is (ICD 203), apart from how likely its answer is."""

    LOW = "low", "low"
    MODERATE = "moderate", "moderate"
    HIGH = "high", "high"


class Reliability(Word):
    """How far a source has been reliable, whatever it says now (Admiralty code)."""

    A = "A", "A, completely reliable"
    B = "B", "B, usually reliable"
    C = "C", "C, fairly reliable"
    D = "D", "D, not usually reliable"
    E = "E", "E, unreliable"
    F = "F", "F, reliability cannot be judged"


class Credibility(Word):
    """How credible a claim is beside the others, whoever says it (Admiralty code)."""

    CONFIRMED = "1", "1, confirmed by other sources"
    PROBABLY = "2", "2, probably true"
    POSSIBLY = "3", "3, possibly true"
    DOUBTFUL = "4", "4, doubtful"
    IMPROBABLE = "5", "5, improbable"
    UNKNOWN = "6", "6, truth cannot be judged"


class ChangeKind(Word):
    """What sort of thing an act is about, as a person looks for it in the history."""

    CLAIM = "claim", "claims"
    LINK = "link", "links"
    FILING = "filing", "filings under answers"
    INCIDENT = "incident", "incidents, questions, answers"
    ARTICLE = "article", "articles"
    SOURCE = "source", "sources and sides"
    VERDICT = "verdict", "verdicts"
    COMMENT = "comment", "comments"
    DESK = "desk", "members and settings"
    OTHER = "other", "anything else"


class ImportState(Word):
    """How far an import is. `reading` and `waiting` and `writing` are a worker's to go on with."""

    READING = "reading", "being read"
    READY = "ready", "read, nothing made yet"
    WAITING = "waiting", "waiting to be brought in"
    WRITING = "writing", "being brought in"
    DONE = "done", "brought in"
    FAILED = "failed", "nothing was brought in"
    CANCELLED = "cancelled", "cancelled, nothing was brought in"


class DeliveryState(Word):
    """How far the delivery of a webhook is. The first two are a worker's to go on with."""

    WAITING = "waiting", "waiting"
    FAILED = "failed", "failed, will be tried again"
    DELIVERED = "delivered", "delivered"
    GIVEN_UP = "given_up", "given up"


class WhyStopped(Word):
    """Why nothing more is sent to a webhook, though its owner has not switched it off."""

    GONE = "gone", "the receiver says that it is gone (410)"
    FAILING = "failing", "too many tries in a row failed"
