"""Fields that understand what people type."""

from __future__ import annotations

from django import forms

from dauchan.units.languages import reads_english
from dauchan.vietnamese import PhoneRefused, clean_text, read_phone


class LineField(forms.CharField):
    """One line of words, put in order before it is measured: a letter typed in three parts counts as one letter."""

    def to_python(self, value: object) -> str:
        """NFC, without invisible characters, spaces single."""
        return " ".join(clean_text(super().to_python(value) or "").split())


def phone_typed(text: str, *, landline: bool = False) -> str:
    """The number somebody typed, in E.164.

    Raises: ValidationError with the reason, in the language of the page.
    """
    try:
        return read_phone(text, landline=landline)
    except PhoneRefused as refused:
        is_english = reads_english()
        raise forms.ValidationError(refused.reason.en if is_english else refused.reason.vi, code="phone") from None
