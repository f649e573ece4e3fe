"""Citizens' reports sent through their page, and photographs with an invented face."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from dauchan.oversight.models import Report
from dauchan.oversight.reference import load_report_rules
from dauchan.web.reports.public_forms import opened_now

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

ELSEWHERE = "/reports/new/?elsewhere=1"


def opened_before(seconds: int = 10) -> str:
    """What a form carries that was opened a while ago."""
    with time_machine.travel(timezone.now() - dt.timedelta(seconds=seconds), tick=False):
        return opened_now()


def post_report(client: Client, address: str, address_of: str = "127.0.0.1", **said: Any) -> HttpResponse:  # noqa: ANN401 - fields of the form
    load_report_rules()
    told = {"finding": "no_qr_posted", "words": "Cửa không có bảng mã", "opened": opened_before(), **said}
    answer: HttpResponse = client.post(address, told, REMOTE_ADDR=address_of)  # type: ignore[assignment]  # the client's own
    return answer


def send_report(client: Client, venue_id: int, **said: Any) -> Report:  # noqa: ANN401 - as above
    answer = post_report(client, f"/places/{venue_id}/report/", **said)
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.get(code=answer["Location"].rstrip("/").rsplit("/", 1)[1])


def drawn_face() -> Image.Image:
    """A picture with one invented face at its left, and a bare wall at its right."""
    picture = Image.new("RGB", (800, 600), (150, 160, 165))
    pen = ImageDraw.Draw(picture)
    x, y, size = 250, 300, 110
    pen.ellipse([x - 82, y - 121, x + 82, y + 55], fill=(40, 30, 25))
    pen.ellipse([x - 68, y - 93, x + 68, y + 93], fill=(224, 180, 150))
    for side in (-1, 1):
        eye = x + side * size * 0.26
        pen.ellipse([eye - 14, y - 22, eye + 14, y - 4], fill="white")
        pen.ellipse([eye - 8, y - 21, eye + 8, y - 5], fill=(30, 20, 15))
        pen.line([eye - 18, y - 33, eye + 18, y - 35], fill=(40, 30, 25), width=7)
    pen.polygon([(x, y - 11), (x - 11, y + 22), (x + 11, y + 22)], fill=(205, 155, 125))
    pen.ellipse([x - 27, y + 42, x + 27, y + 57], fill=(170, 70, 70))
    return picture


def photo_of(picture: Image.Image) -> SimpleUploadedFile:
    """As a phone sends it, with a position in its metadata."""
    metadata = Image.Exif()
    metadata[0x010F] = "MÁY ẢNH CỦA AI"
    with io.BytesIO() as written:
        picture.save(written, "JPEG", exif=metadata)
        return SimpleUploadedFile("cua.jpg", written.getvalue(), "image/jpeg")
