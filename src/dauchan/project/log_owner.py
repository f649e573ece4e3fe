"""The log belongs to a role of its own: the program that writes into it may not change or remove a line, nor the table.

Roles of an installation's database:

    dauchan         console and worker: owns every table but the log, of which it may add and read lines
    dauchan_audit   owns the log and the schema it stands in; `dauchan prepare` alone knows its password
    dauchan_door    may call the door's functions

`dauchan_audit` is a member of `dauchan`, never the other way round. Why and what it does not keep out: docs/decisions.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import LockNotAvailable

from dauchan.project.environment import Environment, Kind
from dauchan.project.errors import CannotStart

#: Scans and looks wait behind a lock that waits: rather try again than keep them waiting.
LOCK_SECONDS = 2
TRIES = 30

_OWNER = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass('public.units_auditentry')"
_APART: tuple[LiteralString, ...] = (
    "ALTER SCHEMA public OWNER TO {owner}",
    "GRANT ALL ON SCHEMA public TO {writer}",
    "ALTER FUNCTION public.audit_is_append_only() OWNER TO {owner}",
    "ALTER TABLE public.units_auditentry OWNER TO {owner}",
    "REVOKE ALL ON public.units_auditentry FROM {writer}",
    "GRANT SELECT, INSERT ON public.units_auditentry TO {writer}",
    "GRANT SELECT, USAGE ON SEQUENCE public.units_auditentry_id_seq TO {writer}",
)
_TOGETHER: tuple[LiteralString, ...] = (
    "ALTER TABLE public.units_auditentry OWNER TO {writer}",
    "ALTER FUNCTION public.audit_is_append_only() OWNER TO {writer}",
)


@dataclass(frozen=True)
class LogOwner:
    """The two roles between which the log changes hands.

    Attributes:
        writer_url: the database as the role that writes into the log.
        owner_url: the same as the role that owns it; empty where this program was not told.
    """

    writer_url: str
    owner_url: str

    @classmethod
    def of(cls, here: Environment) -> "LogOwner":
        """Those of an installation."""
        return cls(here.database_url, here.database_audit_url)

    def is_apart(self) -> bool:
        """Whether the log belongs to another role than the one that writes into it; of no log at all: yes."""
        with psycopg.connect(self.writer_url) as connection:
            found = connection.execute(_OWNER).fetchone()
            return found is None or found[0] != connection.info.user

    def keep_apart(self) -> None:
        """Give the log to its owner. Said again, it changes nothing."""
        self._change_hands(_APART)

    def give_back(self) -> None:
        """Give the log to its writer, for a migration that changes its table; `keep_apart` follows."""
        self._change_hands(_TOGETHER)

    def _change_hands(self, steps: tuple[LiteralString, ...]) -> None:
        writer, owner = (str(conninfo_to_dict(url).get("user", "")) for url in (self.writer_url, self.owner_url))
        names = {"writer": sql.Identifier(writer), "owner": sql.Identifier(owner)}
        try:
            _patiently(lambda: self._run([sql.SQL(step).format(**names) for step in steps]))
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[0].rstrip(".")
            raise CannotStart(
                f"The log cannot be given to the role of DAUCHAN_DATABASE_AUDIT_URL: {reason}.",
                f"Không giao được nhật ký cho vai trò trong DAUCHAN_DATABASE_AUDIT_URL: {reason}.",
            ) from error

    def _run(self, steps: list[sql.Composed]) -> None:
        with psycopg.connect(self.owner_url) as connection:
            connection.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(f"{LOCK_SECONDS}s"))
            for step in steps:
                connection.execute(step)


def check_log_owner(here: Environment) -> None:
    """Whether the log is out of the reach of whoever writes into it; a demonstration may do without.

    Raises:
        CannotStart: it is not, in production.
    """
    if here.env is Kind.PRODUCTION and not LogOwner.of(here).is_apart():
        raise CannotStart(
            "The log belongs to the role of DATABASE_URL, which could rewrite it. Make a role for it, and set "
            "DAUCHAN_DATABASE_AUDIT_URL for `dauchan prepare`: docs/operations/database.md.",
            "Nhật ký đang thuộc vai trò trong DATABASE_URL, vai trò này có thể sửa nó. Hãy tạo vai trò riêng và đặt "
            "DAUCHAN_DATABASE_AUDIT_URL cho lệnh `dauchan prepare`: xem docs/operations/database.md.",
        )


def _patiently(attempt: Callable[[], None]) -> None:
    for _ in range(TRIES):
        try:
            return attempt()
        except LockNotAvailable:
            time.sleep(0.5)
    return attempt()
