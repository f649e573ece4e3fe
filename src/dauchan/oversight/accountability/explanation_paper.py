"""The official report in which a head explains (báo cáo giải trình), as PDF made from what was signed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from dauchan.oversight.accountability.models import ItemKind
from dauchan.oversight.accountability.overdue import references_of
from dauchan.units.official_paper import official_pdf, place_and_date
from dauchan.venues.poster_faces import committee_of
from dauchan.venues.posters import printable_text

if TYPE_CHECKING:
    from dauchan.oversight.accountability.models import ExplainedItem, Explanation
    from dauchan.units.models import Unit

_LAYOUT = Path(__file__).parent / "paper_layouts" / "explanation.typ"
_COLUMNS = ("TT", "Việc", "Địa điểm", "Nội dung", "Hạn", "Quá hạn (ngày làm việc)")


def explanation_pdf(explanation: Explanation) -> bytes:
    unit, above = explanation.unit, _above(explanation.unit)
    signed_on = timezone.localdate(explanation.signed_at)
    items = list(explanation.items.all())
    references = references_of(items)
    with translation.override("vi"):
        rows = [
            [
                str(number),
                _named(item, references[item.pk]),
                printable_text(item.place),
                printable_text(item.what),
                f"{timezone.localtime(item.due_at):%d/%m/%Y}",
                str(item.days_over),
            ]
            for number, item in enumerate(items, start=1)
        ]
        confirmed = str(explanation.get_signed_by_display()).lower()
    at = f"{timezone.localtime(explanation.signed_at):%H:%M ngày %d/%m/%Y}"
    return official_pdf(
        _LAYOUT,
        {
            "upper": "ỦY BAN NHÂN DÂN",
            "issuer": printable_text(unit.full_name.upper()),
            "sign": "……/BC-UBND",
            "place_and_date": place_and_date(unit.name, signed_on),
            "mark": "",
            "subject": "Về việc quá hạn xử lý địa điểm có dấu hiệu vi phạm",
            "addressee": printable_text(committee_of(above)),
            "columns": _COLUMNS,
            "rows": rows,
            "opening": f"{committee_of(unit)} báo cáo giải trình về {len(rows):02d} việc quá hạn chưa hoàn thành, gồm:",
            "words": [printable_text(line) for line in explanation.words.splitlines() if line.strip()],
            "remedy": [printable_text(line) for line in explanation.remedy.splitlines() if line.strip()],
            "promise": f"{committee_of(unit)} cam kết hoàn thành các việc nêu trên trước ngày {explanation.promised_on:%d/%m/%Y}. Việc giải trình không làm thay đổi thời hạn đã giao./.",
            "recipients": [f"{committee_of(above)};", "Sở Thông tin và Truyền thông;", "Lưu: VT."],
            "signing_above": "",
            "signing_title": "CHỦ TỊCH",
            "signer": printable_text(explanation.head.full_name),
            "seal": f"Ký trên hệ thống Dấu Chân lúc {at}, xác nhận bằng {confirmed}. Giải trình số {explanation.pk}, mã kiểm tra {explanation.digest[:16]}…{explanation.digest[-8:]}.",
        },
    )


def _named(item: ExplainedItem, reference: str) -> str:
    """As whoever holds the matter in hand finds it: a citizen's report by its code."""
    word = "mã" if item.kind == ItemKind.REPORT else "số"
    return f"{item.get_kind_display()} {word} {reference}" if reference else str(item.get_kind_display())


def _above(unit: Unit) -> Unit:
    """The unit that is answered to; of the province itself."""
    return unit.parent or unit
