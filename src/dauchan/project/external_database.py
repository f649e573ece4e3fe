"""A database given by DATABASE_URL: whether it can be reached and is fit for us."""

import re
from contextlib import suppress

import psycopg
from psycopg.conninfo import conninfo_to_dict

from dauchan.project.errors import CannotStart

OLDEST_VERSION = 150000
CONNECT_SECONDS = 10
SCHEMES = ("postgres://", "postgresql://")


def check_external(url: str) -> None:
    """Check that DATABASE_URL leads to a PostgreSQL fit for us.

    Raises:
        CannotStart: it cannot be read, reached or used; the sentence says which, without the password.
    """
    place = _place(url)
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            version = connection.info.server_version
            found = connection.execute(
                "SELECT current_setting('server_encoding'), has_database_privilege(current_database(), 'CREATE')"
            ).fetchone()
    except psycopg.Error as error:
        reason = _reason(error)
        raise CannotStart(
            f"The database at {place} cannot be used: {reason}.",
            f"Không dùng được cơ sở dữ liệu tại {place}: {reason}.",
        ) from error
    encoding, may_create = found or ("", False)
    _check_fitness(place, version, encoding, may_create=may_create)


def _check_fitness(place: str, version: int, encoding: str, *, may_create: bool) -> None:
    if version < OLDEST_VERSION:
        raise CannotStart(
            f"The database at {place} is PostgreSQL {version // 10000}; 15 or newer is needed.",
            f"Cơ sở dữ liệu tại {place} là PostgreSQL {version // 10000}; cần bản 15 trở lên.",
        )
    if encoding != "UTF8":
        raise CannotStart(
            f"The database at {place} has the encoding {encoding}; make one with ENCODING 'UTF8'.",
            f"Cơ sở dữ liệu tại {place} có bảng mã {encoding}; hãy tạo lại với ENCODING 'UTF8'.",
        )
    if not may_create:
        raise CannotStart(
            f"The role of DATABASE_URL may not create schemas in the database at {place}; make it the owner.",
            f"Vai trò trong DATABASE_URL không được tạo lược đồ trong cơ sở dữ liệu tại {place}; hãy đặt nó làm chủ.",
        )


def _place(url: str) -> str:
    """Where the URL leads, without user and password."""
    parts = {}
    if url.startswith(SCHEMES):
        with suppress(psycopg.ProgrammingError):
            parts = conninfo_to_dict(url)
    if not parts.get("dbname"):
        raise CannotStart(
            "DATABASE_URL must look like postgresql://user:password@host:5432/database.",
            "DATABASE_URL phải có dạng postgresql://người-dùng:mật-khẩu@máy-chủ:5432/cơ-sở-dữ-liệu.",
        )
    return f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}/{parts['dbname']}"


def _reason(error: psycopg.Error) -> str:
    """The server's word, or else the network's, without the address that is named already."""
    words = str(error).strip() or type(error).__name__
    found = re.search(r"FATAL: +(.+)", words) or re.search(r".*failed: (.+)", words)
    return (found.group(1) if found else words.splitlines()[0]).rstrip(".")
