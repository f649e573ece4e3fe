"""The public board: what was reported and what came of it, without anybody's words, and without a day or a street."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django import forms
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dauchan.exchange.tables import Column
from dauchan.oversight.access import public_photo
from dauchan.oversight.models import CONFIRMED, Finding, Report
from dauchan.oversight.queries import on_board, public_numbers, public_week
from dauchan.web.downloads import csv_download
from dauchan.web.layout.paging import KeysFirst
from dauchan.web.reports.public_forms import CommuneField, communes_today

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.web.requests import PersonRequest

LINES_A_PAGE = 20
ROWS_AT_ONCE = 500
PHOTO_SECONDS = 3600


class BoardFilter(forms.Form):
    """A value that makes no sense narrows nothing."""

    commune = CommuneField(label=gettext_lazy("Phường, xã"), required=False)
    finding = forms.ChoiceField(
        label=gettext_lazy("Điều phản ánh"), required=False, choices=[("", gettext_lazy("Tất cả")), *Finding.choices]
    )

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # the query of the request
        self.fields["commune"].queryset = communes_today()  # type: ignore[attr-defined]

    def narrowed(self) -> QuerySet[Report]:
        self.is_valid()
        commune = self.cleaned_data.get("commune")
        return on_board(self.cleaned_data.get("finding", ""), commune.pk if commune else None)


class Line:
    """What the board tells of one report."""

    def __init__(self, report: Report) -> None:
        self.finding = report.get_finding_display()
        self.outcome = report.get_outcome_display()
        self.is_confirmed = report.outcome in CONFIRMED
        self.unit = report.unit.full_name
        self.category = report.venue.category.name if report.venue else ""
        #: Only of a registered, public venue, once the unit found that the report was right (docs/decisions).
        self.venue = report.venue.name if report.venue and report.venue.is_public and self.is_confirmed else ""
        self.week = public_week(report)
        self.photos = [photo.pk for photo in report.photos.all() if photo.published]


@require_safe
def board(request: PersonRequest) -> HttpResponse:
    chosen = BoardFilter(request.GET)
    page = KeysFirst(chosen.narrowed().prefetch_related("photos"), LINES_A_PAGE).get_page(request.GET.get("page"))
    first, end = _last_month()
    context = {
        "filter": chosen,
        "is_narrowing": any(chosen.cleaned_data.get(name) for name in ("commune", "finding")),
        "page": page,
        "lines": [Line(report) for report in page],
        "numbers": public_numbers(first, end),
        "month": first,
    }
    return render(request, "reports/board.html", context)


def _last_month() -> tuple[dt.date, dt.date]:
    """The first day of the last month that is over, and the day after it."""
    end = timezone.localdate().replace(day=1)
    return (end - dt.timedelta(days=1)).replace(day=1), end


@require_safe
def open_data(request: PersonRequest) -> StreamingHttpResponse:
    """The board as a file, with the same filter."""
    lines = _lines(BoardFilter(request.GET).narrowed())
    return csv_download(_columns(), lines, "phan-anh-da-tra-loi")


def _lines(found: QuerySet[Report]) -> Iterator[Line]:
    for report in found.prefetch_related("photos").iterator(chunk_size=ROWS_AT_ONCE):
        yield Line(report)


def _columns() -> list[Column[Line]]:
    return [
        Column(_("Tuần bắt đầu từ"), lambda line: line.week),
        Column(_("Phường, xã"), lambda line: line.unit),
        Column(_("Điều phản ánh"), lambda line: line.finding),
        Column(_("Kết quả xử lý"), lambda line: line.outcome),
        Column(_("Loại hình"), lambda line: line.category),
        Column(_("Địa điểm"), lambda line: line.venue),
    ]


@require_safe
def photo(request: PersonRequest, photo_id: int) -> FileResponse:  # noqa: ARG001 - a view
    """The blurred copy that an officer let out."""
    found = public_photo(photo_id)
    try:
        file = found.published.open()
    except FileNotFoundError:  # the row outlived its file
        raise Http404 from None
    return FileResponse(file, content_type="image/jpeg", headers={"Cache-Control": f"public, max-age={PHOTO_SECONDS}"})
