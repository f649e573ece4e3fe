"""What was lost, where a new link goes, and how somebody made sure who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.people.invitations.models import Identified
from dauchan.people.invitations.queries import known_invitation
from dauchan.web.layout.fields import phone_typed
from dauchan.web.layout.widgets import PhoneInput

if TYPE_CHECKING:
    from dauchan.units.models import Officer

PASSWORD, LOST = "password", "lost"


class LinkForm(forms.Form):
    """What was lost, and where a new link goes; of an account that was never opened only where it goes."""

    what = forms.ChoiceField(
        label=_("Người này"),
        choices=[
            (PASSWORD, _("Quên mật khẩu: liên kết gửi tới số đã biết, lớp xác thực thứ hai giữ nguyên")),
            (LOST, _("Mất điện thoại hay khóa bảo mật, hoặc đổi số: cần người thứ hai đồng ý")),
        ],
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(
        label=_("Số điện thoại mới"),
        max_length=30,
        required=False,
        widget=PhoneInput,
        help_text=_("Để trống nếu vẫn dùng số cũ. Chỉ ghi số mới khi chính người đó cho bạn biết."),
    )

    def __init__(self, *args: Any, account: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.known = known_invitation(account)
        if not account.has_usable_password():
            del self.fields["what"]
        elif self.known is None:
            what = cast("forms.ChoiceField", self.fields["what"])
            what.choices = [one for one in cast("list[tuple[str, str]]", what.choices) if one[0] == LOST]
            what.initial, self.fields["phone"].required = LOST, True

    @property
    def is_lost(self) -> bool:
        return self.cleaned_data.get("what") == LOST

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        return phone_typed(text) if text.strip() else ""


class ConfirmForm(forms.Form):
    """How the second person made sure who asks."""

    identified = forms.ChoiceField(
        label=_("Bạn đã xác minh người này bằng cách nào?"), choices=Identified.choices, widget=forms.RadioSelect
    )
