"""The weekly report set in the layout of official papers. Its language is Vietnamese whatever the reader's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation
from pypdfium2 import PdfDocument

from dauchan.oversight.accountability.written import NONE, change_written, figure_written, of_written
from dauchan.units.official_paper import official_pdf, place_and_date
from dauchan.venues.poster_faces import committee_of
from dauchan.venues.posters import printable_text

if TYPE_CHECKING:
    from dauchan.oversight.accountability.columns import Column
    from dauchan.oversight.accountability.queries import Line
    from dauchan.oversight.accountability.weekly_figures import Week

_LAYOUT = Path(__file__).parent / "paper_layouts" / "weekly.typ"
#: What the table of the parts shows beside the rank.
_LEAGUE = ("active", "silent", "staff", "in_time", "overdue")
_LEAGUE_WORDS = ("Có lượt quét mỗi ngày", "Không quét cả tuần", "Nhân viên quét mã", "Trả lời đúng hạn", "Đang quá hạn")


def weekly_pdf(week: Week) -> bytes:
    with translation.override("vi"):
        return official_pdf(
            _LAYOUT, {**_frame(week), **_changes(week), **_league(week), **_heads(week), **_doors(week)}
        )


def pages_of(pdf: bytes) -> int:
    return len(PdfDocument(pdf))


def _frame(week: Week) -> dict[str, Any]:
    first, last = week.period.first, week.period.last
    made = timezone.localtime(week.made_at)
    return {
        "upper": printable_text(committee_of(week.unit).upper()),
        "issuer": "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        "sign": "……/BC-STTTT",
        "place_and_date": place_and_date(week.unit.name, made.date()),
        "mark": "",
        "subject": f"Kết quả quản lý bằng mã QR tuần {first.isocalendar().week} (từ {first:%d/%m/%Y} đến hết {last:%d/%m/%Y})",
        "recipients": [
            f"Chủ tịch {committee_of(week.unit)} (để báo cáo);",
            "Thủ trưởng các đơn vị (để thực hiện);",
            "Lưu: VT.",
        ],
        "signing_above": "",
        "signing_title": "GIÁM ĐỐC",
        "signer": "",
        "made": f"Lập tự động lúc {made:%H:%M ngày %d/%m/%Y} trên số liệu của {week.counted} trong 7 ngày. So với tuần trước: tỷ lệ so bằng điểm phần trăm, số lượng so bằng phần trăm và chỉ khi tuần trước có từ 10.",
    }


def _changes(week: Week) -> dict[str, Any]:
    shares = [{"day": f"{day:%d/%m}", "share": share, "told": _percent(share)} for day, share in week.days]
    return {
        "days": shares,
        "change_columns": ("Chỉ số", "Tuần này", "Trên tổng số", "Tuần trước", "Tăng, giảm"),
        "changes": [_change(week.whole, column) for column in week.columns],
        "definitions": [[str(column.label), printable_text(str(column.meaning))] for column in week.columns],
    }


def _change(line: Line, column: Column) -> list[str]:
    now, before = line.figure(column), line.figure_before(column)
    return [
        str(column.label),
        figure_written(now, column),
        of_written(now, column) or NONE,
        figure_written(before, column),
        change_written(line.change(column), column),
    ]


def _league(week: Week) -> dict[str, Any]:
    columns = [next(one for one in week.columns if one.name == name) for name in _LEAGUE]
    return {
        "league_columns": ("Hạng", "Đơn vị", *_LEAGUE_WORDS),
        "league": [
            [
                str(place.rank or NONE),
                printable_text(place.item.unit.full_name),
                *(_with_denominator(place.item, column) for column in columns),
            ]
            for place in week.league
        ],
        "least": next(one.least for one in columns if one.name == "active"),
        "unranked": sum(place.rank is None for place in week.league),
    }


def _with_denominator(line: Line, column: Column) -> str:
    figure = line.figure(column)
    return figure_written(figure, column) + (f"\n{of_written(figure, column)}" if figure.of else "")


def _heads(week: Week) -> dict[str, Any]:
    return {
        "head_columns": (
            "Đơn vị",
            "Người đứng đầu",
            "Việc quá hạn",
            "Lâu nhất (ngày làm việc)",
            "Đã giải trình",
            "Hứa xong trước",
        ),
        "heads": [
            [
                printable_text(one.unit.full_name),
                printable_text(", ".join(one.heads)) or "chưa có tài khoản",
                str(len(one.items)),
                str(one.longest),
                f"{one.explained}/{len(one.items)}",
                max(
                    (f"{item.explained.explanation.promised_on:%d/%m/%Y}" for item in one.items if item.explained),
                    default=NONE,
                ),
            ]
            for one in week.overdue
        ],
    }


def _doors(week: Week) -> dict[str, Any]:
    return {
        "never_columns": ("Địa điểm", "Địa chỉ", "Duyệt từ"),
        "never": [
            [
                printable_text(venue.name),
                printable_text(venue.full_address),
                f"{timezone.localtime(venue.decided_at):%d/%m/%Y}" if venue.decided_at else NONE,
            ]
            for venue in week.never
        ],
        "never_in_all": week.never_in_all,
        "tracing": _tracing(week),
    }


def _tracing(week: Week) -> str:
    clock = week.clock
    if clock is None:
        return "Trong tuần không có ca bệnh nào được ghi nhận."
    to_list = clock.to_list
    took = (
        f"trung vị {_minutes(to_list.median)}, 95% số ca trong {_minutes(to_list.p95)}"
        if to_list.timed
        else "chưa có ca nào có danh sách"
    )
    return f"Trong tuần ghi nhận {clock.cases} ca bệnh. Từ khi xác nhận đến khi có danh sách người có mặt cùng thời điểm: {took}; {clock.unlisted} ca chưa có danh sách, {clock.overdue} ca quá thời hạn của quy định."


def _minutes(minutes: float | None) -> str:
    if minutes is None:
        return NONE
    return f"{minutes:.0f} phút" if minutes >= 1 else "dưới 1 phút"


def _percent(share: float | None) -> str:
    return NONE if share is None else f"{share:.1f}".replace(".", ",")
