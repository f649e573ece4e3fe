"""A request taken in at a counter: who asks is checked first, and no name is shown to the officer."""

from __future__ import annotations

import base64
import json
import logging
from typing import TYPE_CHECKING

import httpx
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dauchan.people.encryption import decrypt, encrypt
from dauchan.people.errors import CodeNotAccepted, TooManyCodes
from dauchan.people.phone_codes import accept_code, send_code
from dauchan.privacy.rights.access import TAKES_IN
from dauchan.privacy.rights.asking import ask_at_counter, person_shown
from dauchan.privacy.rights.errors import NobodyFound, RightsRefused
from dauchan.privacy.rights.request_models import Proof, Right
from dauchan.units import audit
from dauchan.web.officer.guards import officer_required
from dauchan.web.privacy.forms import CounterWishForm, ShownForm

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from dauchan.people.models import Person
    from dauchan.units.models import Unit
    from dauchan.web.requests import OfficerRequest

PURPOSE = "data-rights"
SHOWN_KEY = "data_rights_shown"
log = logging.getLogger(__name__)


@officer_required(*TAKES_IN)
def begin(request: OfficerRequest) -> HttpResponse:
    """What is asked for, and what was shown; a telephone gets a code that its holder reads out."""
    form = ShownForm(request.POST or None, initial={"proof": Proof.PHONE_CODE})
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("right", "proof", "shown")}
        if refusal := _check(request, said):
            form.add_error("shown", refusal)
        else:
            return redirect("privacy:wish")
    return render(request, "privacy/begin.html", {"form": form}, status=422 if form.errors else 200)


@officer_required(*TAKES_IN)
def wish(request: OfficerRequest) -> HttpResponse:
    said = _kept(request)
    if said is None:
        return redirect("privacy:begin")
    with_code = said["proof"] == Proof.PHONE_CODE
    form = CounterWishForm(request.POST or None, right=said["right"], with_code=with_code)
    if request.method == "POST" and form.is_valid():
        try:
            if with_code:
                accept_code(said["shown"], PURPOSE, form.cleaned_data["code"])
            person = person_shown(said["proof"], said["shown"])
            made = ask_at_counter(person, form.wish(), _unit(request), said["proof"], request.user)
        except CodeNotAccepted as refused:
            form.add_error("code", str(refused.message))
        except RightsRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            del request.session[SHOWN_KEY]
            messages.success(request, _("Đã tiếp nhận. Mã theo dõi: %(code)s.") % {"code": made.code})
            return redirect("privacy:one", made.pk)
    context = {"form": form, "right": Right(said["right"]), "proof": Proof(said["proof"]), "code": said.get("code", "")}
    return render(request, "privacy/wish.html", context, status=422 if form.errors else 200)


def _check(request: OfficerRequest, said: dict[str, str]) -> StrOrPromise | None:
    """Find whom it leads to and keep what was shown, sealed, until the next step; or say why not. Looking is in the log."""
    try:
        person: Person = person_shown(said["proof"], said["shown"])
        audit.record(request.user, "rights.looked_up", "counter", detail={"proof": said["proof"], "found": True})
        if said["proof"] == Proof.PHONE_CODE:
            sent = send_code(person.identity.phone, PURPOSE, request.META["REMOTE_ADDR"])
            said = {**said, "code": sent.shown_code or ""}
    except NobodyFound as refused:
        audit.record(request.user, "rights.looked_up", "counter", detail={"proof": said["proof"], "found": False})
        return refused.message
    except TooManyCodes as refused:
        return refused.message
    except httpx.HTTPError as error:
        log.warning("the gateway of text messages did not take a message: %s", type(error).__name__)
        return _("Chưa gửi được tin nhắn. Hãy thử lại sau ít phút.")
    request.session[SHOWN_KEY] = base64.b64encode(encrypt(json.dumps(said))).decode()
    return None


def _kept(request: OfficerRequest) -> dict[str, str] | None:
    sealed = request.session.get(SHOWN_KEY)
    return json.loads(decrypt(base64.b64decode(sealed))) if sealed else None


def _unit(request: OfficerRequest) -> Unit:
    return request.user.units_as(*TAKES_IN)[0]
