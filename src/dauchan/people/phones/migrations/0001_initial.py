"""Where people are signed in, codes refused after a phone was lost, and numbers that changed hands."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0003_cards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CodesRefused',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='codes_refused', serialize=False, to='people.person')),
                ('made_before', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='NumberLetGo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('changed', 'Người dùng đổi số'), ('new_holder', 'Số đã có người dùng mới')], max_length=12)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='numbers_let_go', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='OwnPhone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=40)),
                ('signed_in_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_on', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ending', models.CharField(blank=True, choices=[('signed_out', 'Đăng xuất trên máy'), ('elsewhere', 'Đăng xuất từ máy khác'), ('hotline', 'Điện thoại viên đăng xuất'), ('number', 'Số điện thoại đã đổi chủ'), ('withdrawn', 'Rút lại đồng ý')], max_length=12)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='people.person')),
            ],
            options={
                'ordering': ['-seen_on', '-pk'],
            },
        ),
    ]
