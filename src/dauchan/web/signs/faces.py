"""A sign as its reader sees it: in words of their language, and of a sensitive place no figures at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dauchan.compliance.signs.models import MEANINGS, Kind
from dauchan.units.languages import reads_english
from dauchan.web.layout.charts import Chart, Series

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from dauchan.compliance.signs.models import Sign

SURE, RATHER = 0.95, 0.8
MOST_PERCENT = 99


@dataclass(frozen=True)
class Face:
    """One sign, ready to be shown."""

    sign: Sign

    @property
    def dismissal_id(self) -> int | None:
        return getattr(self.sign, "dismissal_id", None)

    @property
    def is_new(self) -> bool:
        """Found tonight and not the night before; nothing is new where there was no night before."""
        return self.sign.nights == 1 and self.sign.run.earlier_id is not None

    @property
    def is_sensitive(self) -> bool:
        return self.sign.venue.is_sensitive

    @property
    def meaning(self) -> StrOrPromise:
        return MEANINGS[Kind(self.sign.sign)]

    @property
    def evidence(self) -> StrOrPromise:
        return self.meaning if self.is_sensitive else evidence_of(self.sign)

    @property
    def percent(self) -> int:
        return percent_of(self.sign.confidence)

    @property
    def tone(self) -> str:
        return tone_of(self.sign.confidence)

    @property
    def visitors(self) -> int:
        return max(1, round(self.sign.visitors))

    @property
    def chart(self) -> Chart | None:
        picture = None if self.is_sensitive else self.sign.picture
        return _drawn(picture) if picture else None


def percent_of(confidence: float) -> int:
    """Nothing is ever quite certain."""
    return min(MOST_PERCENT, round(100 * confidence))


def tone_of(confidence: float) -> str:
    return "critical" if confidence >= SURE else "serious" if confidence >= RATHER else "caution"


def evidence_of(sign: Sign) -> str:
    told = sign.evidence
    return told.english if reads_english() else told.vietnamese


def _drawn(picture: dict[str, Any]) -> Chart:
    first = dt.date.fromisoformat(picture["first_on"])
    days = [f"{first + dt.timedelta(days=at):%d/%m}" for at in range(len(picture["observed"]))]
    series = [
        Series(_("Lượt quét"), picture["observed"]),
        Series(_("Dự kiến, ít nhất"), picture["low"], "series-2"),
        Series(_("Dự kiến, nhiều nhất"), picture["high"], "series-2"),
    ]
    title = _("Lượt quét mỗi ngày so với khoảng dự kiến (cứ mười ngày bình thường thì chín ngày nằm trong khoảng)")
    return Chart(title, _("Ngày"), days, series, band=(1, 2))
