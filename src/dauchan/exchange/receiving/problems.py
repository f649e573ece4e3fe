"""Why a request was refused: a closed list, answered as problem+json (RFC 9457).

Refused
├── what a sender mends and sends again      429, 503: later; 401: with a new token
└── what comes to nothing as it is           400, 403, 404, 409, 413, 422
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from starlette.responses import JSONResponse


class Code(StrEnum):
    UNAUTHORIZED = "unauthorized"
    CLIENT_REFUSED = "client_refused"
    CERTIFICATE_REFUSED = "certificate_refused"
    NOT_FOUND = "not_found"
    NOT_ALLOWED = "method_not_allowed"
    MALFORMED = "malformed"
    SIGNATURE_REFUSED = "signature_refused"
    NOT_AS_MANIFEST = "not_as_manifest"
    SCHEMA_UNKNOWN = "schema_unknown"
    OTHER_BATCH = "other_batch_under_this_number"
    CHAIN_BROKEN = "chain_broken"
    TOO_LARGE = "too_large"
    TOO_FAR_AHEAD = "too_far_ahead"
    BUSY = "busy"
    DATABASE_DOWN = "database_down"


#: Status, and what a person reads in English and in Vietnamese.
SAID: dict[Code, tuple[int, str, str]] = {
    Code.UNAUTHORIZED: (401, "The access token is missing, unknown or expired", "Thiếu mã truy cập hoặc mã đã hết hạn"),
    Code.CLIENT_REFUSED: (401, "Unknown client or wrong secret", "Sai tên hoặc mật khẩu của hệ thống gửi"),
    Code.CERTIFICATE_REFUSED: (
        403,
        "This client must show its own certificate",
        "Chứng thư của hệ thống gửi không đúng",
    ),
    Code.NOT_FOUND: (404, "There is nothing here", "Không có gì ở địa chỉ này"),
    Code.NOT_ALLOWED: (405, "Not with this method", "Không dùng được phương thức này"),
    Code.MALFORMED: (400, "The request cannot be read", "Không đọc được yêu cầu"),
    Code.SIGNATURE_REFUSED: (403, "The manifest's signature does not fit", "Chữ ký của lô không khớp"),
    Code.NOT_AS_MANIFEST: (422, "The payload is not what its manifest says", "Nội dung lô khác với bản kê"),
    Code.SCHEMA_UNKNOWN: (422, "This version of the fields is not taken", "Không nhận phiên bản cấu trúc này"),
    Code.OTHER_BATCH: (409, "Another batch has this number already", "Số này đã có một lô khác"),
    Code.CHAIN_BROKEN: (409, "The batch does not follow the one before it", "Lô không nối tiếp lô trước"),
    Code.TOO_LARGE: (413, "More rows or bytes than one batch may have", "Lô quá lớn"),
    Code.TOO_FAR_AHEAD: (429, "Send the missing batches first", "Hãy gửi các lô còn thiếu trước"),
    Code.BUSY: (429, "As many batches as fit are being taken in", "Đang nhận đủ số lô cùng lúc"),
    Code.DATABASE_DOWN: (503, "The database does not answer", "Cơ sở dữ liệu không trả lời"),
}
RETRY_SECONDS = 1


class Refused(Exception):
    """Carries its code; `detail` is for the sender's log."""

    def __init__(self, code: Code, detail: str = "", **more: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        super().__init__(f"{code}: {detail}")
        self.code, self.detail, self.more = code, detail, more


def answer(refused: Refused) -> JSONResponse:
    status, english, vietnamese = SAID[refused.code]
    said = {"type": "about:blank", "title": english, "title_vi": vietnamese, "status": status, "code": refused.code}
    headers = {"Retry-After": str(RETRY_SECONDS)} if status in {429, 503} else {}
    if refused.code in {Code.UNAUTHORIZED, Code.CLIENT_REFUSED}:
        headers["WWW-Authenticate"] = 'Bearer realm="exchange"' if refused.code is Code.UNAUTHORIZED else "Basic"
    body = said | ({"detail": refused.detail} if refused.detail else {}) | refused.more
    return JSONResponse(body, status, headers, "application/problem+json")
