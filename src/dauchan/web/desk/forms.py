"""What citizens and agents fill in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.helpdesk.models import Topic
from dauchan.qr import CodeRefused, read_short_code
from dauchan.vietnamese import clean_text
from dauchan.web.layout.fields import phone_typed
from dauchan.web.layout.widgets import CodeInput, PhoneInput


class TicketForm(forms.Form):
    topic = forms.ChoiceField(label=_("Bạn cần giúp việc gì?"), choices=Topic.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Mô tả"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Hãy mô tả vài lời để chúng tôi giúp được bạn."),
        },
    )
    phone = forms.CharField(
        label=_("Số điện thoại để gọi lại"),
        max_length=30,
        required=False,
        widget=PhoneInput,
        help_text=_("Chỉ dùng để trả lời yêu cầu này."),
    )

    def clean_words(self) -> str:
        return clean_text(self.cleaned_data["words"])

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        return phone_typed(text, landline=True) if text.strip() else ""


class FollowForm(forms.Form):
    """The code somebody was given when they sent something."""

    code = forms.CharField(label=_("Mã theo dõi"), max_length=20, widget=CodeInput)

    def clean_code(self) -> str:
        try:
            return read_short_code(self.cleaned_data["code"])
        except CodeRefused as refused:
            raise forms.ValidationError(
                _("Mã theo dõi gồm 8 ký tự, dạng XXXX-XXXX. Hãy xem lại từng ký tự.")
            ) from refused


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Trả lời"),
        max_length=2000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Người gửi đọc được câu trả lời này. Không ghi thông tin cá nhân của ai."),
    )

    def clean_answer(self) -> str:
        return clean_text(self.cleaned_data["answer"])
