"""What a head writes when something is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.accountability.explaining import FURTHEST_PROMISE
from dauchan.web.accountability.confirming import secret_field
from dauchan.web.layout.widgets import DateInput
from dauchan.web.referrals.forms import WordsField

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.units.models import Officer


class ExplanationForm(forms.Form):
    words = WordsField(
        label=_("Nguyên nhân quá hạn"),
        most=2000,
        min_length=20,
        help_text=_("Nêu rõ vì sao từng việc chưa xong. Không ghi tên hay số điện thoại của người dân."),
    )
    remedy = WordsField(label=_("Biện pháp khắc phục"), min_length=10, rows=3)
    promised_on = forms.DateField(
        label=_("Hứa hoàn thành trước ngày"),
        widget=DateInput,
        help_text=_("Ngày hứa không thay đổi hạn đã giao; việc vẫn tính là quá hạn cho đến khi trả lời."),
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["secret"] = secret_field(officer)

    def clean_promised_on(self) -> dt.date:
        promised: dt.date = self.cleaned_data["promised_on"]
        today = timezone.localdate()
        if not today < promised <= today + FURTHEST_PROMISE:
            raise forms.ValidationError(_("Chọn một ngày từ ngày mai, trong vòng 60 ngày."))
        return promised
