"""What is chosen and written on the screens of referrals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.referrals.access import SEES_REFERRALS
from dauchan.compliance.referrals.actions import units_below
from dauchan.compliance.referrals.models import OPEN, RUNNING, Ground, Outcome, Referral, Sign, State
from dauchan.compliance.referrals.queries import overdue, searched
from dauchan.units.models import Unit
from dauchan.vietnamese import clean_text
from dauchan.web.layout.fields import PhotosField
from dauchan.web.layout.widgets import Combobox, DateInput

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

LARGEST_REVISION = 2**31 - 1
MOST_PICTURES = 4
#: The tabs of the list, by their name in the address.
TABS = {"running": RUNNING, "answered": (State.ANSWERED,), "closed": (State.CLOSED,), "all": (*OPEN, State.CLOSED)}
SORTS = {
    "due": ("due_at", "pk"),
    "new": ("-handed_at", "-pk"),
    "unit": ("unit__sort_key", "due_at", "pk"),
    "reminders": ("-reminders", "due_at", "pk"),
}


class InboxFilter(forms.Form):
    """What narrows and orders a list of papers that units answer. A value that makes no sense narrows nothing."""

    #: Fields beside the search that narrow.
    narrowing: tuple[str, ...] = ("unit",)
    #: In whose area the units lie; nobody named: who see referrals.
    roles: tuple[str, ...] = ()

    q = forms.CharField(
        label=_("Tìm địa điểm, đơn vị, số phiếu"), required=False, max_length=200, widget=forms.SearchInput
    )
    unit = forms.ModelChoiceField(
        label=_("Đơn vị"), required=False, queryset=Unit.objects.none(), to_field_name="code", widget=Combobox()
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        units = units_of(officer, *self.roles)
        if len(units) > 1:
            pks = [unit.pk for unit in units]
            self.fields["unit"].queryset = Unit.objects.filter(pk__in=pks)  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", *self.narrowing))


class ReferralFilter(InboxFilter):
    field_order = ["q", "sign", "unit", "sort"]
    narrowing = ("unit", "sign")

    sign = forms.ChoiceField(
        label=_("Nội dung"),
        required=False,
        choices=[("", _("Tất cả")), *Sign.choices, *(one for one in Ground.choices if one[0] != Ground.SIGN)],
    )
    sort = forms.ChoiceField(
        label=_("Sắp xếp"),
        required=False,
        choices=[
            ("due", _("Sắp hết hạn trước")),
            ("new", _("Mới chuyển trước")),
            ("unit", _("Theo đơn vị")),
            ("reminders", _("Bị nhắc nhiều trước")),
        ],
    )

    def narrowed(self, referrals: QuerySet[Referral], tab: str) -> QuerySet[Referral]:
        self.is_valid()
        asked = self.cleaned_data
        if tab == "overdue":
            referrals = overdue(referrals, timezone.now())
        else:
            referrals = referrals.filter(state__in=TABS.get(tab, RUNNING))
        if asked.get("unit"):
            referrals = referrals.filter(unit=asked["unit"])
        if kind := asked.get("sign"):
            referrals = referrals.filter(**({"sign": kind} if kind in Sign.values else {"ground": kind}))
        return searched(referrals, asked.get("q", "")).order_by(*SORTS[asked.get("sort") or "due"])


def units_of(officer: Officer, *roles: str) -> list[Unit]:
    """Today's units of the area where the officer holds one of *roles* (who see referrals, if none is named)."""
    own = dict.fromkeys(
        officer.units_as(*(roles or SEES_REFERRALS))
    )  # whoever has several roles has some of them in one unit
    return list({unit.pk: unit for area in own for unit in [area, *units_below(area)]}.values())


