"""The steps of a list: columns, decisions, keeping, taking back."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dauchan.exchange.venue_lists.access import IMPORTS_VENUES, access_venue_list
from dauchan.exchange.venue_lists.deciding import decide as note_decisions
from dauchan.exchange.venue_lists.deciding import decide_all
from dauchan.exchange.venue_lists.errors import ListRefused
from dauchan.exchange.venue_lists.models import Decision, State
from dauchan.exchange.venue_lists.taking_in import glances_of
from dauchan.exchange.venue_lists.undertaking import ask_to_check, ask_to_keep
from dauchan.exchange.venue_lists.undoing import undo as take_back
from dauchan.web.officer.guards import officer_required
from dauchan.web.venue_lists.forms import OptionsForm, column_choices, columns_sent, heads_sent
from dauchan.web.venue_lists.words import FACTS, STEPS

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest

_ROW = re.compile(r"row-(\d{1,6})", re.ASCII)


@officer_required(*IMPORTS_VENUES)
def columns(request: OfficerRequest, list_id: int) -> HttpResponse:
    found = access_venue_list(request.user, list_id)
    if found.state not in {State.READ, State.CHECKED, State.FAILED}:
        return redirect("venue_lists:one", found.pk)
    form = OptionsForm(request.POST or None, venue_list=found)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_check(found, columns_sent(request.POST, found), form.options(), heads_sent(request.POST))
        except ListRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            return redirect("venue_lists:one", found.pk)
    try:
        sheets = column_choices(glances_of(found))
    except ListRefused as refused:  # the file is forgotten
        messages.error(request, str(refused.message))
        return redirect("venue_lists:all")
    context = {"list": found, "form": form, "sheets": sheets, "facts": FACTS.items(), "steps": STEPS}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "venue_lists/columns.html", context, status=status)


@require_POST
@officer_required(*IMPORTS_VENUES)
def decide(request: OfficerRequest, list_id: int) -> HttpResponse:
    """The decisions of a page; or, with `all`, one for everything that is still open."""
    found = access_venue_list(request.user, list_id)
    sent = {int(row[1]): str(request.POST[name]) for name in request.POST if (row := _ROW.fullmatch(name))}
    try:
        changed = note_decisions(found, sent)
        if request.POST.get("all") in Decision.values:
            changed += decide_all(found, request.POST["all"])
    except ListRefused as refused:
        messages.error(request, str(refused.message))
    else:
        said = ngettext("Đã ghi %(number)s quyết định.", "Đã ghi %(number)s quyết định.", changed)
        messages.success(request, said % {"number": changed})
    page = request.POST.get("page", "")
    answer = redirect("venue_lists:one", found.pk)
    answer["Location"] += "?tab=asks" + (f"&page={page}" if page.isascii() and page.isdigit() else "")
    return answer


@require_POST
@officer_required(*IMPORTS_VENUES)
def keep(request: OfficerRequest, list_id: int) -> HttpResponse:
    found = access_venue_list(request.user, list_id)
    try:
        ask_to_keep(found)
    except ListRefused as refused:
        messages.error(request, str(refused.message))
    return redirect("venue_lists:one", found.pk)


@require_POST
@officer_required(*IMPORTS_VENUES)
def undo(request: OfficerRequest, list_id: int) -> HttpResponse:
    found = access_venue_list(request.user, list_id)
    try:
        done = take_back(found, request.user)
    except ListRefused as refused:
        messages.error(request, str(refused.message))
    else:
        counts = {name: done.counts.get(name, 0) for name in ("removed", "closed", "stays")}
        messages.success(request, _("Đã hoàn tác %(removed)s dòng, đóng %(closed)s, giữ lại %(stays)s.") % counts)
    return redirect("venue_lists:one", found.pk)
