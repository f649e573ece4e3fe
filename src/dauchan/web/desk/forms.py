"""What citizens fill in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.qr import CodeRefused, read_short_code
from dauchan.web.layout.widgets import CodeInput


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
