"""The answer to a request as an official letter. Made when somebody asks for it and kept nowhere; the text is Vietnamese."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from dauchan.privacy.rights.refusals import basis_of
from dauchan.privacy.rights.request_models import Right, State
from dauchan.units.official_paper import official_pdf, place_and_date
from dauchan.venues.posters import printable_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from dauchan.privacy.rights.export import Section
    from dauchan.privacy.rights.request_models import PersonRequest

LAYOUTS = Path(__file__).parents[1] / "paper_layouts"
_DONE = {
    Right.VIEW: "Toàn bộ dữ liệu đang giữ về Ông/Bà xem được tại mục “Dữ liệu về tôi” trên điện thoại của Ông/Bà, hoặc tại nơi tiếp nhận yêu cầu.",
    Right.CORRECT: "Thông tin đã được chỉnh sửa theo yêu cầu; nội dung trước và sau khi sửa được lưu lại.",
    Right.PROVIDE: "Bản sao dữ liệu ở dạng máy đọc được và dạng đọc được kèm theo, hoặc tải tại mục “Dữ liệu về tôi”.",
    Right.RESTRICT: "Dữ liệu được giữ nhưng không được sử dụng trong phạm vi đã yêu cầu, trừ khi cần cho phòng, chống dịch theo luật.",
    Right.OBJECT: "Việc xử lý mà Ông/Bà phản đối đã dừng.",
    Right.DELETE: "Họ tên, số điện thoại, giấy tờ và lượt vào ra của Ông/Bà đã được xóa. Các bản sao lưu tự hủy đúng hạn; nếu phải khôi phục, việc xóa được thực hiện lại.",
    Right.WITHDRAW: "Sự đồng ý đã được rút lại; từ nay không ghi nhận thêm lượt vào nào.",
}


def answer_pdf(request: PersonRequest, now: dt.datetime, name: str = "") -> bytes:
    """The letter to whoever asked; *name* is empty where nobody knows it any more."""
    with translation.override("vi"):
        document = {**_head(request, now), **_body(request, name)}
    return official_pdf(LAYOUTS / "letter.typ", document)


def copy_pdf(sections: Sequence[Section], code: str, now: dt.datetime) -> bytes:
    """Everything held about a person, to be read."""
    document = {
        "subject": "Bản sao dữ liệu cá nhân",
        "issuer": "Dấu Chân",
        "mark": "",
        "code": code,
        "made": f"{timezone.localtime(now):%H:%M %d/%m/%Y}",
        "sections": [
            {
                "title": printable_text(one.title),
                "purpose": printable_text(one.purpose),
                "kept": printable_text(one.kept),
                "rows": [[[printable_text(label), printable_text(value)] for label, value in row] for row in one.shown],
            }
            for one in sections
        ],
    }
    return official_pdf(LAYOUTS / "copy.typ", document)


def _head(request: PersonRequest, now: dt.datetime) -> dict[str, object]:
    is_done = not request.is_running
    return {
        "upper": "ỦY BAN NHÂN DÂN",
        "issuer": request.unit.name.upper(),
        "sign": "……/……",
        "place_and_date": place_and_date(request.unit.name, timezone.localdate(now)),
        "mark": "" if is_done else "DỰ THẢO",
        "subject": f"Trả lời yêu cầu về dữ liệu cá nhân {request.code}",
        "about": f"V/v trả lời yêu cầu {request.get_right_display().lower()} ({request.code})",
        "signing_above": "",
        "signing_title": "CÁN BỘ BẢO VỆ DỮ LIỆU CÁ NHÂN",
        "signer": request.ended_by.get_full_name() if request.ended_by else "",
        "recipients": ["Như trên;", "Lưu: VT."],
    }


def _body(request: PersonRequest, name: str) -> dict[str, object]:
    received = f"{timezone.localtime(request.received_at):%d/%m/%Y}"
    says = [
        f"Ngày {received}, cơ quan đã tiếp nhận yêu cầu {request.get_right_display().lower()} của Ông/Bà, mã theo dõi {request.code}."
    ]
    if request.state == State.REFUSED:
        says += [
            f"Yêu cầu chưa thực hiện được vì: {request.get_refusal_display().lower()}.",
            f"Căn cứ: {basis_of(request.refusal).vi}.",
        ]
    elif request.state == State.HELD:
        says += [
            "Yêu cầu được chấp nhận. Dữ liệu còn cần cho một ca bệnh đang xử lý và được xóa ngay khi ca bệnh đó kết thúc."
        ]
    elif request.state == State.GRANTED:
        says += [f"Yêu cầu đã được thực hiện. {_DONE[Right(request.right)]}"]
    else:
        says += [
            f"Yêu cầu đang được thực hiện, hạn chậm nhất {timezone.localtime(request.act_by_at):%H:%M ngày %d/%m/%Y}."
        ]
    if request.answer:
        says.append(request.answer)
    says.append("Nếu không đồng ý với trả lời này, Ông/Bà có quyền khiếu nại, tố cáo, khởi kiện theo pháp luật./.")
    return {
        "addressee": printable_text(f"Ông/Bà {name}" if name else "Ông/Bà"),
        "says": [printable_text(text) for text in says],
    }
