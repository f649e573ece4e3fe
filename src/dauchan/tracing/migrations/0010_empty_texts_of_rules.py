"""A rule that says nothing of later generations or test days says so with an empty text, before it is saved too."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracing', '0009_doctrine_in_full'),
    ]

    operations = [
        migrations.AlterField(
            model_name='doctrinerule',
            name='later_min_overlap_minutes',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, validators=[django.core.validators.RegexValidator('^[0-9]+( [0-9]+)*$')]),
        ),
        migrations.AlterField(
            model_name='doctrinerule',
            name='test_days',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, validators=[django.core.validators.RegexValidator('^[0-9]+( [0-9]+)*$')]),
        ),
    ]
