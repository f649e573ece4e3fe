"""How long contacts are watched stands in `follow_up.FollowUpRule` alone. Safe: no release has read these columns."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('tracing', '0010_empty_texts_of_rules'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='doctrinerule',
            name='follow_up_days',
        ),
        migrations.RemoveField(
            model_name='doctrinerule',
            name='test_days',
        ),
    ]
