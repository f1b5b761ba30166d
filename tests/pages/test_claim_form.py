"""The claim form: what it opens with, what it refuses, and what it saves in one act."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from claims.models import (
    Change,
    Claim,
    Figure,
    Filing,
    Incident,
    Link,
    Position,
    Question,
    Source,
)
from claims.records import Polarity, Relation, SpanRole
from tests import factories
from tests.pages.annotating import (
    FAMILY,
    TEXT,
    again,
    an_article,
    at,
    errors,
    fields,
    figure,
    get,
    post,
    quotes,
    span,
    value,
)
from tests.pages.conftest import Person
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

HIT = "two strikes hit the depot"
DIED = "up to 65 people died"
ALL = (Claim, Source, Incident, Question, Filing, Link, Figure, Change)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in ALL}


def spans_of(answer: Any) -> list[tuple[str, str]]:
    """Role and words of each span that the form shows."""
    return [(words(item[0]), words(item[1])) for item in select(parsed(answer), "ul.spans > li")]


# -- opening ---------------------------------------------------------------------------------


@pytest.mark.parametrize("htmx", [True, False])
def test_it_opens_on_a_selection(analyst: Person, htmx: bool) -> None:
    article = an_article(analyst)
    start = TEXT.index(HIT)
    answer = get(
        analyst, "claim-new", article.uid, htmx=htmx, start=start, end=start + len(HIT), quote=HIT
    )
    assert answer.status_code == 200
    assert (SpanRole.CONTENT.label, HIT) in spans_of(answer)
    assert ("<html" in answer.content.decode()) is not htmx
    (form,) = select(parsed(answer), "#claim-form")
    assert (form.get("data-pending-start"), form.get("data-pending-end")) == (
        str(start),
        str(start + len(HIT)),
    )


@pytest.mark.parametrize(
    ("selected", "kept"),
    [
        (" up to 65 people ", "up to 65 people"),
        ("died 👨‍", f"died {FAMILY}"),
        ("‍👧 in", f"{FAMILY} in"),
        ("cafe", "cafe\u0301"),
        ("المسعفون إن", "المسعفون إن"),
    ],
)
def test_a_selection_is_trimmed_to_what_a_reader_sees(
    analyst: Person, selected: str, kept: str
) -> None:
    article = an_article(analyst)
    start = TEXT.index(selected)
    answer = get(analyst, "claim-new", article.uid, start=start, end=start + len(selected))
    assert (SpanRole.CONTENT.label, kept) in spans_of(answer)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("9", "3"),
        ("3", "3"),
        ("0", "100000"),
        ("0", "9" * 30),
        ("-4", "8"),
        ("a", "b"),
        ("", ""),
        ("0", "1.5"),
        ("70", "71"),
    ],
)
def test_no_selection_is_told(analyst: Person, start: str, end: str) -> None:
    """Reversed, empty, outside, no numbers, or nothing but the line feed at 70."""
    assert TEXT[70] == "\n"
    answer = get(analyst, "claim-new", an_article(analyst).uid, start=start, end=end)
    assert answer.status_code == 200
    assert "Select some words" in answer.content.decode()


def test_a_typed_quote_is_found(analyst: Person) -> None:
    answer = get(analyst, "claim-new", an_article(analyst).uid, quote=" TWO strikes  hit")
    assert (SpanRole.CONTENT.label, "two strikes hit") in spans_of(answer)


def test_a_quote_that_stands_nowhere_is_told(analyst: Person) -> None:
    answer = get(analyst, "claim-new", an_article(analyst).uid, quote="<b>not</b> there", htmx=True)
    assert "does not say “<b>not</b> there”" in words(parsed(answer))
    assert "<b>not</b>" not in answer.content.decode()


def test_a_quote_in_several_places_is_a_choice(analyst: Person) -> None:
    article = an_article(analyst)
    answer = get(analyst, "claim-new", article.uid, quote="65 people died")
    links = select(parsed(answer), "ol.pick a")
    assert [words(link).split(":")[0] for link in links] == ["¶3", "¶5"]
    opened = analyst.client.get(links[1].get("href"))
    second = TEXT.rindex("65 people died")
    (form,) = select(parsed(opened), "#claim-form")
    assert form.get("data-pending-start") == str(second)


def test_who_and_how_are_proposed(analyst: Person) -> None:
    command = factories.a_source(analyst.desk, name="Valley Command")
    article = an_article(analyst, language="en", published_on=dt.date(2016, 12, 9))
    start = TEXT.index(HIT)
    answer = get(analyst, "claim-new", article.uid, start=start, end=start + len(HIT))
    assert value(answer, "source") == str(command.uid)
    assert value(answer, "source_name") == "Valley Command"
    assert value(answer, "says") == "asserts"
    assert value(answer, "speech") == "direct"
    assert value(answer, "said_from") == "2016-12-08"
    assert (SpanRole.CUE.label, "said on Thursday") in spans_of(answer)


def test_the_publishers_own_voice_is_the_publisher(analyst: Person) -> None:
    wire = factories.a_source(analyst.desk, name="Example Wire")
    article = an_article(analyst, "The market burned all night.", publisher=wire, language="en")
    answer = get(analyst, "claim-new", article.uid, start=0, end=27)
    assert value(answer, "source") == str(wire.uid)


def test_a_denial_is_proposed_as_one(analyst: Person) -> None:
    text = "The ministry denied that its planes hit the market."
    article = an_article(analyst, text, language="en")
    start = text.index("its planes")
    answer = get(analyst, "claim-new", article.uid, start=start, end=len(text) - 1)
    assert value(answer, "says") == "denies"
    assert (value(answer, "stance"), value(answer, "extent")) == (None, None)


def test_numbers_are_proposed(analyst: Person) -> None:
    article = an_article(analyst, language="en")
    start = TEXT.index(DIED)
    answer = get(analyst, "claim-new", article.uid, start=start, end=start + len(DIED))
    assert value(answer, "figures-0-measure") == "killed"
    assert (value(answer, "figures-0-low"), value(answer, "figures-0-high")) == ("", "65")


def test_incident_and_day_stick(analyst: Person) -> None:
    article = an_article(analyst)
    incident = factories.an_incident(analyst.desk)
    sent = fields(span(article, HIT), incident=str(incident.uid), incident_name=str(incident))
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    answer = get(analyst, "claim-new", article.uid, quote="in the")
    assert value(answer, "incident") == str(incident.uid)
    incident.deleted_at = factories.NOON
    incident.save()
    answer = get(analyst, "claim-new", article.uid, quote="in the")
    assert value(answer, "incident") == ""


def carried(answer: Any) -> list[str]:
    """What the form says that it took over."""
    return [words(one) for one in select(parsed(answer), "[data-carried]")]


def test_an_incident_of_the_claim_before_is_told_until_it_is_changed(analyst: Person) -> None:
    article = an_article(analyst)
    incident, other = (factories.an_incident(analyst.desk) for _ in range(2))
    about = {"incident": str(incident.uid), "incident_name": str(incident)}
    opened = get(analyst, "claim-new", article.uid, quote=DIED)
    assert carried(opened) == []
    post(analyst, "claim-new", article.uid, fields(span(article, HIT), **about))
    opened = get(analyst, "claim-new", article.uid, quote=DIED)
    told = "Carried over from your last claim here. No incident"
    assert carried(opened) == [told]
    # The form with one span more, and the one with an error, know it still.
    sent = again(opened) | {"add_role": "cue", "add_start": "4", "add_end": "10"}
    assert carried(post(analyst, "claim-new", article.uid, sent)) == [told]
    sent = again(opened) | {"source_name": ""}
    assert carried(post(analyst, "claim-new", article.uid, sent)) == [told]
    for changed in (
        {"incident": str(other.uid), "incident_name": str(other)},
        {"incident_name": str(other)},
        {"incident_name": ""},
    ):
        assert carried(post(analyst, "claim-new", article.uid, sent | changed)) == []
    # What is chosen anew is not carried over.
    claim = Claim.objects.get()
    assert carried(get(analyst, "claim-edit", claim.uid)) == []


def test_a_day_that_no_words_give_is_told_to_be_the_claims_before(analyst: Person) -> None:
    command = factories.a_source(analyst.desk, name="Valley Command")
    text = "The Valley Command said two strikes hit. The Valley Command said a bridge fell."
    article = an_article(analyst, text, language="en")
    factories.a_claim(article, "two strikes hit", source=command, said_from=dt.date(2016, 12, 8))
    opened = get(analyst, "claim-new", article.uid, quote="a bridge fell")
    assert value(opened, "said_from") == "2016-12-08"
    folded, beside = carried(opened)
    assert folded.endswith("(as in this source’s claim before; the words give no date),")
    assert folded in words(select(parsed(opened), "summary")[-1])
    assert beside == "As in this source’s claim before; the words give no date."
    sent = again(opened) | {"says": ""}
    assert carried(post(analyst, "claim-new", article.uid, sent))[1] == beside
    for changed in (
        {"said_from": "2016-12-07"},
        {"said_to": "2016-12-09"},
        {"source": "", "source_name": "Radio Valley"},
    ):
        assert carried(post(analyst, "claim-new", article.uid, sent | changed)) == []


def test_a_day_that_the_words_give_is_not_carried_over(analyst: Person) -> None:
    command = factories.a_source(analyst.desk, name="Valley Command")
    article = an_article(analyst, language="en", published_on=dt.date(2016, 12, 9))
    factories.a_claim(article, DIED, source=command, said_from=dt.date(2016, 12, 8))
    opened = get(analyst, "claim-new", article.uid, quote=HIT)
    assert value(opened, "said_from") == "2016-12-08"
    assert carried(opened) == []


def test_half_of_a_word_is_told_and_kept_as_chosen(analyst: Person) -> None:
    article = an_article(analyst)
    start = TEXT.index("rikes hit the de")
    answer = get(
        analyst, "claim-new", article.uid, start=start, end=start + len("rikes hit the de")
    )
    assert (SpanRole.CONTENT.label, "rikes hit the de") in spans_of(answer)
    hints = [words(one) for one in select(parsed(answer), ".spans .hint")]
    assert hints == ["begins inside “strikes”, ends inside “depot”"]
    assert not select(parsed(get(analyst, "claim-new", article.uid, quote=HIT)), ".spans .hint")


def relations(answer: Any) -> tuple[list[str], list[str]]:
    """What can be chosen, and what can't."""
    found: tuple[list[str], list[str]] = ([], [])
    for option in select(parsed(answer), "[name=relation] option"):
        found[option.get("disabled") is not None].append(option.get("value"))
    return found


