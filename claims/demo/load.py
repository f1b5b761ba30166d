"""Makes the demo workspace as four people would: by the actions, so that its journal is real."""

from __future__ import annotations

from claims.actions import article as articles
from claims.actions import assessment as assessments
from claims.actions import claim as claims
from claims.actions import comment as comments
from claims.actions import identity as identities
from claims.actions import incident as incidents
from claims.actions import link as links
from claims.actions import member as members
from claims.actions import source as sources
from claims.actions.journal import Actor
from claims.actions.spans import SpanInput, current_revision
from claims.demo import files
from claims.demo.files import Entry
from claims.importers import text as plain_text
from claims.models import (
    Article,
    Claim,
    Incident,
    Position,
    Question,
    Side,
    Source,
    User,
    Workspace,
)
from claims.records import (
    ArticleStatus,
    ClaimStatus,
    Confidence,
    Extent,
    Likelihood,
    Relation,
    Role,
    Stance,
    Verdict,
)

COPIED = {
    "source": "name kind named",
    "article": "title type byline url published_on language",
    "incident": "code title occurred_from occurred_to precision place latitude longitude "
    "location_precision summary",
    "question": "text aspect is_key exclusive",
    "claim": "kind polarity speech knows_by certainty said_from said_to said_as_stated "
    "paraphrase translation translator note",
}
"""The fields that are columns of the same name; the rest refers to other rows."""


def load(people: dict[Role, User]) -> Workspace:
    """The whole workspace, by one person of each role. The caller is in `atomic()`.

    Raises ValidationError when the content breaks a rule, ValueError for a misquote.
    """
    return Loading(people).run()


