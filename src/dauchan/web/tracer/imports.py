"""A list of cases: checked row by row, shown, kept in one step, taken back in one step."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dauchan.exchange.interop.words import place_of
from dauchan.exchange.sheets import rows_as_text
from dauchan.exchange.tables import Column, csv_chunks
from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.intake.case_list import CaseList, ListRow, read_case_list
from dauchan.tracing.intake.importing import (
    SKIP,
    CheckedRow,
    access_import,
    access_imports,
    check_rows,
    keep_list,
    withdraw_import,
)
from dauchan.units.models import Role
from dauchan.web.downloads import csv_download
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.case_forms import WithdrawForm
from dauchan.web.tracer.import_forms import MOST_ROWS, ListForm
from dauchan.web.tracer.new_cases import AlikeRow
from dauchan.web.tracer.other_systems import how_it_was_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.tracing.intake.models import CaseImport
    from dauchan.web.requests import OfficerRequest

CASES_A_PAGE = 50
LATEST_IMPORTS = 10
#: So many faults and questions stand on the page; the file of remarks has all of them.
MOST_SHOWN = 200
_ROW = re.compile(r"row-(\d{1,6})", re.ASCII)


@officer_required(Role.TRACER)
def new_import(request: OfficerRequest) -> HttpResponse | StreamingHttpResponse:
    """First the list is checked and shown again; sent once more it is kept. Until then nothing of it is stored anywhere."""
    initial = {"unit": request.user.units_as(Role.TRACER)[0]}
    if request.method != "POST":
        return _page(request, ListForm(officer=request.user, initial=initial))
    form = ListForm(request.POST, request.FILES, officer=request.user)
    read = _read(form)
    if read is None:
        too_long = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return _page(request, form, status=too_long if form.is_too_long else HTTPStatus.UNPROCESSABLE_ENTITY)
    checked = check_rows(read.rows, request.user)
    if "remarks" in request.POST:
        return _remarks(read, checked)
    if "keep" in request.POST and not form.cleaned_data["file"]:
        return _kept(request, form, read, checked)
    return _checked(request, form, read, checked)


def _read(form: ListForm) -> CaseList | None:
    """The list; None where it cannot be one, which the form then says."""
    if not form.is_valid():
        return None
    if form.is_too_long:
        form.add_error("file", _("Danh sách dài quá 5.000 dòng. Hãy chia thành nhiều tệp; chưa ca nào được ghi nhận."))
        return None
    read = read_case_list(form.rows, form.readers())
    if not read.headings:
        form.add_error("file", _("Không thấy dòng tiêu đề có họ tên hoặc số điện thoại, và ngày lấy mẫu."))
        return None
    return read


def _page(
    request: OfficerRequest,
    form: ListForm,
    status: HTTPStatus = HTTPStatus.OK,
    **more: Any,  # noqa: ANN401 - of the page
) -> HttpResponse:
    latest = access_imports(request.user)[:LATEST_IMPORTS]
    context = {"form": form, "latest": latest, "most": MOST_ROWS, **more}
    return render(request, "tracer/new_import.html", context, status=status)


def _checked(
    request: OfficerRequest, form: ListForm, read: CaseList, checked: Sequence[CheckedRow], refused: str = ""
) -> HttpResponse:
    form.put_back(rows_as_text(form.rows))
    decisions = _decisions(request)
    asks = [one for one in checked if one.asks]
    bad = [row for row in read.rows if row.faults or row.twin]
    before = access_imports(request.user).filter(digest=form.digest(), withdrawn_at=None).first()
    if refused:
        form.add_error(None, refused)
    return _page(
        request,
        form,
        is_checked=True,
        good=len(checked) - len(asks),
        bad=[(row, remark_of(row)) for row in bad[:MOST_SHOWN]],
        bad_count=len(bad),
        asks=[
            (one, [AlikeRow(a) for a in one.alike], decisions.get(one.row.number, SKIP)) for one in asks[:MOST_SHOWN]
        ],
        asks_count=len(asks),
        before=before,
        other=how_it_was_read(form.told),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK,
    )


def _decisions(request: OfficerRequest) -> dict[int, str]:
    found = ((_ROW.fullmatch(name), value) for name, value in request.POST.items())
    return {int(name[1]): str(value) for name, value in found if name}


def _kept(request: OfficerRequest, form: ListForm, read: CaseList, checked: Sequence[CheckedRow]) -> HttpResponse:
    try:
        unit = form.cleaned_data["unit"]
        intake, refused = keep_list(checked, _decisions(request), request.user, unit, form.digest())
    except TracingRefused as refusal:
        return _checked(request, form, read, checked, str(refusal.message))
    told = ngettext("Đã ghi nhận %(count)s ca bệnh.", "Đã ghi nhận %(count)s ca bệnh.", intake.kept)
    messages.success(request, told % {"count": intake.kept})
    left = len(read.rows) - intake.kept
    if left:
        told = ngettext("%(count)s dòng chưa được ghi nhận.", "%(count)s dòng chưa được ghi nhận.", left)
        messages.warning(request, told % {"count": left})
    for place, why in refused.items():
        messages.warning(request, f"{place_of(place)}: {why}")
    return redirect("tracer:import", intake.pk)


def _remarks(read: CaseList, checked: Sequence[CheckedRow]) -> StreamingHttpResponse:
    """The rows that are not simply good, as they came, with a column that says why."""
    asks = {one.row.number for one in checked if one.asks}
    rows = [row for row in read.rows if row.faults or row.twin or row.number in asks]
    width = max([len(read.headings), *(len(row.cells) for row in rows)])
    columns: list[Column[ListRow]] = [Column(_("Dòng"), lambda row: row.place)]
    columns += [
        Column(
            read.headings[at] if at < len(read.headings) else "",
            lambda row, at=at: row.cells[at] if at < len(row.cells) else "",  # type: ignore[misc]
        )
        for at in range(width)
    ]
    columns.append(Column(_("Nhận xét"), remark_of))
    return csv_download(columns, rows, f"dong-can-sua-{timezone.localtime():%Y%m%d-%H%M}")


def remark_of(row: ListRow) -> str:
    """Why a row is not simply kept."""
    if row.faults:
        return " ".join(row.faults)
    if row.twin.isdecimal():
        return _("Trùng với dòng %(number)s.") % {"number": row.twin}
    if row.twin:
        return _("Trùng với %(place)s.") % {"place": row.twin}
    return _("Giống một người đã có: cần cho biết có phải cùng một người không.")


@require_GET
@officer_required(Role.TRACER)
def template(request: OfficerRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """An empty list with the usual headings and one made-up row."""
    cells = [
        (_("Họ và tên"), "Nguyễn Văn Thử"), (_("Năm sinh"), "1980"), (_("Số điện thoại"), "0905 000 000"),
        (_("Số CCCD"), ""), (_("Ngày lấy mẫu"), "28/11/2026 08:30"), (_("Loại xét nghiệm"), "PCR"),
        (_("Kết quả xét nghiệm"), _("Dương tính")), (_("Giá trị Ct"), "22,5"), (_("Nơi xét nghiệm"), "CDC"),
        (_("Ngày khởi phát"), "26/11/2026"), (_("Triệu chứng"), _("Sốt") + ", " + _("Ho")), (_("Ngày cách ly"), ""),
        (_("Nơi điều trị"), ""), (_("Phường, xã"), ""), (_("Địa chỉ"), ""), (_("Ghi chú"), ""),
    ]  # fmt: skip
    columns: list[Column[int]] = [Column(title, lambda _row, example=example: example) for title, example in cells]  # type: ignore[misc]
    answer = HttpResponse(b"".join(csv_chunks(columns, [1])), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="mau-danh-sach-ca-benh.csv"'
    return answer


@officer_required(Role.TRACER)
def import_page(request: OfficerRequest, import_id: int) -> HttpResponse:
    """The cases of one import."""
    return _import_page(request, access_import(request.user, import_id), WithdrawForm())


def _import_page(request: OfficerRequest, intake: CaseImport, form: WithdrawForm) -> HttpResponse:
    cases = intake.cases.select_related("disease", "unit").order_by("code")
    context = {
        "intake": intake,
        "page": Paginator(cases, CASES_A_PAGE).get_page(request.GET.get("page")),
        "withdraw_form": form,
        "may_withdraw": intake.withdrawn_at is None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "tracer/import.html", context, status=status)


@require_POST
@officer_required(Role.TRACER)
def undo_import(request: OfficerRequest, import_id: int) -> HttpResponse:
    intake = access_import(request.user, import_id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _import_page(request, intake, form)
    try:
        count = withdraw_import(intake, request.user, form.cleaned_data["reason"])
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        told = ngettext("Đã rút lại %(count)s ca bệnh.", "Đã rút lại %(count)s ca bệnh.", count)
        messages.success(request, told % {"count": count})
    return redirect("tracer:import", intake.pk)
