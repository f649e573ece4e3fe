"""What people and officers fill in about personal data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.people.restrictions.models import Scope
from dauchan.privacy.rights.asking import Wish
from dauchan.privacy.rights.effects import CORRECTABLE
from dauchan.privacy.rights.request_models import PersonRequest, Proof, Refusal, Right, State
from dauchan.vietnamese import clean_text
from dauchan.web.layout.fields import LineField, phone_typed
from dauchan.web.layout.widgets import CodeInput
from dauchan.web.referrals.forms import WordsField

if TYPE_CHECKING:
    from django.db.models import QuerySet

LARGEST_REVISION = 2**31 - 1
_YEAR = re.compile(r"(18|19|20)\d\d", re.ASCII)
_IDENTITY_NUMBER = re.compile(r"\d{12}", re.ASCII)


class WishForm(forms.Form):
    """What is asked for; the fields are those of the right."""

    full_name = LineField(label=_("Họ và tên đúng"), max_length=80, required=False)
    birth_year = forms.CharField(label=_("Năm sinh đúng"), max_length=4, required=False)
    address = LineField(label=_("Địa chỉ đúng"), max_length=200, required=False)
    scope = forms.ChoiceField(
        label=_("Không được dùng dữ liệu để làm gì?"), choices=Scope.choices, widget=forms.RadioSelect
    )
    words = WordsField(
        label=_("Nói thêm"), required=False, rows=3, help_text=_("Không bắt buộc. Chỉ cán bộ bảo vệ dữ liệu đọc được.")
    )

    def __init__(self, *args: Any, right: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.right = right
        if right != Right.CORRECT:
            for name in CORRECTABLE:
                del self.fields[name]
        if right == Right.OBJECT:
            self.fields["scope"].choices = [one for one in Scope.choices if one[0] != Scope.ALL]  # type: ignore[attr-defined]
        elif right != Right.RESTRICT:
            del self.fields["scope"]

    def clean_birth_year(self) -> str:
        typed: str = self.cleaned_data["birth_year"].strip()
        if typed and not _YEAR.fullmatch(typed):
            raise forms.ValidationError(_("Năm sinh gồm 4 chữ số."))
        return typed

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.right == Right.CORRECT and not self.errors and not self._wants():
            self.add_error(None, _("Hãy điền ít nhất một mục cần sửa."))
        return cleaned

    def wish(self) -> Wish:
        return Wish(self.right, self._wants(), self.cleaned_data.get("words", ""))

    def _wants(self) -> dict[str, str]:
        names = (*CORRECTABLE, "scope")
        return {name: text for name in names if (text := self.cleaned_data.get(name, ""))}


class ShownForm(forms.Form):
    """What somebody at the counter showed, and what they ask for."""

    right = forms.ChoiceField(label=_("Yêu cầu"), choices=Right.choices, widget=forms.RadioSelect)
    proof = forms.ChoiceField(
        label=_("Xác minh bằng"),
        choices=[one for one in Proof.choices if one[0] != Proof.SIGNED_IN],
        widget=forms.RadioSelect,
    )
    shown = forms.CharField(
        label=_("Số điện thoại, số giấy tờ hoặc số thẻ"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Không lưu lại; chỉ dùng để tìm dữ liệu của người đang đứng trước quầy."),
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        proof, shown = self.cleaned_data.get("proof"), clean_text(self.cleaned_data.get("shown", "")).strip()
        if proof == Proof.PHONE_CODE and shown:
            try:
                self.cleaned_data["shown"] = phone_typed(shown)
            except forms.ValidationError as fault:
                self.add_error("shown", fault)
        elif proof == Proof.DOCUMENT and shown:
            number = shown.replace(" ", "")
            if _IDENTITY_NUMBER.fullmatch(number):
                self.cleaned_data["shown"] = number
            else:
                self.add_error("shown", _("Số căn cước gồm 12 chữ số."))
        return cleaned


class CounterWishForm(WishForm):
    """The same at a counter, with the officer's word that they compared the papers, and the code read out."""

    code = forms.CharField(label=_("Mã vừa gửi đến điện thoại"), max_length=10, widget=CodeInput(digits=6))
    compared = forms.BooleanField(label=_("Tôi đã đối chiếu giấy tờ tùy thân có ảnh với người yêu cầu"))

    def __init__(self, *args: Any, right: str, with_code: bool, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, right=right, **kwargs)
        if not with_code:
            del self.fields["code"]


#: The tabs of the list, by their name in the address.
TABS = {
    "running": (State.RECEIVED, State.ACCEPTED),
    "held": (State.HELD,),
    "ended": (State.GRANTED, State.REFUSED, State.CALLED_OFF),
    "all": tuple(State),
}


class RequestFilter(forms.Form):
    """What narrows the list. A value that makes no sense narrows nothing."""

    q = forms.CharField(label=_("Tìm mã theo dõi"), required=False, max_length=20, widget=forms.SearchInput)
    right = forms.ChoiceField(label=_("Yêu cầu"), required=False, choices=[("", _("Tất cả")), *Right.choices])

    def narrowed(self, requests: QuerySet[PersonRequest]) -> QuerySet[PersonRequest]:
        self.is_valid()
        if code := self.cleaned_data.get("q", "").strip():
            requests = requests.filter(code__istartswith=code)
        if right := self.cleaned_data.get("right"):
            requests = requests.filter(right=right)
        return requests

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in ("q", "right"))


class StepForm(forms.Form):
    """Every step says which state of the request its writer had in view."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_REVISION)

    def __init__(self, *args: Any, revision: int, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        kwargs["initial"] = {**kwargs.get("initial", {}), "revision": revision}
        kwargs.setdefault("auto_id", f"id_{type(self).__name__}_%s")
        super().__init__(*args, **kwargs)


class ExtendForm(StepForm):
    words = WordsField(label=_("Lý do gia hạn"), min_length=10, rows=3, help_text=_("Người yêu cầu đọc được."))


class GrantForm(StepForm):
    words = WordsField(label=_("Lời nhắn cho người yêu cầu"), required=False, rows=3)


class RefuseForm(StepForm):
    refusal = forms.ChoiceField(label=_("Lý do theo luật"), choices=Refusal.choices, widget=forms.RadioSelect)
    words = WordsField(
        label=_("Giải thích cho người yêu cầu"),
        min_length=10,
        rows=4,
        help_text=_("Nói rõ điều gì không làm được và vì sao. Không nêu tên người khác."),
    )


class NoteStepForm(StepForm):
    words = WordsField(label=_("Ghi rõ"), min_length=10, rows=3)
