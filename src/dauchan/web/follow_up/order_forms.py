"""What a tracer decides about orders, what an approver answers, what is written of an appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.follow_up.models import AppealRoute, LegalBasis, Place, SigningAs
from dauchan.tracing.follow_up.order_actions import Draft
from dauchan.web.layout.widgets import DateInput

if TYPE_CHECKING:
    import datetime as dt

LONGEST_DAYS = 60


class BasisField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    def label_from_instance(self, basis: Any) -> str:  # noqa: ANN401 - Django's signature
        return _marked(basis)


class RouteField(forms.ModelChoiceField):  # type: ignore[type-arg]  # the same
    def label_from_instance(self, route: Any) -> str:  # noqa: ANN401 - Django's signature
        return _marked(route)


def _marked(text: LegalBasis | AppealRoute) -> str:
    return text.text if text.is_verified else f"{text.text} ({_('cần xác minh')})"


class DraftForm(forms.Form):
    """One order, or the same for several people. Where, when and how long they were exposed is not asked: it is known."""

    place = forms.ChoiceField(
        label=_("Hình thức"),
        choices=[(Place.HOME, Place.HOME.label), (Place.FACILITY, Place.FACILITY.label)],
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    where = forms.CharField(
        label=_("Nơi cách ly"),
        required=False,
        max_length=200,
        help_text=_("Địa chỉ nhà hoặc tên cơ sở. Để trống: nơi ở đã lưu của người đó. Được mã hóa."),
    )
    until_on = forms.DateField(
        label=_("Ngày đầu tiên không còn cách ly"),
        required=False,
        widget=DateInput,
        help_text=_("Để trống: theo lịch của từng người."),
    )
    purpose = forms.CharField(label=_("Lý do"), min_length=10, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    bases = BasisField(
        label=_("Căn cứ pháp lý"),
        queryset=LegalBasis.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Người soạn chọn; chương trình không tự xác định căn cứ."),
    )
    appeal_route = RouteField(
        label=_("Khiếu nại ở đâu, bằng cách nào"), queryset=AppealRoute.objects.none(), widget=forms.RadioSelect
    )
    signing_as = forms.ChoiceField(label=_("Thẩm quyền ký"), choices=SigningAs.choices)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        in_force = Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gt=today))
        self.fields["bases"].queryset = LegalBasis.objects.filter(in_force, kinds__contains=kind)  # type: ignore[attr-defined]  # the stubs know only Field
        routes = AppealRoute.objects.filter(in_force)
        self.fields["appeal_route"].queryset = routes  # type: ignore[attr-defined]  # the same
        self.fields["appeal_route"].empty_label = None  # type: ignore[attr-defined]  # the same
        self.fields["appeal_route"].initial = routes.first()

    def clean_until_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["until_on"]
        if day and not 0 < (day - timezone.localdate()).days <= LONGEST_DAYS:
            raise forms.ValidationError(_("Hãy chọn ngày sau hôm nay, trong vòng 60 ngày."))
        return day

    def draft(self) -> Draft:
        said = self.cleaned_data
        return Draft(
            place=said["place"],
            purpose=said["purpose"],
            bases=list(said["bases"]),
            appeal_route=said["appeal_route"],
            signing_as=said["signing_as"],
            where=said["where"],
            until_on=said["until_on"],
        )


class AppealForm(forms.Form):
    received_on = forms.DateField(label=_("Ngày nhận"), widget=DateInput)
    words = forms.CharField(
        label=_("Nội dung khiếu nại"), min_length=5, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_received_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["received_on"]
        if not 0 <= (timezone.localdate() - day).days <= 366:  # noqa: PLR2004 - a year
            raise forms.ValidationError(_("Ngày nhận không được ở tương lai."))
        return day


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Nội dung trả lời"), min_length=5, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    decision = forms.ChoiceField(
        label=_("Kết luận"),
        choices=[("rejected", _("Giữ nguyên quyết định")), ("upheld", _("Khiếu nại đúng: thu hồi quyết định"))],
        widget=forms.RadioSelect,
    )
