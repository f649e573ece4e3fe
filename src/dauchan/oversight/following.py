"""What a reporter may do with the code: ask once to look again, rate the answer, have the outcome sent to a phone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.oversight.errors import NotAtThisPoint, TooLate
from dauchan.oversight.models import EventKind, Report, ReportStatus
from dauchan.oversight.writing import standing_report, start_clock, tell
from dauchan.people.phone_codes import accept_code, send_code

if TYPE_CHECKING:
    from dauchan.people.phone_codes import SentCode

PURPOSE = "report"


def may_reopen(report: Report, now: dt.datetime) -> bool:
    """Within the days the rule gives, and once: of reports that were merged, once for all of them."""
    standing = standing_report(report)
    if not standing.is_answered or standing.answered_at is None or standing.reopened_at or standing.clock is None:
        return False
    return now < standing.answered_at + dt.timedelta(days=standing.clock.reopen_days)


@transaction.atomic
def reopen(report: Report, words: str) -> Report:
    """The answer does not do: the unit looks again, with a new deadline. Raises: TooLate."""
    now = timezone.now()
    standing = (
        Report.objects.select_for_update(of=("self",))
        .select_related("unit", "clock")
        .get(pk=standing_report(report).pk)
    )
    if not may_reopen(standing, now):
        raise TooLate
    standing.status, standing.reopened_at, standing.reopen_words = ReportStatus.REOPENED, now, words
    standing.revision += 1
    start_clock(standing, now, reopened=True)
    standing.save()
    tell(standing, EventKind.REOPENED, None, at=now)
    return standing


@transaction.atomic
def rate(report: Report, stars: int) -> None:
    """Each holder of a code rates once, what was answered. Raises: NotAtThisPoint."""
    if not standing_report(report).is_answered:
        raise NotAtThisPoint
    if not Report.objects.filter(pk=report.pk, stars=None).update(stars=stars):
        raise NotAtThisPoint
    tell(report, EventKind.RATED, None, words=str(stars))


def offer_phone(report: Report, phone: str, address: str) -> SentCode:
    """Send a code to *phone* (E.164), bound to this report. Raises: TooManyCodes, httpx.HTTPError."""
    return send_code(phone, _purpose(report), address)


def prove_phone(report: Report, phone: str, code: str) -> None:
    """From now on the outcome goes to that phone. Raises: CodeNotAccepted."""
    accept_code(phone, _purpose(report), code)
    Report.objects.filter(pk=report.pk).update(phone=phone)


def _purpose(report: Report) -> str:
    """A code that was sent for one report proves nothing for another."""
    return f"{PURPOSE}:{report.pk}"
