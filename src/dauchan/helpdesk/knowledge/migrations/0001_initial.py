"""Articles in versions, of which a published one stays, and canned answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STAYS = """
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON knowledge_articleversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION stays_as_it_is('what was published');
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('units', '0010_rows_that_stay_till_retention'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('topic', models.CharField(max_length=20, verbose_name='Nhóm việc')),
                ('scan_reasons', models.CharField(blank=True, max_length=200)),
                ('keywords', models.CharField(blank=True, max_length=300, verbose_name='Từ khóa khác')),
                ('search_key', models.TextField(blank=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='ArticleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title_vi', models.CharField(max_length=120, verbose_name='Tiêu đề (tiếng Việt)')),
                ('title_en', models.CharField(max_length=120, verbose_name='Tiêu đề (tiếng Anh)')),
                ('body_vi', models.TextField(max_length=4000, verbose_name='Nội dung (tiếng Việt)')),
                ('body_en', models.TextField(max_length=4000, verbose_name='Nội dung (tiếng Anh)')),
                ('written_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='knowledge.article')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.AddField(
            model_name='article',
            name='current',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='knowledge.articleversion'),
        ),
        migrations.CreateModel(
            name='CannedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80, unique=True, verbose_name='Tên gọi')),
                ('body_vi', models.TextField(max_length=1000, verbose_name='Câu trả lời (tiếng Việt)')),
                ('body_en', models.TextField(max_length=1000, verbose_name='Câu trả lời (tiếng Anh)')),
                ('is_in_use', models.BooleanField(default=True, verbose_name='Đang dùng')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(fields=('article', 'number'), name='article_version_once'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('written_by')), _negated=True), _connector='OR'), name='article_second_person'),
        ),
        migrations.RunSQL(STAYS, 'DROP TRIGGER stays ON knowledge_articleversion;'),
    ]
