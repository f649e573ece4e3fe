"""What is said with a step on a sanction: by the second person, by the level above, by the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.sanctions.models import AppealOutcome
from dauchan.web.layout.fields import LineField
from dauchan.web.layout.widgets import DateTimeInput
from dauchan.web.referrals.forms import LARGEST_REVISION, WordsField

if TYPE_CHECKING:
    from dauchan.oversight.sanctions.models import Sanction

SHORTEST = 10


class StepForm(forms.Form):
    """Every step says which state of the sanction (or of its appeal) its writer had in view."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_REVISION)

    def __init__(self, *args: Any, sanction: Sanction, revision: int, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        kwargs["initial"] = {"revision": revision, **kwargs.get("initial", {})}
        kwargs["auto_id"] = f"id_{type(self).__name__}_%s"
        super().__init__(*args, **kwargs)
        self.sanction = sanction


class SignedForm(StepForm):
    """Number and signer of the document."""

    document_number = LineField(label=_("Số và ký hiệu"), max_length=60)
    signing_title = LineField(label=_("Chức vụ người ký"), max_length=80)
    signer = LineField(label=_("Họ tên người ký"), max_length=80)

    def __init__(self, *args: Any, sanction: Sanction, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        names = ("document_number", "signing_title", "signer")
        kwargs["initial"] = {name: getattr(sanction, name) for name in names}
        kwargs["initial"]["signing_title"] = sanction.signing_title or _("Chủ tịch")
        super().__init__(*args, sanction=sanction, **kwargs)


class ApproveForm(SignedForm):
    note = LineField(label=_("Ý kiến"), required=False, max_length=300)


class ReturnForm(StepForm):
    note = LineField(label=_("Lý do không phê duyệt"), min_length=SHORTEST, max_length=300)


class SettleForm(StepForm):
    words = WordsField(label=_("Đã thấy khắc phục thế nào?"), min_length=SHORTEST, rows=3)


class NoteForm(StepForm):
    words = WordsField(label=_("Nội dung"), min_length=3, rows=3)


class EffectForm(StepForm):
    is_suspensive = forms.TypedChoiceField(
        label=_("Trong lúc giải quyết khiếu nại"),
        choices=[("no", _("Quyết định vẫn được thi hành")), ("yes", _("Tạm ngừng thi hành quyết định"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class JudgeForm(StepForm):
    outcome = forms.ChoiceField(label=_("Kết quả"), choices=AppealOutcome.choices, widget=forms.RadioSelect)
    answer = WordsField(
        label=_("Lý do"), most=2000, min_length=SHORTEST, help_text=_("Chủ địa điểm đọc được nội dung này.")
    )
    document_number = LineField(
        label=_("Số và ký hiệu của quyết định giải quyết"),
        required=False,
        max_length=60,
        help_text=_("Bắt buộc khi sửa đổi."),
    )
    until_at = forms.DateTimeField(
        label=_("Thời hạn mới, nếu sửa đổi"),
        required=False,
        widget=DateTimeInput,
        help_text=_("Chỉ được sớm hơn thời hạn cũ."),
    )
    condition = WordsField(label=_("Điều kiện gỡ bỏ mới, nếu sửa đổi"), most=500, rows=2, required=False)
