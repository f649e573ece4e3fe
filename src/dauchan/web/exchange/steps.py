"""What a monitor does: pause, resume, compare now, send again, send past days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dauchan.exchange.national import actions
from dauchan.exchange.national.access import RUNS_EXCHANGE, access_agreement
from dauchan.exchange.national.errors import ExchangeRefused
from dauchan.exchange.national.streams import agreed_days
from dauchan.units.errors import NoSuchThing
from dauchan.web.exchange.forms import BackfillForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from dauchan.exchange.national.agreement import Agreement
    from dauchan.web.requests import OfficerRequest


@require_POST
@officer_required(*RUNS_EXCHANGE)
def step(request: OfficerRequest, code: str, step: str) -> HttpResponse:
    act = STEPS.get(step)
    if act is None:
        raise NoSuchThing
    act(request, access_agreement(request.user, code, *RUNS_EXCHANGE))
    return redirect("exchange:set_aside" if step == "again" else "exchange:one", code)


def _pause(request: OfficerRequest, agreement: Agreement) -> None:
    actions.pause(agreement, request.user)
    messages.success(request, _("Đã tạm dừng. Lượt quét vẫn được ghi và sẽ được gửi khi tiếp tục."))


def _resume(request: OfficerRequest, agreement: Agreement) -> None:
    actions.resume(agreement, request.user)
    messages.success(request, _("Đã tiếp tục; lần gửi tới bắt đầu trong vòng một phút."))


def _compare(request: OfficerRequest, agreement: Agreement) -> None:
    actions.ask_for_comparison(agreement, request.user)
    messages.success(request, _("Sẽ đối soát trong vòng một phút; kết quả hiện ở trang này."))


def _again(request: OfficerRequest, agreement: Agreement) -> None:
    chosen = [int(text) for text in request.POST.getlist("chosen") if text.isdecimal() and len(text) < 19]  # noqa: PLR2004 - a bigint has fewer
    asked = actions.send_again(agreement, request.user, None if request.POST.get("all") else chosen)
    said = ngettext("Sẽ gửi lại %(n)s bản ghi.", "Sẽ gửi lại %(n)s bản ghi.", asked) % {"n": asked}
    (messages.success if asked else messages.info)(request, said if asked else _("Chưa chọn bản ghi nào."))


def _backfill(request: OfficerRequest, agreement: Agreement) -> None:
    form = BackfillForm(request.POST, days=agreed_days(agreement, timezone.now()))
    if not form.is_valid():
        for said in form.errors.values():
            messages.error(request, str(said[0]))
        return
    try:
        actions.send_days(agreement, request.user, form.days())
    except ExchangeRefused as refused:
        messages.error(request, str(refused.message))
        return
    messages.success(request, _("Sẽ gửi bù các ngày đã chọn, sau lượt quét trực tiếp."))


STEPS: dict[str, Callable[[OfficerRequest, Agreement], None]] = {
    "pause": _pause,
    "resume": _resume,
    "compare": _compare,
    "again": _again,
    "backfill": _backfill,
}
