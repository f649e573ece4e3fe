"""What this installation is told from outside: environment variables, read once and checked.

DAUCHAN_ENV (demonstration, production, test), DAUCHAN_VAR, DAUCHAN_RUN, HOST, PORT, DATABASE_URL, DAUCHAN_DATABASE_DOOR_URL,
DAUCHAN_DATABASE_AUDIT_URL, DAUCHAN_DATABASE_BACKUP_URL, DAUCHAN_WAL_ARCHIVE,
DAUCHAN_BASE_URL, DAUCHAN_HOSTS, DAUCHAN_SMS_GATEWAY_URL, DAUCHAN_SMS_GATEWAY_TOKEN, DAUCHAN_MAP_TILES_URL,
DAUCHAN_HOTLINE, DAUCHAN_ERASURE_LIST, DAUCHAN_WEBHOOK_NETWORKS, DAUCHAN_LOG_FORMAT, the telephone line of `dauchan.project.phone_line`, the
issuer of `dauchan.project.single_sign_on`, and the keys named in `dauchan.project.keys`.
"""

import hashlib
import hmac
import ipaddress
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from dauchan.project.errors import CannotStart
from dauchan.project.key_sources import keys_from_elsewhere
from dauchan.project.keys import CURRENT, NAMES, Keys, kept_keys
from dauchan.project.phone_line import PhoneLine, demonstration_line, read_phone_line
from dauchan.project.production import check_production
from dauchan.project.single_sign_on import SingleSignOn, read_single_sign_on

DEFAULT_PORT = 8000
LAST_PORT = 65535

# A Unix socket's path may have 103 bytes (macOS) or 107 (Linux); the longest name we put into the directory has 20.
RUN_PATH_BYTES = 83

NETWORKS = "DAUCHAN_WEBHOOK_NETWORKS"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

OWNER_ROLE = "dauchan"
DOOR_ROLE = "dauchan_door"
AUDIT_ROLE = "dauchan_audit"
AUDIT_URL = "DAUCHAN_DATABASE_AUDIT_URL"
BACKUP_URL = "DAUCHAN_DATABASE_BACKUP_URL"
WAL_ARCHIVE = "DAUCHAN_WAL_ARCHIVE"
SUPERUSER = "postgres"
DATABASE = "dauchan"


class Kind(StrEnum):
    """What an installation is for."""

    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"
    TEST = "test"


