"""A small language for incidents, so that a case of the table reads in a few lines.

One fact a line:

    joc side government, part of Iraq    a source, before the first claim of its
    officials unnamed
    a joc                                claim `a` by source `joc`, fact, approved, own article
    b amaq @3 draft demand deleted blames joc
    Cause? strike bomb (unknown)         a question and its answers; (…) does not compete
    Deaths? key open dozens fifty        ★, and not exclusive
    a = bomb                             a holds it; =~ in part; ! rejects; !~ rejects in part
    a contradicts b                      a link
    -> Cause disputed a/b                what `describe(result, "Cause")` must say
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.dispute import (
    Claim,
    Filing,
    Incident,
    Link,
    Originator,
    Position,
    Question,
    Result,
    Source,
    Voices,
    resolve,
)
from claims.records import ClaimKind, ClaimStatus, Extent, Relation, Stance

STANCES = {
    "=": (Stance.HOLDS, Extent.FULLY),
    "=~": (Stance.HOLDS, Extent.IN_PART),
    "!": (Stance.REJECTS, Extent.FULLY),
    "!~": (Stance.REJECTS, Extent.IN_PART),
}


@dataclass
class Scene:
    """An incident under construction; ids are given in the order in which names turn up."""

    sources: dict[str, Source] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    sides: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    filings: list[Filing] = field(default_factory=list)
    expected: list[tuple[str, str]] = field(default_factory=list)

    def incident(self) -> Incident:
        return Incident(
            claims=list(self.claims.values()),
            links=self.links,
            sources=list(self.sources.values()),
            questions=list(self.questions.values()),
            positions=list(self.positions.values()),
            filings=self.filings,
        )

    def source(self, name: str) -> Source:
        if name not in self.sources:
            number = len(self.sources) + 1
            self.sources[name] = Source(number, unnamed=False, side=None, affiliation=number)
        return self.sources[name]

    def read(self, line: str) -> None:
        words = line.split()
        if words[0] == "->":
            self.expected.append((words[1], " ".join(words[2:])))
        elif words[0].endswith("?"):
            self._question(words[0][:-1], words[1:])
        elif words[1] in STANCES:
            claim, position = self.claims[words[0]], self.positions[words[2]]
            self.filings.append(Filing(claim.id, position.id, *STANCES[words[1]]))
        elif words[1] in list(Relation):
            one, other = self.claims[words[0]], self.claims[words[2]]
            self.links.append(
                Link(len(self.links) + 1, one.id, other.id, Relation[words[1].upper()])
            )
        elif words[1] in ("side", "unnamed", "part"):
            self._source(words[0], line)
        else:
            self._claim(words[0], words[1], words[2:])

    def _source(self, name: str, line: str) -> None:
        for trait in line.removeprefix(name).split(","):
            word, *rest = trait.split()
            source = self.source(name)
            if word == "unnamed":
                source = source._replace(unnamed=True)
            elif word == "side":
                if rest[0] not in self.sides:
                    self.sides.append(rest[0])
                source = source._replace(side=self.sides.index(rest[0]) + 1)
            else:
                source = source._replace(affiliation=self.source(rest[1]).affiliation)
            self.sources[name] = source

    def _claim(self, name: str, source: str, traits: list[str]) -> None:
        number = len(self.claims) + 1
        claim = Claim(
            number, self.source(source).id, 100 + number, ClaimKind.FACTUAL, ClaimStatus.APPROVED
        )
        for trait in traits:
            if trait.startswith("@"):
                claim = claim._replace(article=int(trait[1:]))
            elif trait == "deleted":
                claim = claim._replace(deleted=True)
            elif trait in list(ClaimKind):
                claim = claim._replace(kind=ClaimKind[trait.upper()])
            elif trait in list(ClaimStatus):
                claim = claim._replace(status=ClaimStatus[trait.upper()])
            elif trait != "blames":
                claim = claim._replace(accused=self.source(trait).id)
        self.claims[name] = claim

    def _question(self, name: str, words: list[str]) -> None:
        number = len(self.questions) + 1
        self.questions[name] = Question(number, "key" in words, "open" not in words)
        for word in words:
            if word not in ("key", "open"):
                position = Position(len(self.positions) + 1, number, not word.startswith("("))
                self.positions[word.strip("()")] = position

    def describe(self, result: Result, subject: str) -> str:
        """One line on a claim, a question, a position (`Cause/bomb`), `links` or `incident`."""
        if subject in self.claims:
            return self._describe_claim(result, subject)
        if subject in self.questions:
            question = result.questions[self.questions[subject].id]
            mark = ["challenged"] if question.challenged else []
            return " ".join([question.state, *self._pairs(question.pairs), *mark])
        if "/" in subject:
            return self._describe_position(result, *subject.split("/"))
        if subject == "links":
            return " ".join([result.unfiled.state or "none", *self._pairs(result.unfiled.pairs)])
        whole = result.incident
        if subject == "counts":
            return (
                f"{whole.live_claims} live, {whole.originators} originators, {whole.sides} sides, "
                f"{len(whole.pairs)} pairs, {whole.originators_in_conflict} in conflict"
            )
        reasons = [n for n, q in self.questions.items() if q.id in whole.disputed_questions]
        reasons += ["links"] if whole.unfiled_disputed else []
        by = ["by", *reasons] if reasons else []
        return " ".join([whole.state, *by, *(["challenged"] if whole.challenged else [])])

    def _describe_claim(self, result: Result, subject: str) -> str:
        claim = result.claims[self.claims[subject].id]
        standing = "live" if claim.live else "stands" if claim.stands else "out"
        said = [standing, "by", self._name(claim.originator)]
        if claim.statement != self.claims[subject].id:
            said += ["as", self._claim_name(claim.statement)]
        if claim.disputed:
            rivals = [self._claim_name(number) for number in claim.competing_claims]
            said += ["against", *rivals, f"({claim.competing_originators})"]
        return " ".join(said)

    def _describe_position(self, result: Result, question: str, position: str) -> str:
        rows = result.questions[self.questions[question].id].composition
        row = next(row for row in rows if row.position == self.positions[position].id)
        voices = zip(STANCES, row[1:], strict=True)
        return "; ".join(f"{sign} {self._voices(who)}" for sign, who in voices if who.originators)

    def _voices(self, who: Voices) -> str:
        names = ", ".join(self._name(originator) for originator in who.originators)
        mark = " accused" if who.accused else ""
        return f"{names} ({len(who.sides)} sides, {len(who.affiliations)} heads){mark}"

    def _name(self, originator: Originator) -> str:
        name = next(name for name, s in self.sources.items() if s.id == originator.source)
        return name if originator.article is None else f"{name}@{originator.article}"

    def _claim_name(self, number: int) -> str:
        return next(name for name, claim in self.claims.items() if claim.id == number)

    def _pairs(self, pairs: tuple[tuple[int, int], ...]) -> list[str]:
        return [f"{self._claim_name(one)}/{self._claim_name(other)}" for one, other in pairs]


def scene(text: str) -> Scene:
    """Read an incident from its lines."""
    made = Scene()
    for line in text.strip().splitlines():
        made.read(line.strip())
    return made


def check(text: str) -> None:
    """Resolve the incident and hold each `->` line against what is said."""
    made = scene(text)
    result = resolve(made.incident())
    assert made.expected, "a case must expect something"
    said = [(subject, made.describe(result, subject)) for subject, _ in made.expected]
    assert said == made.expected
