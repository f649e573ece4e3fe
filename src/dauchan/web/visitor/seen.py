"""Who saw me and why: what the log says of looks at one's own details, in words.

Officers are named by their unit and role: the authority answers for them, and what a trace was for may tell of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dauchan.tracing.looks import looks_at
from dauchan.units.models import Appointment, AuditEntry
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from dauchan.web.requests import PersonRequest

MOST = 1000
#: What was looked at, and why; where nothing is written here the purpose itself is shown: it concerns nobody else.
WHAT: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "card.opened": (_("Thông tin trên thẻ kiểm soát của bạn"), ""),
    "roster.seen": (_("Họ tên trong danh sách nhân viên cơ quan bạn"), _("Kiểm tra việc quét mã của nhân viên")),
    "disclosure.seen": (_("Họ tên, số điện thoại"), _("Truy vết: liên hệ người có mặt cùng thời điểm với ca bệnh")),
    "follow_up.seen": (_("Khai báo sức khỏe của bạn"), _("Theo dõi sức khỏe sau tiếp xúc")),
    "order.holder_seen": (_("Họ tên trong quyết định cách ly của bạn"), _("Ban hành, giao quyết định cách ly")),
    "case.places_seen": (_("Những nơi bạn đã đến"), _("Truy vết: bạn được ghi nhận là ca bệnh")),
    "case.timeline_seen": (_("Những nơi bạn đã đến"), _("Truy vết: bạn được ghi nhận là ca bệnh")),
}


@dataclass(frozen=True)
class Look:
    """What one officer looked at on one day, however often."""

    last_at: dt.datetime
    who: str
    what: StrOrPromise
    why: StrOrPromise
    times: int


@require_safe
@person_required
def seen(request: PersonRequest) -> HttpResponse:
    return render(request, "visitor/seen.html", {"looks": grouped(list(looks_at(request.person)[:MOST]))})


def grouped(entries: list[AuditEntry]) -> list[Look]:
    """One line for each day, officer and kind, the latest first."""
    offices = _offices(entries)
    in_order = sorted(entries, key=lambda entry: (_day(entry), entry.actor_id or 0, entry.action, entry.pk))
    looks = []
    for (day, actor, action), same in groupby(in_order, key=lambda entry: (_day(entry), entry.actor_id, entry.action)):
        *others, last = same
        what, why = WHAT[action]
        looks.append(
            Look(last.at, _office_on(offices.get(actor or 0, []), day), what, why or last.purpose, len(others) + 1)
        )
    return sorted(looks, key=lambda look: look.last_at, reverse=True)


def _day(entry: AuditEntry) -> dt.date:
    return timezone.localtime(entry.at).date()


def _offices(entries: list[AuditEntry]) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = {}
    held = Appointment.objects.filter(officer__in={entry.actor_id for entry in entries}).select_related("unit")
    for appointment in held.order_by("since", "pk"):
        found.setdefault(appointment.officer_id, []).append(appointment)
    return found


def _office_on(held: list[Appointment], day: dt.date) -> str:
    """The unit and role in force that day."""
    there = (each for each in held if each.since <= day and (each.until is None or day < each.until))
    office = next(there, None)
    return f"{office.get_role_display()}, {office.unit}" if office else gettext("Cán bộ có thẩm quyền")
