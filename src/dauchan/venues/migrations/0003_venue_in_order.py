"""A province's venues are paged in dictionary order without sorting all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("venues", "0002_sort_key_proposal_drafts")]

    operations = [migrations.AddIndex("venue", models.Index(fields=["sort_key", "id"], name="venue_in_order"))]
