"""Why something of the exchange does not go on. `code` is stored and shown; `message` is for the monitor.

ExchangeRefused
├── AgreementRefused       the agreement's file says something that cannot be
├── NoSuchReceiver         no agreement has this code
├── NotAgreed              the day lies before the agreement or past retention
└── LinkFailed             the receiver could not be reached or did not answer as agreed
    ├── Unreachable        no connection, or it broke
    ├── CertificateBad     a certificate is expired, unknown or another's
    ├── ClientRefused      the receiver does not know us, our secret, or our signature
    ├── Busy               the receiver asks us to wait
    ├── Nonsense           an answer that is none: no JSON, wrong numbers, another batch
    ├── StreamsApart       the receiver's books and ours do not continue each other
    └── NoCommonSchema     it takes none of the versions that we can send
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ExchangeRefused(Exception):
    code = "refused"
    message: StrOrPromise = _("Không thực hiện được.")


class AgreementRefused(ExchangeRefused):
    code = "agreement"
    message = _("Tệp thỏa thuận có chỗ không hợp lệ.")


class NoSuchReceiver(ExchangeRefused):
    code = "no_receiver"
    message = _("Không có thỏa thuận nào mang mã này.")


class NotAgreed(ExchangeRefused):
    code = "not_agreed"
    message = _("Ngày này nằm trước ngày bắt đầu của thỏa thuận, hoặc đã quá thời hạn lưu giữ.")


class LinkFailed(ExchangeRefused):
    code = "failed"
    message = _("Chưa gửi được.")
    #: Seconds that the receiver asked us to wait.
    retry_after: float | None = None


class Unreachable(LinkFailed):
    code = "unreachable"
    message = _("Không kết nối được với bên nhận, hoặc kết nối bị ngắt.")


class CertificateBad(LinkFailed):
    code = "certificate"
    message = _("Chứng thư hết hạn hoặc không được tin cậy.")


class ClientRefused(LinkFailed):
    code = "client"
    message = _("Bên nhận không chấp nhận tên, mật khẩu hoặc chữ ký của hệ thống này.")


class Busy(LinkFailed):
    code = "busy"
    message = _("Bên nhận đang bận và yêu cầu chờ.")

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Nonsense(LinkFailed):
    code = "nonsense"
    message = _("Bên nhận trả lời không đúng giao thức. Dữ liệu vẫn được giữ và sẽ gửi lại.")


class StreamsApart(LinkFailed):
    code = "apart"
    message = _("Số lô ở hai bên không nối tiếp nhau.")


class NoCommonSchema(LinkFailed):
    code = "schema"
    message = _("Bên nhận không nhận phiên bản cấu trúc nào mà hệ thống này gửi được.")
