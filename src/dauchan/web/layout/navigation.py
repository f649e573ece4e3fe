"""The links of the officers' console, by role. A new screen adds its line to GROUPS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dauchan.compliance.referrals.access import SEES_REFERRALS
from dauchan.compliance.signs.access import SEES_SIGNS
from dauchan.exchange.national.access import SEES_EXCHANGE
from dauchan.exchange.programs.access import SEES_PROGRAMS
from dauchan.exchange.venue_lists.access import IMPORTS_VENUES
from dauchan.helpdesk.access import ANSWERS_TICKETS, SEES_HELP_FIGURES
from dauchan.helpdesk.knowledge.access import SEES_ARTICLES
from dauchan.oversight.access import SEES_REPORTS
from dauchan.oversight.accountability.access import EXPLAINS, SEES_ACCOUNTS
from dauchan.oversight.inspections.access import SEES_INSPECTIONS
from dauchan.oversight.made_known.access import MAKES_KNOWN
from dauchan.oversight.sanctions.access import SEES_ALERTS, SEES_SANCTIONS
from dauchan.people.access import ISSUES_CARDS
from dauchan.people.roster.access import KEEPS_ROSTERS, SEES_SHARES
from dauchan.privacy.breaches.access import SEES_BREACHES
from dauchan.privacy.rights.access import TAKES_IN
from dauchan.tracing.zones.access import SEES_ZONES
from dauchan.units.models import Role
from dauchan.units.roles import KEEPS_ACCOUNTS
from dauchan.units.watch.access import WATCHES
from dauchan.venues.access import DECIDES_VENUES, SEES_VENUES
from dauchan.venues.modes import SEES_MODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

EVERY_ROLE = frozenset(Role)
FIELD = frozenset({Role.HEAD, Role.OFFICER, Role.MONITOR})
TRACING = frozenset({Role.TRACER, Role.APPROVER})


@dataclass(frozen=True)
class Screen:
    """One screen as the navigation knows it: shown to officers who hold one of *roles*, once its address exists.

    Attributes:
        has: pages that are reached from it, although their addresses do not begin with its own.
    """

    label: StrOrPromise
    url_name: str
    roles: frozenset[Role]
    icon: str
    has: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One link, ready to be shown."""

    label: StrOrPromise
    href: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class Group:
    """Links under one heading; the first group has none."""

    heading: StrOrPromise
    items: tuple[Item, ...]


