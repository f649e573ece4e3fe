"""Key rings as the environment carries them."""

import base64
import binascii
from collections.abc import Mapping

from dauchan.door.errors import BadConfiguration
from dauchan.qr.signing import Keyring


def needed(environ: Mapping[str, str], name: str) -> str:
    """The variable's value.

    Raises:
        BadConfiguration: it is missing.
    """
    value = environ.get(name, "").strip()
    if not value:
        raise BadConfiguration(name, "is not set")
    return value


def keyring(environ: Mapping[str, str], name: str) -> Keyring:
    """A ring is written `1:KEY,2:KEY` with keys in URL-safe base64; the highest version signs.

    Raises:
        BadConfiguration: it is missing or badly written.
    """
    try:
        items = (item.strip().partition(":") for item in needed(environ, name).split(","))
        keys = {int(version): base64.b64decode(key, altchars=b"-_", validate=True) for version, _, key in items}
        return Keyring(max(keys), keys)
    except (ValueError, binascii.Error) as error:
        # Never the value itself: errors end up in logs.
        raise BadConfiguration(name, "must be written as version:key pairs of 32 bytes or more in base64") from error
