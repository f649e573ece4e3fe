"""What narrows down the list of signs, which day is to be screened, and why a sign is set aside."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models.functions import Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dauchan.compliance.signs.access import SEES_SIGNS
from dauchan.compliance.signs.dismissing import LONGEST
from dauchan.compliance.signs.models import Kind, Reason
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Unit, UnitLevel
from dauchan.units.queries import communes_of
from dauchan.venues.models import Venue
from dauchan.venues.queries import matching
from dauchan.vietnamese import clean_text
from dauchan.web.layout.widgets import Combobox, DateInput

if TYPE_CHECKING:
    from django.db.models import OrderBy, QuerySet

    from dauchan.compliance.signs.queries import SignSetAside
    from dauchan.units.models import Officer

#: The surest first; of those that are as sure to a hundredth, those that concern most people.
ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "sure": (Round("confidence", 2).desc(), "-visitors", "venue_id", "sign"),
    "people": ("-visitors", "-confidence", "venue_id", "sign"),
    "since": ("since_on", "-confidence", "venue_id", "sign"),
}
SHORTEST_WORDS = 10
USUALLY = dt.timedelta(days=14)


class SignFilter(forms.Form):
    """A value that makes no sense narrows nothing."""

    q = forms.CharField(label=_("Tìm tên, địa chỉ"), required=False, max_length=200, widget=forms.SearchInput)
    sign = forms.ChoiceField(
        label=pgettext_lazy("rà soát", "Dấu hiệu"), required=False, choices=[("", _("Tất cả")), *Kind.choices]
    )
    unit = forms.ModelChoiceField(
        label=_("Phường, xã"), required=False, queryset=Unit.objects.none(), to_field_name="code", widget=Combobox()
    )
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[
            ("", _("Cần xem")),
            ("new", _("Mới")),
            ("lasting", _("Kéo dài")),
            ("aside", _("Đã bỏ qua")),
        ],
    )
    order = forms.ChoiceField(
        label=_("Sắp xếp"),
        required=False,
        choices=[("sure", _("Chắc chắn nhất")), ("people", _("Nhiều khách nhất")), ("since", _("Lâu nhất"))],
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        own = officer.units_as(*SEES_SIGNS)
        if all(unit.level == UnitLevel.COMMUNE for unit in own) and len(own) == 1:
            del self.fields["unit"]  # there is nothing to choose
        else:
            self.fields["unit"].queryset = communes_of(own, timezone.localdate())  # type: ignore[attr-defined]

    def of_place(self, signs: QuerySet[SignSetAside]) -> QuerySet[SignSetAside]:
        """Signs at the venues that were asked for."""
        self.is_valid()
        if self.cleaned_data.get("unit"):
            signs = signs.filter(in_area([self.cleaned_data["unit"]], "venue__unit"))
        words = self.cleaned_data.get("q", "")
        return signs.filter(venue__in=matching(Venue.objects.all(), words).values("pk")) if words else signs

    def narrowed(self, signs: QuerySet[SignSetAside]) -> QuerySet[SignSetAside]:
        """Those of them that were asked for, in the order asked for."""
        asked = self.cleaned_data
        state = asked.get("state")
        signs = signs.filter(dismissal_id__isnull=state != "aside")
        if state in {"new", "lasting"}:
            signs = signs.filter(nights=1) if state == "new" else signs.filter(nights__gt=1)
        if asked.get("sign"):
            signs = signs.filter(sign=asked["sign"])
        return signs.order_by(*ORDERS[asked.get("order") or "sure"])

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "sign", "unit", "state"))


class ScreeningForm(forms.Form):
    on = forms.DateField(label=_("Rà soát đến hết ngày"), widget=DateInput)


class DismissalForm(forms.Form):
    reason = forms.ChoiceField(label=_("Lý do"), choices=[("", _("— Chọn lý do —")), *Reason.choices])
    words = forms.CharField(
        label=_("Nói rõ thêm"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ghi việc đã kiểm tra, ai cho biết. Không ghi họ tên, số điện thoại của người dân."),
    )
    until = forms.DateField(
        label=_("Bỏ qua đến hết ngày"),
        widget=DateInput,
        help_text=_("Tối đa 90 ngày. Nếu dấu hiệu nặng hơn bây giờ, nó trở lại danh sách sớm hơn."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["until"].initial = today + USUALLY
        self.fields["until"].widget.attrs |= {"min": f"{today:%Y-%m-%d}", "max": f"{today + LONGEST:%Y-%m-%d}"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["words"] = clean_text(cleaned.get("words", ""))
        if cleaned.get("reason") == Reason.OTHER and len(cleaned["words"]) < SHORTEST_WORDS:
            self.add_error("words", _("Hãy ghi rõ lý do, ít nhất 10 ký tự."))
        return cleaned