GROUPS: tuple[tuple[StrOrPromise, tuple[Screen, ...]], ...] = (
    (
        "",
        (Screen(_("Trang đầu"), "officer:home", EVERY_ROLE, "layout-dashboard"),),
    ),
    (
        pgettext_lazy("danh mục", "Địa điểm"),
        (
            Screen(_("Chờ duyệt"), "officer:approvals", frozenset(DECIDES_VENUES), "clipboard-check"),
            Screen(pgettext_lazy("danh mục", "Địa điểm"), "officer:venues", frozenset(SEES_VENUES), "store"),
            Screen(_("Nhập từ danh sách"), "venue_lists:all", frozenset(IMPORTS_VENUES), "file-spreadsheet"),
            Screen(_("Bảng mã QR"), "officer:posters", FIELD, "qr-code"),
            Screen(_("Đọc bảng mã từ ảnh"), "officer:read_posters", FIELD, "camera"),
            Screen(_("Cách quét"), "officer:mode_orders", frozenset(SEES_MODES), "file-text"),
            Screen(_("Lượt quét chờ xét"), "gate:waiting", frozenset(DECIDES_VENUES), "lock"),
        ),
    ),
    (
        _("Người dân"),
        (
            Screen(_("Thẻ kiểm soát"), "cards:cards", frozenset(ISSUES_CARDS), "id-card"),
            Screen(_("Cấp thẻ"), "cards:new", frozenset(ISSUES_CARDS), "user-plus"),
        ),
    ),
    (
        _("Giám sát"),
        (
            Screen(_("Chỉ số sử dụng"), "dashboards:units", FIELD | {Role.LEADER, Role.APPROVER}, "chart-column"),
            Screen(pgettext_lazy("rà soát", "Dấu hiệu"), "signs:signs", frozenset(SEES_SIGNS), "activity"),
            Screen(_("Nhân viên"), "staff:agencies", frozenset(KEEPS_ROSTERS), "users"),
            Screen(_("Nhân viên quét mã"), "staff:shares", frozenset(SEES_SHARES), "user-check"),
            Screen(_("Chuyển xử lý"), "referrals:referrals", frozenset(SEES_REFERRALS), "send"),
            Screen(
                pgettext_lazy("danh mục", "Kiểm tra"),
                "inspections:rounds",
                frozenset(SEES_INSPECTIONS),
                "clipboard-list",
            ),
            Screen(_("Đồng bộ quốc gia"), "exchange:receivers", frozenset(SEES_EXCHANGE), "refresh-cw"),
            Screen(_("Xử lý vi phạm"), "sanctions:sanctions", frozenset(SEES_SANCTIONS), "gavel"),
            Screen(_("Phản ánh"), "reports:reports", frozenset(SEES_REPORTS), "megaphone"),
            Screen(_("Việc quá hạn"), "accountability:overdue", frozenset(EXPLAINS), "timer"),
            Screen(_("Trách nhiệm đơn vị"), "accountability:units", frozenset(SEES_ACCOUNTS), "chart-column"),
            Screen(_("Tuyên truyền"), "made_known:home", frozenset(MAKES_KNOWN), "megaphone"),
            Screen(
                _("Yêu cầu hỗ trợ"),
                "helpdesk:tickets",
                frozenset(ANSWERS_TICKETS),
                "headset",
                ("helpdesk:lost_phone",),
            ),
            Screen(_("Hướng dẫn"), "helpdesk:articles", frozenset(SEES_ARTICLES), "book-open", ("helpdesk:canned",)),
            Screen(_("Số liệu hỗ trợ"), "helpdesk:figures", frozenset(SEES_HELP_FIGURES), "chart-column"),
        ),
    ),
    (
        _("Truy vết"),
        (
            Screen(_("Ca bệnh"), "tracer:cases", TRACING, "stethoscope"),
            Screen(_("Theo dõi sức khỏe"), "follow_up:today", TRACING, "calendar-clock"),
            Screen(_("Lỡ khai báo sức khỏe"), "follow_up:escalations", frozenset({Role.HEAD}), "calendar-clock"),
            Screen(_("Vùng dịch"), "zones:zones", frozenset(SEES_ZONES), "layers"),
            Screen(_("Thông báo địa điểm"), "notices:notices", TRACING, "megaphone"),
            Screen(_("Toàn cảnh ổ dịch"), "outbreak:outbreak", TRACING | {Role.LEADER}, "network"),
            Screen(_("Phê duyệt"), "tracer:approvals", frozenset({Role.APPROVER}), "shield-check"),
            Screen(_("Quy tắc truy vết"), "tracer:rules", TRACING, "sliders-horizontal"),
        ),
    ),
    (
        _("Bảo vệ dữ liệu"),
        (
            Screen(_("Yêu cầu về dữ liệu"), "privacy:requests", frozenset(TAKES_IN), "shield"),
            Screen(_("Sự cố dữ liệu"), "privacy:breaches", frozenset(SEES_BREACHES), "shield-alert"),
            Screen(_("Thời hạn lưu"), "privacy:retention", frozenset({*SEES_BREACHES, Role.OPERATOR}), "archive"),
        ),
    ),
    (
        _("Hệ thống"),
        (
            Screen(_("Tài khoản cán bộ"), "personnel:accounts", frozenset(KEEPS_ACCOUNTS), "users-round"),
            Screen(_("Nhật ký truy cập"), "desk:audit", frozenset({Role.OPERATOR, Role.LEADER}), "history"),
            Screen(_("Cảnh báo truy cập"), "desk:alarms", frozenset(WATCHES), "shield-alert"),
            Screen(
                _("Cảnh báo quyết định"), "follow_up:alerts", frozenset({Role.OPERATOR, Role.LEADER}), "shield-alert"
            ),
            Screen(_("Hệ thống kết nối"), "programs:programs", frozenset(SEES_PROGRAMS), "network"),
            Screen(_("Cảnh báo đình chỉ"), "sanctions:alerts", frozenset(SEES_ALERTS), "shield-alert"),
        ),
    ),
)


def items_for(request: HttpRequest) -> list[Group]:
    """The groups of links this officer may follow; empty for everybody else."""
    officer = getattr(request, "user", None)
    if officer is None or not officer.is_authenticated:
        return []
    roles = officer.roles()
    shown = [(heading, [screen for screen in screens if roles & screen.roles]) for heading, screens in GROUPS]
    addresses = {
        screen: href for _heading, screens in shown for screen in screens if (href := _address(screen.url_name))
    }
    current = _current(request.path, addresses)
    groups = (Group(heading, tuple(_items(screens, addresses, current))) for heading, screens in shown)
    return [group for group in groups if group.items]


def _items(screens: Iterable[Screen], addresses: dict[Screen, str], current: str) -> Iterable[Item]:
    for screen in screens:
        if href := addresses.get(screen):
            yield Item(screen.label, href, screen.icon, href == current)


def _address(url_name: str) -> str:
    """The address, or "" where it belongs to a part that this installation does not have."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _current(path: str, addresses: dict[Screen, str]) -> str:
    """The address of the screen one is on or below: of several the one that says most of the path."""
    below = {at: href for screen, href in addresses.items() for at in (href, *map(_address, screen.has)) if at}
    found = max((at for at in below if path.startswith(at)), key=len, default="")
    return below.get(found, "")
