"""What a tracer weighs a visit by: assurance, source, labels, and both times where the device's clock was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dauchan.tracing.interviews.told_visits import TOLD
from dauchan.tracing.queries import corrected_times
from dauchan.visits.registry import Label
from dauchan.web.layout.ledger_words import Remark, remarks_of, source_word
from dauchan.web.tracer.words import duration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from dauchan.visits.models import CheckIn, Visit

#: Every label there is, for the legend.
ALL_LABELS = sum(Label)
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class VisitFacts:
    """One visit; *times* are its instants where the device's clock was wrong, else None."""

    visit: Visit
    times: CheckIn | None

    @property
    def source(self) -> str:
        return _("ca bệnh kể, không quét mã") if self.visit.source == TOLD else source_word(self.visit.source)

    @property
    def offset(self) -> str:
        """By how much the device's clock was off, as it was put right."""
        if self.times is None:
            return ""
        seconds = round((self.times.entered_at - self.times.device_at).total_seconds())
        said = _("Đồng hồ máy chậm %(by)s.") if seconds > 0 else _("Đồng hồ máy nhanh %(by)s.")
        return said % {"by": _long_duration(abs(seconds))} if seconds else ""


def _long_duration(seconds: int) -> str:
    """In days from two days on: a clock may be years off."""
    days = seconds // DAY_SECONDS
    if days < 2:  # noqa: PLR2004
        return duration(seconds)
    return ngettext("%(count)s ngày", "%(count)s ngày", days) % {"count": days}


def facts_of(visits: Iterable[Visit]) -> dict[UUID, VisitFacts]:
    """The facts of each visit by its check-in; one query at most."""
    visits = list(visits)
    times = corrected_times(visits)
    return {visit.check_in_id: VisitFacts(visit, times.get(visit.check_in_id)) for visit in visits}


def legend() -> list[Remark]:
    return remarks_of(ALL_LABELS)
