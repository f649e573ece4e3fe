"""The hotline's first page: the queue, one's own first, beside the ten problems that are asked most; and the form for a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dauchan.helpdesk.access import ANSWERS_TICKETS, access_tickets
from dauchan.helpdesk.errors import HelpdeskRefused
from dauchan.helpdesk.models import RUNNING, Channel, TicketStatus
from dauchan.helpdesk.opening import Asked, ask
from dauchan.helpdesk.queries import COUNTED_DAYS, counts_of, frequent_problems, own_first, searched
from dauchan.venues.access import access_venues
from dauchan.venues.queries import matching
from dauchan.web.helpdesk.forms import CallForm, TicketFilter
from dauchan.web.layout.paging import KeysFirst
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from dauchan.helpdesk.models import Ticket
    from dauchan.web.requests import OfficerRequest

TICKETS_A_PAGE = 25
MOST_SUGGESTED = 20
TABS = ("running", "own", "overdue", "answered")


@require_safe
@officer_required(*ANSWERS_TICKETS)
def ticket_list(request: OfficerRequest) -> HttpResponse:
    now, chosen = timezone.now(), TicketFilter(request.GET)
    chosen.is_valid()
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else "running"
    tickets = access_tickets(request.user)
    counts = counts_of(tickets, request.user, now)
    page = KeysFirst(_narrowed(tickets, chosen, tab, request), TICKETS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tab": tab,
        "filter": chosen,
        "counts": counts,
        "now": now,
        "problems": frequent_problems(now),
        "counted_days": COUNTED_DAYS,
    }
    return render(request, "helpdesk/tickets.html", context)


def _narrowed(tickets: QuerySet[Ticket], chosen: TicketFilter, tab: str, request: OfficerRequest) -> QuerySet[Ticket]:
    said = chosen.cleaned_data
    for name in ("topic", "channel"):
        if said.get(name):
            tickets = tickets.filter(**{name: said[name]})
    tickets = searched(tickets, said.get("q", ""))
    if tab == "answered":
        return tickets.filter(status=TicketStatus.ANSWERED).order_by("-answered_at", "-pk")
    tickets = tickets.filter(status__in=RUNNING)
    if tab == "own":
        tickets = tickets.filter(agent=request.user)
    if tab == "overdue":
        tickets = tickets.filter(due_at__lt=timezone.now())
    return own_first(tickets, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*ANSWERS_TICKETS)
def new_by_phone(request: OfficerRequest) -> HttpResponse:
    """What a caller says, written down by the agent, whose ticket it is at once."""
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        asked = Asked(
            said["topic"],
            said["words"],
            said["phone"],
            said["venue"],
            channel=Channel.PHONE,
            article=said["article"],
        )
        try:
            ticket = ask(asked, "", request.user)
        except HelpdeskRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Đã ghi yêu cầu. Đọc mã %(code)s cho người gọi.") % {"code": ticket.code})
            return redirect("helpdesk:ticket", ticket.pk)
    return render(request, "helpdesk/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@officer_required(*ANSWERS_TICKETS)
def venues(request: OfficerRequest) -> JsonResponse:
    """Venues of the own area for a combobox: `?q=cho dong ba`."""
    known = access_venues(request.user, *ANSWERS_TICKETS)
    found = matching(known, request.GET.get("q", "")[:100])[:MOST_SUGGESTED]
    choices = [{"value": venue.pk, "text": venue.name, "hint": venue.full_address} for venue in found]
    return JsonResponse(choices, safe=False)
