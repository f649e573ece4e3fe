"""What an officer chooses in a list and writes in a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from dauchan.units.models import Unit, UnitLevel
from dauchan.units.queries import communes_of
from dauchan.venues.access import SEES_VENUES
from dauchan.venues.models import Category, VenueStatus
from dauchan.venues.queries import matching
from dauchan.vietnamese import clean_text
from dauchan.web.layout.widgets import Combobox

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

LONGEST_NOTE = 500

SORTS = {
    "name": ("sort_key", "pk"),
    "unit": ("unit__sort_key", "sort_key", "pk"),
    "new": ("-registered_at", "-pk"),
    "changed": ("-changed_at", "-pk"),
}


class VenueFilter(forms.Form):
    """What narrows down and orders a list of venues. A value that makes no sense narrows nothing."""

    q = forms.CharField(label=_("Tìm tên, địa chỉ"), required=False, max_length=200, widget=forms.SearchInput)
    status = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[("", _("Tất cả")), *VenueStatus.choices])
    category = forms.ModelChoiceField(
        label=_("Loại hình"), required=False, queryset=Category.objects.all(), to_field_name="code", widget=Combobox()
    )
    unit = forms.ModelChoiceField(
        label=_("Phường, xã"), required=False, queryset=Unit.objects.none(), to_field_name="code", widget=Combobox()
    )
    sort = forms.ChoiceField(
        label=_("Sắp xếp"),
        required=False,
        choices=[
            ("name", _("Theo tên")),
            ("unit", _("Theo phường, xã")),
            ("new", _("Mới đăng ký trước")),
            ("changed", _("Mới thay đổi trước")),
        ],
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        own = officer.units_as(*SEES_VENUES)
        if all(unit.level == UnitLevel.COMMUNE for unit in own) and len(own) == 1:
            del self.fields["unit"]  # there is nothing to choose
        else:
            self.fields["unit"].queryset = communes_of(own, timezone.localdate())  # type: ignore[attr-defined]

    def narrowed(self, venues: QuerySet[Venue]) -> QuerySet[Venue]:
        """Those of *venues* that were asked for, in the order asked for."""
        self.is_valid()
        asked = self.cleaned_data
        for name in ("status", "category", "unit"):
            if asked.get(name):
                venues = venues.filter(**{name: asked[name]})
        return matching(venues, asked.get("q", "")).order_by(*SORTS[asked.get("sort") or "name"])

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "status", "category", "unit"))


#: Usual reasons to send a registration back. They are kept in Vietnamese: the owner reads them, not the officer.
REASONS = {
    "name": _("Tên chưa đúng như biển hiệu ở cửa."),
    "address": _("Địa chỉ thiếu số nhà, tên đường, thôn hoặc tổ dân phố."),
    "point": _("Vị trí trên bản đồ không đúng chỗ."),
    "category": _("Loại hình chưa đúng."),
    "double": _("Địa điểm này đã được đăng ký trước đó."),
    "absent": _("Không tìm thấy địa điểm tại địa chỉ này."),
}


class SendBackForm(forms.Form):
    reasons = forms.MultipleChoiceField(
        label=_("Cần bổ sung điều gì?"),
        required=False,
        choices=list(REASONS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Viết thêm cho chủ địa điểm"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        with translation.override("vi"):
            lines = [str(REASONS[reason]) for reason in self.cleaned_data.get("reasons", [])]
        written = clean_text(self.cleaned_data.get("note", ""))
        text = "\n".join([*lines, written] if written else lines)
        if not text and not self.errors:
            raise forms.ValidationError(_("Hãy chọn hoặc viết ít nhất một điều cần bổ sung."))
        self.cleaned_data["text"] = text[:LONGEST_NOTE]
        return cleaned
