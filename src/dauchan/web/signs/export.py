"""The signs that are looked at, as a file."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from dauchan.compliance.signs.access import SEES_SIGNS
from dauchan.exchange.tables import Column, Written, csv_chunks
from dauchan.units import audit
from dauchan.web.officer.guards import officer_required
from dauchan.web.signs.faces import Face
from dauchan.web.signs.forms import SignFilter
from dauchan.web.signs.listing import run_asked, signs_in

if TYPE_CHECKING:
    from dauchan.web.requests import OfficerRequest


@require_GET
@officer_required(*SEES_SIGNS)
def signs(request: OfficerRequest) -> FileResponse:
    """A file leaves the house: no sensitive place is in it (CASE 15). The log keeps its rows and its digest."""
    run = run_asked(request)
    chosen = SignFilter(request.GET, officer=request.user)
    asked = chosen.narrowed(chosen.of_place(signs_in(run, request.user)))
    asked = asked.filter(venue__sensitive=False, venue__category__sensitive=False).defer("picture")
    written, out = Written(), io.BytesIO()
    out.writelines(csv_chunks(columns(), (Face(sign) for sign in asked), written))
    day = run.on.isoformat() if run else ""
    detail = {"on": day, "rows": written.rows, "sha256": hashlib.sha256(out.getvalue()).hexdigest()}
    audit.record(request.user, "signs.exported", f"screening:{run.pk if run else ''}", detail=detail)
    out.seek(0)
    name = f"dau-hieu-{day or 'trong'}.csv"
    return FileResponse(out, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")


def columns() -> list[Column[Face]]:
    return [
        Column(_("Tên địa điểm"), lambda face: face.sign.venue.name),
        Column(_("Loại hình"), lambda face: face.sign.venue.category.name),
        Column(_("Địa chỉ"), lambda face: face.sign.venue.full_address),
        Column(pgettext("rà soát", "Dấu hiệu"), lambda face: face.sign.get_sign_display()),
        Column(_("Độ tin cậy (%)"), lambda face: face.percent),
        Column(_("Khách mỗi ngày, dự kiến"), lambda face: face.visitors),
        Column(_("Từ ngày"), lambda face: face.sign.since_on),
        Column(_("Lượt dự kiến"), lambda face: round(face.sign.expected)),
        Column(_("Lượt thực tế"), lambda face: face.sign.observed),
        Column(_("Số lần rà soát liên tiếp"), lambda face: face.sign.nights),
        Column(_("Đã bỏ qua"), lambda face: _("có") if face.dismissal_id else _("không")),
        Column(_("Căn cứ"), lambda face: face.evidence),
        Column(_("Vĩ độ"), lambda face: face.sign.venue.lat),
        Column(_("Kinh độ"), lambda face: face.sign.venue.lon),
    ]
