"""The venues of a unit with their use, and one venue day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dauchan.compliance.signs.access import SEES_SIGNS, access_signs
from dauchan.compliance.signs.queries import latest_run, with_dismissals
from dauchan.compliance.venue_use import ORDERED_BY, Order, VenuesByUse, use_of_venues
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import UnitLevel
from dauchan.venues.access import SEES_VENUES, access_venue
from dauchan.venues.models import Category, Venue, VenueStatus
from dauchan.venues.queries import matching
from dauchan.web.dashboards.asked import SEES_DASHBOARDS, Asked, asked
from dauchan.web.dashboards.drawing import sparkline, use_of_one
from dauchan.web.layout.widgets import Combobox
from dauchan.web.officer.guards import officer_required
from dauchan.web.signs.faces import Face

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
SORTS = [
    (Order.NAME.value, _("Theo tên")),
    (Order.MOST.value, _("Nhiều lượt quét trước")),
    (Order.FEWEST.value, _("Ít lượt quét trước")),
    (Order.FAILED.value, _("Nhiều lượt quét không thành trước")),
]


class UseFilter(forms.Form):
    """What narrows down and orders the list. A value that makes no sense narrows nothing."""

    q = forms.CharField(label=_("Tìm tên, địa chỉ"), required=False, max_length=200, widget=forms.SearchInput)
    category = forms.ModelChoiceField(
        label=_("Loại hình"), required=False, queryset=Category.objects.all(), to_field_name="code", widget=Combobox()
    )
    status = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[("", _("Tất cả")), *VenueStatus.choices])
    use = forms.ChoiceField(
        label=_("Sử dụng"),
        required=False,
        choices=[("", _("Tất cả")), ("silent", _("Không có lượt quét trong kỳ"))],
    )
    sort = forms.ChoiceField(label=_("Sắp xếp"), required=False, choices=SORTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def order(self) -> Order:
        return Order(self.cleaned_data.get("sort") or Order.NAME)

    @property
    def is_silent(self) -> bool:
        return bool(self.cleaned_data.get("use"))

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "category", "status", "use"))

    def narrowed(self, venues: QuerySet[Venue]) -> QuerySet[Venue]:
        for name in ("category", "status"):
            if self.cleaned_data.get(name):
                venues = venues.filter(**{name: self.cleaned_data[name]})
        return matching(venues, self.cleaned_data.get("q", ""))


def venues_of(chosen: Asked, narrowing: UseFilter) -> VenuesByUse:
    """The venues asked for: of a unit that `asked` has found in the officer's area."""
    within = Venue.objects.filter(in_area([chosen.unit])).select_related("unit", "category")
    return VenuesByUse(
        narrowing.narrowed(within), chosen.period, narrowing.order,
        silent=narrowing.is_silent, is_part=chosen.unit.level != UnitLevel.PROVINCE,
    )  # fmt: skip


@require_safe
@officer_required(*SEES_DASHBOARDS)
def venue_list(request: OfficerRequest) -> HttpResponse:
    chosen, narrowing = asked(request), UseFilter(request.GET)
    found: Any = venues_of(chosen, narrowing)  # counts and slices, which is all that a paginator asks for
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    uses = use_of_venues(list(page), chosen.period, frozenset(chosen.counted))
    context = {
        "asked": chosen,
        "filter": narrowing,
        "page": page,
        "ordered_by": ORDERED_BY if chosen.period.length > ORDERED_BY and narrowing.order != Order.NAME else 0,
        "rows": [(use, sparkline(use.scans)) for use in uses],
        "tab": "venues",
    }
    return render(request, "dashboards/venues.html", context)


@require_safe
@officer_required(*SEES_DASHBOARDS)
def venue_page(request: OfficerRequest, venue_id: int) -> HttpResponse:
    venue = access_venue(request.user, venue_id, *SEES_DASHBOARDS)
    chosen = asked(request, unit=venue.unit)
    counted = frozenset(chosen.counted)
    (use,) = use_of_venues([venue], chosen.period, counted)
    (before,) = use_of_venues([venue], chosen.period.before, chosen.days_before)
    context = {"asked": chosen, "venue": venue, "use": use, "before": before, "tab": ""}
    roles = request.user.roles()
    context["opens_files"] = roles & set(SEES_VENUES)
    if roles & set(SEES_SIGNS):
        run = latest_run()
        found = access_signs(request.user).filter(venue=venue, run=run)
        context["screened_on"] = run.on if run else None
        context["signs"] = [Face(sign) for sign in with_dismissals(found)] if run else []
    context["chart"] = use_of_one(use, chosen.period) if counted else None
    return render(request, "dashboards/venue.html", context)
