"""The list of articles, their details, and their original files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Article, ParagraphRead
from claims.views.paging import SIZE
from tests import factories
from tests.pages.conftest import Person, World
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def get(person: Person, name: str, *args: object, **query: Any) -> Any:
    return person.client.get(at(person, name, *args), query)


def queries(ask: Callable[[], object]) -> int:
    caches["here"].clear()
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def listed(answer: Any) -> list[str]:
    return [row.article.title for row in answer.context["page"].rows]


def a_full_article(person: Person, number: int) -> Article:
    """With all that a row of the list shows."""
    first = factories.an_article(person.desk)
    article = factories.an_article(
        person.desk,
        text=f"One {number}.\n\nTwo.\nThree.",
        publisher=factories.a_source(person.desk, side=factories.a_side(person.desk)),
        assignee=person.user,
        republishes=first,
    )
    factories.a_claim(article, f"One {number}.")
    mark_read(article, 1, 4)
    return article


def mark_read(article: Article, *numbers: int) -> None:
    revision = article.revisions.get()
    for number in numbers:
        ParagraphRead.objects.create(
            workspace=article.workspace,
            revision=revision,
            number=number,
            read_by=revision.captured_by,
        )


# -- the list -----------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(analyst: Person, viewer: Person) -> None:
    assert at(analyst, "article-new") in get(analyst, "articles").content.decode()
    html = get(viewer, "articles").content.decode()
    assert at(viewer, "article-new") not in html
    assert "Nothing here yet" in html


def test_a_row_shows_counts_and_what_it_republishes(viewer: Person) -> None:
    article = a_full_article(viewer, 1)
    row = get(viewer, "articles").context["page"].rows[0]
    assert (row.article, row.claims, row.read, row.paragraphs) == (article, "1", 2, 3)
    html = get(viewer, "articles").content.decode()
    assert "2 of 3" in html
    assert article.republishes is not None
    assert article.republishes.title in html.split("republishes")[1]


def test_deleted_claims_and_articles_do_not_count(viewer: Person) -> None:
    article = factories.an_article(viewer.desk)
    factories.a_claim(article, deleted_at=factories.NOON)
    factories.an_article(viewer.desk, deleted_at=factories.NOON)
    rows = get(viewer, "articles").context["page"].rows
    assert [(row.article, row.claims) for row in rows] == [(article, "0")]


def test_the_newest_text_is_what_is_read(viewer: Person) -> None:
    article = factories.an_article(viewer.desk, "One.\nTwo.")
    mark_read(article, 1, 2)
    factories.a_revision(article, "One.\nTwo.\nThree.", number=2)
    row = get(viewer, "articles").context["page"].rows[0]
    assert (row.read, row.paragraphs) == (0, 3)


def test_eleven_rows_cost_as_many_queries_as_one(viewer: Person) -> None:
    a_full_article(viewer, 0)
    one = queries(lambda: get(viewer, "articles"))
    for number in range(1, 11):
        a_full_article(viewer, number)
    assert queries(lambda: get(viewer, "articles")) == one


def test_a_long_list_comes_in_pages(viewer: Person) -> None:
    titles = [factories.an_article(viewer.desk).title for _ in range(SIZE + 2)][::-1]
    first = get(viewer, "articles", status="new")
    assert listed(first) == titles[:SIZE]
    assert "status=new" in first.content.decode().split('rel="next"')[1][:200]
    after = first.context["page"].next_token
    assert listed(get(viewer, "articles", status="new", after=after)) == titles[SIZE:]


def test_a_bad_page_is_a_bad_request(viewer: Person) -> None:
    assert get(viewer, "articles", after="nonsense").status_code == 400


@pytest.fixture
def wanted(viewer: Person) -> Article:
    """One article that each filter below finds, and another that none does."""
    factories.an_article(
        viewer.desk,
        title="Other",
        published_on=dt.date(2015, 1, 1),
        language="fr",
        publisher=factories.a_source(viewer.desk),
        assignee=viewer.user,
        status="new",
    )
    user = factories.a_user("worker")
    factories.a_membership(viewer.desk, user)
    publisher = factories.a_source(viewer.desk)
    called = "It is also called so"
    publisher.aliases.create(workspace=viewer.desk, name=called, name_folded=called.casefold())
    return factories.an_article(
        viewer.desk,
        title="Wanted: The Strike",
        published_on=dt.date(2016, 12, 8),
        language="ar",
        publisher=publisher,
        assignee=user,
        status="annotated",
    )


@pytest.mark.parametrize(
    "query",
    [
        lambda _: {"title": "the strike"},
        lambda _: {"status": "annotated"},
        lambda _: {"language": "ar"},
        lambda _: {"since": "2016-12-08"},
        lambda _: {"since": "2016-12-08", "until": "2016-12-08"},
        lambda article: {"publisher": article.publisher.uid},
        lambda article: {"publisher": article.publisher.name.upper()},
        lambda _: {"publisher": "also called"},
        lambda article: {"assignee": article.assignee_id},
        lambda _: {"title": "strike", "language": "ar", "status": "annotated"},
    ],
)
def test_filters(viewer: Person, wanted: Article, query: Any) -> None:
    answer = get(viewer, "articles", **query(wanted))
    assert listed(answer) == [wanted.title]
    assert "1 found" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"status": "nonsense"},
        {"publisher": "nonsense"},
        {"publisher": "018f0000-0000-7000-8000-000000000000"},
        {"assignee": "999999999999999999999"},
        {"since": "yesterday"},
        {"title": "nowhere"},
        {"title": "\x00"},
    ],
)
def test_a_filter_for_what_is_not_there_finds_nothing(
    viewer: Person, wanted: Article, query: dict[str, str]
) -> None:
    answer = get(viewer, "articles", **query)
    assert answer.status_code == 200
    assert listed(answer) == []
    assert "No article fits" in answer.content.decode()


def test_the_publisher_of_another_desk_is_no_filter(viewer: Person, wanted: Article) -> None:
    theirs = factories.an_article(factories.a_workspace())
    theirs.publisher = factories.a_source(theirs.workspace, name="Secret Post")
    theirs.save()
    answer = get(viewer, "articles", publisher=theirs.publisher.uid)
    assert listed(answer) == []
    assert "Secret Post" not in answer.content.decode()


def test_articles_to_pick_from(viewer: Person, wanted: Article) -> None:
    html = get(viewer, "articles", options="", title="strike").content.decode()
    assert f'data-value="{wanted.uid}"' in html
    assert html.count('role="option"') == 1
    assert "<html" not in html


# -- editing ------------------------------------------------------------------------------------


def form_of(answer: Any, **changes: object) -> dict[str, object]:
    form = answer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if v is None else v for name, v in values.items()} | changes


def test_details_status_and_assignee_are_edited(analyst: Person) -> None:
    publisher = factories.a_source(analyst.desk, name="Wire")
    copied = factories.an_article(analyst.desk, title="First")
    article = factories.an_article(analyst.desk, publisher=publisher, title="Old")
    page = get(analyst, "article-edit", article.uid)
    data = form_of(
        page,
        title="New",
        status="in_progress",
        assignee=analyst.user.pk,
        republishes_name="first",
        language="EN-gb",
    )
    saved = analyst.client.post(at(analyst, "article-edit", article.uid), data, follow=True)
    assert saved.redirect_chain[0][1] == 302
    (told,) = select(parsed(saved), "#messages .message")
    assert words(told).startswith("Saved. Undo")
    article = Article.objects.get(pk=article.pk)
    assert (article.title, article.status, article.language) == ("New", "in_progress", "en-GB")
    assert (article.assignee, article.republishes) == (analyst.user, copied)
    assert (article.publisher, article.version) == (publisher, 2)


def test_a_publisher_can_become_unknown(analyst: Person) -> None:
    article = factories.an_article(analyst.desk, publisher=factories.a_source(analyst.desk))
    page = get(analyst, "article-edit", article.uid)
    analyst.client.post(page.wsgi_request.path, form_of(page, publisher_name=""))
    assert Article.objects.get(pk=article.pk).publisher is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"status": "done"}, "status"),
        ({"assignee": "0"}, "assignee"),
        ({"url": "not an address"}, "url"),
    ],
)
def test_a_bad_value_stays_beside_its_field(
    analyst: Person, changes: dict[str, object], field: str
) -> None:
    article = factories.an_article(analyst.desk, title="Old")
    page = get(analyst, "article-edit", article.uid)
    answer = analyst.client.post(page.wsgi_request.path, form_of(page, byline="Kept", **changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Article.objects.get(pk=article.pk).byline == ""


def test_a_person_of_no_desk_here_is_no_assignee(analyst: Person) -> None:
    article = factories.an_article(analyst.desk)
    page = get(analyst, "article-edit", article.uid)
    data = form_of(page, assignee=factories.a_user().pk)
    assert analyst.client.post(page.wsgi_request.path, data).status_code == 422


def test_an_assignee_who_has_left_stays_until_changed(analyst: Person) -> None:
    article = factories.an_article(analyst.desk, assignee=factories.a_user("gone"))
    page = get(analyst, "article-edit", article.uid)
    assert (
        analyst.client.post(page.wsgi_request.path, form_of(page, title="New")).status_code == 302
    )
    assert Article.objects.get(pk=article.pk).assignee == article.assignee


def test_an_article_cannot_republish_itself_by_way_of_others(analyst: Person) -> None:
    first = factories.an_article(analyst.desk, title="First")
    factories.an_article(analyst.desk, title="Second", republishes=first)
    page = get(analyst, "article-edit", first.uid)
    answer = analyst.client.post(page.wsgi_request.path, form_of(page, republishes_name="Second"))
    assert answer.status_code == 422
    assert "republish itself" in answer.content.decode()


def test_titles_that_fit_several_are_a_choice(analyst: Person) -> None:
    one, other = (factories.an_article(analyst.desk, title="Strike") for _ in "ab")
    article = factories.an_article(analyst.desk, title="Mine")
    page = get(analyst, "article-edit", article.uid)
    answer = analyst.client.post(page.wsgi_request.path, form_of(page, republishes_name="strike"))
    assert answer.status_code == 422
    assert f'name="republishes_choice" value="{other.uid}"' in answer.content.decode()
    data = form_of(page, republishes_name="strike", republishes_choice=one.uid)
    assert analyst.client.post(page.wsgi_request.path, data).status_code == 302
    assert Article.objects.get(pk=article.pk).republishes == one


def test_what_somebody_else_changed_is_shown_beside_mine(analyst: Person, reviewer: Person) -> None:
    article = factories.an_article(analyst.desk, title="Old", byline="Same")
    mine = form_of(get(analyst, "article-edit", article.uid), title="Mine", status="annotated")
    theirs = form_of(get(reviewer, "article-edit", article.uid), title="Theirs")
    path = at(analyst, "article-edit", article.uid)
    assert reviewer.client.post(path, theirs).status_code == 302
    answer = analyst.client.post(path, mine)
    assert answer.status_code == 409
    rows = [tuple(row) for row in answer.context["rows"]]
    assert rows == [("Title", "Theirs", "Mine"), ("Status", "new", "annotated")]
    assert Article.objects.get(pk=article.pk).title == "Theirs"
    # Saving again is a choice now, and does not ask twice.
    again = form_of(answer)
    assert again["title"] == "Mine"
    assert analyst.client.post(path, again).status_code == 302
    assert Article.objects.get(pk=article.pk).title == "Mine"


def test_an_edit_form_without_a_version_saves_nothing(analyst: Person) -> None:
    article = factories.an_article(analyst.desk, title="Old")
    page = get(analyst, "article-edit", article.uid)
    answer = analyst.client.post(page.wsgi_request.path, form_of(page, title="New", version=""))
    assert answer.status_code == 422
    assert Article.objects.get(pk=article.pk).title == "Old"


# -- deleting -----------------------------------------------------------------------------------


def delete(person: Person, uid: object, version: object) -> Any:
    return person.client.post(at(person, "article-delete", uid), {"version": version})


def test_an_article_without_claims_is_deleted_and_can_be_undone(analyst: Person) -> None:
    article = factories.an_article(analyst.desk)
    answer = delete(analyst, article.uid, 1)
    assert answer.url == at(analyst, "articles")
    assert 'form="undo-form"' in analyst.client.get(answer.url).content.decode()
    assert not Article.objects.kept().exists()


@pytest.mark.parametrize("version", ["", "0", "7", "x", "9" * 30])
def test_a_stale_delete_deletes_nothing(analyst: Person, version: str) -> None:
    article = factories.an_article(analyst.desk)
    answer = delete(analyst, article.uid, version)
    assert answer.url == at(analyst, "article-edit", article.uid)
    assert "changed by somebody else" in analyst.client.get(answer.url).content.decode()
    assert Article.objects.kept().exists()


def test_an_article_with_claims_stays(analyst: Person, world: World) -> None:
    answer = delete(analyst, world.article.uid, 1)
    assert "still has claims" in analyst.client.get(answer.url).content.decode()
    assert Article.objects.kept().exists()


# -- the original file --------------------------------------------------------------------------


def with_original(article: Article, name: str, content: bytes) -> Article:
    revision = article.revisions.get()
    revision.original_name = name
    revision.original.save(name, ContentFile(content))
    return article


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("a page.html", 'attachment; filename="a page.html"'),
        ('a"b.txt', 'attachment; filename="a\\"b.txt"'),
        ("خبر.txt", "attachment; filename*=utf-8''%D8%AE%D8%A8%D8%B1.txt"),
        ("a\r\nSet-Cookie: x=1", 'attachment; filename="a__Set-Cookie: x=1"'),
        ("../../etc/passwd", 'attachment; filename=".._.._etc_passwd"'),
    ],
)
def test_the_original_is_sent_to_be_saved_and_never_shown(
    viewer: Person, name: str, sent: str
) -> None:
    content = b"<script>alert(1)</script>\xff\0"
    article = factories.an_article(viewer.desk)
    with_original(article, "kept", content)
    article.revisions.update(original_name=name)
    answer = get(viewer, "article-original", article.uid)
    assert b"".join(answer.streaming_content) == content
    answer.close()
    assert answer["Content-Disposition"] == sent
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_without_an_original_there_is_none(viewer: Person, world: World) -> None:
    world.article.revisions.update(original="")
    assert get(viewer, "article-original", world.article.uid).status_code == 404


# -- whose --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["article-edit", "article-delete", "article-original"])
def test_another_desks_article_is_not_there(analyst: Person, outsider: Person, name: str) -> None:
    theirs = factories.an_article(factories.a_workspace())
    ask = analyst.client.post if name == "article-delete" else analyst.client.get
    assert ask(at(analyst, name, theirs.uid)).status_code == 404
    mine = factories.an_article(analyst.desk)
    ask = outsider.client.post if name == "article-delete" else outsider.client.get
    assert ask(at(analyst, name, mine.uid)).status_code == 404


def test_a_viewer_changes_nothing(viewer: Person, world: World) -> None:
    for name in ("article-edit", "article-delete"):
        path = at(viewer, name, world.article.uid)
        assert viewer.client.post(path, {"version": 1}).status_code == 403
