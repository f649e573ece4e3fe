"""Why something about an inspection was refused; `message` is for the officer or owner who tried.

InspectionRefused
├── ChangedMeanwhile     somebody else changed it after the page was opened
├── RoundOver            the round has ended: nothing is added to it
├── NotOfThisUnit        a place or an officer is not of the round's area
├── NoTeam               a round needs a leader
├── AlreadyInspected     another record is kept for this stop of the round
├── OtherContent         the same record was sent with another content
├── OtherOfficer         the record was written under another account
├── NotReadable          what the phone sent is no record
├── NotSigned            a signature is missing, and no refusal with a witness is told
├── NumberTaken          the unit has given this number already
├── NumberGiven          the record has its number
├── NotAtThisPoint       the step does not follow the state the measure is in
└── NothingPutRight      a supplement that withdraws nothing, adds nothing and says nothing
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from dauchan.oversight.inspections.record_models import Inspection


class InspectionRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class ChangedMeanwhile(InspectionRefused):
    message = _("Nội dung này vừa được người khác cập nhật. Hãy xem lại rồi thực hiện lại.")


class RoundOver(InspectionRefused):
    message = _("Đợt kiểm tra đã kết thúc hoặc đã hủy.")


class NotOfThisUnit(InspectionRefused):
    message = _("Địa điểm hoặc cán bộ không thuộc địa bàn của đợt kiểm tra.")


class NoTeam(InspectionRefused):
    message = _("Đoàn kiểm tra phải có trưởng đoàn.")


class AlreadyInspected(InspectionRefused):
    """Raised with the record that is there."""

    message = _(
        "Địa điểm này đã có biên bản của đợt kiểm tra, do người khác lập. Biên bản của bạn vẫn còn trên máy; có thể gửi thành "
        "biên bản riêng, ngoài đợt."
    )

    def __init__(self, found: Inspection) -> None:
        super().__init__()
        self.found = found


class OtherContent(InspectionRefused):
    """Raised with the record that is there."""

    message = _(
        "Biên bản này đã được nhận với nội dung khác. Bản đã nhận không sửa được; muốn đính chính thì lập biên bản bổ sung."
    )

    def __init__(self, found: Inspection) -> None:
        super().__init__()
        self.found = found


class OtherOfficer(InspectionRefused):
    message = _("Biên bản do tài khoản khác lập trên máy này. Hãy đăng nhập bằng tài khoản đó để gửi.")


class NotReadable(InspectionRefused):
    """Raised with the name of what could not be read."""

    message = _("Không đọc được biên bản này.")

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class NotSigned(InspectionRefused):
    message = _(
        "Biên bản thiếu chữ ký. Người kiểm tra phải ký; đại diện địa điểm ký, hoặc ghi lý do không ký và họ tên người chứng kiến."
    )


class NumberTaken(InspectionRefused):
    message = _("Số biên bản này đơn vị đã dùng.")


class NumberGiven(InspectionRefused):
    message = _("Biên bản đã có số.")


class NotAtThisPoint(InspectionRefused):
    message = _("Yêu cầu khắc phục không còn ở bước này.")


class NothingPutRight(InspectionRefused):
    message = _("Biên bản bổ sung phải nêu rõ điều được đính chính.")
