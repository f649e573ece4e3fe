"""Contacts of another system, or of somebody's own list, for one case: checked row by row and shown again, sent once more they are kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from dauchan.exchange.interop.any_file import read_any
from dauchan.exchange.interop.contact_list import contact_rows, read_contact_list
from dauchan.exchange.interop.taking_contacts import (
    TAKEN,
    cases_told,
    check_contacts,
    number_of,
    take_contacts,
    undo_taking,
)
from dauchan.exchange.interop.words import place_of
from dauchan.exchange.sheets import SheetUnreadable, rows_as_text, rows_of_text
from dauchan.exchange.workbooks import WIDEST, rows_of_list
from dauchan.tracing.access import access_case
from dauchan.tracing.errors import TracingRefused
from dauchan.tracing.queries import log_of
from dauchan.units.models import Role
from dauchan.web.layout.fields import LISTS, ListFile
from dauchan.web.officer.guards import officer_required
from dauchan.web.tracer.other_systems import SYSTEMS, how_it_was_read

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from dauchan.exchange.interop.records import Told
    from dauchan.exchange.interop.taking_contacts import Taken
    from dauchan.tracing.models import Case
    from dauchan.web.requests import OfficerRequest

MOST_ROWS = 5000
MOST_SHOWN = 200
LATEST = 10


class ContactsForm(forms.Form):
    file = ListFile(
        accept=f"{LISTS},.json",
        label=gettext_lazy("Tệp người tiếp xúc"),
        help_text=gettext_lazy(
            "Của Go.Data (JSON, CSV, XLSX), SORMAS, DHIS2, hoặc danh sách của bạn; tối đa 5.000 dòng, 2 MB."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Hoặc dán danh sách vào đây, cả dòng tiêu đề"),
        required=False,
        max_length=1_500_000,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "wrap": "off"}),
        help_text=gettext_lazy("Cần họ tên hoặc số điện thoại, và ngày tiếp xúc lần cuối."),
    )
    of_case = forms.CharField(
        label=gettext_lazy("Mã của ca bệnh này trong tệp"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Để trống nếu cả tệp là tiếp xúc của ca này."),
    )

    def told(self) -> Told | None:
        """What the file or the text tells; None where it is no list of contacts, which the form then says."""
        uploaded, today = self.cleaned_data["file"], timezone.localdate()
        told = read_any(uploaded) if uploaded else None
        if told is None:
            try:
                rows = (
                    rows_of_list(uploaded, MOST_ROWS, WIDEST)
                    if uploaded
                    else rows_of_text(self.cleaned_data["text"], MOST_ROWS)
                )
            except SheetUnreadable:
                self.add_error(
                    "file" if uploaded else "text",
                    _("Không đọc được danh sách này. Nếu là tệp, hãy lưu lại thành XLSX hoặc CSV (UTF-8)."),
                )
                return None
            told = read_contact_list(rows, today)
        field = "file" if uploaded else "text"
        if told is None:
            self.add_error(field, _("Không thấy dòng tiêu đề có họ tên hoặc số điện thoại, và ngày tiếp xúc lần cuối."))
        elif not told.contacts:
            self.add_error(field, _("Tệp không có người tiếp xúc nào."))
        elif len(told.contacts) > MOST_ROWS:
            self.add_error(field, _("Danh sách dài quá 5.000 dòng. Hãy chia thành nhiều danh sách."))
        return None if self.errors else told

    def put_back(self, **said: str) -> None:
        """What was uploaded stands in the form's text, to be mended and sent again."""
        sent = cast("QueryDict", self.data).copy()
        for name, value in said.items():
            sent[name] = value
        self.data = sent


@officer_required(Role.TRACER)
def import_contacts(request: OfficerRequest, case_id: int) -> HttpResponse:
    case = access_case(request.user, case_id)
    if request.method != "POST":
        return _page(request, case, ContactsForm())
    form = ContactsForm(request.POST, request.FILES)
    told = form.told() if form.is_valid() else None
    if told is None:
        return _page(request, case, form)
    uploaded = bool(form.cleaned_data["file"])
    of_case = form.cleaned_data["of_case"].strip() or (number_of(case, told.contacts) if uploaded else "")
    asked = (case, request.user, told.contacts, of_case, str(SYSTEMS.get(told.system, "")))
    try:
        if "keep" in request.POST and not uploaded:
            return _kept(request, case, take_contacts(*asked))
        rows = check_contacts(*asked)
    except TracingRefused as refused:
        form.add_error(None, str(refused.message))
        return _page(request, case, form)
    form.put_back(text=rows_as_text(contact_rows(told.contacts)), of_case=of_case)
    return _page(request, case, form, told=told, rows=rows, of_case=of_case)


def _page(
    request: OfficerRequest,
    case: Case,
    form: ContactsForm,
    told: Told | None = None,
    rows: list[Taken] | None = None,
    of_case: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {"case": case, "form": form, "latest": log_of(case).filter(action=TAKEN)[:LATEST]}
    if told and rows is not None:
        wrong = [one for one in rows if one.fault and not one.is_of_another]
        context |= {
            "is_checked": True,
            "good": sum(not one.fault for one in rows),
            "wrong": [(place_of(one.told.at), one) for one in wrong[:MOST_SHOWN]],
            "wrong_count": len(wrong),
            "others": sum(one.is_of_another for one in rows),
            "cases": cases_told(told.contacts)[:LATEST],
            "of_case": of_case,
            "other": how_it_was_read(told),
        }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "tracer/contact_import.html", context, status=status)


def _kept(request: OfficerRequest, case: Case, rows: list[Taken]) -> HttpResponse:
    kept = sum(not one.fault for one in rows)
    told = ngettext("Đã ghi %(count)s người tiếp xúc.", "Đã ghi %(count)s người tiếp xúc.", kept)
    (messages.success if kept else messages.warning)(request, told % {"count": kept})
    for one in [one for one in rows if one.fault and not one.is_of_another][:MOST_SHOWN]:
        messages.warning(request, f"{place_of(one.told.at)}: {one.fault}")
    return redirect("tracer:interview" if kept else "tracer:import_contacts", case.pk)


@require_POST
@officer_required(Role.TRACER)
def undo_contacts(request: OfficerRequest, case_id: int, entry_id: int) -> HttpResponse:
    """Take a whole import back."""
    case = access_case(request.user, case_id)
    entry = get_object_or_404(log_of(case), pk=entry_id, action=TAKEN)
    try:
        count = undo_taking(case, request.user, entry)
    except TracingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        told = ngettext("Đã bỏ %(count)s người.", "Đã bỏ %(count)s người.", count)
        messages.success(request, told % {"count": count})
    return redirect("tracer:import_contacts", case.pk)
