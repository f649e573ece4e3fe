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
    from collections.abc import Iterator

    from dauchan.privacy.retention.certificate_models import PurgeCertificate

_FILES = {"uploads": "Tệp không còn hồ sơ nào dùng", "log": "Nhật ký kỹ thuật cũ"}
_LAYOUT = Path(__file__).parents[1] / "paper_layouts" / "certificate.typ"


def certificate_pdf(certificate: PurgeCertificate) -> bytes:
    rows = [*_removed_rows(certificate), *_removed_files(certificate)]
    left = sum(one["rows"] for one in certificate.content["left_over"])
    some = f"Đã xóa hoặc làm trống {certificate.rows} dòng hết hạn lưu."
    clean, unclean = (
        "Sau khi xóa, không còn dữ liệu nào quá hạn.",
        f"Còn {left} dòng quá hạn chưa xóa được; cần kiểm tra.",
    )
    document = {
        "subject": "Chứng nhận xóa dữ liệu hết hạn lưu",
        "issuer": "Dấu Chân",
        "mark": "",
        "number": certificate.pk,
        "made": f"{timezone.localtime(certificate.made_at):%H:%M ngày %d/%m/%Y}",
        "summary": some if rows else "Không có gì hết hạn lưu.",
        "rows": rows,
        "remains": unclean if left else clean,
        "digest": certificate.digest,
        "previous": certificate.previous_digest,
        "signature": certificate.signature,
        "key": certificate.key,
    }
    return official_pdf(_LAYOUT, document)


def _removed_rows(certificate: PurgeCertificate) -> Iterator[list[str]]:
    """By rule and table: why, from before when, what, how many."""
    inventory = data_inventory()
    for said in certificate.content["rules"]:
        rule = inventory.rules.get(said["rule"])
        for table, removed in said["removed"].items():
            entry = inventory.tables.get(table)
            why, what = rule.vi if rule else said["rule"], entry.vi if entry else table
            yield [why, _day(said.get("before")), what, str(removed)]


def _removed_files(certificate: PurgeCertificate) -> Iterator[list[str]]:
    for place, files in certificate.content.get("files", {}).items():
        if files:
            yield ["Tệp", "", _FILES[place], str(files)]


def _day(before: str | None) -> str:
    return f"{dt.datetime.fromisoformat(before).astimezone(LOCAL):%d/%m/%Y}" if before else "theo từng hồ sơ"
