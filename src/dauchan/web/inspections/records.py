"""Records of inspection: the list, one record with all that belongs to it, its paper, its number, its supplements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.exchange.tables import Column
from dauchan.oversight.inspections.access import (
    INSPECTS,
    SEES_INSPECTIONS,
    access_inspection,
    access_inspections,
    access_picture,
    may_inspect,
)
from dauchan.oversight.inspections.errors import InspectionRefused
from dauchan.oversight.inspections.models import MeasureState
from dauchan.oversight.inspections.paper import record_pdf, supplement_pdf
from dauchan.oversight.inspections.queries import with_findings
from dauchan.oversight.inspections.supplements import number_record, supplement
from dauchan.oversight.owner_notices.queries import notices_about
from dauchan.units import audit
from dauchan.units.errors import NoSuchThing
from dauchan.web.downloads import csv_download
from dauchan.web.inspections.forms import GiveBackForm, MeasureForm, NumberForm, RecordFilter, SupplementForm
from dauchan.web.inspections.words import checks_shown, measure_rows, signature_address, verdict_tone
from dauchan.web.layout.paging import KeysFirst
from dauchan.web.officer.guards import officer_required
from dauchan.web.pictures import picture_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from dauchan.oversight.inspections.models import Inspection
    from dauchan.web.inspections.words import MeasureRow
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
ROWS_AT_ONCE = 500


@require_safe
@officer_required(*SEES_INSPECTIONS)
def record_list(request: OfficerRequest) -> HttpResponse:
    chosen = RecordFilter(request.GET)
    found = with_findings(chosen.narrowed(access_inspections(request.user)))
    page = KeysFirst(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "inspections/records.html", {"filter": chosen, "page": page})


@require_safe
@officer_required(*SEES_INSPECTIONS)
def export(request: OfficerRequest) -> StreamingHttpResponse:
    """What the list shows now, all of its pages; nobody's name but the inspector's."""
    found = with_findings(RecordFilter(request.GET).narrowed(access_inspections(request.user)))
    audit.record(request.user, "inspections.exported", "inspections", detail={"rows": found.count()})
    return csv_download(_columns(), _rows(found), f"bien-ban-kiem-tra-{timezone.localdate():%Y-%m-%d}")


def _rows(inspections: QuerySet[Inspection]) -> Iterator[Inspection]:
    yield from inspections.iterator(chunk_size=ROWS_AT_ONCE)


def _columns() -> list[Column[Any]]:
    return [
        Column(_("Hồ sơ"), lambda one: one.pk),
        Column(_("Số biên bản"), lambda one: one.numbered.number if hasattr(one, "numbered") else ""),
        Column(_("Địa điểm"), lambda one: one.venue.name),
        Column(_("Địa chỉ"), lambda one: one.venue.full_address),
        Column(_("Đơn vị"), lambda one: one.unit.full_name),
        Column(_("Bắt đầu"), lambda one: timezone.localtime(one.began_at)),
        Column(_("Người lập"), lambda one: one.inspector.full_name),
        Column(_("Kết quả kiểm tra"), lambda one: "; ".join(found.get_finding_display() for found in one.standing)),
        Column(_("Yêu cầu khắc phục"), lambda one: len(one.measures.all())),
        Column(_("Chưa xong"), lambda one: sum(_is_unsettled(measure) for measure in one.measures.all())),
    ]


def _is_unsettled(measure: Any) -> bool:  # noqa: ANN401 - a row behind a prefetch
    return measure.state in {MeasureState.OPEN, MeasureState.ANSWERED}


@require_safe
@officer_required(*SEES_INSPECTIONS)
def page(request: OfficerRequest, inspection_id: int) -> HttpResponse:
    return shown_record(request, access_inspection(request.user, inspection_id), {})


def shown_record(
    request: OfficerRequest, inspection: Inspection, sent: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page; *sent* has the form that was refused. Names and signatures are for those who inspect there."""
    may_act = may_inspect(request.user, inspection.unit)
    audit.record(
        request.user,
        "inspection.seen",
        inspection.audit_name,
        purpose=_("Xem biên bản kiểm tra"),
        detail={"names": may_act},
    )
    pictures = list(inspection.pictures.all())
    measures = inspection.measures.select_related("finding").prefetch_related("events__officer", "events__pictures")
    rows = measure_rows(measures)
    context = {
        "inspection": inspection,
        "checks": checks_shown(inspection),
        "verdict_tone": verdict_tone(inspection),
        "findings": inspection.findings.select_related("withdrawal__supplement", "supplement").prefetch_related(
            "pictures"
        ),
        "pictures": [picture for picture in pictures if picture.finding_id is None],
        "signatures": [(one, signature_address(one)) for one in inspection.signatures.all()] if may_act else [],
        "measures": [(row, _measure_forms(row) if may_act else {}) for row in rows],
        "supplements": inspection.supplements.select_related("written_by"),
        "notices": notices_about(inspection.audit_name) if may_act else [],
        "followed_by": inspection.followed_by.all(),
        "may_act": may_act,
        "number_form": sent.get("number") or NumberForm(),
        "supplement_form": sent.get("supplement") or SupplementForm(inspection=inspection),
        "refused": next(iter(sent), ""),
    }
    return render(request, "inspections/record.html", context, status=status)


