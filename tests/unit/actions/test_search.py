from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.actions import article as articles
from claims.actions import claim as claims
from claims.actions import incident as incidents
from claims.actions import search, source, undo
from claims.actions.journal import Actor
from claims.actions.link import FilingInput
from claims.actions.spans import SpanInput
from claims.models import Article, SearchDocument, Source
from claims.models.matching import matches
from claims.records import ClaimStatus, Role, SpanRole
from claims.searching.facets import Filter
from claims.searching.query import parse
from tests import factories
from tests.unit.actions.searched import assert_is_up_to_date, documents

TEXT = "Officials said dozens were killed.\n\nA medic in Al-Qāʼim said: “It was a market.”"
KILLED = SpanInput(SpanRole.CONTENT, TEXT.index("dozens"), TEXT.index("killed") + 6)
OFFICIALS = SpanInput(SpanRole.SOURCE, 0, 9)
MARKET = SpanInput(SpanRole.CONTENT, TEXT.index("It was"), TEXT.index("market") + 6)


@pytest.fixture
def actor(db: None) -> Actor:
    desk = factories.a_workspace()
    return Actor(desk, factories.a_membership(desk, role=Role.REVIEWER).user)


@pytest.fixture
def article(actor: Actor) -> Article:
    return brought_in(actor, TEXT, title="Strike on Qaim")


def brought_in(actor: Actor, text: str, **values: Any) -> Article:
    upload = articles.keep_upload(actor, "a.txt", "text/plain", text.encode())
    return articles.freeze(actor, upload, text, "utf-8", values)


def a_source(actor: Actor, name: str, aliases: tuple[str, ...] = (), **values: Any) -> Source:
    return source.create(actor, {"name": name, **values}, aliases)


def found(actor: Actor, typed: str, **only: Any) -> list[str]:
    """What is found, in order: the noun and the id of each."""
    ids = matches(parse(typed), Filter(actor.workspace.pk, **only)).ids
    rows = SearchDocument.objects.in_bulk(ids)
    return [str(rows[pk]) for pk in ids]


def called(row: Any) -> str:
    return f"{row._meta.model_name} {row.pk}"


def test_a_claim_is_found_by_each_of_its_words(actor: Actor, article: Article) -> None:
    claim = claims.create(
        actor,
        article,
        {
            "source": a_source(actor, "Ministry"),
            "paraphrase": "Many civilians lost their lives",
            "translation": "Des dizaines de morts à l’hôpital",
            "note": "Compare with the morgue",
        },
        [KILLED, OFFICIALS],
    )
    for typed in (
        "dozens",
        '"dozens were killed"',
        "officials dozens ",
        "civil",
        "hopital",
        "morgue",
    ):
        assert called(claim) in found(actor, typed), typed
    for typed in ("dozen ", '"killed dozens"', "ministry claim ", '"killed officials"'):
        assert called(claim) not in found(actor, typed), typed


def test_an_article_is_found_by_title_and_text(actor: Actor, article: Article) -> None:
    for typed in ("strike", "al-qaim", "Al-Qāʼim", "medic killed ", '"a medic in"'):
        assert found(actor, typed) == [called(article)], typed
    articles.edit(actor, article, article.version, {"title": "Raid on a town"})
    assert found(actor, "raid") == [called(article)]
    assert found(actor, "strike") == []


def test_a_source_is_found_by_name_and_alias(actor: Actor) -> None:
    one = a_source(actor, "Министерство обороны", ("МО РФ", "MoD"))
    assert found(actor, "минист") == found(actor, "mod ") == found(actor, "мо рф ") == [called(one)]
    source.edit(actor, one, one.version, {"name": "وزارة الدفاع"}, ["الوزارة"])
    assert found(actor, "وزاره") == found(actor, "الوزاره ") == [called(one)]
    assert found(actor, "mod ") == []


def test_an_incident_is_found_by_code_title_place_and_summary(actor: Actor) -> None:
    made = incidents.create(
        actor,
        {"code": "IQ-20161207-01", "title": "Raid", "place": "Al-Qaʼim", "summary": "Two strikes"},
    )
    for typed in ("iq-20161207-01", "20161207", "raid", "qaim ", "strikes"):
        assert found(actor, typed) == [called(made)], typed