def test_a_demand_is_offered_only_what_it_can_do(analyst: Person) -> None:
    text = "Officials called for an inquiry into the strike."
    article = an_article(analyst, text, language="en")
    incident = factories.an_incident(analyst.desk)
    factories.a_claim(article, "the strike", incident=incident)
    about: dict[str, Any] = {"fragment": "answers", "incident": incident.uid}
    for says, likely in (
        ("demand", "responds_to"),
        ("evaluative", "responds_to"),
        ("denies", "denies"),
        ("asserts", "contradicts"),
    ):
        answer = get(analyst, "claim-new", article.uid, says=says, **about)
        factual = says in set(Polarity)
        assert value(answer, "relation") == likely
        assert relations(answer)[1] == ([] if factual else ["contradicts", "denies"])
        (why,) = select(parsed(answer), "[data-no-evidence]")
        assert (why.get("hidden") is not None) == factual
    opened = get(analyst, "claim-new", article.uid, quote="an inquiry into the strike")
    assert value(opened, "says") == "demand"


def test_parts_of_the_form_are_sent_alone(analyst: Person) -> None:
    article = an_article(analyst, language="en", published_on=dt.date(2016, 12, 9))
    position = factories.a_position(factories.a_question(factories.an_incident(analyst.desk)))
    other = factories.a_claim(article, HIT, incident=position.question.incident)
    answer = get(
        analyst,
        "claim-new",
        article.uid,
        htmx=True,
        fragment="answers",
        incident=position.question.incident.uid,
    )
    assert str(position.uid) in answer.content.decode()
    assert str(other.uid) in answer.content.decode()
    said = get(
        analyst, "claim-new", article.uid, fragment="said", said_as_stated="on Thursday", htmx=True
    )
    assert value(said, "said_from") == "2016-12-08"
    blank = get(analyst, "claim-new", article.uid, fragment="said", said_as_stated=" ", htmx=True)
    assert value(blank, "said_from") == ""
    unknown = get(analyst, "claim-new", article.uid, fragment="answers", incident="x", htmx=True)
    assert unknown.status_code == 200


