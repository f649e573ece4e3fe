"""What is written down of a breach."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.privacy.breaches.actions import Account
from dauchan.privacy.breaches.breach_models import BreachKind
from dauchan.privacy.breaches.categories import Category
from dauchan.web.layout.fields import LineField
from dauchan.web.layout.widgets import DateTimeInput
from dauchan.web.referrals.forms import WordsField


class BreachForm(forms.Form):
    kind = forms.ChoiceField(label=_("Loại sự cố"), choices=BreachKind.choices, widget=forms.RadioSelect)
    found_at = forms.DateTimeField(
        label=_("Phát hiện lúc"), widget=DateTimeInput, help_text=_("72 giờ tính từ lúc này, không phải từ lúc ghi.")
    )
    began_at = forms.DateTimeField(label=_("Xảy ra từ lúc"), required=False, widget=DateTimeInput)
    found_by = LineField(label=_("Người phát hiện"), max_length=120)
    categories = forms.MultipleChoiceField(
        label=_("Loại dữ liệu bị ảnh hưởng"), choices=Category.choices, widget=forms.CheckboxSelectMultiple
    )
    people = forms.IntegerField(
        label=_("Số người bị ảnh hưởng"),
        required=False,
        min_value=0,
        max_value=100_000_000,
        help_text=_("Để trống nếu chưa biết."),
    )
    is_estimate = forms.BooleanField(label=_("Số người là ước tính"), required=False, initial=True)
    what = WordsField(label=_("Diễn biến, nguyên nhân"), most=4000, min_length=10, rows=5)
    harm = WordsField(label=_("Hậu quả có thể xảy ra"), most=2000, required=False, rows=3)
    measures = WordsField(label=_("Biện pháp đã và sẽ làm"), most=4000, required=False, rows=4)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        found, began = self.cleaned_data.get("found_at"), self.cleaned_data.get("began_at")
        if found and found > timezone.now():
            self.add_error("found_at", _("Thời điểm phát hiện không thể ở tương lai."))
        if found and began and began > found:
            self.add_error("began_at", _("Sự cố không thể xảy ra sau khi được phát hiện."))
        return cleaned

    def account(self) -> Account:
        said = {name: self.cleaned_data[name] for name in Account.__dataclass_fields__}
        return Account(**said)


class AmendForm(BreachForm):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
