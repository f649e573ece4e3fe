"""What is entered of a program, its tokens and its webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.exchange.programs.access import CONNECTS
from dauchan.exchange.programs.models import EventKind, Program, Scope
from dauchan.exchange.programs.webhook_models import SCOPE_OF
from dauchan.units.models import Unit
from dauchan.web.layout.fields import LineField
from dauchan.web.layout.widgets import Combobox

if TYPE_CHECKING:
    from dauchan.units.models import Officer

LIMITS = (10, 6000)
SHORTEST_PURPOSE = 10
DAYS = ((30, _("30 ngày")), (90, _("90 ngày")), (180, _("180 ngày")), (365, _("Một năm")))


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    def label_from_instance(self, unit: Unit) -> str:
        return unit.full_name


class ProgramForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    name = LineField(label=_("Tên hệ thống"), max_length=120)
    organisation = LineField(label=_("Cơ quan, tổ chức vận hành"), max_length=160)
    contact = LineField(
        label=_("Đầu mối liên hệ"), max_length=200, help_text=_("Bộ phận, số điện thoại hoặc thư điện tử công vụ.")
    )
    instrument = LineField(
        label=_("Văn bản làm căn cứ"),
        max_length=200,
        help_text=_("Quy chế, thỏa thuận hoặc công văn cho phép kết nối."),
    )
    purpose = LineField(label=_("Mục đích sử dụng dữ liệu"), max_length=300)
    unit = UnitField(
        label=_("Địa bàn"),
        queryset=Unit.objects.none(),
        empty_label=None,
        widget=Combobox(),
        help_text=_("Hệ thống này chỉ thấy địa bàn được chọn và các đơn vị bên trong."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Phạm vi được phép"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chỉ chọn những gì mục đích cần. Ca bệnh và người tiếp xúc phải có người phê duyệt đồng ý."),
    )
    limit_a_minute = forms.IntegerField(
        label=_("Số yêu cầu mỗi phút"), min_value=LIMITS[0], max_value=LIMITS[1], initial=120
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Program
        fields = ("name", "organisation", "contact", "instrument", "purpose", "unit", "scopes", "limit_a_minute")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        within = Q(pk__in=[])
        for unit in officer.units_as(*CONNECTS):
            within |= Q(pk=unit.pk) | Q(path__startswith=f"{unit.path}.")
        # A program of an earlier map keeps its unit until somebody chooses another.
        today = Unit.objects.valid_on(timezone.localdate()) | Unit.objects.filter(pk=self.instance.unit_id)
        field = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        field.queryset = today.filter(within).order_by("path")
        self.initial["revision"] = self.instance.revision

    def clean_purpose(self) -> str:
        purpose = str(self.cleaned_data["purpose"])
        if len(purpose) < SHORTEST_PURPOSE:
            raise forms.ValidationError(_("Hãy ghi rõ mục đích, ít nhất 10 ký tự."))
        return purpose


class TokenForm(forms.Form):
    name = LineField(label=_("Tên mã"), max_length=60, help_text=_("Để nhận ra mã sau này, ví dụ: máy chủ chính."))
    days = forms.TypedChoiceField(label=_("Hiệu lực trong"), choices=DAYS, coerce=int, initial=180)


class WebhookForm(forms.Form):
    """An address and what it is told; only what the program may read is offered."""

    url = forms.CharField(
        label=_("Địa chỉ nhận"), max_length=500, widget=forms.URLInput({"placeholder": "https://", "inputmode": "url"})
    )
    kinds = forms.MultipleChoiceField(label=_("Báo khi"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        may = [kind for kind, scope in SCOPE_OF.items() if scope in program.scopes]
        self.fields["kinds"].choices = [(kind.value, EventKind(kind).label) for kind in may]  # type: ignore[attr-defined]


class KindsForm(WebhookForm):
    """The same for one that is there: its address stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        del self.fields["url"]
