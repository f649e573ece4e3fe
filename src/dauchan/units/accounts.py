"""Accounts of officers: opened, given a role, a new password, closed. Every step is in the audit log."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from dauchan.units import audit
from dauchan.units.models import Appointment, Officer
from dauchan.units.substitution import end_substitutions

if TYPE_CHECKING:
    from dauchan.units.models import Unit

PASSWORD_BYTES = 15


@transaction.atomic
def open_account(username: str, full_name: str) -> tuple[Officer, str]:
    """A new account without any role, and its first password, which is kept nowhere else.

    Raises: django.core.exceptions.ValidationError for a name that cannot be one, or is taken.
    """
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    officer = Officer(username=username, full_name=full_name)
    officer.set_password(password)
    officer.full_clean()
    officer.save()
    audit.record(None, "account.opened", f"officer:{officer.pk}", detail={"username": username})
    return officer, password


@transaction.atomic
def appoint(officer: Officer, role: str, unit: Unit) -> Appointment:
    """Give an officer a role in a unit and everything below it, from today on; one they hold already stays as it is."""
    today = timezone.localdate()
    held = officer.appointments.filter(role=role, unit=unit, until=None).first()
    if held is not None:
        return held
    appointment = Appointment.objects.create(officer=officer, role=role, unit=unit, since=today)
    audit.record(None, "account.appointed", f"officer:{officer.pk}", detail={"role": role, "unit": unit.code})
    return appointment


@transaction.atomic
def renew_password(officer: Officer) -> str:
    """A new password for an officer who forgot theirs; all their sessions end."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    officer.set_password(password)
    officer.save(update_fields=["password"])
    audit.record(None, "account.password_renewed", f"officer:{officer.pk}")
    return password


@transaction.atomic
def remove_second_factor(officer: Officer) -> int:
    """Take away app, passkeys and recovery codes of an officer who lost them; all their sessions end. Returns how many."""
    removed, _ = Authenticator.objects.filter(user=officer).delete()
    audit.record(None, "account.factor_removed", f"officer:{officer.pk}", detail={"removed": removed})
    end_sessions_of(officer, None)
    return int(removed)


@transaction.atomic
def close_account(officer: Officer, by: Officer | None = None) -> None:
    """The officer has left: no session of theirs is worth anything from now on. What they did stays under their name.

    Their roles end, and with them who stands in for them.
    """
    today = timezone.localdate()
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    end_substitutions(Q(in_place_of=officer) | Q(officer=officer), by)
    running = officer.appointments.filter(Q(until=None) | Q(until__gt=today))
    running.update(until=Greatest(F("since"), Value(today)))
    audit.record(by, "account.closed", f"officer:{officer.pk}")


@transaction.atomic
def end_sessions_of(officer: Officer, by: Officer | None) -> int:
    """Sign *officer* out everywhere; returns of how many browsers."""
    sessions = list(UserSession.objects.filter(user=officer))
    for session in sessions:
        session.end()
    audit.record(by, "account.sessions_ended", f"officer:{officer.pk}", detail={"sessions": len(sessions)})
    return len(sessions)
