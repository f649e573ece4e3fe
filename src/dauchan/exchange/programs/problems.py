"""Why a request of a program is refused: a closed list, answered as problem+json (RFC 9457) in both languages."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    UNAUTHORIZED = "unauthorized"
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 - the name of a reason
    SCOPE_MISSING = "scope_missing"
    NOT_APPROVED = "not_approved"
    PURPOSE_MISSING = "purpose_missing"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    BAD_PARAMETER = "bad_parameter"
    NOT_JSON = "not_json"
    MALFORMED = "malformed"
    WRONG_TYPE = "wrong_type"
    TOO_LARGE = "too_large"
    ID_TAKEN = "id_taken"
    TOO_MANY_WAITING = "too_many_waiting"
    TOO_MANY_REQUESTS = "too_many_requests"

    @property
    def status(self) -> int:
        return SAID[self][0]

    @property
    def vi(self) -> str:
        return SAID[self][1]

    @property
    def en(self) -> str:
        return SAID[self][2]


#: Status, and what a person reads in Vietnamese and in English.
SAID: dict[Code, tuple[int, str, str]] = {
    Code.UNAUTHORIZED: (
        401,
        "Thiếu mã truy cập, hoặc mã không đúng hay đã bị thu hồi.",
        "The access token is missing, unknown or revoked.",
    ),
    Code.TOKEN_EXPIRED: (401, "Mã truy cập đã hết hạn.", "The access token has expired."),
    Code.SCOPE_MISSING: (
        403,
        "Hệ thống này không được phép làm việc này.",
        "This program has not been granted what the request needs.",
    ),
    Code.NOT_APPROVED: (
        403,
        "Quyền này còn chờ người phê duyệt đồng ý.",
        "What this request needs still waits for an approver's consent.",
    ),
    Code.PURPOSE_MISSING: (
        400,
        "Phải nêu mục đích đọc dữ liệu ở tham số purpose, từ 10 đến 300 ký tự.",
        "Say in the parameter `purpose`, in 10 to 300 characters, what the data is read for.",
    ),
    Code.NOT_FOUND: (
        404,
        "Không có gì ở địa chỉ này trong địa bàn được phép.",
        "There is nothing here within the permitted area.",
    ),
    Code.METHOD_NOT_ALLOWED: (405, "Địa chỉ này chỉ nhận phương thức khác.", "This address takes another method."),
    Code.BAD_PARAMETER: (400, "Có tham số không hợp lệ.", "A parameter is unknown or badly formed."),
    Code.NOT_JSON: (400, "Nội dung gửi lên không phải JSON hợp lệ.", "The body is not valid JSON."),
    Code.MALFORMED: (422, "Nội dung gửi lên thiếu hoặc sai dạng.", "A field is missing or badly formed."),
    Code.WRONG_TYPE: (415, "Nội dung phải gửi dạng application/json.", "The body must be application/json."),
    Code.TOO_LARGE: (413, "Nội dung gửi lên quá lớn.", "The body is too large."),
    Code.ID_TAKEN: (
        409,
        "Mã đăng ký này đã dùng cho một địa điểm khác.",
        "This registration_id has been used for a registration with other content.",
    ),
    Code.TOO_MANY_WAITING: (
        409,
        "Đang có quá nhiều đăng ký chờ duyệt. Hãy gửi tiếp khi phường, xã đã duyệt bớt.",
        "Too many registrations wait for approval. Send more when some have been decided.",
    ),
    Code.TOO_MANY_REQUESTS: (
        429,
        "Quá nhiều yêu cầu trong một phút. Hãy chờ theo Retry-After.",
        "Too many requests within a minute. Wait as long as Retry-After says.",
    ),
}


class Refused(Exception):
    """The request is not taken. `detail` says where, in words for a developer; never anything of what was sent."""

    def __init__(self, code: Code, detail: str = "", retry_after: int = 0) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail, self.retry_after = code, detail, retry_after
