"""Referrals of the demonstration: in every state, two of them overdue with reminders, one told above."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.compliance.referrals.actions import accept, answer, close
from dauchan.compliance.referrals.handing import Suspicion, refer
from dauchan.compliance.referrals.reminding import keep_clocks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dauchan.compliance.referrals.models import Referral
    from dauchan.units.models import Officer
    from dauchan.venues.models import Venue

#: Days ago, sign, confidence, evidence; one for each of the first venues of the first commune.
STORIES = (
    (24, "silent", 0.98, "Không có lượt quét nào trong 12 ngày; bình thường có khoảng 40 lượt một ngày."),
    (11, "misplaced", 0.93, "31 trong 36 lượt quét có vị trí cách nơi đăng ký 1,2 km."),
    (3, "unreadable", 0.91, "Trong 7 ngày có 58 lần quét không đọc được mã, 4 lượt đọc được."),
    (1, "fallen", 0.95, "Lượt quét giảm từ 120 xuống 9 lượt một ngày, trong khi các chợ khác không giảm."),
    (2, "desk_scanned", 0.96, "44 lượt quét do hai máy thực hiện trong 6 phút, cách đều nhau."),
    (4, "underused", 0.92, "Trung bình 3 lượt một ngày; các quán cùng quy mô có khoảng 35 lượt."),
)


def load_referrals(venues: Sequence[Venue], officers: Mapping[str, Officer]) -> None:
    """Invented suspicions about venues in use of the first officer's commune, and what its officers did since."""
    now = timezone.now()
    first_unit = venues[0].unit_id
    chosen = [venue for venue in venues if venue.status == "approved" and venue.unit_id == first_unit]
    made: list[Referral] = []
    for venue, (days, sign, confidence, evidence) in zip(chosen, STORIES, strict=False):
        since = timezone.localdate(now) - dt.timedelta(days=days + 12)
        suspicion = Suspicion("sign", sign, evidence=evidence, confidence=confidence, since_on=since)
        made.append(refer(venue, officers["giamsat"], suspicion, at=now - dt.timedelta(days=days)))
    for back in range(STORIES[0][0], -1, -1):
        morning = timezone.localtime(now - dt.timedelta(days=back)).replace(hour=8, minute=15)
        keep_clocks(min(morning, now))
    accept(made[2], officers["canbo"], made[2].revision)
    words = "Đã kiểm tra tại chỗ: chủ quán cho nhân viên quét hộ. Đã nhắc nhở và hướng dẫn khách tự quét."
    answer(made[4], officers["canbo"], made[4].revision, "inspected", words)
    done = answer(made[5], officers["canbo"], made[5].revision, "mended", "Đã dán lại bảng mã ở cửa chính, khổ A4.")
    close(done, officers["giamsat"], done.revision, "Đồng ý với kết quả xử lý.")
