"""Sources: listed, found while typing, kept right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Change, Source
from claims.records import Polarity, Speech
from claims.views.paging import SIZE
from claims.views.source_pick import MOST
from tests import factories
from tests.pages.conftest import Person, World

pytestmark = pytest.mark.one_database


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def get(person: Person, name: str, /, *args: object, **query: Any) -> Any:
    return person.client.get(at(person, name, *args), query)


def post(person: Person, name: str, /, *args: object, **data: object) -> Any:
    return person.client.post(at(person, name, *args), data)


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def form_of(answer: Any, **changes: object) -> dict[str, object]:
    form = answer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if v is None else v for name, v in values.items()} | changes


def a_source(person: Person, name: str, *aliases: str, **fields: object) -> Source:
    source = factories.a_source(person.desk, name=name, **fields)
    for alias in aliases:
        source.aliases.create(workspace=person.desk, name=alias)
    return source


def names(answer: Any) -> list[str]:
    return [source.name for source in answer.context["page"].rows]


def picked(answer: Any) -> list[tuple[str, str]]:
    """The sources offered, each with the alias that fits."""
    return [(option.source.name, option.alias) for option in answer.context["options"]]


# -- the list -----------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(analyst: Person, viewer: Person) -> None:
    assert at(analyst, "source-new") in get(analyst, "sources").content.decode()
    assert at(viewer, "source-new") not in get(viewer, "sources").content.decode()


def test_sources_stand_by_name_with_their_claims(viewer: Person) -> None:
    article = factories.an_article(viewer.desk, title="Strike near the river")
    for name in ("zeta", "Émile", "amaq"):
        a_source(viewer, name)
    unnamed = a_source(viewer, "a medic", article=article)
    a_source(viewer, "gone", deleted_at=factories.NOON)
    factories.a_claim(article, source=unnamed)
    factories.a_claim(article, source=unnamed, deleted_at=factories.NOON)
    answer = get(viewer, "sources")
    assert names(answer) == ["a medic", "amaq", "Émile", "zeta"]
    assert [source.claim_count for source in answer.context["page"].rows] == [1, 0, 0, 0]
    assert "Strike near the river" in answer.content.decode().split("unnamed, in")[1]


def test_eleven_rows_cost_as_many_queries_as_one(viewer: Person) -> None:
    def one_more() -> None:
        article = factories.an_article(viewer.desk)
        source = a_source(
            viewer,
            "A name",
            "An alias",
            "Another",
            article=article,
            side=factories.a_side(viewer.desk),
            affiliation=factories.a_source(viewer.desk),
        )
        factories.a_claim(article, source=source)

    one_more()
    one = queries(lambda: get(viewer, "sources"))
    for _ in range(10):
        one_more()
    assert queries(lambda: get(viewer, "sources")) == one


def test_a_long_list_comes_in_pages(viewer: Person) -> None:
    expected = [a_source(viewer, f"Source {n:03}").name for n in range(SIZE + 2)]
    first = get(viewer, "sources")
    assert names(first) == expected[:SIZE]
    after = first.context["page"].next_token
    assert names(get(viewer, "sources", after=after)) == expected[SIZE:]


def test_filters(viewer: Person) -> None:
    side = factories.a_side(viewer.desk)
    article = factories.an_article(viewer.desk)
    a_source(viewer, "Ministère", "MoD", side=side, kind="state_body")
    a_source(viewer, "a medic", article=article)
    assert names(get(viewer, "sources", q="MINISTERE")) == ["Ministère"]
    assert names(get(viewer, "sources", q="mod")) == ["Ministère"]
    assert names(get(viewer, "sources", side=side.uid)) == ["Ministère"]
    assert names(get(viewer, "sources", kind="state_body")) == ["Ministère"]
    assert names(get(viewer, "sources", named="yes")) == ["Ministère"]
    assert names(get(viewer, "sources", named="no")) == ["a medic"]


@pytest.mark.parametrize(
    "query",
    [{"side": "x"}, {"kind": "x"}, {"named": "x"}, {"q": "x\0"}, {"q": "nobody"}],
)
def test_a_filter_for_what_is_not_there_finds_nothing(
    viewer: Person, query: dict[str, str]
) -> None:
    a_source(viewer, "Amaq")
    answer = get(viewer, "sources", **query)
    assert names(answer) == []
    assert "No source fits" in answer.content.decode()


def test_the_side_of_another_desk_is_no_filter(viewer: Person) -> None:
    theirs = factories.a_side(factories.a_workspace(), name="Secret side")
    a_source(viewer, "Amaq")
    answer = get(viewer, "sources", side=theirs.uid)
    assert names(answer) == []
    assert "Secret side" not in answer.content.decode()


# -- one source ---------------------------------------------------------------------------------


def test_a_source_shows_what_it_says_by_incident(viewer: Person) -> None:
    article = factories.an_article(viewer.desk, "It was hit. It was not hit.")
    source = a_source(viewer, "Amaq", "Amaq Agency", note="An outlet.")
    first, second = (factories.an_incident(viewer.desk) for _ in "ab")
    for incident in (second, None, first, second):
        factories.a_claim(article, "It was hit.", source=source, incident=incident)
    answer = get(viewer, "source", source.uid)
    groups = answer.context["page"].groups
    found = [(group.incident, len(group.rows)) for group in groups]
    assert found == [(first, 1), (second, 2), (None, 1)]
    html = answer.content.decode()
    assert html.index(first.title) < html.index(second.title) < html.index("About no incident")
    assert "Amaq Agency" in html
    assert "An outlet." in html
    assert f"#claim-{groups[0].rows[0].claim.uid}" in html


def test_quotation_marks_stand_around_direct_speech_only(viewer: Person) -> None:
    publisher = a_source(viewer, "Example Wire")
    article = factories.an_article(viewer.desk, "It was hit. It was not hit.", publisher=publisher)
    source = a_source(viewer, "Amaq")
    direct, indirect = Speech.DIRECT.value, Speech.INDIRECT.value
    factories.a_claim(article, "It was hit.", source=source, speech=direct)
    denial = Polarity.DENIES.value
    factories.a_claim(article, "It was not hit.", source=source, speech=indirect, polarity=denial)
    html = get(viewer, "source", source.uid).content.decode()
    assert html.count("<q ") == 1
    assert "It was hit." in html.split("<q ")[1].split("</q>")[0]
    assert "as reported by Example Wire" in html
    assert "says it is not so" in html


def test_without_claims_it_is_never_called_silent(viewer: Person) -> None:
    html = get(viewer, "source", a_source(viewer, "Amaq").uid).content.decode()
    assert "No claim recorded." in html
    assert "silent" not in html


def test_affiliates_and_published_articles_are_listed(viewer: Person) -> None:
    source = a_source(viewer, "Ministry")
    a_source(viewer, "Press office", affiliation=source)
    factories.an_article(viewer.desk, title="A statement", publisher=source)
    factories.an_article(viewer.desk, title="Gone", publisher=source, deleted_at=factories.NOON)
    html = get(viewer, "source", source.uid).content.decode()
    assert "Press office" in html
    assert "A statement" in html
    assert "Gone" not in html
    assert "?publisher=Ministry" in html


def test_eleven_claims_cost_as_many_queries_as_one(viewer: Person) -> None:
    source = a_source(viewer, "Amaq", "Alias")

    def one_more() -> None:
        article = factories.an_article(viewer.desk, publisher=a_source(viewer, "Wire"))
        incident = factories.an_incident(viewer.desk)
        factories.a_claim(article, source=source, incident=incident)
        a_source(viewer, "Part", affiliation=source, side=factories.a_side(viewer.desk))
        factories.an_article(viewer.desk, publisher=source)

    one_more()
    one = queries(lambda: get(viewer, "source", source.uid))
    for _ in range(10):
        one_more()
    assert queries(lambda: get(viewer, "source", source.uid)) == one


# -- adding and editing -------------------------------------------------------------------------


def test_a_source_is_added_with_its_aliases(analyst: Person) -> None:
    side = factories.a_side(analyst.desk)
    group = a_source(analyst, "Islamic State", "Daesh")
    answer = post(
        analyst,
        "source-new",
        name="Amaq",
        kind="media",
        side=side.uid,
        affiliation_name="daesh",
        aliases="Amaq Agency\r\n\r\n  أعماق \r\n",
    )
    source = Source.objects.get(name="Amaq")
    assert answer.url == source.get_absolute_url()
    assert (source.kind, source.side, source.affiliation) == ("media", side, group)
    assert {alias.name for alias in source.aliases.all()} == {"Amaq Agency", "أعماق"}
    assert Change.objects.get().action == "source.create"


def test_two_sources_may_share_an_alias(analyst: Person) -> None:
    for name in ("Ministry of Defence (Iraq)", "Ministry of Defence (UK)"):
        answer = post(analyst, "source-new", name=name, kind="state_body", aliases="MoD")
        assert answer.status_code == 302
    assert picked(get(analyst, "source-pick", q="mod")) == [
        ("Ministry of Defence (Iraq)", "MoD"),
        ("Ministry of Defence (UK)", "MoD"),
    ]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"kind": "planet"}, "kind"),
        ({"side": "018f0000-0000-7000-8000-000000000000"}, "side"),
        ({"affiliation_name": "Nobody known"}, "affiliation_name"),
        ({"aliases": "y" * 201}, "aliases"),
        ({"aliases": "\n".join(map(str, range(101)))}, "aliases"),
    ],
)
def test_a_bad_value_stays_beside_its_field(
    analyst: Person, data: dict[str, str], field: str
) -> None:
    values = {"name": "Amaq", "kind": "media", "note": "Kept"} | data
    answer = post(analyst, "source-new", **values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Kept" in answer.content.decode()
    assert not Source.objects.exists()


def test_an_ambiguous_affiliation_is_a_choice(analyst: Person) -> None:
    one = a_source(analyst, "Ministry of Defence (Iraq)", "MoD", kind="state_body")
    a_source(analyst, "Ministry of Defence (UK)", "MoD", kind="state_body")
    data = {"name": "Spokesman", "kind": "person", "affiliation_name": "MoD"}
    answer = post(analyst, "source-new", **data)
    assert answer.status_code == 422
    assert f'name="affiliation_choice" value="{one.uid}"' in answer.content.decode()
    assert post(analyst, "source-new", **data, affiliation_choice=one.uid).status_code == 302
    assert Source.objects.get(name="Spokesman").affiliation == one


def test_a_source_cannot_belong_to_itself_by_way_of_others(analyst: Person) -> None:
    top = a_source(analyst, "Top")
    a_source(analyst, "Below", affiliation=top)
    page = get(analyst, "source-edit", top.uid)
    answer = post(analyst, "source-edit", top.uid, **form_of(page, affiliation_name="Below"))
    assert answer.status_code == 422
    assert "would belong to itself" in answer.content.decode()


def test_editing_sets_the_whole_list_of_aliases(analyst: Person) -> None:
    source = a_source(analyst, "Amaq", "Old", "Stays")
    page = get(analyst, "source-edit", source.uid)
    assert form_of(page)["aliases"] == "Old\nStays"
    post(analyst, "source-edit", source.uid, **form_of(page, aliases="Stays\nNew"))
    assert {alias.name for alias in source.aliases.all()} == {"Stays", "New"}


def test_an_unnamed_source_can_be_given_a_name(analyst: Person) -> None:
    source = a_source(analyst, "a medic", article=factories.an_article(analyst.desk))
    page = get(analyst, "source-edit", source.uid)
    data = {key: value for key, value in form_of(page).items() if key != "named"}
    post(analyst, "source-edit", source.uid, **data | {"note": "Seen once."})
    source.refresh_from_db()
    assert (source.named, source.note) == (False, "Seen once.")
    page = get(analyst, "source-edit", source.uid)
    post(analyst, "source-edit", source.uid, **form_of(page, name="Dr Salim", named="on"))
    source.refresh_from_db()
    assert (source.name, source.named, source.article) == ("Dr Salim", True, None)


def test_what_somebody_else_changed_is_shown_beside_mine(analyst: Person, reviewer: Person) -> None:
    source = a_source(analyst, "Amaq", "Agency", kind="media")
    mine = form_of(get(analyst, "source-edit", source.uid), note="Mine", aliases="Agency\nOurs")
    theirs = form_of(get(reviewer, "source-edit", source.uid), kind="armed_group")
    assert post(reviewer, "source-edit", source.uid, **theirs).status_code == 302
    answer = post(analyst, "source-edit", source.uid, **mine)
    assert answer.status_code == 409
    assert {tuple(row) for row in answer.context["rows"]} == {
        ("Kind", "armed group", "media"),
        ("Also called", "Agency", "Agency, Ours"),
        ("Note", "(nothing)", "Mine"),
    }
    assert Source.objects.get(pk=source.pk).kind == "armed_group"
    assert post(analyst, "source-edit", source.uid, **form_of(answer)).status_code == 302
    source.refresh_from_db()
    assert (source.kind, source.note) == ("media", "Mine")


# -- deleting -----------------------------------------------------------------------------------


def test_an_unused_source_is_deleted_and_can_be_undone(analyst: Person) -> None:
    source = a_source(analyst, "Amaq")
    answer = post(analyst, "source-delete", source.uid, version=1)
    assert answer.url == at(analyst, "sources")
    assert 'form="undo-form"' in analyst.client.get(answer.url).content.decode()
    assert not Source.objects.kept().exists()


def test_a_source_in_use_stays(analyst: Person, world: World) -> None:
    answer = post(analyst, "source-delete", world.source.uid, version=1)
    assert answer.url == world.source.get_absolute_url()
    assert "still says something here" in analyst.client.get(answer.url).content.decode()
    assert Source.objects.kept().filter(pk=world.source.pk).exists()


def test_a_stale_delete_deletes_nothing(analyst: Person) -> None:
    source = a_source(analyst, "Amaq")
    answer = post(analyst, "source-delete", source.uid, version=7)
    assert "changed by somebody else" in analyst.client.get(answer.url).content.decode()
    assert Source.objects.kept().exists()


# -- picking ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("joint operations command", ("Joint Operations Command", "")),
        ("joint", ("Joint Operations Command", "")),
        ("command", ("Joint Operations Command", "")),
        ("joc", ("Joint Operations Command", "JOC")),
        ("jint operatons comand", ("Joint Operations Command", "")),
        ("jabori", ("Salim al-Jabouri", "")),
        ("Speeker of parlament", ("Salim al-Jabouri", "Speaker of parliament")),
        ("سليم", ("Salim al-Jabouri", "سليم الجبوري")),
        ("EMILE", ("Émile Zola", "")),
    ],
)
def test_a_name_is_found_by_typing(viewer: Person, typed: str, found: tuple[str, str]) -> None:
    a_source(viewer, "Joint Operations Command", "JOC")
    a_source(viewer, "Salim al-Jabouri", "Speaker of parliament", "سليم الجبوري")
    a_source(viewer, "Émile Zola")
    a_source(viewer, "Amaq")
    assert picked(get(viewer, "source-pick", q=typed))[0] == found


def test_what_is_called_so_stands_before_what_begins_so_before_what_holds_it(
    viewer: Person,
) -> None:
    for name in ("The army group", "Army press office", "Farmyarmy", "army"):
        a_source(viewer, name)
    found = [name for name, _ in picked(get(viewer, "source-pick", q="Army"))]
    assert found == ["army", "Army press office", "The army group", "Farmyarmy"]


def test_nothing_like_it_is_nothing(viewer: Person) -> None:
    a_source(viewer, "Joint Operations Command")
    assert picked(get(viewer, "source-pick", q="Zebra")) == []


def test_unnamed_sources_are_offered_in_their_own_article_only(viewer: Person) -> None:
    own, other = (factories.an_article(viewer.desk) for _ in "ab")
    medic = a_source(viewer, "a medic", "the doctor", article=own)
    a_source(viewer, "a medic", "the doctor", article=other)
    for typed in ("medic", "doctor", "a medik", ""):
        assert picked(get(viewer, "source-pick", q=typed)) == []
        found = get(viewer, "source-pick", q=typed, article=own.uid).context["options"]
        assert [option.source for option in found] == [medic]


def test_with_nothing_typed_the_articles_own_voices_come_first(viewer: Person) -> None:
    wire = a_source(viewer, "Wire")
    article = factories.an_article(viewer.desk, publisher=wire)
    speaker = a_source(viewer, "Speaker")
    factories.a_claim(article, source=speaker)
    a_source(viewer, "Amaq")
    found = [name for name, _ in picked(get(viewer, "source-pick", article=article.uid))]
    assert found == ["Wire", "Speaker", "Amaq"]


def test_no_more_than_a_dozen_and_creating_comes_last(analyst: Person, viewer: Person) -> None:
    for number in range(MOST + 5):
        a_source(analyst, f"Source {number}")
    html = get(analyst, "source-pick", q="source").content.decode()
    options = html.split("<li ")[1:]
    assert len(options) == MOST + 1
    assert "data-new" in options[-1]
    assert "Create “source”" in options[-1]
    assert "data-new" not in get(viewer, "source-pick", q="source").content.decode()
    assert "data-new" not in get(analyst, "source-pick", q="Source 3").content.decode()


def test_an_option_says_who_it_is(viewer: Person) -> None:
    side = factories.a_side(viewer.desk, name="Government", color=3)
    source = a_source(viewer, "Ministry", "MoD", kind="state_body", side=side)
    html = get(viewer, "source-pick", q="mod").content.decode()
    for part in ('class="s3"', f'data-value="{source.uid}"', 'data-label="Ministry"'):
        assert part in html
    assert "state body · Government" in html
    assert "“MoD”" in html


def test_picking_costs_the_same_for_one_and_many(viewer: Person) -> None:
    side = factories.a_side(viewer.desk)
    a_source(viewer, "Karbouli 0", "Al-Karbouli", side=side)
    assert picked(get(viewer, "source-pick", q="karbuli")) == [("Karbouli 0", "")]
    one = queries(lambda: get(viewer, "source-pick", q="karbuli"))
    for number in range(1, 11):
        a_source(viewer, f"Karbouli {number}", f"MP Karbouli {number}", side=side)
    assert queries(lambda: get(viewer, "source-pick", q="karbuli")) == one


def test_deleted_and_foreign_sources_are_not_offered(viewer: Person) -> None:
    a_source(viewer, "Amaq", "Agency", deleted_at=factories.NOON)
    theirs = factories.a_source(factories.a_workspace(), name="Amaq")
    theirs.aliases.create(workspace=theirs.workspace, name="Agency")
    for typed in ("Amaq", "Agency", "Amaqq", ""):
        assert picked(get(viewer, "source-pick", q=typed)) == []


@pytest.mark.parametrize("uid", ["x", "018f0000-0000-7000-8000-000000000000"])
def test_an_article_that_is_not_there_has_no_sources(viewer: Person, uid: str) -> None:
    assert get(viewer, "source-pick", q="a", article=uid).status_code == 404


# -- whose --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["source", "source-edit", "source-delete"])
def test_another_desks_source_is_not_there(analyst: Person, outsider: Person, name: str) -> None:
    theirs = factories.a_source(factories.a_workspace())
    mine = a_source(analyst, "Amaq")
    for person, source in ((analyst, theirs), (outsider, mine)):
        ask = post if name == "source-delete" else get
        assert ask(person, name, source.uid).status_code == 404


def test_an_affiliation_of_another_desk_is_not_there(analyst: Person) -> None:
    theirs = factories.a_source(factories.a_workspace(), name="Secret")
    answer = post(
        analyst,
        "source-new",
        name="Amaq",
        kind="media",
        affiliation=theirs.uid,
        affiliation_name="Secret",
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["affiliation_name"]


def test_a_viewer_changes_nothing(viewer: Person, world: World) -> None:
    assert get(viewer, "source-new").status_code == 403
    assert get(viewer, "source-edit", world.source.uid).status_code == 403
    assert post(viewer, "source-delete", world.source.uid, version=1).status_code == 403
