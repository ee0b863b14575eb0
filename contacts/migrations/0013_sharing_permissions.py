import config.web.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0012_rights_tenants'),
    ]

    operations = [
        migrations.CreateModel(
            name='SharingPermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', config.web.fields.CodeField(choices=[('listed', 'Being listed to other mosques'), ('umbrella', 'Sharing with an umbrella body'), ('invited_unit', 'Inviting a police unit'), ('publicity', 'Being asked about publicity'), ('naming', 'Naming a person')], max_length=30)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('grantee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='permissions_received', to='contacts.institution')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
            ],
            options={
                'indexes': [models.Index(fields=['institution', 'kind'], name='sharing_permission_place'), models.Index(condition=models.Q(('grantee__isnull', False), ('withdrawn_at__isnull', True)), fields=['grantee'], name='sharing_permission_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('grantee__isnull', False), ('kind__in', ['umbrella', 'invited_unit'])), models.Q(models.Q(('kind__in', ['umbrella', 'invited_unit']), _negated=True), ('grantee__isnull', True)), _connector='OR'), name='sharing_permission_names_whom', violation_error_message='Select who is let in.'), models.CheckConstraint(condition=models.Q(models.Q(('contact__isnull', False), ('kind', 'naming')), models.Q(models.Q(('kind', 'naming'), _negated=True), ('contact__isnull', True)), _connector='OR'), name='sharing_permission_names_the_person', violation_error_message='Select who is named.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'invited_unit'), _negated=True), ('valid_until__isnull', False), _connector='OR'), name='sharing_permission_of_a_unit_ends', violation_error_message='Enter the last day.'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='sharing_permission_ends_after_it_begins', violation_error_message='The last day must not come before the first.')],
            },
        ),
        migrations.RunSQL(
            "CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON contacts_sharingpermission "
            "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
            "DROP TRIGGER set_tenant ON contacts_sharingpermission;",
        ),
        migrations.RunSQL("SELECT audit_watch('contacts_sharingpermission')", migrations.RunSQL.noop),
    ]
