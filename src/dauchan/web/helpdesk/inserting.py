"""Putting a sentence or an article into an answer that is being written: a button sends the form back with it added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from dauchan.helpdesk.knowledge.models import Article, CannedAnswer
from dauchan.web.helpdesk.forms import AnswerForm

if TYPE_CHECKING:
    from django.http import QueryDict

    from dauchan.helpdesk.models import Ticket

MOST_DIGITS = 18


def with_inserted(sent: QueryDict, ticket: Ticket) -> AnswerForm:
    """The form as it was typed, with what `insert` names (`sentence:3`, `article:5`) at its end; not sent yet."""
    kind, _colon, key = sent.get("insert", "").partition(":")
    number = int(key) if key.isascii() and key.isdigit() and len(key) <= MOST_DIGITS else 0
    typed, chosen = sent.get("answer", "").strip(), sent.get("article", "")
    added = ""
    if kind == "sentence" and (sentence := CannedAnswer.objects.filter(pk=number, is_in_use=True).first()):
        added = sentence.body(ticket.language)
    if kind == "article" and (article := Article.objects.in_use().filter(pk=number).first()):
        added, chosen = _of_article(article, ticket.language), str(article.pk)
    initial = {
        "revision": ticket.revision,
        "article": chosen or ticket.article_id,
        "answer": "\n\n".join(filter(None, (typed, added))),
    }
    return AnswerForm(initial=initial)


def _of_article(article: Article, language: str) -> str:
    """Its text in the asker's language, and where it stands."""
    with override(language):
        address = f"{settings.BASE_URL}{reverse('helpdesk:article', args=[article.slug])}"
        body = article.current.body if article.current else ""
        return f"{body.strip()}\n\n{_('Hướng dẫn đầy đủ: %(address)s') % {'address': address}}"
