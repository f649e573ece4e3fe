"""Who writes and who publishes what the hotline tells people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.helpdesk.knowledge.models import Article, CannedAnswer
from dauchan.units.errors import NoSuchThing, RoleMissing
from dauchan.units.jurisdiction import require_role
from dauchan.units.models import Role, UnitLevel

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

WRITES_ARTICLES = (Role.AGENT, Role.MONITOR)
#: Publishing is for the whole province: a head only of a unit at its level.
PUBLISHES = (Role.AGENT, Role.MONITOR, Role.HEAD)
SEES_ARTICLES = PUBLISHES


def access_articles(officer: Officer, *roles: str) -> QuerySet[Article]:
    """Raises: RoleMissing."""
    require_role(officer, *(roles or SEES_ARTICLES))
    return Article.objects.select_related("current")


def access_article(officer: Officer, article_id: int, *roles: str) -> Article:
    """Raises: RoleMissing, NoSuchThing."""
    article = access_articles(officer, *roles).filter(pk=article_id).first()
    if article is None:
        raise NoSuchThing
    return article


def access_canned(officer: Officer) -> QuerySet[CannedAnswer]:
    """Raises: RoleMissing."""
    require_role(officer, *WRITES_ARTICLES)
    return CannedAnswer.objects.all()


def may_publish(officer: Officer) -> bool:
    provincial = (unit.level == UnitLevel.PROVINCE for unit in officer.units_as(Role.HEAD))
    return bool(officer.roles() & set(WRITES_ARTICLES)) or any(provincial)


def require_publishing(officer: Officer) -> None:
    """Raises: RoleMissing."""
    if not may_publish(officer):
        raise RoleMissing


def published(slug: str) -> Article:
    """For everybody. Raises: NoSuchThing."""
    article = Article.objects.in_use().filter(slug=slug).first()
    if article is None:
        raise NoSuchThing
    return article
