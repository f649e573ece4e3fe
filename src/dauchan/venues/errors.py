"""Why an act on a venue was refused; `message` is for the person who asked.

VenueRefused
├── NotThisState      the venue is not in a state in which this can be done
├── ChangedMeanwhile  somebody else saved it since the form was opened
├── ChangedBeforeDecision  the same, while an officer was looking at it
├── TooManyWaiting    one person has more registrations waiting than an honest one would
└── PictureRefused    a file is no picture that can be shown
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class VenueRefused(Exception):
    message: StrOrPromise = _("Không thực hiện được.")


class NotThisState(VenueRefused):
    message = _(
        "Trạng thái hiện tại của địa điểm không cho phép thực hiện việc này. Hãy tải lại trang để xem trạng thái mới."
    )


class ChangedMeanwhile(VenueRefused):
    message = _("Có người khác vừa sửa địa điểm này. Nội dung bạn nhập vẫn còn ở dưới; hãy so lại rồi lưu lần nữa.")


class ChangedBeforeDecision(ChangedMeanwhile):
    message = _("Chủ địa điểm vừa sửa lại đăng ký này. Hãy xem nội dung mới rồi quyết định.")


class TooManyWaiting(VenueRefused):
    message = _("Bạn đang có quá nhiều đăng ký chờ duyệt. Hãy đợi phường, xã duyệt bớt rồi đăng ký tiếp.")


class PictureRefused(VenueRefused):
    def __init__(self, message: StrOrPromise) -> None:
        super().__init__(message)
        self.message = message
