"""The phones somebody is signed in on, and signing one out that is not at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dauchan.people.phones.actions import sign_out_phones
from dauchan.people.phones.models import Ending, OwnPhone
from dauchan.people.phones.queries import phones_of
from dauchan.units.errors import NoSuchThing
from dauchan.web.middleware import PHONE_KEY
from dauchan.web.visitor.session import person_required, sign_out_person

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.web.requests import PersonRequest


@never_cache
@require_safe
@person_required
def phone_list(request: PersonRequest) -> HttpResponse:
    phones = list(phones_of(request.person))
    context = {
        "phones": [one for one in phones if one.ended_at is None],
        "ended": [one for one in phones if one.ended_at],
        "own": request.session.get(PHONE_KEY),
    }
    return render(request, "visitor/phones.html", context)


@require_POST
@person_required
def sign_out_one(request: PersonRequest, phone_id: int) -> HttpResponse:
    """This phone too: then it is a plain sign-out."""
    if phone_id == request.session.get(PHONE_KEY):
        sign_out_person(request)
        messages.success(request, _("Bạn đã đăng xuất trên thiết bị này."))
        return redirect("public:home")
    if not OwnPhone.objects.filter(person=request.person, pk=phone_id).exists():
        raise NoSuchThing
    sign_out_phones(request.person, Ending.ELSEWHERE, only=phone_id)
    messages.success(request, _("Đã đăng xuất máy đó. Mã cá nhân máy đó đã mở không còn dùng được."))
    return redirect("visitor:phones")


@require_POST
@person_required
def sign_out_others(request: PersonRequest) -> HttpResponse:
    others = OwnPhone.objects.filter(person=request.person, ended_at=None).exclude(pk=request.session[PHONE_KEY])
    ended = sum(sign_out_phones(request.person, Ending.ELSEWHERE, only=one.pk) for one in others)
    messages.success(
        request,
        ngettext("Đã đăng xuất %(number)s máy khác.", "Đã đăng xuất %(number)s máy khác.", ended) % {"number": ended},
    )
    return redirect("visitor:phones")
