"""Alarms from the log: officers who looked at many people, or at night. Looked into by leaders and operators."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dauchan.units.models import UnitLevel
from dauchan.units.watch.access import WATCHES, access_alarm, access_alarms
from dauchan.units.watch.models import Kind, Rule
from dauchan.units.watch.watching import change_rule, look_into
from dauchan.web.layout.fields import LineField
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

LINES_A_PAGE = 25
LARGEST_REVISION = 2**31 - 2


class FoundForm(forms.Form):
    """What came of looking into an alarm."""

    note = LineField(min_length=5, max_length=300)


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """The numbers of a rule, with the revision they were read at."""

    revision = forms.IntegerField(min_value=1, max_value=LARGEST_REVISION, widget=forms.HiddenInput)

    class Meta:
        model = Rule
        fields = ("most", "minutes", "from_hour", "to_hour", "is_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's arguments
        super().__init__(*args, **kwargs)
        self.read_at = self.instance.revision
        self.fields["revision"].initial = self.read_at
        for name in ("from_hour", "to_hour"):
            if self.instance.kind == Kind.BULK:
                del self.fields[name]
            else:
                self.fields[name].required = True

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        hours = [self.cleaned_data.get(name) for name in ("from_hour", "to_hour")]
        if hours[0] is not None and hours[0] == hours[1]:
            self.add_error("to_hour", gettext_lazy("Hai giờ phải khác nhau."))
        return cleaned


@require_safe
@officer_required(*WATCHES)
def alarm_list(request: OfficerRequest) -> HttpResponse:
    return _shown(request, {})


def _shown(request: OfficerRequest, sent: dict[int, RuleForm], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    alarms = access_alarms(request.user)
    page = Paginator(alarms.order_by(F("seen_at").asc(nulls_first=True), "-raised_at", "-pk"), LINES_A_PAGE).get_page(
        request.GET.get("page")
    )
    forms_by_rule = [
        (rule, sent.get(rule.pk) or RuleForm(instance=rule, auto_id=f"rule{rule.pk}_%s")) for rule in Rule.objects.all()
    ]
    context = {"page": page, "rules": forms_by_rule, "may_change": _may_change(request)}
    return render(request, "desk/alarms.html", context, status=status)


def _may_change(request: OfficerRequest) -> bool:
    """Rules hold for the whole installation, so they are for those who watch all of it."""
    return any(unit.level == UnitLevel.PROVINCE for unit in request.user.units_as(*WATCHES))


@require_POST
@officer_required(*WATCHES)
def look_into_alarm(request: OfficerRequest, alarm_id: int) -> HttpResponse:
    alarm = access_alarm(request.user, alarm_id)
    form = FoundForm(request.POST)
    if form.is_valid():
        look_into(alarm, request.user, form.cleaned_data["note"])
        messages.success(request, _("Đã ghi kết luận."))
    else:
        messages.error(request, _("Hãy ghi kết luận, ít nhất 5 ký tự."))
    return redirect("desk:alarms")


@require_POST
@officer_required(*WATCHES)
def change_alarm_rule(request: OfficerRequest, rule_id: int) -> HttpResponse:
    if not _may_change(request):
        raise Http404
    rule = get_object_or_404(Rule, pk=rule_id)
    form = RuleForm(request.POST, instance=rule, auto_id=f"rule{rule.pk}_%s")
    if not form.is_valid():
        return _shown(request, {rule.pk: form}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if change_rule(form.instance, request.user, form.cleaned_data["revision"]):
        messages.success(request, _("Đã lưu."))
    else:
        messages.error(request, _("Người khác vừa sửa quy tắc này. Hãy xem lại rồi sửa tiếp."))
    return redirect("desk:alarms")
