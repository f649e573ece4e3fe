"""Requests for help of the demonstration: waiting, taken up, answered and rated, from the page, a failed scan and the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.helpdesk.actions import answer_ticket, take_up
from dauchan.helpdesk.following import rate
from dauchan.helpdesk.models import Channel, Rating, Topic
from dauchan.helpdesk.opening import Asked, ask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue


def load_tickets(venues: Sequence[Venue], officers: Mapping[str, Officer]) -> None:
    agent, here = officers["hotro"], venues[0]
    failed = [
        Asked(Topic.CANNOT_SCAN, words, channel=Channel.SCAN, scan_reason=reason, venue=venue)
        for words, reason, venue in (
            ("Bấm mở máy ảnh nhưng màn hình đen.", "no_camera", None),
            ("Mở trong Zalo thì máy ảnh không lên.", "no_camera", None),
            ("Bảng mã phai hết màu, quét mãi không được.", "unreadable", here),
            ("Quét ra tên một quán khác ở đường khác.", "foreign", None),
        )
    ]
    made = [ask(one, f"198.51.100.{number}") for number, one in enumerate(failed, start=100)]
    made.append(ask(Asked(Topic.NO_MESSAGE, "Chờ mãi không thấy tin nhắn mã."), "198.51.100.120"))
    call = Asked(Topic.PHONE, "Người gọi mất thẻ giấy, hỏi cấp lại ở đâu.", channel=Channel.PHONE)
    by_phone = ask(call, "", agent)
    take_up(made[2], agent, made[2].revision)
    answer = "Bạn bấm dấu ba chấm ở góc trên rồi chọn mở bằng trình duyệt; hoặc gõ 8 ký tự in dưới mã QR."
    rate(answer_ticket(made[1], agent, answer), Rating.HELPED)
    answer_ticket(by_phone, agent, "Bạn đến Ủy ban nhân dân phường, xã đã cấp thẻ; thẻ cũ bị thu hồi ngay khi cấp lại.")