# -- saving ----------------------------------------------------------------------------------


def test_everything_is_saved_in_one_act(analyst: Person) -> None:
    analyst.desk.uses_certainty = True
    analyst.desk.save()
    article = an_article(analyst)
    incident = factories.an_incident(analyst.desk)
    position = factories.a_position(factories.a_question(incident))
    other = factories.a_claim(article, DIED, incident=incident)
    sent = fields(
        " ".join(
            [span(article, HIT), span(article, "said", "cue"), span(article, "The", "source")]
        ),
        incident=str(incident.uid),
        incident_name=str(incident),
        says="denies",
        position=str(position.uid),
        stance="rejects",
        extent="in_part",
        competes=[str(other.uid)],
        basis="number",
        speech="mixed",
        said_as_stated="on Thursday",
        said_from="2016-12-08",
        said_to="2016-12-09",
        via_name="Radio Valley",
        accused_name="The other side",
        knows_by="told",
        certainty="probable",
        paraphrase="Two bombs fell.",
        translation="Deux frappes.",
        translator="N. N.",
        note="Check.",
        status="draft",
    ) | figure(low="0", high="", as_stated="none")
    before = Change.objects.count()
    answer = post(analyst, "claim-new", article.uid, sent)
    claim = Claim.objects.latest("id")
    assert answer.headers["Location"] == f"{article.get_absolute_url()}#claim-{claim.uid}"
    assert Change.objects.count() == before + 1
    assert quotes(claim) == [HIT]
    assert quotes(claim, SpanRole.CUE) == ["said"]
    assert (str(claim.source), str(claim.via), str(claim.accused)) == (
        "Valley Command",
        "Radio Valley",
        "The other side",
    )
    for name in "speech knows_by certainty paraphrase translation translator note status".split():
        assert getattr(claim, name) == sent[name]
    assert (claim.polarity, claim.incident) == ("denies", incident)
    assert (claim.said_from, claim.said_to) == (dt.date(2016, 12, 8), dt.date(2016, 12, 9))
    (number,) = claim.figures.all()
    assert (number.low, number.high, number.as_stated) == (0, None, "none")
    (filing,) = claim.filings.all()
    assert (filing.position, filing.stance, filing.extent) == (position, "rejects", "in_part")
    (link,) = claim.links_from.all()
    assert (link.to_claim, link.relation, link.basis) == (other, "contradicts", "number")
    assert claim.annotator == analyst.user
    article.refresh_from_db()
    assert article.status == "in_progress"