def _measure_forms(row: MeasureRow) -> dict[str, MeasureForm]:
    """The steps an officer may take on a measure as it stands."""
    if row.measure.state == MeasureState.ANSWERED:
        return {"confirm": MeasureForm(measure=row.measure), "return": GiveBackForm(measure=row.measure)}
    return {"confirm": MeasureForm(measure=row.measure)} if row.measure.state == MeasureState.OPEN else {}


@require_safe
@officer_required(*INSPECTS)
def pdf(request: OfficerRequest, inspection_id: int) -> HttpResponse:
    inspection = access_inspection(request.user, inspection_id, *INSPECTS)
    audit.record(request.user, "inspection.printed", inspection.audit_name, purpose=_("In biên bản kiểm tra"))
    return paper_answer(record_pdf(inspection), f"bien-ban-kiem-tra-{inspection.pk}")


@require_safe
@officer_required(*INSPECTS)
def supplement_paper(request: OfficerRequest, inspection_id: int, supplement_id: int) -> HttpResponse:
    inspection = access_inspection(request.user, inspection_id, *INSPECTS)
    found = inspection.supplements.select_related("written_by").filter(pk=supplement_id).first()
    if found is None:
        raise NoSuchThing
    audit.record(request.user, "inspection.printed", inspection.audit_name, purpose=_("In biên bản bổ sung"))
    return paper_answer(supplement_pdf(found), f"bien-ban-bo-sung-{found.pk}")


def paper_answer(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@require_POST
@officer_required(*INSPECTS)
def number(request: OfficerRequest, inspection_id: int) -> HttpResponse:
    inspection = access_inspection(request.user, inspection_id, *INSPECTS)
    form = NumberForm(request.POST)
    if form.is_valid():
        try:
            number_record(inspection, request.user, form.cleaned_data["number"])
        except InspectionRefused as refused:
            form.add_error("number", str(refused.message))
        else:
            messages.success(request, _("Đã ghi số biên bản."))
            return redirect("inspections:record", inspection.pk)
    return shown_record(request, inspection, {"number": form}, status=422)


@require_POST
@officer_required(*INSPECTS)
def put_right(request: OfficerRequest, inspection_id: int) -> HttpResponse:
    inspection = access_inspection(request.user, inspection_id, *INSPECTS)
    form = SupplementForm(request.POST, inspection=inspection)
    if form.is_valid():
        said = form.cleaned_data
        try:
            supplement(
                inspection, request.user, said["words"], form.withdrawals(), said["finding"], said["finding_words"]
            )
        except InspectionRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Đã lập biên bản bổ sung. Biên bản gốc giữ nguyên."))
            return redirect("inspections:record", inspection.pk)
    return shown_record(request, inspection, {"supplement": form}, status=422)


@require_safe
@officer_required(*SEES_INSPECTIONS)
def picture(request: OfficerRequest, picture_id: int) -> HttpResponse:
    return picture_shown(access_picture(request.user, picture_id))
