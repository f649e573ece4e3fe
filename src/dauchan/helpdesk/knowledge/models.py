"""Articles, their versions, and canned answers. Nothing here is about a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dauchan.units.hotline import filled_in
from dauchan.units.languages import reads_english


class ArticleQuerySet(models.QuerySet["Article"]):
    def in_use(self) -> ArticleQuerySet:
        """Those that the public reads, with what they say."""
        return self.filter(current__isnull=False, withdrawn_at=None).select_related("current")


class Article(models.Model):
    """A problem people really have, and what helps.

    Attributes:
        slug: its address on the public page.
        topic: of `helpdesk.models.Topic`.
        scan_reasons: the reasons of failed scans that it explains, separated by spaces.
        current: the version that is published; none before the first is.
        search_key: the folded words of that version and of `keywords`.
    """

    slug = models.SlugField(max_length=60, unique=True)
    topic = models.CharField(_("Nhóm việc"), max_length=20)
    scan_reasons = models.CharField(max_length=200, blank=True)
    keywords = models.CharField(_("Từ khóa khác"), max_length=300, blank=True)
    search_key = models.TextField(blank=True)
    current = models.ForeignKey("ArticleVersion", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.current.title if self.current else self.slug


class ArticleVersion(models.Model):
    """What an article says from the day it is published; a published one is never changed.

    Attributes:
        written_by, published_by: None for those that came with the program.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title_vi = models.CharField(_("Tiêu đề (tiếng Việt)"), max_length=120)
    title_en = models.CharField(_("Tiêu đề (tiếng Anh)"), max_length=120)
    body_vi = models.TextField(_("Nội dung (tiếng Việt)"), max_length=4000)
    body_en = models.TextField(_("Nội dung (tiếng Anh)"), max_length=4000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("written_by")), name="article_second_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_vi} ({self.number})"

    @property
    def title(self) -> str:
        return self.title_en if reads_english() else self.title_vi

    @property
    def body(self) -> str:
        return self.body_en if reads_english() else self.body_vi

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class CannedAnswer(models.Model):
    """A sentence agents put into their answers."""

    title = models.CharField(_("Tên gọi"), max_length=80, unique=True)
    body_vi = models.TextField(_("Câu trả lời (tiếng Việt)"), max_length=1000)
    body_en = models.TextField(_("Câu trả lời (tiếng Anh)"), max_length=1000)
    is_in_use = models.BooleanField(_("Đang dùng"), default=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def body(self, language: str) -> str:
        """As the asker reads it, with the hotline of this installation."""
        return filled_in(self.body_en if language.startswith("en") else self.body_vi)

    @property
    def shown(self) -> str:
        """To the officer, in the language of the page."""
        return self.body("en" if reads_english() else "vi")
