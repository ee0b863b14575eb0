from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0017_rectification'),
    ]

    operations = [
        migrations.CreateModel(
            name='Signpost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('labels', models.JSONField(help_text='By language, English at least: {"en": "Imam"}.')),
                ('position', models.PositiveIntegerField(default=0)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('verified_on', models.DateField(blank=True, null=True)),
                ('what_for', models.JSONField(default=dict, help_text='By language, English at least: {"en": "…"}.')),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('url', models.URLField(blank=True)),
                ('hours', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunSQL("SELECT audit_watch('contacts_signpost')", migrations.RunSQL.noop),
    ]