def test_what_is_deleted_vanishes_and_undo_brings_it_back(actor: Actor, article: Article) -> None:
    claim = claims.create(actor, article, {"source": a_source(actor, "A")}, [MARKET])
    assert called(claim) in found(actor, '"it was a market"')
    claims.delete(actor, claim, claim.version)
    assert called(claim) not in found(actor, "market")
    latest = undo.latest(actor)
    assert latest is not None
    undo.undo(actor, latest)
    assert called(claim) in found(actor, '"it was a market"')
    assert_is_up_to_date()


def test_other_words_and_undo(actor: Actor, article: Article) -> None:
    claim = claims.create(actor, article, {"source": a_source(actor, "A")}, [MARKET])
    claims.edit(actor, claim, claim.version, {}, spans=[KILLED])
    assert called(claim) in found(actor, "dozens", noun="claim")
    assert found(actor, "market", noun="claim") == []
    latest = undo.latest(actor)
    assert latest is not None
    undo.undo(actor, latest)
    assert found(actor, "market", noun="claim") == [called(claim)]
    assert_is_up_to_date()


def test_the_head_counts_for_more(actor: Actor) -> None:
    ids = [
        incidents.create(actor, {"title": "One", "summary": "market market market"}),
        incidents.create(actor, {"title": "Market", "summary": "nothing"}),
        incidents.create(actor, {"title": "Two", "summary": "a word and a market and more words"}),
    ]
    assert found(actor, "market ")[0] == called(ids[1])
    assert len(found(actor, "market ")) == 3


def test_facets_narrow(actor: Actor, article: Article) -> None:
    side = factories.a_side(actor.workspace)
    other = factories.a_side(actor.workspace)
    speaker = a_source(actor, "Speaker", side=side)
    incident = incidents.create(
        actor, {"title": "Raid", "occurred_from": dt.datetime(2016, 12, 7, tzinfo=dt.UTC)}
    )
    values = {"source": speaker, "incident": incident, "said_from": dt.date(2016, 12, 8)}
    claim = claims.create(actor, article, values, [KILLED])
    for only in (
        {"noun": "claim", "source": speaker.pk},
        {"noun": "claim", "side": side.pk},
        {"noun": "claim", "incident": incident.pk},
        {"annotator": actor.user.pk},
        {"kind": "factual"},
        {"state": "undisputed"},
        {"noun": "claim", "since": dt.date(2016, 12, 8)},
        {"noun": "claim", "until": dt.date(2016, 12, 8)},
        {"noun": "claim", "since": dt.date(1, 1, 2), "until": dt.date(9999, 12, 30)},
    ):
        assert found(actor, "", **only) == found(actor, "killed", **only) == [called(claim)], only
    for nothing in (
        {"side": other.pk},
        {"state": "disputed"},
        {"noun": "claim", "since": dt.date(2016, 12, 9)},
        {"kind": "demand"},
        {"since": dt.date(2016, 12, 9), "until": dt.date(2016, 12, 8)},
    ):
        assert found(actor, "", **nothing) == [], nothing
    assert found(actor, "", since=dt.date(2016, 12, 7), until=dt.date(2016, 12, 7)) == [
        called(incident)
    ]
    # What a source says moves with it to another side.
    source.edit(actor, speaker, speaker.version, {"side": other})
    assert found(actor, "killed", side=other.pk) == [called(claim)]
    assert found(actor, "", side=side.pk) == []
    assert_is_up_to_date()


def test_a_dispute_shows_on_all_that_it_makes_disputed(actor: Actor, article: Article) -> None:
    incident = incidents.create(actor, {"title": "Raid"})
    question = incidents.add_question(actor, incident, {"text": "What?"}, ["A", "B"])
    first, second = question.positions.order_by("id")
    made = [
        claims.create(
            actor,
            article,
            {"source": a_source(actor, f"S{n}"), "incident": incident},
            [KILLED],
            filings=[FilingInput(position)],
        )
        for n, position in enumerate((first, second))
    ]
    disputed = found(actor, "", state="disputed")
    assert sorted(disputed) == sorted([called(incident), *map(called, made)])
    claims.set_status(actor, made[0], made[0].version, ClaimStatus.WITHDRAWN)
    assert found(actor, "", state="disputed") == []
    assert found(actor, "", state="withdrawn") == [called(made[0])]
    assert found(actor, "", state="uncorroborated") == [called(incident)]
    assert_is_up_to_date()


