"""Why somebody needs to see personal details."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.vietnamese import clean_text
from dauchan.web.layout.fields import LineField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

SHORTEST_PURPOSE = 10


class PurposeForm(forms.Form):
    """A usual purpose, or one in words; `purposes` are the usual ones by their codes."""

    purposes: ClassVar[list[tuple[str, StrPromise]]] = []

    usual = forms.ChoiceField(label=_("Mục đích"))
    words: forms.CharField = LineField(
        label=_("Nói rõ thêm"),
        max_length=200,
        required=False,
        help_text=_("Bắt buộc khi chọn mục đích khác; ít nhất 10 ký tự."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        first, last = ("", _("— Chọn mục đích —")), ("other", _("Mục đích khác (ghi rõ bên dưới)"))
        self.fields["usual"].choices = [first, *self.purposes, last]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("usual") == "other" and len(clean_text(cleaned.get("words", ""))) < SHORTEST_PURPOSE:
            self.add_error("words", _("Hãy ghi rõ mục đích, ít nhất 10 ký tự."))
        return cleaned

    def purpose(self) -> str:
        """The purpose as it stands in the log, in the officer's language at the time."""
        words = clean_text(self.cleaned_data["words"])
        if self.cleaned_data["usual"] == "other":
            return words
        usual = str(dict(self.purposes)[self.cleaned_data["usual"]])
        return f"{usual}. {words}" if words else usual
