"""The list of programs, one of them, and the form of its terms."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dauchan.exchange.programs.access import (
    CONNECTS,
    CONSENTS,
    REVOKES,
    SEES_PROGRAMS,
    access_program,
    access_programs,
)
from dauchan.exchange.programs.actions import change_program, enter_program
from dauchan.exchange.programs.errors import ProgramRefused
from dauchan.exchange.programs.models import Program
from dauchan.web.officer.guards import officer_required
from dauchan.web.programs.forms import ProgramForm, TokenForm, WebhookForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
OPEN, ENDED = Q(ended_at=None), Q(ended_at__isnull=False)


@require_safe
@officer_required(*SEES_PROGRAMS)
def programs(request: OfficerRequest) -> HttpResponse:
    all_ = access_programs(request.user)
    shows_ended = request.GET.get("tab") == "ended"
    page = Paginator(all_.filter(ENDED if shows_ended else OPEN), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shows_ended": shows_ended,
        "open": all_.filter(OPEN).count(),
        "ended": all_.filter(ENDED).count(),
        "may_connect": bool(request.user.units_as(*CONNECTS)),
    }
    return render(request, "programs/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*CONNECTS)
def new(request: OfficerRequest) -> HttpResponse:
    form = ProgramForm(request.POST if request.method == "POST" else None, officer=request.user)
    if not form.is_valid():
        return _form(request, form)
    program = enter_program(form.save(commit=False), request.user)
    messages.success(request, _("Đã lập hồ sơ kết nối. Hãy cấp mã truy cập cho hệ thống này."))
    return redirect("programs:one", program.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*CONNECTS)
def edit(request: OfficerRequest, program_id: int) -> HttpResponse:
    program = access_program(request.user, program_id, *CONNECTS)
    form = ProgramForm(request.POST if request.method == "POST" else None, instance=program, officer=request.user)
    if not form.is_valid():
        return _form(request, form)
    try:
        changed = change_program(form.save(commit=False), request.user, form.cleaned_data["revision"] or 0)
    except ProgramRefused as refused:
        form.add_error(None, str(refused.message))
        return _form(request, form)
    messages.success(request, _("Đã lưu."))
    if changed.waits:
        messages.info(request, _("Nội dung mới cần người phê duyệt đồng ý lại trước khi đọc được ca bệnh."))
    return redirect("programs:one", program_id)


@require_safe
@officer_required(*SEES_PROGRAMS)
def one(request: OfficerRequest, program_id: int) -> HttpResponse:
    return page_of(request, access_program(request.user, program_id))


def page_of(request: OfficerRequest, program: Program, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:  # noqa: ANN401 - of the template
    officer, runs = request.user, program.ended_at is None
    within = {
        name: runs and any(unit.contains(program.unit) for unit in officer.units_as(*roles))
        for name, roles in {"may_connect": CONNECTS, "may_revoke": REVOKES, "may_consent": CONSENTS}.items()
    }
    context = {
        "program": program,
        "tokens": program.tokens.select_related("made_by", "revoked_by"),
        "webhooks": program.webhooks.order_by("ended_at", "pk"),
        "token_form": TokenForm(),
        "webhook_form": WebhookForm(program=program),
        "is_own": program.made_by_id == officer.pk,
        **within,
        **more,
    }
    return render(request, "programs/one.html", context, status=status)


def _form(request: OfficerRequest, form: ProgramForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    program = Program.objects.filter(pk=form.instance.pk).first()
    return render(request, "programs/form.html", {"form": form, "program": program}, status=status)
