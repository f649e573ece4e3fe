"""The audit log for those who watch the watchers: who did what to which record; never a name or a number of a citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from dauchan.units.jurisdiction import in_area
from dauchan.units.models import AuditEntry, Officer, Role
from dauchan.web.desk.help_actions import HELP_ACTIONS
from dauchan.web.desk.oversight_actions import OVERSIGHT_ACTIONS
from dauchan.web.desk.program_actions import PROGRAM_ACTIONS
from dauchan.web.layout.widgets import DateInput
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

LINES_A_PAGE = 50
#: What each action is called; an action that is not listed here is shown by its code, never left out.
ACTIONS = {
    "account.opened": _("Mở tài khoản"),
    "account.closed": _("Khóa tài khoản"),
    "account.appointed": _("Giao vai trò"),
    "account.password_renewed": _("Cấp lại mật khẩu"),
    "account.invited": _("Mời nhận tài khoản"),
    "account.link_sent": _("Gửi lại liên kết nhận tài khoản"),
    "account.renewal_asked": _("Đề nghị cấp lại đăng nhập"),
    "account.renewal_confirmed": _("Đồng ý cấp lại đăng nhập"),
    "account.renewal_declined": _("Dừng đề nghị cấp lại đăng nhập"),
    "account.renewal_stopped": _("Chủ tài khoản dừng cấp lại đăng nhập"),
    "account.invitation_withdrawn": _("Thu hồi lời mời nhận tài khoản"),
    "account.accepted": _("Nhận tài khoản"),
    "account.role_proposed": _("Đề nghị giao vai trò"),
    "account.role_declined": _("Không giao vai trò được đề nghị"),
    "account.role_ended": _("Kết thúc vai trò"),
    "account.sessions_ended": _("Đăng xuất khỏi thiết bị"),
    "account.authority_joined": _("Kết nối tài khoản cơ quan"),
    "account.authority_parted": _("Ngắt tài khoản cơ quan"),
    "watch.alarm": _("Cảnh báo truy cập"),
    "watch.alarm_seen": _("Xem xét cảnh báo truy cập"),
    "watch.rule_changed": _("Sửa quy tắc cảnh báo truy cập"),
    "substitution.named": _("Cử người thay"),
    "substitution.ended": _("Kết thúc việc thay"),
    "substitution.taken_up": _("Bắt đầu làm việc thay"),
    "substitution.laid_down": _("Thôi làm việc thay"),
    "account.signed_in": _("Đăng nhập"),
    "account.signed_out": _("Đăng xuất"),
    "account.password_changed": _("Đổi mật khẩu"),
    "account.factor_added": _("Thêm lớp xác thực thứ hai"),
    "account.factor_removed": _("Gỡ lớp xác thực thứ hai"),
    "installation.made": _("Tạo cơ sở dữ liệu"),
    "installation.restored": _("Khôi phục từ bản sao lưu"),
    "venue.visitors_counted": _("Đếm khách tại cửa"),
    "poster.photo_read": _("Đọc bảng mã QR từ ảnh"),
    "poster.reading_kept": _("Lưu kết quả đọc bảng mã QR"),
    "agency.founded": _("Thêm cơ quan"),
    "agency.changed": _("Sửa cơ quan"),
    "agency.closed": _("Đóng cơ quan"),
    "roster.opened": _("Mở tên nhân viên"),
    "roster.seen": _("Xem tên nhân viên"),
    "roster.imported": _("Nhập danh sách nhân viên"),
    "roster.import_undone": _("Hoàn tác một lần nhập danh sách nhân viên"),
    "member.added": _("Thêm nhân viên"),
    "member.changed": _("Sửa nhân viên"),
    "member.removed": _("Xóa nhân viên khỏi danh sách"),
    "member.leave_given": _("Ghi ngày nghỉ của nhân viên"),
    "member.leave_taken_back": _("Bỏ ngày nghỉ của nhân viên"),
    "rights.received": _("Tiếp nhận yêu cầu về dữ liệu"),
    "rights.looked_up": _("Tìm người yêu cầu tại quầy"),
    "rights.accepted": _("Phản hồi yêu cầu về dữ liệu"),
    "rights.extended": _("Gia hạn yêu cầu về dữ liệu"),
    "rights.granted": _("Thực hiện yêu cầu về dữ liệu"),
    "rights.held": _("Chấp nhận xóa, chờ ca bệnh kết thúc"),
    "rights.erased": _("Xóa dữ liệu theo yêu cầu"),
    "rights.refused": _("Không thực hiện yêu cầu về dữ liệu"),
    "rights.called_off": _("Người dân rút lại yêu cầu về dữ liệu"),
    "rights.letter": _("Lập văn bản trả lời yêu cầu về dữ liệu"),
    "rights.fetched": _("Mở bản sao dữ liệu của người yêu cầu"),
    "rights.reminded": _("Nhắc yêu cầu về dữ liệu"),
    "rights.escalated": _("Báo cấp trên yêu cầu về dữ liệu quá hạn"),
    "rights.recounted": _("Tính lại hạn yêu cầu về dữ liệu"),
    "rights.exported": _("Xuất sổ yêu cầu về dữ liệu"),
    "breach.recorded": _("Ghi nhận sự cố dữ liệu"),
    "breach.changed": _("Bổ sung hồ sơ sự cố dữ liệu"),
    "breach.paper": _("Lập văn bản thông báo sự cố"),
    "breach.notified": _("Thông báo sự cố cho cơ quan chuyên trách"),
    "breach.told": _("Thông báo sự cố cho người bị ảnh hưởng"),
    "breach.not_due": _("Không phải thông báo sự cố"),
    "breach.closed": _("Kết thúc hồ sơ sự cố"),
    "breach.escalated": _("Báo động hạn 72 giờ của sự cố"),
    "retention.certified": _("Lập chứng nhận xóa dữ liệu hết hạn"),
    "ledger.purged": _("Xóa lượt quét hết hạn lưu"),
    "case.previewed": _("Xem trước ca bệnh"),
    "case.places_seen": _("Xem nơi ca bệnh đã đến"),
    "case.registered": _("Ghi nhận ca bệnh"),
    "case.withdrawn": _("Rút lại ca bệnh"),
    "case.result_recorded": _("Ghi kết quả xét nghiệm"),
    "case.result_taken_back": _("Rút lại kết quả xét nghiệm"),
    "contact.call_taken_back": _("Rút lại cuộc gọi ghi nhầm"),
    "trace.run": _("Truy vết"),
    "trace.estimated": _("Xem trước số người của một lượt truy vết"),
    "contacts.judged": _("Ghi kết quả xác minh"),
    "contacts.judgement_undone": _("Hoàn tác kết quả xác minh"),
    "contacts.exported": _("Xuất danh sách truy vết"),
    "disclosure.requested": _("Đề nghị mở thông tin cá nhân"),
    "disclosure.approved": _("Phê duyệt mở thông tin cá nhân"),
    "disclosure.declined": _("Từ chối mở thông tin cá nhân"),
    "disclosure.seen": _("Xem họ tên và số điện thoại"),
    "follow_up.begun": _("Bắt đầu theo dõi sức khỏe"),
    "follow_up.stopped": _("Dừng theo dõi sức khỏe"),
    "follow_up.ended": _("Kết thúc theo dõi sức khỏe"),
    "follow_up.reported": _("Ghi khai báo sức khỏe qua điện thoại"),
    "follow_up.seen": _("Xem khai báo sức khỏe"),
    "follow_up.sampled": _("Ghi lấy mẫu của người theo dõi"),
    "follow_up.result": _("Ghi kết quả của người theo dõi"),
    "follow_up.test_added": _("Thêm ngày xét nghiệm"),
    "follow_up.became_case": _("Người tiếp xúc thành ca bệnh"),
    "follow_up.escalated": _("Báo lên vì lỡ khai báo"),
    "follow_up.settled": _("Xử lý người lỡ khai báo"),
    "follow_up.purged": _("Xóa dữ liệu theo dõi hết hạn lưu"),
    "order.drafted": _("Soạn quyết định cách ly"),
    "order.signed": _("Ký quyết định cách ly"),
    "order.returned": _("Trả lại quyết định cách ly"),
    "order.delivered": _("Giao quyết định cách ly"),
    "order.revoked": _("Thu hồi quyết định cách ly"),
    "order.holder_seen": _("Xem người trong quyết định cách ly"),
    "order.appealed": _("Ghi khiếu nại quyết định cách ly"),
    "order.appeal_answered": _("Trả lời khiếu nại quyết định cách ly"),
    "orders.alert": _("Cảnh báo nhiều quyết định cách ly"),
    "orders.alert_seen": _("Xem xét cảnh báo quyết định cách ly"),
    "case.timeline_seen": _("Xem ai ở đâu, khi nào của một ca bệnh"),
    "outbreak.seen": _("Xem toàn cảnh ổ dịch"),
    "cases.list_checked": _("Kiểm tra danh sách ca bệnh"),
    "cases.imported": _("Nhập danh sách ca bệnh"),
    "cases.import_withdrawn": _("Rút lại danh sách ca bệnh đã nhập"),
    "interview.stay_told": _("Ghi nơi ca bệnh kể đã đến"),
    "interview.stay_removed": _("Xóa nơi ca bệnh kể đã đến"),
    "interview.person_named": _("Ghi người ca bệnh kể đã gặp"),
    "interview.person_removed": _("Xóa người ca bệnh kể đã gặp"),
    "contact.called": _("Gọi điện cho người tiếp xúc"),
    "contact.tested": _("Ghi xét nghiệm của người tiếp xúc"),
    "contact.became_case": _("Chuyển người tiếp xúc thành ca bệnh"),
    "contacts.assigned": _("Giao người tiếp xúc cho đội"),
    "contacts.graded": _("Phân loại người tiếp xúc"),
    "notice.drafted": _("Soạn thảo thông báo địa điểm"),
    "notice.changed": _("Sửa thông báo địa điểm"),
    "notice.correction_drafted": _("Soạn đính chính thông báo địa điểm"),
    "notice.discarded": _("Bỏ bản soạn thông báo địa điểm"),
    "notice.submitted": _("Gửi phê duyệt thông báo địa điểm"),
    "notice.approved": _("Phê duyệt thông báo địa điểm"),
    "notice.returned": _("Trả lại thông báo địa điểm"),
    "notice.withdrawn": _("Thu hồi thông báo địa điểm"),
    "notice.expired": _("Thông báo địa điểm hết hạn"),
    "zone.exported": _("Xuất danh sách địa điểm trong vùng"),
    "zone.people_listed": _("Lập danh sách người có mặt trong vùng"),
    "figures.published": _("Công bố số liệu theo xã"),
    "venue_list.handed_in": _("Gửi danh sách địa điểm"),
    "venue_list.kept": _("Đăng ký địa điểm từ danh sách"),
    "venue_list.copied": _("Tải bản ghi chú của danh sách địa điểm"),
    "venue_list.undone": _("Hoàn tác việc nhập danh sách địa điểm"),
    "people.imported": _("Nhập người từ hệ thống khác"),
    "visits.imported": _("Nhập lượt vào ra từ hệ thống khác"),
    "venue.registered": _("Đăng ký địa điểm"),
    "venue.changed": _("Sửa địa điểm"),
    "venue.approved": _("Duyệt địa điểm"),
    "venue.sent_back": _("Yêu cầu bổ sung"),
    "venue.send_back_undone": _("Rút lại yêu cầu bổ sung"),
    "venue.closed": _("Đóng địa điểm"),
    "venue.reopened": _("Mở lại địa điểm"),
    "gate_scans.released": _("Ghi nhận lượt quét chờ xét của cổng"),
    "gate_scans.discarded": _("Hủy lượt quét chờ xét của cổng"),
    "poster.reissued": _("Cấp lại bảng mã"),
    "card.issued": _("Cấp thẻ kiểm soát"),
    "card.printed": _("In thẻ kiểm soát"),
    "card.opened": _("Mở thông tin người giữ thẻ"),
    "card.revoked": _("Thu hồi thẻ kiểm soát"),
    "card.revocation_undone": _("Hoàn tác thu hồi thẻ kiểm soát"),
    "mode_order.made": _("Ban hành quy định về cách quét"),
    "mode_order.withdrawn": _("Thu hồi quy định về cách quét"),
    "screening.asked": _("Yêu cầu rà soát dấu hiệu"),
    "sign.dismissed": _("Bỏ qua dấu hiệu"),
    "sign.dismissal_withdrawn": _("Thôi bỏ qua dấu hiệu"),
    "sign.outgrown": _("Dấu hiệu nặng hơn lúc bỏ qua"),
    "signs.exported": _("Xuất danh sách dấu hiệu"),
    "report.answered": _("Trả lời phản ánh"),
    "report.accepted": _("Tiếp nhận phản ánh"),
    "report.passed": _("Chuyển phản ánh cho đơn vị khác"),
    "report.merged": _("Gộp phản ánh trùng"),
    "report.named": _("Gắn phản ánh với địa điểm"),
    "report.noted": _("Ghi chú phản ánh"),
    "report.joined": _("Nhận phản ánh trùng được gộp vào"),
    "report.explained": _("Người đứng đầu giải trình về phản ánh"),
    "report.published": _("Công khai ảnh của phản ánh"),
    "report.withdrawn": _("Rút ảnh của phản ánh"),
    "report.reminded": _("Nhắc trả lời phản ánh"),
    "report.escalated": _("Báo cấp trên phản ánh quá hạn"),
    "report.recounted": _("Tính lại hạn trả lời phản ánh"),
    "report.photo_seen": _("Xem ảnh gốc của phản ánh"),
    "report.photo_blurred": _("Sửa vùng làm mờ ảnh phản ánh"),
    "reports.exported": _("Xuất danh sách phản ánh"),
    "reports.purged": _("Xóa dữ liệu phản ánh hết hạn lưu"),
    "referral.handed": _("Chuyển xử lý địa điểm"),
    "referral.accepted": _("Tiếp nhận phiếu chuyển"),
    "referral.passed": _("Giao phiếu chuyển cho đơn vị trực thuộc"),
    "referral.moved": _("Chuyển phiếu sang đơn vị khác"),
    "referral.answered": _("Trả lời phiếu chuyển"),
    "referral.returned": _("Trả lại phiếu chuyển"),
    "referral.closed": _("Kết thúc phiếu chuyển"),
    "referral.noted": _("Ghi chú vào phiếu chuyển"),
    "referral.reminded": _("Nhắc phiếu chuyển"),
    "referral.escalated": _("Báo phiếu chuyển lên cấp trên"),
    "referral.recounted": _("Tính lại hạn phiếu chuyển"),
    "referral.letter": _("Lập công văn đôn đốc"),
    "referrals.exported": _("Xuất danh sách phiếu chuyển"),
    "venue.referral_handed": _("Chuyển địa điểm cho đơn vị xử lý"),
    "venue.referral_closed": _("Kết thúc việc chuyển xử lý địa điểm"),
    **HELP_ACTIONS,
    "exchange.paused": _("Tạm dừng đồng bộ quốc gia"),
    "exchange.resumed": _("Tiếp tục đồng bộ quốc gia"),
    "exchange.comparison_asked": _("Yêu cầu đối soát với trung tâm quốc gia"),
    "exchange.reconciled": _("Đối soát với trung tâm quốc gia"),
    "exchange.backfill_asked": _("Gửi bù dữ liệu các ngày đã qua"),
    "exchange.sent_again": _("Gửi lại bản ghi để riêng"),
    **OVERSIGHT_ACTIONS,
    **PROGRAM_ACTIONS,
}


class AuditFilter(forms.Form):
    action = forms.ChoiceField(label=_("Việc"), required=False, choices=[("", _("Tất cả")), *ACTIONS.items()])
    actor = forms.CharField(label=_("Tên đăng nhập"), required=False, max_length=150)
    day = forms.DateField(label=_("Ngày"), required=False, widget=DateInput)


@officer_required(Role.OPERATOR, Role.LEADER)
def audit_page(request: OfficerRequest) -> HttpResponse:
    """The newest lines first: those of the system, and of officers appointed within the reader's area."""
    chosen = AuditFilter(request.GET)
    page = Paginator(_chosen(_entries_for(request.user), chosen), LINES_A_PAGE).get_page(request.GET.get("page"))
    lines = [(entry, ACTIONS.get(entry.action, entry.action)) for entry in page]
    return render(request, "desk/audit.html", {"filter": chosen, "page": page, "lines": lines})


def _entries_for(officer: Officer) -> QuerySet[AuditEntry]:
    area = in_area(officer.units_as(Role.OPERATOR, Role.LEADER), "appointments__unit")
    actors = Officer.objects.filter(area)
    entries = AuditEntry.objects.filter(actor__in=actors) | AuditEntry.objects.filter(actor=None)
    return entries.select_related("actor", "in_place_of").order_by("-id")


def _chosen(entries: QuerySet[AuditEntry], chosen: AuditFilter) -> QuerySet[AuditEntry]:
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    if wanted.get("action"):
        entries = entries.filter(action=wanted["action"])
    if wanted.get("actor"):
        entries = entries.filter(actor__username=wanted["actor"])
    if wanted.get("day"):
        entries = entries.filter(at__date=wanted["day"])
    return entries
