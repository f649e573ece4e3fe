"""Issuing one card in under a minute, or a hamlet's cards from its list."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dauchan.exchange.sheets import SheetUnreadable, rows_as_text, rows_of_text
from dauchan.exchange.workbooks import rows_of_list
from dauchan.people.access import ISSUES_CARDS, access_cards, similar_cards, similar_to_each
from dauchan.people.cards import issue_card, issue_cards
from dauchan.web.cards.forms import CardForm, ListForm
from dauchan.web.cards.lists import MOST_ROWS, HolderList, read_list
from dauchan.web.cards.shown import shown_cards
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.people.models import ControlCard
    from dauchan.web.requests import OfficerRequest

#: In the session: the card that was just issued, and whether its file is to come by itself.
JUST_ISSUED = "card_just_issued"
MOST_DOUBLES = 50
#: Rows above the first person: a title, a heading.
HEAD_ROWS = 10


@officer_required(*ISSUES_CARDS)
def new_card(request: OfficerRequest) -> HttpResponse:
    """The form; after a card was issued, the next empty form with that card above it."""
    if request.method != "POST":
        return render(request, "cards/new.html", {"form": CardForm(officer=request.user), **_just_issued(request)})
    form = CardForm(request.POST, officer=request.user)
    if not form.is_valid():
        return render(request, "cards/new.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    doubles = [] if form.is_confirmed else shown_cards(similar_cards(form.chosen_unit, form.holder)[:5])
    if doubles:
        form.put_back("confirmed", form.likeness)
        context = {"form": form, "doubles": doubles}
        return render(request, "cards/new.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    card = issue_card(form.chosen_unit, request.user, form.holder, form.expires_on)
    request.session[JUST_ISSUED] = [card.pk, "print" in request.POST]
    return redirect("cards:new")


def _just_issued(request: OfficerRequest) -> dict[str, Any]:
    card_id, prints = request.session.pop(JUST_ISSUED, (None, False))
    issued = access_cards(request.user).filter(pk=card_id).first() if card_id else None
    return {"issued": issued, "prints": prints}


@officer_required(*ISSUES_CARDS)
def many_cards(request: OfficerRequest) -> HttpResponse:
    """First the list is checked, row by row, and shown again; sent once more it is issued."""
    if request.method != "POST":
        return render(request, "cards/many.html", {"form": ListForm(officer=request.user), "most": MOST_ROWS})
    form = ListForm(request.POST, request.FILES, officer=request.user)
    if not form.is_valid() or (rows := _rows(form)) is None:
        return _checked(request, form, None)
    read = read_list(rows)
    if not read.rows:
        form.add_error("text", _("Danh sách chưa có dòng nào."))
        return _checked(request, form, None)
    if "issue" not in request.POST or not read.holders or read.is_cut or form.cleaned_data["file"]:
        return _checked(request, form, read, rows)
    return _issued(request, form, read)


def _rows(form: ListForm) -> list[list[str]] | None:
    """What was uploaded, else what was pasted; None where it cannot be read, which the form then says."""
    uploaded = form.cleaned_data["file"]
    try:
        if uploaded:
            return rows_of_list(uploaded, MOST_ROWS + HEAD_ROWS)
        return rows_of_text(form.cleaned_data["text"], MOST_ROWS + HEAD_ROWS)
    except SheetUnreadable:
        words = _("Không đọc được danh sách này. Nếu là tệp, hãy lưu lại thành XLSX hoặc CSV (UTF-8).")
        form.add_error("file" if uploaded else "text", words)
        return None


def _checked(
    request: OfficerRequest, form: ListForm, read: HolderList | None, rows: list[list[str]] | None = None
) -> HttpResponse:
    """The form with what was found out; an uploaded list stands in its text, to be mended and sent."""
    if rows is not None:
        form.put_back("text", rows_as_text(rows))
    context = {"form": form, "list": read, "most": MOST_ROWS, "doubles": _doubles(form, read) if read else []}
    status = HTTPStatus.OK if read and not read.faults else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "cards/many.html", context, status=status)


def _doubles(form: ListForm, read: HolderList) -> list[tuple[int, ControlCard]]:
    """Rows whose name and year stand on a card in use: pointed out, never refused."""
    found = similar_to_each(form.chosen_unit, read.holders)
    return [(row.number, found[row.holder]) for row in read.rows if row.holder in found][:MOST_DOUBLES]


def _issued(request: OfficerRequest, form: ListForm, read: HolderList) -> HttpResponse:
    cards = issue_cards(form.chosen_unit, request.user, read.holders, form.expires_on)
    words = ngettext("Đã cấp %(number)s thẻ.", "Đã cấp %(number)s thẻ.", len(cards))
    messages.success(request, words % {"number": len(cards)})
    if read.faults:
        numbers = ", ".join(str(row.number) for row in read.faults)
        messages.warning(request, _("Chưa cấp cho các dòng có lỗi: %(rows)s.") % {"rows": numbers})
    return redirect(f"{reverse('cards:cards')}?state=unprinted")
