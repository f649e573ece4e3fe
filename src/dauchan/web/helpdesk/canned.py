"""Sentences that agents put into their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dauchan.helpdesk.knowledge.access import WRITES_ARTICLES, access_canned
from dauchan.helpdesk.knowledge.actions import keep_canned
from dauchan.units.errors import NoSuchThing
from dauchan.web.helpdesk.article_forms import CannedForm
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import OfficerRequest


@require_safe
@officer_required(*WRITES_ARTICLES)
def sentence_list(request: OfficerRequest) -> HttpResponse:
    return render(request, "helpdesk/canned.html", {"sentences": access_canned(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*WRITES_ARTICLES)
def page(request: OfficerRequest, canned_id: int = 0) -> HttpResponse:
    """A new one, or one that is changed."""
    found = access_canned(request.user).filter(pk=canned_id).first() if canned_id else None
    if canned_id and found is None:
        raise NoSuchThing
    form = CannedForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        keep_canned(form.save(commit=False), request.user)
        messages.success(request, _("Đã lưu."))
        return redirect("helpdesk:canned")
    context = {"form": form, "sentence": found}
    return render(request, "helpdesk/edit_canned.html", context, status=422 if form.errors else 200)
