"""A caller who has lost phone and SIM card: the agent asks who they are, and signs all their phones out.

What the caller says is compared here; nothing that is kept is shown, and a wrong answer reads like an unknown number. It opens
nothing: whoever is signed out signs in again with a code on their own number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dauchan.helpdesk.access import ANSWERS_TICKETS
from dauchan.people.actions import person_with_phone
from dauchan.people.phones.actions import sign_out_phones
from dauchan.people.phones.models import Ending
from dauchan.people.phones.queries import is_named
from dauchan.units import audit
from dauchan.web.layout.fields import LineField, phone_typed
from dauchan.web.layout.widgets import PhoneInput
from dauchan.web.misses import Misses
from dauchan.web.officer.guards import officer_required

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.people.models import Person
    from dauchan.web.requests import OfficerRequest

#: Callers an hour whose answers did not fit, of one agent.
MISSES = Misses("lost-phone-misses", 12)


class CallerForm(forms.Form):
    """What the caller answers; the agent reads the questions out in this order."""

    phone = forms.CharField(label=gettext_lazy("Số điện thoại đã đăng ký"), max_length=30, widget=PhoneInput)
    full_name = LineField(label=gettext_lazy("Họ và tên đã khai"), max_length=80)
    birth_year = forms.IntegerField(
        label=gettext_lazy("Năm sinh"),
        required=False,
        min_value=1900,
        max_value=2100,
        help_text=gettext_lazy("Chỉ đối chiếu khi hệ thống có năm sinh của người này."),
    )
    circumstances = LineField(
        label=gettext_lazy("Mất khi nào, ở đâu"),
        max_length=200,
        help_text=gettext_lazy("Hỏi để nghe người gọi kể; không lưu lại."),
    )

    def clean_phone(self) -> str:
        return phone_typed(self.cleaned_data["phone"])


@require_http_methods(["GET", "HEAD", "POST"])
@officer_required(*ANSWERS_TICKETS)
def page(request: OfficerRequest) -> HttpResponse:
    form = CallerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if MISSES.are_too_many(str(request.user.pk)):
            form.add_error(None, _("Đã có nhiều người gọi trả lời không khớp trong một giờ. Hãy báo người phụ trách."))
        elif (person := _caller(form)) is None:
            MISSES.count(str(request.user.pk))
            audit.record(request.user, "phones.asked", "person:-", detail={"fits": False})
            form.add_error(None, _("Không khớp. Đừng nói cho người gọi biết điều nào sai; mời họ đến phường, xã."))
        else:
            audit.record(request.user, "phones.asked", f"person:{person.pk}", detail={"fits": True})
            ended = sign_out_phones(person, Ending.HOTLINE, by=request.user)
            messages.success(
                request, _("Khớp. Đã đăng xuất %(number)s máy; mã cá nhân cũ bị từ chối.") % {"number": ended}
            )
            return redirect("helpdesk:lost_phone")
    return render(request, "helpdesk/lost_phone.html", {"form": form}, status=422 if form.errors else 200)


def _caller(form: CallerForm) -> Person | None:
    said = form.cleaned_data
    person = person_with_phone(said["phone"])
    if person is None or person.identity.verified_at is None or not is_named(person.identity, said["full_name"]):
        return None
    year = person.identity.birth_year
    return person if not year or str(said["birth_year"] or "") == year else None
