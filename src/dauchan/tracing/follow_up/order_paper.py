"""An order as a document, in the layout of Nghị định 30/2020/NĐ-CP. Set with Typst; names reach it as JSON, never as markup.

It is made when somebody asks for it and kept nowhere. The official text is Vietnamese, whatever the reader's language.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from dauchan.tracing.follow_up.order_models import OrderKind, OrderStatus, SigningAs
from dauchan.tracing.follow_up.reference_models import Place
from dauchan.units.official_paper import official_pdf, place_and_date
from dauchan.venues.posters import printable_text
from dauchan.vietnamese import show_phone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dauchan.tracing.follow_up.order_models import Order

_LAYOUT = Path(__file__).parent / "order_layouts" / "order.typ"
_PLACES = {Place.HOME: "cách ly tại nhà", Place.FACILITY: "cách ly tập trung"}
_SIGNING = {
    SigningAs.CHAIR: ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    SigningAs.DEPUTY: ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    SigningAs.DIRECTOR: ("", "GIÁM ĐỐC"),
}


def order_pdf(order: Order, holder: Mapping[str, str]) -> bytes:
    """The document; *holder* as of `order_actions.holder_of`, empty for a draft, which names nobody."""
    return official_pdf(_LAYOUT, _inputs(order, holder))


def _inputs(order: Order, holder: Mapping[str, str]) -> dict[str, Any]:
    above, title = _SIGNING[SigningAs(order.signing_as)]
    signed = timezone.localdate(order.signed_at) if order.signed_at else None
    return {
        **_head(order),
        "place_and_date": place_and_date(order.unit.name, signed),
        "subject": _subject(order),
        "authority": title + _authority(order),
        "bases": [_semicolon(basis.text_vi) for basis in order.bases.all()],
        "proposal": "Theo đề nghị của cán bộ truy vết được giao nhiệm vụ.",
        "articles": [printable_text(text) for text in _articles(order, holder)],
        "signing_above": above,
        "signing_title": title,
        "signer": order.signed_by.get_full_name() if order.signed_by else "",
        "mark": _mark(order),
        "recipients": [
            "Người có tên tại Điều 1;",
            f"Trạm Y tế nơi cư trú ({order.unit.full_name});",
            "Lưu: VT, hồ sơ ca bệnh.",
        ],
    }


def _head(order: Order) -> dict[str, str]:
    name = order.unit.full_name
    if order.signing_as == SigningAs.DIRECTOR:
        upper, issuer = f"SỞ Y TẾ {name.upper()}", "TRUNG TÂM KIỂM SOÁT BỆNH TẬT"
    else:
        upper, issuer = "ỦY BAN NHÂN DÂN", name.upper()
    return {"upper": upper, "issuer": issuer, "sign": order.sign}


def _authority(order: Order) -> str:
    if order.signing_as == SigningAs.DIRECTOR:
        return " TRUNG TÂM KIỂM SOÁT BỆNH TẬT"
    return f" ỦY BAN NHÂN DÂN {order.unit.full_name.upper()}"


def _subject(order: Order) -> str:
    if order.kind == OrderKind.RELEASE:
        return "Về việc kết thúc cách ly y tế"
    return f"Về việc áp dụng biện pháp {_PLACES[Place(order.place)]}"


def _semicolon(text: str) -> str:
    return printable_text(f"Căn cứ {text};")


def _articles(order: Order, holder: Mapping[str, str]) -> list[str]:
    if order.kind == OrderKind.RELEASE and order.releases:
        former = order.releases
        signed = timezone.localtime(former.signed_at) if former.signed_at else None
        dated = f" ngày {signed:%d/%m/%Y}" if signed else ""
        ended = f"Kết thúc biện pháp cách ly y tế theo Quyết định số {former.sign}{dated} đối với {_person(holder)}"
        return [
            f"{ended}, kể từ ngày {order.begins_on:%d/%m/%Y}.",
            f"Lý do: {order.purpose}.",
            _in_force(order),
            order.appeal_route.text_vi,
        ]
    last = order.until_on - dt.timedelta(days=1)
    what = f"Áp dụng biện pháp {_PLACES[Place(order.place)]} đối với {_person(holder)}"
    when = f"từ ngày {order.begins_on:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}"
    duty = "Người có tên tại Điều 1 chấp hành biện pháp cách ly, khai báo sức khỏe hằng ngày và báo ngay cho cơ sở y tế khi có"
    end = "Biện pháp kết thúc sớm khi có quyết định kết thúc cách ly hoặc thu hồi Quyết định này."
    return [
        f"{what}. Nơi cách ly: {_where(order, holder)}. Thời gian: {when}.",
        f"{_exposure(order)} Lý do: {order.purpose}.",
        f"{duty} triệu chứng{_hotline()}. {end}",
        order.appeal_route.text_vi,
        _in_force(order),
    ]


def _exposure(order: Order) -> str:
    """Place, date and minutes, as the contact's row had them."""
    if order.exposed_from is None or order.exposed_to is None:
        return ""
    begins, ends = timezone.localtime(order.exposed_from), timezone.localtime(order.exposed_to)
    venue = order.exposure_venue
    place = f"{venue.name}, {venue.full_address}" if venue else (order.exposure_place or "nơi đã ghi trong hồ sơ")
    if order.exposure_is_told:
        return f"Căn cứ áp dụng: ca bệnh kể đã gặp trực tiếp lúc {begins:%H:%M ngày %d/%m/%Y} tại {place}."
    minutes = max(1, round((order.exposure_seconds or 0) / 60))
    case = f" {order.contact.run.case.code}" if order.contact else ""
    when = f"từ {begins:%H:%M ngày %d/%m/%Y} đến {ends:%H:%M ngày %d/%m/%Y}"
    return (
        f"Căn cứ áp dụng: có mặt cùng thời điểm với ca bệnh{case} hoặc người tiếp xúc của ca bệnh, tổng cộng {minutes} phút, "
        f"{when}; nơi trùng lâu nhất: {place}."
    )


def _person(holder: Mapping[str, str]) -> str:
    if not holder.get("name"):
        return "ông/bà ……………… (họ tên ghi khi ký)"
    born = f", sinh năm {holder['birth_year']}" if holder.get("birth_year") else ""
    phone = f", điện thoại {show_phone(holder['phone'])}" if holder.get("phone") else ""
    lives = f", nơi ở: {holder['address']}" if holder.get("address") else ""
    return f"ông/bà {holder['name']}{born}{phone}{lives}"


def _where(order: Order, holder: Mapping[str, str]) -> str:
    if order.where and order.signed_by_id:
        return order.where
    return holder.get("address") or "nơi ở của người có tên trên"


def _hotline() -> str:
    return f" (đường dây nóng {settings.HOTLINE})" if settings.HOTLINE else ""


def _in_force(order: Order) -> str:
    return f"Quyết định này có hiệu lực kể từ ngày ký. Người có tên tại Điều 1, Trạm Y tế và các đơn vị liên quan thuộc {order.unit.full_name} chịu trách nhiệm thi hành."


def _mark(order: Order) -> str:
    marks: dict[str, str] = {
        OrderStatus.DRAFT: "DỰ THẢO",
        OrderStatus.RETURNED: "DỰ THẢO",
        OrderStatus.REVOKED: "ĐÃ THU HỒI",
        OrderStatus.RELEASED: "ĐÃ KẾT THÚC",
    }
    return marks.get(order.status, "")
