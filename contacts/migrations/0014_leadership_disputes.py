import config.web.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0013_sharing_permissions'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeadershipDispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', config.web.fields.CodeField(choices=[('reported', 'Reported by one of two'), ('stands', 'Stands'), ('dropped', 'Not confirmed'), ('lifted', 'Settled')], default='reported', max_length=30)),
                ('reported_as', config.web.fields.CodeField(choices=[('coordinator', 'Coordinator'), ('inspector', 'Inspector')], max_length=30)),
                ('reported_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('ground', config.web.fields.CodeField(blank=True, choices=[('regulator', 'The charity regulator has said who leads'), ('court', 'A court has said who leads'), ('both_groups', 'Both groups say that it is settled')], max_length=30)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['reported', 'stands'])), fields=('institution',), name='leadership_dispute_one_open', violation_error_message='It is reported already.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['stands', 'lifted']), _negated=True), ('confirmed_by__isnull', False), _connector='OR'), name='leadership_dispute_by_two', violation_error_message='A second person must confirm it.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'lifted'), _negated=True), models.Q(('ground', ''), _negated=True), _connector='OR'), name='leadership_dispute_settled_by_somebody', violation_error_message='Select by what it was settled.')],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON contacts_leadershipdispute "
            "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
            "DROP TRIGGER set_tenant ON contacts_leadershipdispute;",
        ),
        migrations.RunSQL("SELECT audit_watch('contacts_leadershipdispute')", migrations.RunSQL.noop),
    ]
