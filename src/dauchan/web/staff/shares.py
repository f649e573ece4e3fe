"""The agencies of an area by the share of their staff days that were scanned, the worst first; nothing of any member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dauchan.compliance.participation.queries import SMALLEST_AGENCY, Turnout, agencies_by_share, whole_turnout
from dauchan.exchange.tables import Column
from dauchan.people.roster.access import KEEPS_ROSTERS, SEES_SHARES, access_agencies
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Unit
from dauchan.units.queries import communes_of
from dauchan.vietnamese import fold
from dauchan.web.downloads import csv_download
from dauchan.web.layout.widgets import Combobox
from dauchan.web.officer.guards import officer_required
from dauchan.web.staff.periods import LONGER, past_days

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse, StreamingHttpResponse
    from django.http.response import HttpResponseBase

    from dauchan.people.roster.models import Agency
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25


class ShareFilter(forms.Form):
    """What narrows the list. A value that makes no sense narrows nothing."""

    q = forms.CharField(label=_("Tìm cơ quan"), required=False, max_length=100, widget=forms.SearchInput)
    unit = forms.ModelChoiceField(
        label=_("Phường, xã"), required=False, queryset=Unit.objects.none(), to_field_name="code", widget=Combobox()
    )
    period = forms.ChoiceField(label=_("Khoảng thời gian"), required=False, choices=list(LONGER.items()))

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        communes = communes_of(officer.units_as(*SEES_SHARES), timezone.localdate())
        if len(communes[:2]) > 1:
            cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = communes
        else:
            del self.fields["unit"]

    def narrowed(self, agencies: QuerySet[Agency]) -> QuerySet[Agency]:
        self.is_valid()
        if unit := self.cleaned_data.get("unit"):
            agencies = agencies.filter(in_area([unit]))
        for word in fold(self.cleaned_data.get("q", "")).split():
            agencies = agencies.filter(Q(search_key__contains=word) | Q(unit__search_key__contains=word))
        return agencies

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "unit"))


@require_GET
@officer_required(*SEES_SHARES)
def share_list(request: OfficerRequest) -> HttpResponseBase:
    chosen = ShareFilter(request.GET, officer=request.user)
    agencies = chosen.narrowed(access_agencies(request.user))
    period = past_days(chosen.cleaned_data.get("period", ""), timezone.localdate())
    ranked = agencies_by_share(agencies, period.first, period.until)
    if request.GET.get("as") == "csv":
        return _file(ranked)
    return _page(request, chosen, ranked, {"period": period})


def _page(request: OfficerRequest, chosen: ShareFilter, ranked: QuerySet[Agency], more: dict[str, Any]) -> HttpResponse:
    page = Paginator(ranked, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "page": page,
        "rows": [(agency, told(agency)) for agency in page],
        "whole": whole_turnout(ranked),
        "smallest": SMALLEST_AGENCY,
        "keeps": bool(request.user.roles() & set(KEEPS_ROSTERS)),
        **more,
    }
    return render(request, "staff/shares.html", context)


def told(agency: Any) -> Turnout | None:  # noqa: ANN401 - annotated by agencies_by_share
    """What may be told of an agency; None of one that is too small."""
    return Turnout(agency.due, agency.scanned, agency.unverifiable) if agency.most >= SMALLEST_AGENCY else None


def _file(ranked: QuerySet[Agency]) -> StreamingHttpResponse:
    def of(agency: Agency, name: str) -> object:
        turnout = told(agency)
        return getattr(turnout, name) if turnout else ""

    columns: list[Column[Agency]] = [
        Column(str(_("Cơ quan")), lambda agency: agency.name),
        Column(str(_("Đơn vị")), lambda agency: agency.unit.full_name),
        Column(str(_("Tỷ lệ có quét (%)")), lambda agency: of(agency, "percent")),
        Column(str(_("Ngày công có quét")), lambda agency: of(agency, "scanned")),
        Column(str(_("Ngày công phải quét")), lambda agency: of(agency, "due")),
        Column(str(_("Ngày công không xác minh được")), lambda agency: of(agency, "unverifiable")),
    ]
    return csv_download(columns, ranked.iterator(2000), "ty-le-quet-ma")
