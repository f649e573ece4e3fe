"""What officers fill in about a notice, and what everybody may search for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.notices.actions import Wording
from dauchan.tracing.notices.models import Advice
from dauchan.units.models import Unit, UnitLevel
from dauchan.vietnamese import clean_text
from dauchan.web.layout.fields import LineField
from dauchan.web.layout.widgets import Combobox, DateInput, DateTimeInput

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.venues.models import Venue

SHORTEST_REASON = 10
LONGEST_QUERY = 100
MOST_PEOPLE = 1_000_000


class NoticeForm(forms.Form):
    """A place and time. Of a venue the place is known; a place without a code is described."""

    place = LineField(
        label=_("Nơi có nguy cơ"),
        max_length=160,
        help_text=_("Ví dụ: xe buýt tuyến 02, chuyến 07:30 từ Bến xe phía Nam. Không ghi tên người."),
    )
    commune = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Phường, xã"),
        widget=Combobox,
        help_text=_("Nơi thông báo được xếp vào khi người dân tìm."),
    )
    estimated_people = forms.IntegerField(
        label=_("Số người có mặt, ước tính"),
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        help_text=_("Không công bố. Dưới 10 người thì hãy gọi điện cho từng người thay vì ra thông báo."),
    )
    starts_at = forms.DateTimeField(label=_("Từ"), widget=DateTimeInput)
    ends_at = forms.DateTimeField(
        label=_("Đến"), widget=DateTimeInput, help_text=_("Được làm tròn ra ngoài theo khung 15 phút; dài nhất 24 giờ.")
    )
    advice = forms.ChoiceField(
        label=_("Người có mặt cần làm gì"),
        choices=Advice.choices,
        initial=Advice.TEST,
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    words_vi = LineField(
        label=_("Hướng dẫn thêm"),
        max_length=300,
        required=False,
        help_text=_(
            "Đứng sau câu hướng dẫn có sẵn. Mọi người đều đọc được: không ghi tên người, không nói về ca bệnh."
        ),
    )
    words_en = LineField(label=_("Hướng dẫn thêm, bằng tiếng Anh"), max_length=300, required=False)

    def __init__(self, *args: Any, venue: Venue | None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.venue = venue
        if venue:
            for name in ("place", "commune", "estimated_people"):
                del self.fields[name]
        else:
            communes = Unit.objects.valid_on(timezone.localdate()).filter(level=UnitLevel.COMMUNE)
            self.fields["commune"].queryset = communes.order_by("sort_key")  # type: ignore[attr-defined]  # the stubs know only Field

    def wording(self) -> Wording:
        typed = dict(self.cleaned_data)
        commune = self.venue.unit if self.venue else typed.pop("commune")
        return Wording(venue=self.venue, commune=commune, **typed)


class DecisionForm(forms.Form):
    """Approve or return. The version that was shown comes back: nobody approves what they have not seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("approve", ""), ("return", "")])
    reason = LineField(
        label=_("Lý do vẫn công bố khi có ít hơn 10 người"),
        min_length=SHORTEST_REASON,
        max_length=300,
        required=False,
        help_text=_(
            "Chỉ khi cần. Thông báo khi đó chỉ nêu phường, xã và khung giờ cố định; lý do được ghi vào nhật ký."
        ),
    )
    note = LineField(
        label=_("Ý kiến"), max_length=300, required=False, help_text=_("Bắt buộc khi trả lại: cần sửa gì.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "return" and not cleaned.get("note"):
            self.add_error("note", _("Hãy ghi cần sửa gì."))
        return cleaned


class WithdrawForm(forms.Form):
    reason = LineField(
        label=_("Lý do thu hồi"),
        min_length=SHORTEST_REASON,
        max_length=300,
        help_text=_("Ít nhất 10 ký tự; được ghi vào nhật ký, không công bố."),
    )


class PublicSearchForm(forms.Form):
    """A search that cannot fail: what is no commune or no day is no filter."""

    q = forms.CharField(
        label=_("Tên nơi, đường hoặc phường xã"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST_QUERY}),
    )
    commune = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Phường, xã"), required=False, empty_label=_("Tất cả")
    )
    on = forms.DateField(label=_("Ngày"), required=False, widget=DateInput)

    def __init__(self, *args: Any, communes: QuerySet[Unit], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = communes  # type: ignore[attr-defined]  # the stubs know only Field

    def search(self) -> dict[str, Any]:
        """For `public_notices`."""
        self.is_valid()
        commune = self.cleaned_data.get("commune")
        words = clean_text(self.cleaned_data.get("q") or "")[:LONGEST_QUERY]
        return {"words": words, "commune_id": commune.pk if commune else None, "on": self.cleaned_data.get("on")}
