"""What askers and agents fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from dauchan.helpdesk.access import agents
from dauchan.helpdesk.knowledge.models import Article
from dauchan.helpdesk.models import Channel, Rating, Topic
from dauchan.units.models import Officer
from dauchan.venues.models import Venue
from dauchan.vietnamese import clean_text
from dauchan.web.layout.fields import phone_typed
from dauchan.web.layout.widgets import Combobox, PhoneInput

MOST_DIGITS = 18
LARGEST_REVISION = 2**31 - 1


class WordsField(forms.CharField):
    """Several lines of words, put in order before they are measured."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: object) -> str:
        return clean_text(super().to_python(value) or "")


class AskForm(forms.Form):
    """What somebody asks on the public page; a failed scan's button brings its reason and its code along."""

    topic = forms.ChoiceField(label=_("Bạn cần giúp việc gì?"), choices=Topic.choices, widget=forms.RadioSelect)
    words = WordsField(
        label=_("Mô tả"),
        max_length=1000,
        error_messages={"required": _("Hãy mô tả vài lời để chúng tôi giúp được bạn.")},
    )
    phone = forms.CharField(
        label=_("Số điện thoại để gọi lại"),
        max_length=30,
        required=False,
        widget=PhoneInput,
        help_text=_("Chỉ dùng để trả lời yêu cầu này."),
    )
    reason = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)
    scanned = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    device = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        return phone_typed(text, landline=True) if text.strip() else ""


class VenueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """One of all venues, searched for as the agent types."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(
            Venue.objects.select_related("unit"),
            label=_("Địa điểm"),
            required=False,
            widget=Combobox({"data-address": reverse_lazy("helpdesk:venues")}),
            **options,
        )

    def show(self, chosen: str) -> None:
        """The one that is chosen is the only one the page lists; the others come as one types."""
        is_number = chosen.isascii() and chosen.isdigit() and len(chosen) <= MOST_DIGITS
        shown = Venue.objects.filter(pk=chosen) if is_number else ()
        self.widget.choices = [("", "---------"), *((venue.pk, venue.name) for venue in shown)]


class ArticleField(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    """Which problem it is, as the knowledge base has it."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(
            Article.objects.in_use(),
            label=_("Vấn đề"),
            required=False,
            widget=Combobox(),
            help_text=_("Để đếm vấn đề hay gặp và chỉ cho người hỏi sau cách giải quyết."),
            **options,
        )


class PlacedForm(forms.Form):
    """Forms that name a problem and a place."""

    article = ArticleField()
    venue = VenueField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        shown = self.data.get("venue") if self.is_bound else self.initial.get("venue")
        self.fields["venue"].show(str(shown or ""))  # type: ignore[attr-defined]


class CallForm(PlacedForm):
    """What an agent writes down while somebody is on the telephone."""

    field_order = ["topic", "words", "phone", "venue", "article"]

    topic = forms.ChoiceField(label=_("Việc cần giúp"), choices=Topic.choices)
    words = WordsField(label=_("Người gọi nói"), max_length=1000)
    phone = forms.CharField(label=_("Số điện thoại của người gọi"), max_length=30, required=False, widget=PhoneInput)

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        return phone_typed(text, landline=True) if text.strip() else ""


class StepForm(forms.Form):
    """A step on a ticket as it was seen."""

    revision = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION, widget=forms.HiddenInput)


class HandForm(StepForm):
    to = forms.ModelChoiceField(label=_("Giao cho"), queryset=Officer.objects.none())
    words = WordsField(label=_("Ghi chú cho người nhận"), max_length=500, required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = agents()  # type: ignore[attr-defined]


class NoteForm(StepForm):
    words = WordsField(label=_("Ghi chú nội bộ"), max_length=1000, rows=2)


class SortForm(StepForm, PlacedForm):
    field_order = ["article", "venue"]


class AnswerForm(StepForm):
    article = ArticleField()
    answer = WordsField(
        label=_("Trả lời"),
        max_length=2000,
        min_length=10,
        rows=7,
        help_text=_("Người gửi đọc được câu trả lời này. Không ghi thông tin cá nhân của ai."),
    )


class RatingForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("Trả lời này đã giúp được bạn chưa?"),
        choices=Rating.choices,
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )


class AgainForm(forms.Form):
    words = WordsField(label=_("Điều gì còn chưa được?"), max_length=1000)


class TicketFilter(forms.Form):
    """What narrows the list. A value that makes no sense narrows nothing."""

    q = forms.CharField(
        label=_("Mã, số điện thoại, địa điểm, vấn đề"), required=False, max_length=100, widget=forms.SearchInput
    )
    topic = forms.ChoiceField(label=_("Việc cần giúp"), required=False, choices=[("", _("Tất cả")), *Topic.choices])
    channel = forms.ChoiceField(label=_("Đến từ"), required=False, choices=[("", _("Tất cả")), *Channel.choices])

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "topic", "channel"))
