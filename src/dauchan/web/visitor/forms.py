"""What a visitor types: a phone number, the code sent to it, a name and the word of consent; a code from a poster."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.web.layout.fields import LineField, phone_typed
from dauchan.web.layout.widgets import CodeInput, PhoneInput

LONGEST_NAME = 80
_DIGITS = re.compile(r"\d{6}", re.ASCII)


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Số điện thoại di động"),
        max_length=40,
        widget=PhoneInput(attrs={"autofocus": True}),
        help_text=_("Chúng tôi gửi đến số này một mã gồm 6 chữ số."),
    )

    def clean_phone(self) -> str:
        return phone_typed(self.cleaned_data["phone"])


class OneTimeCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Mã xác nhận"),
        max_length=20,
        widget=CodeInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """Six digits, however they were grouped."""
        digits = re.sub(r"[\s.-]", "", self.cleaned_data["code"])
        if not _DIGITS.fullmatch(digits):
            raise forms.ValidationError(_("Mã gồm đúng 6 chữ số, không có chữ cái."))
        return digits


class NameForm(forms.Form):
    """A name is whatever its bearer says it is: no list of forbidden words or signs."""

    full_name = LineField(
        label=_("Họ và tên"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Như trên căn cước công dân, để nhân viên y tế gọi đúng người khi cần."),
    )

    def clean_full_name(self) -> str:
        name: str = self.cleaned_data["full_name"]
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError(_("Họ và tên phải có chữ cái."))
        return name


class ConsentForm(NameForm):
    consent = forms.BooleanField(
        label=_("Tôi đã đọc và đồng ý với thông báo về dữ liệu cá nhân ở trên"),
        error_messages={"required": _("Cần đánh dấu đồng ý thì mới ghi nhận được lượt vào của bạn.")},
    )


class TypedCodeForm(forms.Form):
    text = forms.CharField(
        label=_("Mã in dưới mã QR"),
        max_length=200,
        widget=CodeInput(attrs={"placeholder": "XXXX-XXXX", "autocomplete": "off", "autocapitalize": "characters"}),
    )
