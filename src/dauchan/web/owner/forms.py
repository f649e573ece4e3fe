"""What an owner says of a venue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.units.models import Unit, UnitLevel
from dauchan.venues.models import Category, Venue, VenueStatus
from dauchan.venues.pictures import ACCEPTED, MOST_PICTURES
from dauchan.vietnamese import clean_text, fold, show_phone
from dauchan.web.layout.fields import LineField, phone_typed
from dauchan.web.layout.widgets import DECIMALS, Combobox, PhoneInput, Point, PointField
from dauchan.web.owner.hours import HoursFields

if TYPE_CHECKING:
    from dauchan.web.owner.pictures import Tray


class PicturesInput(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.Field):
    """Shown with the form; what is uploaded is taken by `dauchan.web.owner.pictures`."""

    widget = PicturesInput


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def label_from_instance(self, unit: Unit) -> str:
        return unit.full_name


class VenueForm(HoursFields, forms.ModelForm):  # type: ignore[type-arg]
    """A new venue, or one its owner changes. `tray` holds the pictures beside it."""

    field_order = ["name", "category", "address", "unit", "point"]

    point = PointField(
        label=_("Vị trí trên bản đồ"),
        help_text=_("Đứng tại địa điểm rồi bấm “Dùng vị trí của tôi”, hoặc chạm vào bản đồ đúng chỗ cửa ra vào."),
    )
    unit = UnitField(
        label=_("Phường, xã"),
        queryset=Unit.objects.none(),
        widget=Combobox(),
        help_text=_("Gõ tên, không cần dấu: “thuan hoa”."),
        error_messages={"required": _("Hãy chọn phường, xã.")},
    )
    phone = forms.CharField(
        label=_("Điện thoại liên hệ"),
        required=False,
        max_length=40,
        widget=PhoneInput(),
        help_text=_("Hiện trên trang giới thiệu để khách gọi."),
    )
    description = forms.CharField(
        label=_("Giới thiệu"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Bán gì, phục vụ gì, có chỗ đậu xe không…"),
    )
    pictures = PicturesField(
        label=_("Thêm ảnh"),
        required=False,
        widget=PicturesInput({"accept": ACCEPTED, "multiple": True, "data-shrinks": ""}),
        help_text=_("Tối đa 6 ảnh, mỗi ảnh dưới 10 MB. Vị trí và thông tin máy ảnh trong tệp được xóa khi tải lên."),
    )
    sensitive = forms.BooleanField(
        label=_("Không đưa địa điểm này lên trang công khai và tìm kiếm"),
        required=False,
        help_text=_("Dành cho nhà tạm lánh, khu cách ly, cơ sở quốc phòng. Mã QR ở cửa vẫn dùng bình thường."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Venue
        fields = ["name", "category", "address", "unit", "phone", "description", "sensitive"]
        field_classes = {"name": LineField, "address": LineField}
        widgets = {"category": Combobox()}
        help_texts = {
            "name": _("Đúng như biển hiệu ở cửa; tên này in trên bảng mã QR."),
            "category": _("Gõ để tìm: “cho”, “quan an”, “van phong”…"),
        }
        error_messages = {
            "name": {"required": _("Hãy nhập tên địa điểm.")},
            "category": {"required": _("Hãy chọn loại hình.")},
            "address": {"required": _("Hãy nhập số nhà, đường hoặc thôn, tổ dân phố.")},
        }

    def __init__(self, *args: Any, instance: Venue | None = None, tray: Tray, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, instance=instance, hours=instance.opening_hours if instance else None, **kwargs)
        self.tray = tray
        self.fields["category"].widget.hints = {
            str(category.pk): str(_("Không hiện công khai")) for category in Category.objects.filter(sensitive=True)
        }
        self._offer_units(instance)
        if instance is not None:
            self._show(instance)

    def _offer_units(self, venue: Venue | None) -> None:
        """Communes of today's map, and the one the venue stands in. Once in use a venue cannot move to another."""
        field = self.fields["unit"]
        offered = Q(pk__in=Unit.objects.valid_on(timezone.localdate()).filter(level=UnitLevel.COMMUNE))
        if venue is not None:
            offered |= Q(pk=venue.unit_id)
        units = Unit.objects.filter(offered).select_related("parent").order_by("sort_key")
        field.queryset = units  # type: ignore[attr-defined]
        field.widget.hints = {
            str(unit.pk): unit.parent.full_name
            for unit in units
            if unit.parent and unit.parent.level == UnitLevel.DISTRICT
        }
        if venue is not None and venue.status in {VenueStatus.APPROVED, VenueStatus.SUSPENDED}:
            field.disabled = True
            field.help_text = _("Địa điểm đã chuyển sang phường, xã khác thì đóng ở đây rồi đăng ký mới.")

    def _show(self, venue: Venue) -> None:
        """The venue as its owner last wanted it: with the change that waits for approval."""
        wanted = venue.proposal or {}
        self.initial.update({name: wanted[name] for name in ("name", "address") if name in wanted})
        self.initial["category"] = wanted.get("category_id", venue.category_id)
        self.initial["phone"] = show_phone(venue.phone)
        self.initial["revision"] = venue.revision
        lat, lon = wanted.get("lat", venue.lat), wanted.get("lon", venue.lon)
        if lat is not None and lon is not None:
            self.initial["point"] = Point(lat, lon)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not any(letter.isalnum() for letter in fold(name)):
            raise forms.ValidationError(_("Tên phải có chữ hoặc số."))
        return name

    def clean_description(self) -> str:
        return clean_text(self.cleaned_data["description"])

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        return phone_typed(text, landline=True) if text.strip() else ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for refusal in self.tray.refusals:
            self.add_error("pictures", str(refusal))
        return cleaned

    def wanted(self) -> Venue:
        """The venue as it was typed, not saved."""
        venue: Venue = self.save(commit=False)
        point = self.cleaned_data["point"]
        # A point that was only shown comes back with fewer digits than it was stored with: it has not moved.
        if venue.lat is None or venue.lon is None or point != (round(venue.lat, DECIMALS), round(venue.lon, DECIMALS)):
            venue.lat, venue.lon = point
        venue.opening_hours = self.cleaned_data["opening_hours"]
        return venue

    @property
    def can_take_pictures(self) -> bool:
        return len(self.tray.pictures) < MOST_PICTURES
