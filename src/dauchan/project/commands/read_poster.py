"""`dauchan read-poster`: photographs of posters in, one JSON line each out; no server, no database."""

import json
import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Collection

    from dauchan.qr import Keyring
    from dauchan.qr.photo_grades import Grade
    from dauchan.qr.photos import PhotoReading, WallCode

KEYS = "DAUCHAN_VENUE_CODE_KEYS"

EXAMPLE = """Example: dauchan read-poster door.jpg gate.jpg | jq .codes[].authenticity

Each line holds every QR code on that photo: its text, whose it is (genuine, forged, look_alike, not_ours, or not_checked
where there are no keys), venue and poster version where genuine, and a grade from A to F with reasons. The keys are
those of DAUCHAN_VENUE_CODE_KEYS, or of keys.json in the installation's directory; our hosts those of DAUCHAN_HOSTS and
DAUCHAN_BASE_URL.

Exit status: 0 a code was read on every photo, 1 on some photo none was, 2 the command is misspelt.
"""

NOT_A_PICTURE = {
    "reason": "not_a_picture",
    "vi": "Không mở được tệp như một ảnh (JPEG, PNG, WebP…).",
    "en": "The file could not be opened as a picture (JPEG, PNG, WebP …).",
}
TOO_LARGE = {
    "reason": "too_large",
    "vi": "Ảnh quá lớn: tối đa 60 triệu điểm ảnh.",
    "en": "The picture is too large: 60 million pixels at most.",
}


@click.command(epilog=EXAMPLE)
@click.argument(
    "photos", metavar="PHOTO...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--host", "hosts", multiple=True, help="One more host name that counts as ours.")
@click.pass_context
def command(context: click.Context, photos: tuple[Path, ...], hosts: tuple[str, ...]) -> None:
    """Tell for each PHOTO which codes are on it, whether they are ours and genuine, and how well they can be read."""
    keyring = known_keys(os.environ)
    ours = {*hosts, *known_hosts(os.environ)}
    all_read = True
    for photo in photos:
        told = reading_of(photo, keyring, ours)
        all_read = all_read and bool(told["codes"])
        click.echo(json.dumps(told, ensure_ascii=False))
    context.exit(0 if all_read else 1)


def known_keys(environ: Mapping[str, str]) -> "Keyring | None":
    """The keys of posters from the environment or the installation's directory; None where there are none.

    Raises:
        CannotStart: there are keys but they are badly written.
    """
    from dauchan.project.environment import var_directory
    from dauchan.project.keys import read_ring
    from dauchan.qr import Keyring

    named = dict(environ)
    kept = var_directory(environ) / "keys.json"
    if not named.get(KEYS) and kept.exists():
        named = _kept(kept)
    if not named.get(KEYS):
        return None
    ring = read_ring(named, KEYS)
    return Keyring(max(ring), ring)


def _kept(path: Path) -> dict[str, str]:
    from dauchan.project.errors import CannotStart

    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise CannotStart(
            f"The keys in {path} cannot be read: {error}", f"Không đọc được khóa trong {path}: {error}"
        ) from error


def known_hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    from dauchan.project.environment import DEFAULT_PORT, own_hosts

    return own_hosts(environ, environ.get("DAUCHAN_BASE_URL") or f"http://127.0.0.1:{DEFAULT_PORT}")


def reading_of(photo: Path, keyring: "Keyring | None", hosts: "Collection[str]") -> dict[str, Any]:
    """What the command prints for one photo, or why nothing could be read."""
    from PIL import Image

    from dauchan.qr.photos import MOST_PIXELS, read_photo

    # Too large a picture is refused by us in two languages and not by a warning of the library.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(photo) as image:
            if image.width * image.height > MOST_PIXELS:
                return _nothing(photo, TOO_LARGE)
            image.draft("L", image.size)  # only grey is needed of a JPEG
            image.load()
    except Image.DecompressionBombError:
        return _nothing(photo, TOO_LARGE)
    except (OSError, ValueError, SyntaxError):  # all of which Pillow raises for broken files
        return _nothing(photo, NOT_A_PICTURE)
    return _told(photo, read_photo(image, keyring, hosts))


def _nothing(photo: Path, reason: dict[str, str]) -> dict[str, Any]:
    return {"photo": str(photo), "codes": [], "nothing": reason}


def _told(photo: Path, reading: "PhotoReading") -> dict[str, Any]:
    return {
        "photo": str(photo),
        "codes": [_code(code) for code in reading.codes],
        "nothing": reading.nothing and _reason(reading.nothing),
    }


def _code(code: "WallCode") -> dict[str, Any]:
    return {
        "text": code.text,
        "authenticity": code.authenticity,
        "refusal": code.refusal and _reason(code.refusal),
        "venue_id": code.venue and code.venue.venue_id,
        "poster_version": code.venue and code.venue.poster_version,
        "key_version": code.venue and code.venue.key_version,
        "grade": _grade(code.grade),
        "corners": [[round(x, 1), round(y, 1)] for x, y in code.corners],
    }


def _grade(grade: "Grade") -> dict[str, Any]:
    return {
        "letter": grade.letter,
        "module_pixels": grade.module_pixels,
        "contrast": grade.contrast,
        "unused_correction": grade.unused_correction,
        "clearness": grade.clearness,
        "reasons": [_reason(reason) for reason in grade.reasons],
    }


def _reason(reason: Any) -> dict[str, str]:  # noqa: ANN401 - any of the closed lists with sentences
    return {"reason": str(reason), "vi": reason.sentence_vi, "en": reason.sentence_en}
