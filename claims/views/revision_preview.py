"""A new text of an article before it is frozen: what it would do to the claims."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from claims.actions.revision import SAME_TEXT, Fate, fates, in_words
from claims.actions.spans import current_revision
from claims.forms.revision import ReviseForm
from claims.models import Article, Upload, Workspace
from claims.models.alike import Alike
from claims.views.article_preview import Preview
from claims.views.desk import DeskRequest
from claims.views.revision_diff import Line, compared


class RevisionPreview(Preview):
    """What the preview shows: how the file was read, which lines stay, and what they change."""

    def __init__(self, request: DeskRequest, upload: Upload, article: Article) -> None:
        self.article = article
        self.revision = current_revision(article)
        super().__init__(request, upload)
        self.twins = []
        if self.text and self.text == self.revision.text:
            self.problem = SAME_TEXT

    def _alike(self, _desk: Workspace) -> list[Alike]:
        return []

    def _form(self, request: DeskRequest, data: QueryDict) -> Any:
        initial = {"version": self.article.version}
        return ReviseForm(data) if self.bound else ReviseForm(initial=initial)

    def effect(self) -> dict[str, Any]:
        """The template's variables: a sentence, and both texts in one."""
        found: list[Fate] = fates(self.article, self.text) if self.text else []
        lines: list[Line] = compared(self.revision.text, self.text, found) if self.text else []
        return {"fates": found, "told": in_words(found), "lines": lines}
