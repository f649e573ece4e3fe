"""What officers do with programs of others: let one in, consent, end it; make and revoke tokens."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dauchan.exchange.programs.errors import (
    ChangedMeanwhile,
    HasEnded,
    NothingToConsentTo,
    OwnProgram,
    TooManyTokens,
)
from dauchan.exchange.programs.models import SENSITIVE, Program, Token
from dauchan.units import audit

if TYPE_CHECKING:
    from dauchan.units.models import Officer

#: Scanners of published code find what begins like this.
PREFIX = "dauchan_"
LONGEST_DAYS = 366
MOST_TOKENS = 20


@transaction.atomic
def enter_program(program: Program, officer: Officer) -> Program:
    """Let a program in; what is sensitive waits for an approver."""
    program.made_by = officer
    program.save()
    audit.record(officer, "program.entered", subject_of(program), purpose=program.purpose, detail=_terms(program))
    return program


@transaction.atomic
def change_program(program: Program, officer: Officer, seen_revision: int) -> Program:
    """Keep other terms. Consent does not stretch to what the approver has not seen.

    Raises: ChangedMeanwhile, HasEnded.
    """
    current = _locked(program.pk)
    if current.revision != seen_revision:
        raise ChangedMeanwhile
    wider = set(program.scopes) & SENSITIVE - set(current.scopes)
    if wider or (program.purpose, program.unit_id) != (current.purpose, current.unit_id):
        program.approved_by = program.approved_at = None
    program.revision = seen_revision + 1
    program.save()
    audit.record(officer, "program.changed", subject_of(program), purpose=program.purpose, detail=_terms(program))
    return program


@transaction.atomic
def consent(program: Program, officer: Officer, seen_revision: int) -> Program:
    """A second person lets it read what is sensitive. Raises: OwnProgram, NothingToConsentTo, ChangedMeanwhile, HasEnded."""
    current = _locked(program.pk)
    if current.revision != seen_revision:
        raise ChangedMeanwhile
    if current.made_by_id == officer.pk:
        raise OwnProgram
    if not current.waits:
        raise NothingToConsentTo
    current.approved_by, current.approved_at = officer, timezone.now()
    current.revision += 1
    current.save(update_fields=["approved_by", "approved_at", "revision"])
    audit.record(officer, "program.consented", subject_of(current), purpose=current.purpose, detail=_terms(current))
    return current


@transaction.atomic
def end_program(program: Program, officer: Officer) -> None:
    """From now on nothing is answered and nothing sent. Raises: HasEnded."""
    now, current = timezone.now(), _locked(program.pk)
    current.ended_at = now
    current.save(update_fields=["ended_at"])
    current.tokens.filter(revoked_at=None).update(revoked_at=now, revoked_by=officer)
    current.webhooks.filter(ended_at=None).update(ended_at=now)
    audit.record(officer, "program.ended", subject_of(current))


@transaction.atomic
def issue_token(program: Program, officer: Officer, name: str, days: int) -> tuple[Token, str]:
    """A new token and its text, which is known to nobody afterwards. Raises: HasEnded, TooManyTokens."""
    current, now = _locked(program.pk), timezone.now()
    if current.tokens.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_TOKENS:
        raise TooManyTokens
    text = PREFIX + secrets.token_urlsafe(32)
    until = now + dt.timedelta(days=min(days, LONGEST_DAYS))
    token = current.tokens.create(
        name=name, digest=digest_of(text), hint=text[-4:], made_by=officer, made_at=now, expires_at=until
    )
    detail = {"token": token.pk, "expires_at": until.isoformat()}
    audit.record(officer, "program.token_issued", subject_of(current), detail=detail)
    return token, text


@transaction.atomic
def revoke_token(token: Token, officer: Officer) -> None:
    """Repeating it changes nothing."""
    changed = Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=officer)
    if changed:
        audit.record(officer, "program.token_revoked", subject_of(token.program), detail={"token": token.pk})


def digest_of(text: str) -> bytes:
    """Plain SHA-256: of 256 random bits nobody finds another by trying."""
    return hashlib.sha256(text.encode()).digest()


def subject_of(program: Program) -> str:
    return f"program:{program.pk}"


def _locked(program_id: int) -> Program:
    program = Program.objects.select_for_update().get(pk=program_id)
    if program.ended_at:
        raise HasEnded
    return program


def _terms(program: Program) -> dict[str, object]:
    return {"scopes": program.scopes, "unit": program.unit_id, "instrument": program.instrument}
