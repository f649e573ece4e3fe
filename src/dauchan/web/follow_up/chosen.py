"""What is done for several contacts at once: begin to watch them, send them their links."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.tracing.access import access_run
from dauchan.tracing.follow_up.access import access_follow_ups
from dauchan.tracing.follow_up.beginning import begin_follow_ups
from dauchan.tracing.follow_up.links import send_links
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Role
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.tracing.follow_up.models import FollowUp
    from dauchan.web.requests import OfficerRequest

MOST_AT_ONCE = 500
VACCINATED = {"yes": True, "no": False}


def numbers_of(texts: list[str]) -> list[int]:
    """The whole numbers among what was sent, as many as one request may carry."""
    return [int(text) for text in texts[:MOST_AT_ONCE] if text.isascii() and text.isdecimal() and len(text) < 10]  # noqa: PLR2004 - fits the column


def chosen_follow_ups(request: OfficerRequest, texts: list[str]) -> list[FollowUp]:
    """Those of the area in which this officer works on cases."""
    area = in_area(request.user.units_as(Role.TRACER), "case__unit")
    return list(access_follow_ups(request.user).filter(area, pk__in=numbers_of(texts)))


@require_POST
@officer_required(Role.TRACER)
def begin(request: OfficerRequest, run_id: int) -> HttpResponse:
    run = access_run(request.user, run_id)
    numbers = numbers_of(request.POST.getlist("contact"))
    begun = begin_follow_ups(
        run, request.user, numbers, is_vaccinated=VACCINATED.get(request.POST.get("vaccinated", ""))
    )
    if begun.without_rule:
        messages.error(request, _("Chưa có lịch theo dõi nào áp dụng cho bệnh này."))
    elif begun.begun or begun.already or begun.too_late:
        told = _("Bắt đầu theo dõi %(begun)s người; %(already)s người đã được theo dõi; %(late)s người đã quá số ngày.")
        messages.success(request, told % {"begun": begun.begun, "already": begun.already, "late": begun.too_late})
    else:
        messages.info(request, _("Hãy chọn ít nhất một người."))
    contacts = run.contacts.filter(number__in=numbers[:1])
    if len(numbers) == 1 and (contact := contacts.first()):
        return redirect("tracer:contact", contact.pk)
    return redirect("tracer:run", run.pk)


@require_POST
@officer_required(Role.TRACER)
def send(request: OfficerRequest) -> HttpResponse:
    """Send the chosen contacts their links, or go on to a draft of orders for them."""
    follow_ups = chosen_follow_ups(request, request.POST.getlist("chosen"))
    if not follow_ups:
        messages.info(request, _("Hãy chọn ít nhất một người."))
        return redirect("follow_up:today")
    if request.POST.get("what") == "orders":
        chosen = urlencode([("chosen", one.pk) for one in follow_ups])
        return redirect(f"{reverse('follow_up:draft')}?{chosen}")
    sending = send_links(follow_ups)
    told = _(
        "Đã gửi %(sent)s liên kết. Không gửi: %(unverified)s người chưa có số đã xác thực (hãy gọi điện), "
        "%(over)s người đã đến giới hạn tin nhắn, %(failed)s tin không chuyển được."
    ) % {
        "sent": sending.sent,
        "unverified": sending.unverified,
        "over": sending.over_limit,
        "failed": sending.failed,
    }
    (messages.success if sending.sent else messages.warning)(request, told)
    for number, address in list(sending.shown.items())[:5]:
        shown = _("Bản trình diễn, không gửi tin nhắn. Liên kết của người %(number)s: %(address)s")
        messages.info(request, shown % {"number": number, "address": address})
    return redirect("follow_up:one", follow_ups[0].pk) if len(follow_ups) == 1 else redirect("follow_up:today")
