"""Bringing an article in: read, preview, freeze."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions import article as actions
from claims.actions import search
from claims.forms import fetched
from claims.importers.decode import MAX_BYTES
from claims.models import Article, Change, Revision, Source, Upload
from claims.outgoing import Answer, Guard, OutgoingError
from tests import factories, files
from tests.pages.conftest import Person, sign_in
from tests.pages.markup import parsed, select, words

pytestmark = pytest.mark.one_database

RUSSIAN = (
    "Военные сообщили об ударе по зданию на окраине города.\n"
    "По их словам, погибли двадцать человек, среди них двое детей."
)
FRENCH = "L’armée a confirmé deux frappes près de la frontière.\nDes témoins évoquent des blessés."
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Strike near the river</title>
<meta property="og:site_name" content="River Post">
<meta name="author" content="Nadia Example">
<meta property="article:published_time" content="2016-12-08T10:00:00Z">
<link rel="canonical" href="https://river.example/strike">
</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Strike near the river</h1>
<p>A house near the river was hit on Wednesday, residents of the district told reporters.</p>
<p>The ministry said that it had no record of any flight over the area during that day.</p>
<p>Doctors at the hospital counted nine wounded, two of whom were in a serious condition.</p>
</article><aside>Most read: ten recipes</aside><footer>All rights reserved</footer></body></html>
"""


def at(person: Person, name: str, *args: object) -> str:
    return reverse(name, args=[person.desk.slug, *args])


def bring(person: Person, content: bytes | str, name: str = "article.txt", **data: str) -> Any:
    """Uploads a file (bytes) or pastes a text, and returns the answer."""
    posted: dict[str, Any] = dict(data)
    if isinstance(content, bytes):
        posted["file"] = SimpleUploadedFile(name, content, "text/plain")
    else:
        posted["text"] = content
    return person.client.post(at(person, "article-new"), posted)


def preview(person: Person, content: bytes | str, name: str = "article.txt", **data: str) -> Any:
    answer = bring(person, content, name, **data)
    assert answer.status_code == 302, answer.content.decode()
    return person.client.get(answer.url)


def shown(answer: Any) -> dict[str, Any]:
    """The form of a preview as a browser would send it: what is filled in, and what is ticked."""
    look = answer.context["look"]
    form = answer.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {
        **{name: "" if value is None else value for name, value in fields.items()},
        "seen": look.seen,
        "read_as": look.encoding,
        "encoding": look.encoding,
        "drop": [str(line.paragraph.number) for line in look.lines if line.dropped],
    }


def send(person: Person, answer: Any, **changes: Any) -> Any:
    """Freezes a preview, with some fields changed."""
    data = shown(answer) | {"freeze": "1"} | changes
    return person.client.post(answer.wsgi_request.path, data)


def text_of(article: Article) -> str:
    text: str = article.revisions.get().text
    return text


def original_of(revision: Revision) -> bytes:
    with revision.original.open("rb") as file:
        content: bytes = file.read()
    return content


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        (RUSSIAN.encode("cp1251"), RUSSIAN, "windows-1251"),
        (FRENCH.encode("cp1252"), FRENCH, "windows-1252"),
        (FRENCH.encode("utf-16"), FRENCH, "utf-16-le"),
        (RUSSIAN.replace("\n", "\r\n").encode(), RUSSIAN, "utf-8"),
        (b"\xef\xbb\xbf" + FRENCH.replace("\n", "\r").encode(), FRENCH, "utf-8"),
        ("A 👩🏽‍🚒 e\u0301 said so.".encode(), "A 👩🏽‍🚒 e\u0301 said so.", "utf-8"),
    ],
)
def test_a_file_becomes_an_article_and_is_kept_byte_for_byte(
    analyst: Person, content: bytes, text: str, encoding: str
) -> None:
    answer = send(analyst, preview(analyst, content, "report 1.txt"))
    article = Article.objects.get()
    assert answer.status_code == 302
    assert answer.url == article.get_absolute_url()
    revision = Revision.objects.get()
    assert (revision.text, revision.number, revision.encoding) == (text, 1, encoding)
    assert original_of(revision) == content
    assert revision.original_name == "report 1.txt"
    assert revision.captured_by == analyst.user
    assert not Upload.objects.exists()


