"""How long an officer stays signed in: to the end of the browser, of the working day, or of an hour without a request."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LONGEST = dt.timedelta(hours=12)
IDLE = dt.timedelta(minutes=60)
#: The session is written for this reason at most once a minute, not at every request.
NOTED_EVERY = dt.timedelta(minutes=1)
SINCE_KEY, SEEN_KEY = "officer_since", "officer_seen"


class OfficerSessions:
    """Middleware after Django's authentication: signs officers out whose time is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Anonymous pages are not made to read the session: only a session that exists is looked into.
        if request.session.session_key and request.user.is_authenticated:
            self._end_or_note(request)
        return self.get_response(request)

    def _end_or_note(self, request: HttpRequest) -> None:
        now = timezone.now().timestamp()
        since = request.session.setdefault(SINCE_KEY, now)
        seen = request.session.setdefault(SEEN_KEY, now)
        if now - since >= LONGEST.total_seconds() or now - seen >= IDLE.total_seconds():
            logout(request)
            messages.info(request, _("Phiên làm việc đã hết hạn. Hãy đăng nhập lại để tiếp tục."))
        elif now - seen >= NOTED_EVERY.total_seconds():
            request.session[SEEN_KEY] = now
            _note_seen(request)


def _note_seen(request: HttpRequest) -> None:
    """For the list of one's sessions; a session whose key has changed since is written down anew."""
    noted = UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
    if not noted:
        UserSession.objects.create_from_request(request)