@dataclass(frozen=True)
class Environment:
    """The settings of an installation that come from outside the code.

    Attributes:
        env: what the installation is for.
        var: the directory of everything it keeps: database, keys, logs, uploads.
        run: the directory of its Unix sockets; short enough for them, readable by its user only.
        host: the address the door listens on.
        port: the port the door listens on.
        embedded: whether the database is the embedded one in `var`, for want of a DATABASE_URL.
        database_url: the database, as the role that owns the tables.
        database_door_url: the same database, as the role that may only record check-ins.
        database_audit_url: the same database, as the role that owns the log; only `dauchan prepare` needs it.
        database_backup_url: the server, as a role that may copy its files (REPLICATION); only `dauchan backup --continuous`.
        wal_archive: where the embedded database keeps its log of changes; nowhere where it is not said.
        base_url: how the world reaches it, without a closing slash; posters carry it.
        hosts: the host names it answers to.
        sms_gateway_url: where text messages are posted to; production sends none without it.
        sms_gateway_token: the bearer token of that gateway.
        map_tiles_url: template of the installation's own map tiles, with {z}, {x}, {y}; empty: the shipped base map only.
        hotline: the telephone number printed on posters and pages.
        webhook_networks: inner networks to which events may be sent; none where it is not said.
        phone_line: the telephone line that takes check-ins; its number is empty where there is none.
        single_sign_on: where officers have accounts already; its issuer is empty where there is none.
        log_format: how a line of the log is written: `line` or `json`.
        erasure_list: what people had erased, kept apart from backups (DAUCHAN_ERASURE_LIST; else in `var`).
        keys: its secret keys.
    """

    env: Kind
    var: Path
    run: Path
    host: str
    port: int
    embedded: bool
    database_url: str = field(repr=False)
    database_door_url: str = field(repr=False)
    database_audit_url: str = field(repr=False)
    database_backup_url: str = field(repr=False)
    wal_archive: Path | None
    base_url: str
    hosts: tuple[str, ...]
    sms_gateway_url: str
    sms_gateway_token: str = field(repr=False)
    map_tiles_url: str
    hotline: str
    webhook_networks: tuple[Network, ...]
    phone_line: PhoneLine
    single_sign_on: SingleSignOn
    log_format: str
    erasure_list: Path
    keys: Keys

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Environment":
        """The environment from its variables.

        Raises:
            CannotStart: a variable is missing or cannot be understood.
        """
        kind, port, host = _read_kind(environ), _read_port(environ), environ.get("HOST") or "127.0.0.1"
        var = var_directory(environ)
        run = Path(environ["DAUCHAN_RUN"]) if environ.get("DAUCHAN_RUN") else run_directory(var)
        named = _named_keys(kind, environ, var)
        base_url = read_base_url(environ, kind, port)
        database_url = environ.get("DATABASE_URL", "")
        if not database_url and kind is not Kind.DEMONSTRATION:
            raise CannotStart(
                "DATABASE_URL is not set; only a demonstration uses the embedded database.",
                "Chưa đặt DATABASE_URL; chỉ bản trình diễn dùng cơ sở dữ liệu đi kèm.",
            )
        keys = Keys.read(named)
        if kind is Kind.PRODUCTION:
            check_production(environ, base_url, own_hosts(environ, base_url))
        return cls(
            env=kind,
            var=var,
            run=run,
            host=host,
            port=port,
            embedded=not database_url,
            database_url=database_url or embedded_url(run, OWNER_ROLE, keys),
            database_door_url=environ.get("DAUCHAN_DATABASE_DOOR_URL")
            or database_url
            or embedded_url(run, DOOR_ROLE, keys),
            database_audit_url=environ.get(AUDIT_URL) or ("" if database_url else embedded_url(run, AUDIT_ROLE, keys)),
            database_backup_url=environ.get(BACKUP_URL) or database_url or embedded_url(run, SUPERUSER, keys),
            wal_archive=Path(environ[WAL_ARCHIVE]).absolute() if environ.get(WAL_ARCHIVE) else None,
            base_url=base_url,
            hosts=own_hosts(environ, base_url),
            sms_gateway_url=environ.get("DAUCHAN_SMS_GATEWAY_URL", ""),
            sms_gateway_token=environ.get("DAUCHAN_SMS_GATEWAY_TOKEN", ""),
            map_tiles_url=environ.get("DAUCHAN_MAP_TILES_URL", ""),
            hotline=environ.get("DAUCHAN_HOTLINE", "19001075"),
            webhook_networks=_read_networks(environ),
            phone_line=_phone_line(kind, environ, keys),
            single_sign_on=read_single_sign_on(environ),
            log_format=_read_log_format(environ),
            erasure_list=Path(environ.get("DAUCHAN_ERASURE_LIST") or var / "erasures.jsonl"),
            keys=keys,
        )

    @property
    def console_socket(self) -> Path:
        """Where the console listens and the door forwards to."""
        return self.run / "console.sock"


@cache
def environment() -> Environment:
    """The environment of this process."""
    return Environment.read(os.environ)


def database_password(role: str, keys: Keys) -> str:
    """The password of a role of the embedded database: derived, so that nothing more has to be kept."""
    return hmac.new(keys.lookup, f"database role {role}".encode(), hashlib.sha256).hexdigest()


def embedded_url(run: Path, role: str, keys: Keys, database: str = DATABASE) -> str:
    """The address of the embedded database: a Unix socket in `run`, a password for every role."""
    return f"postgresql://{role}:{database_password(role, keys)}@{quote(str(run), safe='')}:5432/{database}"


