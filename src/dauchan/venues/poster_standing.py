"""What a genuine code is worth today: the register's answer, which the code itself cannot give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dauchan.venues.actions import IN_USE
from dauchan.venues.models import Poster

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dauchan.venues.models import Venue


class Standing(TextChoices):
    """Of one issue of a venue's poster."""

    CURRENT = "current", _("đang có hiệu lực")
    REPLACED = "replaced", _("đã có bản mới thay")
    REVOKED = "revoked", _("đã thu hồi, chưa có bản thay")
    CLOSED = "closed", _("địa điểm không còn hoạt động")
    UNKNOWN = "unknown", _("không có trong sổ đăng ký")


def current_versions(venue_ids: Iterable[int]) -> dict[int, int]:
    """The issue in force of each venue that has one."""
    in_force = Poster.objects.filter(venue__in=venue_ids, withdrawn_at=None)
    return dict(in_force.values_list("venue_id", "version"))


def standing_of(venue: Venue | None, version: int, current: int | None) -> Standing:
    """Of the issue *version* of *venue*, whose issue in force is *current*."""
    if venue is None or (current is not None and version > current):
        return Standing.UNKNOWN
    if venue.status not in IN_USE:
        return Standing.CLOSED
    if current is None:
        return Standing.REVOKED
    return Standing.CURRENT if version == current else Standing.REPLACED
