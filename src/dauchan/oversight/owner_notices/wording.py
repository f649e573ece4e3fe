"""The fixed sentences: which place (by the code on its poster), what was decided, by whom, where it can be read."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from dauchan.oversight.owner_notices.models import Subject


def sentence(subject: str, language: str, *, code: str, committee: str, link: str) -> str:
    """Nothing that anybody typed is in it: whoever can make a venue or a decision sends no words of their own."""
    with override(language):
        said = _sentences()[Subject(subject)] % {"code": code, "committee": committee}
        return _("Dấu Chân: %(said)s Xem tại %(link)s") % {"said": said, "link": link}


def _sentences() -> dict[Subject, str]:
    return {
        Subject.WARNING: _("%(committee)s nhắc nhở về địa điểm %(code)s của bạn."),
        Subject.FINE: _("%(committee)s đã đề nghị xử phạt về địa điểm %(code)s của bạn."),
        Subject.SUSPENSION: _("%(committee)s đã tạm đình chỉ địa điểm %(code)s của bạn."),
        Subject.LIFTING: _("%(committee)s đã gỡ bỏ tạm đình chỉ địa điểm %(code)s của bạn."),
        Subject.EXPIRED: _("Thời hạn tạm đình chỉ địa điểm %(code)s của bạn đã hết."),
        Subject.PAUSED: _("Quyết định về địa điểm %(code)s tạm ngừng thi hành trong lúc giải quyết khiếu nại."),
        Subject.RESUMED: _("Quyết định về địa điểm %(code)s được tiếp tục thi hành."),
        Subject.SETTLED: _("%(committee)s xác nhận địa điểm %(code)s đã khắc phục vi phạm."),
        Subject.APPEAL: _("Khiếu nại của bạn về địa điểm %(code)s đã được giải quyết."),
        Subject.MEASURES: _("Biên bản kiểm tra địa điểm %(code)s nêu việc phải khắc phục và thời hạn."),
        Subject.MEASURE_DUE: _("Địa điểm %(code)s có việc phải khắc phục sắp hoặc đã quá hạn."),
        Subject.MEASURE_BACK: _("Việc khắc phục ở địa điểm %(code)s chưa đạt, có thời hạn mới."),
        Subject.MEASURE_MENDED: _("Việc khắc phục ở địa điểm %(code)s đã được xác nhận."),
    }