class Loading:
    """One loading: who acts, and the rows made so far by their keys in the files."""

    def __init__(self, people: dict[Role, User]) -> None:
        self.people = people
        self.desk = files.read("workspace.toml")
        self.review = files.read("review.toml")
        self.entries: dict[str, dict[str, Entry]] = {
            table: {entry["key"]: entry for entry in self.desk[table]}
            for table in ("sources", "articles")
        }
        self.sides: dict[str, Side] = {}
        self.sources: dict[str, Source] = {}
        self.articles: dict[str, Article] = {}
        self.incidents: dict[str, Incident] = {}
        self.questions: dict[str, Question] = {}
        self.positions: dict[str, Position] = {}
        self.claims: dict[str, Claim] = {}

    def run(self) -> Workspace:
        """Everything, in the order in which a desk would come to it."""
        settings = dict(self.desk["workspace"])
        # The first incidents have questions of their own; the templates are for the next ones.
        templates = settings.pop("question_templates")
        self.workspace = members.create_workspace(self.people[Role.OWNER], settings)
        self.actors = {role: Actor(self.workspace, user) for role, user in self.people.items()}
        owner = self.actors[Role.OWNER]
        for role, user in self.people.items():
            if role != Role.OWNER:
                members.add(owner, user.username, role)
        for side in self.desk["sides"]:
            values = {"name": side["name"], "color": side["color"]}
            self.sides[side["key"]] = sources.save_side(owner, Side(), values)
        for key in self.entries["sources"]:
            self.source(key)
        for entry in self.desk["incidents"]:
            self.incident(entry)
        for entry in self.desk["questions"]:
            self.question(entry)
        members.edit_workspace(owner, {"question_templates": templates})
        self.annotate()
        for entry in self.review["verdicts"]:
            if not entry.get("early"):
                self.verdict(entry)
        for entry in self.review["comments"]:
            self.comment(entry)
        for key, entry in self.entries["sources"].items():
            if "protected_as" in entry:
                self.protect(key, entry["protected_as"])
        return self.workspace

    def annotate(self) -> None:
        """The claims of all articles; then the links, since some lead to later articles."""
        work = [(key, entry) for key in self.entries["articles"] for entry in files.claims(key)]
        for key, entry in work:
            self.claim(key, entry)
        for key, entry in work:
            for link in entry.get("links", []):
                self.link(key, entry["key"], link)
        for verdict in self.review["verdicts"]:
            if verdict.get("early"):
                self.verdict(verdict)
        for key, entry in work:
            self.status(key, entry)
        for key, entry in self.entries["articles"].items():
            self.finish(self.annotator(key), entry)

    def annotator(self, article: str) -> Actor:
        """Who works on an article."""
        return self.actors[Role(self.entries["articles"][article].get("annotator", Role.ANALYST))]

    def source(self, key: str) -> Source:
        """The source, after the one that it belongs to and the article that it is unnamed in."""
        if key not in self.sources:
            entry = self.entries["sources"][key]
            values = copied("source", entry) | {"side": self.sides.get(entry.get("side", ""))}
            if "affiliation" in entry:
                values["affiliation"] = self.source(entry["affiliation"])
            if "article" in entry:
                values["article"] = self.article(entry["article"])
            self.sources[key] = sources.create(
                self.actors[Role.ANALYST], values, entry.get("aliases", [])
            )
        return self.sources[key]

    def protect(self, key: str, pseudonym: str) -> None:
        """Its name is kept from everybody but the owners."""
        source = Source.objects.get(pk=self.sources[key].pk)
        reason = "Lives in the town, and has asked for it."
        identities.protect(self.actors[Role.OWNER], source, source.version, pseudonym, reason)

    def article(self, key: str) -> Article:
        """The article, after its publisher and the one that it republishes."""
        if key not in self.articles:
            entry = self.entries["articles"][key]
            publisher = self.source(entry["publisher"])
            values = copied("article", entry) | {"assignee": self.annotator(key).user}
            if "republishes" in entry:
                values["republishes"] = self.article(entry["republishes"])
            content = (files.FOLDER / entry["file"]).read_bytes()
            page = plain_text.read(content)
            actor = self.actors[Role.ANALYST]
            upload = articles.keep_upload(actor, entry["file"], "text/plain", content)
            self.articles[key] = articles.freeze(
                actor, upload, page.text, page.encoding, values, publisher
            )
        return self.articles[key]

    def incident(self, entry: Entry) -> None:
        """An incident; those that it is a part of stand before it."""
        values = copied("incident", entry)
        if "parent" in entry:
            values["parent"] = self.incidents[entry["parent"]]
        self.incidents[entry["key"]] = incidents.create(self.actors[Role.ANALYST], values)

    def question(self, entry: Entry) -> None:
        """A question with its answers."""
        actor = self.actors[Role.ANALYST]
        incident = self.incidents[entry["incident"]]
        question = incidents.add_question(actor, incident, copied("question", entry), [])
        self.questions[entry["key"]] = question
        for answer in entry["positions"]:
            values = {"text": answer["text"], "competes": answer["competes"]}
            self.positions[f"{entry['key']}/{answer['key']}"] = incidents.add_position(
                actor, question, values
            )

    def claim(self, article: str, entry: Entry) -> None:
        """A claim with its spans, figures and filings."""
        values = copied("claim", entry) | {
            field: self.source(entry[field]) for field in claims.SOURCES if field in entry
        }
        if "incident" in entry:
            values["incident"] = self.incidents[entry["incident"]]
        if entry.get("status") == ClaimStatus.DRAFT:
            values["status"] = ClaimStatus.DRAFT.value
        of = self.article(article)
        self.claims[entry["key"]] = claims.create(
            self.annotator(article),
            of,
            values,
            [SpanInput(*found) for found in files.quotes(entry, current_revision(of).text)],
            figures=entry.get("figures", []),
            filings=[
                links.FilingInput(
                    self.positions[filing["position"]],
                    Stance(filing.get("stance", Stance.HOLDS)),
                    Extent(filing.get("extent", Extent.FULLY)),
                )
                for filing in entry.get("filings", [])
            ],
        )

    def link(self, article: str, claim: str, link: Entry) -> None:
        """A link from a claim to another."""
        links.create(
            self.annotator(article),
            self.claims[claim].uid,
            self.claims[link["to"]].uid,
            Relation(link["relation"]),
            basis=link.get("basis", ""),
            note=link.get("note", ""),
        )

    def status(self, article: str, entry: Entry) -> None:
        """Approval is a second pair of eyes; who made a claim withdraws it."""
        claim = self.claims[entry["key"]]
        status = ClaimStatus(entry.get("status", claim.status))
        if status != claim.status:
            approves = status == ClaimStatus.APPROVED
            actor = self.actors[Role.REVIEWER] if approves else self.annotator(article)
            claims.set_status(actor, claim, claim.version, status)

    def verdict(self, entry: Entry) -> None:
        """A verdict on a question, or on an incident as a whole."""
        subject = self.questions.get(entry["on"]) or self.incidents[entry["on"]]
        finding = assessments.Finding(
            Verdict(entry["verdict"]),
            Confidence(entry["confidence"]),
            entry["rationale"],
            self.positions[entry["answer"]] if "answer" in entry else None,
            Likelihood(entry["likelihood"]) if "likelihood" in entry else None,
            tuple(self.claims[key].uid for key in entry["rests_on"]),
            entry.get("asks", False),
        )
        assessments.record(self.actors[Role(entry["by"])], subject, finding)

    def comment(self, entry: Entry) -> None:
        """A comment, and that it is resolved."""
        tables: dict[str, dict[str, Claim | Question | Incident | Article]] = {
            "claim": {**self.claims},
            "question": {**self.questions},
            "incident": {**self.incidents},
            "article": {**self.articles},
        }
        (subject,) = (rows[entry[noun]] for noun, rows in tables.items() if noun in entry)
        made = comments.create(self.actors[Role(entry["by"])], subject, entry["text"])
        if "resolved_by" in entry:
            comments.resolve(self.actors[Role(entry["resolved_by"])], made, made.version)

    def finish(self, actor: Actor, entry: Entry) -> None:
        """What has been read, and how far the work is."""
        article: Article = Article.objects.get(pk=self.articles[entry["key"]].pk)
        articles.mark_read(actor, current_revision(article), entry["read"])
        status = ArticleStatus(entry["status"])
        if status == ArticleStatus.REVIEWED:
            actor = self.actors[Role.REVIEWER]
        values = {"status": status.value}
        articles.edit(actor, article, article.version, values, article.publisher)


def copied(noun: str, entry: Entry) -> Entry:
    """The part of an entry that is columns of its row."""
    return {field: entry[field] for field in COPIED[noun].split() if field in entry}
