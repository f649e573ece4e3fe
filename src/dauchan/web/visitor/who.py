"""A number that stood for somebody, proved in a browser nobody knows: the same person, or the number's next holder?

The name is asked for after the code, never instead of it, and what is known of the earlier holder is never shown.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dauchan.people.actions import has_consented, person_with_phone
from dauchan.people.phones.actions import let_number_go
from dauchan.people.phones.queries import is_named
from dauchan.vietnamese import show_phone
from dauchan.web.layout.fields import LineField
from dauchan.web.misses import Misses
from dauchan.web.visitor.forms import LONGEST_NAME
from dauchan.web.visitor.session import keep_sign_in, kept_sign_in
from dauchan.web.visitor.sign_in import must_be_named, sign_in_and_go

if TYPE_CHECKING:
    from django.http import HttpResponse

    from dauchan.people.models import Person
    from dauchan.web.requests import PersonRequest
    from dauchan.web.visitor.session import SignIn

#: Wrong names in one sign-in, and for one number in an hour.
TRIES = 3
MISSES = Misses("name-misses", 6)


class WhoForm(forms.Form):
    full_name = LineField(
        label=gettext_lazy("Họ và tên bạn đã khai"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
        help_text=gettext_lazy("Không cần dấu, không phân biệt chữ hoa, chữ thường."),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say_name(request: PersonRequest) -> HttpResponse:
    under_way, known = _asked(request)
    if under_way is None or known is None:
        return redirect("visitor:consent")
    form = WhoForm(request.POST if request.method == "POST" else None)
    is_over = under_way.tries >= TRIES or MISSES.are_too_many(str(known.pk))
    if not is_over and form.is_valid():
        if is_named(known.identity, form.cleaned_data["full_name"]):
            return _go_on(request, known, under_way)
        MISSES.count(str(known.pk))
        under_way = replace(under_way, tries=under_way.tries + 1)
        keep_sign_in(request, under_way)
        is_over = under_way.tries >= TRIES
        form.add_error("full_name", _("Không khớp với tên đã khai cùng số này."))
    context = {"form": form, "is_over": is_over, "phone": show_phone(under_way.phone)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "visitor/sign_in_who.html", context, status=status)


@never_cache
@require_POST
def new_holder(request: PersonRequest) -> HttpResponse:
    """The number is theirs, what was kept under it is not: they begin anew and see nothing of it."""
    under_way, known = _asked(request)
    if under_way is not None and known is not None:
        let_number_go(known)
    return redirect("visitor:consent")


def _asked(request: PersonRequest) -> tuple[SignIn | None, Person | None]:
    """The sign-in under way and whom its number stood for, where the name is still to be said."""
    under_way = kept_sign_in(request)
    if under_way is None or not under_way.is_verified:
        return None, None
    known = person_with_phone(under_way.phone)
    if known is None or not must_be_named(known, under_way):
        return under_way, None
    return under_way, known


def _go_on(request: PersonRequest, known: Person, under_way: SignIn) -> HttpResponse:
    if has_consented(known):
        return sign_in_and_go(request, known, under_way.next)
    keep_sign_in(request, replace(under_way, is_named=True))
    return redirect("visitor:consent")
