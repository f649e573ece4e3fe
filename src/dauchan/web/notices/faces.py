"""What outsiders may see of a notice: a list of allowed fields, made of the face that its approval settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation

from dauchan.tracing.notices.advice import advice_words
from dauchan.tracing.notices.models import Shape

if TYPE_CHECKING:
    import datetime as dt

    from dauchan.tracing.notices.models import NoticeVersion


@dataclass(frozen=True)
class NoticeFace:
    """One notice on the public page.

    Attributes:
        number: random; tells one notice from another.
        place, address: empty where the notice names only the commune.
        starts_at, ends_at: half-open, as coarse as the approval made them.
        is_corrected: an earlier version said something else.
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


def public_face(version: NoticeVersion) -> NoticeFace:
    is_named = version.shape == Shape.NAMED
    words = advice_words(version)
    is_english = (translation.get_language() or "vi").startswith("en")
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
        text=words.en if is_english else words.vi,
        published_at=version.decided_at,
        is_corrected=version.number > 1,
    )