def test_a_source_that_is_there_is_the_same_row(analyst: Person) -> None:
    article = an_article(analyst)
    there = factories.a_source(analyst.desk, name="Valley Command")
    post(
        analyst, "claim-new", article.uid, fields(span(article, HIT), source_name="valley  COMMAND")
    )
    assert Claim.objects.get().source == there
    assert Source.objects.count() == 1


def test_one_newcomer_named_twice_is_one_row(analyst: Person) -> None:
    article = an_article(analyst)
    sent = fields(span(article, HIT), source_name="Ministry", accused_name=" ministry ")
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    claim = Claim.objects.get()
    assert claim.source == claim.accused


def test_an_unnamed_source_stays_with_its_article(analyst: Person) -> None:
    one, two = an_article(analyst), an_article(analyst)
    for article in (one, one, two):
        sent = fields(span(article, DIED), source_name="A medic", unnamed="on")
        assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    sources = [claim.source for claim in Claim.objects.order_by("id")]
    assert sources[0] == sources[1] != sources[2]
    assert [(s.named, s.article) for s in sources] == [(False, one), (False, one), (False, two)]


def test_an_unnamed_source_elsewhere_is_not_meant(analyst: Person) -> None:
    article = an_article(analyst)
    elsewhere = factories.a_source(analyst.desk, name="A medic", article=an_article(analyst))
    post(analyst, "claim-new", article.uid, fields(span(article, DIED), source_name="A medic"))
    assert Claim.objects.get().source != elsewhere
    sent = fields(span(article, DIED), source=str(elsewhere.uid), source_name="A medic")
    answer = post(analyst, "claim-new", article.uid, sent)
    assert errors(answer) == {"source_name": "That source is not there."}


def test_a_named_source_is_not_unnamed_by_a_tick(analyst: Person) -> None:
    article = an_article(analyst)
    there = factories.a_source(analyst.desk, name="Officials")
    sent = fields(span(article, DIED), source=str(there.uid), source_name="Officials", unnamed="on")
    assert (
        "is a source with a name"
        in errors(post(analyst, "claim-new", article.uid, sent))["source_name"]
    )


def test_a_name_of_several_is_a_choice(analyst: Person) -> None:
    article = an_article(analyst)
    ministries = [factories.a_source(analyst.desk, name=f"Ministry {n}") for n in (1, 2)]
    for ministry in ministries:
        ministry.aliases.create(workspace=analyst.desk, name="MoD")
    sent = fields(span(article, DIED), source_name="mod")
    answer = post(analyst, "claim-new", article.uid, sent, htmx=True)
    assert answer.status_code == 422
    assert "Several are called “mod”" in errors(answer)["source_name"]
    choices = select(parsed(answer), "[name=source_choice]")
    assert [c.get("value") for c in choices] == [*(str(m.uid) for m in ministries), "new"]
    chosen = again(answer) | {"source_choice": str(ministries[1].uid)}
    assert post(analyst, "claim-new", article.uid, chosen).status_code == 302
    assert Claim.objects.latest("id").source == ministries[1]
    post(analyst, "claim-new", article.uid, sent | {"source_choice": "new"})
    assert Claim.objects.latest("id").source.name == "mod"
    wrong = sent | {"source_choice": str(uuid.uuid4())}
    assert post(analyst, "claim-new", article.uid, wrong).status_code == 422


def test_what_is_read_counts_not_an_older_pick(analyst: Person) -> None:
    """Without JavaScript the hidden uid outlives the name that was typed over."""
    article = an_article(analyst)
    old = factories.a_source(analyst.desk, name="Old")
    sent = fields(
        span(article, DIED),
        source=str(old.uid),
        source_name="New",
        via=str(old.uid),
        via_name="",
    )
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    claim = Claim.objects.get()
    assert (claim.source.name, claim.via) == ("New", None)