class WordsField(forms.CharField):
    def __init__(self, *, most: int = 1000, rows: int = 4, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(max_length=most, widget=forms.Textarea({"rows": rows}), **options)

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")


class HandingForm(forms.Form):
    """Why venues are handed over; which ones stands in the page."""

    ground = forms.ChoiceField(label=_("Căn cứ"), choices=Ground.choices, widget=forms.RadioSelect)
    sign = forms.ChoiceField(
        label=_("Dấu hiệu cụ thể"),
        required=False,
        choices=[("", _("Không có")), *Sign.choices],
        help_text=_("Bắt buộc khi căn cứ là dấu hiệu."),
    )
    evidence = WordsField(
        label=_("Căn cứ nói rõ điều gì?"),
        most=600,
        rows=3,
        min_length=10,
        help_text=_("Một câu, có số liệu nếu có. Đơn vị đọc được câu này; không ghi tên hay số điện thoại của ai."),
    )
    words = WordsField(label=_("Đề nghị đơn vị làm gì?"), required=False, rows=3)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        if said.get("ground") == Ground.SIGN and not said.get("sign") and "sign" not in self.errors:
            self.add_error("sign", _("Hãy chọn dấu hiệu."))
        if said.get("ground") not in {Ground.SIGN, Ground.LIVE}:
            said["sign"] = ""
        return cleaned


class AskingForm(forms.Form):
    """What is asked of the units to which many signs are handed over; the evidence is each sign's own."""

    words = WordsField(label=_("Đề nghị đơn vị làm gì?"), required=False, rows=3)


class StepForm(forms.Form):
    """Every step says which state of the referral its writer had in view."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_REVISION)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        kwargs["initial"], kwargs["auto_id"] = {"revision": referral.revision}, f"id_{type(self).__name__}_%s"
        super().__init__(*args, **kwargs)
        self.referral = referral


class PassForm(StepForm):
    unit = forms.ModelChoiceField(label=_("Giao cho"), queryset=Unit.objects.none(), widget=Combobox())
    words = WordsField(label=_("Lời dặn"), required=False, rows=3)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, referral=referral, **kwargs)
        below = units_below(referral.unit)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in below])  # type: ignore[attr-defined]


class AnswerForm(StepForm):
    field_order = ["revision", "outcome", "words", "pictures"]
    outcome = forms.ChoiceField(label=_("Kết quả"), choices=Outcome.choices, widget=forms.RadioSelect)
    words = WordsField(
        label=_("Đã làm gì, thấy gì?"),
        most=2000,
        min_length=10,
        help_text=_("Nêu ngày, người kiểm tra, hiện trạng ở cửa. Không ghi thông tin cá nhân của khách."),
    )
    pictures = PhotosField(
        label=_("Ảnh tại chỗ"),
        most=MOST_PICTURES,
        help_text=_("Nhiều nhất 4 ảnh. Vị trí và thông tin máy chụp trong ảnh được xóa khi tải lên."),
    )


class CloseForm(StepForm):
    words = WordsField(label=_("Kết luận"), required=False, rows=3)


class ReturnForm(StepForm):
    words = WordsField(label=_("Còn thiếu điều gì?"), min_length=10, rows=3)


class MoveForm(StepForm):
    unit = forms.ModelChoiceField(label=_("Chuyển sang"), queryset=Unit.objects.none(), widget=Combobox())
    words = WordsField(label=_("Lý do"), min_length=10, rows=3)

    def __init__(self, *args: Any, referral: Referral, officer: Officer | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, referral=referral, **kwargs)
        pks = [unit.pk for unit in (units_of(officer) if officer else []) if unit.pk != referral.unit_id]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=pks)  # type: ignore[attr-defined]


class NoteForm(StepForm):
    words = WordsField(label=_("Nội dung"), min_length=3, rows=3)


class LetterForm(forms.Form):
    """What a person says of an official letter: the program numbers and signs none."""

    upper = forms.CharField(label=_("Cơ quan chủ quản"), max_length=120)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=120)
    sign = forms.CharField(
        label=_("Số và ký hiệu"), max_length=40, required=False, help_text=_("Để trống thì ghi tay khi phát hành.")
    )
    signing_title = forms.CharField(label=_("Chức vụ người ký"), max_length=80)
    signer = forms.CharField(label=_("Họ tên người ký"), max_length=80, required=False)
    answer_by = forms.DateField(label=_("Yêu cầu trả lời trước ngày"), widget=DateInput)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in ("upper", "issuer", "sign", "signing_title", "signer"):
            if name in self.cleaned_data:
                self.cleaned_data[name] = " ".join(clean_text(self.cleaned_data[name]).split())
        return cleaned
