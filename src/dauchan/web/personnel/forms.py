"""What is chosen and written on the screens of accounts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.people.invitations.models import AccountState
from dauchan.units.granting import Grant
from dauchan.units.models import Officer, Role, Unit
from dauchan.units.roles import KEEPS_ACCOUNTS
from dauchan.units.substitution import LONGEST, possible_substitutes
from dauchan.vietnamese import fold
from dauchan.web.layout.fields import LineField, phone_typed
from dauchan.web.layout.widgets import Combobox, DateInput, PhoneInput
from dauchan.web.officer.account_forms import NewPasswordForm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.people.invitations.queries import Account
    from dauchan.units.models import Appointment

ONE_DAY = dt.timedelta(days=1)


class AccountFilter(forms.Form):
    """A value that makes no sense narrows nothing."""

    q = forms.CharField(label=_("Tìm họ tên, tên đăng nhập"), required=False, max_length=100, widget=forms.SearchInput)
    role = forms.ChoiceField(label=_("Vai trò"), required=False, choices=[("", _("Tất cả")), *Role.choices])
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[("", _("Tất cả")), *AccountState.choices])

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "role", "state"))

    def narrowed(self, accounts: QuerySet[Account]) -> QuerySet[Account]:
        wanted = self.cleaned_data if self.is_valid() else {}
        for word in fold(wanted.get("q", "")).split():
            accounts = accounts.filter(search_key__contains=word)
        if role := wanted.get("role"):
            today = timezone.localdate()
            holders = Officer.objects.filter(appointments__role=role, appointments__since__lte=today)
            running = holders.filter(appointments__until=None) | holders.filter(appointments__until__gt=today)
            accounts = accounts.filter(pk__in=running)
        if state := wanted.get("state"):
            accounts = accounts.filter(state=state)
        return accounts


class GrantForm(forms.Form):
    """A role, where, from when to when."""

    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=Role.choices,
        help_text=_("Vai trò vượt quá quyền của bạn chờ một người có vai trò đó xác nhận rồi mới có hiệu lực."),
    )
    unit = forms.ModelChoiceField(
        label=_("Đơn vị"),
        queryset=Unit.objects.none(),
        empty_label=None,
        widget=Combobox(),
        help_text=_("Vai trò có hiệu lực trong đơn vị này và mọi đơn vị trực thuộc."),
    )
    since = forms.DateField(label=_("Từ ngày"), widget=DateInput)
    last_on = forms.DateField(
        label=_("Đến hết ngày"), required=False, widget=DateInput, help_text=_("Để trống: không thời hạn.")
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        today = timezone.localdate()
        super().__init__(*args, **{"initial": {"since": today, "role": Role.OFFICER}, **kwargs})
        within = Q(pk__in=[])
        for own in officer.units_as(*KEEPS_ACCOUNTS):
            within |= Q(pk=own.pk) | Q(path__startswith=f"{own.path}.")
        units = Unit.objects.valid_on(today).filter(within).order_by("level", "sort_key")
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units
        self.fields["since"].widget.attrs["min"] = today.isoformat()

    def clean_since(self) -> dt.date:
        since: dt.date = self.cleaned_data["since"]
        if since < timezone.localdate():
            raise forms.ValidationError(_("Ngày bắt đầu không được ở trong quá khứ."))
        return since

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        check_period(self)
        return cleaned

    def grant(self) -> Grant:
        said = self.cleaned_data
        return Grant(said["role"], said["unit"], said["since"], said["last_on"] and said["last_on"] + ONE_DAY)


class InviteForm(GrantForm):
    """Whom, and as what."""

    field_order = ["full_name", "phone", "role", "unit", "since", "last_on"]

    full_name = LineField(label=_("Họ và tên"), min_length=2, max_length=100)
    phone = forms.CharField(
        label=_("Số điện thoại di động"),
        max_length=30,
        widget=PhoneInput,
        help_text=_(
            "Liên kết nhận tài khoản được gửi tới số này, dùng một lần, trong ba ngày. Số được mã hóa khi lưu."
        ),
    )

    def clean_phone(self) -> str:
        return phone_typed(self.cleaned_data["phone"])


class SubstituteForm(forms.Form):
    """Who stands in, from when to when."""

    substitute = forms.ModelChoiceField(
        label=_("Người thay"), queryset=Officer.objects.none(), empty_label=None, widget=Combobox()
    )
    since = forms.DateField(label=_("Từ ngày"), widget=DateInput)
    last_on = forms.DateField(label=_("Đến hết ngày"), widget=DateInput, help_text=_("Lâu nhất ba tháng."))

    def __init__(self, *args: Any, absent: Appointment, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **{"initial": {"since": timezone.localdate()}, **kwargs})
        cast("forms.ModelChoiceField[Officer]", self.fields["substitute"]).queryset = possible_substitutes(absent)
        for name in ("since", "last_on"):
            self.fields[name].widget.attrs["min"] = timezone.localdate().isoformat()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        check_period(self)
        since, last_on = self.cleaned_data.get("since"), self.cleaned_data.get("last_on")
        if since and last_on and last_on - since >= LONGEST:
            self.add_error("last_on", _("Lâu nhất ba tháng."))
        return cleaned

    def until(self) -> dt.date:
        until: dt.date = self.cleaned_data["last_on"] + ONE_DAY
        return until


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic for the type checker only
    """The password with which an invited account opens."""

    error_messages = {"password_mismatch": _("Hai lần nhập mật khẩu mới không giống nhau.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.label, again.label = _("Mật khẩu mới"), _("Mật khẩu mới, nhập lại lần nữa")
        first.help_text, again.help_text = NewPasswordForm.helps["password1"], ""


def check_period(form: forms.Form) -> None:
    """Marks a period that ends before it begins, or beyond every calendar."""
    since, last_on = form.cleaned_data.get("since"), form.cleaned_data.get("last_on")
    if since and last_on and last_on < since:
        form.add_error("last_on", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
    if last_on == dt.date.max:
        form.add_error("last_on", _("Ngày này quá xa."))
