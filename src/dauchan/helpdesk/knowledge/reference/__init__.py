"""The articles and sentences that come with the program: loaded where there are none of their name, never over an officer's."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from dauchan.helpdesk.knowledge.actions import key_of
from dauchan.helpdesk.knowledge.models import Article, ArticleVersion, CannedAnswer
from dauchan.units.reference_rows import Loaded

HERE = Path(__file__).parent


@transaction.atomic
def load_knowledge(folder: Path = HERE) -> Loaded:
    """What is known already stays as officers have it."""
    articles = tomllib.loads((folder / "articles.toml").read_text("utf-8"))
    known = set(Article.objects.values_list("slug", flat=True))
    new = {slug: said for slug, said in articles.items() if slug not in known}
    for slug, said in new.items():
        _load_article(slug, said)
    sentences = tomllib.loads((folder / "canned.toml").read_text("utf-8"))
    named = set(CannedAnswer.objects.values_list("title", flat=True))
    more = [CannedAnswer(**said) for said in sentences["answer"] if said["title"] not in named]
    CannedAnswer.objects.bulk_create(more)
    return Loaded(len(new) + len(more), 0, len(articles) + len(sentences["answer"]) - len(new) - len(more))


def _load_article(slug: str, said: dict[str, str]) -> None:
    now = timezone.now()
    head = {name: said.get(name, "") for name in ("topic", "keywords", "scan_reasons")}
    article = Article.objects.create(slug=slug, **head)
    words = {name: said[name].strip() for name in ("title_vi", "title_en", "body_vi", "body_en")}
    version = ArticleVersion.objects.create(article=article, number=1, written_at=now, published_at=now, **words)
    article.current, article.search_key = version, key_of(version, article.keywords)
    article.save(update_fields=["current", "search_key"])
