"""What is chosen and written on the screens of inspections."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dauchan.oversight.inspections.access import INSPECTS
from dauchan.oversight.inspections.models import MeasureState, Round, RoundState
from dauchan.oversight.inspections.planning import Plan, inspectors_for
from dauchan.oversight.inspections.queries import searched
from dauchan.oversight.models import Finding
from dauchan.units.models import Officer, Unit
from dauchan.web.layout.fields import LineField, PhotosField
from dauchan.web.layout.widgets import DateInput
from dauchan.web.referrals.forms import LARGEST_REVISION, WordsField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.oversight.inspections.models import Inspection, Measure

MOST_DRAWN = 200
LONGEST_ROUND = 92
ONE_DAY = dt.timedelta(days=1)


class RoundFilter(forms.Form):
    """What narrows the list of rounds. A value that makes no sense narrows nothing."""

    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[("", _("Tất cả")), *RoundState.choices])

    def narrowed(self, rounds: QuerySet[Round]) -> QuerySet[Round]:
        self.is_valid()
        state = self.cleaned_data.get("state")
        return rounds.filter(state=state) if state else rounds

    @property
    def is_narrowing(self) -> bool:
        return bool(self.cleaned_data.get("state"))


class TeamField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    widget = forms.CheckboxSelectMultiple


class RoundForm(forms.Form):
    """A round as a person plans it; `venue`, `referral` and `again` stand in the page beside it."""

    unit = forms.ModelChoiceField(label=_("Đơn vị kiểm tra"), queryset=Unit.objects.none(), empty_label=None)
    title = LineField(label=_("Tên đợt kiểm tra"), max_length=120)
    number = LineField(
        label=_("Số kế hoạch, quyết định"), max_length=60, required=False, help_text=_("Căn cứ của đợt, nếu đã có.")
    )
    first_on = forms.DateField(label=_("Từ ngày"), widget=DateInput)
    last_on = forms.DateField(label=_("Đến hết ngày"), widget=DateInput)
    leader = forms.ModelChoiceField(label=_("Trưởng đoàn"), queryset=Officer.objects.none())
    members = TeamField(label=_("Thành viên"), queryset=Officer.objects.none(), required=False)
    words = WordsField(label=_("Nội dung, yêu cầu"), required=False, rows=3)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=LARGEST_REVISION)

    def __init__(self, *args: Any, officer: Officer, round_: Round | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        units = [round_.unit] if round_ else officer.units_as(*INSPECTS)
        people = {one.pk for unit in units for one in inspectors_for(unit)}
        team = Officer.objects.filter(pk__in=people).order_by("full_name")
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
        for name in ("leader", "members"):
            self.fields[name].queryset = team  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].initial = units[0].pk
            self.fields["unit"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")
        if first and last and not first <= last < first + dt.timedelta(days=LONGEST_ROUND):
            self.add_error("last_on", _("Ngày cuối phải từ ngày đầu trở đi, đợt dài nhất 92 ngày."))
        return cleaned

    def plan(self) -> Plan:
        said = self.cleaned_data
        names = ("title", "number", "first_on", "words", "leader")
        until_on = said["last_on"] + ONE_DAY
        return Plan(**{name: said[name] for name in names}, until_on=until_on, members=list(said["members"]))


def initial_of(round_: Round) -> dict[str, Any]:
    """The form of a round as it stands."""
    team = list(round_.team.all())
    names = ("title", "number", "first_on", "last_on", "words", "revision")
    return {
        **{name: getattr(round_, name) for name in names},
        "unit": round_.unit_id,
        "leader": next((one.officer_id for one in team if one.leads), None),
        "members": [one.officer_id for one in team if not one.leads],
    }


class EndForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_REVISION)
    state = forms.ChoiceField(
        label=_("Kết thúc thế nào?"),
        choices=[(RoundState.CLOSED, _("Kết thúc đợt")), (RoundState.CANCELLED, _("Hủy đợt"))],
        initial=RoundState.CLOSED,
        widget=forms.RadioSelect,
    )
    words = WordsField(label=_("Ghi chú"), required=False, rows=2, most=500)


class ChooseFilter(forms.Form):
    q = forms.CharField(
        label=_("Tìm theo tên, địa chỉ, phường xã"), required=False, max_length=200, widget=forms.SearchInput
    )


class DrawForm(forms.Form):
    count = forms.IntegerField(label=_("Số địa điểm"), min_value=1, max_value=MOST_DRAWN, initial=5)
    seed = LineField(
        label=_("Hạt giống"),
        max_length=64,
        required=False,
        help_text=_(
            "Để trống thì máy tự sinh. Có thể ghi một số được công bố, như kết quả xổ số, để ai cũng kiểm lại được."
        ),
    )


class DropForm(forms.Form):
    words = LineField(label=_("Lý do"), min_length=3, max_length=300)


class RecordFilter(forms.Form):
    """What narrows the list of records. A value that makes no sense narrows nothing."""

    q = forms.CharField(
        label=_("Tìm địa điểm, đơn vị, số biên bản"), required=False, max_length=200, widget=forms.SearchInput
    )
    finding = forms.ChoiceField(
        label=_("Kết quả kiểm tra"),
        required=False,
        choices=[("", _("Tất cả")), ("any", _("Có vi phạm")), ("none", _("Không vi phạm")), *Finding.choices],
    )
    first_on = forms.DateField(label=_("Từ ngày"), required=False, widget=DateInput)
    last_on = forms.DateField(label=_("Đến hết ngày"), required=False, widget=DateInput)

    def narrowed(self, inspections: QuerySet[Inspection]) -> QuerySet[Inspection]:
        self.is_valid()
        asked = self.cleaned_data
        finding = asked.get("finding")
        stands = inspections.filter(findings__isnull=False, findings__withdrawal=None).values("pk")
        if finding == "any":
            inspections = inspections.filter(pk__in=stands)
        elif finding == "none":
            inspections = inspections.exclude(pk__in=stands)
        elif finding:
            kind = inspections.filter(findings__finding=finding, findings__withdrawal=None).values("pk")
            inspections = inspections.filter(pk__in=kind)
        if first := asked.get("first_on"):
            inspections = inspections.filter(began_at__date__gte=first)
        if last := asked.get("last_on"):
            inspections = inspections.filter(began_at__date__lte=last)
        return searched(inspections, asked.get("q", ""))

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)


class NumberForm(forms.Form):
    number = LineField(
        label=_("Số và ký hiệu"), max_length=40, help_text=_("Ví dụ 05/BB-KT. Ghi rồi thì không đổi được.")
    )


class SupplementForm(forms.Form):
    """What is put right in a record that stays as it was signed."""

    words = WordsField(label=_("Đính chính điều gì, vì sao?"), most=2000, min_length=10, rows=4)
    withdrawn = forms.MultipleChoiceField(
        label=_("Kết quả không còn ghi nhận"), required=False, widget=forms.CheckboxSelectMultiple
    )
    finding = forms.ChoiceField(
        label=_("Thêm kết quả"), required=False, choices=[("", _("Không thêm")), *Finding.choices]
    )
    finding_words = LineField(label=_("Mô tả kết quả thêm"), required=False, max_length=1000)

    def __init__(self, *args: Any, inspection: Inspection, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        standing = inspection.findings.filter(withdrawal=None)
        choices = [(str(one.pk), f"{one.get_finding_display()}. {one.words}".strip()) for one in standing]
        self.fields["withdrawn"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["withdrawn"]

    def withdrawals(self) -> list[int]:
        return [int(key) for key in self.cleaned_data.get("withdrawn", [])]


class MeasureForm(forms.Form):
    """A step on a measure says which state of it its writer had in view."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_REVISION)
    words = WordsField(label=_("Ghi chú"), required=False, rows=2)

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        kwargs["initial"] = {"revision": measure.revision}
        kwargs["auto_id"] = f"id_{type(self).__name__}_{measure.pk}_%s"
        super().__init__(*args, **kwargs)


class GiveBackForm(MeasureForm):
    words = WordsField(label=_("Còn thiếu điều gì?"), min_length=5, rows=2)


class MendedForm(MeasureForm):
    """The owner's answer."""

    field_order = ["words", "pictures", "revision"]
    words = WordsField(label=_("Đã làm gì?"), min_length=5, rows=3, most=1000)
    pictures = PhotosField(
        label=_("Ảnh tại chỗ"),
        most=4,
        help_text=_("Nhiều nhất 4 ảnh. Vị trí và thông tin máy chụp trong ảnh được xóa khi tải lên."),
    )


#: The tabs of the list of measures, by their name in the address; 'overdue' is a matter of the clock.
TABS = {
    "open": (MeasureState.OPEN,),
    "answered": (MeasureState.ANSWERED,),
    "done": (MeasureState.MENDED, MeasureState.LIFTED),
}


def first_plan() -> dict[str, Any]:
    """What a new round begins with: this week."""
    today = timezone.localdate()
    return {"first_on": today, "last_on": today + dt.timedelta(days=6)}
