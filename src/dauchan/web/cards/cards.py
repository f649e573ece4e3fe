"""The cards of an officer's area, and one card: opened for a purpose, revoked, replaced."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dauchan.people.access import ISSUES_CARDS, access_card, access_cards, matching_cards
from dauchan.people.card_models import CardState
from dauchan.people.cards import may_undo, opened_details, replace_card, revoke_card, undo_revocation
from dauchan.people.errors import CardRefused
from dauchan.vietnamese import show_phone
from dauchan.web.cards.downloads import SHEETS
from dauchan.web.cards.history import events_of
from dauchan.web.cards.list_forms import CardFilter, OpenForm, RevokeForm, SearchForm
from dauchan.web.cards.shown import ShownCard, shown_cards
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.people.models import ControlCard
    from dauchan.web.requests import OfficerRequest

ROWS_A_PAGE = 25
#: A whole name or a number finds a few; a list this long is no search result any more.
MOST_FOUND = 100


@officer_required(*ISSUES_CARDS)
def card_list(request: OfficerRequest) -> HttpResponse:
    """All cards by page, narrowed down by GET; or, by POST, those that were searched for."""
    mine = access_cards(request.user)
    chosen = CardFilter(request.GET, officer=request.user)
    search = SearchForm(request.POST or None)
    found = None
    if request.method == "POST" and search.is_valid() and search.cleaned_data["q"].strip():
        found = matching_cards(mine, search.cleaned_data["q"])[:MOST_FOUND]
        page = Paginator(found, MOST_FOUND).get_page(1)
    else:
        page = Paginator(chosen.narrowed(mine), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": chosen,
        "search": search,
        "is_search": found is not None,
        "page": page,
        "rows": shown_cards(page),
        "printable": chosen.printable(mine),
        "sheets": SHEETS,
    }
    return render(request, "cards/cards.html", context)


@officer_required(*ISSUES_CARDS)
def card_page(request: OfficerRequest, card_id: int) -> HttpResponse:
    """One card, its holder masked; by POST with a purpose, this once in full."""
    card = access_card(request.user, card_id)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            identity = opened_details(card, request.user, form.purpose())
        except CardRefused as refused:
            messages.error(request, str(refused.message))
            return redirect("cards:card", card.pk)
        phone = show_phone(identity.phone) if identity and identity.phone else ""
        return _shown(request, card, OpenForm(), {"identity": identity, "phone": phone})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _shown(request, card, form, {}, status)


def _shown(
    request: OfficerRequest,
    card: ControlCard,
    form: OpenForm,
    opened: dict[str, Any],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "row": ShownCard(card),
        "card": card,
        "open_form": form,
        "opened": opened,
        "revoke_form": RevokeForm(),
        "replace_form": RevokeForm(auto_id="replace_%s"),
        "replaced": access_cards(request.user).filter(replaced_by=card).first(),
        "may_undo": may_undo(card, timezone.now()),
        "may_replace": card.replaced_by_id is None and hasattr(card.person, "identity"),
        "is_revoked": card.state is CardState.REVOKED,
        "events": events_of(card),
        "sheets": SHEETS,
    }
    return render(request, "cards/card.html", context, status=status)


@require_POST
@officer_required(*ISSUES_CARDS)
def revoke(request: OfficerRequest, card_id: int) -> HttpResponse:
    card, form = access_card(request.user, card_id), RevokeForm(request.POST)
    if not form.is_valid():
        return _without_reason(request, card)
    try:
        revoke_card(card, request.user, form.cleaned_data["reason"])
    except CardRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Đã thu hồi thẻ %(serial)s.") % {"serial": card.serial})
    return redirect("cards:card", card.pk)


@require_POST
@officer_required(*ISSUES_CARDS)
def undo(request: OfficerRequest, card_id: int) -> HttpResponse:
    card = access_card(request.user, card_id)
    try:
        undo_revocation(card, request.user)
    except CardRefused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Thẻ %(serial)s lại có hiệu lực.") % {"serial": card.serial})
    return redirect("cards:card", card.pk)


@require_POST
@officer_required(*ISSUES_CARDS)
def replace(request: OfficerRequest, card_id: int) -> HttpResponse:
    card, form = access_card(request.user, card_id), RevokeForm(request.POST)
    if not form.is_valid():
        return _without_reason(request, card)
    try:
        new = replace_card(card, request.user, form.cleaned_data["reason"])
    except CardRefused as refused:
        messages.error(request, str(refused.message))
        return redirect("cards:card", card.pk)
    messages.success(request, _("Đã cấp lại: thẻ mới %(serial)s. Hãy in thẻ.") % {"serial": new.serial})
    return redirect("cards:card", new.pk)


def _without_reason(request: OfficerRequest, card: ControlCard) -> HttpResponse:
    messages.error(request, _("Hãy chọn lý do."))
    return redirect("cards:card", card.pk)
