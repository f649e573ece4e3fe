"""Citizens' reports of the demonstration: new, overdue, merged, answered; of venues and of a place that is not registered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.oversight.actions import accept, answer_report, merge
from dauchan.oversight.filing import Told, file_report
from dauchan.oversight.following import rate
from dauchan.oversight.models import Finding, Outcome
from dauchan.oversight.reminding import keep_clocks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

#: Days ago, finding, what the citizen says; one for each of the last venues of the first commune.
STORIES = (
    (12, Finding.NOT_ENFORCED, "Bảng mã có dán nhưng khách vào ra tự do, không ai nhắc."),
    (6, Finding.UNSCANNABLE, "Mã bị rách một góc, quét mấy lần không được."),
    (3, Finding.NO_QR_POSTED, "Cửa chính không có bảng mã, chỉ dán ở cửa sau."),
    (1, Finding.WRONG_LOCATION, "Quét ra tên một quán khác."),
)


def load_reports(venues: Sequence[Venue], officers: Mapping[str, Officer]) -> None:
    now, own = timezone.now(), officers["canbo"]
    chosen = [venue for venue in venues if venue.is_public and venue.unit_id == venues[0].unit_id][::-1]
    made = []
    for number, (venue, (days, finding, words)) in enumerate(zip(chosen, STORIES, strict=False)):
        at = now - dt.timedelta(days=days)
        made.append(file_report(Told(finding, words, venue), f"198.51.100.{number}", at=at))
    same = Told(Finding.NO_QR_POSTED, "Tôi cũng không thấy bảng mã đâu.", made[2].venue)
    again = file_report(same, "198.51.100.50", at=now - dt.timedelta(days=2))
    nowhere = Told(
        Finding.NOT_REGISTERED, "Quán mới mở, đông khách.", place="Quán nước đầu ngõ", commune=venues[0].unit
    )
    file_report(nowhere, "198.51.100.60", at=now - dt.timedelta(hours=5))
    for back in range(STORIES[0][0], -1, -1):
        keep_clocks(min(timezone.localtime(now - dt.timedelta(days=back)).replace(hour=8, minute=15), now))
    merge(again, own, again.revision, made[2])
    accept(made[3], own, made[3].revision)
    answer = "Đã kiểm tra, yêu cầu chủ quán in và dán lại bảng mã ở cửa chính; đã quét thử được."
    rate(answer_report(made[1], own, made[1].revision, Outcome.MENDED, answer), 5)
