"""Signing in officers with the accounts their authority has elsewhere, by OpenID Connect, where an installation uses it.

DAUCHAN_OIDC_ISSUER is the issuer's address as its discovery document states it, DAUCHAN_OIDC_CLIENT_ID and
DAUCHAN_OIDC_CLIENT_SECRET what it gave this installation, DAUCHAN_OIDC_NAME what officers know it by.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from dauchan.project.errors import CannotStart

ISSUER, CLIENT_ID = "DAUCHAN_OIDC_ISSUER", "DAUCHAN_OIDC_CLIENT_ID"
CLIENT_SECRET, NAME = "DAUCHAN_OIDC_CLIENT_SECRET", "DAUCHAN_OIDC_NAME"
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class SingleSignOn:
    """Attributes:
    issuer: its address; empty where there is none.
    name: as a button says it.
    """

    issuer: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    name: str = ""


def read_single_sign_on(environ: Mapping[str, str]) -> SingleSignOn:
    """The issuer as the environment names it; none where it names none.

    Raises:
        CannotStart: the address is neither https nor on this machine, or the installation is unknown to the issuer.
    """
    issuer = environ.get(ISSUER, "").strip().rstrip("/")
    if not issuer:
        return SingleSignOn()
    parts = urlsplit(issuer)
    if not parts.hostname or (parts.scheme != "https" and parts.hostname not in HERE):
        raise CannotStart(
            f"{ISSUER} is {issuer!r}; it must be the issuer's full address and begin with https://.",
            f"{ISSUER} đang là {issuer!r}; phải là địa chỉ đầy đủ của nơi cấp tài khoản, bắt đầu bằng https://.",
        )
    if not environ.get(CLIENT_ID) or not environ.get(CLIENT_SECRET):
        raise CannotStart(
            f"{ISSUER} is set, but not {CLIENT_ID} and {CLIENT_SECRET}.",
            f"Đã đặt {ISSUER} nhưng chưa đặt {CLIENT_ID} và {CLIENT_SECRET}.",
        )
    return SingleSignOn(issuer, environ[CLIENT_ID], environ[CLIENT_SECRET], environ.get(NAME) or parts.hostname)
