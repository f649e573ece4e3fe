"""The knowledge base for those who write and publish it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dauchan.helpdesk.knowledge.access import (
    PUBLISHES,
    SEES_ARTICLES,
    WRITES_ARTICLES,
    access_article,
    access_articles,
    may_publish,
)
from dauchan.helpdesk.knowledge.actions import Written, publish, withdraw, write_article, write_version
from dauchan.helpdesk.knowledge.errors import KnowledgeRefused
from dauchan.helpdesk.knowledge.queries import searched
from dauchan.helpdesk.knowledge.wording import parts_of
from dauchan.web.helpdesk.article_forms import ArticleForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.helpdesk.knowledge.models import Article, ArticleVersion
    from dauchan.web.requests import OfficerRequest

ARTICLES_A_PAGE = 25


@require_safe
@officer_required(*SEES_ARTICLES)
def article_list(request: OfficerRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100].strip()
    articles = access_articles(request.user).prefetch_related("versions")
    page = Paginator(searched(articles, words), ARTICLES_A_PAGE).get_page(request.GET.get("page"))
    may_write = bool(request.user.roles() & set(WRITES_ARTICLES))
    return render(request, "helpdesk/articles.html", {"page": page, "words": words, "may_write": may_write})


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*WRITES_ARTICLES)
def new(request: OfficerRequest) -> HttpResponse:
    form = ArticleForm(request.POST if request.method == "POST" else None, initial={"latest": 0})
    if form.is_valid():
        try:
            article = write_article(Written(**form.written), request.user)
        except KnowledgeRefused as refused:
            form.add_error("title_vi", str(refused.message))
        else:
            messages.success(request, _("Đã lưu bản nháp. Một cán bộ khác đọc lại và công bố."))
            return redirect("helpdesk:edit_article", article.pk)
    return render(request, "helpdesk/new_article.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*SEES_ARTICLES)
def page(request: OfficerRequest, article_id: int) -> HttpResponse:
    """What it says now and before; by POST the next version, by who writes them."""
    if request.method != "POST":
        return _shown(request, access_article(request.user, article_id))
    article = access_article(request.user, article_id, *WRITES_ARTICLES)
    form = ArticleForm(request.POST)
    if not form.is_valid():
        return _shown(request, article, form, status=422)
    try:
        write_version(article, Written(**form.written), request.user, form.cleaned_data["latest"])
    except KnowledgeRefused as refused:
        messages.error(request, str(refused.message))
        typed = request.POST.copy()
        typed["latest"] = str(_latest(article).number)
        return _shown(request, article, ArticleForm(typed), status=409)
    messages.success(request, _("Đã lưu bản nháp. Một cán bộ khác đọc lại và công bố."))
    return redirect("helpdesk:edit_article", article.pk)


@require_POST
@officer_required(*PUBLISHES)
def publish_latest(request: OfficerRequest, article_id: int) -> HttpResponse:
    article = access_article(request.user, article_id)
    number = request.POST.get("number", "")
    try:
        publish(article, request.user, int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0)  # noqa: PLR2004 - digits
    except KnowledgeRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã công bố. Trang hỗ trợ hiện bản này."))
    return redirect("helpdesk:edit_article", article.pk)


@require_POST
@officer_required(*PUBLISHES)
def withdraw_article(request: OfficerRequest, article_id: int) -> HttpResponse:
    withdraw(access_article(request.user, article_id), request.user)
    messages.success(request, _("Đã gỡ khỏi trang hỗ trợ."))
    return redirect("helpdesk:articles")


def _latest(article: Article) -> ArticleVersion:
    return article.versions.select_related("written_by", "published_by")[0]


def _shown(
    request: OfficerRequest, article: Article, form: ArticleForm | None = None, *, status: int = 200
) -> HttpResponse:
    latest = _latest(article)
    context = {
        "article": article,
        "latest": latest,
        "parts_vi": parts_of(latest.body_vi),
        "parts_en": parts_of(latest.body_en),
        "versions": article.versions.select_related("written_by", "published_by"),
        "may_write": bool(request.user.roles() & set(WRITES_ARTICLES)),
        "may_publish": may_publish(request.user) and not latest.is_published and latest.written_by != request.user,
        "may_withdraw": may_publish(request.user) and article.current is not None and article.withdrawn_at is None,
        "is_own_draft": not latest.is_published and latest.written_by == request.user,
        "form": form or ArticleForm(initial=ArticleForm.of(article, latest)),
    }
    return render(request, "helpdesk/edit_article.html", context, status=status)
