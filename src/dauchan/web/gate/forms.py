"""What is typed at a gate and by its owner."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dauchan.venues.gates import INVITATION_MINUTES
from dauchan.venues.models import GateDevice, Venue
from dauchan.web.layout.concurrent import SeenForm
from dauchan.web.layout.widgets import CodeInput


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    class Meta:
        model = GateDevice
        fields = ["name"]
        help_texts = {"name": _("Ví dụ: Cổng trước, máy bàn bảo vệ.")}


class CapacityForm(SeenForm, forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    class Meta:
        model = Venue
        fields = ["capacity"]
        labels = {"capacity": _("Số người tối đa cùng lúc")}
        help_texts = {
            "capacity": _("Cổng báo khi sắp đạt mức này và báo lại khi đã đủ người. Để trống nếu không giới hạn.")
        }

    def __init__(self, data: Any = None, *, instance: Venue) -> None:  # noqa: ANN401 - as Django takes it
        super().__init__(data, instance=instance)
        self.shows(instance.pk, instance.capacity)


class EnrolmentForm(forms.Form):
    code = forms.CharField(
        label=_("Mã ghi danh thiết bị"),
        max_length=20,
        widget=CodeInput(),
        help_text=_("8 ký tự trên trang của chủ địa điểm, dùng được %(minutes)s phút.")
        % {"minutes": INVITATION_MINUTES},
    )


class QuarantineForm(forms.Form):
    """What becomes of scans that wait, and why: it stands in the audit log."""

    why = forms.CharField(label=_("Lý do"), max_length=300, help_text=_("Ghi vào nhật ký, kèm tên bạn."))
    decision = forms.ChoiceField(choices=[("release", "release"), ("discard", "discard")], widget=forms.HiddenInput)


class ScanForm(forms.Form):
    """One scan as the gate's page sends it; `text` may be somebody's card and is kept nowhere."""

    scan_id = forms.UUIDField()
    direction = forms.ChoiceField(choices=[("in", "in"), ("out", "out")])
    text = forms.CharField(max_length=4096, strip=False, required=False)


class UndoForm(forms.Form):
    """Taking back `scan_id`, whose undoing is a row with an identifier of its own."""

    scan_id = forms.UUIDField()
    undo_id = forms.UUIDField()
    direction = forms.ChoiceField(choices=[("in", "in"), ("out", "out")])
