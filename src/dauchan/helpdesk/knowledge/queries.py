"""Finding articles: by words, diacritics or not, and by why a scan failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.helpdesk.knowledge.models import Article
from dauchan.vietnamese import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Words that nearly every question has, and that say nothing about its matter.
SMALL_WORDS = frozenset(
    [
        "toi",
        "em",
        "anh",
        "chi",
        "la",
        "thi",
        "ma",
        "bi",
        "o",
        "cho",
        "cua",
        "va",
        "khong",
        "duoc",
        "sao",
        "gi",
        "the",
        "nao",
        "voi",
        "i",
        "the",
        "a",
        "to",
        "is",
        "my",
        "my",
        "not",
    ]
)
MOST_WORDS = 12


def searched(articles: QuerySet[Article], text: str) -> list[Article]:
    """Those with the most words of *text*, best first: titles count double. Without words, all by title."""
    words = [word for word in dict.fromkeys(fold(text).split()) if word not in SMALL_WORDS][:MOST_WORDS]
    found = list(articles)
    if not words:
        return sorted(found, key=lambda one: fold(one.title))
    scored = [(_score(one, words), one) for one in found]
    return [one for score, one in sorted(scored, key=lambda pair: (-pair[0], pair[1].slug)) if score * 2 >= len(words)]


def suggestions(text: str, most: int = 3) -> list[Article]:
    """The published articles that fit best to what somebody wrote."""
    return searched(Article.objects.in_use(), text)[:most] if text.strip() else []


def article_for_reason(reason: str) -> Article | None:
    """The article that explains why a scan failed."""
    if not reason:
        return None
    found = Article.objects.in_use().filter(scan_reasons__contains=reason)
    return next((one for one in found if reason in one.scan_reasons.split()), None)


def _score(article: Article, words: list[str]) -> int:
    title = fold(article.title)
    key = article.search_key
    return sum((word in key) + (word in title) for word in words)
