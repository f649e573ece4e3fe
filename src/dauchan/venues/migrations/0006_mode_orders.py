"""Orders of the authority on how doors check people in, and the function that decides which one holds at a venue."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from dauchan.venues.sql import script

MODES = [
    ("poster", "Khách tự quét mã tại cửa"),
    ("gate", "Người kiểm soát quét mã của khách"),
    ("both", "Cả hai cách"),
]
UNIT = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "units.unit"}
OFFICER = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": settings.AUTH_USER_MODEL}


class Migration(migrations.Migration):
    dependencies = [
        ("venues", "0005_gate_sync"),
        ("units", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ModeOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mode", models.CharField(choices=MODES, max_length=10, verbose_name="Cách quét")),
                ("starts_on", models.DateField(verbose_name="Từ ngày")),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("document_number", models.CharField(max_length=60, verbose_name="Số văn bản")),
                ("document_title", models.CharField(max_length=300, verbose_name="Trích yếu văn bản")),
                ("made_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "categories",
                    models.ManyToManyField(
                        related_name="mode_orders", to="venues.category", verbose_name="Loại hình"
                    ),
                ),
                ("unit", models.ForeignKey(**UNIT, verbose_name="Địa bàn áp dụng")),
                ("issuer", models.ForeignKey(**UNIT)),
                ("made_by", models.ForeignKey(**OFFICER)),
                ("withdrawn_by", models.ForeignKey(**OFFICER, blank=True, null=True)),
            ],
            options={
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                        name="mode_order_period_not_inverted",
                    )
                ],
            },
        ),
        migrations.RunSQL(script("0006_mode_orders.sql"), "DROP FUNCTION venue_mode, venue_mode_order;"),
    ]
