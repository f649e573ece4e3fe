"""What the living page shows: one specimen of each component, with invented content."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dauchan.web.layout.charts import Chart, Series
from dauchan.web.layout.stays import Lane, Stay, Stays
from dauchan.web.layout.widgets import CodeInput, Combobox, DateInput, PhoneInput, Point, PointField

if TYPE_CHECKING:
    from django.http import HttpRequest

NOON = dt.datetime(2021, 8, 18, 5, 0, tzinfo=dt.UTC)

#: Invented communes, two of one name in different districts.
COMMUNES = [
    (_("Thành phố Huế"), ["Phường Đúc", "Phú Hội", "Phú Nhuận", "Thủy Xuân", "Vĩ Dạ", "Vĩnh Ninh", "Hương Phong"]),
    (_("Huyện A Lưới"), ["A Ngo", "Hồng Bắc", "Hương Phong"]),
]
TONES = [
    (_("Nháp"), "neutral"),
    (_("Mới"), "accent"),
    (_("Đang xử lý"), "info"),
    (_("Đã duyệt"), "good"),
    (_("Chờ bổ sung"), "caution"),
    (_("Quá hạn"), "serious"),
    (_("Tạm đình chỉ"), "critical"),
]
VENUES = [
    {"name": "Chợ Thử", "unit": "Phú Hội", "scans": 1204, "tone": "good", "status": _("Đang hoạt động")},
    {"name": "Quán cà phê Bên Sông", "unit": "Vĩ Dạ", "scans": 87, "tone": "caution", "status": _("Giảm mạnh")},
    {"name": "Phòng khám Mẫu", "unit": "Vĩnh Ninh", "scans": 0, "tone": "critical", "status": _("Chưa có lượt quét")},
]
POINTS = [
    {"lat": 16.4672, "lon": 107.5905, "label": "Chợ Thử", "text": "1.204", "href": "#maps", "colour": "level-1"},
    {"lat": 16.4731, "lon": 107.6012, "label": "Quán cà phê Bên Sông", "text": "87", "colour": "level-2"},
    {"lat": 16.4588, "lon": 107.5823, "label": "Phòng khám Mẫu", "text": "0", "colour": "level-4"},
]


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Tên địa điểm"), help_text=_("Như trên biển hiệu."), max_length=100)
    commune = forms.ChoiceField(label=_("Phường, xã"), widget=Combobox, help_text=_("Gõ không dấu cũng tìm thấy."))
    phone = forms.CharField(label=_("Số điện thoại"), widget=PhoneInput)
    opened_on = forms.DateField(label=_("Ngày mở cửa"), required=False, widget=DateInput)
    code = forms.CharField(label=_("Mã xác nhận"), required=False, widget=CodeInput(digits=6))
    place = PointField(label=_("Vị trí"))
    note = forms.CharField(label=_("Mô tả"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    category = forms.ChoiceField(
        label=_("Loại hình"),
        choices=[("market", _("Chợ")), ("eatery", _("Quán ăn")), ("clinic", _("Phòng khám"))],
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    picture = forms.ImageField(label=_("Ảnh mặt tiền"), required=False)
    consent = forms.BooleanField(label=_("Tôi xác nhận thông tin trên là đúng."))

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 -- Django's options
        super().__init__(*args, **options)
        groups = [(group, [(f"{group}-{name}", name) for name in names]) for group, names in COMMUNES]
        self.fields["commune"].choices = [("", ""), *groups]  # type: ignore[attr-defined]  # the stubs know only Field


class SpecimenFilter(forms.Form):
    """What stands above a list."""

    q = forms.CharField(label=_("Tìm"), required=False, widget=forms.SearchInput)
    status = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Tất cả")), ("good", _("Đang hoạt động"))]
    )
    unit = forms.ChoiceField(
        label=_("Phường, xã"), required=False, choices=[("", _("Tất cả")), *((name, name) for name in COMMUNES[0][1])]
    )
    sort = forms.ChoiceField(
        label=_("Sắp xếp"), required=False, choices=[("name", _("Theo tên")), ("unit", _("Theo đơn vị"))]
    )


def specimens(request: HttpRequest) -> dict[str, Any]:
    """The context of the living page."""
    refused = SpecimenForm({"name": "Quán bún bò Cô Thử", "phone": "12", "place_lat": "16,4637"}, auto_id="refused_%s")
    refused.add_error("phone", _("Số điện thoại cần 10 chữ số, ví dụ 0901 234 567."))
    return {
        "form": SpecimenForm(auto_id="specimen_%s", initial={"place": Point(16.4637, 107.5909)}),
        "refused": refused,
        "filter": SpecimenFilter(request.GET, auto_id="listed_%s"),
        "page": Paginator(range(237), 20).get_page(request.GET.get("page", 5)),
        "step_names": [_("Thông tin"), _("Vị trí"), _("Kiểm tra"), _("Gửi")],
        "tones": TONES,
        "chart": _chart("lines"),
        "bars": _chart("bars"),
        "stays": _stays(),
        "points": POINTS,
        "now": NOON,
        "venues": VENUES,
    }


def _at(minutes: int) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


def _stays() -> Stays:
    return Stays(
        _("Có mặt tại Chợ Thử, 18/8/2021"),
        [
            Lane(
                pgettext_lazy("chú giải", "Ca bệnh"),
                [Stay(_at(0), _at(75)), Stay(_at(180), _at(240), is_imputed=True)],
                is_index=True,
            ),
            Lane("Người thứ nhất", [Stay(_at(40), _at(95))], [(_at(40), _at(75))]),
            Lane("Người thứ hai có tên rất dài để thử", [Stay(_at(80), _at(120))], [(_at(80), _at(105))]),
            Lane("Người thứ ba", [Stay(_at(200), _at(260), is_imputed=True)], [(_at(200), _at(240))]),
        ],
    )


def _chart(kind: str) -> Chart:
    days = [(NOON + dt.timedelta(days=day)).strftime("%d/%m") for day in range(14)]
    scans = [812, 934, 1011, 1204, 1187, 640, 588, 902, 1043, 1120, 1288, None, 701, 655]
    expected = [900, 950, 1000, 1150, 1150, 700, 650, 920, 1000, 1080, 1200, 1210, 720, 700]
    series = [Series(_("Lượt vào"), scans), Series(_("Kỳ vọng"), expected, "series-2")]
    return Chart(_("Lượt vào mỗi ngày"), _("Ngày"), days, series[: 2 if kind == "lines" else 1], kind)
