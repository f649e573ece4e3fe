"""What an officer fills in for each step on a report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.access import access_reports
from dauchan.oversight.blurring import Box, read_boxes
from dauchan.oversight.models import RUNNING, Finding, Outcome, Report, ReportStatus
from dauchan.oversight.photos import MOST_PHOTOS
from dauchan.oversight.queries import alike, overdue, searched
from dauchan.oversight.routing import communes_at, may_pass_to
from dauchan.qr import CodeRefused, read_short_code
from dauchan.units.models import Unit
from dauchan.venues.access import access_venues
from dauchan.venues.models import Venue
from dauchan.venues.queries import nearest_first
from dauchan.web.layout.concurrent import SeenForm
from dauchan.web.layout.fields import PhotosField
from dauchan.web.layout.purposes import PurposeForm
from dauchan.web.layout.widgets import CodeInput, Combobox
from dauchan.web.referrals.forms import LARGEST_REVISION, InboxFilter, WordsField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

LONGEST_BOXES = 5_000
#: The tabs of the list, by their name in the address.
TABS = {
    "running": RUNNING,
    "answered": (ReportStatus.ANSWERED,),
    "merged": (ReportStatus.MERGED,),
    "all": tuple(ReportStatus),
}
SORTS = {
    "due": ("due_at", "pk"),
    "new": ("-reported_at", "-pk"),
    "unit": ("unit__sort_key", "due_at", "pk"),
}


class ReportFilter(InboxFilter):
    field_order = ["q", "finding", "unit", "sort"]
    narrowing = ("unit", "finding")

    finding = forms.ChoiceField(label=_("Điều phản ánh"), required=False, choices=[("", _("Tất cả")), *Finding.choices])
    sort = forms.ChoiceField(
        label=_("Sắp xếp"),
        required=False,
        choices=[("due", _("Sắp hết hạn trước")), ("new", _("Mới gửi trước")), ("unit", _("Theo đơn vị"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Tìm địa điểm, địa chỉ, mã")

    def narrowed(self, reports: QuerySet[Report], tab: str) -> QuerySet[Report]:
        self.is_valid()
        asked = self.cleaned_data
        reports = overdue(reports, timezone.now()) if tab == "overdue" else reports.filter(status__in=TABS[tab])
        if asked.get("unit"):
            reports = reports.filter(unit=asked["unit"])
        if asked.get("finding"):
            reports = reports.filter(finding=asked["finding"])
        usual = "due" if tab in {"running", "overdue"} else "new"
        return searched(reports, asked.get("q", "")).order_by(*SORTS[asked.get("sort") or usual])


class StepForm(forms.Form):
    """Every step says which state of the report its writer had in view."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_REVISION)

    def __init__(self, *args: Any, report: Report, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        kwargs["initial"], kwargs["auto_id"] = {"revision": report.revision}, f"id_{type(self).__name__}_%s"
        super().__init__(*args, **kwargs)
        self.report, self.officer = report, officer


class AnswerForm(StepForm):
    outcome = forms.ChoiceField(label=_("Kết quả xử lý"), choices=Outcome.choices, widget=forms.RadioSelect)
    answer = WordsField(
        label=_("Trả lời"),
        most=2000,
        min_length=10,
        rows=5,
        help_text=_("Người gửi đọc được câu trả lời này. Không ghi thông tin cá nhân của ai."),
    )
    photos = PhotosField(
        label=_("Ảnh tại chỗ"),
        most=MOST_PHOTOS,
        help_text=_("Nhiều nhất 3 ảnh. Người gửi chỉ thấy ảnh sau khi bạn xem lại và công khai từng ảnh."),
    )


class PassForm(StepForm):
    unit = forms.ModelChoiceField(label=_("Chuyển cho"), queryset=Unit.objects.none(), widget=Combobox())
    words = WordsField(label=_("Lý do"), min_length=10, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        others = [unit.pk for unit in may_pass_to(self.report.unit, timezone.localdate())]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=others)  # type: ignore[attr-defined]
        near = neighbours_of(self.report)
        if near:
            self.fields["unit"].initial = near[0]
            names = ", ".join(unit.full_name for unit in near)
            self.fields["unit"].help_text = _("Điểm này ở gần ranh giới với %(names)s.") % {"names": names}


class MergeForm(StepForm):
    """Into one that was suggested, or into one whose code the officer knows."""

    code = forms.CharField(label=_("Mã của phản ánh giữ lại"), max_length=20, widget=CodeInput)

    def clean_code(self) -> Report:
        try:
            code = read_short_code(self.cleaned_data["code"])
        except CodeRefused as refused:
            raise forms.ValidationError(_("Mã theo dõi gồm 8 ký tự, dạng XXXX-XXXX.")) from refused
        found = access_reports(self.officer).filter(code=code).exclude(pk=self.report.pk).first()
        if found is None:
            raise forms.ValidationError(_("Không có phản ánh khác mang mã này trong phạm vi của bạn."))
        return found


class VenueForm(StepForm):
    """The registered venue that the citizen meant: of the unit, the nearest to the point first."""

    venue = forms.ModelChoiceField(
        label=_("Chọn địa điểm đã đăng ký"), queryset=Venue.objects.none(), widget=Combobox()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        venues = access_venues(self.officer).filter(unit=self.report.unit)
        if point := self.report.point:
            venues = nearest_first(venues, point)
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]


class NoteForm(StepForm):
    words = WordsField(label=_("Ghi chú"), min_length=3, rows=3, help_text=_("Người gửi không thấy ghi chú."))


def neighbours_of(report: Report) -> list[Unit]:
    """Other communes so near to the point that the place may be theirs."""
    if report.point is None or report.clock is None:
        return []
    near = communes_at(report.point, timezone.localdate(report.reported_at), report.clock.border_metres)
    return [unit for unit in near if unit.pk != report.unit_id]


class OriginalForm(PurposeForm):
    purposes = [
        ("place", _("Nhận ra địa điểm hoặc bảng mã trong ảnh")),
        ("blur", _("Kiểm tra vùng cần làm mờ trước khi công khai")),
        ("evidence", _("Đối chiếu khi kiểm tra tại chỗ")),
    ]


class PhotoForm(SeenForm):
    """What is blurred, and whether the copy is let out. Taking it back is never too late."""

    boxes = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_BOXES)
    looked = forms.BooleanField(
        label=_("Tôi đã xem ảnh: không còn nhận ra mặt người, biển số xe hay giấy tờ của ai"), required=False
    )
    act = forms.ChoiceField(choices=[("save", ""), ("publish", ""), ("withdraw", "")])

    def clean_boxes(self) -> list[Box]:
        try:
            return read_boxes(json.loads(self.cleaned_data["boxes"]))
        except (ValueError, RecursionError) as fault:
            raise forms.ValidationError(_("Vùng làm mờ không đọc được. Hãy tải lại trang.")) from fault

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("act") == "withdraw":
            return self.cleaned_data
        cleaned = super().clean()
        if self.cleaned_data.get("act") == "publish" and not self.cleaned_data.get("looked"):
            self.add_error("looked", _("Hãy xem kỹ ảnh rồi đánh dấu trước khi công khai."))
        return cleaned


def suggested(report: Report, officer: Officer) -> list[Report]:
    """What may be the same matter, among what the officer sees."""
    return alike(report, access_reports(officer)) if report.is_running else []
