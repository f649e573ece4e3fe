"""What officers do, and which roles whoever holds one may hand on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    HEAD = "head", _("Người đứng đầu đơn vị")
    OFFICER = "officer", _("Cán bộ đơn vị")
    MONITOR = "monitor", _("Cán bộ giám sát (Sở TT&TT)")
    TRACER = "tracer", _("Cán bộ truy vết (CDC)")
    APPROVER = "approver", _("Người phê duyệt")
    LEADER = "leader", _("Lãnh đạo tỉnh")
    AGENT = "agent", _("Điện thoại viên hỗ trợ")
    OPERATOR = "operator", _("Người vận hành hệ thống")
    PRIVACY = "privacy", _("Cán bộ bảo vệ dữ liệu")


#: Roles whose mistakes or theft would hurt most: no sign-in without a second factor.
SECOND_FACTOR_ROLES = frozenset({Role.TRACER, Role.APPROVER, Role.OPERATOR, Role.PRIVACY})

#: Nobody hands on more than they hold: one's own role, and what is part of it. A head does an officer's work too; the
#: units' heads, their officers and the monitors work for the leader. An operator, who runs the system, sees no personal
#: data and so gives nobody a role that does.
GRANTS: dict[str, frozenset[Role]] = {
    Role.HEAD: frozenset({Role.HEAD, Role.OFFICER}),
    Role.LEADER: frozenset({Role.LEADER, Role.HEAD, Role.OFFICER, Role.MONITOR, Role.AGENT}),
    Role.MONITOR: frozenset({Role.MONITOR}),
    Role.TRACER: frozenset({Role.TRACER}),
    Role.APPROVER: frozenset({Role.APPROVER}),
    Role.OPERATOR: frozenset({Role.OPERATOR, Role.AGENT}),
    Role.PRIVACY: frozenset({Role.PRIVACY}),
}

#: Who keeps accounts in their area. What goes beyond their own rights they may propose; somebody who holds it confirms.
KEEPS_ACCOUNTS = (Role.HEAD, Role.LEADER, Role.OPERATOR, Role.MONITOR, Role.TRACER, Role.APPROVER, Role.PRIVACY)