def test_a_pasted_text_is_kept_as_it_was_sent(analyst: Person) -> None:
    send(analyst, preview(analyst, "One line.\r\n\r\n  Another.\r\n"))
    revision = Revision.objects.get()
    assert revision.text == "One line.\n\n  Another."
    assert original_of(revision) == b"One line.\r\n\r\n  Another.\r\n"
    assert (revision.original_name, revision.encoding) == ("pasted.txt", "utf-8")


def test_a_web_page_fills_in_its_details(analyst: Person) -> None:
    answer = preview(analyst, PAGE.encode(), "saved.html")
    form = shown(answer)
    assert form["title"] == "Strike near the river"
    assert form["publisher_name"] == "River Post"
    assert form["byline"] == "Nadia Example"
    assert str(form["published_on"]) == "2016-12-08"
    assert form["language"] == "en"
    assert form["url"] == "https://river.example/strike"
    send(analyst, answer)
    article = Article.objects.get()
    assert article.publisher == Source.objects.get(name="River Post", kind="media", named=True)
    text = text_of(article)
    assert "nine wounded" in text
    for boilerplate in ("Sport", "recipes", "rights reserved"):
        assert boilerplate not in text


@pytest.mark.parametrize(
    ("content", "field", "said"),
    [
        (b"", "file", "The file is empty."),
        (b" \n\t ", "file", "only white space"),
        (b"%PDF-1.7 ...", "file", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "file", "image"),
        (b"a" * (MAX_BYTES + 1), "file", "at most|the most that can be read is 5 MB"),
        (bytes(range(1, 256)) * 40, "file", "binary|encoding"),
        ("", "", "Paste a text, or choose a file."),
        ("  \n ", "text", "only white space"),
        ("a\0b", "text", "[Nn]ull"),
    ],
)
def test_what_gives_no_article_is_said_beside_the_field_and_nothing_is_kept(
    analyst: Person, content: bytes | str, field: str, said: str
) -> None:
    answer = bring(analyst, content)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field or "__all__"]
    assert re.search(said, " ".join(errors[field or "__all__"]))
    assert not Upload.objects.exists()
    assert not Article.objects.exists()


