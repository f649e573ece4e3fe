"""What a database was made for, and with which keys: a demonstration never opens one with real people in it.

An operator who forgets DAUCHAN_ENV would start a demonstration, which shows every one-time code on screen. So the first
`dauchan prepare` leaves a line in the audit log, whose chain nobody can take it out of, and every start looks at it.
"""

import hashlib
import hmac
from typing import Any

import psycopg

from dauchan.project.environment import Environment, Kind
from dauchan.project.errors import CannotStart
from dauchan.simulation.accounts import demonstration_accounts

MADE = "installation.made"
SUBJECT = "installation"

_FIRST_LINE = "SELECT detail FROM units_auditentry WHERE action = %s ORDER BY id LIMIT 1"
_ACCOUNTS = "SELECT count(*) FROM units_officer WHERE username = ANY(%s)"


def check_purpose(here: Environment) -> None:
    """Whether the database is one of this kind of installation, made with these keys.

    Raises:
        CannotStart: it is not.
    """
    found = _found(here.database_url)
    if found is None:
        return
    if found["kind"] != here.env:
        raise CannotStart(
            f"The database was made for {found['kind']}, and DAUCHAN_ENV is {here.env}; use the one or change the other.",
            f"Cơ sở dữ liệu được tạo cho {found['kind']}, còn DAUCHAN_ENV là {here.env}; hãy đổi một trong hai.",
        )
    if not hmac.compare_digest(str(found.get("keys", "")), mark_of(here)["keys"]) and "keys" in found:
        raise CannotStart(
            "DAUCHAN_LOOKUP_KEY is not the key this database was made with; nobody's phone number would be found.",
            "DAUCHAN_LOOKUP_KEY không phải khóa đã dùng khi tạo cơ sở dữ liệu này; sẽ không tìm thấy số điện thoại của ai.",
        )


def leave_purpose(here: Environment) -> None:
    """Say in the audit log what the database is for, unless it says so already."""
    from dauchan.units import audit
    from dauchan.units.models import AuditEntry

    if not AuditEntry.objects.filter(action=MADE).exists():
        audit.record(None, MADE, SUBJECT, detail=mark_of(here))


def mark_of(here: Environment) -> dict[str, str]:
    """The kind of installation, and a fingerprint of the key that cannot be renewed."""
    fingerprint = hmac.new(here.keys.lookup, b"installation", hashlib.sha256).hexdigest()[:16]
    return {"kind": str(here.env), "keys": fingerprint}


def _found(url: str) -> dict[str, Any] | None:
    """What the database says of itself; one without that line but with our public accounts is a demonstration's."""
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT to_regclass('units_auditentry')").fetchone() == (None,):
            return None
        line = connection.execute(_FIRST_LINE, [MADE]).fetchone()
        if line is not None:
            return dict(line[0])
        names = [account.sign_in for account in demonstration_accounts() if account.unit_code]
        accounts = connection.execute(_ACCOUNTS, [names]).fetchone()
    return {"kind": Kind.DEMONSTRATION} if accounts == (len(names),) else None
