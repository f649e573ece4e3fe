"""What an officer is told of a poster on a photograph: in a word, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dauchan.qr.photo_grades import GradeReason
from dauchan.qr.photo_sizes import NO_BASIS_EN, NO_BASIS_VI
from dauchan.qr.photos import Authenticity
from dauchan.units.languages import reads_english
from dauchan.venues.models import VenueStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from dauchan.compliance.found_posters import FoundPoster
    from dauchan.qr.photo_grades import Grade
    from dauchan.qr.photos import WallCode

#: A grade in a word, and its tone.
GRADES: dict[str, tuple[StrOrPromise, str]] = {
    "A": (_("Rất rõ"), "good"),
    "B": (_("Rõ"), "good"),
    "C": (_("Tạm được"), "caution"),
    "D": (_("Kém, sắp không quét được"), "serious"),
    "F": (_("Rất kém, may mà còn đọc được"), "critical"),
}
_PRINT_ANEW = {GradeReason.DAMAGED, GradeReason.FAINT}


@dataclass(frozen=True)
class Verdict:
    """`tone` and `icon` of the design system; `todo`: what the officer does next."""

    tone: str
    icon: str
    title: StrOrPromise
    todo: tuple[StrOrPromise, ...] = ()


_OF_OTHERS = {
    Authenticity.FORGED: Verdict(
        "critical",
        "shield-alert",
        _("Mã giả: mang dạng của hệ thống nhưng chữ ký sai"),
        (_("Gỡ bảng, giữ lại làm bằng chứng và báo công an địa phương. Không mở liên kết trong mã."),),
    ),
    Authenticity.LOOK_ALIKE: Verdict(
        "critical",
        "shield-alert",
        _("Mã nhái: dẫn tới trang khác, không phải của hệ thống"),
        (_("Gỡ bảng, giữ lại làm bằng chứng và báo công an địa phương. Không mở liên kết trong mã."),),
    ),
    Authenticity.NOT_OURS: Verdict("neutral", "qr-code", _("Không phải mã của hệ thống")),
    Authenticity.NOT_CHECKED: Verdict("caution", "circle-help", _("Chưa kiểm tra được chữ ký")),
}


def verdict_of(found: FoundPoster) -> Verdict:
    if found.code.authenticity is not Authenticity.GENUINE:
        return _OF_OTHERS[found.code.authenticity]
    if found.venue is None:
        return Verdict(
            "caution",
            "circle-help",
            _("Mã thật, của địa điểm ngoài địa bàn của bạn"),
            (_("Nếu bảng treo trên địa bàn của bạn, hãy gỡ xuống và báo cho Sở phụ trách."),),
        )
    return _of_venue(found)


def _of_venue(found: FoundPoster) -> Verdict:
    todo = [sentence for is_so, sentence in _todo(found) if is_so]
    if found.is_far:
        return Verdict("serious", "map-pin-off", _("Mã thật nhưng treo sai chỗ"), tuple(todo))
    if not found.is_in_use:
        return Verdict("serious", "circle-x", _("Mã thật nhưng địa điểm không còn hoạt động"), tuple(todo))
    if not found.is_current:
        return Verdict("caution", "clock", _("Bảng cũ, đã có bản mới thay"), tuple(todo))
    if found.code.grade.letter in "DF":
        return Verdict("caution", "triangle-alert", _("Mã thật, bản in sắp hỏng"), tuple(todo))
    return Verdict("good", "circle-check", _("Mã thật, bản hiện hành"), tuple(todo))


def _todo(found: FoundPoster) -> list[tuple[bool, StrOrPromise]]:
    """Each thing to do with whether it is called for, the most pressing first."""
    grade = found.code.grade
    suspended = found.venue is not None and found.venue.status == VenueStatus.SUSPENDED
    return [
        (found.is_far, _("Gỡ bảng này; in bảng đúng của nơi đang đứng, hoặc sửa vị trí đăng ký nếu vị trí đó sai.")),
        (suspended, _("Địa điểm đang bị tạm đình chỉ: kiểm tra có mở cửa trái phép không.")),
        (not found.is_in_use, _("Gỡ bảng xuống.")),
        (found.is_in_use and not found.is_current, _("In bảng mới ở dưới và dán thay ngay.")),
        (grade.letter in "CDF" and bool(_PRINT_ANEW & set(grade.reasons)), _("In lại bảng và dán thay.")),
        (
            GradeReason.UNDERSIZED in grade.reasons and found.is_in_use,
            _("Nếu đây là bảng ở cửa: in lại trên giấy A4 (mã 15 cm) và dán thay."),
        ),
        (GradeReason.SMALL in grade.reasons, _("Đo cạnh mã: phải từ 15 cm trở lên.")),
    ]


def reasons_of(grade: Grade) -> list[str]:
    """Why it is no A, in sentences."""
    return [reason.sentence_en if reads_english() else reason.sentence_vi for reason in grade.reasons]


def size_of(code: WallCode) -> list[StrOrPromise]:
    """How large it is printed and what that rests on; else what would tell."""
    size = code.size
    if size is not None:
        low, high = (number_format(value, 1) for value in (size.low_cm, size.high_cm))
        basis = size.basis.sentence_en if reads_english() else size.basis.sentence_vi
        return [gettext("khoảng %(low)s–%(high)s cm mỗi cạnh") % {"low": low, "high": high}, basis]
    told: list[StrOrPromise] = [NO_BASIS_EN if reads_english() else NO_BASIS_VI]
    if code.metres_if_full is not None:
        away = number_format(code.metres_if_full, 1)
        told.append(gettext("Nếu mã đúng 15 cm thì ảnh được chụp cách khoảng %(away)s m.") % {"away": away})
    return told
