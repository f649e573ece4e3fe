"""An outbreak's report as one page: no script, no other file, readable on paper and in the dark."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dauchan.epi.line_list import LineList
    from dauchan.epi.outbreak_report import OutbreakReport

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #8886; text-align: left; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
svg rect { fill: light-dark(#64297a, #dbaeee); }
svg text { fill: currentColor; font-size: 12px; }
.scroll { overflow-x: auto; }
summary { cursor: pointer; }
"""
#: Rows of a table that stand open; all of them are in the CSV beside the page.
MOST_ROWS = 200
HEIGHT, HEAD, FOOT = 220, 18, 22
CURVE_NAMES = 8


def page_of(name: str, found: LineList, report: OutbreakReport, figures: dict[str, Any]) -> str:
    """The page, Vietnamese first and English beside it."""
    who = found.names
    parts = [
        f"<h1>{escape(name)}</h1>",
        _facts(figures),
        "<h2>Đường cong dịch · Epidemic curve</h2>",
        _curve(report.curve),
        "<h2>Tỷ lệ tấn công thứ phát · Secondary attack rates</h2>",
        (
            "<p>Người tiếp xúc mắc bệnh trong thời gian ủ bệnh dài nhất, trên số người tiếp xúc chưa mắc bệnh trước đó; khoảng 95 % (Wilson). "
            "Contacts who fell ill within the longest incubation, over contacts not ill before; intervals of 95 % (Wilson).</p>"
        ),
        _table(
            ("Nơi · Place", "Mắc bệnh · Ill", "Có nguy cơ · At risk", "%", "95 %"),
            [
                (
                    rate.group or "Tất cả · All",
                    rate.infected,
                    rate.at_risk,
                    _percent(rate.rate),
                    f"{_percent(rate.low)} – {_percent(rate.high)}",
                )
                for rate in report.rates
            ],
        ),
        "<h2>Cụm · Clusters</h2>",
        _table(
            ("Số ca · Cases", "Chưa rõ nguồn · Source unknown", "Ca · Cases"),
            [
                (len(each.cases), len(each.unexplained), ", ".join(_who(case, who) for case in each.cases))
                for each in report.clusters
            ],
        ),
        "<h2>Khả năng lây truyền · Transmission possibilities</h2>",
        "<p>Mọi nguồn lây có thể của mỗi ca; trọng số của một ca cộng lại bằng 1. Every possible infector of each case; the weights of a case add up to 1.</p>",
        _table(
            ("Ca · Case", "Nguồn · Infector", "Ngày · Days", "Trọng số · Weight"),
            [
                (_who(link.infected, who), _who(link.infector, who), f"{link.interval_days:.1f}", f"{link.weight:.2f}")
                for link in report.links
            ],
        ),
        f"<h2>Bị từ chối · Refused ({len(found.refused)})</h2>",
        _table(
            ("Dòng · Row", "Cột · Column", "Lý do · Reason"),
            [(row.row, row.column, f"{row.reason.vietnamese} · {row.reason.english}") for row in found.refused],
        ),
    ]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(name)}</title>'
    return f'<!doctype html><html lang="vi"><head>{head}<style>{STYLE}</style></head><body>{"".join(parts)}</body></html>\n'


def _who(person: int, names: dict[int, str]) -> str:
    return names.get(person, str(person))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def _facts(figures: dict[str, Any]) -> str:
    rules = figures["rules"]
    rows = [
        ("Người · People", figures["people"]),
        ("Nơi · Places", figures["places"]),
        ("Lượt lưu trú · Stays", figures["stays"]),
        ("Ca khởi phát · Onsets", figures["onsets"]),
        ("… ngoài mọi lượt của mình · in none of their own stays", figures["onsets_outside_stays"]),
        ("Cặp ca–người tiếp xúc · Case–contact pairs", figures["contact_pairs"]),
        ("Ca có người tiếp xúc · Cases with contacts", figures["cases_with_contacts"]),
        ("Người tiếp xúc · Distinct contacts", figures["distinct_contacts"]),
        ("Ca có nguồn lây có thể · Cases with a possible infector", figures["linked_cases"]),
        (
            "Thời gian lây · Infectious",
            f"{rules['before_days']:g} ngày trước đến {rules['after_days']:g} ngày sau khởi phát · days before to after onset",
        ),
        (
            "Khoảng cách thế hệ · Serial interval",
            " / ".join(f"{days:g}" for days in rules["serial_interval_days"]) + " (mean / SD / min / max)",
        ),
        ("Ủ bệnh dài nhất · Longest incubation", f"{rules['longest_incubation_days']:g}"),
        ("Múi giờ · Time zone", rules["timezone"]),
    ]
    return _table(("", ""), rows)


def _curve(curve: Sequence[tuple[Any, int]]) -> str:
    """Bars as wide as the page allows; the numbers stand below."""
    if not curve:
        return "<p>Không có ngày khởi phát nào · No onsets.</p>"
    most = max(count for _day, count in curve)
    width = 100 / len(curve)
    plot = HEIGHT - HEAD - FOOT
    bars = "".join(
        f'<rect x="{width * place:.3f}%" width="{width * 0.85:.3f}%" y="{HEAD + plot * (1 - count / most):.1f}" '
        f'height="{plot * count / most:.1f}"><title>{day:%d/%m/%Y}: {count}</title></rect>'
        for place, (day, count) in enumerate(curve)
        if count
    )
    every = max(1, -(-len(curve) // CURVE_NAMES))
    names = "".join(
        f'<text x="{width * place:.2f}%" y="{HEIGHT - 6}">{curve[place][0]:%d/%m}</text>'
        for place in range(0, len(curve), every)
    )
    peak = next(day for day, count in curve if count == most)
    cases = sum(count for _day, count in curve)
    told = f"{cases} ca, nhiều nhất {peak:%d/%m/%Y} với {most} · {cases} cases, the most on {peak:%d/%m/%Y}: {most}"
    picture = f'<svg width="100%" height="{HEIGHT}" role="img" aria-label="{told}"><text x="0" y="12">{most}</text>{bars}{names}</svg>'
    table = _table(("Ngày · Day", "Ca · Cases"), [(f"{day:%d/%m/%Y}", count) for day, count in curve], most=len(curve))
    return f"<p>{told}</p>{picture}<details><summary>Bảng · Table</summary>{table}</details>"


def _table(header: Sequence[str], rows: Iterable[Sequence[object]], most: int = MOST_ROWS) -> str:
    listed = list(rows)
    head = "".join(f"<th scope=col>{escape(name)}</th>" for name in header) if any(header) else ""
    body = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in listed[:most])
    more = f"<p>… {len(listed) - most} (CSV)</p>" if len(listed) > most else ""
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}'


def _cell(cell: object) -> str:
    return f'<td class="n">{cell}</td>' if isinstance(cell, int) else f"<td>{escape(str(cell))}</td>"
