"""The accounts of an area: the list with what waits for confirmation, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dauchan.people.invitations.access import access_account, access_accounts, access_renewals
from dauchan.people.invitations.models import AccountState
from dauchan.people.invitations.queries import last_invitation, open_renewal, with_state
from dauchan.people.invitations.renewals import may_confirm
from dauchan.units.granting import may_grant, may_take_back
from dauchan.units.jurisdiction import in_area
from dauchan.units.models import Appointment, AuditEntry, Officer, Proposal
from dauchan.units.roles import KEEPS_ACCOUNTS
from dauchan.web.desk.audit import ACTIONS
from dauchan.web.officer.guards import officer_required
from dauchan.web.personnel.forms import AccountFilter
from dauchan.web.personnel.link_forms import ConfirmForm
from dauchan.web.personnel.shown_links import shown_link

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
LINES = 20
TONES = {
    AccountState.WAITING: "caution",
    AccountState.INVITED: "info",
    AccountState.EXPIRED: "caution",
    AccountState.ACTIVE: "good",
    AccountState.RESTING: "neutral",
    AccountState.CLOSED: "neutral",
}


@require_safe
@officer_required(*KEEPS_ACCOUNTS)
def account_list(request: OfficerRequest) -> HttpResponse:
    chosen, today = AccountFilter(request.GET), timezone.localdate()
    running = Appointment.objects.in_force_on(today).select_related("unit", "in_place_of")
    accounts = access_accounts(request.user).prefetch_related(Prefetch("appointments", running, to_attr="held"))
    page = Paginator(chosen.narrowed(with_state(accounts)), ROWS_A_PAGE).get_page(request.GET.get("page"))
    states = [(one, AccountState(one.state)) for one in page]  # type: ignore[attr-defined]  # annotated
    rows = [(one, state.label, TONES[state]) for one, state in states]
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows,
        "waiting": waiting_for(request.user),
        "renewals": [one for one in access_renewals(request.user) if may_confirm(one, request.user)],
    }
    return render(request, "personnel/accounts.html", context)


def waiting_for(officer: Officer) -> list[Proposal]:
    """Roles that *officer* may confirm: somebody else proposed them for somebody else."""
    area = in_area(officer.units_as(*KEEPS_ACCOUNTS), "unit")
    proposals = Proposal.objects.filter(area, decided_at=None).exclude(proposed_by=officer).exclude(officer=officer)
    asked = proposals.select_related("officer", "unit", "proposed_by")
    return [one for one in asked if may_grant(officer, one.role, one.unit)]


@require_safe
@officer_required(*KEEPS_ACCOUNTS)
def account_page(request: OfficerRequest, account_id: int) -> HttpResponse:
    account = with_state(access_accounts(request.user)).get(pk=access_account(request.user, account_id).pk)
    state, today = AccountState(account.state), timezone.localdate()
    held = list(account.appointments.select_related("unit", "in_place_of").order_by("-since", "-pk"))
    lines = AuditEntry.objects.filter(subject=f"officer:{account.pk}").select_related("actor", "in_place_of")
    running = [each for each in held if each.until is None or each.until > today]
    is_other = account.pk != request.user.pk
    context = {
        "account": account,
        "state": state.label,
        "tone": TONES[state],
        "is_closed": state == AccountState.CLOSED,
        "roles": [(each, is_other and may_take_back(request.user, each)) for each in running],
        "past": [each for each in held if each not in running],
        "proposals": [
            (each, may_grant(request.user, each.role, each.unit) and each.proposed_by_id != request.user.pk)
            for each in account.proposals.filter(decided_at=None).select_related("unit", "proposed_by")
        ],
        "invitation": last_invitation(account),
        "sessions": UserSession.objects.filter(user=account).count(),
        "has_second_factor": is_mfa_enabled(account),
        "may_renew": is_other and bool(running) and all(may_grant(request.user, e.role, e.unit) for e in running),
        "may_close": is_other and all(may_take_back(request.user, each) for each in running),
        **_renewal_of(account, request.user),
        "shown_link": shown_link(request, account),
        "lines": [(line, ACTIONS.get(line.action, line.action)) for line in lines.order_by("-id")[:LINES]],
    }
    return render(request, "personnel/account.html", context)


def _renewal_of(account: Officer, reader: Officer) -> dict[str, object]:
    """A new sign-in that waits for a second person, and what the reader may do about it."""
    renewal = open_renewal(account)
    if renewal is None or not renewal.waits:
        return {}
    return {
        "renewal": renewal,
        "confirm_form": ConfirmForm() if may_confirm(renewal, reader) else None,
        "may_decline": renewal.made_by_id == reader.pk or may_confirm(renewal, reader),
    }
