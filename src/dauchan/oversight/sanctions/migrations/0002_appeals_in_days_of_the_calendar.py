"""The time to appeal is counted in days of the calendar, as the law has it; how, stands with the dated rule."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sanctions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='appealclock',
            name='appeal_days',
            field=models.CharField(choices=[('calendar', 'ngày'), ('working', 'ngày làm việc')], db_default='calendar', default='calendar', max_length=8),
        ),
    ]
