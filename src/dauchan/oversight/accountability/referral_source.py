"""What the table of accountability says of referrals: answered in time or not, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from dauchan.compliance.referrals.models import Referral
from dauchan.compliance.referrals.queries import LEAST_FOR_A_SHARE, MEASURES
from dauchan.oversight.accountability.columns import (
    Column,
    Figure,
    Figures,
    Group,
    Source,
    Window,
    added_up,
    by_path,
    outermost,
)
from dauchan.units.jurisdiction import in_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dauchan.units.models import Unit

_DUE = _("phiếu đến hạn trong kỳ")
IN_TIME = Column(
    "in_time", Group.FOLLOW_UP, _("Trả lời đúng hạn"),
    _("Phiếu chuyển xử lý có hạn trong kỳ mà đơn vị trả lời trước hạn, trên số phiếu có hạn trong kỳ."),
    _DUE, LEAST_FOR_A_SHARE,
)  # fmt: skip
LATE = Column(
    "late", Group.FOLLOW_UP, _("Trả lời trễ"),
    _("Phiếu có hạn trong kỳ, đã trả lời nhưng sau hạn."), _DUE, LEAST_FOR_A_SHARE, more_is_better=False,
)  # fmt: skip
OVERDUE = Column(
    "overdue", Group.FOLLOW_UP, _("Quá hạn, chưa trả lời"),
    _("Mọi phiếu đã quá hạn mà đến cuối kỳ chưa có trả lời, kể cả phiếu có hạn từ trước kỳ."),
    _("phiếu chưa trả lời"), LEAST_FOR_A_SHARE, more_is_better=False,
)  # fmt: skip
MEASURED = Column(
    "measured", Group.FOLLOW_UP, _("Có biện pháp tại cửa"),
    _("Trả lời trong kỳ cho biết đã khắc phục, đã kiểm tra, đề nghị xử lý hoặc địa điểm không còn, trên số trả lời trong kỳ."),
    _("phiếu trả lời trong kỳ"), LEAST_FOR_A_SHARE,
)  # fmt: skip


def _referrals(units: Sequence[Unit], windows: Sequence[Window]) -> list[dict[int, Figures]]:
    """All windows in one query: the referrals are gone through once."""
    handed = Q(handed_at__lt=max(window.as_of for window in windows))
    counts = {
        f"{name}_{at}": Count("pk", counted)
        for at, window in enumerate(windows)
        for name, counted in _referrals_in(window).items()
    }
    rows: Any = Referral.objects.filter(in_area(outermost(units)), handed).order_by().values("unit__path")
    sums = added_up(units, by_path(rows.annotate(**counts), "unit__path"))
    return [
        {
            pk: {
                "in_time": Figure(of[f"in_time_{at}"], of[f"due_{at}"]),
                "late": Figure(of[f"late_{at}"], of[f"due_{at}"]),
                "overdue": Figure(of[f"overdue_{at}"], of[f"waiting_{at}"]),
                "measured": Figure(of[f"measured_{at}"], of[f"answered_{at}"]),
            }
            for pk, of in sums.items()
        }
        for at in range(len(windows))
    ]


def _referrals_in(window: Window) -> dict[str, Q]:
    """What is counted of a window, among what was handed over by the end of it."""
    known = Q(handed_at__lt=window.as_of)
    due = known & Q(due_at__gte=window.start, due_at__lt=window.as_of)
    answered = known & Q(answered_at__gte=window.start, answered_at__lt=window.as_of)
    waiting = known & (Q(answered_at=None) | Q(answered_at__gte=window.as_of))
    return {
        "due": due,
        "in_time": due & Q(answered_at__lte=F("due_at")),
        "late": due & Q(answered_at__gt=F("due_at"), answered_at__lt=window.as_of),
        "waiting": waiting,
        "overdue": waiting & Q(due_at__lt=window.as_of),
        "answered": answered,
        "measured": answered & Q(outcome__in=MEASURES),
    }


REFERRALS = Source((IN_TIME, LATE, OVERDUE, MEASURED), _referrals)
