"""What an officer writes of a zone, and what an approver answers."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.access import access_cases
from dauchan.tracing.models import Case, CaseStatus, Disease
from dauchan.tracing.zones.access import DRAFTS_ZONES, TRACES
from dauchan.tracing.zones.actions import Draft
from dauchan.tracing.zones.models import Measure, RiskLevel, Shape, VenueEffect, ZoneOrder
from dauchan.units.models import Unit, UnitLevel
from dauchan.venues.models import Category, Mode
from dauchan.web.layout.concurrent import SeenForm
from dauchan.web.layout.fields import LineField
from dauchan.web.layout.widgets import Combobox, DateTimeInput
from dauchan.web.zones.outline_forms import AROUND_CASES, OutlineForm, said_of

if TYPE_CHECKING:
    from dauchan.tracing.zones.outlines import Outline
    from dauchan.units.models import Officer

SHORTEST_REASON = 10
#: Clocks differ, and a form lies open for a while.
TOLERATED_PAST = dt.timedelta(hours=1)


class OrderForm(OutlineForm):
    """An order on a zone: where, how severe, for how long, what it asks for, by what right."""

    name = LineField(label=_("Tên vùng"), max_length=120, help_text=_("Ai cũng thấy tên này. Không ghi tên người."))
    area_words = LineField(
        label=_("Phạm vi, bằng lời"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Như trong quyết định, ví dụ: các tổ 3, 4, 5 phường Thuận Hòa."),
    )
    level = forms.ModelChoiceField(
        RiskLevel.objects.none(), label=_("Mức độ"), widget=forms.RadioSelect(attrs={"class": "tiles"})
    )
    measures = forms.MultipleChoiceField(
        label=_("Biện pháp"),
        required=False,
        choices=Measure.choices,
        widget=forms.CheckboxSelectMultiple({"class": "columns"}),
    )
    measures_words = forms.CharField(
        label=_("Biện pháp khác, bằng lời"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    basis = LineField(label=_("Căn cứ pháp lý"), max_length=300)
    document_number = LineField(label=_("Số văn bản"), max_length=60)
    begins_at = forms.DateTimeField(
        label=_("Từ"),
        widget=DateTimeInput,
        help_text=_("Không bao giờ trước lúc được phê duyệt."),
    )
    ends_at = forms.DateTimeField(
        label=_("Đến"), widget=DateTimeInput, required=False, help_text=_("Để trống: đến khi có quyết định khác.")
    )
    case_codes = LineField(
        label=_("Ca bệnh liên quan"),
        required=False,
        max_length=600,
        help_text=_("Mã ca bệnh, cách nhau bằng dấu phẩy, ví dụ F0-2026-00001."),
    )
    effect = forms.ChoiceField(
        label=_("Đối với địa điểm bên trong"),
        choices=VenueEffect.choices,
        initial=VenueEffect.NONE,
        widget=forms.RadioSelect(attrs={"class": "tiles"}),
    )
    mode = forms.ChoiceField(
        label=_("Cách quét"), required=False, choices=[("", _("— Chọn cách quét —")), *Mode.choices]
    )
    categories = forms.ModelMultipleChoiceField(
        Category.objects.all(),
        label=_("Loại hình"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "columns"}),
    )
    reason = LineField(
        label=_("Lý do"), min_length=SHORTEST_REASON, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, officer: Officer, area: list[Unit], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.officer = officer
        self.made: Outline | None = None
        today = timezone.localdate()
        self.fields["level"].queryset = RiskLevel.objects.in_force_on(today)  # type: ignore[attr-defined]
        self.offer_communes(area)
        if not officer.units_as(*TRACES):
            del self.fields["case_codes"]
            shapes = [choice for choice in Shape.choices if choice[0] not in AROUND_CASES]
            cast("forms.ChoiceField", self.fields["shape"]).choices = shapes

    def clean_case_codes(self) -> list[Case]:
        codes = {code.upper() for code in re.split(r"[\s,;]+", self.cleaned_data["case_codes"]) if code}
        cases = list(access_cases(self.officer).filter(code__in=codes, status=CaseStatus.CONFIRMED))
        if missing := codes - {case.code for case in cases}:
            unknown = _("Không có ca bệnh đã xác định nào mang mã này trong địa bàn của bạn: %(codes)s.")
            raise forms.ValidationError(unknown, params={"codes": ", ".join(sorted(missing))})
        return cases

    def clean_begins_at(self) -> dt.datetime:
        begins_at: dt.datetime = self.cleaned_data["begins_at"]
        if begins_at < timezone.now() - TOLERATED_PAST:
            raise forms.ValidationError(_("Thời điểm bắt đầu ở quá khứ."))
        return begins_at

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        begins_at, ends_at = said.get("begins_at"), said.get("ends_at")
        if begins_at and ends_at and ends_at <= begins_at:
            self.add_error("ends_at", _("Thời điểm kết thúc phải sau thời điểm bắt đầu."))
        if said.get("effect") != VenueEffect.NONE and "categories" in said and not said["categories"]:
            self.add_error("categories", _("Hãy chọn những loại hình chịu tác động."))
        if said.get("effect") == VenueEffect.MODE and not said.get("mode"):
            self.add_error("mode", _("Hãy chọn cách quét."))
        if "shape" in said and "case_codes" not in self.errors:
            self.made = self.outline(said.get("case_codes") or [])
        return said

    def draft(self) -> Draft:
        """What was written, once it is valid."""
        if self.made is None:
            raise ValueError("the form is not valid")
        said = self.cleaned_data
        names = ("name", "area_words", "level", "basis", "document_number", "begins_at", "ends_at", "reason", "effect")
        facts = {name: said[name] for name in (*names, "measures", "measures_words")}
        acts = said["effect"] != VenueEffect.NONE
        return Draft(
            **facts,
            outline=self.made,
            mode=said["mode"] if said["effect"] == VenueEffect.MODE else "",
            categories=list(said["categories"]) if acts else [],
            cases=said.get("case_codes") or [],
        )


class RedraftForm(SeenForm, OrderForm):  # type: ignore[misc]  # the one `clean` may return nothing, the other does not
    """A draft corrected by one of several who may; whoever read an older one is told."""


class NewZoneForm(OrderForm):
    """The same with whose area it is and which disease."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Địa bàn của vùng"),
        empty_label=None,
        widget=Combobox,
        help_text=_("Vùng chỉ tác động đến địa điểm trong địa bàn này."),
    )
    disease = forms.ModelChoiceField(Disease.objects.all(), label=_("Bệnh"), empty_label=None)

    field_order = ("unit", "disease")

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        own = officer.units_as(*DRAFTS_ZONES)
        super().__init__(*args, officer=officer, area=own, **kwargs)
        self.fields["unit"].queryset = _units_of(own)  # type: ignore[attr-defined]


