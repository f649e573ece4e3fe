"""Files of other systems: what is said of one that comes, and a contact list as one of them takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dauchan.exchange.interop.ours import person_told
from dauchan.exchange.interop.records import ContactTold, Fault, Reason
from dauchan.exchange.interop.writing import sormas_contact_columns
from dauchan.exchange.tables import Column
from dauchan.tracing.models import Verdict

if TYPE_CHECKING:
    from dauchan.exchange.interop.records import Told
    from dauchan.tracing.models import TraceRun
    from dauchan.web.tracer.contact_table import ContactRow

SYSTEMS = {
    "sormas": "SORMAS",
    "dhis2": "DHIS2",
    "godata": "Go.Data",
    "fhir": "FHIR",
    "list": gettext_lazy("Danh sách tự lập"),
}
REASONS = {
    Reason.NOT_A_DAY: gettext_lazy("không phải là ngày"),
    Reason.NO_NAME: gettext_lazy("không có họ tên, cũng không có số điện thoại"),
    Reason.NO_SUCH_PERSON: gettext_lazy("nhắc đến một người không có trong tệp"),
    Reason.TOO_MANY_CELLS: gettext_lazy("nhiều ô hơn dòng tiêu đề"),
    Reason.ENDS_BEFORE_IT_BEGINS: gettext_lazy("ngày cuối trước ngày đầu"),
    Reason.TOO_LONG: gettext_lazy("dài quá 2.000 ký tự, phần sau không được lấy"),
}
HOW_CONTACTS_COME_IN = gettext_lazy(
    "Hãy nhập người tiếp xúc ở trang phỏng vấn của ca bệnh họ đã tiếp xúc: «Nhập người tiếp xúc từ tệp»."
)
MOST_SHOWN = 20
#: How SORMAS calls what a tracer judged.
_JUDGED = {Verdict.CONFIRMED: "confirmed", Verdict.RULED_OUT: "no_contact", Verdict.TO_VERIFY: "unconfirmed"}


def no_cases_in(told: Told) -> str:
    """Why there is nothing to keep."""
    words = _("Tệp của %(system)s này không có ca bệnh nào (có %(contacts)s người tiếp xúc, %(happenings)s sự kiện).")
    counts = {"contacts": len(told.contacts), "happenings": len(told.happenings)}
    said = words % {"system": SYSTEMS[told.system], **counts}
    return f"{said} {HOW_CONTACTS_COME_IN}" if told.contacts else said


def how_it_was_read(told: Told | None) -> dict[str, object]:
    """For the page: what of the file stands in the list, and what does not."""
    if told is None:
        return {}
    return {
        "system": SYSTEMS[told.system],
        "told": told,
        "is_order_guessed": not told.order.is_sure,
        "faults": [(place_of(fault.at), said(fault)) for fault in told.faults[:MOST_SHOWN]],
        "contacts": [(place_of(one.at), one) for one in told.contacts[:MOST_SHOWN]],
        "contacts_left": max(0, len(told.contacts) - MOST_SHOWN),
        "how_contacts_come_in": HOW_CONTACTS_COME_IN,
        "passed_over": [name for name, _count in told.passed_over.most_common(MOST_SHOWN)],
    }


def place_of(at: str) -> str:
    """`Dòng 6` for `row 6` or `6`; a place in JSON is said as programs say it."""
    number = at.removeprefix("row ")
    return _("Dòng %(number)s") % {"number": number} if number.isdecimal() else at


def said(fault: Fault) -> str:
    """In the reader's language: `birthDate «31/02/2020»: không phải là ngày`."""
    what = " ".join(filter(None, [fault.name, f"«{fault.text}»" if fault.text else ""]))
    return f"{what}: {REASONS[fault.reason]}" if what else str(REASONS[fault.reason])


def sormas_columns(run: TraceRun, *, names_open: bool) -> list[Column[ContactRow]]:
    """The contacts as SORMAS imports them; without names where these are not opened."""

    def cell(column: Column[ContactTold]) -> Column[ContactRow]:
        return Column(column.title, lambda row: column.value(contact_told(run, row, names_open=names_open)))

    return [cell(column) for column in sormas_contact_columns()]


def contact_told(run: TraceRun, row: ContactRow, *, names_open: bool) -> ContactTold:
    contact = row.contact
    return ContactTold(
        at="",
        person=person_told(row.identity if names_open else None),
        number=f"{run.case.code}-{contact.number}",
        of_case=run.case.code if row.source_number is None else f"{run.case.code}-{row.source_number}",
        disease=run.case.disease.code,
        classification=_JUDGED[Verdict(contact.verdict)],
        kind=f"{round(contact.overlap_seconds / 60)} min",
        first_on=timezone.localdate(contact.first_at),
        last_on=timezone.localdate(contact.last_at),
        reported_on=timezone.localdate(run.finished_at) if run.finished_at else None,
        note=contact.venue.name if contact.venue else "",
    )
