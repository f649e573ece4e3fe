"""Writing a version, publishing it, withdrawing an article, keeping canned answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from dauchan.helpdesk.knowledge.access import require_publishing
from dauchan.helpdesk.knowledge.errors import AddressTaken, ChangedMeanwhile, NothingToPublish, SecondPersonNeeded
from dauchan.helpdesk.knowledge.models import Article, ArticleVersion
from dauchan.units import audit
from dauchan.vietnamese import fold, plain_words

if TYPE_CHECKING:
    from dauchan.helpdesk.knowledge.models import CannedAnswer
    from dauchan.units.models import Officer

LONGEST_ADDRESS = 60


@dataclass(frozen=True)
class Written:
    topic: str
    title_vi: str
    title_en: str
    body_vi: str
    body_en: str
    keywords: str = ""
    scan_reasons: str = ""


def key_of(version: ArticleVersion, keywords: str) -> str:
    said = (version.title_vi, version.title_en, version.body_vi, version.body_en, keywords)
    return fold(" ".join(said))


@transaction.atomic
def write_article(written: Written, officer: Officer) -> Article:
    """A new one, as a draft. Raises: AddressTaken."""
    article = Article(slug=plain_words(written.title_vi)[:LONGEST_ADDRESS].strip("-") or "bai")
    try:
        with transaction.atomic():
            _keep_head(article, written)
    except IntegrityError:
        raise AddressTaken from None
    _add_version(article, written, officer, 1)
    return article


@transaction.atomic
def write_version(article: Article, written: Written, officer: Officer, latest: int) -> ArticleVersion:
    """The next version, or the draft written anew; *latest* is the number its page was opened with. Raises: ChangedMeanwhile."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    last = article.versions.first()
    number = last.number if last else 0
    if number != latest:
        raise ChangedMeanwhile
    _keep_head(article, written)
    return _add_version(article, written, officer, number + 1)


@transaction.atomic
def publish(article: Article, officer: Officer, number: int) -> Article:
    """Make the latest version the one that is read. Raises: RoleMissing, NothingToPublish, SecondPersonNeeded."""
    require_publishing(officer)
    found = Article.objects.select_for_update().get(pk=article.pk)
    version = found.versions.first()
    if version is None or version.is_published or version.number != number:
        raise NothingToPublish
    if version.written_by_id == officer.pk:
        raise SecondPersonNeeded
    version.published_by, version.published_at = officer, timezone.now()
    version.save(update_fields=["published_by", "published_at"])
    found.current, found.search_key, found.withdrawn_at = version, key_of(version, found.keywords), None
    found.save()
    audit.record(officer, "article.published", f"article:{found.pk}", detail={"version": version.number})
    return found


@transaction.atomic
def withdraw(article: Article, officer: Officer) -> None:
    """No longer on the public page; its address says that it is gone. Raises: RoleMissing."""
    require_publishing(officer)
    Article.objects.filter(pk=article.pk).update(withdrawn_at=timezone.now())
    audit.record(officer, "article.withdrawn", f"article:{article.pk}")


@transaction.atomic
def keep_canned(canned: CannedAnswer, officer: Officer) -> CannedAnswer:
    canned.changed_by = officer
    canned.save()
    audit.record(officer, "canned_answer.kept", f"canned_answer:{canned.pk}")
    return canned


def _keep_head(article: Article, written: Written) -> None:
    article.topic, article.keywords, article.scan_reasons = written.topic, written.keywords, written.scan_reasons
    article.save()


def _add_version(article: Article, written: Written, officer: Officer, number: int) -> ArticleVersion:
    version = ArticleVersion.objects.create(
        article=article,
        number=number,
        title_vi=written.title_vi,
        title_en=written.title_en,
        body_vi=written.body_vi,
        body_en=written.body_en,
        written_by=officer,
        written_at=timezone.now(),
    )
    audit.record(officer, "article.written", f"article:{article.pk}", detail={"version": number})
    return version
