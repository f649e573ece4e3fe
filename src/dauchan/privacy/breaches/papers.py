"""The two notifications of a breach, after the law's list of contents. The official text is Vietnamese."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from dauchan.privacy.breaches.categories import in_words
from dauchan.units.official_paper import official_pdf, place_and_date
from dauchan.venues.posters import printable_text

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.privacy.breaches.breach_models import Breach

_LAYOUT = Path(__file__).parents[1] / "paper_layouts" / "breach.typ"


def authority_pdf(breach: Breach, now: dt.datetime) -> bytes:
    """To the authority for the protection of personal data; the contents follow Mẫu số 08 (cần xác minh)."""
    with translation.override("vi"):
        facts = [
            ("Loại sự cố", str(breach.get_kind_display())),
            ("Thời điểm phát hiện", _instant(breach.found_at)),
            ("Thời gian xảy ra", _instant(breach.began_at) if breach.began_at else "chưa xác định"),
            ("Người phát hiện", breach.found_by),
            ("Loại dữ liệu bị ảnh hưởng", "; ".join(in_words(breach.categories)) or "chưa xác định"),
            ("Số chủ thể dữ liệu bị ảnh hưởng", _people(breach)),
            ("Diễn biến, nguyên nhân", breach.what),
            ("Hậu quả, thiệt hại có thể xảy ra", breach.harm or "đang đánh giá"),
            ("Biện pháp đã và sẽ áp dụng", breach.measures or "đang thực hiện"),
            (
                "Thông báo cho người bị ảnh hưởng",
                _instant(breach.people_told_at) if breach.people_told_at else "chưa thực hiện",
            ),
            ("Đầu mối liên hệ", f"Cán bộ bảo vệ dữ liệu cá nhân, {breach.unit.full_name}"),
        ]
        late = (now - breach.found_at).total_seconds() > (breach.due_at - breach.found_at).total_seconds()
        opening = [
            "Thực hiện Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 và Nghị định 356/2025/NĐ-CP, đơn vị thông báo vi phạm quy định về bảo vệ dữ liệu cá nhân như sau:"
        ]
        if late:
            opening.append("Thông báo này gửi sau 72 giờ kể từ khi phát hiện; lý do chậm trễ: ………………………………………………")
        return _paper(
            breach,
            now,
            "Thông báo vi phạm quy định về bảo vệ dữ liệu cá nhân",
            "Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao (A05), Bộ Công an.",
            opening,
            facts,
        )


def people_pdf(breach: Breach, now: dt.datetime) -> bytes:
    """To those whom it touches, in plain words."""
    with translation.override("vi"):
        facts = [
            ("Điều đã xảy ra", str(breach.get_kind_display())),
            ("Phát hiện lúc", _instant(breach.found_at)),
            ("Dữ liệu bị ảnh hưởng", "; ".join(in_words(breach.categories)) or "đang xác định"),
            ("Có thể gây hại thế nào", breach.harm or "đang đánh giá"),
            ("Chúng tôi đã và sẽ làm gì", breach.measures or "đang thực hiện"),
            (
                "Ông/Bà nên làm gì",
                "Không cung cấp mã dùng một lần cho bất cứ ai; cảnh giác với cuộc gọi tự xưng là cơ quan y tế; đổi mật khẩu nếu dùng chung.",
            ),
        ]
        opening = ["Đơn vị thông báo để Ông/Bà biết về một sự cố có liên quan đến dữ liệu cá nhân của Ông/Bà:"]
        return _paper(
            breach, now, "Thông báo về sự cố dữ liệu cá nhân", "Ông/Bà có dữ liệu bị ảnh hưởng.", opening, facts
        )


def _paper(
    breach: Breach, now: dt.datetime, subject: str, addressee: str, opening: list[str], facts: list[tuple[str, str]]
) -> bytes:
    document = {
        "upper": "ỦY BAN NHÂN DÂN",
        "issuer": breach.unit.name.upper(),
        "sign": "……/……",
        "place_and_date": place_and_date(breach.unit.name, timezone.localdate(now)),
        "mark": "",
        "subject": subject,
        "about": f"V/v {subject[:1].lower()}{subject[1:]}",
        "addressee": addressee,
        "opening": [printable_text(text) for text in opening],
        "facts": [[label, printable_text(value)] for label, value in facts],
        "signing_above": "",
        "signing_title": "THỦ TRƯỞNG ĐƠN VỊ",
        "signer": "",
        "recipients": ["Như trên;", "Lưu: VT, hồ sơ sự cố."],
    }
    return official_pdf(_LAYOUT, document)


def _people(breach: Breach) -> str:
    if breach.people is None:
        return "chưa xác định"
    return f"khoảng {breach.people} người (ước tính)" if breach.is_estimate else f"{breach.people} người"


def _instant(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%H giờ %M phút ngày %d/%m/%Y}"
