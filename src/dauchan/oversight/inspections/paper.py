"""The record of inspection as the official form (biên bản kiểm tra), set from what was signed at the door. In Vietnamese always."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from dauchan.oversight.inspections.models import Answer, Check, Inspection, PosterVerdict, Signature, Signer
from dauchan.oversight.inspections.signing import strokes_kept, svg_of
from dauchan.units.official_paper import official_pdf, place_and_date
from dauchan.venues.posters import printable_text

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.oversight.inspections.models import InspectionFinding, Supplement

_LAYOUT = Path(__file__).parent / "paper_layouts" / "record.typ"
#: A witness who did not sign is named all the same.
_UNSIGNED = "(không ký)"


def record_pdf(inspection: Inspection) -> bytes:
    """The record as it was signed. What was put right afterwards is a paper of its own, named at the end."""
    with translation.override("vi"):
        return official_pdf(_LAYOUT, {**_frame(inspection), **_record(inspection)})


def supplement_pdf(supplement: Supplement) -> bytes:
    """What puts the record right, as a record of its own (biên bản bổ sung)."""
    inspection = supplement.inspection
    with translation.override("vi"):
        return official_pdf(_LAYOUT, {**_frame(inspection, supplement.written_at), **_supplement(supplement)})


def _frame(inspection: Inspection, at: dt.datetime | None = None) -> dict[str, Any]:
    """Head, number, place and date; without a number it is a draft."""
    unit = inspection.unit
    numbered = getattr(inspection, "numbered", None)
    return {
        "upper": "ỦY BAN NHÂN DÂN",
        "issuer": printable_text(unit.full_name.upper()),
        "sign": printable_text(numbered.number) if numbered else "……/BB-……",
        "place_and_date": place_and_date(unit.name, timezone.localdate(at or inspection.began_at)),
        "mark": "" if numbered else "DỰ THẢO",
        "subject": "Kiểm tra việc đặt và quét mã QR tại địa điểm",
        "title": "BIÊN BẢN",
        "recipients": ["Địa điểm được kiểm tra;", "Đoàn kiểm tra;", "Lưu: VT, hồ sơ địa điểm."],
    }


def _record(inspection: Inspection) -> dict[str, Any]:
    signatures = list(inspection.signatures.all())
    parts = [
        _who(inspection, signatures),
        _seen(inspection),
        _found(inspection),
        _required(inspection),
        _said(inspection, signatures),
    ]
    numbered = [{**part, "heading": f"{number}. {part['heading']}"} for number, part in enumerate(parts, start=1)]
    return {
        "opening": _opening(inspection),
        "parts": numbered,
        "ending": _ending(inspection),
        "signatures": [_signature(inspection, one) for one in signatures],
    }


def _opening(inspection: Inspection) -> list[str]:
    venue = inspection.venue
    began = timezone.localtime(inspection.began_at)
    round_ = inspection.stop.round if inspection.stop else None
    lines = [
        (
            f"Hôm nay, hồi {began:%H} giờ {began:%M} phút ngày {began:%d} tháng {began.month} năm {began.year}, tại "
            f"{venue.name}, {venue.full_address}, đã tiến hành kiểm tra việc đặt bảng mã QR và việc quét mã của người ra vào."
        )
    ]
    if round_ is not None:
        rests = f" theo {round_.number}" if round_.number else ""
        lines.append(f"Căn cứ: đợt kiểm tra “{round_.title}”{rests}.")
    if inspection.follows_id:
        lines.append(f"Kiểm tra lại việc khắc phục theo biên bản kiểm tra {_named(inspection.follows)}.")
    return [printable_text(line) for line in lines]


def _named(inspection: Inspection | None) -> str:
    if inspection is None:
        return ""
    numbered = getattr(inspection, "numbered", None)
    number = f"số {numbered.number}" if numbered else f"(hồ sơ {inspection.pk})"
    return f"{number} ngày {timezone.localdate(inspection.began_at):%d/%m/%Y}"


def _who(inspection: Inspection, signatures: list[Signature]) -> dict[str, Any]:
    lines = [f"Đoàn kiểm tra: {'; '.join(inspection.took_part)}. Người lập biên bản: {inspection.inspector.full_name}."]
    if inspection.representative:
        about = f", {inspection.representative_position}" if inspection.representative_position else ""
        lines.append(f"Đại diện địa điểm: {inspection.representative}{about}.")
    else:
        lines.append("Đại diện địa điểm: không có mặt hoặc không cho biết họ tên.")
    seen = [one for one in signatures if one.signer == Signer.WITNESS]
    if seen:
        names = [f"{one.name}{f' ({one.about})' if one.about else ''}" for one in seen]
        lines.append(f"Người chứng kiến: {'; '.join(names)}.")
    return _part("Thành phần tham gia", lines)


def _seen(inspection: Inspection) -> dict[str, Any]:
    rows = [
        [str(Check(check).label), str(Answer(inspection.checks[check]).label)]
        for check in Check.values
        if check in inspection.checks
    ]
    lines = []
    if inspection.poster_verdict:
        version = f", phiên bản {inspection.poster_version}" if inspection.poster_version else ""
        lines.append(f"Kết quả quét bảng mã: {PosterVerdict(inspection.poster_verdict).label}{version}.")
    if inspection.metres is not None:
        lines.append(f"Vị trí kiểm tra cách vị trí đăng ký khoảng {inspection.metres} m.")
    if inspection.counted_entered is not None:
        lines.append(
            f"Đếm khách tại cửa trong {round((inspection.counted_seconds or 0) / 60)} phút: {inspection.counted_entered} "
            f"người vào, {inspection.counted_scanned} người quét mã."
        )
    return _part("Nội dung kiểm tra", lines, ["Nội dung", "Kết quả"], rows, [3, 1])


def _found(inspection: Inspection) -> dict[str, Any]:
    findings = [one for one in inspection.findings.all() if one.supplement_id is None]
    if not findings:
        lines = ["Không phát hiện vi phạm."]
    else:
        lines = [_finding(number, one) for number, one in enumerate(findings, start=1)]
        pictures = inspection.pictures.count()
        lines += [f"Kèm theo {pictures} ảnh chụp tại chỗ, lưu trong hồ sơ."] if pictures else []
    if inspection.words:
        lines.append(inspection.words)
    return _part("Kết quả kiểm tra", lines)


def _finding(number: int, one: InspectionFinding) -> str:
    words = f": {one.words}" if one.words else ""
    return f"{number}) {one.get_finding_display()}{words}{'' if words.endswith('.') else '.'}"


def _required(inspection: Inspection) -> dict[str, Any]:
    measures = inspection.measures.all()
    rows = [
        [str(number), one.words, f"{one.days} ngày làm việc", f"17 giờ ngày {timezone.localdate(one.due_at):%d/%m/%Y}"]
        for number, one in enumerate(sorted(measures, key=lambda one: one.pk), start=1)
    ]
    if not rows:
        return _part("Yêu cầu khắc phục", ["Không có."])
    return _part("Yêu cầu khắc phục", [], ["TT", "Việc phải làm", "Thời hạn", "Chậm nhất"], rows, [0.4, 3, 1.1, 1.5])


def _said(inspection: Inspection, signatures: list[Signature]) -> dict[str, Any]:
    lines = [inspection.statement or "Không có ý kiến."]
    if not any(one.signer == Signer.REPRESENTATIVE for one in signatures):
        lines.append(f"Đại diện địa điểm không ký biên bản. Lý do: {inspection.refusal}")
    return _part("Ý kiến của đại diện địa điểm", lines)


def _ending(inspection: Inspection) -> list[str]:
    ended = timezone.localtime(inspection.ended_at)
    agreed = "những người có tên trên cùng nghe, công nhận là đúng và ký tên dưới đây"
    heard = "những người có mặt cùng nghe; đại diện địa điểm không ký" if inspection.refusal else agreed
    lines = [
        f"Việc kiểm tra kết thúc lúc {ended:%H} giờ {ended:%M} phút cùng ngày. Biên bản đã được đọc lại cho {heard}."
    ]
    lines.append("Địa điểm xem và tải được biên bản này tại trang của mình trên hệ thống.")
    later = inspection.supplements.count()
    if later:
        lines.append(f"Biên bản này đã có {later} biên bản bổ sung kèm theo.")
    return lines


def _signature(inspection: Inspection, one: Signature) -> dict[str, str]:
    name = one.name or inspection.inspector.full_name
    strokes = strokes_kept(one.strokes) if one.strokes else None
    return {
        "title": Signer(one.signer).label.upper(),
        "about": printable_text(one.about),
        "svg": svg_of(strokes) if strokes else "",
        "unsigned": _UNSIGNED,
        "name": printable_text(name),
    }


def _supplement(supplement: Supplement) -> dict[str, Any]:
    inspection = supplement.inspection
    at = timezone.localtime(supplement.written_at)
    withdrawn = [
        f"Không còn ghi nhận: {one.finding.get_finding_display()}."
        for one in supplement.withdrawals.select_related("finding")
    ]
    added = [_finding(number, one) for number, one in enumerate(supplement.findings.all(), start=1)]
    return {
        "title": "BIÊN BẢN BỔ SUNG",
        "sign": "……/BB-……",
        "mark": "DỰ THẢO",
        "opening": [
            printable_text(
                f"Ngày {at:%d} tháng {at.month} năm {at.year}, {supplement.written_by.full_name} lập biên bản bổ sung, đính "
                f"chính biên bản kiểm tra {_named(inspection)} tại {inspection.venue.name}, {inspection.venue.full_address}. "
                "Biên bản đã ký được giữ nguyên."
            )
        ],
        "parts": [
            _part("1. Nội dung đính chính", [supplement.words]),
            _part("2. Kết quả kiểm tra sau khi đính chính", [*withdrawn, *added] or ["Các kết quả khác giữ nguyên."]),
        ],
        "ending": [],
        "signatures": [
            {
                "title": "NGƯỜI LẬP BIÊN BẢN",
                "about": "",
                "svg": "",
                "unsigned": "(ký tay)",
                "name": printable_text(supplement.written_by.full_name),
            }
        ],
    }


def _part(
    heading: str,
    paragraphs: list[str],
    columns: list[str] | None = None,
    rows: list[list[str]] | None = None,
    widths: list[float] | None = None,
) -> dict[str, Any]:
    return {
        "heading": heading,
        "paragraphs": [printable_text(line) for text in paragraphs for line in text.splitlines() if line.strip()],
        "columns": columns or [],
        "rows": [[printable_text(cell) for cell in row] for row in rows or []],
        "widths": widths or [],
    }
