"""What a tracer decides about a case: how far to trace it, and that it was none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.actions import policy_for

if TYPE_CHECKING:
    from dauchan.epi import TracePolicy
    from dauchan.tracing.models import Case

SHORTEST_REASON = 10


class TraceForm(forms.Form):
    """How far to trace. The rule's own figures are not for choosing here."""

    generations = forms.TypedChoiceField(
        label=_("Số vòng truy vết"),
        coerce=int,
        choices=[(1, _("F1")), (2, _("F1 và F2")), (3, _("F1, F2 và F3"))],
        initial=2,
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    crowd_limit = forms.IntegerField(
        label=_("Giới hạn nơi đông người, từ vòng F2"),
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        help_text=_(
            "Từ vòng F2, nơi có nhiều lượt vào hơn số này trong ngày được nêu thành thông báo công khai, không liệt kê từng "
            "người. Số nhỏ: danh sách ngắn, có thể sót người. Số lớn, hoặc 0 là không giới hạn: không sót, nhưng vòng F2 của "
            "một ca có thể gồm gần như cả tỉnh. Vòng F1 luôn được liệt kê đủ."
        ),
    )

    def policy(self, case: Case) -> TracePolicy:
        return policy_for(case, **self.cleaned_data)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do rút lại"),
        min_length=SHORTEST_REASON,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ít nhất 10 ký tự; lý do được ghi vào nhật ký."),
    )
