"""What a tracer writes down while a case tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.interviews.actions import PersonNamed, StayTold
from dauchan.tracing.interviews.models import Relation
from dauchan.units.models import Role, Unit
from dauchan.units.queries import communes_of
from dauchan.venues.access import access_venues
from dauchan.venues.models import Venue
from dauchan.vietnamese import clean_text
from dauchan.web.layout.fields import LineField, phone_typed
from dauchan.web.layout.widgets import Combobox, DateTimeInput, PhoneInput

if TYPE_CHECKING:
    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer


class VenueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """One of thousands of venues, searched for as one types; only the one that was chosen is written into the page."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's options
        widget = Combobox(
            {"data-address": reverse_lazy("tracer:venues")}
        )  # not as `address`: its truth would be asked too early
        super().__init__(Venue.objects.none(), required=False, widget=widget, **options)

    def among(self, officer: Officer, chosen: str) -> None:
        """Venues of the area where *officer* traces; *chosen*: as it was sent."""
        self.queryset = access_venues(officer, Role.TRACER)
        shown = self.queryset.filter(pk=chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else ()  # noqa: PLR2004
        self.widget.choices = [("", "---------"), *((venue.pk, venue.name) for venue in shown)]


class _TellingForm(forms.Form):
    """What both have in common: where, and that nothing lies in the future."""

    venue = VenueField(label=_("Địa điểm trong hệ thống"))
    place = LineField(
        label=_("Hoặc nơi khác, ghi bằng lời"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, officer: Officer, case: Case, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.case = case
        chosen = self.data.get(self.add_prefix("venue"), "") if self.is_bound else ""
        self.fields["venue"].among(officer, chosen)  # type: ignore[attr-defined]
        bounds = {
            "min": f"{timezone.localtime(case.infectious_from):%Y-%m-%dT%H:%M}",
            "max": f"{timezone.localtime(min(case.infectious_to, timezone.now())):%Y-%m-%dT%H:%M}",
        }
        for field in self.fields.values():
            if isinstance(field.widget, DateTimeInput):
                field.widget.attrs.update(bounds)

    def clean_note(self) -> str:
        return clean_text(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, value in cleaned.items():
            if isinstance(self.fields[name], forms.DateTimeField) and value and value > timezone.now():
                self.add_error(name, _("Thời điểm này ở tương lai."))
        return cleaned


class StayForm(_TellingForm):
    field_order = ["venue", "place", "began_at", "ended_at", "note"]
    prefix = "stay"

    began_at = forms.DateTimeField(label=_("Từ lúc"), widget=DateTimeInput)
    ended_at = forms.DateTimeField(
        label=_("Đến lúc"), widget=DateTimeInput, required=False, help_text=_("Để trống nếu không nhớ.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        began, ended = cleaned.get("began_at"), cleaned.get("ended_at")
        if began and ended and ended <= began:
            self.add_error("ended_at", _("Giờ ra phải sau giờ vào."))
        return cleaned

    def told(self) -> StayTold:
        return StayTold(**self.cleaned_data)


class NamedForm(_TellingForm):
    field_order = [
        "full_name",
        "phone",
        "shares_phone",
        "relation",
        "last_contact_at",
        "venue",
        "place",
        "commune",
        "note",
    ]
    prefix = "named"

    full_name = LineField(
        label=_("Họ và tên"), max_length=100, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=_("Số điện thoại"), max_length=30, required=False, widget=PhoneInput({"autocomplete": "off"})
    )
    shares_phone = forms.BooleanField(label=_("Số của người khác (cha mẹ, người nhà)"), required=False)
    relation = forms.ChoiceField(label=_("Quan hệ với ca bệnh"), choices=Relation.choices)
    last_contact_at = forms.DateTimeField(label=_("Gặp lần cuối lúc"), widget=DateTimeInput)
    commune = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Phường, xã nơi ở"), required=False, widget=Combobox, empty_label=_("Chưa rõ")
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, officer=officer, **kwargs)
        own = officer.units_as(Role.TRACER)
        self.fields["commune"].queryset = communes_of(own, timezone.localdate())  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        return phone_typed(typed, landline=True) if typed.strip() else ""

    def named(self) -> PersonNamed:
        return PersonNamed(**self.cleaned_data)
