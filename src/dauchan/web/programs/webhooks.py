"""One webhook: what it is told, how each delivery went, and what may be done about it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dauchan.exchange.programs import webhook_actions as actions
from dauchan.exchange.programs.access import CONNECTS, SEES_PROGRAMS, access_webhook
from dauchan.exchange.programs.errors import ProgramRefused
from dauchan.exchange.programs.models import Attempt, EventKind
from dauchan.exchange.programs.webhook_models import DeliveryState
from dauchan.units.errors import NoSuchThing
from dauchan.web.officer.guards import officer_required
from dauchan.web.programs.forms import KindsForm
from dauchan.web.programs.words import came_of_it

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.exchange.programs.models import Delivery, Webhook
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 50
STATES = {"waiting": DeliveryState.WAITING, "delivered": DeliveryState.DELIVERED, "given-up": DeliveryState.GIVEN_UP}


@require_safe
@officer_required(*SEES_PROGRAMS)
def one(request: OfficerRequest, webhook_id: int) -> HttpResponse:
    return _page(request, access_webhook(request.user, webhook_id))


@require_POST
@officer_required(*CONNECTS)
def step(request: OfficerRequest, webhook_id: int, step: str) -> HttpResponse:
    webhook = access_webhook(request.user, webhook_id, *CONNECTS)
    act = STEPS.get(step)
    if act is None:
        raise NoSuchThing
    try:
        answer = act(request, webhook)
    except ProgramRefused as refused:
        messages.error(request, str(refused.message))
        answer = None
    return answer or redirect("programs:webhook", webhook_id)


def _page(request: OfficerRequest, webhook: Webhook, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:  # noqa: ANN401 - of the template
    state = STATES.get(request.GET.get("tab", ""))
    found = _with_last_try(webhook.deliveries.filter(state=state) if state else webhook.deliveries.all())
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    waiting, given_up = (Count("pk", Q(state=each)) for each in (DeliveryState.WAITING, DeliveryState.GIVEN_UP))
    may_connect = any(unit.contains(webhook.program.unit) for unit in request.user.units_as(*CONNECTS))
    context = {
        "webhook": webhook,
        "program": webhook.program,
        "kinds": [EventKind(kind).label for kind in webhook.kinds if kind in EventKind.values],
        "page": page,
        "rows": [(each, came_of_it(each.last_status, each.last_failure)) for each in page],
        "counts": webhook.deliveries.order_by().aggregate(all=Count("pk"), waiting=waiting, given_up=given_up),
        "tab": request.GET.get("tab", "") if state else "",
        "kinds_form": KindsForm(program=webhook.program, initial={"kinds": webhook.kinds}),
        "may_connect": may_connect and webhook.ended_at is None,
        "overlaps": bool(webhook.former_until and webhook.former_until > timezone.now()),
        **more,
    }
    return render(request, "programs/webhook.html", context, status=status)


def _with_last_try(deliveries: QuerySet[Delivery]) -> QuerySet[Any]:
    last = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-pk")
    return deliveries.select_related("event").annotate(
        last_at=Subquery(last.values("at")[:1]),
        last_status=Subquery(last.values("status")[:1]),
        last_failure=Subquery(last.values("failure")[:1]),
        last_took=Subquery(last.values("milliseconds")[:1]),
    )


def _test(request: OfficerRequest, webhook: Webhook) -> None:
    actions.send_test(webhook, request.user)
    messages.success(request, _("Sẽ gửi thử trong vòng một phút; kết quả hiện ở bảng dưới."))


def _pause(request: OfficerRequest, webhook: Webhook) -> None:
    actions.pause(webhook, request.user)
    messages.success(request, _("Đã tạm dừng. Sự kiện vẫn được giữ và gửi khi tiếp tục."))


def _resume(request: OfficerRequest, webhook: Webhook) -> None:
    actions.resume(webhook, request.user)
    messages.success(request, _("Đã tiếp tục; các sự kiện đang chờ được gửi trong vòng một phút."))


def _end(request: OfficerRequest, webhook: Webhook) -> HttpResponse:
    actions.end_webhook(webhook, request.user)
    messages.success(request, _("Đã thôi báo đến địa chỉ này."))
    return redirect("programs:one", webhook.program_id)


def _secret(request: OfficerRequest, webhook: Webhook) -> HttpResponse:
    text = actions.roll_secret(webhook, request.user)
    webhook.refresh_from_db(fields=["former_until"])
    return _page(request, webhook, HTTPStatus.CREATED, new_secret=text)


def _kinds(request: OfficerRequest, webhook: Webhook) -> HttpResponse | None:
    form = KindsForm(request.POST, program=webhook.program)
    if not form.is_valid():
        return _page(request, webhook, HTTPStatus.UNPROCESSABLE_ENTITY, kinds_form=form)
    actions.change_kinds(webhook, request.user, form.cleaned_data["kinds"])
    messages.success(request, _("Đã lưu."))
    return None


def _again(request: OfficerRequest, webhook: Webhook) -> None:
    """What was chosen, or all that was given up."""
    chosen = [int(text) for text in request.POST.getlist("chosen") if text.isdecimal() and len(text) < 19]  # noqa: PLR2004 - a bigint has fewer
    all_ = webhook.deliveries.all()
    found = all_.filter(state=DeliveryState.GIVEN_UP) if request.POST.get("all") else all_.filter(pk__in=chosen)
    sent = actions.send_again(webhook, request.user, found)
    said = ngettext("Sẽ gửi lại %(n)s sự kiện.", "Sẽ gửi lại %(n)s sự kiện.", sent) % {"n": sent}
    (messages.success if sent else messages.info)(request, said if sent else _("Chưa chọn sự kiện nào."))


STEPS: dict[str, Callable[[OfficerRequest, Webhook], HttpResponse | None]] = {
    "test": _test,
    "pause": _pause,
    "resume": _resume,
    "end": _end,
    "secret": _secret,
    "kinds": _kinds,
    "again": _again,
}
