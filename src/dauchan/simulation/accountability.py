"""What the demonstration's head answers for: one explanation, measures with staff; and the first weekly report."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.oversight.accountability.explaining import Said, sign_explanation
from dauchan.oversight.accountability.models import SignedBy
from dauchan.oversight.accountability.overdue import overdue_items
from dauchan.oversight.accountability.weekly import make_report
from dauchan.oversight.accountability.weeks import last_whole_week
from dauchan.people.measures.actions import record_measure
from dauchan.people.roster.models import Agency
from dauchan.units.models import Unit, UnitLevel

if TYPE_CHECKING:
    from dauchan.units.models import Officer

WORDS = (
    "Chủ địa điểm đi vắng dài ngày, hai lần cán bộ đến kiểm tra đều không gặp (giải trình giả định của bản trình diễn)."
)
REMEDY = "Đã liên hệ qua điện thoại, hẹn kiểm tra cùng tổ dân phố trong tuần này."


def load_accountability(head: Officer) -> None:
    """One of what is overdue explained, the others left for whoever tries it; a round of measures; the last week's report."""
    now = timezone.now()
    items = overdue_items(head.units_as("head"), now)
    if items:
        promised = timezone.localdate(now) + dt.timedelta(days=5)
        sign_explanation(head, [items[0].key], Said(WORDS, REMEDY, promised, SignedBy.PASSWORD.value))
    agency = Agency.objects.filter(unit__in=head.units_as("head")).first()
    if agency is not None:
        staff = list(agency.members.all())
        taken = timezone.localdate(now) - dt.timedelta(days=8)
        record_measure(agency, staff[:3], "reminded", taken, "Ba ngày không quét mã tại trụ sở.", head)
        record_measure(agency, staff, "instructed", taken, "Quán triệt tại giao ban tuần.", head)
    for province in Unit.objects.valid_on(timezone.localdate(now)).filter(level=UnitLevel.PROVINCE):
        make_report(province, last_whole_week(now), now)
