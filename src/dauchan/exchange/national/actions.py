"""What an officer does with the exchange: pause, resume, ask for a comparison, send again what was set aside, send past days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.exchange.national import set_aside, streams
from dauchan.exchange.national.models import Standing
from dauchan.units import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from dauchan.exchange.national.agreement import Agreement
    from dauchan.units.models import Officer


@transaction.atomic
def pause(agreement: Agreement, officer: Officer | None) -> None:
    """From the next batch on nothing is sent; scans go on being kept and wait."""
    _stand(agreement, is_paused=True, paused_by=officer, paused_at=timezone.now())
    audit.record(officer, "exchange.paused", _subject(agreement))


@transaction.atomic
def resume(agreement: Agreement, officer: Officer | None) -> None:
    """At once, whatever pause a failure had brought."""
    _stand(agreement, is_paused=False, paused_by=None, paused_at=None, retry_at=None)
    audit.record(officer, "exchange.resumed", _subject(agreement))


@transaction.atomic
def ask_for_comparison(agreement: Agreement, officer: Officer) -> None:
    """Done by the worker within a minute."""
    _stand(agreement, compare_asked_at=timezone.now())
    audit.record(officer, "exchange.comparison_asked", _subject(agreement))


@transaction.atomic
def send_again(agreement: Agreement, officer: Officer, chosen: Iterable[int] | None = None) -> int:
    """Records that were set aside, all or some; how many."""
    asked = set_aside.ask_again(agreement.code, chosen)
    audit.record(officer, "exchange.sent_again", _subject(agreement), detail={"records": asked})
    return asked


@transaction.atomic
def send_days(agreement: Agreement, officer: Officer | None, days: list[dt.date]) -> int:
    """Days of the past beside the live stream; how many streams that makes. Raises: NotAgreed."""
    made = streams.backfill(agreement, days)
    said = {"days": [day.isoformat() for day in days]}
    audit.record(officer, "exchange.backfill_asked", _subject(agreement), detail=said)
    return len(made)


def _stand(agreement: Agreement, **now: object) -> None:
    streams.standing_of(agreement)
    Standing.objects.filter(receiver=agreement.code).update(**now)


def _subject(agreement: Agreement) -> str:
    return f"exchange:{agreement.code}"
