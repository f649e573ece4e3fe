"""Messages to owners of silent places: the preview, the second look, the progress, calling it off."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dauchan.oversight.made_known.access import MAKES_KNOWN, access_sending, access_sendings
from dauchan.oversight.made_known.errors import SendingRefused
from dauchan.oversight.made_known.limits import LIMITS
from dauchan.oversight.made_known.models import Sending, State, Why
from dauchan.oversight.made_known.sending import addressees, call_off, confirm, prepare, silent_period
from dauchan.oversight.made_known.wording import message_parts
from dauchan.people.sms import gateway
from dauchan.units.errors import NoSuchThing
from dauchan.web.dashboards.asked import chosen_unit, way_to
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
STEPS = {"confirm": confirm, "call-off": call_off}
TONES = {"sent": "good", "waiting": "info", "failed": "critical", "unsure": "caution", "skipped": "neutral"}


@officer_required(*MAKES_KNOWN)
def silent(request: OfficerRequest) -> HttpResponse:
    """How many owners would get a message, who gets none and why; sent, the round that waits for the second look."""
    unit = chosen_unit(request, *MAKES_KNOWN)
    if request.method == "POST":
        try:
            return redirect("made_known:sending", prepare(unit, request.user).pk)
        except SendingRefused as refused:
            messages.error(request, str(refused.message))
    now = timezone.now()
    context: dict[str, Any] = {"unit": unit, "way": way_to(request.user, unit, *MAKES_KNOWN), "limits": LIMITS}
    context["period"] = silent_period(now)
    try:
        found = addressees(unit, now)
    except SendingRefused as refused:
        context["refusal"] = refused.message
    else:
        reasons = Counter(one.why for one in found if one.why)
        context |= {
            "told": [one for one in found if not one.why],
            "venues": sum(len(one.venues) for one in found),
            "reasons": [(Why(why).label, number) for why, number in reasons.most_common()],
        }
    own = access_sendings(request.user).filter(unit=unit)
    context["open"] = own.filter(called_off_at=None, ended_at=None).first()
    context["page"] = Paginator(
        own.annotate(all=Count("messages")).order_by("-prepared_at", "-pk"), ROWS_A_PAGE
    ).get_page(request.GET.get("page"))
    return render(request, "made_known/silent.html", context)


@require_safe
@officer_required(*MAKES_KNOWN)
def sending_page(request: OfficerRequest, sending_id: int) -> HttpResponse:
    """The round: its messages as they will go out or went out, and how far it is. Of an owner only the text is shown."""
    sending = access_sending(request.user, sending_id)
    page = Paginator(sending.messages.all(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(message, TONES[message.state], message_parts(message.text)) for message in page]
    context = {"sending": sending, "page": page, "rows": rows, **_progress(sending)}
    context["shows_on_screen"] = gateway().shows_on_screen
    context["limits"] = LIMITS
    return render(request, "made_known/sending.html", context)


@require_safe
@officer_required(*MAKES_KNOWN)
def progress(request: OfficerRequest, sending_id: int) -> HttpResponse:
    """The part of the page that renews itself."""
    sending = access_sending(request.user, sending_id)
    return render(request, "made_known/progress.html", {"sending": sending, **_progress(sending)})


def _progress(sending: Sending) -> dict[str, Any]:
    counted = dict(sending.messages.order_by().values_list("state").annotate(n=Count("pk")))
    states = [(State(state).label, TONES[state], number) for state, number in sorted(counted.items())]
    total = sum(counted.values())
    return {"states": states, "total": total, "done": total - counted.get(State.WAITING, 0)}


@require_POST
@officer_required(*MAKES_KNOWN)
def step(request: OfficerRequest, sending_id: int, step: str) -> HttpResponse:
    sending = access_sending(request.user, sending_id)
    if step not in STEPS:
        raise NoSuchThing
    try:
        found = STEPS[step](sending, request.user)
    except SendingRefused as refused:
        messages.error(request, str(refused.message))
    else:
        if step == "confirm":
            at = timezone.localtime(found.goes_out_at)
            messages.success(
                request, _("Sẽ bắt đầu gửi lúc %(at)s. Trước đó còn hủy được.") % {"at": f"{at:%H:%M %d/%m}"}
            )
        else:
            messages.success(request, _("Đã hủy. Tin chưa gửi sẽ không được gửi."))
    return redirect("made_known:sending", sending.pk)
