"""Sanctions as official documents in the layout of Nghị định 30/2020/NĐ-CP: made when asked for, kept nowhere.

Without a number they bear the mark of a draft. The owner is not named: the document is delivered to the place.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from dauchan.oversight.sanctions import paper_words as say
from dauchan.oversight.sanctions.models import AppealOutcome, Kind, State
from dauchan.units.official_paper import official_pdf, place_and_date
from dauchan.venues.posters import printable_text

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.oversight.sanctions.models import Appeal, Sanction
    from dauchan.units.models import Unit

_LAYOUTS = Path(__file__).parent / "paper_layouts"
_SUBJECTS = {
    Kind.SUSPENSION: "Về việc tạm đình chỉ hoạt động của địa điểm",
    Kind.LIFTING: "Về việc gỡ bỏ tạm đình chỉ hoạt động của địa điểm",
    Kind.WARNING: "V/v nhắc nhở việc đặt và quét mã QR tại địa điểm",
    Kind.FINE: "V/v đề nghị xử phạt vi phạm hành chính về đặt và quét mã QR",
}


def sanction_pdf(sanction: Sanction) -> bytes:
    """The decision or the letter that says the sanction, in Vietnamese whatever the reader's language."""
    with translation.override("vi"):
        if sanction.kind in {Kind.SUSPENSION, Kind.LIFTING}:
            return official_pdf(_LAYOUTS / "decision.typ", _decision(sanction))
        return official_pdf(_LAYOUTS / "letter.typ", _letter(sanction))


def appeal_pdf(appeal: Appeal) -> bytes:
    """The decision on an appeal that was answered."""
    with translation.override("vi"):
        return official_pdf(_LAYOUTS / "decision.typ", _answer(appeal))


def _decision(sanction: Sanction) -> dict[str, Any]:
    lifts = sanction.kind == Kind.LIFTING
    return {
        **_frame(sanction, sanction.issuer_unit, sanction.document_number, sanction.signed_on),
        "subject": _SUBJECTS[Kind(sanction.kind)],
        "authority": say.authority(sanction.issuer_unit, sanction.signing_title),
        "bases": say.bases(sanction),
        "proposal": "Theo đề nghị của cán bộ được giao nhiệm vụ.",
        "articles": [printable_text(text) for text in (_lifting(sanction) if lifts else _suspension(sanction))],
    }


def _suspension(sanction: Sanction) -> list[str]:
    begins = sanction.in_force_at or timezone.now()
    until = f" đến {say.moment(sanction.until_at)}" if sanction.until_at else ""
    what = f"Tạm đình chỉ hoạt động của {say.place(sanction)}, kể từ {say.moment(begins)}{until}."
    cited = ""
    if sanction.corrects:
        cited = f" Quyết định này thay thế Quyết định {say.cited(sanction.corrects)}."
    duty = "Chủ địa điểm dừng hoạt động, khắc phục vi phạm"
    demands = f": {say.ended(sanction.demands)}" if sanction.demands else "."
    condition = f" Điều kiện gỡ bỏ: {say.ended(sanction.condition)}" if sanction.condition else ""
    return [
        what + cited,
        f"Lý do: {say.found(sanction)} {say.grounds(sanction)}",
        f"{duty}{demands}{condition} Bảng mã QR tại địa điểm thông báo việc tạm đình chỉ cho người quét mã.",
        say.appealed(sanction),
        say.duties(sanction.issuer_unit),
    ]


def _lifting(sanction: Sanction) -> list[str]:
    former = sanction.lifts
    cited = f" theo Quyết định {say.cited(former)}" if former else ""
    return [
        f"Gỡ bỏ việc tạm đình chỉ hoạt động{cited} đối với {say.place(sanction)}, kể từ {say.moment(sanction.in_force_at or timezone.now())}.",
        f"Lý do: {say.ended(sanction.facts)}",
        say.duties(sanction.issuer_unit),
    ]


def _letter(sanction: Sanction) -> dict[str, Any]:
    is_fine = sanction.kind == Kind.FINE
    owner = f"Chủ địa điểm {sanction.venue.name}, {sanction.venue.full_address}."
    says = _fine(sanction) if is_fine else _warning(sanction)
    return {
        **_frame(sanction, sanction.issuer_unit, sanction.document_number, sanction.signed_on),
        "subject": _SUBJECTS[Kind(sanction.kind)],
        "about": _SUBJECTS[Kind(sanction.kind)],
        "addressee": printable_text(f"{sanction.forwarded_to.rstrip('.')}." if is_fine else owner),
        "says": [printable_text(text) for text in says],
    }


