"""A file before it is frozen: how it was read, which lines stay, and what it is known to be."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.http import QueryDict

from claims.actions.article import same_text
from claims.anchoring.text import Paragraph, paragraphs, sha256
from claims.forms.article import FreezeForm
from claims.importers.boilerplate import drop, suspects
from claims.importers.page import Page, ReadError
from claims.importers.reading import PASTED, read, ways
from claims.importers.title import first_sentence
from claims.models import Article, Source, Upload, Workspace
from claims.models.alike import Alike, text_alike
from claims.views.desk import DeskRequest


class Line(NamedTuple):
    """A paragraph of the preview; `reason` says why it is probably not the article, or is empty."""

    paragraph: Paragraph
    dropped: bool
    reason: str


class Preview:
    """What the preview shows for a request.

    `problem` says why there is no text, or none to freeze. `bound` is true when the person asked
    to freeze exactly what they had before their eyes; in all other cases the form only keeps
    what they typed.
    """

    def __init__(self, request: DeskRequest, upload: Upload) -> None:
        data = request.POST
        asked = data if request.method == "POST" else request.GET
        self.upload = upload
        self.encoding = asked.get("encoding", upload.encoding)
        if upload.is_pasted:
            self.encoding = PASTED["read_as"]
        self.problem = ""
        self.page = self._read()
        self.lines: list[Line] = []
        self.text = ""
        self.seen = sha256(self.page.text) if self.page else ""
        same_text_as_seen = bool(self.seen) and data.get("seen") == self.seen
        self._choose(data.getlist("drop") if same_text_as_seen else None)
        self.twins: list[Article] = same_text(request.actor, self.text) if self.text else []
        self.alike = self._alike(request.workspace)
        self.asked_to_freeze = "freeze" in data
        self.bound = self.asked_to_freeze and same_text_as_seen and bool(self.text)
        self.form: Any = self._form(request, data)

    @property
    def kept(self) -> int:
        """How many paragraphs stay."""
        return sum(not line.dropped for line in self.lines)

    @property
    def ways(self) -> list[tuple[str, str]]:
        """In which ways the file can be read."""
        return ways(self.upload.name, bytes(self.upload.content))

    def _alike(self, desk: Workspace) -> list[Alike]:
        """Articles that carry the same story in other words, or cut otherwise."""
        return [one for one in text_alike(desk, self.text) if one.row not in self.twins]

    def _read(self) -> Page | None:
        try:
            page = read(self.upload.name, bytes(self.upload.content), self.encoding)
        except ReadError as error:
            self.problem = str(error)
            return None
        self.encoding = page.encoding
        return page

    def _choose(self, posted: list[str] | None) -> None:
        """Which lines go: those that the person chose, or at first those that look like it."""
        if self.page is None:
            return
        reasons = suspects(self.page.text)
        dropped = set(reasons) if posted is None else {int(n) for n in posted if n.isdecimal()}
        if posted is None and len(dropped) == len(paragraphs(self.page.text)):
            dropped = set()
        self.lines = [
            Line(paragraph, paragraph.number in dropped, reasons.get(paragraph.number, ""))
            for paragraph in paragraphs(self.page.text)
        ]
        try:
            self.text = drop(self.page.text, dropped)
        except ReadError as error:
            self.problem = str(error)

    def _form(self, request: DeskRequest, data: QueryDict) -> Any:
        if self.bound:
            return FreezeForm(request.workspace, data, twins=self.twins)
        initial = proposed(self.page, request, self.upload.url)
        if request.method == "POST":
            before = proposed(self._page_before(data), request, self.upload.url)
            typed = {name: data[name] for name in FreezeForm.base_fields if name in data}
            initial |= {k: v for k, v in typed.items() if v != str(before.get(k) or "")}
        form = FreezeForm(request.workspace, initial=initial, twins=self.twins)
        form.options = {"publisher": initial.get("publisher_options", [])}
        return form

    def _page_before(self, data: QueryDict) -> Page | None:
        """What was proposed when the person began to type: another encoding gives other words."""
        encoding = data.get("read_as", "")
        if self.page is not None and encoding == self.page.encoding:
            return self.page
        try:
            return read(self.upload.name, bytes(self.upload.content), encoding)
        except ReadError:
            return None


def proposed(page: Page | None, request: DeskRequest, fetched: str = "") -> dict[str, Any]:
    """What the file says about itself, as the form's first values, for a person to check.

    Its web address is what the page gives as its own, or else where it was `fetched`.
    """
    if page is None:
        return {}
    values: dict[str, Any] = {
        "title": page.title or first_sentence(page.text),
        "publisher_name": page.publisher,
        "byline": page.byline,
        "published_on": page.published_on,
        "language": page.language,
        "url": page.url or fetched,
    }
    if page.publisher:
        fits = list(Source.objects.within(request.workspace).kept().called(page.publisher)[:9])
        if len(fits) == 1:
            values |= {"publisher": fits[0].uid, "publisher_name": fits[0].name}
        elif fits:
            values["publisher_options"] = fits
    return values


def remember(request: DeskRequest, upload: UUID, article: Article) -> None:
    """Keeps what the last upload became: whoever presses twice, or goes back, is led there."""
    request.session["frozen"] = [str(upload), str(article.uid)]


def became(request: DeskRequest, upload: UUID) -> Article | None:
    """The article that this upload became for this person, if it was the last one."""
    frozen, article = request.session.get("frozen") or ("", "")
    if frozen != str(upload):
        return None
    found: Article | None = (
        Article.objects.within(request.workspace).kept().filter(uid=article).first()
    )
    return found