def test_an_incident_is_found_by_its_code(analyst: Person) -> None:
    article = an_article(analyst)
    there = factories.an_incident(analyst.desk)
    for typed in (there.code, str(there)):
        post(analyst, "claim-new", article.uid, fields(span(article, DIED), incident_name=typed))
        assert Claim.objects.latest("id").incident == there


@pytest.mark.parametrize("typed", ["Strikes on", "Something else"])
def test_a_part_of_a_title_asks_which_incident_is_meant(analyst: Person, typed: str) -> None:
    article = an_article(analyst)
    there = factories.an_incident(analyst.desk, title="Strikes on the valley")
    sent = fields(span(article, DIED), incident_name=typed)
    answer = post(analyst, "claim-new", article.uid, sent, htmx=True)
    assert answer.status_code == 422
    assert f"No incident is called just “{typed}”" in errors(answer)["incident_name"]
    assert Incident.objects.count() == 1
    chosen = post(analyst, "claim-new", article.uid, sent | {"incident_choice": "new"})
    assert chosen.status_code == 302
    assert Incident.objects.latest("id").title == typed
    if typed == "Strikes on":
        post(analyst, "claim-new", article.uid, sent | {"incident_choice": str(there.uid)})
        assert Claim.objects.latest("id").incident == there


def test_a_new_incident_takes_the_day_that_the_words_name(analyst: Person) -> None:
    content = "its jets struck the town twice the previous day"
    text = f"The command said on Thursday that {content}."
    article = an_article(analyst, text, language="en", published_on=dt.date(2016, 12, 8))
    opened = get(
        analyst,
        "claim-new",
        article.uid,
        fragment="answers",
        incident="new",
        incident_name="Strikes",
        said_from="2016-12-08",
        spans=span(article, content),
    )
    assert value(opened, "happened_on") == "2016-12-07"
    sent = fields(
        span(article, content),
        incident="new",
        incident_name="Strikes",
        happened_on="2016-12-07",
        happened_at="Valley",
    )
    post(analyst, "claim-new", article.uid, sent)
    made = Incident.objects.get()
    assert (made.code, made.place) == ("20161207-01", "Valley")


def test_an_undated_incident_has_no_made_up_day_in_its_code(analyst: Person) -> None:
    article = an_article(analyst)
    sent = fields(span(article, DIED), incident="new", incident_name="A raid")
    post(analyst, "claim-new", article.uid, sent)
    made = Incident.objects.get()
    assert made.code == "UNDATED-01"
    form = again(get(analyst, "incident-edit", made.uid), "incident-form") | {
        "occurred_from": "2016-12-07"
    }
    post(analyst, "incident-edit", made.uid, form)
    made.refresh_from_db()
    assert made.code == "20161207-01"


def test_a_beginning_of_a_name_asks_which_source_is_meant(analyst: Person) -> None:
    article = an_article(analyst)
    there = factories.a_source(analyst.desk, name="Northern Command")
    sent = fields(span(article, DIED), source_name="Northern")
    answer = post(analyst, "claim-new", article.uid, sent, htmx=True)
    assert "None is called just “Northern”" in errors(answer)["source_name"]
    post(analyst, "claim-new", article.uid, sent | {"source_choice": str(there.uid)})
    assert Claim.objects.latest("id").source == there
    post(analyst, "claim-new", article.uid, sent | {"source": "new"})
    assert Claim.objects.latest("id").source.name == "Northern"


@pytest.mark.parametrize(("answer", "stance"), [("No", "holds"), ("Yes", "rejects")])
def test_a_denial_is_filed_as_it_reads(analyst: Person, answer: str, stance: str) -> None:
    article = an_article(analyst)
    position = factories.a_position(
        factories.a_question(factories.an_incident(analyst.desk)), text=answer
    )
    incident = position.question.incident
    sent = fields(
        span(article, DIED),
        says="denies",
        incident=str(incident.uid),
        incident_name=str(incident),
        position=str(position.uid),
        stance="",
        extent="",
    )
    asked = post(analyst, "claim-new", article.uid, sent, htmx=True)
    assert errors(asked) == {
        "extent": "What is said not to be so may answer fully or in part: say which."
    }
    assert post(analyst, "claim-new", article.uid, sent | {"extent": "in_part"}).status_code == 302
    assert Filing.objects.values_list("stance", "extent").get() == (stance, "in_part")


def test_a_question_and_its_answer_are_made_in_place(analyst: Person) -> None:
    article = an_article(analyst)
    incident = factories.an_incident(analyst.desk)
    sent = fields(
        span(article, HIT),
        incident_name=incident.code,
        new_question="What hit it?",
        new_answer="A strike",
        extent="in_part",
    )
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    (question,) = incident.questions.all()
    filing = Claim.objects.get().filings.get()
    assert (str(filing.position), filing.position.question, filing.extent) == (
        "A strike",
        question,
        "in_part",
    )
    sent["new_answer"] = "A car bomb"
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    assert question.positions.count() == 2
    # What is typed as it stands there already is meant, not made twice.
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    assert question.positions.count() == 2


