"""One box for the codes of reports and of requests for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dauchan.helpdesk.models import Ticket
from dauchan.oversight.models import Report
from dauchan.web.desk.forms import FollowForm
from dauchan.web.misses import Misses

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

#: Wrong codes an hour from one address, before the right ones are not opened either.
MISSES = Misses("follow-misses", 30)


def follow(request: HttpRequest) -> HttpResponse:
    form = FollowForm(request.GET or None)
    if request.GET and form.is_valid():
        code, address = form.cleaned_data["code"], request.META["REMOTE_ADDR"]
        if MISSES.are_too_many(address):
            form.add_error("code", _("Đã thử quá nhiều mã sai từ mạng này. Hãy thử lại sau một giờ."))
            return render(request, "desk/follow.html", {"form": form}, status=429)
        if Report.objects.filter(code=code).exists():
            return redirect("reports:follow", code)
        if Ticket.objects.filter(code=code).exists():
            return redirect("helpdesk:follow", code)
        MISSES.count(address)
        form.add_error("code", _("Không có phản ánh hay yêu cầu nào mang mã này."))
    return render(request, "desk/follow.html", {"form": form}, status=422 if form.errors else 200)
