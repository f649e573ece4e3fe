"""The only ways to materials of units and to rounds of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dauchan.oversight.made_known.models import Sending
from dauchan.units.errors import NoSuchThing
from dauchan.units.jurisdiction import in_area, require_role
from dauchan.units.models import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dauchan.units.models import Officer

#: Who makes it known in their area, by paper, loudspeaker, picture and message.
MAKES_KNOWN = (Role.HEAD, Role.OFFICER, Role.MONITOR)


def access_sendings(officer: Officer) -> QuerySet[Sending]:
    """Raises: RoleMissing."""
    require_role(officer, *MAKES_KNOWN)
    area = in_area(officer.units_as(*MAKES_KNOWN))
    return Sending.objects.filter(area).select_related("unit", "template", "prepared_by", "confirmed_by")


def access_sending(officer: Officer, sending_id: int) -> Sending:
    """Raises: RoleMissing, NoSuchThing."""
    sending = access_sendings(officer).filter(pk=sending_id).first()
    if sending is None:
        raise NoSuchThing
    return sending
