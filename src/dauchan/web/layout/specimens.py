"""What the living page shows: one specimen of each component, with invented content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Tên địa điểm"), help_text=_("Như trên biển hiệu."), max_length=100)
    commune = forms.ChoiceField(
        label=_("Phường, xã"),
        choices=[("", "")] + [(name, name) for name in ("Phú Hội", "Phú Nhuận", "Thủy Xuân", "Vĩ Dạ", "Vĩnh Ninh")],
        widget=forms.Select(attrs={"data-combobox": "", "data-none": _("Không tìm thấy")}),
        help_text=_("Gõ không dấu cũng tìm thấy."),
    )
    phone = forms.CharField(label=_("Số điện thoại"), widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}))
    note = forms.CharField(label=_("Mô tả"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    category = forms.ChoiceField(
        label=_("Loại hình"),
        choices=[("market", _("Chợ")), ("eatery", _("Quán ăn")), ("clinic", _("Phòng khám"))],
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    consent = forms.BooleanField(label=_("Tôi xác nhận thông tin trên là đúng."))


def specimens(request: HttpRequest) -> dict[str, Any]:
    """The context of the living page."""
    refused = SpecimenForm({"name": "Quán bún bò Cô Thử", "phone": "12"})
    refused.add_error("phone", _("Số điện thoại cần 10 chữ số, ví dụ 0901 234 567."))
    return {
        "form": SpecimenForm(auto_id="specimen_%s"),
        "refused": refused,
        "page": Paginator(range(237), 20).get_page(request.GET.get("page", 5)),
        "step_names": [_("Thông tin"), _("Vị trí"), _("Kiểm tra"), _("Gửi")],
        "tones": [
            (_("Nháp"), "neutral"),
            (_("Mới"), "accent"),
            (_("Đang xử lý"), "info"),
            (_("Đã duyệt"), "good"),
            (_("Chờ bổ sung"), "caution"),
            (_("Quá hạn"), "serious"),
            (_("Tạm đình chỉ"), "critical"),
        ],
    }
