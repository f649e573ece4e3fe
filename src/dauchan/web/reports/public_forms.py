"""What a citizen fills in: the report, and later what they think of the answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.models import Finding
from dauchan.oversight.photos import MOST_PHOTOS
from dauchan.units.models import Unit, UnitLevel
from dauchan.web.layout.fields import LineField, PhotosField, phone_typed
from dauchan.web.layout.widgets import CodeInput, Combobox, PhoneInput, PointField
from dauchan.web.referrals.forms import WordsField

#: Nobody reads and fills in the form faster; a program does.
QUICKEST = dt.timedelta(seconds=3)
#: A form that lay open longer is shown again, with what was typed.
LONGEST = dt.timedelta(hours=12)
_SALT = "report form opened"


def opened_now() -> str:
    """When the form was opened, signed: comes back with it."""
    return signing.TimestampSigner(salt=_SALT).sign("report")


class UnhurriedForm(forms.Form):
    """A form that people send and programs give themselves away with, without a picture puzzle of anybody else's."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    # A field that no person sees; what is written into it came from a program.
    website = forms.CharField(label=_("Để trống ô này"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["website"].widget.attrs = {"autocomplete": "off", "tabindex": "-1"}
        self.fields["opened"].initial = opened_now

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("website") or not self._was_read():
            raise forms.ValidationError(_("Chưa gửi được. Hãy đợi vài giây rồi bấm gửi lần nữa."), code="hurried")
        return cleaned

    def _was_read(self) -> bool:
        signer = signing.TimestampSigner(salt=_SALT)
        text = self.cleaned_data.get("opened", "")
        try:
            signer.unsign(text, max_age=LONGEST)
        except signing.BadSignature:
            return False
        try:
            signer.unsign(text, max_age=QUICKEST)
        except signing.SignatureExpired:
            return True
        return False


class CommuneField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """A commune of today's map, with its district where there are districts."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(queryset=Unit.objects.none(), widget=Combobox(), **options)

    def label_from_instance(self, unit: Unit) -> str:
        district = unit.parent if unit.parent and unit.parent.level == UnitLevel.DISTRICT else None
        return f"{unit.full_name}, {district.full_name}" if district else unit.full_name


def communes_today() -> Any:  # noqa: ANN401 - a queryset of units
    today = Unit.objects.valid_on(timezone.localdate()).filter(level=UnitLevel.COMMUNE)
    return today.select_related("parent").order_by("sort_key")


class ReportForm(UnhurriedForm):
    """About a registered venue, which stands in the page."""

    field_order = ["finding", "words", "photos"]

    finding = forms.ChoiceField(label=_("Bạn thấy điều gì?"), widget=forms.RadioSelect)
    words = WordsField(
        label=_("Mô tả thêm"),
        required=False,
        help_text=_("Không cần ghi tên hay số điện thoại của bạn, và đừng ghi của người khác."),
    )
    photos = PhotosField(
        label=_("Ảnh chụp"),
        most=MOST_PHOTOS,
        help_text=_(
            "Nhiều nhất 3 ảnh. Vị trí và thông tin máy chụp được xóa. Mặt người, biển số xe được làm mờ; "
            "ảnh chỉ công khai sau khi cán bộ xem lại."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["finding"].choices = self.findings()  # type: ignore[attr-defined]

    def findings(self) -> list[tuple[str, Any]]:
        """A venue that was chosen from the list is registered."""
        return [one for one in Finding.choices if one[0] != Finding.NOT_REGISTERED]


class ElsewhereForm(ReportForm):
    """About a place that is not in the list: a point, or a commune and an address in words."""

    field_order = ["finding", "point", "commune", "place", "words", "photos"]

    point = PointField(
        label=_("Vị trí trên bản đồ"),
        required=False,
        help_text=_("Bấm “Dùng vị trí của tôi” khi đang đứng tại chỗ, hoặc chạm vào bản đồ."),
    )
    commune = CommuneField(
        label=_("Phường, xã"), required=False, help_text=_("Chọn nếu bạn không chỉ được trên bản đồ.")
    )
    place = LineField(
        label=_("Tên, địa chỉ hoặc cách nhận ra nơi đó"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: quán cà phê đối diện cổng chợ, số 12 đường Lê Thử."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = communes_today()  # type: ignore[attr-defined]

    def findings(self) -> list[tuple[str, Any]]:
        return sorted(Finding.choices, key=lambda one: one[0] != Finding.NOT_REGISTERED)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        if "point" in self.errors or "commune" in self.errors or said.get("point"):
            return cleaned
        if not said.get("commune"):
            self.add_error("commune", _("Hãy chỉ vị trí trên bản đồ hoặc chọn phường, xã."))
        if not said.get("place") and "place" not in self.errors:
            self.add_error("place", _("Không có điểm trên bản đồ thì cần địa chỉ để cán bộ tìm được nơi đó."))
        return cleaned


class ReopenForm(forms.Form):
    words = WordsField(
        label=_("Điều gì chưa được giải quyết?"),
        min_length=10,
        rows=3,
        help_text=_("Chỉ yêu cầu xem lại được một lần."),
    )


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("Bạn hài lòng với cách giải quyết ở mức nào?"),
        coerce=int,
        choices=[(5, _("5: rất hài lòng")), (4, "4"), (3, "3"), (2, "2"), (1, _("1: không hài lòng"))],
        widget=forms.RadioSelect,
    )


class PhoneForm(forms.Form):
    phone = forms.CharField(label=_("Số điện thoại"), max_length=30, widget=PhoneInput)

    def clean_phone(self) -> str:
        return phone_typed(self.cleaned_data["phone"])


class PhoneCodeForm(forms.Form):
    code = forms.CharField(label=_("Mã vừa nhận"), max_length=10, widget=CodeInput(digits=6))