def _units_of(own: list[Unit]) -> Any:  # noqa: ANN401 - a queryset of the manager's own class
    units = Unit.objects.none()
    for unit in own:
        units |= Unit.objects.within(unit)
    return units.valid_on(timezone.localdate()).exclude(level=UnitLevel.DISTRICT).order_by("-level", "sort_key")


def initial_of(order: ZoneOrder, officer: Officer) -> dict[str, Any]:
    """The form as an order says it, for a change or a correction of a draft."""
    names = (
        "name",
        "area_words",
        "measures",
        "measures_words",
        "basis",
        "document_number",
        "ends_at",
        "effect",
        "mode",
    )
    traces = bool(officer.units_as(*TRACES))
    said = {name: getattr(order, name) for name in names} | said_of(order, around_cases=traces)
    said |= {"level": _level_today(order), "categories": list(order.categories.all()), "begins_at": order.begins_at}
    if traces:
        seen = access_cases(officer).filter(zone_orders=order)
        said["case_codes"] = ", ".join(seen.order_by("code").values_list("code", flat=True))
    return said


def _level_today(order: ZoneOrder) -> RiskLevel | None:
    """The same rank in the words of the decision in force."""
    return RiskLevel.objects.in_force_on(timezone.localdate()).filter(rank=order.level.rank).first()


class LiftForm(forms.Form):
    document_number = LineField(label=_("Số văn bản"), max_length=60)
    at = forms.DateTimeField(label=_("Gỡ bỏ từ lúc"), widget=DateTimeInput)
    reason = LineField(
        label=_("Lý do gỡ bỏ"), min_length=SHORTEST_REASON, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class PresenceForm(forms.Form):
    """For which case, from when until when people are listed."""

    case = forms.ModelChoiceField(Case.objects.none(), label=_("Ca bệnh"), empty_label=None)
    begins_at = forms.DateTimeField(label=_("Từ"), widget=DateTimeInput)
    ends_at = forms.DateTimeField(label=_("Đến"), widget=DateTimeInput)

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature; a queryset
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]
