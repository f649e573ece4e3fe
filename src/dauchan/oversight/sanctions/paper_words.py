"""The phrases of the documents of sanctions, in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.oversight.inspections.models import RecordNumber
from dauchan.oversight.sanctions.models import Kind
from dauchan.oversight.sanctions.reference_models import DaysOf
from dauchan.venues.posters import printable_text

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.oversight.sanctions.models import Sanction
    from dauchan.units.models import Unit

NO_NUMBER = "……/……"


def bases(sanction: Sanction) -> list[str]:
    lines = [f"Căn cứ {basis.citation};" for basis in sanction.bases.all()]
    if sanction.clause:
        lines.append(f"Điều, khoản áp dụng: {sanction.clause};")
    return [printable_text(line) for line in lines]


def rests(sanction: Sanction) -> str:
    cited = "; ".join(basis.citation for basis in sanction.bases.all())
    clause = f" ({sanction.clause})" if sanction.clause else ""
    return f"Căn cứ {cited}{clause}"


def found(sanction: Sanction) -> str:
    first, *others = sanction.finding_words or [""]
    return f"{'; '.join([first, *map(lowered, others)])}. {ended(sanction.facts)}"


def grounds(sanction: Sanction) -> str:
    """By their numbers and days; a report is cited without whoever made it."""
    cited = [f"{_named(*ground.source.split(':'))} ngày {ground.on:%d/%m/%Y}" for ground in sanction.grounds.all()]
    return f"Căn cứ: {', '.join(cited)}." if cited else ""


def _named(kind: str, number: str) -> str:
    """A record bears the number that people gave it; without one it is found by its file in the system."""
    if kind == "inspection":
        given = RecordNumber.objects.filter(inspection=int(number)).values_list("number", flat=True).first()
        return f"biên bản kiểm tra số {given}" if given else f"biên bản kiểm tra (hồ sơ {number})"
    return f"phiếu chuyển xử lý số {number}" if kind == "referral" else f"phản ánh của người dân (hồ sơ {number})"


def lowered(words: str) -> str:
    """As it stands within a sentence."""
    return f"{words[:1].lower()}{words[1:]}"


def cited(sanction: Sanction) -> str:
    signed = f" ngày {sanction.signed_on:%d/%m/%Y}" if sanction.signed_on else ""
    return f"số {sanction.document_number or NO_NUMBER}{signed}"


def cited_whole(sanction: Sanction) -> str:
    what = {Kind.SUSPENSION: "Quyết định tạm đình chỉ", Kind.FINE: "văn bản đề nghị xử phạt"}
    return f"{what.get(Kind(sanction.kind), 'văn bản nhắc nhở')} {cited(sanction)}"


def place(sanction: Sanction) -> str:
    return f"địa điểm {sanction.venue.name}, địa chỉ {sanction.venue.full_address}"


def office(unit: Unit) -> str:
    return f"Ủy ban nhân dân {lowered(unit.full_name)}"


def authority(unit: Unit, title: str) -> str:
    return printable_text(f"{title.upper() or 'CHỦ TỊCH'} ỦY BAN NHÂN DÂN {unit.full_name.upper()}")


def appealed(sanction: Sanction) -> str:
    clock = sanction.clock
    unit_of_days = "ngày làm việc" if clock.appeal_days == DaysOf.WORKING else "ngày"
    return (
        f"Chủ địa điểm có quyền khiếu nại trong {clock.days_to_appeal} {unit_of_days} kể từ ngày nhận được, trên hệ thống hoặc bằng "
        f"đơn gửi cấp trên trực tiếp, theo {clock.instrument}; hoặc khởi kiện tại Tòa án theo Luật Tố tụng hành chính."
    )


def further() -> str:
    return "Nếu không đồng ý với kết quả giải quyết, chủ địa điểm có quyền khiếu nại tiếp hoặc khởi kiện tại Tòa án theo quy định của pháp luật."


def duties(unit: Unit) -> str:
    return f"Quyết định có hiệu lực kể từ ngày ký. Chủ địa điểm và các đơn vị liên quan thuộc {lowered(unit.full_name)} chịu trách nhiệm thi hành./."


def ended(words: str) -> str:
    return f"{words.strip().rstrip('.')}."


def moment(at: dt.datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H} giờ {local:%M} phút ngày {local:%d/%m/%Y}"


def day(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y}"
