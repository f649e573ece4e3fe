"""The venues inside a zone as a file: all of them, or the part that is looked at."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from django.http import FileResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dauchan.exchange.tables import Written, csv_chunks, write_xlsx
from dauchan.tracing.zones.access import SEES_ZONES, access_order
from dauchan.tracing.zones.queries import venues_seen
from dauchan.units import audit
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.exports import TYPES
from dauchan.web.zones.inside import VenueChoice, columns, lines_of

if TYPE_CHECKING:
    from dauchan.web.requests import OfficerRequest


@require_safe
@officer_required(*SEES_ZONES)
def venues(request: OfficerRequest, order_id: int, ending: str) -> FileResponse:
    """The file is complete before its first byte is sent; the log keeps its number of rows and its digest."""
    order = access_order(request.user, order_id)
    chosen = VenueChoice.read(request).of(venues_seen(order, request.user)).order_by("sort_key", "pk")
    lines, out = lines_of(chosen, order, request.user), io.BytesIO()
    if ending == "xlsx":
        written = write_xlsx(columns(), lines, out, _("Địa điểm trong vùng"))
    else:
        written = Written()
        out.writelines(csv_chunks(columns(), lines, written))
    digest = hashlib.sha256(out.getvalue()).hexdigest()
    detail = {"order": order.number, "kind": ending, "rows": written.rows, "sha256": digest}
    audit.record(request.user, "zone.exported", f"zone:{order.zone_id}", detail=detail)
    out.seek(0)
    name = f"{slugify(order.zone.code)}-{timezone.localtime():%Y%m%d-%H%M}.{ending}"
    return FileResponse(out, as_attachment=True, filename=name, content_type=TYPES[ending])
