"""Why a report was not taken, or a step on it refused; `message` is for who tried.

OversightRefused
├── TooManyReports      one address, or one place, has had more reports than people would send
├── OutsideArea         the point lies in no commune of this installation
├── PlaceMissing        neither a venue nor a point nor a commune was said
├── AlreadyAnswered     a colleague was faster
├── ChangedMeanwhile    somebody else took a step after the page was opened
├── NotAtThisPoint      the step does not follow the state it is in
├── CannotMerge         the other report is not one that this one can be merged into
├── UnitUnknown         the unit to pass it to is none that could answer
├── TooLate             the time to ask once more is over, or it was used
└── PhotoGone           the photograph's original was removed when its time was over
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from dauchan.units.hotline import with_hotline

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class OversightRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class TooManyReports(OversightRefused):
    message = with_hotline(
        _("Đã nhận nhiều phản ánh trong thời gian ngắn. Vui lòng thử lại sau, hoặc gọi đường dây nóng %(hotline)s."),
        _("Đã nhận nhiều phản ánh trong thời gian ngắn. Vui lòng thử lại sau."),
    )


class OutsideArea(OversightRefused):
    message = _("Vị trí này nằm ngoài địa bàn. Hãy xem lại điểm trên bản đồ, hoặc chọn phường, xã.")


class PlaceMissing(OversightRefused):
    message = _("Hãy cho biết ở đâu: chọn điểm trên bản đồ, hoặc chọn phường, xã và ghi địa chỉ.")


class AlreadyAnswered(OversightRefused):
    message = _("Phản ánh này đã được trả lời.")


class ChangedMeanwhile(OversightRefused):
    message = _(
        "Phản ánh vừa được người khác cập nhật. Nội dung bạn nhập chưa được ghi; hãy xem diễn biến mới rồi gửi lại."
    )


class NotAtThisPoint(OversightRefused):
    message = _("Phản ánh không còn ở bước này.")


class CannotMerge(OversightRefused):
    message = _("Không gộp được: phản ánh kia đã gộp vào phản ánh khác, hoặc không thuộc phạm vi của bạn.")


class UnitUnknown(OversightRefused):
    message = _("Chỉ chuyển được cho phường, xã khác còn hiệu lực trong tỉnh.")


class TooLate(OversightRefused):
    message = _("Đã quá thời hạn yêu cầu xem lại, hoặc phản ánh này đã được xem lại một lần.")


class PhotoGone(OversightRefused):
    message = _("Ảnh gốc đã được xóa theo thời hạn lưu.")
