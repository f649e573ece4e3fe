"""Requests for help: sent by anybody, answered by the hotline's agents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dauchan.helpdesk.actions import access_ticket, access_tickets, answer_ticket, open_ticket
from dauchan.helpdesk.errors import HelpdeskRefused
from dauchan.helpdesk.models import Ticket, TicketStatus
from dauchan.units import audit
from dauchan.units.models import Role
from dauchan.vietnamese import show_phone
from dauchan.web.desk.forms import AnswerForm, TicketForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from dauchan.web.requests import OfficerRequest

TICKETS_A_PAGE = 25


def new_ticket(request: HttpRequest) -> HttpResponse:
    form = TicketForm(request.POST or None, initial={"topic": request.GET.get("topic")})
    if request.method == "POST" and form.is_valid():
        try:
            ticket = open_ticket(**form.cleaned_data, address=request.META["REMOTE_ADDR"])
        except HelpdeskRefused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Đã gửi yêu cầu. Chúng tôi sẽ trả lời sớm."))
            return redirect("desk:follow_ticket", ticket.code)
    return render(request, "desk/new_ticket.html", {"form": form}, status=422 if form.errors else 200)


def follow_ticket(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a ticket; the phone number is never shown, the code may be in other hands."""
    ticket = Ticket.objects.filter(code=code.upper()).first()
    if ticket is None:
        raise Http404
    return render(request, "desk/follow_ticket.html", {"ticket": ticket})


@officer_required(Role.AGENT)
def ticket_list(request: OfficerRequest) -> HttpResponse:
    status = request.GET.get("status", TicketStatus.OPEN)
    tickets = access_tickets(request.user)
    waiting = tickets.filter(status=TicketStatus.OPEN).count()
    if status in TicketStatus.values:
        tickets = tickets.filter(status=status)
    # Who has waited longest comes first.
    page = Paginator(tickets.order_by("opened_at"), TICKETS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/ticket_list.html", {"page": page, "status": status, "waiting": waiting})


@officer_required(Role.AGENT)
def ticket_page(request: OfficerRequest, ticket_id: int) -> HttpResponse:
    ticket = access_ticket(request.user, ticket_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_ticket(ticket, request.user, form.cleaned_data["answer"])
        except HelpdeskRefused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Đã trả lời yêu cầu %(code)s.") % {"code": ticket.code})
            return redirect("desk:tickets")
    phone = _phone_for(request, ticket)
    context = {"ticket": ticket, "form": form, "phone": phone}
    return render(request, "desk/ticket.html", context, status=422 if form.errors else 200)


def _phone_for(request: OfficerRequest, ticket: Ticket) -> str:
    """The number to call back; that it was looked at is in the log."""
    if not ticket.phone:
        return ""
    audit.record(request.user, "ticket.phone_seen", f"ticket:{ticket.pk}", purpose=_("Gọi lại theo yêu cầu hỗ trợ"))
    return show_phone(ticket.phone)
