"""The official letter that chases up a unit's overdue answers (công văn đôn đốc). Drawn up here, numbered and signed by people."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone, translation

from dauchan.compliance.referrals.models import Kind
from dauchan.compliance.referrals.queries import standing_of
from dauchan.compliance.referrals.writing import tell
from dauchan.units.official_paper import official_pdf, place_and_date
from dauchan.units.working_days import office_calendar
from dauchan.venues.posters import printable_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.compliance.referrals.models import Referral
    from dauchan.units.models import Officer, Unit

_LAYOUT = Path(__file__).parent / "letter_layouts" / "chase_up.typ"
_COLUMNS = ("TT", "Địa điểm", "Nội dung", "Ngày chuyển", "Hạn trả lời", "Quá hạn (ngày làm việc)", "Số lần nhắc")


@dataclass(frozen=True)
class Letterhead:
    """What a person says of the letter: who issues and signs it, its number, until when an answer is wanted."""

    upper: str
    issuer: str
    sign: str
    signing_title: str
    signer: str
    answer_by: dt.date


@transaction.atomic
def draw_up_letter(unit: Unit, overdue: Sequence[Referral], head: Letterhead, officer: Officer, place: str) -> bytes:
    """The letter to *unit* as PDF, noted in the history of each referral it names."""
    for referral in overdue:
        tell(referral, Kind.LETTER, officer, words=head.sign)
    return letter_pdf(unit, overdue, head, place, timezone.now())


def letter_pdf(unit: Unit, overdue: Sequence[Referral], head: Letterhead, place: str, now: dt.datetime) -> bytes:
    calendar = office_calendar()
    with translation.override("vi"):
        rows = [
            [
                str(number),
                printable_text(f"{one.venue.name}, {one.venue.address}"),
                printable_text(one.what),
                _day(one.handed_at),
                _day(one.due_at),
                str(-standing_of(one, calendar, now).days),
                str(one.reminders),
            ]
            for number, one in enumerate(overdue, start=1)
        ]
    return official_pdf(_LAYOUT, {**_frame(unit, head, place, now), **_text(unit, len(rows), head), "rows": rows})


def _frame(unit: Unit, head: Letterhead, place: str, now: dt.datetime) -> dict[str, object]:
    return {
        "upper": printable_text(head.upper.upper()),
        "issuer": printable_text(head.issuer.upper()),
        "sign": printable_text(head.sign) or "……/……",
        "place_and_date": place_and_date(place, timezone.localdate(now) if head.sign else None),
        "mark": "" if head.sign else "DỰ THẢO",
        "subject": f"Đôn đốc xử lý địa điểm có dấu hiệu vi phạm: {unit.full_name}",
        "signing_above": "",
        "signing_title": printable_text(head.signing_title.upper()),
        "signer": printable_text(head.signer),
        "recipients": ["Như trên;", "Chủ tịch UBND cấp trên trực tiếp (để báo cáo);", "Lưu: VT."],
    }


def _text(unit: Unit, number: int, head: Letterhead) -> dict[str, object]:
    office = f"Ủy ban nhân dân {unit.full_name[:1].lower()}{unit.full_name[1:]}"
    return {
        "about": "V/v đôn đốc xử lý địa điểm có dấu hiệu vi phạm việc đặt và quét mã QR",
        "addressee": f"{office}.",
        "columns": _COLUMNS,
        "opening": [
            f"Qua theo dõi việc quét mã QR, đã chuyển {office} kiểm tra, xử lý các địa điểm có dấu hiệu vi phạm. Đến nay còn {number} địa điểm quá hạn mà chưa có trả lời, gồm:"
        ],
        "demands": [
            f"Đề nghị {office} khẩn trương kiểm tra tại chỗ, xử lý theo thẩm quyền và trả lời trên hệ thống trước ngày {head.answer_by:%d/%m/%Y}; trường hợp chưa xử lý được, nêu rõ lý do và thời hạn hoàn thành.",
            "Người đứng đầu đơn vị chịu trách nhiệm về kết quả xử lý tại địa bàn phụ trách./.",
        ],
    }


def _day(instant: dt.datetime) -> str:
    return f"{timezone.localtime(instant):%d/%m/%Y}"
