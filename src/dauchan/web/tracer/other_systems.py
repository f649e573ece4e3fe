"""Files of other systems: what is said of one that comes, and a contact list as one of them takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dauchan.exchange.interop.ours import person_told
from dauchan.exchange.interop.records import ContactTold
from dauchan.exchange.interop.words import place_of, said
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
