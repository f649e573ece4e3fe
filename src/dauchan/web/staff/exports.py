"""Files: who did not scan, the roster, and an empty roster to fill in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dauchan.compliance.participation.queries import member_days
from dauchan.exchange.tables import Column, csv_chunks, write_xlsx
from dauchan.people.roster.access import KEEPS_ROSTERS, access_roster
from dauchan.people.roster.patterns import weekdays_written
from dauchan.units.errors import NoSuchThing
from dauchan.vietnamese import fold
from dauchan.web.officer.guards import officer_required
from dauchan.web.staff.opened import look, purpose_of
from dauchan.web.staff.periods import period_asked
from dauchan.web.staff.turnout import Missing, missing_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.people.roster.models import Agency, Member, Shift
    from dauchan.web.requests import OfficerRequest

Item = TypeVar("Item")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@officer_required(*KEEPS_ROSTERS)
def missed(request: OfficerRequest, agency_id: int, ending: str) -> HttpResponse:
    """Who did not scan in the period, as the page shows it; names must be open."""
    agency = access_roster(request.user, agency_id)
    _require(ending)
    if purpose_of(request, agency) is None:
        return redirect("staff:agency", agency.pk)
    now = timezone.now()
    period = period_asked(request.GET.get("period", ""), timezone.localdate(now))
    found = missing_of(agency, member_days([agency.pk], period.first, period.until, now), now)
    look(request, agency, f"file {period.name} {ending}", len(found))
    columns: list[Column[Missing]] = [
        Column(_("Mã nhân viên"), lambda one: one.member.employee_number),
        Column(_("Họ và tên"), lambda one: one.member.full_name),
        Column(_("Phòng, ban, bộ phận"), lambda one: one.member.department),
        Column(_("Số ngày không quét"), lambda one: len(one.missed_on) if one.is_verifiable else ""),
        Column(_("Các ngày không quét"), lambda one: ", ".join(f"{day:%d/%m/%Y}" for day in one.missed_on)),
        Column(_("Số ngày liền không quét"), lambda one: one.in_a_row if one.is_verifiable else ""),
        Column(_("Ghi chú"), _remark),
    ]
    return _file(agency, columns, found, ending, "chua-quet")


def _remark(one: Missing) -> str:
    if not one.is_verifiable:
        return _("Không xác minh được: chưa có số điện thoại")
    return _("Hôm nay chưa quét") if one.is_open else ""


@require_GET
@officer_required(*KEEPS_ROSTERS)
def roster(request: OfficerRequest, agency_id: int, ending: str) -> HttpResponse:
    """The roster in the form in which it can be imported again, but for phones: of them nobody knows the numbers."""
    agency = access_roster(request.user, agency_id)
    _require(ending)
    if purpose_of(request, agency) is None:
        return redirect("staff:agency", agency.pk)
    members = list(agency.members.filter(left_on=None).prefetch_related("shifts"))
    look(request, agency, f"file roster {ending}", len(members))
    return _file(agency, roster_columns(), members, ending, "danh-sach")


def roster_columns() -> list[Column[Any]]:
    def first(member: Member) -> Shift | None:
        return next(iter(member.shifts.all()), None)

    def of_shift(member: Member, name: str) -> str:
        shift = first(member)
        if shift is None:
            return ""
        return weekdays_written(shift.weekdays) if name == "weekdays" else f"{getattr(shift, name):%H:%M}"

    return [
        Column(_("Mã nhân viên"), lambda member: member.employee_number),
        Column(_("Họ và tên"), lambda member: member.full_name),
        Column(_("Điện thoại"), lambda _member: ""),
        Column(_("Bộ phận"), lambda member: member.department),
        Column(_("Ngày làm việc"), lambda member: of_shift(member, "weekdays")),
        Column(_("Giờ bắt đầu"), lambda member: of_shift(member, "starts")),
        Column(_("Giờ kết thúc"), lambda member: of_shift(member, "ends")),
        Column(_("Làm ngày lễ"), lambda member: "x" if (s := first(member)) and s.on_holidays else ""),
        Column(_("Ngày vào làm"), lambda member: f"{member.joined_on:%d/%m/%Y}"),
    ]


@require_GET
@officer_required(*KEEPS_ROSTERS)
def template(request: OfficerRequest) -> HttpResponse:  # noqa: ARG001 - the same for every head
    """An empty roster with two invented members: an office worker and a guard whose shift goes past midnight."""
    office = ("NV001", "Nguyễn Văn Mẫu", "0900000001", _("Văn phòng"), "T2-T6", "7:30", "17:00", "", "01/01/2026")
    guard = ("NV002", "Trần Thị Ví Dụ", "0900000002", _("Bảo vệ"), "T2-CN", "22:00", "6:00", "x", "15/06/2026")
    titles = [column.title for column in roster_columns()]
    columns = [Column[tuple[str, ...]](title, lambda row, at=at: row[at]) for at, title in enumerate(titles)]  # type: ignore[misc]
    return _answer(columns, (office, guard), "xlsx", "danh-sach-mau")


def _require(ending: str) -> None:
    if ending not in TYPES:
        raise NoSuchThing


def _file(agency: Agency, columns: list[Column[Item]], rows: Iterable[Item], ending: str, kind: str) -> HttpResponse:
    name = slugify(fold(agency.name)) or "co-quan"
    return _answer(columns, rows, ending, f"{kind}-{name}-{timezone.localdate():%Y%m%d}")


def _answer(columns: list[Column[Item]], rows: Iterable[Item], ending: str, name: str) -> HttpResponse:
    response = HttpResponse(content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    if ending == "csv":
        response.writelines(csv_chunks(columns, rows))
    else:
        book = io.BytesIO()
        write_xlsx(columns, rows, book, name)
        response.write(book.getvalue())
    return response
