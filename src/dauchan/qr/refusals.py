"""Why a code is refused: a closed list, each reason with its sentence in Vietnamese and English."""

from enum import StrEnum


class CodeRefusal(StrEnum):
    """The reasons. The sentences say what is wrong and what to do next, for the person who holds the phone or scanner."""

    # Codes and tokens that this system issues.
    NOT_OURS = "not_ours"
    MALFORMED = "malformed"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_KEY = "unknown_key"
    WRONG_KIND = "wrong_kind"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    MISTYPED = "mistyped"
    # Codes of others that people carry to a gate.
    EMPTY = "empty"
    UNKNOWN_CARD = "unknown_card"
    BROKEN_CARD = "broken_card"
    IMPOSSIBLE_DATE = "impossible_date"
    BROKEN_LETTERS = "broken_letters"
    MASKED = "masked"
    VNEID = "vneid"
    EU_CERTIFICATE = "eu_certificate"

    @property
    def sentence_vi(self) -> str:
        return _SENTENCES[self][0]

    @property
    def sentence_en(self) -> str:
        return _SENTENCES[self][1]


class CodeRefused(ValueError):
    """The code was read but is not accepted; `reason` says why.

    The refused text itself is not kept: it may hold personal data and errors end up in logs.
    """

    def __init__(self, reason: CodeRefusal) -> None:
        super().__init__(reason.sentence_en)
        self.reason = reason


_SENTENCES: dict[CodeRefusal, tuple[str, str]] = {
    CodeRefusal.NOT_OURS: (
        "Mã này dẫn đến một trang khác, không phải hệ thống này. Đừng mở; hãy báo cho chủ địa điểm hoặc gọi tổng đài.",
        "This code leads to another site, not to this system. Do not open it; tell the venue or call the hotline.",
    ),
    CodeRefusal.MALFORMED: (
        "Đây không phải mã của hệ thống này, hoặc mã bị thiếu ký tự. Hãy quét lại.",
        "This is not a code of this system, or characters are missing. Please scan again.",
    ),
    CodeRefusal.BAD_SIGNATURE: (
        "Mã này không do hệ thống cấp hoặc đã bị sửa. Hãy báo cho chủ địa điểm hoặc gọi tổng đài.",
        "This code was not issued by this system or has been altered. Tell the venue or call the hotline.",
    ),
    CodeRefusal.UNKNOWN_KEY: (
        "Mã này được cấp bằng khóa không còn dùng. Cần in lại mã mới.",
        "This code was issued with a key that is no longer in use. A new code must be issued.",
    ),
    CodeRefusal.WRONG_KIND: (
        "Đây là mã loại khác của hệ thống, không dùng được ở bước này.",
        "This is another kind of code of this system; it cannot be used here.",
    ),
    CodeRefusal.EXPIRED: (
        "Mã đã hết hạn. Hãy mở lại để lấy mã mới; ảnh chụp màn hình không dùng được.",
        "The code has expired. Open it again to get a new one; a screenshot does not work.",
    ),
    CodeRefusal.NOT_YET: (
        "Mã chưa đến giờ có hiệu lực. Hãy kiểm tra đồng hồ của máy quét.",
        "The code is not valid yet. Please check the clock of the scanning device.",
    ),
    CodeRefusal.MISTYPED: (
        "Mã chữ chưa đúng. Mã gồm 8 ký tự in dưới mã QR, dạng XXXX-XXXX; hãy xem lại từng ký tự.",
        "The typed code is not right. It has 8 characters, printed below the QR code as XXXX-XXXX; check each one.",
    ),
    CodeRefusal.EMPTY: (
        "Mã không có nội dung. Hãy quét lại hoặc nhập thông tin bằng tay.",
        "The code is empty. Scan again, or enter the details by hand.",
    ),
    CodeRefusal.UNKNOWN_CARD: (
        "Mã này không phải mã cá nhân, căn cước hay thẻ bảo hiểm y tế. Hãy nhập thông tin bằng tay.",
        "This is not a personal code, an identity card or a health insurance card. Please enter the details by hand.",
    ),
    CodeRefusal.BROKEN_CARD: (
        "Mã trên thẻ thiếu thông tin hoặc sai dạng. Hãy nhập thông tin bằng tay.",
        "The code on the card is incomplete or badly formed. Please enter the details by hand.",
    ),
    CodeRefusal.IMPOSSIBLE_DATE: (
        "Ngày tháng trong mã không có thật. Hãy nhập thông tin bằng tay.",
        "The code holds a date that does not exist. Please enter the details by hand.",
    ),
    CodeRefusal.BROKEN_LETTERS: (
        "Máy quét đọc sai chữ trong mã. Hãy quét lại hoặc nhập thông tin bằng tay.",
        "The scanner garbled the letters in the code. Scan again or enter the details by hand.",
    ),
    CodeRefusal.MASKED: (
        "Mã đang che số giấy tờ. Hãy bật hiển thị đầy đủ rồi quét lại, hoặc nhập thông tin bằng tay.",
        "The code hides the document's number. Switch to the full display and scan again, or enter the details by hand.",
    ),
    CodeRefusal.VNEID: (
        "Mã VNeID chỉ cơ quan cấp mới xác minh được. Hãy quét thẻ căn cước hoặc nhập thông tin bằng tay.",
        "Only its issuer can verify a VNeID code. Scan the identity card instead, or enter the details by hand.",
    ),
    CodeRefusal.EU_CERTIFICATE: (
        "Đây là chứng nhận COVID của châu Âu; hệ thống không đọc loại này. Hãy nhập thông tin bằng tay.",
        "This is a European COVID certificate; this system does not read it. Please enter the details by hand.",
    ),
}
