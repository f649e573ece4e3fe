"""A roster from a file or pasted: first checked row by row and shown again, sent once more it is kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dauchan.exchange.sheets import SheetUnreadable, rows_as_text, rows_of_file, rows_of_text
from dauchan.people.roster.access import KEEPS_ROSTERS, access_roster
from dauchan.people.roster.errors import RosterRefused
from dauchan.people.roster.importing import keep_roster, outcome_of
from dauchan.people.roster.roster_list import read_roster
from dauchan.web.layout.fields import ListFile
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from dauchan.people.roster.models import Agency
    from dauchan.people.roster.roster_list import RosterRow
    from dauchan.web.requests import OfficerRequest

MOST_ROWS = 5000
#: Rows above the first member: a title, a heading.
HEAD_ROWS = 10


class RosterForm(forms.Form):
    file = ListFile(
        label=gettext_lazy("Tệp danh sách"),
        help_text=gettext_lazy("XLSX hoặc CSV, tối đa 5.000 dòng, 2 MB."),
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
            return rows_of_file(uploaded, most) if uploaded else rows_of_text(self.cleaned_data["text"], most)
        except SheetUnreadable:
            words = _("Không đọc được danh sách này. Nếu là tệp, hãy lưu lại thành XLSX hoặc CSV (UTF-8).")
            self.add_error("file" if uploaded else "text", words)
            return None


@officer_required(*KEEPS_ROSTERS)
def import_roster(request: OfficerRequest, agency_id: int) -> HttpResponse:
    agency = access_roster(request.user, agency_id)
    if request.method != "POST":
        return render(request, "staff/import.html", {"agency": agency, "form": RosterForm()})
    form = RosterForm(request.POST, request.FILES)
    rows = form.rows() if form.is_valid() else None
    if rows is None:
        return _shown(request, agency, form, None)
    read = read_roster(rows, timezone.localdate())
    if read is None or not read:
        without = _("Không thấy dòng tiêu đề có «Mã nhân viên» và «Họ và tên».")
        form.add_error("text", without if read is None else _("Danh sách chưa có dòng nào."))
        return _shown(request, agency, form, None)
    form.put_back(rows_as_text(rows))
    if len(read) > MOST_ROWS:
        form.add_error("text", _("Danh sách dài quá 5.000 dòng. Hãy chia thành nhiều danh sách."))
    elif "keep" in request.POST and not form.cleaned_data["file"]:
        return _kept(request, agency, form, read)
    return _shown(request, agency, form, read)


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
