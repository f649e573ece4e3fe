"""`dauchan read-poster`: photographs of posters in, one JSON line each out; without `--register` no server, no database."""

import json
import os
import warnings
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dauchan.project.poster_lines import NOT_A_PICTURE, TOO_LARGE, nothing_line, reading_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dauchan.project.poster_register import LookUp
    from dauchan.qr import Keyring
    from dauchan.qr.photos import PhotoReading

KEYS = "DAUCHAN_VENUE_CODE_KEYS"

EXAMPLE = """Example: dauchan read-poster door.jpg gate.jpg | jq .codes[].authenticity

Each line holds every QR code on that photo: its text, whose it is (genuine, forged, look_alike, not_ours, or not_checked
where there are no keys), venue and poster version where genuine, a grade from A to F with reasons, and how large it is
printed, as a range in centimetres with what that rests on: a control card beside it, the edges of the sheet, the camera's
focus or --distance; null where nothing tells. The keys are those of DAUCHAN_VENUE_CODE_KEYS, or of keys.json in the
installation's directory; our hosts those of DAUCHAN_HOSTS and DAUCHAN_BASE_URL.

With --register each genuine code also says whose it is, whether that issue is in force (current, replaced, revoked,
closed, unknown), where it should hang, and how far that is from where the photo was taken: by the position in the photo,
or --at.

Exit status: 0 a code was read on every photo, 1 on some photo none was, 2 the command is misspelt.
"""


@dataclass(frozen=True)
class Asked:
    """What photos are judged by; `at` in degrees, `distance` in metres."""

    keyring: "Keyring | None"
    hosts: "Collection[str]"
    at: tuple[float, float] | None = None
    distance: float | None = None


def _point(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        lat = lon = nan
    if not (abs(lat) <= 90 and abs(lon) <= 180):  # noqa: PLR2004 - degrees
        raise click.BadParameter(f"{text}: LAT,LON in degrees · vĩ độ,kinh độ, ví dụ 16.46,107.59")
    return lat, lon


@click.command(epilog=EXAMPLE)
@click.argument(
    "photos", metavar="PHOTO...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--host", "hosts", multiple=True, help="One more host name that counts as ours.")
@click.option("--register", is_flag=True, help="Look genuine codes up in this installation's register of venues.")
@click.option("--at", metavar="LAT,LON", callback=_point, help="Where photos were taken that do not say it themselves.")
@click.option("--distance", type=click.FloatRange(0.1, 50), metavar="METRES", help="From the camera to the poster.")
@click.pass_context
def command(context: click.Context, /, photos: tuple[Path, ...], *, register: bool, **options: Any) -> None:  # noqa: ANN401 click gives what `Asked` lists
    """Tell for each PHOTO which codes are on it, whether they are ours and genuine, and how well they can be read."""
    asked = Asked(
        known_keys(os.environ), {*options["hosts"], *known_hosts(os.environ)}, options["at"], options["distance"]
    )
    with _register_or_nothing(wanted=register) as look_up:
        codes_on = [_print(reading_of(photo, asked, look_up)) for photo in photos]
    context.exit(0 if all(codes_on) else 1)


def _print(told: dict[str, Any]) -> int:
    """How many codes there were on the photo."""
    click.echo(json.dumps(told, ensure_ascii=False))
    return len(told["codes"])


@contextmanager
def _register_or_nothing(*, wanted: bool) -> "Iterator[LookUp | None]":
    if not wanted:
        yield None
        return
    from dauchan.project.poster_register import register_open

    with register_open() as look_up:
        yield look_up


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


def reading_of(photo: Path, asked: Asked, look_up: "LookUp | None" = None) -> dict[str, Any]:
    """What the command prints for one photo, or why nothing could be read."""
    from PIL import Image

    from dauchan.qr.photos import MOST_PIXELS, read_photo

    # Too large a picture is refused by us in two languages and not by a warning of the library.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(photo) as image:
            if image.width * image.height > MOST_PIXELS:
                return nothing_line(photo, TOO_LARGE)
            image.draft("L", image.size)  # only grey is needed of a JPEG
            image.load()
    except Image.DecompressionBombError:
        return nothing_line(photo, TOO_LARGE)
    except (OSError, ValueError, SyntaxError):  # all of which Pillow raises for broken files
        return nothing_line(photo, NOT_A_PICTURE)
    reading = read_photo(image, asked.keyring, asked.hosts, asked.distance)
    told = reading_line(photo, reading)
    if look_up is not None:
        _add_register(told["codes"], reading, asked.at, look_up)
    return told


def _add_register(
    codes: list[dict[str, Any]], reading: "PhotoReading", at: tuple[float, float] | None, look_up: "LookUp"
) -> None:
    """Put the register's answer beside each genuine code."""
    taken = reading.taken
    here = at if taken.lat is None or taken.lon is None else (taken.lat, taken.lon)
    answers = iter(look_up([code.venue for code in reading.codes if code.venue], here))
    for told, code in zip(codes, reading.codes, strict=True):
        told["register"] = next(answers) if code.venue else None
