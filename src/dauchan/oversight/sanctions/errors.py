"""Why a step on a sanction was refused; `message` is for whoever tried.

SanctionRefused
├── NothingFound         it would rest on nothing: no finding, no source
├── NoLegalBasis         none was chosen, or one that is not in force or not for this kind
├── BasisExists          the authority has this legal basis already
├── VenueNotInUse        nobody can scan there: there is nothing to suspend
├── OneWaits             another of this kind waits for its decision
├── AlreadySuspended     a suspension holds already: correct or lift that one
├── NotInForce           what is to be lifted or corrected does not hold (any more)
├── EndMissing           a suspension says until when, or on what condition it is lifted
├── PeriodOver           the end lies in the past
├── SecondPersonNeeded   who proposed it cannot approve it; who decided it cannot judge the appeal
├── NumberMissing        a decision that takes effect names its document
├── ChangedMeanwhile     somebody else took a step after the page was opened
├── NotAtThisPoint       the step does not follow the state it is in
├── AppealLate           the time to appeal is over
└── OnlyMilder           an appeal never makes a sanction heavier
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class SanctionRefused(Exception):
    message = _("Không thực hiện được.")


class NothingFound(SanctionRefused):
    message = _(
        "Phải có ít nhất một vi phạm trong danh mục và một căn cứ: biên bản kiểm tra, phiếu chuyển hoặc phản ánh."
    )


class NoLegalBasis(SanctionRefused):
    message = _("Hãy chọn ít nhất một căn cứ pháp lý đang có hiệu lực, dùng được cho hình thức này.")


class BasisExists(SanctionRefused):
    message = _("Căn cứ pháp lý này đã có trong danh mục, với cùng ngày hiệu lực.")


class VenueNotInUse(SanctionRefused):
    message = _("Địa điểm chưa được duyệt hoặc đã đóng, nên không áp dụng được hình thức này.")


class OneWaits(SanctionRefused):
    message = _("Địa điểm này đang có một dự thảo cùng hình thức chờ phê duyệt.")


class AlreadySuspended(SanctionRefused):
    message = _("Địa điểm đang bị tạm đình chỉ theo một quyết định khác. Hãy sửa đổi hoặc gỡ bỏ quyết định đó.")


class NotInForce(SanctionRefused):
    message = _("Quyết định được viện dẫn hiện không còn hiệu lực.")


class EndMissing(SanctionRefused):
    message = _("Quyết định tạm đình chỉ phải ghi thời hạn hoặc điều kiện gỡ bỏ.")


class PeriodOver(SanctionRefused):
    message = _("Thời hạn ghi trong dự thảo đã qua. Hãy trả lại để lập dự thảo mới.")


class SecondPersonNeeded(SanctionRefused):
    message = _(
        "Cần một người khác: người đề xuất không tự phê duyệt, người đã quyết định không tự giải quyết khiếu nại."
    )


class NumberMissing(SanctionRefused):
    message = _("Hãy ghi số và ký hiệu của văn bản: người quét mã ở cửa đọc được số này.")


class ChangedMeanwhile(SanctionRefused):
    message = _(
        "Quyết định vừa được người khác cập nhật. Nội dung bạn nhập vẫn còn ở dưới; hãy xem lại rồi gửi lần nữa."
    )


class NotAtThisPoint(SanctionRefused):
    message = _("Bước này không còn thực hiện được ở trạng thái hiện tại.")


class AppealLate(SanctionRefused):
    message = _(
        "Đã hết thời hạn khiếu nại trên hệ thống. Bạn vẫn có thể gửi đơn cho cơ quan cấp trên hoặc khởi kiện tại Tòa án."
    )


class OnlyMilder(SanctionRefused):
    message = _("Giải quyết khiếu nại không được làm nặng thêm: thời hạn mới phải sớm hơn thời hạn cũ.")
