"""Forms of articles: brought in, frozen, kept right, found again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q

from claims.actions.source import NewSource
from claims.forms import assignee as assignees
from claims.forms.fetched import fetch
from claims.forms.filtering import ListFilter
from claims.forms.languages import LANGUAGES, name, tag
from claims.forms.picked import PickingForm, name_field, uid_field
from claims.importers.decode import ENCODINGS
from claims.importers.page import ReadError
from claims.importers.reading import ACCEPTED, MAX_FILE, PASTED, read
from claims.models import Article, Source, User, Workspace
from claims.records import ArticleStatus, ArticleType, SourceKind

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
WEB = URLValidator(schemes=["http", "https"], message="Give a web address (http or https).")


class BringForm(forms.Form):
    """A pasted text or a file; valid means that an article can be read from it."""

    text = forms.CharField(
        label="Paste the text",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 12, "dir": "auto"}),
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPTED}),
        help_text="A text (.txt) in any encoding or a saved web page (.html), up to 5 MB;"
        " a PDF, a Word file (.docx) or an e-mail (.eml), up to 20 MB.",
    )
    url = forms.URLField(
        label="Or a web address",
        max_length=2000,
        required=False,
        assume_scheme="https",
        validators=[WEB],
        help_text="This server asks for the page, runs no script of it, and keeps what it is sent.",
    )
    encoding = forms.ChoiceField(
        label="The text is in",
        required=False,
        choices=[("", "find out"), *ENCODINGS],
        help_text="Only where it was not recognised; it can be changed in the preview too.",
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        if not settings.FETCH_ARTICLES:
            del self.fields["url"]

    def clean(self) -> dict[str, Any]:
        """Sets `name`, `media_type`, `content` and `read_as`: what was brought in, as bytes.

        `url` is where it was fetched from, or empty.
        """
        data: dict[str, Any] = self.cleaned_data
        text, file, url = data.get("text") or "", data.get("file"), data.get("url") or ""
        if self.errors:
            return data
        given = [name for name in ("text", "file", "url") if data.get(name)]
        if len(given) != 1:
            raise ValidationError(self._how_many(given))
        if url:
            try:
                data |= fetch(url)
            except ValidationError as error:
                self.add_error("url", error)
                return data
        elif file is None:
            data |= PASTED | {"content": text.encode()}
        elif file.size > MAX_FILE:
            size = file.size / 1024 / 1024
            self.add_error(
                "file", f"The file is {size:.1f} MB; the most that can be read is 20 MB."
            )
            return data
        else:
            media_type = (file.content_type or "application/octet-stream")[:100]
            data |= {"name": file.name, "media_type": media_type, "content": file.read()}
            data["read_as"] = data["encoding"]
        try:
            read(data["name"], data["content"], data["read_as"])
        except ReadError as error:
            self.add_error(given[0], str(error))
        return data

    def _how_many(self, given: list[str]) -> str:
        if given:
            called = {"text": "a text", "file": "a file", "url": "an address"}
            which = " and ".join(called[name] for name in given)
            return f"That is {which}: bring one in at a time."
        other = ", or give a web address." if "url" in self.fields else "."
        return f"Paste a text, or choose a file{other}"


class DetailsForm(PickingForm):
    """What is known about an article beside its text. The publisher may be unknown."""

    title = forms.CharField(max_length=500, widget=forms.TextInput({"dir": "auto"}))
    publisher = uid_field()
    publisher_name = name_field(
        "Publisher", max_length=200, help_text="A new name becomes a new source. Empty: unknown."
    )
    byline = forms.CharField(
        max_length=300, required=False, widget=forms.TextInput({"dir": "auto"})
    )
    published_on = forms.DateField(label="Published on", required=False, widget=DAY)
    language = forms.CharField(
        max_length=35,
        required=False,
        widget=forms.TextInput({"list": "languages", "autocomplete": "off"}),
        help_text="A code, such as en or ar.",
    )
    type = forms.ChoiceField(choices=ArticleType.choices(), initial=ArticleType.ARTICLE.value)
    url = forms.URLField(
        label="Web address",
        max_length=2000,
        required=False,
        assume_scheme="https",
        validators=[WEB],
    )
    archive_url = forms.URLField(
        label="Archived at",
        max_length=2000,
        required=False,
        assume_scheme="https",
        validators=[WEB],
    )
    republishes = uid_field()
    republishes_name = name_field("Republishes", max_length=500, help_text="Another article here.")

    COLUMNS = "title byline published_on language type url archive_url republishes".split()

    def __init__(
        self, workspace: Workspace, data: Any = None, *, article: Article | None = None, **kw: Any
    ) -> None:
        super().__init__(data, **kw)
        self.workspace = workspace
        self.article = article
        self.languages = LANGUAGES

    def clean_language(self) -> str:
        return tag(self.cleaned_data["language"])

    def clean(self) -> dict[str, Any]:
        """Resolves the publisher (a Source, a NewSource or None) and what it republishes."""
        data = self.cleaned_data
        sources = Source.objects.within(self.workspace).kept().filter(named=True)
        publisher = self.picked("publisher", sources, lambda name: list(sources.called(name)[:9]))
        if isinstance(publisher, str):
            publisher = NewSource(publisher, kind=SourceKind.MEDIA)
        data["publisher_row"] = publisher
        others = Article.objects.within(self.workspace).kept()
        if self.article is not None:
            others = others.exclude(pk=self.article.pk)
        copy = self.picked("republishes", others, lambda title: _titled(others, title))
        if isinstance(copy, str):
            self.add_error("republishes_name", "No article here has this title.")
        data["republishes"] = copy
        return data

    def values(self) -> dict[str, Any]:
        """The columns, as the actions take them; the publisher stands in `publisher_row`."""
        return {name: self.cleaned_data[name] for name in self.COLUMNS if name in self.cleaned_data}


class FreezeForm(DetailsForm):
    """The details with which a text is frozen. `twins` are the articles that have it already."""

    def __init__(
        self, workspace: Workspace, data: Any = None, *, twins: list[Article], **kw: Any
    ) -> None:
        super().__init__(workspace, data, **kw)
        self.twins = twins

    def clean(self) -> dict[str, Any]:
        """`same_as` is one of the twins, chosen in place of a title."""
        data = super().clean()
        twin = next((t for t in self.twins if str(t.uid) == self.data.get("same_as")), None)
        data["republishes"] = twin or data["republishes"]
        return data


class EditForm(DetailsForm):
    """The details, how far the work is, and who does it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    status = forms.ChoiceField(choices=ArticleStatus.choices())
    assignee: Any = forms.ModelChoiceField(
        User.objects.none(), required=False, empty_label="nobody"
    )

    COLUMNS = [*DetailsForm.COLUMNS, "status", "assignee"]

    def __init__(
        self, workspace: Workspace, data: Any = None, *, article: Article, **kw: Any
    ) -> None:
        super().__init__(workspace, data, article=article, **kw)
        # Whoever has left the desk stays its assignee until somebody changes that.
        may = Q(memberships__workspace=workspace) | Q(pk=article.assignee_id)
        assignee: Any = self.fields["assignee"]
        assignee.queryset = User.objects.filter(may).distinct().order_by("username")