def test_a_question_without_an_answer_is_named(analyst: Person) -> None:
    article = an_article(analyst)
    incident = factories.an_incident(analyst.desk)
    factories.a_position(factories.a_question(incident, text="What hit it?"))
    gone = factories.a_position(factories.a_question(incident, text="Who saw it?"))
    Position.objects.filter(pk=gone.pk).update(deleted_at=factories.NOON)
    opened = get(
        analyst, "claim-new", article.uid, htmx=True, fragment="answers", incident=incident.uid
    )
    (hint,) = (one for one in select(parsed(opened), ".hint") if "“" in words(one))
    assert words(hint) == "Without an answer yet: “Who saw it?”. Write one below."


def test_a_new_incident_takes_a_new_question(analyst: Person) -> None:
    article = an_article(analyst)
    sent = fields(
        span(article, HIT),
        incident="new",
        incident_name="A raid",
        new_question="Who?",
        new_answer="They",
    )
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    assert Filing.objects.get().position.question.incident.title == "A raid"


@pytest.mark.parametrize("says", ["demand", "evaluative"])
def test_only_a_fact_is_filed(analyst: Person, says: str) -> None:
    article = an_article(analyst)
    position = factories.a_position(factories.a_question(factories.an_incident(analyst.desk)))
    incident = position.question.incident
    sent = fields(
        span(article, HIT),
        says=says,
        incident=str(incident.uid),
        incident_name=str(incident),
        position=str(position.uid),
    )
    before = counts()
    answer = post(analyst, "claim-new", article.uid, sent)
    assert "Only a factual claim can be filed" in errors(answer)[""]
    assert counts() == before
    del sent["position"]
    assert post(analyst, "claim-new", article.uid, sent).status_code == 302
    assert Claim.objects.get().kind == says


@pytest.mark.parametrize(
    ("wrong", "where", "told"),
    [
        ({"spans": ""}, "", "Select the words that say what is claimed."),
        ({"spans": "cue:0-3"}, "", "Select the words that say what is claimed."),
        ({"spans": "content:3-0"}, "", "before the start"),
        ({"spans": "content:4-4"}, "", "Nothing is selected"),
        ({"spans": "content:0-99999"}, "", "outside the text"),
        ({"spans": "content:0-3 content:1234567890-5"}, "", "can't be read"),
        ({"spans": "content:0-3x"}, "", "can't be read"),
        ({"source_name": " "}, "source_name", "Say who says it."),
        ({"source_name": "x" * 201}, "source_name", "at most 200"),
        ({"source": "junk"}, "source_name", "Pick it again"),
        ({"via": "junk", "via_name": "x"}, "via_name", "Pick it again"),
        ({"accused": "junk", "accused_name": "x"}, "accused_name", "Pick it again"),
        ({"incident": "junk", "incident_name": "x"}, "incident_name", "Pick it again"),
        ({"says": "maybe"}, "", "Select a valid choice"),
        ({"position": "junk"}, "position", "Select a valid choice"),
        ({"stance": "junk"}, "stance", "Select a valid choice"),
        ({"extent": "junk"}, "extent", "Select a valid choice"),
        ({"competes": ["junk"]}, "", "That claim is not there."),
        ({"new_answer": "So"}, "new_question", "Say which question"),
        ({"new_question": "Why?"}, "new_answer", "Say what the answer is."),
        ({"new_question": "Why?", "new_answer": "So"}, "", "which incident"),
        ({"said_to": "2016-12-09"}, "said_from", "Give the first day too."),
        ({"said_from": "2016-12-09", "said_to": "2016-12-08"}, "said_to", "before the first"),
        ({"said_from": "yesterday"}, "said_from", "valid date"),
        ({"paraphrase": "a\0b"}, "paraphrase", "Null characters"),
        ({"status": "approved"}, "status", "Select a valid choice"),
        ({"version": "x"}, "", "whole number"),
        ({"figures-TOTAL_FORMS": "x"}, "", "ManagementForm"),
        (figure(low="40", high="30"), "figures-0-high", "below the lower one"),
        (figure(low="-1"), "figures-0-low", "greater than or equal to 0"),
        (figure(low="4294967297"), "figures-0-low", "less than or equal to"),
        (figure(high="9" * 5000), "figures-0-high", "whole number"),
        (figure(low="2.5"), "figures-0-low", "whole number"),
        (figure(), "figures-0-as_stated", "Give a number"),
        (figure(measure="", low="3"), "figures-0-measure", "Say what the number counts."),
    ],
    ids=str,
)
def test_what_is_wrong_is_told_beside_its_field_and_the_rest_is_kept(
    analyst: Person, wrong: dict[str, Any], where: str, told: str
) -> None:
    article = an_article(analyst)
    sent = fields(span(article, HIT), note="my <i>note</i>", translation="tr", said_as_stated="on")
    before = counts()
    answer = post(analyst, "claim-new", article.uid, sent | wrong)
    assert answer.status_code == 422
    assert told in errors(answer).get(where, ""), errors(answer)
    assert counts() == before
    for name in ("note", "translation", "said_as_stated"):
        assert value(answer, name) == sent[name]
    folded = ("said", "figures", "via", "accused", "paraphrase", "status")
    if where.startswith(folded):
        (details,) = select(parsed(answer), f"[name={where}]")[0].xpath("ancestor::details")
        assert details.get("open") is not None


