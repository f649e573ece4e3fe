"""What outsiders may see of a notice: a list of allowed fields, made of the face that its approval settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dauchan.tracing.notices.advice import advice_words
from dauchan.tracing.notices.coarsening import local_days
from dauchan.tracing.notices.models import Shape
from dauchan.units.languages import reads_english

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.tracing.notices.models import NoticeVersion


UNNAMED = _(
    "Nếu bạn đã ở phường, xã này trong khung giờ được nêu và đã quét mã khi vào cửa, hãy mở nhật ký trên điện thoại: máy tự cho "
    "biết bạn có ở đúng nơi đó hay không. Nếu không quét mã, hãy gọi đường dây nóng %(hotline)s để được hướng dẫn."
)


@dataclass(frozen=True)
class NoticeFace:
    """One notice on the public page.

    Attributes:
        number: random; tells one notice from another.
        place, address: empty where the notice names only the commune.
        starts_at, ends_at: half-open, as coarse as the approval made them.
        is_corrected: an earlier version said something else.
        found_by: folded words of the face, and no others.
        days: the first and the last local day of the hours.
    """

    number: str
    place: str
    address: str
    commune: str
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    disease: str
    advice: str
    advice_word: str
    text: str
    published_at: dt.datetime | None
    is_corrected: bool
    found_by: str
    commune_id: int
    days: tuple[dt.date, dt.date] | None


def public_face(version: NoticeVersion) -> NoticeFace:
    is_named = version.shape == Shape.NAMED
    is_english = reads_english()
    return NoticeFace(
        number=version.notice.public_id,
        place=version.shown_place if is_named else "",
        address=version.shown_address if is_named else "",
        commune=version.commune.name_en if is_english else version.commune.full_name,
        starts_at=version.shown_from,
        ends_at=version.shown_to,
        disease=version.notice.case.disease.name,
        advice=version.advice,
        advice_word=version.get_advice_display(),
        text=_text(version, is_named=is_named),
        published_at=version.decided_at,
        is_corrected=version.number > 1,
        found_by=version.search_key,
        commune_id=version.commune_id,
        days=_days(version),
    )


def _days(version: NoticeVersion) -> tuple[dt.date, dt.date] | None:
    if version.shown_from is None or version.shown_to is None:
        return None
    days = local_days((version.shown_from, version.shown_to))
    return days[0], days[-1]


def _text(version: NoticeVersion, *, is_named: bool) -> str:
    """What to do. A whole commune is not told to get tested: only phones that were at the place are."""
    if not is_named:
        return str(UNNAMED) % {"hotline": settings.HOTLINE}
    words = advice_words(version)
    return words.en if reads_english() else words.vi
