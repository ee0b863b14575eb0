import config.web.fields
import django.core.validators
import django.db.models.deletion
import uuid
from django.db import migrations, models


TABLES = (
    "partnerships_joiningcheck",
    "partnerships_limitstalk",
    "partnerships_partnershipagreement",
    "partnerships_signature",
)


def trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
        f"DROP TRIGGER set_tenant ON {table};",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0015_institution_joined_on'),
        ('partnerships', '0008_row_log'),
    ]

    operations = [
        migrations.AddField(
            model_name='partnership',
            name='left_alone_until',
            field=models.DateField(blank=True, help_text='The mosque asked not to be invited before that day.', null=True),
        ),
        config.web.fields.AlterCodes(
            model_name='partnership',
            name='state',
            field=config.web.fields.CodeField(choices=[('not_joined', 'Not joined'), ('invited', 'Invited'), ('applied', 'Has asked to join'), ('verified', 'Checked'), ('met', 'Met'), ('agreement_drafted', 'Agreement drafted'), ('declined', 'Asked to be left out'), ('active', 'Active'), ('paused_by_institution', 'Paused by the mosque'), ('paused_by_police', 'Paused by police'), ('ended', 'Ended')], default='not_joined', max_length=30),
        ),
        migrations.CreateModel(
            name='PartnershipAgreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('state', config.web.fields.CodeField(choices=[('drafted', 'Drafted'), ('in_force', 'In force'), ('superseded', 'Replaced by a later one'), ('dropped', 'Dropped before it was signed')], default='drafted', max_length=30)),
                ('cadence_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('review_on', models.DateField()),
                ('drafted_at', models.DateTimeField()),
                ('in_force_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='partnerships.partnership')),
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement', to='partnerships.sharedtext')),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version_number', models.PositiveSmallIntegerField()),
                ('side', config.web.fields.CodeField(choices=[('police', 'Police'), ('institution', 'Mosque or umbrella body')], max_length=30)),
                ('signed_at', models.DateTimeField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='partnerships.partnershipagreement')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
            ],
        ),
        migrations.CreateModel(
            name='JoiningCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', config.web.fields.CodeField(choices=[('register', 'Its number in a public register'), ('phone_back', 'A call back to its published number'), ('in_person', 'A meeting in person')], max_length=30)),
                ('reference', models.CharField(blank=True, max_length=40, validators=[django.core.validators.RegexValidator('^\\+?[A-Za-z0-9][A-Za-z0-9 /()-]{3,}$', 'Enter the number alone, like 1234567 or SC012345.')])),
                ('checked_on', models.DateField()),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'kind'), name='joining_check_once', violation_error_message='That check was recorded already.'), models.CheckConstraint(condition=models.Q(('kind', 'in_person'), models.Q(('reference', ''), _negated=True), _connector='OR'), name='joining_check_says_which_number', violation_error_message='Enter the number that was checked.')],
            },
        ),
        migrations.CreateModel(
            name='LimitsTalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField()),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits_talks', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'lead'), name='limits_talk_once_a_lead', violation_error_message='You have said so already.')],
            },
        ),
        migrations.AddConstraint(
            model_name='partnershipagreement',
            constraint=models.UniqueConstraint(fields=('partnership', 'number'), name='agreement_number_once'),
        ),
        migrations.AddConstraint(
            model_name='partnershipagreement',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['drafted', 'in_force'])), fields=('partnership', 'state'), name='agreement_one_drafted_one_in_force', violation_error_message='There is a draft already. Change that one.'),
        ),
        migrations.AddConstraint(
            model_name='partnershipagreement',
            constraint=models.CheckConstraint(condition=models.Q(('cadence_days__isnull', True), models.Q(('cadence_days__gte', 7), ('cadence_days__lte', 730)), _connector='OR'), name='agreement_cadence_sensible', violation_error_message='Choose from 7 to 730 days, or leave it empty.'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('agreement', 'version_number', 'signed_by'), name='signature_once_a_person', violation_error_message='You have signed this already.'),
        ),
        *[trigger(table) for table in TABLES],
        *[
            migrations.RunSQL(f"SELECT audit_watch('{table}')", migrations.RunSQL.noop)
            for table in TABLES
        ],
    ]
