"""Everything that leaves with a case, in one place: its lists, and files as SORMAS, Go.Data, DHIS2 and FHIR take them."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from dauchan.exchange.interop import writing
from dauchan.exchange.interop.ours import case_told, stays_told
from dauchan.exchange.tables import Written, csv_chunks
from dauchan.tracing.access import access_case, access_run, open_disclosure, require_tracer
from dauchan.tracing.queries import numbers_in
from dauchan.units.models import Role
from dauchan.web.layout.purposes import PurposeForm
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.contact_table import rows_of
from dauchan.web.tracer.exports import sent_file
from dauchan.web.tracer.other_systems import contact_told
from dauchan.web.tracer.runs import opened_names
from dauchan.web.tracer.selection import chosen_contacts, filter_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from django.http import FileResponse

    from dauchan.exchange.interop.records import CaseTold, ContactTold
    from dauchan.tracing.models import Case
    from dauchan.units.models import Officer
    from dauchan.web.requests import OfficerRequest


class StaysPurposeForm(PurposeForm):
    """Why somebody outside needs to know where the case was."""

    purposes = [
        ("institute", _("Gửi viện dịch tễ phân tích chuỗi lây")),
        ("neighbours", _("Phối hợp truy vết với địa phương khác")),
    ]


def _sormas(case: CaseTold, _contacts: Iterable[ContactTold], out: BinaryIO) -> Written:
    written = Written()
    out.writelines(csv_chunks(writing.sormas_case_columns(), [case], written))
    return written


def _as_json(make: Callable[[CaseTold, list[ContactTold]], object]) -> Callable[..., Written]:
    def write(case: CaseTold, contacts: Iterable[ContactTold], out: BinaryIO) -> Written:
        people = list(contacts)
        out.write(json.dumps(make(case, people), ensure_ascii=False, indent=1).encode())
        return Written(rows=1 + len(people))

    return write


def dhis2_ids() -> dict[str, str]:
    """The ids of the receiving DHIS2 installation, where the operator wrote them down; a fact without one is named in words."""
    file = Path(settings.DHIS2_IDS)
    return (
        {str(fact): str(uid) for fact, uid in tomllib.loads(file.read_text("utf-8")).items()} if file.exists() else {}
    )


#: By the form's name: its ending, whether contacts stand in it, and what writes it.
FORMS: dict[str, tuple[str, bool, Callable[..., Written]]] = {
    "sormas-case": ("csv", False, _sormas),
    "godata": (
        "json",
        True,
        _as_json(lambda case, all_: [*writing.godata_cases([case]), *writing.godata_contacts(all_)]),
    ),
    "dhis2": ("json", True, _as_json(lambda case, all_: writing.dhis2_payload([case], all_, dhis2_ids()))),
    "fhir": ("json", False, _as_json(lambda case, _all: writing.fhir_bundle([case], dt.datetime.now(dt.UTC)))),
}


@officer_required(Role.TRACER, Role.APPROVER)
def system_file(request: OfficerRequest, run_id: int, form: str) -> FileResponse:
    """The case, and the contacts that the filter shows, in one of `FORMS`; named while names are open to this officer."""
    run = access_run(request.user, run_id)
    ending, has_contacts, write = FORMS[form]
    names = opened_names(request.user, run, None if has_contacts else [run.case.person_id], form)
    case = case_told(run.case, names.by_person.get(run.case.person_id))
    found = chosen_contacts(run, filter_of(run, request.GET), request.user) if has_contacts else run.contacts.none()
    rows = rows_of(found.iterator(chunk_size=2000), numbers_in(run) if has_contacts else {}, names)
    contacts = (contact_told(run, row, names_open=names.opened) for row in rows)
    return sent_file(request, run, ending, lambda out: write(case, contacts, out), kind=form)


@officer_required(Role.TRACER, Role.APPROVER)
def case_files(request: OfficerRequest, case_id: int) -> HttpResponse:
    """All forms of one list of the case, the newest where none is chosen; and where the case was, under a pseudonym."""
    case = access_case(request.user, case_id)
    if request.method != "POST":
        return _page(request, case, StaysPurposeForm())
    require_tracer(request.user, case)
    form = StaysPurposeForm(request.POST)
    return _stays(request.user, case, form.purpose()) if form.is_valid() else _page(request, case, form)


def _page(request: OfficerRequest, case: Case, form: StaysPurposeForm) -> HttpResponse:
    runs = list(case.runs.with_counts().select_related("requested_by"))
    asked = request.GET.get("list", "")
    run = next((one for one in runs if str(one.pk) == asked), runs[0] if runs else None)
    context: dict[str, Any] = {
        "case": case,
        "runs": runs,
        "run": run,
        "disclosure": open_disclosure(request.user, run) if run else None,
        "form": form,
        "may_write": request.user.may_act_as(Role.TRACER, case.unit),
        "has_dhis2_ids": bool(dhis2_ids()),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "tracer/case_files.html", context, status=status)


def _stays(officer: Officer, case: Case, purpose: str) -> HttpResponse:
    bundle = writing.fhir_stays(*stays_told(case, officer, purpose), dt.datetime.now(dt.UTC))
    answer = HttpResponse(json.dumps(bundle, ensure_ascii=False, indent=1), content_type="application/fhir+json")
    name = f"{slugify(case.code)}-{timezone.localtime():%Y%m%d-%H%M}-fhir-stays.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