def _warning(sanction: Sanction) -> list[str]:
    by = f" trước {say.moment(sanction.until_at)}" if sanction.until_at else " ngay khi nhận được văn bản này"
    says = [
        f"{say.rests(sanction)}, {say.office(sanction.issuer_unit)} nhắc nhở chủ địa điểm về vi phạm sau đây:",
        f"{say.found(sanction)} {say.grounds(sanction)}",
        f"Yêu cầu chủ địa điểm khắc phục{by}{': ' + say.ended(sanction.demands) if sanction.demands else '.'}",
    ]
    if sanction.earlier_warnings:
        says.append(f"Trước văn bản này, địa điểm đã được nhắc nhở {sanction.earlier_warnings} lần.")
    return [*says, say.appealed(sanction)[:-1] + "./."]


def _fine(sanction: Sanction) -> list[str]:
    says = [
        f"{say.rests(sanction)}, {say.office(sanction.issuer_unit)} đề nghị xem xét, xử phạt vi phạm hành chính đối với {say.place(sanction)}.",
        f"Vi phạm: {say.found(sanction)} {say.grounds(sanction)}",
    ]
    if sanction.amount is not None:
        amount = f"{sanction.amount:,}".replace(",", ".")
        says.append(f"Mức đề nghị: {amount} đồng. Căn cứ của mức đề nghị: {say.ended(sanction.amount_basis)}")
    if sanction.earlier_warnings:
        says.append(f"Địa điểm đã được nhắc nhở {sanction.earlier_warnings} lần trước đó.")
    return [*says, "Việc xử phạt, hành vi, điều khoản và mức phạt do người có thẩm quyền quyết định./."]


def _answer(appeal: Appeal) -> dict[str, Any]:
    sanction = appeal.sanction
    outcome = {
        AppealOutcome.UPHELD: "Giữ nguyên",
        AppealOutcome.CHANGED: "Sửa đổi",
        AppealOutcome.WITHDRAWN: "Hủy bỏ",
    }[AppealOutcome(appeal.outcome)]
    articles = [f"{outcome} {say.cited_whole(sanction)} đối với {say.place(sanction)}."]
    if changed := sanction.corrections.filter(by_appeal=appeal).first():
        until = f"thời hạn đến {say.moment(changed.until_at)}" if changed.until_at else "không ghi thời hạn"
        condition = f"; điều kiện gỡ bỏ: {changed.condition}" if changed.condition else ""
        articles.append(f"Nội dung sau khi sửa đổi: {until}{say.ended(condition) if condition else '.'}")
    articles += [f"Lý do: {say.ended(appeal.answer)}", say.further(), say.duties(appeal.unit)]
    signed = timezone.localdate(appeal.answered_at) if appeal.document_number and appeal.answered_at else None
    return {
        **_frame(sanction, appeal.unit, appeal.document_number, signed),
        "mark": "" if appeal.document_number else "DỰ THẢO",
        "subject": "Về việc giải quyết khiếu nại",
        "authority": say.authority(appeal.unit, ""),
        "bases": [
            printable_text(f"Căn cứ {appeal.clock.instrument};"),
            f"Xét đơn khiếu nại của chủ địa điểm, nhận ngày {say.day(appeal.filed_at)};",
        ],
        "proposal": "Sau khi xem xét hồ sơ và căn cứ của quyết định bị khiếu nại.",
        "articles": [printable_text(text) for text in articles],
        "signing_title": "NGƯỜI GIẢI QUYẾT KHIẾU NẠI",
        "signer": appeal.answered_by.get_full_name() if appeal.document_number and appeal.answered_by else "",
    }


def _frame(sanction: Sanction, unit: Unit, number: str, signed_on: dt.date | None) -> dict[str, Any]:
    mark = {State.REVOKED: "ĐÃ HỦY BỎ", State.REPLACED: "ĐÃ THAY THẾ", State.RETURNED: "KHÔNG PHÊ DUYỆT"}
    return {
        "upper": "ỦY BAN NHÂN DÂN",
        "issuer": printable_text(unit.full_name.upper()),
        "sign": printable_text(number) or say.NO_NUMBER,
        "place_and_date": place_and_date(unit.name, signed_on if number else None),
        "mark": mark.get(State(sanction.state), "") if number else "DỰ THẢO",
        "signing_above": "",
        "signing_title": printable_text(sanction.signing_title.upper() or "CHỦ TỊCH"),
        "signer": printable_text(sanction.signer),
        "recipients": [
            "Chủ địa điểm;",
            *([f"{printable_text(sanction.forwarded_to)};"] if sanction.forwarded_to else []),
            "Ủy ban nhân dân cấp trên (để báo cáo);",
            "Lưu: VT, hồ sơ địa điểm.",
        ],
    }