@pytest.mark.parametrize("name", ["source", "via", "accused", "incident", "position", "competes"])
def test_things_of_another_desk_are_as_good_as_unknown(analyst: Person, name: str) -> None:
    def there(desk: Any) -> dict[str, Any]:
        incident = factories.an_incident(desk)
        claim = factories.a_claim(factories.an_article(desk), incident=incident)
        position = factories.a_position(factories.a_question(incident))
        rows = {"position": position, "incident": incident, "competes": claim}
        return rows | dict.fromkeys(("source", "via", "accused"), claim.source)

    foreign = there(factories.a_workspace())[name]
    article = an_article(analyst)
    own = there(analyst.desk)
    sent = fields(
        span(article, HIT), incident=str(own["incident"].uid), incident_name=str(own["incident"])
    )

    def refused(uid: object) -> str:
        called = {f"{name}_name": str(foreign)} if name in ("source", "via", "accused") else {}
        if name == "incident":
            called = {"incident_name": str(foreign)}
        answer = post(analyst, "claim-new", article.uid, sent | {name: str(uid)} | called)
        assert answer.status_code == 422
        (told,) = errors(answer).values()
        return told.replace(str(uid), "")

    before = counts()
    assert refused(foreign.uid) == refused(uuid.uuid4())
    assert counts() == before


def test_nothing_is_half_saved_when_the_last_step_fails(analyst: Person) -> None:
    """Source, incident, question and answer are new; the claim it competes with can't be linked."""
    article = an_article(analyst)
    other = factories.a_claim(article, DIED, incident=factories.an_incident(analyst.desk))
    sent = fields(
        span(article, HIT),
        source_name="Somebody new",
        incident="new",
        incident_name="Something new",
        new_question="Why?",
        new_answer="So",
        competes=[str(other.uid)],
    ) | figure(low="3")
    before = counts()
    answer = post(analyst, "claim-new", article.uid, sent)
    assert "different incidents" in errors(answer)[""]
    assert counts() == before
    article.refresh_from_db()
    assert article.status == "new"
    assert value(answer, "source_name") == "Somebody new"
    assert value(answer, "new_answer") == "So"
    assert value(answer, "figures-0-low") == "3"


def test_a_basis_is_of_contradictions_only(analyst: Person) -> None:
    article = an_article(analyst)
    incident = factories.an_incident(analyst.desk)
    other = factories.a_claim(article, DIED, incident=incident)
    sent = fields(
        span(article, HIT),
        incident_name=incident.code,
        competes=[str(other.uid), str(other.uid)],
        relation="undercuts",
        basis="cause",
    )
    assert errors(post(analyst, "claim-new", article.uid, sent))["basis"] == (
        "Only “contradicts” has one."
    )
    assert post(analyst, "claim-new", article.uid, sent | {"basis": ""}).status_code == 302
    assert Link.objects.get().relation == "undercuts"


# -- spans of the open form ------------------------------------------------------------------


def test_spans_come_and_go_and_nothing_is_saved(analyst: Person) -> None:
    article = an_article(analyst)
    who = TEXT.index("Valley Command")
    sent = fields(span(article, HIT), note="kept", competes=["x"]) | figure(low="40", high="30")
    before = counts()
    added = {"add_role": "source", "add_start": str(who - 1), "add_end": str(who + 14)}
    answer = post(analyst, "claim-new", article.uid, sent | added, htmx=True)
    assert answer.status_code == 200
    assert spans_of(answer) == [
        (SpanRole.SOURCE.label, "Valley Command"),
        (SpanRole.CONTENT.label, HIT),
    ]
    assert value(answer, "note") == "kept"
    # Also what is not right yet.
    assert (value(answer, "figures-0-low"), value(answer, "figures-0-high")) == ("40", "30")
    dropped = again(answer) | {"drop_span": span(article, "Valley Command", "source")}
    answer = post(analyst, "claim-new", article.uid, dropped)
    assert spans_of(answer) == [(SpanRole.CONTENT.label, HIT)]
    assert counts() == before


