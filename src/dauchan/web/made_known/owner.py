"""What an owner was told, and whether they want to be told more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dauchan.oversight.made_known.models import OptOut, OwnerMessage
from dauchan.oversight.made_known.sending import opt_out
from dauchan.oversight.owner_notices.queries import notices_to
from dauchan.web.visitor.session import person_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import PersonRequest

MOST_SHOWN = 30


@person_required
def messages_page(request: PersonRequest) -> HttpResponse:
    if request.method == "POST":
        wants_none = request.POST.get("wanted") == "no"
        opt_out(request.person.pk, wants_none=wants_none)
        messages.success(request, _("Đã ghi: không gửi nữa.") if wants_none else _("Đã ghi: sẽ gửi khi cần."))
        return redirect("made_known:owner_messages")
    context = {
        "opted_out": OptOut.objects.filter(person=request.person.pk).first(),
        "notices": notices_to(request.person.pk).select_related("venue")[:MOST_SHOWN],
        "received": OwnerMessage.objects.filter(person=request.person.pk, sent_at__isnull=False)
        .select_related("sending__unit")
        .order_by("-sent_at")[:MOST_SHOWN],
    }
    return render(request, "made_known/owner_messages.html", context)
