"""What a head writes about an agency, and why names are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.roster.access import KEEPS_ROSTERS
from dauchan.units.models import Unit
from dauchan.venues.access import access_venues
from dauchan.venues.models import Venue
from dauchan.web.layout.concurrent import SeenForm
from dauchan.web.layout.fields import LineField
from dauchan.web.layout.purposes import PurposeForm
from dauchan.web.layout.widgets import Combobox

if TYPE_CHECKING:
    from dauchan.people.roster.models import Agency
    from dauchan.units.models import Officer

BUILDINGS = 4
MOST_DIGITS = 18


class OpenForm(PurposeForm):
    """Why names are needed."""

    purposes = [
        ("remind", _("Nhắc nhở người chưa quét mã")),
        ("check", _("Đối chiếu ca làm việc, nghỉ phép")),
        ("keep", _("Cập nhật danh sách nhân viên")),
        ("report", _("Báo cáo, xem xét trách nhiệm theo quy định")),
    ]


class BuildingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """One of the venues of the head's area, searched for as one types."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's options
        super().__init__(
            Venue.objects.none(), widget=Combobox({"data-address": reverse_lazy("staff:venues")}), **options
        )

    def among(self, officer: Officer, chosen: str) -> None:
        self.queryset = access_venues(officer, *KEEPS_ROSTERS)
        is_number = chosen.isascii() and chosen.isdigit() and len(chosen) <= MOST_DIGITS
        shown = self.queryset.filter(pk=chosen) if is_number else ()
        self.widget.choices = [("", "---------"), *((venue.pk, venue.name) for venue in shown)]


class AgencyForm(SeenForm):
    name = LineField(
        label=_("Tên cơ quan"), max_length=120, widget=forms.TextInput({"autocomplete": "off", "autofocus": True})
    )
    unit = forms.ModelChoiceField(label=_("Đơn vị"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, officer: Officer, agency: Agency, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        self.agency = agency
        buildings = list(agency.venues.values_list("pk", flat=True)) if agency.pk else []
        initial: dict[str, Any] = {f"building_{n}": pk for n, pk in enumerate(buildings)}
        initial |= {"name": agency.name, "unit": agency.unit_id}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.shows(agency.name, agency.unit_id, sorted(buildings))
        own = officer.units_as(*KEEPS_ROSTERS)
        today = timezone.localdate()
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = Unit.objects.valid_on(today).filter(
            pk__in=[unit.pk for unit in own]
        )
        if len(own) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.initial["unit"] = own[0].pk
        for n in range(max(BUILDINGS, len(buildings) + 1)):
            self._add_building(n, officer)

    def _add_building(self, number: int, officer: Officer) -> None:
        name = f"building_{number}"
        label = _("Trụ sở, nơi nhân viên quét mã") if number == 0 else _("Trụ sở khác")
        field = BuildingField(label=label, required=number == 0)
        self.fields[name] = field
        field.among(officer, str((self.data.get(name) if self.is_bound else self.initial.get(name)) or ""))

    def buildings(self) -> list[int]:
        chosen = [self.cleaned_data[name] for name in self.fields if name.startswith("building_")]
        return [venue.pk for venue in chosen if venue]

    def written(self) -> Agency:
        self.agency.name, self.agency.unit = self.cleaned_data["name"], self.cleaned_data["unit"]
        return self.agency
