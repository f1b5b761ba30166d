"""The texts of an article: a new one brought in, the list of them, and an old one as it was."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from claims.actions import article as articles
from claims.actions import revision as revisions
from claims.actions.errors import Conflict
from claims.actions.spans import current_revision
from claims.forms.article import BringForm
from claims.forms.revision import ReviseForm
from claims.importers.decode import ENCODINGS
from claims.models import Article, Revision, Upload
from claims.views import reading
from claims.views.article import NOT_SEEN
from claims.views.cards import cards
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell
from claims.views.placements import Waiting, absent, waiting
from claims.views.revision_preview import RevisionPreview

STALE = (
    "Somebody changed this article while you were looking: below is what your text would do to it "
    "as it is now."
)


@desk("article.write", ("GET", "POST"))
def revise(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Paste or upload; then, with `?upload=`, what that would do, until it is frozen."""
    article = one(request, Article.objects.select_related("workspace"), uid)
    if sent := request.GET.get("upload", ""):
        return _preview(request, article, sent)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        brought = form.cleaned_data
        upload = articles.keep_upload(
            request.actor,
            brought["name"],
            brought["media_type"],
            brought["content"],
            brought.get("url") or "",
            article,
        )
        encoding = f"&encoding={brought['read_as']}" if brought["read_as"] else ""
        return redirect(upload.get_absolute_url() + encoding)
    own = Upload.objects.within(request.workspace).filter(uploaded_by=request.user, article=article)
    context = {
        "article": article,
        "form": form,
        "waiting": own.select_related("article", "workspace").defer("content").order_by("-id")[:20],
    }
    return render(request, "revision/new.html", context, status=422 if form.errors else 200)


def _preview(request: DeskRequest, article: Article, sent: str) -> HttpResponseBase:
    try:
        upload = Upload.objects.within(request.workspace).get(uid=sent, article=article)
    except (Upload.DoesNotExist, ValidationError):
        messages.info(request, "That was brought in, or dropped, already.")
        return redirect("article-revisions", request.workspace.slug, article.uid)
    look = RevisionPreview(request, upload, article)
    status = 422 if look.asked_to_freeze else 200
    if look.bound and not look.problem and look.form.is_valid():
        version = look.form.cleaned_data["version"]
        try:
            new = revisions.revise(
                request.actor, article, version, look.text, look.encoding, upload
            )
        except ValidationError as error:
            look.problem = " ".join(error.messages)
        except Conflict:
            look = RevisionPreview(request, upload, one(request, Article, article.uid))
            look.form = ReviseForm(initial={"version": look.article.version})
            look.problem, status = STALE, 409
        else:
            tell(request, f"This is the newest text now (revision {new.number}).")
            return redirect("article-revisions", request.workspace.slug, article.uid)
    elif look.asked_to_freeze and not look.bound:
        look.problem = look.problem or NOT_SEEN
    part = "#effect" if request.htmx and not look.asked_to_freeze else ""
    context = {"look": look, "form": look.form, "upload": upload, "encodings": ENCODINGS}
    context |= {"article": look.article, **look.effect()}
    return render(request, f"revision/preview.html{part}", context, status=status)


@desk("read")
def index(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """What waits on the newest text, what is no longer in it, and all texts."""
    article = one(request, Article.objects.select_related("workspace"), uid)
    texts = article.revisions.select_related("captured_by", "workspace").defer("text")
    newest = current_revision(article)
    found: list[Waiting] = waiting(newest)
    context = {
        "article": article,
        "newest": newest,
        "texts": texts.order_by("-number"),
        "waiting": found,
        "absent": absent(article, newest, {one.claim.pk for one in found}),
        "direction": reading.direction(article.language),
    }
    return render(request, "revision/index.html", context)


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """A text as it was, with the claims in it, to be read only; the newest is the article."""
    rows = Revision.objects.select_related("article__workspace", "article__publisher")
    revision = one(request, rows.filter(article__deleted_at=None), uid)
    article = revision.article
    newest = current_revision(article)
    if revision.pk == newest.pk:
        return redirect(article)
    context = {
        "article": article,
        "revision": revision,
        "newest": newest,
        "passages": reading.passages(revision),
        "cards": [c for c in cards(article, revision) if c.words and not c.elsewhere],
        "direction": reading.direction(article.language),
        "may": None,
    }
    return render(request, "revision/show.html", context)
