"""Writing a notice: from a proposal or by hand, a draft anew, a correction; handing it in, giving it up."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_case
from dauchan.tracing.notices.access import access_notice, require_writer
from dauchan.tracing.notices.actions import (
    IN_THE_MAKING,
    change_draft,
    correct_notice,
    discard_draft,
    draft_notice,
    submit_notice,
)
from dauchan.tracing.notices.errors import NoticeRefused, NotThisVersion
from dauchan.tracing.notices.models import VersionStatus
from dauchan.units.models import Role
from dauchan.venues.access import access_venue
from dauchan.web.notices.forms import NoticeForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from dauchan.tracing.models import Case
    from dauchan.tracing.notices.actions import Wording
    from dauchan.tracing.notices.models import Notice, NoticeVersion
    from dauchan.venues.models import Venue
    from dauchan.web.requests import OfficerRequest

#: More digits than any number of ours has.
LONGEST_NUMBER = 18


@officer_required(Role.TRACER)
def new_notice(request: OfficerRequest, case_id: int) -> HttpResponse:
    """A draft; the address names the venue or what the case told, and of a proposal the hours and the trace."""
    case = access_case(request.user, case_id)
    require_writer(request.user, case)
    number = _number(request.GET.get("venue", ""))
    venue = access_venue(request.user, number, Role.TRACER) if number else None
    run = case.runs.filter(pk=_number(request.GET.get("run", "")) or 0).first()
    told = case.told_stays.filter(pk=_number(request.GET.get("told", "")) or 0, venue=None).first()
    initial = {**_proposed(request), **({"place": told.place} if told else {})}
    form = NoticeForm(request.POST or None, venue=venue, initial=initial)

    def keep(wording: Wording) -> Notice:
        return draft_notice(case, request.user, wording, run)

    title = _("Soạn thông báo địa điểm")
    return _written(request, form, keep) or _render(request, form, case, venue, title)


@officer_required(Role.TRACER)
def edit(request: OfficerRequest, notice_id: int) -> HttpResponse:
    notice = access_notice(request.user, notice_id)
    require_writer(request.user, notice.case)
    version = _latest(notice, *IN_THE_MAKING)
    if version is None:
        messages.error(request, str(NotThisVersion.message))
        return redirect("notices:notice", notice.pk)
    form = NoticeForm(request.POST or None, venue=version.venue, initial=_said(version))

    def keep(wording: Wording) -> Notice:
        return change_draft(notice, request.user, wording, seen=request.POST.get("seen", "")).notice

    title = _("Sửa bản nháp")
    shown = notice, version.revision
    return _written(request, form, keep) or _render(request, form, notice.case, version.venue, title, *shown)


@officer_required(Role.TRACER)
def correct(request: OfficerRequest, notice_id: int) -> HttpResponse:
    """Another version of what is published, which stands until the new one is approved."""
    notice = access_notice(request.user, notice_id)
    require_writer(request.user, notice.case)
    version = _latest(notice, VersionStatus.PUBLISHED)
    if version is None:
        messages.error(request, str(NotThisVersion.message))
        return redirect("notices:notice", notice.pk)
    form = NoticeForm(request.POST or None, venue=version.venue, initial=_said(version))

    def keep(wording: Wording) -> Notice:
        return correct_notice(notice, request.user, wording).notice

    title = _("Đính chính thông báo")
    return _written(request, form, keep) or _render(request, form, notice.case, version.venue, title, notice)


@require_POST
@officer_required(Role.TRACER)
def submit(request: OfficerRequest, notice_id: int) -> HttpResponse:
    return _act(request, notice_id, submit_notice, _("Đã gửi phê duyệt."))


@require_POST
@officer_required(Role.TRACER)
def discard(request: OfficerRequest, notice_id: int) -> HttpResponse:
    return _act(request, notice_id, discard_draft, _("Đã hủy bản nháp."))


def _act(request: OfficerRequest, notice_id: int, act: Callable[..., object], done: str) -> HttpResponse:
    notice = access_notice(request.user, notice_id)
    try:
        act(notice, request.user)
    except NoticeRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, done)
    return redirect("notices:notice", notice.pk)


def _written(request: OfficerRequest, form: NoticeForm, keep: Callable[[Wording], Notice]) -> HttpResponse | None:
    """The way on after a draft was kept; None where the form has to be shown."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        notice = keep(form.wording())
        if request.POST.get("then") == "submit" and _latest(notice, VersionStatus.DRAFT):
            submit_notice(notice, request.user)
            messages.success(request, _("Đã gửi phê duyệt."))
        else:
            messages.success(request, _("Đã lưu bản nháp."))
    except NoticeRefused as refused:
        form.add_error(None, refused.message)
        return None
    return redirect("notices:notice", notice.pk)


def _render(
    request: OfficerRequest,
    form: NoticeForm,
    case: Case,
    venue: Venue | None,
    title: str,
    notice: Notice | None = None,
    seen: str = "",
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "case": case, "venue": venue, "title": title, "notice": notice, "seen": seen}
    return render(request, "notices/form.html", context, status=status)


def _latest(notice: Notice, *statuses: str) -> NoticeVersion | None:
    versions = notice.versions.filter(status__in=statuses).select_related("venue__category", "venue__unit", "commune")
    return versions.first()


def _said(version: NoticeVersion) -> dict[str, Any]:
    names = ("place", "commune", "estimated_people", "starts_at", "ends_at", "advice", "words_vi", "words_en")
    return {name: getattr(version, name) for name in names}


def _proposed(request: OfficerRequest) -> dict[str, Any]:
    """The hours and the advice of a proposal, from the address; what is none is left out."""
    given = {"starts_at": request.GET.get("from", ""), "ends_at": request.GET.get("to", "")}
    hours = {name: _instant(text) for name, text in given.items()}
    advice = request.GET.get("advice", "")
    return {name: value for name, value in {**hours, "advice": advice}.items() if value}


def _instant(text: str) -> object:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None
