"""A contact list as a file: whole, or the part that is looked at."""

from __future__ import annotations

import hashlib
import tempfile
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.contrib import messages
from django.http import FileResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dauchan.exchange.parquet import write_parquet
from dauchan.exchange.tables import Column, Written, csv_chunks, write_xlsx
from dauchan.tracing.access import access_run
from dauchan.tracing.contact_actions import record_export
from dauchan.tracing.queries import numbers_in
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.contact_table import columns, notice_columns, rows_of
from dauchan.web.tracer.line_lists import FORM, LINE_LIST, form_columns, line_list_columns
from dauchan.web.tracer.other_systems import sormas_columns
from dauchan.web.tracer.runs import opened_names
from dauchan.web.tracer.selection import chosen_contacts, filter_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dauchan.tracing.models import TraceRun
    from dauchan.web.requests import OfficerRequest

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
TABLES = ("csv", "xlsx", "parquet")
FORMS = {LINE_LIST: line_list_columns, FORM: form_columns, "sormas": sormas_columns}
#: Larger files are written to disk, not kept in memory.
IN_MEMORY_BYTES = 4 * 1024 * 1024


@officer_required(Role.TRACER, Role.APPROVER)
def contacts(request: OfficerRequest, run_id: int, ending: str) -> FileResponse:
    """The contacts that the filter shows; with names and phones while they are open to this officer."""
    run = access_run(request.user, run_id)
    chosen = chosen_contacts(run, filter_of(run, request.GET), request.user)
    names = opened_names(request.user, run, None, ending)
    rows = rows_of(chosen.iterator(chunk_size=2000), numbers_in(run), names)
    return sent_file(request, run, ending, _table(ending, columns(run, names_open=names.opened), rows))


@officer_required(Role.TRACER, Role.APPROVER)
def line_list(request: OfficerRequest, run_id: int, form: str, ending: str) -> FileResponse:
    """The same contacts in one of `FORMS`."""
    run = access_run(request.user, run_id)
    chosen = chosen_contacts(run, filter_of(run, request.GET), request.user)
    names = opened_names(request.user, run, None, ending)
    rows = rows_of(chosen.iterator(chunk_size=2000), numbers_in(run), names)
    return sent_file(request, run, ending, _table(ending, FORMS[form](run, names_open=names.opened), rows), kind=form)


@officer_required(Role.TRACER, Role.APPROVER)
def notices(request: OfficerRequest, run_id: int) -> FileResponse:
    """The crowded places whose visitors are not listed."""
    run = access_run(request.user, run_id)
    rows = run.notices.select_related("venue__unit")
    return sent_file(request, run, "csv", _table("csv", notice_columns(run), rows), kind="notices")


def sent_file(
    request: OfficerRequest, run: TraceRun, ending: str, write: Callable[[BinaryIO], Written], kind: str = ""
) -> FileResponse:
    """The file is complete before the first byte is sent: how much was written is known, and logged."""
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - the response closes it
    written = write(cast("BinaryIO", out))
    out.seek(0)
    digest = hashlib.file_digest(out, "sha256").hexdigest()
    out.seek(0)
    set_aside = [number for number, _reason in written.set_aside]
    record_export(
        run,
        request.user,
        kind=ending if kind in {"", *FORMS} else kind,
        rows=written.rows,
        set_aside=set_aside,
        digest=digest,
    )
    if set_aside:
        messages.warning(request, _told(set_aside))
    parts = [
        slugify(run.case.code),
        f"{timezone.localtime():%Y%m%d-%H%M}",
        kind,
        "" if run.is_whole else f"F{run.complete_to}",
    ]
    name = f"{'-'.join(filter(None, parts))}.{ending}"
    response = FileResponse(out, as_attachment=True, filename=name, content_type=TYPES[ending])
    response["X-Rows"] = str(written.rows)
    return response


def _table(ending: str, cells: list[Column[Any]], rows: Iterable[Any]) -> Callable[[BinaryIO], Written]:
    """How rows are written as a file of this kind."""

    def write(out: BinaryIO) -> Written:
        if ending == "xlsx":
            return write_xlsx(cells, rows, out, _("Danh sách truy vết"))
        if ending == "parquet":
            return write_parquet(cells, rows, out)
        written = Written()
        out.writelines(csv_chunks(cells, rows, written))
        return written

    return write


def _told(set_aside: list[int]) -> str:
    """Shown on the next page, since a download has none of its own."""
    told = ngettext(
        "Tệp vừa xuất thiếu %(count)s dòng không ghi được: dòng %(rows)s. Hãy xem những người đó trên trang.",
        "Tệp vừa xuất thiếu %(count)s dòng không ghi được: dòng %(rows)s. Hãy xem những người đó trên trang.",
        len(set_aside),
    )
    return told % {"count": len(set_aside), "rows": ", ".join(str(number) for number in set_aside)}
