"""The audit log of a zone in sentences that an inspector can read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dauchan.tracing.zones.models import Act

if TYPE_CHECKING:
    from collections.abc import Callable

    from dauchan.units.models import AuditEntry

Detail = dict[str, Any]


@dataclass(frozen=True)
class LogLine:
    """One line of the log, ready to be read."""

    entry: AuditEntry

    @property
    def sentence(self) -> str:
        said = SENTENCES.get(self.entry.action)
        return said(self.entry.detail) if said else self.entry.action


def _facts(detail: Detail) -> dict[str, Any]:
    return {"number": detail["order"], "act": Act(detail["act"]).label, "document": detail["document"]}


def _held(detail: Detail) -> str:
    count = len(detail["venues"])
    told = ngettext("Áp dụng cho %(count)s địa điểm trong vùng.", "Áp dụng cho %(count)s địa điểm trong vùng.", count)
    return told % {"count": count}


def _released(detail: Detail) -> str:
    count = len(detail["venues"])
    told = ngettext(
        "Trả lại trạng thái cũ cho %(count)s địa điểm.", "Trả lại trạng thái cũ cho %(count)s địa điểm.", count
    )
    return told % {"count": count}


SENTENCES: dict[str, Callable[[Detail], str]] = {
    "zone_order.drafted": lambda d: _("Lập dự thảo số %(number)s: %(act)s, văn bản %(document)s.") % _facts(d),
    "zone_order.redrafted": lambda d: _("Sửa dự thảo số %(number)s.") % _facts(d),
    "zone_order.withdrawn": lambda d: _("Rút dự thảo số %(number)s.") % _facts(d),
    "zone_order.approved": lambda d: _("Phê duyệt số %(number)s: %(act)s, văn bản %(document)s.") % _facts(d),
    "zone_order.declined": lambda d: _("Từ chối dự thảo số %(number)s.") % _facts(d),
    "zone.venues_held": _held,
    "zone.venues_released": _released,
    "zone.exported": lambda d: _("Xuất danh sách địa điểm (%(kind)s, %(rows)s dòng).") % d,
}
