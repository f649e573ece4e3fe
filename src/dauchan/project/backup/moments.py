"""Back to a moment: a copy of the server's files, and its log replayed until then."""

import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from dauchan.project.backup.continuous import BASE, check_base
from dauchan.project.backup.manifest import UPLOADS, Manifest
from dauchan.project.backup.restoring import unpack
from dauchan.project.environment import SUPERUSER, Environment, embedded_url
from dauchan.project.errors import CannotStart

#: In force from the first start until the moment is reached. Nobody is let in before, so being let in means being there.
_UNTIL_THEN = ("restore_command", "recovery_target_time", "recovery_target_action", "hot_standby")
#: What a dump leaves out: whoever was signed in then is not now.
_SIGN_OUT = "TRUNCATE django_session, cache"


def prepare_moment(backup: Path, manifest: Manifest, log: Path, moment: datetime, data: Path) -> None:
    """Lay out a data directory whose server goes back to *moment* when it is started. Appears whole or not at all.

    Raises:
        CannotStart: the moment is earlier than the copy, a file of the copy was changed, or *data* exists.
    """
    if moment < manifest.instant:
        raise CannotStart(
            f"The backup of {manifest.made_at} holds nothing earlier; use the one before.",
            f"Bản sao lưu lúc {manifest.made_at} không có gì sớm hơn; hãy dùng bản trước đó.",
        )
    if not log.is_dir():
        raise CannotStart(f"There is no folder {log}.", f"Không có thư mục {log}.")
    if data.exists():
        raise CannotStart(
            f"{data} exists; a moment is brought back into a new directory only.",
            f"{data} đã tồn tại; chỉ khôi phục về một thời điểm trong thư mục mới.",
        )
    check_base(backup)
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copytree(backup / BASE, draft)
        draft.chmod(0o700)
        with (draft / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
            settings.writelines(f"{name} = '{_quoted(value)}'\n" for name, value in _settings(log, moment).items())
        (draft / "recovery.signal").touch()
        draft.rename(data)
    except OSError as error:
        raise CannotStart(
            f"{data} cannot be written: {error.strerror}.", f"Không ghi được {data}: {error.strerror}."
        ) from error


def arrive(here: Environment, backup: Path) -> None:
    """The server is back at its moment: end the way back, sign everybody out, unpack the pictures."""
    if here.embedded:
        with psycopg.connect(embedded_url(here.run, SUPERUSER, here.keys), autocommit=True) as connection:
            for name in _UNTIL_THEN:
                connection.execute(f"ALTER SYSTEM RESET {name}")
    with psycopg.connect(here.database_url) as connection:
        connection.execute(_SIGN_OUT)
    unpack(backup / UPLOADS, here.var / "uploads")


def _settings(log: Path, moment: datetime) -> dict[str, str]:
    kept = shlex.quote(str(log.absolute()).replace("%", "%%"))
    values = (f"cp {kept}/%f %p", f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f+00}", "promote", "off")
    return dict(zip(_UNTIL_THEN, values, strict=True))


def _quoted(value: str) -> str:
    return value.replace("'", "''")
