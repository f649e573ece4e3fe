"""A row of a contact list as it stands on the page and in the files: one source for all three."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from dauchan.exchange.tables import Column
from dauchan.tracing.risk_of_contacts import risk_of
from dauchan.vietnamese import show_phone
from dauchan.web.layout.ledger_words import assurance_word, remarks_of, sources_words
from dauchan.web.tracer.words import contact_name, duration, source_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from dauchan.people.models import Identity
    from dauchan.tracing.models import Contact, CrowdNotice, TraceRun
    from dauchan.web.layout.ledger_words import Remark


class Names(NamedTuple):
    """The personal details opened for a list; `opened` False: none, whoever is asked for."""

    opened: bool
    by_person: Mapping[int, Identity]


@dataclass(frozen=True)
class ContactRow:
    """One contact, their source's number (None: the index case), and their name where it is opened."""

    contact: Contact
    source_number: int | None
    identity: Identity | None = None

    @property
    def label(self) -> str:
        return contact_name(self.contact.number)

    @property
    def source(self) -> str:
        return source_name(self.source_number)

    @property
    def overlap(self) -> str:
        return duration(self.contact.overlap_seconds)

    @property
    def tail(self) -> str:
        """The part of the overlap after the source had left, or ""."""
        return duration(self.contact.tail_seconds) if self.contact.tail_seconds else ""

    @property
    def risk(self) -> float | None:
        """By how much the exposure exceeds that of reference; None where no minute is known: `tracing.risk_of_contacts`."""
        risk = risk_of(self.contact)
        return risk.times_reference if risk else None

    @property
    def remarks(self) -> list[Remark]:
        """What is remarkable about the contact's own check-ins behind the exposures."""
        return remarks_of(self.contact.labels)

    @property
    def phone(self) -> str:
        return show_phone(self.identity.phone) if self.identity else ""


def rows_of(contacts: Iterable[Contact], numbers: Mapping[int, int], names: Names) -> Iterator[ContactRow]:
    """Rows in the order of *contacts*; *numbers* as of `tracing.queries.numbers_in`."""
    for contact in contacts:
        source = None if contact.generation == 1 else numbers[contact.source_id]
        yield ContactRow(contact, source, names.by_person.get(contact.person_id))


def columns(run: TraceRun, *, names_open: bool) -> list[Column[ContactRow]]:
    """The columns of the files: pseudonymous, and with name and phone where they are opened."""
    pseudonymous: list[Column[ContactRow]] = [
        Column(_("Mã ca bệnh"), lambda _row: run.case.code),
        Column(_("Người số"), lambda row: row.contact.number),
        Column(_("Vòng"), lambda row: f"F{row.contact.generation}"),
        Column(_("Có mặt cùng"), lambda row: row.source),
        Column(_("Số phút trùng nhau"), lambda row: _minutes(row.contact.overlap_seconds)),
        Column(_("Trong đó sau khi người kia rời đi"), lambda row: _minutes(row.contact.tail_seconds)),
        Column(_("Số lần"), lambda row: row.contact.encounters),
        Column(_("Từ"), lambda row: _local(row.contact.first_at)),
        Column(_("Đến"), lambda row: _local(row.contact.last_at)),
        Column(_("Nơi trùng lâu nhất"), lambda row: row.contact.venue.name if row.contact.venue else ""),
        Column(_("Địa chỉ"), lambda row: row.contact.venue.full_address if row.contact.venue else ""),
        Column(_("Mức xác thực"), lambda row: assurance_word(row.contact.assurance)),
        Column(_("Cách ghi nhận"), lambda row: "; ".join(sources_words(row.contact.sources))),
        Column(_("Dấu hiệu"), lambda row: "; ".join(remark.name for remark in row.remarks)),
        Column(_("Mọi lần đều đáng ngờ"), lambda row: _("có") if row.contact.is_doubtful else _("không")),
        Column(_("Nguy cơ so với mức chuẩn (lần)"), lambda row: "" if row.risk is None else round(row.risk, 2)),
        Column(_("Kết quả xác minh"), lambda row: row.contact.get_verdict_display()),
    ]
    if not run.is_whole:  # a file outlives the page that says so
        pseudonymous.append(Column(_("Danh sách chỉ đủ đến vòng"), lambda _row: f"F{run.complete_to}"))
    if not names_open:
        return pseudonymous
    return [
        *pseudonymous,
        Column(_("Họ và tên"), lambda row: row.identity.full_name if row.identity else _("không lưu hoặc đã xóa")),
        Column(_("Số điện thoại"), lambda row: row.phone),
    ]


def notice_columns(run: TraceRun) -> list[Column[CrowdNotice]]:
    return [
        Column(_("Mã ca bệnh"), lambda _row: run.case.code),
        Column(_("Địa điểm"), lambda notice: notice.venue.name),
        Column(_("Địa chỉ"), lambda notice: notice.venue.full_address),
        Column(_("Ngày"), lambda notice: notice.on),
        Column(_("Lượt vào trong ngày"), lambda notice: notice.visits),
    ]


def _minutes(seconds: int) -> float:
    """Two decimals tell every second from the next."""
    return round(seconds / 60, 2)


def _local(instant: dt.datetime) -> dt.datetime:
    return timezone.localtime(instant)
