"""Two officers at one form: whoever sends what was read before the other's change is told, and nothing of theirs is lost."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MARK_LENGTH = 16


class SeenForm(forms.Form):
    """A form that remembers in a hidden field what it showed; for rows without a number of revision of their own."""

    seen = forms.CharField(required=False, max_length=MARK_LENGTH, widget=forms.HiddenInput)

    def shows(self, *state: object) -> None:
        """What the form is filled with, as it stands now."""
        self.mark = hashlib.sha256(repr(state).encode()).hexdigest()[:MARK_LENGTH]
        self.fields["seen"].initial = self.mark

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen = self.cleaned_data.get("seen")
        if seen and seen != self.mark:
            self.add_error(
                None,
                _("Người khác vừa sửa trang này. Nội dung bạn nhập chưa được ghi; hãy mở lại trang, xem rồi sửa tiếp."),
            )
        return cleaned
