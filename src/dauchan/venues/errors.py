"""Why an act on a venue was refused; `message` is for the person who asked.

VenueRefused
├── NotThisState    the venue is not in a state in which this can be done
└── ChangedMeanwhile  somebody else saved it since the form was opened
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class VenueRefused(Exception):
    message = _("Không thực hiện được.")


class NotThisState(VenueRefused):
    message = _(
        "Trạng thái hiện tại của địa điểm không cho phép thực hiện việc này. Hãy tải lại trang để xem trạng thái mới."
    )


class ChangedMeanwhile(VenueRefused):
    message = _("Có người khác vừa sửa địa điểm này. Nội dung bạn nhập vẫn còn ở dưới; hãy so lại rồi lưu lần nữa.")
