"""Cards as files to print. A name on a card is read, so every file stands in the audit log."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dauchan.people.access import ISSUES_CARDS, access_card, access_cards
from dauchan.people.cards import note_printed, printable
from dauchan.qr import make_card_code
from dauchan.units.errors import NoSuchThing
from dauchan.venues.poster_faces import committee_of
from dauchan.web.cards.list_forms import CardFilter
from dauchan.web.cards.printing import MOST_CARDS, CardFace, Sheet, cards_pdf
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.people.models import ControlCard
    from dauchan.web.requests import OfficerRequest

_NUMBER = re.compile(r"\d{1,19}", re.ASCII)
#: How cards are laid out, for those who print them; `-backs` for both sides.
SHEETS = {
    "a4": gettext_lazy("A4, mười thẻ một tờ"),
    "a4-backs": gettext_lazy("A4, in hai mặt"),
    "single": gettext_lazy("Khổ thẻ, cho máy in thẻ"),
    "single-backs": gettext_lazy("Khổ thẻ, hai mặt"),
}


@require_GET
@officer_required(*ISSUES_CARDS)
def one(request: OfficerRequest, card_id: int) -> HttpResponse:
    card = access_card(request.user, card_id)
    if not printable(card):
        messages.error(request, _("Thẻ không còn hiệu lực nên không in được nữa."))
        return redirect("cards:card", card.pk)
    return _file(request, [card], request.GET.get("sheet", ""), f"the-{card.serial.lower()}")


@require_POST
@officer_required(*ISSUES_CARDS)
def many(request: OfficerRequest) -> HttpResponse:
    """The ticked cards, or all those that the list's filter shows; without those that are no longer good."""
    cards = [card for card in _asked(request) if printable(card)]
    if not cards:
        messages.warning(request, _("Chưa chọn thẻ nào còn hiệu lực."))
        return redirect("cards:cards")
    if len(cards) > MOST_CARDS:
        words = _("Quá 1.000 thẻ cho một tệp. Hãy chọn bớt hoặc lọc theo phường, xã.")
        return HttpResponse(words, "text/plain; charset=utf-8", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _file(request, cards, request.POST.get("sheet", ""), f"the-kiem-soat-{len(cards)}")


def _asked(request: OfficerRequest) -> list[ControlCard]:
    mine = access_cards(request.user)
    if "all" in request.POST:
        shown = CardFilter(request.POST, officer=request.user).narrowed(mine)
        return list(shown.order_by("issued_at", "pk")[: MOST_CARDS + 1])
    ticked = {int(text) for text in request.POST.getlist("card") if _NUMBER.fullmatch(text)}
    found = list(mine.filter(pk__in=ticked).order_by("issued_at", "pk"))
    if len(found) != len(ticked):
        raise NoSuchThing
    return found


def _file(request: OfficerRequest, cards: Sequence[ControlCard], sheet: str, name: str) -> HttpResponse:
    chosen = sheet if sheet in SHEETS else next(iter(SHEETS))
    kind, _dash, backs = chosen.partition("-")
    note_printed(cards, request.user, _("In thẻ kiểm soát"))
    written = cards_pdf([_face(card) for card in cards], cast("Sheet", kind), backs=bool(backs))
    answer = HttpResponse(written, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{chosen}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _face(card: ControlCard) -> CardFace:
    return CardFace(
        name=card.person.identity.full_name,
        serial=card.serial,
        code=make_card_code(card.pk, settings.CARD_KEYS, card.expires_on),
        last_on=card.last_on,
        unit=committee_of(card.unit),
        hotline=settings.HOTLINE,
    )