def test_a_file_of_exactly_5_mb_is_taken(analyst: Person) -> None:
    assert bring(analyst, b"word " * (MAX_BYTES // 5)).status_code == 302


def test_bytes_that_the_chosen_encoding_lacks_are_refused(analyst: Person) -> None:
    answer = bring(analyst, RUSSIAN.encode("cp1251"), encoding="utf-8")
    assert answer.status_code == 422
    assert "Choose another encoding" in answer.context["form"].errors["file"][0]


def test_a_text_and_a_file_are_one_too_many(analyst: Person) -> None:
    answer = bring(analyst, b"A file.", text="A text.")
    assert answer.status_code == 422
    assert not Upload.objects.exists()


# -- the preview --------------------------------------------------------------------------------


def test_a_guessed_encoding_is_shown_as_a_guess_and_can_be_changed(analyst: Person) -> None:
    answer = preview(analyst, RUSSIAN.encode("cp1251"))
    assert not answer.context["look"].page.sure
    assert "a guess" in answer.content.decode()
    data = shown(answer) | {"encoding": "koi8-u", "byline": "A. Typist"}
    again = analyst.client.post(answer.wsgi_request.path, data)
    look = again.context["look"]
    assert look.page.text == RUSSIAN.encode("cp1251").decode("koi8-u")
    values = shown(again)
    assert values["byline"] == "A. Typist"  # what was typed stays
    assert values["title"] != data["title"]  # what was proposed is proposed anew
    assert not Article.objects.exists()


def test_an_encoding_in_the_address_reads_the_file_again(analyst: Person) -> None:
    answer = preview(analyst, FRENCH.encode("cp1252"))
    again = analyst.client.get(answer.wsgi_request.path, {"encoding": "macintosh"})
    assert "armée" not in again.context["look"].page.text


def test_an_encoding_that_does_not_fit_says_so_and_keeps_the_rest(analyst: Person) -> None:
    answer = preview(analyst, FRENCH.encode("cp1252"))
    data = shown(answer) | {"encoding": "utf-8", "title": "My title"}
    again = analyst.client.post(answer.wsgi_request.path, data)
    assert "Choose another encoding" in again.content.decode()
    assert shown(again)["title"] == "My title"
    assert again.context["look"].lines == []


def test_what_is_frozen_is_what_was_seen(analyst: Person) -> None:
    answer = preview(analyst, RUSSIAN.encode("cp1251"))
    again = send(analyst, answer, encoding="koi8-u")
    assert again.status_code == 422
    assert "Look at it, then freeze it" in again.content.decode()
    assert not Article.objects.exists()
    assert send(analyst, again).status_code == 302
    assert text_of(Article.objects.get()) == RUSSIAN.encode("cp1251").decode("koi8-u")


ODD = (
    "The army confirmed one strike.\n"
    "Soldiers wait by a truck. (Photo by AFP)\n"
    "The governor asked for an inquiry.\n"
    "No comments:\n"
    "Post a Comment"
)


def test_lines_that_look_odd_are_proposed_with_a_reason_and_dropped_only_then(
    analyst: Person,
) -> None:
    answer = preview(analyst, ODD)
    assert shown(answer)["drop"] == ["2", "4", "5"]
    html = answer.content.decode()
    assert "2 of 5 paragraphs kept" in html
    assert "looks like: photo caption or credit" in html
    send(analyst, answer, drop=["4", "5"])
    assert text_of(Article.objects.get()) == "\n".join(ODD.split("\n")[:3])
    assert original_of(Revision.objects.get()).decode() == ODD


def test_ticking_a_line_counts_anew_without_saving(analyst: Person) -> None:
    answer = preview(analyst, ODD)
    data = shown(answer) | {"drop": ["1", "5"]}
    part = analyst.client.post(answer.wsgi_request.path, data, headers={"HX-Request": "true"})
    assert "3 of 5 paragraphs kept" in part.content.decode()
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize("drop", [["1", "2", "3", "4", "5"], ["9"]])
def test_dropping_all_or_what_is_not_there_freezes_nothing(
    analyst: Person, drop: list[str]
) -> None:
    answer = send(analyst, preview(analyst, ODD), drop=drop)
    assert answer.status_code == 422
    assert "paragraph" in " ".join(re.findall(r"errorlist.*?</ul>", answer.content.decode()))
    assert not Article.objects.exists()


def test_a_text_without_a_title_gets_its_first_sentence_proposed(analyst: Person) -> None:
    answer = preview(analyst, "(Photo by AFP)\nThe army confirmed it. Nobody else did.")
    assert shown(answer)["title"] == "The army confirmed it."
    assert "its first sentence is proposed" in answer.content.decode()


def test_a_long_first_sentence_is_cut_at_a_word(analyst: Person) -> None:
    title = shown(preview(analyst, "word " * 200))["title"]
    assert title.endswith("word…")
    assert len(title) < 170


def test_a_right_to_left_text_is_marked_so(analyst: Person) -> None:
    answer = preview(analyst, "قال الجيش إن الطائرات قصفت المبنى يوم الأربعاء.")
    html = answer.content.decode()
    assert shown(answer)["language"] == "ar"
    assert re.search(r'<ol class="lines" lang="ar"', html)
    assert '<p dir="auto">قال' in html


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://example.org/x"}, "url"),
        ({"published_on": "32 December"}, "published_on"),
        ({"language": "English!"}, "language"),
        ({"republishes_name": "No such title"}, "republishes_name"),
        ({"type": "poem"}, "type"),
    ],
)
def test_a_bad_detail_is_said_beside_its_field_and_nothing_is_frozen(
    analyst: Person, changes: dict[str, str], field: str
) -> None:
    answer = send(analyst, preview(analyst, "A text."), byline="Kept", **changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Kept"' in answer.content.decode()
    assert not Article.objects.exists()


def test_details_are_saved(analyst: Person) -> None:
    send(
        analyst,
        preview(analyst, "A text."),
        title="A title",
        language="zh-hans-cn",
        type="statement",
        archive_url="https://archive.example/1",
        published_on="2016-12-08",
    )
    article = Article.objects.get()
    assert (article.title, article.language, article.type) == ("A title", "zh-Hans-CN", "statement")
    assert article.archive_url == "https://archive.example/1"
    assert str(article.published_on) == "2016-12-08"
    assert article.publisher is None


# -- the publisher ------------------------------------------------------------------------------


def test_a_publisher_is_found_by_its_alias(analyst: Person) -> None:
    source = factories.a_source(analyst.desk, name="The River Post Company")
    source.aliases.create(workspace=analyst.desk, name="River Post")
    answer = preview(analyst, PAGE.encode(), "saved.html")
    assert shown(answer)["publisher_name"] == source.name
    send(analyst, answer)
    assert Article.objects.get().publisher == source


def test_a_publisher_name_that_fits_several_is_a_choice(analyst: Person) -> None:
    one, other = (factories.a_source(analyst.desk, name="MoD", kind="state_body") for _ in "ab")
    answer = send(analyst, preview(analyst, "A text."), publisher_name="mod")
    assert answer.status_code == 422
    html = answer.content.decode()
    for source in (one, other):
        assert f'name="publisher_choice" value="{source.uid}"' in html
    again = send(analyst, answer, publisher_name="mod", publisher_choice=str(other.uid))
    assert again.status_code == 302
    assert Article.objects.get().publisher == other


def test_none_of_several_is_a_new_one(analyst: Person) -> None:
    known = {factories.a_source(analyst.desk, name="MoD").pk for _ in "ab"}
    answer = preview(analyst, "A text.")
    send(analyst, answer, publisher_name="MoD", publisher_choice="new")
    publisher = Article.objects.get().publisher
    assert publisher is not None
    assert publisher.pk not in known


def test_a_name_typed_over_a_picked_one_counts(analyst: Person) -> None:
    """Without JavaScript the hidden uid stays when the name is changed."""
    picked = factories.a_source(analyst.desk, name="Wire")
    answer = preview(analyst, "A text.")
    send(analyst, answer, publisher=str(picked.uid), publisher_name="Herald")
    publisher = Article.objects.get().publisher
    assert publisher is not None
    assert publisher.name == "Herald"


def test_a_publisher_of_another_desk_is_not_there(analyst: Person) -> None:
    theirs = factories.a_source(factories.a_workspace(), name="Wire")
    answer = preview(analyst, "A text.")
    again = send(analyst, answer, publisher=str(theirs.uid), publisher_name="Wire")
    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["publisher_name"]
    assert not Article.objects.exists()


# -- the same text twice ------------------------------------------------------------------------


def test_the_same_text_is_recognised_and_can_be_opened(analyst: Person) -> None:
    there = factories.an_article(analyst.desk, "The same words.", title="First seen")
    answer = preview(analyst, "The same words.")
    html = answer.content.decode()
    assert "This text is here already" in html
    assert there.get_absolute_url() in html
    again = send(analyst, answer)
    assert again.status_code == 422
    assert "here already" in " ".join(again.context["form"].non_field_errors())
    assert Article.objects.get() == there


def test_a_like_text_is_told_before_it_is_frozen(analyst: Person) -> None:
    story = " ".join(f"word{n} of the story" for n in range(60))
    there = factories.an_article(analyst.desk, story, title="First seen")
    factories.an_article(factories.a_workspace(), story)
    search.rebuild()
    answer = preview(analyst, f"By our reporter. {story}")
    (section,) = select(parsed(answer), "#alike")
    assert [one.get("href") for one in select(section, "a")] == [there.get_absolute_url()]
    assert select(parsed(preview(analyst, story)), "#alike") == []  # that one is the same


def test_a_pasted_text_has_no_name_and_no_encoding_to_choose(analyst: Person) -> None:
    page = parsed(preview(analyst, "One line."))
    assert "pasted.txt" not in words(page)
    assert select(page, "[name=encoding]") == []
    waiting = parsed(analyst.client.get(reverse("article-new", args=[analyst.desk.slug])))
    assert "Pasted text" in words(select(waiting, ".waiting")[0])
    assert select(parsed(preview(analyst, b"One line.", "pasted.txt")), "[name=encoding]")


def test_the_same_text_is_kept_as_one_republishing_the_other(analyst: Person) -> None:
    factories.an_article(analyst.desk, "The same words.")
    there = factories.an_article(analyst.desk, "The same words.")
    answer = preview(analyst, "The same words.\n")
    assert send(analyst, answer, same_as=str(there.uid)).status_code == 302
    assert Article.objects.latest("id").republishes == there


def test_the_same_text_at_another_desk_is_nobodys_business(analyst: Person) -> None:
    factories.an_article(factories.a_workspace(), "The same words.", title="Secret")
    answer = preview(analyst, "The same words.")
    assert answer.context["look"].twins == []
    assert send(analyst, answer).status_code == 302


def test_dropping_lines_can_make_it_the_same_text(analyst: Person) -> None:
    factories.an_article(analyst.desk, "The army confirmed one strike.")
    answer = preview(analyst, ODD)
    assert answer.context["look"].twins == []
    data = shown(answer) | {"drop": ["2", "3", "4", "5"]}
    part = analyst.client.post(answer.wsgi_request.path, data, headers={"HX-Request": "true"})
    assert "This text is here already" in part.content.decode()


# -- once, and whose ----------------------------------------------------------------------------


def test_freezing_twice_makes_one_article(analyst: Person) -> None:
    answer = preview(analyst, "A text.")
    first = send(analyst, answer)
    second = send(analyst, answer)
    assert first.url == second.url == Article.objects.get().get_absolute_url()
    assert analyst.client.get(answer.wsgi_request.path)["Location"] == first.url


def test_freezing_what_was_frozen_in_this_moment_is_said(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = preview(analyst, "A text.")
    freeze = actions.freeze

    def twice(*args: Any) -> Article:
        freeze(*args)
        return freeze(*args)

    monkeypatch.setattr(actions, "freeze", twice)
    again = send(analyst, answer)
    assert again.status_code == 302
    assert again.url == at(analyst, "articles")
    assert "already" in analyst.client.get(again.url).content.decode()


def test_bringing_in_can_be_undone(analyst: Person) -> None:
    answer = send(analyst, preview(analyst, "A text."))
    page = analyst.client.get(at(analyst, "articles")).content.decode()
    assert 'form="undo-form"' in page
    assert answer.status_code == 302
    assert Change.objects.get().action == "article.create"


def test_what_was_brought_in_can_be_dropped(analyst: Person) -> None:
    answer = preview(analyst, "A text.")
    upload = Upload.objects.get()
    html = analyst.client.get(at(analyst, "article-new")).content.decode()
    assert at(analyst, "article-preview", upload.uid) in html
    dropped = analyst.client.post(at(analyst, "article-drop", upload.uid), follow=True)
    assert dropped.redirect_chain[0][1] == 302
    assert "Dropped. Nothing was brought in." in dropped.content.decode()
    assert not Upload.objects.exists()
    assert analyst.client.get(answer.wsgi_request.path).status_code == 404


def test_another_desks_upload_is_not_there(analyst: Person, outsider: Person) -> None:
    path = preview(analyst, "A text.").wsgi_request.path.replace(analyst.desk.slug, "elsewhere")
    for answer in (
        outsider.client.get(path),
        outsider.client.post(path, {"freeze": "1"}),
        outsider.client.post(f"{path}drop/"),
    ):
        assert answer.status_code == 404
    assert Upload.objects.count() == 1


def test_a_viewer_brings_nothing_in(viewer: Person) -> None:
    assert viewer.client.get(at(viewer, "article-new")).status_code == 403
    assert bring(viewer, "A text.").status_code == 403


def test_a_person_sees_only_their_own_waiting_files(analyst: Person, reviewer: Person) -> None:
    preview(analyst, "A text.")
    assert sign_in(reviewer.user).get(at(reviewer, "article-new")).context["waiting"].count() == 0


# -- PDF, Word, e-mail --------------------------------------------------------------------------

LINES = ("The army confirmed on Thursday that one", "strike had hit the market of the town.")
OTHERS = [
    ("a.pdf", files.a_pdf(LINES, title="One strike"), "PDF, lines joined", "compare it with the"),
    ("a.docx", files.a_docx(" ".join(LINES), title="One strike"), "Word file", ""),
    ("a.eml", files.an_eml(" ".join(LINES), "Subject: One strike"), "Unicode (UTF-8)", ""),
]


@pytest.mark.parametrize(("name", "content", "way", "lost"), OTHERS, ids=lambda v: str(v)[:6])
def test_the_text_that_is_shown_is_frozen_and_the_file_kept(
    analyst: Person, name: str, content: bytes, way: str, lost: str
) -> None:
    answer = preview(analyst, content, name)
    html = answer.content.decode()
    assert way in html
    assert lost in html
    assert ("What the text is without" in html) is bool(lost)
    assert shown(answer)["title"] == "One strike"
    send(analyst, answer)
    revision = Revision.objects.get()
    assert revision.text == answer.context["look"].text == " ".join(LINES)
    assert original_of(revision) == content
    assert revision.encoding == answer.context["look"].encoding


def test_a_pdf_can_be_read_line_by_line(analyst: Person) -> None:
    answer = preview(analyst, OTHERS[0][1], "a.pdf")
    again = analyst.client.post(answer.wsgi_request.path, shown(answer) | {"encoding": "pdf-lines"})
    assert "Line ends are those of the page" in again.content.decode()
    send(analyst, again)
    revision = Revision.objects.get()
    assert (revision.text, revision.encoding) == ("\n".join(LINES), "pdf-lines")


# -- fetched from a web address -----------------------------------------------------------------


@pytest.fixture
def web(settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Answer | OutgoingError]:
    """What the web answers, by address; the guard itself is tested beside it."""
    settings.FETCH_ARTICLES = True
    answers: dict[str, Answer | OutgoingError] = {}

    class Web(Guard):
        def get(self, url: str, headers: Any = None) -> Answer:
            answer = answers[url]
            if isinstance(answer, OutgoingError):
                raise answer
            return answer

    monkeypatch.setattr(fetched, "GUARD", Web())
    return answers


def fetch(person: Person, url: str, **data: str) -> Any:
    return person.client.post(at(person, "article-new"), {"url": url} | data)


def test_without_the_setting_there_is_no_such_field(analyst: Person) -> None:
    assert 'name="url"' not in analyst.client.get(at(analyst, "article-new")).content.decode()
    answer = fetch(analyst, "https://river.example/")
    assert answer.status_code == 422
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("path", "said", "body", "text", "url", "name"),
    [
        ("strike", "text/html; charset=utf-8", PAGE.encode(), "nine wounded",
         "https://river.example/strike", "strike.html"),
        ("", 'text/plain; charset="windows-1251"', RUSSIAN.encode("cp1251"), "погибли",
         "https://x.example/", "x.example.txt"),
        ("a%2Fb.txt", "text/plain", b"A text of its own.", "A text",
         "https://x.example/a%2Fb.txt", "a_b.txt"),
        ("x", "", b"\xef\xbb\xbf" + RUSSIAN.encode(), "погибли", "https://x.example/x", "x"),
    ],
)  # fmt: skip
def test_a_web_address_is_fetched_and_read(
    analyst: Person, web: Any, path: str, said: str, body: bytes, text: str, url: str, name: str
) -> None:
    at_last = f"https://x.example/{path}"
    web["https://short.example/"] = Answer(at_last, 200, {"content-type": said}, body)
    answer = fetch(analyst, "short.example/")
    assert answer.status_code == 302, answer.content.decode()
    answer = analyst.client.get(answer.url)
    assert f"Fetched by this server from <bdi>https://x.example/{path}" in answer.content.decode()
    assert text in answer.context["look"].text
    assert shown(answer)["url"] == url
    send(analyst, answer, title="A title")
    revision = Revision.objects.get()
    assert original_of(revision) == body
    assert revision.original_name == name
    assert revision.article.url == url
    assert revision.fetched_from == at_last
    page = analyst.client.get(revision.article.get_absolute_url()).content.decode()
    assert f"{at_last}</span>, fetched by this server" in page


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (OutgoingError("x.example is not on the public internet."), "public internet"),
        (Answer("https://x.example/", 404, {}, b"Gone"), "status 404"),
        (Answer("https://x.example/", 200, {"content-type": "image/png"}, b"\x89PNG"), "an image"),
    ],
)
def test_what_cannot_be_fetched_is_said_beside_the_address(
    analyst: Person, web: Any, answer: Any, said: str
) -> None:
    web["https://x.example/"] = answer
    again = fetch(analyst, "https://x.example/")
    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["url"]
    assert said in again.context["form"].errors["url"][0]
    assert not Upload.objects.exists()


def test_an_address_and_a_text_are_one_too_many(analyst: Person, web: Any) -> None:
    answer = fetch(analyst, "https://x.example/", text="A text.")
    assert "That is a text and an address" in answer.content.decode()
    assert web == {}
