"""Why something about a zone was refused; `message` is for the officer who asked.

ZoneRefused
├── ShapeRefused          the outline is none: too few corners, crossing itself, too large
├── NothingToSurround     no linked case was at a place whose position is known
├── OneWaits              an order on this zone waits for its decision already
├── ZoneOver              the zone was lifted or has ended
├── NotYetInForce         nothing to change or lift: the zone was never approved
├── SecondPersonNeeded    who drafted an order cannot approve it
├── ChangedMeanwhile      the draft was corrected after the approver opened it
├── AlreadyDecided        the order or the request was decided before
├── PeriodOver            the end lies in the past
├── CaseNeeded            no linked case is confirmed, or none was inside
├── WindowRefused         the window is not within the infectious period, what is kept, and the past
├── TooManyPeople         more people than a list may hold
└── AlreadyAsked          the officer's request for this list waits for its decision
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ZoneRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class ShapeRefused(ZoneRefused):
    def __init__(self, message: StrOrPromise) -> None:
        super().__init__(message)
        self.message = message


class NothingToSurround(ZoneRefused):
    message = _(
        "Chưa có nơi nào ca bệnh đã đến trong giai đoạn lây nhiễm mà biết tọa độ. Hãy chọn cách khoanh vùng khác."
    )


class OneWaits(ZoneRefused):
    message = _("Vùng này đang có một dự thảo chờ phê duyệt. Hãy chờ quyết định, hoặc rút dự thảo đó trước.")


class ZoneOver(ZoneRefused):
    message = _("Vùng này đã được gỡ bỏ hoặc đã hết thời hạn. Hãy lập vùng mới nếu cần.")


class NotYetInForce(ZoneRefused):
    message = _("Vùng này chưa được phê duyệt nên chưa có gì để điều chỉnh hoặc gỡ bỏ.")


class SecondPersonNeeded(ZoneRefused):
    message = _("Người soạn không được tự phê duyệt. Cần một người phê duyệt khác.")


class AlreadyDecided(ZoneRefused):
    message = _("Việc này đã có quyết định trước đó.")


class ChangedMeanwhile(ZoneRefused):
    message = _("Dự thảo vừa được sửa. Hãy xem nội dung mới rồi quyết định.")


class PeriodOver(ZoneRefused):
    message = _("Thời điểm kết thúc đã qua. Hãy từ chối, để người soạn lập dự thảo mới.")


class CaseNeeded(ZoneRefused):
    message = _(
        "Chỉ lập được danh sách khi vùng có ca bệnh đã xác định trong địa bàn của bạn, và chính ca bệnh đó đã ở trong vùng "
        "vào khoảng thời gian đã chọn."
    )


class WindowRefused(ZoneRefused):
    message = _(
        "Khoảng thời gian phải nằm trong giai đoạn lây nhiễm của ca bệnh, trong thời hạn lưu giữ và không ở tương lai."
    )


class TooManyPeople(ZoneRefused):
    def __init__(self, people: int, limit: int) -> None:
        super().__init__(people)
        words = _(
            "Có %(people)s người trong vùng, nhiều hơn %(limit)s người cho một danh sách. Hãy rút ngắn khoảng thời gian."
        )
        self.message = words % {"people": people, "limit": limit}


class AlreadyAsked(ZoneRefused):
    message = _("Bạn đã có một đề nghị cho danh sách này đang chờ phê duyệt.")
