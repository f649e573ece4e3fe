"""What is watched for from the first day on; leaders and operators change the numbers on their page."""

from django.db import migrations

LOOKS = [
    "card.opened", "case.places_seen", "case.timeline_seen", "contacts.exported", "disclosure.seen", "follow_up.seen",
    "order.holder_seen", "report.photo_seen", "roster.seen", "ticket.phone_seen", "zone.exported",
]


def write(apps, schema_editor):
    rules = apps.get_model("watch", "Rule").objects
    rules.create(kind="bulk", actions=LOOKS, most=100, minutes=60)
    rules.create(kind="odd_hours", actions=LOOKS, most=10, minutes=60, from_hour=22, to_hour=5)


class Migration(migrations.Migration):
    dependencies = [("watch", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
