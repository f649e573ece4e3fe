"""Run by pretix's own Python: one event with a check-in list and sold tickets, and a token that may check them in.

Prints a JSON object: address and authorization of the check-in call, number of the list, secrets of the tickets.
"""

import json
import os
import sys
from datetime import timedelta
from decimal import Decimal

os.environ["DJANGO_SETTINGS_MODULE"] = "pretix.settings"

import django

django.setup()

from django.utils.timezone import now  # noqa: E402 only after the settings
from django_scopes import scopes_disabled  # noqa: E402
from pretix.base.models import Event, Order, OrderPosition, Organizer  # noqa: E402


def main(tickets: int) -> None:
    """Make the event and its tickets."""
    organizer = Organizer.objects.create(name="Bench", slug="bench")
    event = Event.objects.create(
        organizer=organizer, name="Bench", slug="bench", live=True, date_from=now(), plugins="", currency="EUR"
    )
    item = event.items.create(name="Ticket", default_price=Decimal(0), admission=True)
    entrance = event.checkin_lists.create(name="Entrance", all_products=True)
    team = organizer.teams.create(
        name="Gate", all_events=True, all_event_permissions=True, all_organizer_permissions=True
    )
    token = team.tokens.create(name="Gate")
    channel = organizer.sales_channels.get(identifier="web")
    secrets = []
    for number in range(tickets):
        order = Order.objects.create(
            code=f"B{number:05}",
            event=event,
            status=Order.STATUS_PAID,
            datetime=now(),
            expires=now() + timedelta(days=10),
            total=0,
            sales_channel=channel,
            locale="en",
        )
        secret = f"secret{number:026}"
        OrderPosition.objects.create(order=order, item=item, price=Decimal(0), positionid=1, secret=secret)
        secrets.append(secret)
    print(
        json.dumps(
            {
                "path": f"/api/v1/organizers/{organizer.slug}/checkinrpc/redeem/",
                "authorization": f"Token {token.token}",
                "list": entrance.pk,
                "secrets": json.dumps(secrets),
            }
        )
    )


if __name__ == "__main__":
    with scopes_disabled():
        main(int(sys.argv[1]))