def test_another_desk_is_another_world(actor: Actor, article: Article) -> None:
    other = factories.a_workspace()
    assert matches(parse("strike"), Filter(other.pk)).ids == []
    assert found(actor, "strike") == [called(article)]


def test_a_long_article_is_found_in_all_of_its_parts(actor: Actor) -> None:
    lines = [f"{'word ' * 3_000}line{n}" for n in range(4)]
    article = brought_in(actor, "\n".join(lines), title="Long")
    rows = list(SearchDocument.objects.order_by("part").values_list("part", "line"))
    assert rows == [(0, 1), (1, 2), (2, 3), (3, 4)]
    for number in range(4):
        assert found(actor, f"word line{number} ") == [called(article)]
    assert found(actor, "line0 line3 ") == []
    articles.delete(actor, Article.objects.get(), article.version)
    assert not SearchDocument.objects.exists()


def test_the_longest_words_of_four_bytes_fit(actor: Actor) -> None:
    words = [chr(0x10400 + n // 40) * 20 + chr(0x10400 + n % 40) * 40 for n in range(1_500)]
    article = brought_in(actor, " ".join(words * 4), title="Deseret")
    assert called(article) in found(actor, words[7])


def test_reindex_makes_all_of_it_anew(actor: Actor, article: Article) -> None:
    claims.create(actor, article, {"source": a_source(actor, "A")}, [KILLED])
    before = documents()
    SearchDocument.objects.filter(noun="claim").update(head="wrong")
    SearchDocument.objects.filter(noun="article").delete()
    SearchDocument.objects.create(workspace=actor.workspace, noun="claim", object_id=10**9)
    heard: list[tuple[str, int]] = []
    search.rebuild(done=lambda noun, count: heard.append((noun.value, count)))
    assert documents() == before
    assert heard == [("source", 1), ("article", 1), ("claim", 1)]


def test_rows_that_were_made_past_the_acts_are_taken_in(actor: Actor) -> None:
    article = factories.an_article(actor.workspace)
    claim = factories.a_claim(article)
    incident = factories.an_incident(actor.workspace)
    assert not SearchDocument.objects.exists()
    touched = search.Touched()
    for row in (article, article.revisions.get(), claim, claim.spans.get(), incident, claim.source):
        touched.note(row)
    touched.note(factories.a_question(incident))
    search.refresh(touched, [incident.pk])
    assert SearchDocument.objects.count() == 4
    assert_is_up_to_date()


ODD = st.text(st.sampled_from("\"“*()'\\:^-+{}&|!<>=%_$;#@~\0 abAND ORNEARNOT\n\té😀ه"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text() | ODD)
def test_no_query_is_refused(actor: Actor, typed: str) -> None:
    matches(parse(typed), Filter(actor.workspace.pk))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(max_size=80) | ODD)
def test_every_word_of_a_text_finds_it(actor: Actor, text: str) -> None:
    incident = factories.an_incident(actor.workspace, summary=text.replace("\0", " "))
    touched = search.Touched()
    touched.note(incident)
    search.refresh(touched)
    for term in parse(text + " ").terms:
        for word in term.words:
            assert called(incident) in found(actor, f"{word} ", incident=incident.pk)
    # A term is a run of words of one text, so all of it is found as typed, too.
    if not parse(text).left_out:
        assert called(incident) in found(actor, text, incident=incident.pk)


def test_the_command_says_what_it_indexed(actor: Actor, article: Article) -> None:
    SearchDocument.objects.all().delete()
    said = StringIO()
    call_command("reindex", verbosity=2, stdout=said)
    assert said.getvalue() == "1 articles\nIndexed: 1 articles.\n"
    assert called(article) in found(actor, "strike")
    Article.objects.update(deleted_at=factories.NOON)
    call_command("reindex", stdout=said)
    assert found(actor, "strike") == []


def test_the_command_on_an_empty_site(db: None) -> None:
    said = StringIO()
    call_command("reindex", stdout=said)
    assert said.getvalue() == "Indexed: nothing is there yet.\n"
