"""What production needs besides what every installation needs: nothing weak, nothing in clear, nothing for show.

Each rule looks at the environment and answers with a refusal or None. Elsewhere the very features of a demonstration
were left open in production: codes that were always accepted, keys from the documentation, limits that a header lifts.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from dauchan.project.errors import CannotStart
from dauchan.project.keys import NAMES, RINGS
from dauchan.project.phone_line import SECRETS

#: 32 random bytes hold some 30 different ones; fewer than 32 random bytes ever would.
FEWEST_DIFFERENT = 16

#: Modes of PostgreSQL's client that never speak in clear.
ENCRYPTED = ("require", "verify-ca", "verify-full")


def check_production(environ: Mapping[str, str], base_url: str, hosts: tuple[str, ...]) -> None:
    """Whether this environment is fit to serve people.

    Raises:
        CannotStart: it is not; for the first reason found.
    """
    one_by_one = (_address(base_url), _door_role(environ))
    refusals = (
        *one_by_one,
        *_database_in_clear(environ),
        *_hosts(hosts),
        *_gateway(environ),
        *_keys(environ),
        *_proxies(environ),
    )
    for refusal in refusals:
        if refusal is not None:
            raise refusal


def _address(base_url: str) -> CannotStart | None:
    if base_url.startswith("https://"):
        return None
    return CannotStart(
        f"DAUCHAN_BASE_URL is {base_url!r}; production needs https, or names and tokens travel where others can read them.",
        f"DAUCHAN_BASE_URL đang là {base_url!r}; vận hành thật phải dùng https, nếu không thì người khác đọc được tên và mã truy cập.",
    )


def _door_role(environ: Mapping[str, str]) -> CannotStart | None:
    if environ.get("DAUCHAN_DATABASE_DOOR_URL"):
        return None
    return CannotStart(
        "DAUCHAN_DATABASE_DOOR_URL is not set; the door, which everybody reaches, needs a database role that may only record scans.",
        "Chưa đặt DAUCHAN_DATABASE_DOOR_URL; cửa nhận lượt quét, nơi ai cũng tới được, cần một vai trò chỉ được ghi lượt quét.",
    )


def _database_in_clear(environ: Mapping[str, str]) -> Iterator[CannotStart]:
    for name in (
        "DATABASE_URL",
        "DAUCHAN_DATABASE_DOOR_URL",
        "DAUCHAN_DATABASE_AUDIT_URL",
        "DAUCHAN_DATABASE_BACKUP_URL",
    ):
        parts = urlsplit(environ.get(name, ""))
        host = unquote(parts.hostname or "")
        modes = parse_qs(parts.query).get("sslmode", [""])
        if host and not host.startswith("/") and not _is_here(host) and modes[-1] not in ENCRYPTED:
            yield CannotStart(
                f"{name} leads to another machine without TLS; add ?sslmode=verify-full, or names and passwords travel in clear.",
                f"{name} trỏ tới máy khác mà không dùng TLS; hãy thêm ?sslmode=verify-full, nếu không tên và mật khẩu đi qua mạng ở dạng rõ.",
            )


def _hosts(hosts: tuple[str, ...]) -> Iterator[CannotStart]:
    for host in hosts:
        if host.startswith(("*", ".")):
            yield CannotStart(
                f"DAUCHAN_HOSTS contains {host!r}; name each host.",
                f"DAUCHAN_HOSTS có {host!r}; hãy ghi rõ từng tên máy chủ.",
            )


def _gateway(environ: Mapping[str, str]) -> Iterator[CannotStart]:
    url = environ.get("DAUCHAN_SMS_GATEWAY_URL", "")
    parts = urlsplit(url)
    if not url:
        yield CannotStart(
            "DAUCHAN_SMS_GATEWAY_URL is not set; without it nobody gets the code to sign in with.",
            "Chưa đặt DAUCHAN_SMS_GATEWAY_URL; thiếu nó thì không ai nhận được mã đăng nhập.",
        )
    elif not parts.hostname or (parts.scheme != "https" and not _is_here(parts.hostname)):
        yield CannotStart(
            "DAUCHAN_SMS_GATEWAY_URL must begin with https://, or lead to this machine.",
            "DAUCHAN_SMS_GATEWAY_URL phải bắt đầu bằng https://, hoặc trỏ tới chính máy này.",
        )


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _keys(environ: Mapping[str, str]) -> Iterator[CannotStart]:
    seen: dict[str, str] = {}
    for name in (*NAMES, *([SECRETS] if environ.get(SECRETS) else [])):
        for item in environ.get(name, "").split(","):
            key = item.strip().rpartition(":")[2] if name in {*RINGS, SECRETS} else item.strip()
            if len(set(key)) < FEWEST_DIFFERENT:
                yield CannotStart(
                    f"{name} is no random key; `dauchan keys` prints fresh ones.",
                    f"{name} không phải khóa ngẫu nhiên; lệnh `dauchan keys` in ra khóa mới.",
                )
            if seen.setdefault(key, name) != name:
                yield CannotStart(
                    f"{name} and {seen[key]} hold the same key; each needs one of its own.",
                    f"{name} và {seen[key]} dùng chung một khóa; mỗi biến cần một khóa riêng.",
                )


def _proxies(environ: Mapping[str, str]) -> Iterator[CannotStart]:
    for text in filter(None, map(str.strip, environ.get("DAUCHAN_TRUSTED_PROXIES", "").split(","))):
        try:
            is_everybody = ipaddress.ip_network(text).prefixlen == 0
        except ValueError:
            yield CannotStart(
                f"DAUCHAN_TRUSTED_PROXIES contains {text!r}, which is neither an address nor a network.",
                f"DAUCHAN_TRUSTED_PROXIES có {text!r}, không phải địa chỉ hay mạng.",
            )
            continue
        if is_everybody:
            yield CannotStart(
                f"DAUCHAN_TRUSTED_PROXIES contains {text!r}, which believes everybody; name your proxies.",
                f"DAUCHAN_TRUSTED_PROXIES có {text!r}, tức là tin mọi người; hãy ghi rõ địa chỉ các proxy của bạn.",
            )
