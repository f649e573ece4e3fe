"""Reads over tickets: the queue, its tabs, what most people ask, how well the hotline does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Avg, Case, Count, DurationField, ExpressionWrapper, F, IntegerField, Q, Value, When

from dauchan.helpdesk.knowledge.models import Article
from dauchan.helpdesk.models import RUNNING, Rating, Ticket, TicketStatus, Topic
from dauchan.people.actions import person_with_phone
from dauchan.people.paper_hashes import papers_of
from dauchan.qr import CodeRefused, read_short_code
from dauchan.vietnamese import PhoneRefused, fold, read_phone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from dauchan.units.models import Officer

#: Over so many days problems are counted, and so many of them are shown.
COUNTED_DAYS = 90
MOST_PROBLEMS = 10


def own_first(tickets: QuerySet[Ticket], officer: Officer) -> QuerySet[Ticket]:
    """One's own, then nobody's, then what colleagues have; what is due first on top."""
    whose = Case(
        When(agent=officer, then=Value(0)),
        When(agent=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return tickets.annotate(whose=whose).order_by("whose", F("due_at").asc(nulls_first=True), "opened_at", "pk")


def searched(tickets: QuerySet[Ticket], text: str) -> QuerySet[Ticket]:
    """By code, by the number to call back of somebody who is known, or by words of place and problem, diacritics or not.

    What people wrote is ciphertext and cannot be searched.
    """
    typed = text.strip()
    if not typed:
        return tickets
    try:
        return tickets.filter(code=read_short_code(typed))
    except CodeRefused:
        pass
    try:
        person = person_with_phone(read_phone(typed))
    except PhoneRefused:
        pass
    else:
        return tickets.filter(person_hash=papers_of(person.pk)) if person else tickets.none()
    for word in fold(typed).split():
        tickets = tickets.filter(Q(venue__search_key__contains=word) | Q(article__search_key__contains=word))
    return tickets


def counts_of(tickets: QuerySet[Ticket], officer: Officer, now: dt.datetime) -> dict[str, int]:
    """For the tabs; one query."""
    running = Q(status__in=RUNNING)
    return tickets.order_by().aggregate(
        running=Count("pk", running),
        own=Count("pk", running & Q(agent=officer)),
        free=Count("pk", running & Q(agent=None)),
        overdue=Count("pk", running & Q(due_at__lt=now)),
    )


@dataclass(frozen=True)
class Problem:
    """One of the most frequent problems: how many asked, and what helps; no article yet where *article* is None."""

    title: str
    count: int
    article: Article | None


def frequent_problems(now: dt.datetime) -> list[Problem]:
    """The ten that were asked most in `COUNTED_DAYS`: by article, and by topic where nobody has said which; three queries."""
    lately = Ticket.objects.filter(opened_at__gt=now - dt.timedelta(days=COUNTED_DAYS)).order_by()
    by_article = dict(lately.exclude(article=None).values_list("article").annotate(Count("pk")))
    by_topic = lately.filter(article=None).values_list("topic").annotate(Count("pk"))
    articles = Article.objects.in_use().in_bulk(list(by_article))
    found = [Problem(one.title, by_article[one.pk], one) for one in articles.values()]
    labels = dict(Topic.choices)
    found += [Problem(str(labels.get(topic, topic)), count, None) for topic, count in by_topic]
    return sorted(found, key=lambda one: (-one.count, one.article is None, one.title))[:MOST_PROBLEMS]


@dataclass(frozen=True)
class Figures:
    """How the hotline did with what was asked in a period. Every share names what it is a share of.

    Attributes:
        asked: all of the period.
        answered: of them, answered by now.
        due: the denominator of `in_time`: answered, or the deadline over.
        rated: the denominator of `helped`.
    """

    asked: int
    answered: int
    due: int
    in_time: int
    rated: int
    helped: int
    partly: int
    reopened: int
    wait: dt.timedelta | None

    @property
    def unrated(self) -> int:
        return self.answered - self.rated


def figures_of(tickets: QuerySet[Ticket], now: dt.datetime) -> Figures:
    """One query. A ticket without a deadline is in no count of deadlines."""
    answered = Q(status=TicketStatus.ANSWERED)
    took = ExpressionWrapper(F("answered_at") - F("opened_at"), output_field=DurationField())
    found = tickets.order_by().aggregate(
        asked=Count("pk"),
        answered=Count("pk", answered),
        due=Count("pk", Q(due_at__isnull=False) & (answered | Q(due_at__lt=now))),
        in_time=Count("pk", answered & Q(answered_at__lte=F("due_at"))),
        rated=Count("pk", answered & Q(rating__isnull=False)),
        helped=Count("pk", answered & Q(rating=Rating.HELPED)),
        partly=Count("pk", answered & Q(rating=Rating.PARTLY)),
        reopened=Count("pk", Q(reopened__gt=0)),
        wait=Avg(took, filter=answered),
    )
    return Figures(**found)


def counted_by(tickets: QuerySet[Ticket], field: str, labels: Mapping[object, str]) -> list[tuple[str, int, int]]:
    """Label, how many asked, how many of them answered; the most frequent first."""
    answered = Count("pk", Q(status=TicketStatus.ANSWERED))
    rows = tickets.order_by().values(field).annotate(asked=Count("pk"), done=answered)
    found = [(labels.get(row[field], "–"), row["asked"], row["done"]) for row in rows]
    return sorted(found, key=lambda row: -row[1])
