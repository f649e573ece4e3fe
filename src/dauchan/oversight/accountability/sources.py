"""The sources of the accountability table. Another part of the program adds itself with one line in `SOURCES`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.indicators import DEFINITIONS
from dauchan.compliance.participation.queries import agencies_by_share
from dauchan.compliance.periods import Period
from dauchan.compliance.signs.models import Dismissal, ScreeningRun, Sign
from dauchan.compliance.signs.models import Outcome as RunOutcome
from dauchan.compliance.unit_use import RANKED_FROM_VENUES, sums_of
from dauchan.compliance.venue_use import scanned_in
from dauchan.oversight.accountability.columns import (
    Column,
    Counts,
    Figure,
    Figures,
    Group,
    Source,
    Window,
    added_up,
    by_path,
    one_by_one,
    outermost,
)
from dauchan.oversight.accountability.models import Explanation
from dauchan.oversight.accountability.oversight_sources import OVERSIGHT
from dauchan.oversight.accountability.referral_source import REFERRALS
from dauchan.people.measures.queries import FEWEST_TOLD, measure_counts
from dauchan.people.roster.models import Agency
from dauchan.units.jurisdiction import in_area
from dauchan.venues.models import Venue
from dauchan.visits.partitions import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.units.models import Unit

_REGISTERED = _("địa điểm đã duyệt")
REGISTERED = Column("registered", Group.USE, _("Địa điểm đã duyệt"), DEFINITIONS["registered"])
ACTIVE = Column(
    "active", Group.USE, _("Địa điểm có lượt quét mỗi ngày"), DEFINITIONS["active_share"],
    _REGISTERED, RANKED_FROM_VENUES, is_average=True,
)  # fmt: skip
SILENT = Column(
    "silent", Group.USE, _("Không có lượt quét cả kỳ"),
    _("Địa điểm đã duyệt không có lượt quét nào trong các ngày của kỳ."),
    _REGISTERED, RANKED_FROM_VENUES, more_is_better=False,
)  # fmt: skip
STAFF = Column(
    "staff", Group.USE, _("Nhân viên quét mã khi đi làm"),
    _("Ngày công có quét tại trụ sở trên số ngày công phải quét, của các cơ quan có từ 10 người phải quét trong một ngày; cơ quan nhỏ hơn không tính vào đâu."),
    _("ngày công"), 10,
)  # fmt: skip
SIGNS = Column(
    "signs", Group.FOLLOW_UP, _("Địa điểm có dấu hiệu"),
    _("Địa điểm có dấu hiệu vi phạm chưa được bỏ qua, theo lần rà soát cuối cùng trong kỳ."),
    _REGISTERED, RANKED_FROM_VENUES, more_is_better=False,
)  # fmt: skip
EXPLAINED = Column(
    "explained", Group.HEADS, _("Giải trình đã ký"),
    _("Số giải trình người đứng đầu ký trong kỳ về việc quá hạn. Giải trình không dừng hạn."),
)  # fmt: skip
STAFF_MEASURES = Column(
    "staff_measures", Group.HEADS, _("Biện pháp với nhân viên không quét"),
    _("Số lượt người bị nhắc nhở, phê bình… do đơn vị ghi, theo các tuần trọn trong kỳ; dưới 10 lượt một tuần thì chỉ ghi là dưới 10."),
)  # fmt: skip


def _use(units: Sequence[Unit], windows: Sequence[Window]) -> list[dict[int, Figures]]:
    wholes = [window.period for window in windows]
    last_days = [Period(whole.last, whole.last) for whole in wholes]
    sums = sums_of(units, [*wholes, *last_days], ("registered", "active"))
    by_window = zip(sums[: len(wholes)], sums[len(wholes) :], strict=True)
    return [
        {
            unit.pk: {
                "registered": Figure(on_last[unit.pk].registered),
                "active": Figure(
                    of[unit.pk].active_a_day or 0, of[unit.pk].registered / of[unit.pk].days if of[unit.pk].days else 0
                ),
            }
            for unit in units
        }
        for of, on_last in by_window
    ]


def _silent(units: Sequence[Unit], windows: Sequence[Window]) -> list[dict[int, Figures]]:
    """All windows in one query: the places are gone through once."""
    venues = Venue.objects.filter(in_area(outermost(units)), status__in=["approved", "suspended"])
    asked: dict[str, Count] = {}
    for at, window in enumerate(windows):
        known = Q(decided_at__lt=window.as_of)
        asked[f"all_{at}"] = Count("pk", known)
        # Most places with a scan in the period had one on its last day: only the others' days are looked up.
        last = Period(window.period.last, window.period.last)
        scanned = scanned_in(window.period).filter(venue=OuterRef("pk"))
        asked[f"none_{at}"] = Count("pk", known & ~Q(pk__in=scanned_in(last)) & ~Q(Exists(scanned)))
    rows: Any = venues.order_by().values("unit__path").annotate(**asked)
    sums = added_up(units, by_path(rows, "unit__path"))
    return [
        {pk: {"silent": Figure(of[f"none_{at}"], of[f"all_{at}"])} for pk, of in sums.items()}
        for at in range(len(windows))
    ]


def _staff(units: Sequence[Unit], window: Window) -> dict[int, Figures]:
    """Agencies with too few members stand in no sum: a total minus the others would tell of them."""
    first, until = window.period.first, window.period.last + ONE_DAY
    agencies = agencies_by_share(Agency.objects.filter(in_area(outermost(units)), closed_at=None), first, until)
    told: Any = agencies.filter(share__isnull=False).values("unit__path", "scanned", "due")  # type: ignore[misc]  # annotated
    sums = added_up(units, by_path(told, "unit__path"))
    return {pk: {"staff": Figure(of["scanned"], of["due"])} for pk, of in sums.items()}


def _signs(units: Sequence[Unit], window: Window) -> dict[int, Figures]:
    days = (window.period.first, window.period.last)
    run = ScreeningRun.objects.filter(outcome=RunOutcome.DONE, on__range=days).order_by("-on", "-ended_at").first()
    if run is None:
        return {}
    aside = Dismissal.objects.holding_on(run.on).filter(venue=OuterRef("venue"), sign=OuterRef("sign"))
    found = Sign.objects.filter(~Exists(aside), in_area(outermost(units), "venue__unit"), run=run)
    rows: Any = found.order_by().values("venue__unit__path").annotate(signs=Count("venue", distinct=True))
    sums = added_up(units, by_path(rows, "venue__unit__path"))
    return {pk: {"signs": Figure(of["signs"])} for pk, of in sums.items()}


def _explained(units: Sequence[Unit], windows: Sequence[Window]) -> list[dict[int, Figures]]:
    counts = {
        f"signed_{at}": Count("pk", Q(signed_at__gte=window.start, signed_at__lt=window.as_of))
        for at, window in enumerate(windows)
    }
    rows: Any = Explanation.objects.filter(in_area(outermost(units))).order_by().values("unit__path").annotate(**counts)
    sums = added_up(units, by_path(rows, "unit__path"))
    return [{pk: {"explained": Figure(of[f"signed_{at}"])} for pk, of in sums.items()} for at in range(len(windows))]


def _staff_measures(units: Sequence[Unit], window: Window) -> dict[int, Figures]:
    """Only weeks of units with enough are added up; of the others only that there were some."""
    cells = measure_counts(outermost(units), window.period.first, window.period.last)
    told: list[tuple[str, Counts]] = [
        (path, {"told": people} if people >= FEWEST_TOLD else {"few": 1}) for path, people in cells
    ]
    return {
        pk: {"staff_measures": Figure(of["told"], is_few=not of["told"] and bool(of["few"]))}
        for pk, of in added_up(units, told).items()
    }


SOURCES: tuple[Source, ...] = (
    Source((REGISTERED, ACTIVE), _use),
    Source((SILENT,), _silent),
    Source((STAFF,), one_by_one(_staff)),
    Source((SIGNS,), one_by_one(_signs)),
    REFERRALS,
    OVERSIGHT,
    Source((EXPLAINED,), _explained),
    Source((STAFF_MEASURES,), one_by_one(_staff_measures)),
)
