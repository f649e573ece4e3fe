"""Officers signing in and changing how they do, in the audit log: a stolen account shows there first.

Attempts that fail are not: whoever guesses would fill the log, and what was typed may be a password in the wrong field. The
console's own log tells of them by the number of the account.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING, Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.contrib.auth.signals import user_logged_out, user_login_failed

from dauchan.units import audit
from dauchan.units.models import Officer

if TYPE_CHECKING:
    from django.http import HttpRequest

log = getLogger(__name__)


def listen() -> None:
    """Called once, when Django has loaded."""
    user_logged_in.connect(_signed_in)
    user_login_failed.connect(_failed)
    user_logged_out.connect(_signed_out)
    password_changed.connect(_changed_password)
    authenticator_added.connect(_added_factor)
    authenticator_reset.connect(_added_factor)
    authenticator_removed.connect(_removed_factor)
    social_account_added.connect(_joined_authority)
    social_account_removed.connect(_parted_authority)


def _signed_in(request: HttpRequest, user: Officer, **_more: Any) -> None:  # noqa: ANN401 - a signal's arguments
    ways = [record["method"] for record in request.session.get("account_authentication_methods", [])]
    _record(user, "account.signed_in", ways=ways)


def _failed(credentials: dict[str, Any], **_more: Any) -> None:  # noqa: ANN401
    number = Officer.objects.filter(username=credentials.get("username") or "").values_list("pk", flat=True).first()
    log.warning("a sign-in failed: %s", f"officer:{number}" if number else "no such account")


def _signed_out(user: Officer | None, **_more: Any) -> None:  # noqa: ANN401
    if user is not None:
        _record(user, "account.signed_out")


def _changed_password(user: Officer, **_more: Any) -> None:  # noqa: ANN401
    _record(user, "account.password_changed")


def _added_factor(user: Officer, authenticator: Any, **_more: Any) -> None:  # noqa: ANN401
    _record(user, "account.factor_added", kind=authenticator.type)


def _removed_factor(user: Officer, authenticator: Any, **_more: Any) -> None:  # noqa: ANN401
    _record(user, "account.factor_removed", kind=authenticator.type)


def _joined_authority(sociallogin: Any, **_more: Any) -> None:  # noqa: ANN401
    _record(sociallogin.user, "account.authority_joined")


def _parted_authority(socialaccount: Any, **_more: Any) -> None:  # noqa: ANN401
    _record(socialaccount.user, "account.authority_parted")


def _record(officer: Officer, action: str, **detail: Any) -> None:  # noqa: ANN401
    audit.record(officer, action, f"officer:{officer.pk}", detail=detail)
