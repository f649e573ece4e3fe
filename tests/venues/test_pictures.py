"""Pictures are kept small, upright and without anything that tells of the photographer; the rest is refused in words."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dauchan.people.models import Person
from dauchan.venues.errors import PictureRefused
from dauchan.venues.models import VenuePicture
from dauchan.venues.pictures import LONGEST_SIDE, drop, drop_old_drafts, keep_draft, reencode

if TYPE_CHECKING:
    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def encoded(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    with BytesIO() as written:
        picture.save(written, kind, **options)
        return written.getvalue()


def taken(content: bytes) -> Image.Image:
    with BytesIO(reencode(BytesIO(content), len(content))) as read, Image.open(read) as picture:
        picture.load()
        return picture


def refusal_of(content: bytes) -> str:
    """Why a file was not taken; "" if it was."""
    try:
        reencode(BytesIO(content), len(content))
    except PictureRefused as refused:
        return str(refused.message)
    return ""


def test_metadata_is_gone_and_the_picture_stands_upright() -> None:
    photo = Image.new("RGB", (800, 400), "teal")
    photo.paste("red", (0, 0, 400, 400))
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was held upright
    exif[MAKER] = "Máy ảnh thử"
    exif.get_ifd(GPS)[1] = "N"
    kept = taken(encoded(photo, exif=exif.tobytes(), comment=b"12 Le Thu"))
    assert kept.size == (400, 800)
    assert not kept.getexif()
    assert "comment" not in kept.info
    red, _green, _blue = kept.getpixel((200, 100))  # type: ignore[misc]
    assert red > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_large_pictures_of_every_kind_become_small_jpegs(kind: str) -> None:
    kept = taken(encoded(Image.new("RGB", (3000, 1000)), kind))
    assert kept.format == "JPEG"
    assert kept.size == (LONGEST_SIDE, 533)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK"])
def test_every_mode_of_colour_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert taken(encoded(Image.new(mode, (300, 300)), kind)).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    assert taken(encoded(Image.new("RGBA", (300, 300), (0, 0, 0, 0)), "PNG")).getpixel((5, 5)) == (255, 255, 255)


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    """A PNG of some kilobytes whose header promises 30,000 × 30,000 pixels."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b"")]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    with pytest.raises(PictureRefused) as refused:
        reencode(BytesIO(bomb), len(bomb))
    assert "quá nhiều điểm ảnh" in str(refused.value.message)


@settings(max_examples=30)  # three files each, some of which are encoded anew
@given(st.integers(0, 100), st.binary(max_size=200))
def test_a_broken_file_is_refused_and_never_crashes(percent: int, noise: bytes) -> None:
    whole = encoded(Image.new("RGB", (300, 300), "teal"))
    cut = len(whole) * percent // 100
    for content in (whole[:cut], whole[:cut] + noise + whole[cut + len(noise) :], noise):
        said = refusal_of(content)
        assert said == "" or said.endswith(".")


@pytest.mark.django_db
def test_a_draft_lives_a_day_and_its_file_goes_with_it(
    settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    person = Person.objects.create()
    upload = SimpleUploadedFile("Nhà của tôi.jpg", encoded(Image.new("RGB", (300, 300))))
    old, young = keep_draft(upload, person.pk), None
    path = Path(old.image.path)
    assert path.exists()
    assert "Nhà" not in str(old.image.name)  # the file's name tells nothing
    VenuePicture.objects.update(uploaded_at=timezone.now() - dt.timedelta(days=2))
    upload.seek(0)
    with django_capture_on_commit_callbacks(execute=True):
        young = keep_draft(upload, person.pk)
    assert list(VenuePicture.objects.all()) == [young]
    assert not path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        drop_old_drafts()
        drop([young])
    assert not list(tmp_path.rglob("*.jpg"))
