"""The data protection impact assessment (đánh giá tác động xử lý dữ liệu cá nhân), made from the inventory: PDF and HTML in
Vietnamese, text in English. It says what the tables are today, so it cannot grow old unseen.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dauchan.privacy.inventory import Nature, Protection, data_inventory
from dauchan.units.official_paper import official_pdf, place_and_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from dauchan.privacy.inventory import Purpose, Rule, Table

_LAYOUT = Path(__file__).parent / "paper_layouts" / "impact.typ"
NATURES = {Nature.PSEUDONYM: "số thay tên", Nature.BASIC: "cơ bản", Nature.SENSITIVE: "nhạy cảm"}
PROTECTIONS = {
    Protection.PLAIN: "không mã hóa",
    Protection.SEALED: "mã hóa AES-256-GCM",
    Protection.HASHED: "mã băm có khóa",
    Protection.DIGEST: "mã băm",
    Protection.RANDOM: "số ngẫu nhiên",
    Protection.SIGNED: "ký và mã hóa",
}
LEVELS = {1: "thấp", 2: "trung bình", 3: "cao"}
LEVELS_EN = {1: "low", 2: "medium", 3: "high"}
_TITLE = "Đánh giá tác động xử lý dữ liệu cá nhân"


def personal_by_purpose() -> Iterator[tuple[Purpose, list[Table]]]:
    """Purposes with the tables that hold citizens' data for them."""
    inventory = data_inventory()
    for purpose in inventory.purposes.values():
        tables = [table for table in inventory.tables.values() if table.purpose == purpose.code and table.personal]
        if tables:
            yield purpose, tables


def limit_in_words(rule: Rule) -> str:
    return f"{rule.days} ngày" if rule.days else rule.vi


def impact_pdf(issuer: str, day: dt.date) -> bytes:
    return official_pdf(_LAYOUT, _document(issuer, day))


def impact_html(issuer: str, day: dt.date) -> str:
    """The same on one page without script, for a browser."""
    said = _document(issuer, day)
    parts = [
        f"<h1>{escape(_TITLE)}</h1>",
        f"<p>{escape(issuer)}, {escape(said['place_and_date'])}</p>",
        f"<p>{escape(said['scope'])}</p>",
    ]
    for purpose in said["purposes"]:
        parts.append(f"<h2>{escape(purpose['title'])}</h2><p>{escape(purpose['basis'])}</p>")
        rows = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in purpose["rows"]
        )
        heads = "".join(f"<th>{escape(head)}</th>" for head in said["columns"])
        parts.append(f"<table border='1' cellspacing='0' cellpadding='4'><tr>{heads}</tr>{rows}</table>")
    parts.append("<h2>Rủi ro và biện pháp</h2>")
    for risk in said["risks"]:
        measures = "".join(f"<li>{escape(text)}</li>" for text in risk["measures"])
        parts.append(f"<h3>{escape(risk['title'])}</h3><p>{escape(risk['level'])}</p><ul>{measures}</ul>")
    body = "\n".join(parts)
    return f"<!doctype html><html lang='vi'><head><meta charset='utf-8'><title>{escape(_TITLE)}</title></head><body>{body}</body></html>\n"


def impact_text(issuer: str, day: dt.date) -> str:
    """In English, as Markdown."""
    inventory = data_inventory()
    lines = [f"# Data protection impact assessment\n\n{issuer}, {day:%d %B %Y}\n"]
    for purpose, tables in personal_by_purpose():
        lines.append(f"\n## {purpose.en}\n\n{purpose.basis_en}.\n")
        for table in tables:
            rule = inventory.rules[table.retention]
            kept = f"{rule.days} days" if rule.days else rule.why_en or "until the day noted"
            lines.append(f"- **{table.en}** (`{table.name}`), {rule.en}: {kept}")
            lines += [f"  - {one.en} — {one.nature}, {one.protection}" for one in table.personal]
    lines.append("\n## Risks and measures\n")
    for risk in inventory.risks:
        levels = f"likelihood {LEVELS_EN[risk.likelihood]}, harm {LEVELS_EN[risk.harm]} after the measures"
        lines.append(f"\n### {risk.en}\n\n{levels}\n")
        lines += [f"- {text}" for text in risk.measures_en]
        lines.append(f"- Held by: {', '.join(risk.proof)}")
    return "\n".join(lines) + "\n"


def _document(issuer: str, day: dt.date) -> dict[str, Any]:
    inventory = data_inventory()
    tables, columns = len(inventory.tables), sum(len(table.columns) for table in inventory.tables.values())
    personal = sum(len(table.personal) for table in inventory.tables.values())
    sensitive = sum(one.nature is Nature.SENSITIVE for table in inventory.tables.values() for one in table.personal)
    return {
        "upper": "ỦY BAN NHÂN DÂN",
        "issuer": issuer.upper(),
        "sign": "……/……",
        "mark": "",
        "place_and_date": place_and_date(issuer, day),
        "subject": _TITLE,
        "title": _TITLE.upper(),
        "form": "Lập theo Luật 91/2025/QH15, Điều 21 và Nghị định 356/2025/NĐ-CP, Mẫu số 10 (số mẫu cần xác minh)",
        "scope": f"Bản đánh giá lập tự động từ bản kiểm kê dữ liệu của phiên bản đang chạy: {tables} bảng, {columns} cột, trong đó {personal} cột là dữ liệu cá nhân của người dân, {sensitive} cột nhạy cảm (sức khỏe, vị trí).",
        "columns": ["Dữ liệu", "Mục", "Loại", "Bảo vệ", "Lưu trong"],
        "purposes": [
            {
                "title": purpose.vi,
                "basis": f"Căn cứ: {purpose.basis_vi}.",
                "rows": [row for table in tables_of for row in _rows(table)],
            }
            for purpose, tables_of in personal_by_purpose()
        ],
        "risks": [
            {
                "title": risk.vi,
                "level": f"Khả năng xảy ra: {LEVELS[risk.likelihood]}; mức độ thiệt hại: {LEVELS[risk.harm]} (sau biện pháp).",
                "measures": list(risk.measures_vi),
            }
            for risk in inventory.risks
        ],
        "signing_above": "",
        "signing_title": "THỦ TRƯỞNG ĐƠN VỊ",
        "signer": "",
        "recipients": ["Cơ quan chuyên trách bảo vệ dữ liệu cá nhân;", "Lưu: VT."],
    }


def _rows(table: Table) -> list[list[str]]:
    """One row for the columns that are protected alike."""
    kept = limit_in_words(data_inventory().rules[table.retention])
    groups: dict[tuple[Nature, Protection], list[str]] = {}
    for column in table.personal:
        groups.setdefault((column.nature, column.protection), []).append(column.vi)
    return [
        [table.vi, ", ".join(names), NATURES[nature], PROTECTIONS[protection], kept]
        for (nature, protection), names in groups.items()
    ]
