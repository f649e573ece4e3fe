"""What the actions of oversight are called in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.inspections.measure_models import Kind as MeasureStep
from dauchan.oversight.sanctions.models import EventKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OVERSIGHT_ACTIONS: dict[str, StrOrPromise] = {
    "accountability.explained": _("Ký giải trình việc quá hạn"),
    "accountability.explanation_seen": _("Xem giải trình của người đứng đầu"),
    "accountability.exported": _("Tải bảng trách nhiệm đơn vị"),
    "accountability.week_opened": _("Mở báo cáo tuần"),
    "accountability.week_reported": _("Lập báo cáo tuần"),
    "inspection_round.opened": _("Mở đợt kiểm tra mới"),
    "inspection_round.changed": _("Thay đổi đợt kiểm tra"),
    "inspection_round.drawn": _("Bốc ngẫu nhiên địa điểm kiểm tra"),
    "inspection_round.stops_added": _("Thêm địa điểm vào đợt kiểm tra"),
    "inspection_round.stop_dropped": _("Bỏ địa điểm khỏi đợt kiểm tra"),
    "inspection_round.seen": _("Xem đợt kiểm tra"),
    "inspections.taken_along": _("Tải danh sách kiểm tra về điện thoại"),
    "inspections.exported": _("Tải danh sách biên bản kiểm tra"),
    "inspection.signed": _("Ghi nhận biên bản kiểm tra đã ký"),
    "inspection.supplemented": _("Ghi nhận biên bản bổ sung"),
    "inspection.numbered": _("Ghi số biên bản kiểm tra"),
    "inspection.seen": _("Mở biên bản kiểm tra"),
    "inspection.printed": _("In ra biên bản kiểm tra"),
    "inspection.printed_by_owner": _("Chủ địa điểm in biên bản kiểm tra"),
    "venue.inspected": _("Kiểm tra tại địa điểm"),
    "made_known.prepared": _("Soạn đợt nhắn tin tuyên truyền"),
    "made_known.confirmed": _("Duyệt đợt nhắn tin tuyên truyền"),
    "made_known.called_off": _("Dừng đợt nhắn tin tuyên truyền"),
    "made_known.downloaded": _("Tải tài liệu tuyên truyền"),
    "made_known.opted_out": _("Chủ địa điểm từ chối nhận tin"),
    "made_known.opted_in": _("Chủ địa điểm nhận tin trở lại"),
    "sanction.printed": _("In văn bản xử lý vi phạm"),
    "sanction_basis.added": _("Thêm căn cứ pháp lý"),
    "sanction_basis.ended": _("Kết thúc hiệu lực căn cứ pháp lý"),
    "sanctions.exported": _("Tải danh sách xử lý vi phạm"),
    "staff.measure_taken": _("Ghi biện pháp với nhân viên"),
    "staff.measure_withdrawn": _("Rút biện pháp với nhân viên"),
    "suspensions.alert": _("Cảnh báo tạm đình chỉ hàng loạt"),
    "suspensions.alert_seen": _("Xem cảnh báo tạm đình chỉ hàng loạt"),
    "venue_file.opened": _("Mở hồ sơ địa điểm"),
}
OVERSIGHT_ACTIONS |= {
    f"sanction.{kind.value}": format_lazy("{}: {}", _("Xử lý vi phạm"), kind.label) for kind in EventKind
}
OVERSIGHT_ACTIONS |= {
    f"measure.{kind.value}": format_lazy("{}: {}", _("Yêu cầu khắc phục"), kind.label) for kind in MeasureStep
}