def run_directory(var: Path) -> Path:
    """The directory for Unix sockets: in `var`, or in the system's temporary directory where `var` has a long path."""
    inside = var / "run"
    if len(os.fsencode(inside)) <= RUN_PATH_BYTES:
        return inside
    mark = hashlib.sha256(os.fsencode(var)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"dauchan-{os.getuid()}-{mark}"


def _phone_line(kind: Kind, environ: Mapping[str, str], keys: Keys) -> PhoneLine:
    line = read_phone_line(environ)
    return line if line.number or kind is not Kind.DEMONSTRATION else demonstration_line(keys.lookup)


def _named_keys(kind: Kind, environ: Mapping[str, str], var: Path) -> Mapping[str, str]:
    named = {name: environ[name] for name in (*NAMES, CURRENT) if environ.get(name)}
    given = {**keys_from_elsewhere(environ), **named}
    if kind is Kind.DEMONSTRATION and any(name not in given for name in NAMES):
        return kept_keys(var / "keys.json") | given
    return given


def _read_kind(environ: Mapping[str, str]) -> Kind:
    text = environ.get("DAUCHAN_ENV") or Kind.DEMONSTRATION
    try:
        return Kind(text)
    except ValueError:
        raise CannotStart(
            f"DAUCHAN_ENV is {text!r}; it must be demonstration, production or test.",
            f"DAUCHAN_ENV đang là {text!r}; phải là demonstration, production hoặc test.",
        ) from None


def _read_networks(environ: Mapping[str, str]) -> tuple[Network, ...]:
    text = environ.get(NETWORKS, "")
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise CannotStart(
            f"{NETWORKS} is {text!r}; it must be networks separated by commas, like 10.20.0.0/16.",
            f"{NETWORKS} đang là {text!r}; phải là các mạng cách nhau bằng dấu phẩy, ví dụ 10.20.0.0/16.",
        ) from None


def _read_log_format(environ: Mapping[str, str]) -> str:
    text = environ.get("DAUCHAN_LOG_FORMAT") or "line"
    if text not in {"line", "json"}:
        raise CannotStart(
            f"DAUCHAN_LOG_FORMAT is {text!r}; it must be line or json.",
            f"DAUCHAN_LOG_FORMAT đang là {text!r}; phải là line hoặc json.",
        )
    return text


def _read_port(environ: Mapping[str, str]) -> int:
    text = environ.get("PORT") or str(DEFAULT_PORT)
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= LAST_PORT):
        raise CannotStart(
            f"PORT is {text!r}; it must be a number from 1 to {LAST_PORT}.",
            f"PORT đang là {text!r}; phải là số từ 1 đến {LAST_PORT}.",
        )
    return int(text)


def var_directory(environ: Mapping[str, str]) -> Path:
    """Where this installation keeps everything."""
    if environ.get("DAUCHAN_VAR"):
        return Path(environ["DAUCHAN_VAR"]).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[3]
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / "var"


def read_base_url(environ: Mapping[str, str], kind: Kind, port: int) -> str:
    """How the world reaches the installation; raises CannotStart."""
    text = environ.get("DAUCHAN_BASE_URL", "").rstrip("/")
    if not text and kind is not Kind.PRODUCTION:
        return f"http://127.0.0.1:{port}"
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise CannotStart(
            f"DAUCHAN_BASE_URL is {text!r}; it must be the full address that posters carry, like https://dauchan.example.",
            f"DAUCHAN_BASE_URL đang là {text!r}; phải là địa chỉ đầy đủ in trên bảng QR, ví dụ https://dauchan.example.",
        )
    return text


def own_hosts(environ: Mapping[str, str], base_url: str) -> tuple[str, ...]:
    """The host names it answers to."""
    given = tuple(host.strip() for host in environ.get("DAUCHAN_HOSTS", "").split(",") if host.strip())
    own = urlsplit(base_url).hostname or ""
    return given or tuple(dict.fromkeys((own, "localhost", "127.0.0.1", "[::1]")))
