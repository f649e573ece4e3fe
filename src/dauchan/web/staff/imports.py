"""A roster from a file or pasted: first checked row by row and shown again, sent once more it is kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dauchan.exchange.roster_copies import roster_copy
from dauchan.exchange.sheets import SheetUnreadable, rows_as_text, rows_of_text
from dauchan.exchange.workbooks import in_unicode, rows_of_list
from dauchan.people.roster.access import KEEPS_ROSTERS, access_list, access_roster
from dauchan.people.roster.errors import RosterRefused
from dauchan.people.roster.importing import keep_roster, outcome_of
from dauchan.people.roster.roster_list import read_roster
from dauchan.people.roster.undoing import undo_list
from dauchan.web.layout.fields import ListFile
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import QueryDict

    from dauchan.people.roster.models import Agency
    from dauchan.people.roster.roster_list import RosterRow
    from dauchan.web.requests import OfficerRequest

MOST_ROWS = 5000
#: Rows above the first member: a title, a heading.
HEAD_ROWS = 10
LATEST = 10
COPIES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class RosterForm(forms.Form):
    file = ListFile(
        label=gettext_lazy("Tệp danh sách"),
        help_text=gettext_lazy("XLSX, XLS, ODS hoặc CSV, tối đa 5.000 dòng, 2 MB; phông TCVN3, VNI cũng đọc được."),
    )
    text = forms.CharField(
        label=gettext_lazy("Hoặc dán danh sách vào đây"),
        required=False,
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "wrap": "off"}),
        help_text=gettext_lazy("Có dòng tiêu đề như tệp mẫu; chép thẳng từ bảng tính cũng được."),
    )
    others_left = forms.BooleanField(
        label=gettext_lazy("Người có trong hệ thống mà không có trong danh sách này đã nghỉ việc"), required=False
    )

    def put_back(self, text: str) -> None:
        """An uploaded list stands in the text, to be mended and sent."""
        sent = cast("QueryDict", self.data).copy()
        sent["text"] = text
        self.data = sent

    def rows(self) -> list[list[str]] | None:
        """What was uploaded, else what was pasted; None where it cannot be read, which the form then says."""
        uploaded = self.cleaned_data["file"]
        most = MOST_ROWS + HEAD_ROWS
        try:
            return (
                rows_of_list(uploaded, most) if uploaded else in_unicode(rows_of_text(self.cleaned_data["text"], most))
            )
        except SheetUnreadable:
            words = _("Không đọc được danh sách này. Nếu là tệp, hãy lưu lại thành XLSX hoặc CSV (UTF-8).")
            self.add_error("file" if uploaded else "text", words)
            return None


@officer_required(*KEEPS_ROSTERS)
def import_roster(request: OfficerRequest, agency_id: int) -> HttpResponse:
    agency = access_roster(request.user, agency_id)
    if request.method != "POST":
        lists = agency.lists.select_related("officer")[:LATEST]
        return render(request, "staff/import.html", {"agency": agency, "form": RosterForm(), "lists": lists})
    form = RosterForm(request.POST, request.FILES)
    rows = form.rows() if form.is_valid() else None
    if rows is None:
        return _shown(request, agency, form, None)
    read = read_roster(rows, timezone.localdate())
    if read is None or not read:
        without = _("Không thấy dòng tiêu đề có «Mã nhân viên» và «Họ và tên».")
        form.add_error("text", without if read is None else _("Danh sách chưa có dòng nào."))
        return _shown(request, agency, form, None)
    if "copy" in request.POST and form.cleaned_data["file"]:
        return _copy(form.cleaned_data["file"], agency, read)
    form.put_back(rows_as_text(rows))
    if len(read) > MOST_ROWS:
        form.add_error("text", _("Danh sách dài quá 5.000 dòng. Hãy chia thành nhiều danh sách."))
    elif "keep" in request.POST and not form.cleaned_data["file"]:
        return _kept(request, agency, form, read)
    return _shown(request, agency, form, read)


def _copy(content: bytes, agency: Agency, read: list[RosterRow]) -> HttpResponse:
    """The own file with a word beside each row; nothing is kept."""
    copy, ending = roster_copy(content, read, outcome_of(agency, read, timezone.localdate()))
    answer = HttpResponse(copy, content_type=COPIES[ending])
    answer["Content-Disposition"] = f'attachment; filename="danh-sach-co-nhan-xet.{ending}"'
    return answer


def _shown(request: OfficerRequest, agency: Agency, form: RosterForm, read: list[RosterRow] | None) -> HttpResponse:
    context: dict[str, Any] = {"agency": agency, "form": form}
    if read:
        context |= {
            "read": read,
            "good": sum(row.entry is not None for row in read),
            "faults": [row for row in read if row.faults],
            "remarks": [row for row in read if row.remarks],
            "without_phone": sum(row.entry is not None and not row.entry.phone for row in read),
            "outcome": outcome_of(agency, read, timezone.localdate()),
        }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or context.get("faults") else HTTPStatus.OK
    return render(request, "staff/import.html", context, status=status)


def _kept(request: OfficerRequest, agency: Agency, form: RosterForm, read: list[RosterRow]) -> HttpResponse:
    others_left = form.cleaned_data["others_left"]
    try:
        done = keep_roster(agency, read, request.user, others_left=others_left)
    except RosterRefused as refused:
        form.add_error("text", str(refused.message))
        return _shown(request, agency, form, read)
    counts = {"added": len(done.added), "changed": len(done.changed), "same": len(done.same)}
    messages.success(request, _("Đã ghi: %(added)s người mới, %(changed)s thay đổi, %(same)s như cũ.") % counts)
    if others_left and done.missing:
        messages.success(request, _("Đã ghi nghỉ việc: %(number)s người.") % {"number": len(done.missing)})
    if wrong := [str(row.number) for row in read if row.faults]:
        messages.warning(request, _("Chưa ghi các dòng có lỗi: %(rows)s.") % {"rows": ", ".join(wrong[:50])})
    return redirect("staff:agency", agency.pk)


@require_POST
@officer_required(*KEEPS_ROSTERS)
def undo_roster(request: OfficerRequest, agency_id: int, list_id: int) -> HttpResponse:
    """Take a whole list back."""
    taken = access_list(request.user, agency_id, list_id)
    try:
        counts = undo_list(taken, request.user).counts
    except RosterRefused as refused:
        messages.error(request, str(refused.message))
    else:
        told = _("Đã hoàn tác: bỏ %(removed)s người, trả lại %(restored)s người như trước.") % counts
        messages.success(request, told)
        if counts["stays"]:
            stays = _("%(stays)s người đã có thay đổi khác sau lần nhập nên được giữ nguyên.") % counts
            messages.warning(request, stays)
    return redirect("staff:import", agency_id)
