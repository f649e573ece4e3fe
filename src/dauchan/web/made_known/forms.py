"""What is chosen and edited of a material before it is downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.made_known.models import Kind
from dauchan.oversight.made_known.queries import audiences_of
from dauchan.oversight.made_known.wording import LONGEST_BODY, LONGEST_TITLE, Words
from dauchan.units.jurisdiction import in_area
from dauchan.venues.actions import IN_USE
from dauchan.venues.models import Category, Venue
from dauchan.vietnamese import clean_text
from dauchan.web.layout.fields import LineField
from dauchan.web.layout.widgets import Combobox
from dauchan.web.referrals.forms import WordsField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from dauchan.units.models import Unit

MOST_LINES = 12
MOST_DIGITS = 18
#: What can be made of each kind: (name in the form, words, layout's sheet, ending).
FORMATS: Final[dict[str, list[tuple[str, StrOrPromise, str, str]]]] = {
    Kind.SHEET: [
        ("pdf-a4", _("PDF khổ A4"), "a4", "pdf"),
        ("pdf-a5", _("PDF khổ A5"), "a5", "pdf"),
        ("png-a4", _("Ảnh PNG"), "a4", "png"),
        ("txt", _("Văn bản"), "", "txt"),
    ],
    Kind.LOUDSPEAKER: [
        ("pdf-a4", _("PDF khổ A4"), "a4", "pdf"),
        ("png-a4", _("Ảnh PNG"), "a4", "png"),
        ("txt", _("Văn bản"), "", "txt"),
    ],
    Kind.PICTURE: [
        ("png-square", _("PNG vuông 1080 × 1080"), "square", "png"),
        ("png-wide", _("PNG ngang 1200 × 630"), "wide", "png"),
        ("pdf-square", _("PDF"), "square", "pdf"),
        ("txt", _("Văn bản"), "", "txt"),
    ],
}


class ChoiceForm(forms.Form):
    """Which words: for whom, in which language, for which venue. It stands in the address."""

    audience = forms.ChoiceField(label=_("Loại địa điểm"), required=False)
    language = forms.ChoiceField(label=_("Ngôn ngữ"), required=False, choices=[("vi", "Tiếng Việt"), ("en", "English")])
    venue = forms.ModelChoiceField(
        label=_("Cho một địa điểm"),
        required=False,
        queryset=Venue.objects.none(),
        widget=Combobox({"data-address": reverse_lazy("made_known:venues")}),
    )

    def __init__(self, *args: Any, kind: str, unit: Unit, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        own = audiences_of(kind)
        named = [(one.code, one.name) for one in Category.objects.filter(code__in=own)]
        cast("forms.ChoiceField", self.fields["audience"]).choices = [("", _("Mọi địa điểm")), *named]
        if not named:
            del self.fields["audience"]
        if kind != Kind.SHEET:
            del self.fields["venue"]
        else:
            self._among(unit)

    def _among(self, unit: Unit) -> None:
        field = cast("forms.ModelChoiceField[Venue]", self.fields["venue"])
        field.queryset = Venue.objects.filter(in_area([unit]), status__in=IN_USE)
        chosen = str(self.data.get("venue") or "")
        is_number = chosen.isascii() and chosen.isdigit() and len(chosen) <= MOST_DIGITS
        shown = field.queryset.filter(pk=chosen) if is_number else ()
        field.widget.choices = [("", "---------"), *((venue.pk, venue.name) for venue in shown)]

    @property
    def said(self) -> dict[str, Any]:
        """What makes sense of what was chosen; the venue's own kind where none was named."""
        self.is_valid()
        venue = self.cleaned_data.get("venue")
        return {
            "audience": self.cleaned_data.get("audience") or (venue.category.code if venue else ""),
            "language": self.cleaned_data.get("language")
            or ("en" if (get_language() or "").startswith("en") else "vi"),
            "venue": venue,
        }


class WordingForm(forms.Form):
    """The words as they will stand there. Nothing in braces means anything here."""

    title = LineField(label=_("Tiêu đề"), max_length=LONGEST_TITLE)
    body = WordsField(
        label=_("Nội dung"),
        most=LONGEST_BODY,
        rows=12,
        help_text=_("Mỗi dòng là một bước hoặc một đoạn, nhiều nhất 12 dòng. Không ghi thông tin cá nhân của ai."),
    )

    def clean_body(self) -> str:
        body = clean_text(self.cleaned_data["body"])
        if len([line for line in body.splitlines() if line.strip()]) > MOST_LINES:
            raise forms.ValidationError(_("Nhiều nhất 12 dòng."))
        return body

    @property
    def words(self) -> Words:
        return Words(self.cleaned_data["title"], self.cleaned_data["body"])
