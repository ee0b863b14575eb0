import config.web.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0013_sharing_permissions'),
        ('partnerships', '0009_joining'),
    ]

    operations = [
        migrations.CreateModel(
            name='PolicePause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', config.web.fields.CodeField(choices=[('proposed', 'Waiting for a second name'), ('announced', 'Announced'), ('in_force', 'In force'), ('dropped', 'Dropped'), ('lifted', 'Lifted')], default='proposed', max_length=30)),
                ('reason', models.TextField(max_length=1500)),
                ('is_for_safety', models.BooleanField(default=False, help_text='Somebody’s safety: it begins without notice.')),
                ('proposed_at', models.DateTimeField()),
                ('countersigned_at', models.DateTimeField(blank=True, null=True)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('reply', models.TextField(blank=True, max_length=1500)),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('countersigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('partnership', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='police_pauses', to='partnerships.partnership')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'announced')), fields=['starts_on'], name='police_pause_to_begin')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'announced', 'in_force'])), fields=('partnership',), name='police_pause_one_open', violation_error_message='A pause is proposed or in force already.'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='police_pause_has_a_reason', violation_error_message='Say why.'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'dropped']), ('countersigned_by__isnull', False), _connector='OR'), name='police_pause_countersigned', violation_error_message='A second name is missing.'), models.CheckConstraint(condition=models.Q(('countersigned_by__isnull', True), models.Q(('countersigned_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='police_pause_by_two', violation_error_message='The second name must be somebody else’s.')],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON partnerships_policepause "
            "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
            "DROP TRIGGER set_tenant ON partnerships_policepause;",
        ),
        migrations.RunSQL("SELECT audit_watch('partnerships_policepause')", migrations.RunSQL.noop),
    ]
