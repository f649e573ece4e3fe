"""Pictures of a venue's public page: read whatever a phone sends, keep one small JPEG without metadata."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from io import BytesIO
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from dauchan.venues.errors import PictureRefused
from dauchan.venues.models import VenuePicture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.core.files.uploadedfile import UploadedFile
    from django_stubs_ext import StrOrPromise

MOST_PICTURES = 6
#: Read formats. HEIC, which iPhones store, is patented; their browsers send JPEG where a page asks for JPEG.
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"
#: A decoded pixel takes 3 bytes: what a 10 MB file unfolds to must fit the memory of a small server.
MOST_PIXELS = 64_000_000
SMALLEST_SIDE = 200
LONGEST_SIDE = 1600
QUALITY = 82
DRAFT_LIFE = dt.timedelta(days=1)
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

_TOO_LARGE: StrOrPromise = _("Ảnh lớn hơn 10 MB. Hãy chọn ảnh nhỏ hơn.")
_HEIC_SENTENCE: StrOrPromise = _(
    "Ảnh HEIC của iPhone chưa đọc được. Hãy chọn ảnh từ thư viện ảnh ngay trong trình duyệt (máy sẽ tự đổi sang JPEG), "
    "hoặc chụp màn hình ảnh đó."
)
_NO_PICTURE: StrOrPromise = _("Tệp này không phải ảnh JPEG, PNG, WebP hoặc AVIF.")
_BROKEN: StrOrPromise = _("Tệp ảnh bị hỏng hoặc tải lên chưa hết. Hãy thử lại hoặc chọn ảnh khác.")
_TOO_MANY_PIXELS: StrOrPromise = _("Ảnh có quá nhiều điểm ảnh. Hãy chọn ảnh dưới 64 triệu điểm ảnh.")
_TOO_SMALL: StrOrPromise = _("Ảnh quá nhỏ: mỗi cạnh phải từ 200 điểm ảnh trở lên.")


def reencode(file: IO[bytes], size: int) -> bytes:
    """The picture as a JPEG of at most 1600 × 1600 pixels, upright, on white, without metadata.

    Args:
        file: what was uploaded, at its beginning.
        size: its length in bytes.

    Raises: PictureRefused; its message says why, for the person who chose the file.
    """
    with refused_in_words():
        check_file(file, size)
        with Image.open(file, formats=FORMATS) as picture:
            _check_size(picture)
            return _as_jpeg(picture)


def check_file(file: IO[bytes], size: int) -> None:
    """By its length and its first bytes alone.

    Raises: PictureRefused.
    """
    if size > settings.MAX_PICTURE_BYTES:
        raise PictureRefused(_TOO_LARGE)
    head = file.read(32)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        raise PictureRefused(_HEIC_SENTENCE)


@contextmanager
def refused_in_words() -> Iterator[None]:
    """What decoders say of a broken file, as a sentence for the person who chose it."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused(_TOO_MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise PictureRefused(_NO_PICTURE) from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise PictureRefused(_BROKEN) from error


def _check_size(picture: Image.Image) -> None:
    """By the header alone, before a pixel is decoded."""
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise PictureRefused(_TOO_MANY_PIXELS)
    if min(width, height) < SMALLEST_SIDE:
        raise PictureRefused(_TOO_SMALL)


def _as_jpeg(picture: Image.Image) -> bytes:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before all else: the rest then costs little memory
    clear = ImageOps.exif_transpose(picture).convert("RGBA")
    page = Image.new("RGB", clear.size, "white")
    page.paste(clear, mask=clear.getchannel("A"))
    with BytesIO() as written:
        page.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
        return written.getvalue()


def keep_draft(upload: UploadedFile[bytes], person_id: int) -> VenuePicture:
    """Keep a picture of a form that is not finished yet, so that a refused form does not lose it.

    Raises: PictureRefused.
    """
    content = reencode(upload, upload.size or 0)
    drop_old_drafts()
    picture = VenuePicture(uploader_id=person_id)
    picture.image.save("", ContentFile(content), save=True)
    return picture


def drop_old_drafts() -> None:
    """Drop pictures of forms that nobody finished."""
    drop(VenuePicture.objects.filter(venue=None, uploaded_at__lt=timezone.now() - DRAFT_LIFE))


def drop(pictures: Iterable[VenuePicture]) -> None:
    """Remove pictures; their files go once the removal is certain."""
    for picture in pictures:
        name, storage = picture.image.name, picture.image.storage
        picture.delete()
        transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))  # type: ignore[misc]
