"""Tests of a contact: one more day, a sample, a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.follow_up.access import access_follow_up, access_test
from dauchan.tracing.follow_up.actions import add_test, note_result, note_sample
from dauchan.tracing.follow_up.errors import FollowUpRefused
from dauchan.tracing.intake.models import LabOutcome, SampleKind
from dauchan.units.models import Role
from dauchan.web.follow_up.forms import SampleForm, TestDayForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest


@require_POST
@officer_required(Role.TRACER)
def add(request: OfficerRequest, follow_up_id: int) -> HttpResponse:
    follow_up = access_follow_up(request.user, follow_up_id)
    form = TestDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["due_on"][0]))
        return redirect("follow_up:one", follow_up.pk)
    try:
        add_test(follow_up, request.user, form.cleaned_data["due_on"])
        messages.success(request, _("Đã thêm ngày xét nghiệm."))
    except FollowUpRefused as refused:
        messages.error(request, str(refused.message))
    return redirect("follow_up:one", follow_up.pk)


@require_POST
@officer_required(Role.TRACER)
def note(request: OfficerRequest, test_id: int) -> HttpResponse:
    """A sample first, a result later; both at once where they are."""
    test = access_test(request.user, test_id)
    form = SampleForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("follow_up:one", test.follow_up_id)
    said = form.cleaned_data
    try:
        if test.sampled_at is None:
            note_sample(test, request.user, said["kind"] or SampleKind.PCR, said["sampled_at"] or timezone.now())
        if said["result"]:
            note_result(test, request.user, said["result"])
    except FollowUpRefused as refused:
        messages.error(request, str(refused.message))
    else:
        _tell(request, said["result"])
    return redirect("follow_up:one", test.follow_up_id)


def _tell(request: OfficerRequest, result: str) -> None:
    if result == LabOutcome.POSITIVE:
        messages.warning(request, _("Kết quả dương tính: hãy xem đề xuất ghi nhận thành ca bệnh."))
    else:
        messages.success(request, _("Đã ghi."))
