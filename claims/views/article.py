"""Articles: listed, brought in, kept right. The annotate page is in `annotate.py`."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from claims.actions import article as articles
from claims.actions.errors import Conflict
from claims.forms.article import ArticleFilter, BringForm, EditForm
from claims.forms.errors import add_errors
from claims.models import Article, Upload
from claims.views import article_rows
from claims.views.article_preview import Preview, became, remember
from claims.views.conflict import LONGEST_NUMBER, differences, overwrite_next, version_in
from claims.views.counts import count, counted
from claims.views.desk import DeskRequest, desk, one
from claims.views.done import tell

NOT_SEEN = "This is the text as it is read now. Look at it, then freeze it."


@desk("read")
def index(request: DeskRequest) -> HttpResponseBase:
    """The list, newest first; with `?options` the choices of a combobox for one article."""
    kept = Article.objects.within(request.workspace).kept()
    form = ArticleFilter(request.workspace, request.GET)
    found = form.narrow(kept)
    if "options" in request.GET:
        options = found.select_related("publisher").order_by("-id")[:12]
        return render(request, "article/index.html#options", {"options": options})
    context = {
        "form": form,
        "page": article_rows.rows(found, request.GET.get("after", "")),
        "total": counted(count(found)),
        "filtered": bool(form.errors) or any(form.cleaned_data.values()),
    }
    return render(request, "article/index.html", context)


@desk("article.write", ("GET", "POST"))
def new(request: DeskRequest) -> HttpResponseBase:
    """Paste or upload; what can be read goes on to its preview, all else is told here."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        brought = form.cleaned_data
        upload = articles.keep_upload(
            request.actor,
            brought["name"],
            brought["media_type"],
            brought["content"],
            brought.get("url") or "",
        )
        query = {"encoding": brought["read_as"]} if brought["read_as"] else None
        address = reverse("article-preview", args=[request.workspace.slug, upload.uid], query=query)
        return redirect(address)
    waiting = Upload.objects.within(request.workspace).filter(
        uploaded_by=request.user, article=None
    )
    context = {"form": form, "waiting": waiting.defer("content").order_by("-id")[:20]}
    return render(request, "article/new.html", context, status=422 if form.errors else 200)


@desk("article.write", ("GET", "POST"))
def preview(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The text as it would be frozen. POST reads it again, or, with `freeze`, freezes it."""
    if article := became(request, uid):
        return redirect(article)
    look = Preview(request, one(request, Upload.objects.filter(article=None), uid))
    if look.bound and look.form.is_valid() and (response := _freeze(request, look)):
        return response
    if look.asked_to_freeze and not look.bound:
        look.problem = look.problem or NOT_SEEN
    part = "#kept" if request.htmx and not look.asked_to_freeze else ""
    context = {"look": look, "form": look.form, "upload": look.upload}
    status = 422 if look.asked_to_freeze else 200
    return render(request, f"article/preview.html{part}", context, status=status)


def _freeze(request: DeskRequest, look: Preview) -> HttpResponseBase | None:
    """The new article's page; None when it is refused, with the reasons in the form."""
    publisher = look.form.cleaned_data["publisher_row"]
    values = look.form.values()
    try:
        article = articles.freeze(
            request.actor, look.upload, look.text, look.encoding, values, publisher
        )
    except ValidationError as error:
        if Upload.objects.filter(pk=look.upload.pk).exists():
            add_errors(look.form, error)
            return None
        messages.info(request, "That was brought in, or dropped, already.")
        return redirect("articles", request.workspace.slug)
    remember(request, look.upload.uid, article)
    tell(request, f"Brought in “{article}”.")
    return redirect(article)


@desk("article.write", ("POST",))
def drop(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Throws away what was brought in and not frozen."""
    upload = one(request, Upload.objects.select_related("article__workspace"), uid)
    upload.delete()
    messages.success(request, "Dropped. Nothing was brought in.")
    return redirect(upload.article or reverse("articles", args=[request.workspace.slug]))


@desk("article.write", ("GET", "POST"))
def edit(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Details, status and assignee; the text is not one of them."""
    rows = Article.objects.select_related("publisher", "assignee", "republishes", "workspace")
    article = one(request, rows, uid)
    form = EditForm(
        request.workspace, request.POST or None, article=article, initial=_details(article)
    )
    context: dict[str, object] = {"article": article, "form": form, "keep_url": request.path}
    status = 200
    if request.method == "POST" and form.is_valid():
        version, publisher = form.cleaned_data["version"], form.cleaned_data["publisher_row"]
        try:
            articles.edit(request.actor, article, version, form.values(), publisher)
        except ValidationError as error:
            add_errors(form, error)
        except Conflict:
            article = one(request, rows, uid)
            context |= {"rows": differences(form, _shown(article)), "article": article}
            overwrite_next(form, article.version)
            status = 409
        else:
            tell(request, "Saved.")
            return redirect(article)
    status = 422 if form.errors else status
    return render(request, "article/edit.html", context, status=status)


def _details(article: Article) -> dict[str, object]:
    """The form's first values."""
    publisher, copy = article.publisher, article.republishes
    return {name: getattr(article, name) for name in EditForm.COLUMNS} | {
        "version": article.version,
        "publisher": publisher.uid if publisher else None,
        "publisher_name": publisher.name if publisher else "",
        "republishes": copy.uid if copy else None,
        "republishes_name": copy.title if copy else "",
    }


def _shown(article: Article) -> dict[str, object]:
    """The fields of the form that a person reads."""
    hidden = {"version", "publisher", "republishes"}
    return {name: value for name, value in _details(article).items() if name not in hidden}


@desk("article.write", ("POST",))
def delete(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """Deletes an article without claims."""
    article = one(request, Article.objects.select_related("workspace"), uid)
    try:
        articles.delete(request.actor, article, version_in(request))
    except (ValidationError, Conflict) as error:
        said = error.messages[0] if isinstance(error, ValidationError) else str(error)
        messages.error(request, said)
        return redirect("article-edit", request.workspace.slug, uid)
    tell(request, f"Deleted “{article}”.")
    return redirect("articles", request.workspace.slug)


@desk("read")
def original(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    """The file that was brought in, byte for byte, to be saved and never to be run here.

    That of the newest text, or of the one that `?number=` names.
    """
    revisions = one(request, Article, uid).revisions.order_by("-number")
    number = request.GET.get("number", "")
    if number.isdecimal() and len(number) < LONGEST_NUMBER:
        revisions = revisions.filter(number=int(number))
    revision = revisions.first()
    if revision is None or not revision.original:
        raise Http404("There is no original file.")
    name = "".join(c if c.isprintable() and c not in "/\\" else "_" for c in revision.original_name)
    response = FileResponse(
        revision.original.open("rb"),
        as_attachment=True,
        filename=name or "original",
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


@desk("read")
def show(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")


@desk("article.write", ("POST",))
def read_paragraphs(request: DeskRequest, uid: UUID) -> HttpResponseBase:
    raise Http404("Not yet.")
