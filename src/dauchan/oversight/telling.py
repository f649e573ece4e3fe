"""The outcome by text message to reporters who proved to hold the phone: one fixed sentence with a link, no words of anybody."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import httpx
from django.conf import settings
from django.db.models import Q
from django.utils import translation

from dauchan.oversight.models import Report
from dauchan.people import sms

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger(__name__)
#: One answer sends no more messages than this, however many reports were merged.
MOST_MESSAGES = 50


def tell_outcome(report: Report) -> int:
    """Tell whoever follows *report*, its merged ones included, by phone; returns how many messages the gateway took."""
    followed = Report.objects.filter(Q(pk=report.pk) | Q(merged_into=report), phone__isnull=False)
    return sum(_sent(one) for one in _each_phone_once(followed[:MOST_MESSAGES]))


def _each_phone_once(reports: Iterable[Report]) -> Iterable[Report]:
    return {one.phone: one for one in reports}.values()


def _sent(report: Report) -> bool:
    with translation.override(report.language):
        text = sms.report_message(f"{settings.BASE_URL}/reports/{report.code}/")
    try:
        sms.gateway().send(report.phone or "", text)
    except httpx.HTTPError:
        log.warning("report %s: the gateway did not take the message", report.pk)
        return False
    return True
