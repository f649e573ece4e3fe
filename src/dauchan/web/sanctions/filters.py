"""What narrows and orders the list of sanctions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.sanctions.access import SEES_SANCTIONS
from dauchan.oversight.sanctions.models import Kind
from dauchan.oversight.sanctions.queries import searched, tabs
from dauchan.units.models import Unit
from dauchan.web.layout.widgets import Combobox
from dauchan.web.referrals.forms import units_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.oversight.sanctions.models import Sanction
    from dauchan.units.models import Officer

SORTS = {
    "new": ("-proposed_at", "-pk"),
    "until": ("until_at", "pk"),
    "appeal": ("appeal__due_at", "pk"),
    "unit": ("unit__sort_key", "-proposed_at", "pk"),
}


class SanctionFilter(forms.Form):
    """A value that makes no sense narrows nothing."""

    q = forms.CharField(
        label=_("Tìm địa điểm, đơn vị, số văn bản"), required=False, max_length=200, widget=forms.SearchInput
    )
    kind = forms.ChoiceField(label=_("Hình thức"), required=False, choices=[("", _("Tất cả")), *Kind.choices])
    unit = forms.ModelChoiceField(
        label=_("Đơn vị"), required=False, queryset=Unit.objects.none(), to_field_name="code", widget=Combobox()
    )
    sort = forms.ChoiceField(
        label=_("Sắp xếp"),
        required=False,
        choices=[
            ("new", _("Mới nhất trước")),
            ("until", _("Sắp hết thời hạn trước")),
            ("appeal", _("Sắp đến hạn giải quyết khiếu nại trước")),
            ("unit", _("Theo đơn vị")),
        ],
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        pks = [unit.pk for unit in units_of(officer, *SEES_SANCTIONS)]
        if len(pks) > 1:
            self.fields["unit"].queryset = Unit.objects.filter(pk__in=pks)  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]

    def narrowed(self, sanctions: QuerySet[Sanction], tab: str) -> QuerySet[Sanction]:
        self.is_valid()
        asked = self.cleaned_data
        if held := tabs(timezone.now()).get(tab):
            sanctions = sanctions.filter(held)
        if asked.get("kind"):
            sanctions = sanctions.filter(kind=asked["kind"])
        if asked.get("unit"):
            sanctions = sanctions.filter(unit=asked["unit"])
        return searched(sanctions, asked.get("q", "")).order_by(*SORTS[asked.get("sort") or "new"])

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "kind", "unit"))
