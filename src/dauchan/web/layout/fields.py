"""Fields that understand what people type."""

from __future__ import annotations

from django import forms

from dauchan.vietnamese import clean_text


class LineField(forms.CharField):
    """One line of words, put in order before it is measured: a letter typed in three parts counts as one letter."""

    def to_python(self, value: object) -> str:
        """NFC, without invisible characters, spaces single."""
        return " ".join(clean_text(super().to_python(value) or "").split())