@pytest.mark.parametrize(
    "added",
    [
        {"add_start": "5", "add_end": "2"},
        {"add_start": "70", "add_end": "71"},
        {"add_start": "0", "add_end": "99999"},
        {"add_start": "0", "add_end": "3", "add_role": "junk"},
        {},
    ],
)
def test_what_can_not_be_added_is_told(analyst: Person, added: dict[str, str]) -> None:
    article = an_article(analyst)
    sent = fields(span(article, HIT)) | {"add_role": "cue"} | added
    answer = post(analyst, "claim-new", article.uid, sent, htmx=True)
    assert "nothing was added" in words(parsed(answer))
    assert spans_of(answer) == [(SpanRole.CONTENT.label, HIT)]


def test_a_shown_form_with_spans_outside_the_text_still_opens(analyst: Person) -> None:
    sent = fields("content:0-3 cue:5-99999", drop_span="cue:1-2")
    answer = post(analyst, "claim-new", an_article(analyst).uid, sent)
    assert spans_of(answer) == [(SpanRole.CONTENT.label, "The")]


def test_who_answers_otherwise_is_offered_first_and_typing_finds_the_rest(
    analyst: Person,
) -> None:
    article = an_article(analyst)
    incident = factories.an_incident(analyst.desk)
    question = factories.a_question(incident)
    bomb, strike = (factories.a_position(question, text=text) for text in ("A bomb", "A strike"))
    rival = factories.a_claim(article, DIED, incident=incident)
    factories.a_filing(rival, strike)
    agrees = factories.a_claim(article, DIED, incident=incident)
    factories.a_filing(agrees, bomb)
    for _ in range(8):
        factories.a_claim(article, HIT, incident=incident)

    def offered(**sent: Any) -> tuple[list[str], str]:
        query: dict[str, Any] = {"fragment": "rivals", "incident": incident.uid}
        query["incident_name"] = str(incident)
        page = parsed(get(analyst, "claim-new", article.uid, **query | sent))
        boxes = select(page, "[name=competes]")
        return [one.get("value") for one in boxes], words(page)

    rows, told = offered(position=bomb.uid)
    assert (rows[0], len(rows)) == (str(rival.uid), 6)
    assert str(agrees.uid) not in rows
    assert "And more: type to find them." in told
    rows, told = offered(position=bomb.uid, rivals_q="people died", competes=[str(agrees.uid), "x"])
    assert rows == [str(agrees.uid), str(rival.uid)]
    assert "And more" not in told
    assert offered(rivals_q="nobody") == ([], "No other claim holds these words.")


def test_candidates_fold_repeats(analyst: Person) -> None:
    article = an_article(analyst)
    incident = factories.an_incident(analyst.desk)
    first = factories.a_claim(article, DIED, incident=incident)
    again_ = factories.a_claim(an_article(analyst), DIED, incident=incident, source=first.source)
    factories.a_link(again_, Relation.RESTATES, first)
    answer = get(analyst, "claim-new", article.uid, fragment="answers", incident=incident.uid)
    offered = [box.get("value") for box in select(parsed(answer), "[name=competes]")]
    assert offered == [str(first.uid)]


def test_the_form_survives_hostile_text(analyst: Person) -> None:
    evil = "<script>alert(1)</script>\"'&"
    article = an_article(analyst, f"{evil} said so.", title=evil)
    incident = factories.an_incident(analyst.desk, title=evil)
    factories.a_claim(
        article, evil, incident=incident, source=factories.a_source(analyst.desk, name=evil)
    )
    sent = fields(
        span(article, evil),
        source_name="",
        incident_name=incident.code,
        note=evil,
        new_question=evil,
        new_answer=evil,
    )
    answer = post(analyst, "claim-new", article.uid, sent)
    assert "<script>alert" not in answer.content.decode()
    assert value(answer, "new_question") == evil
    assert value(answer, "note") == evil
    assert [said for _, said in spans_of(answer)] == [evil]


def test_the_address_of_the_form_is_the_articles(analyst: Person) -> None:
    article = an_article(analyst)
    answer = get(analyst, "claim-new", article.uid, quote=DIED)
    (form,) = select(parsed(answer), "#claim-form")
    assert form.get("action") == form.get("data-span-url") == at(analyst, "claim-new", article.uid)
    assert value(answer, "says") == Polarity.ASSERTS.value


def test_a_source_is_known_by_its_other_names(analyst: Person) -> None:
    command = factories.a_source(analyst.desk, name="Joint Task Force")
    for name in ("Valley Command", "JTF"):
        command.aliases.create(workspace=analyst.desk, name=name)
    other = factories.a_source(analyst.desk, name="Medic", article=an_article(analyst))
    other.aliases.create(workspace=analyst.desk, name="The Valley Command")
    article = an_article(analyst, language="en")
    answer = get(analyst, "claim-new", article.uid, quote=HIT)
    assert value(answer, "source") == str(command.uid)
