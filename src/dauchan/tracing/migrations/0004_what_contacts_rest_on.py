"""What a contact rests on. A release that does not know the columns goes on writing: the database fills them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracing", "0003_crowd_notice")]
    operations = [
        migrations.AddField("contact", "assurance", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("contact", "labels", models.IntegerField(default=0, db_default=0)),
        migrations.AddField("contact", "sources", models.IntegerField(default=0, db_default=0)),
        migrations.AddField("contact", "is_doubtful", models.BooleanField(default=False, db_default=False)),
    ]
