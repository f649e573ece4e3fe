"""A certificate as a paper."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from dauchan.privacy.inventory import data_inventory
from dauchan.units.official_paper import official_pdf
from dauchan.vietnamese.dates import LOCAL

if TYPE_CHECKING:
    from dauchan.privacy.retention.certificate_models import PurgeCertificate

_LAYOUT = Path(__file__).parents[1] / "paper_layouts" / "certificate.typ"


def certificate_pdf(certificate: PurgeCertificate) -> bytes:
    inventory = data_inventory()
    rows = []
    for said in certificate.content["rules"]:
        rule = inventory.rules.get(said["rule"])
        for table, removed in said["removed"].items():
            entry = inventory.tables.get(table)
            rows.append(
                [
                    rule.vi if rule else said["rule"],
                    _day(said.get("before")),
                    entry.vi if entry else table,
                    str(removed),
                ]
            )
    for place, files in certificate.content.get("files", {}).items():
        if files:
            rows.append(
                [
                    "Tệp",
                    "",
                    {"uploads": "Tệp không còn hồ sơ nào dùng", "log": "Nhật ký kỹ thuật cũ"}[place],
                    str(files),
                ]
            )
    left = sum(one["rows"] for one in certificate.content["left_over"])
    document = {
        "subject": "Chứng nhận xóa dữ liệu hết hạn lưu",
        "issuer": "Dấu Chân",
        "mark": "",
        "number": certificate.pk,
        "made": f"{timezone.localtime(certificate.made_at):%H:%M ngày %d/%m/%Y}",
        "summary": f"Đã xóa hoặc làm trống {certificate.rows} dòng hết hạn lưu."
        if rows
        else "Không có gì hết hạn lưu.",
        "rows": rows,
        "remains": "Sau khi xóa, không còn dữ liệu nào quá hạn."
        if not left
        else f"Còn {left} dòng quá hạn chưa xóa được; cần kiểm tra.",
        "digest": certificate.digest,
        "previous": certificate.previous_digest,
        "signature": certificate.signature,
        "key": certificate.key,
    }
    return official_pdf(_LAYOUT, document)


def _day(before: str | None) -> str:
    return f"{dt.datetime.fromisoformat(before).astimezone(LOCAL):%d/%m/%Y}" if before else "theo từng hồ sơ"
