"""Posters as a file to download."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast, get_args

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from dauchan.venues.poster_faces import faces_of
from dauchan.venues.posters import MOST_FACES, Sheet, poster_pdf
from dauchan.vietnamese import plain_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.venues.models import Venue

#: What a sheet is called for those who print it.
SHEETS = {
    "a4": _("A4, dán ở cửa"),
    "a5": _("A5, đặt ở quầy"),
    "stickers": _("Tem dán, chín tem một tờ A4"),
}


def poster_download(venues: QuerySet[Venue], sheet: str, title: str) -> HttpResponse:
    """The posters of *venues* in one PDF.

    Raises: Http404 for an unknown sheet, or where none of the venues has a poster.
    """
    if sheet not in get_args(Sheet):
        raise Http404
    faces = faces_of(venues)
    if not faces:
        raise Http404
    if len(faces) > MOST_FACES:
        words = _("Quá nhiều bảng mã cho một tệp. Hãy tải theo từng phường, xã.")
        return HttpResponse(words, "text/plain; charset=utf-8", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    answer = HttpResponse(poster_pdf(faces, cast("Sheet", sheet)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(title, sheet)}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def file_name(title: str, sheet: str) -> str:
    """`bang-ma-cho-dong-ba-a4.pdf`: plain letters, which every system keeps as they are."""
    words = plain_words(title)[:60].strip("-")
    return "-".join(filter(None, ("bang-ma", words, sheet))) + ".pdf"