class ArticleFilter(ListFilter):
    """Which articles a list shows; all fields together narrow it down."""

    title = forms.CharField(
        label="Title", required=False, max_length=200, widget=forms.TextInput({"type": "search"})
    )
    status = forms.ChoiceField(required=False, choices=[("", "any"), *ArticleStatus.choices()])
    publisher = forms.CharField(label="Publisher", required=False, max_length=200)
    assignee = forms.ChoiceField(required=False)
    language = forms.ChoiceField(required=False)
    since = forms.DateField(label="Published from", required=False, widget=DAY)
    until = forms.DateField(label="Published to", required=False, widget=DAY)

    def __init__(self, workspace: Workspace, data: Any) -> None:
        super().__init__(data)
        self.workspace = workspace
        articles = Article.objects.within(workspace).kept()
        assignee: Any = self.fields["assignee"]
        assignee.choices = assignees.choices(workspace)
        used = articles.exclude(language="").order_by("language").values_list("language", flat=True)
        language: Any = self.fields["language"]
        language.choices = [("", "any"), *((code, name(code)) for code in used.distinct())]

    def narrow(self, articles: Any) -> Any:
        """`articles`, narrowed; none at all where a filter names what is not there."""
        if not self.is_valid():
            return articles.none()
        lookups = {
            "title": "title__icontains",
            "since": "published_on__gte",
            "until": "published_on__lte",
        }
        data = dict(self.cleaned_data)
        articles = assignees.narrow(articles, data.pop("assignee"))
        if publisher := data.pop("publisher"):
            meant = Source.objects.within(self.workspace).meant(publisher)
            articles = articles.filter(publisher__in=meant.values("pk"))
        return articles.filter(**{lookups.get(key, key): data[key] for key in data if data[key]})


def _titled(articles: Any, title: str) -> list[Article]:
    """Those with this title, else those whose title holds these words."""
    exact = list(articles.filter(title=title).order_by("-id")[:9])
    return exact or list(articles.filter(title__icontains=title).order_by("-id")[:9])
