"""What a tracer and an approver fill in about a contact list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.models import Contact, Verdict
from dauchan.venues.models import Venue
from dauchan.vietnamese import clean_text
from dauchan.visits.registry import Assurance
from dauchan.web.layout.ledger_words import assurance_word
from dauchan.web.layout.purposes import PurposeForm
from dauchan.web.layout.widgets import Combobox

if TYPE_CHECKING:
    from django.db.models import QuerySet


class DisclosureForm(PurposeForm):
    """Why names are needed."""

    purposes = [
        ("call", _("Gọi điện xác minh tiếp xúc và hướng dẫn theo dõi sức khỏe")),
        ("quarantine", _("Lập danh sách cách ly theo quyết định của cơ quan có thẩm quyền")),
        ("test", _("Mời lấy mẫu xét nghiệm")),
    ]

    words = forms.CharField(
        label=_("Nói rõ thêm"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bắt buộc khi chọn mục đích khác; ít nhất 10 ký tự."),
    )


class DecisionForm(forms.Form):
    """Yes or no; a no says why."""

    note = forms.CharField(
        label=_("Ý kiến"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Bắt buộc khi từ chối, để người đề nghị biết cần sửa gì."),
    )
    decision = forms.ChoiceField(choices=[("approve", _("Phê duyệt")), ("decline", _("Từ chối"))])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["note"] = clean_text(cleaned.get("note", ""))
        if cleaned.get("decision") == "decline" and not cleaned["note"]:
            self.add_error("note", _("Hãy ghi lý do từ chối."))
        return cleaned


class ContactFilter(forms.Form):
    """What part of the contact list is looked at."""

    field_order = ["generation", "verdict", "work", "grade", "assurance", "doubt", "venue", "sort"]

    generation = forms.TypedChoiceField(
        label=_("Vòng"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Tất cả")), ("1", "F1"), ("2", "F2"), ("3", "F3")],
    )
    verdict = forms.ChoiceField(
        label=_("Kết quả xác minh"), required=False, choices=[("", _("Tất cả")), *Verdict.choices]
    )
    assurance = forms.TypedChoiceField(label=_("Mức xác thực"), required=False, coerce=int, empty_value=None)
    doubt = forms.ChoiceField(
        label=_("Độ chắc chắn"),
        required=False,
        choices=[("", _("Tất cả")), ("firm", _("Có lần không đáng ngờ")), ("doubtful", _("Mọi lần đều đáng ngờ"))],
    )
    work = forms.ChoiceField(
        label=_("Việc của đội"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            ("mine", _("Giao cho tôi")),
            ("due", _("Cần gọi ngay")),
            ("unreached", _("Chưa gặp được")),
            ("reached", _("Đã gặp được")),
            ("visit", _("Cần đến tận nơi")),
            ("unassigned", _("Chưa phân công")),
            ("named", _("Do ca bệnh kể")),
        ],
    )
    grade = forms.ChoiceField(label=_("Mức tiếp xúc"), required=False)
    venue = forms.ModelChoiceField(
        Venue.objects.none(), label=_("Nơi trùng lâu nhất"), required=False, empty_label=_("Tất cả"), widget=Combobox
    )

    sort = forms.ChoiceField(
        label=_("Thứ tự"),
        required=False,
        choices=[("", _("Theo số thứ tự")), ("risk", _("Nguy cơ cao trước"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        levels = [(str(level.value), assurance_word(level)) for level in Assurance]
        self.fields["grade"].choices = [("", _("Tất cả"))]  # type: ignore[attr-defined]  # the list knows its disease
        self.fields["assurance"].choices = [("", _("Tất cả")), *levels]  # type: ignore[attr-defined]  # the stubs know only Field


class SingleVerdictForm(forms.Form):
    verdict = forms.ChoiceField(choices=Verdict.choices)


class ChosenContacts(forms.Form):
    """The ticked contacts, or all that the filter lets through."""

    whom = forms.ChoiceField(choices=[("ticked", ""), ("all", "")])
    contact = forms.ModelMultipleChoiceField(
        Contact.objects.none(),
        to_field_name="number",
        required=False,
        error_messages={
            "invalid_choice": _("Danh sách đã thay đổi. Hãy chọn lại."),
            "invalid_pk_value": _("Danh sách đã thay đổi. Hãy chọn lại."),
        },
    )

    def __init__(self, *args: Any, contacts: QuerySet[Contact], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = contacts  # type: ignore[attr-defined]  # the stubs know only Field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("whom") == "ticked" and "contact" in cleaned and not cleaned["contact"]:
            self.add_error("contact", _("Hãy chọn ít nhất một người trong danh sách."))
        return cleaned

    def numbers(self) -> list[int]:
        chosen = self.fields["contact"].queryset if self.cleaned_data["whom"] == "all" else self.cleaned_data["contact"]  # type: ignore[attr-defined]
        return list(chosen.values_list("number", flat=True))


class VerdictForm(ChosenContacts):
    """A verdict on them."""

    verdict = forms.ChoiceField(
        label=_("Kết quả xác minh"),
        choices=[("", _("— Chọn kết quả —")), *Verdict.choices],
        error_messages={"required": _("Hãy chọn kết quả xác minh.")},
    )
