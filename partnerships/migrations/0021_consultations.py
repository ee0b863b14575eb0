import config.web.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


TABLES = (
    "partnerships_consultation",
    "partnerships_consultationinvitee",
    "partnerships_consultationresponse",
    "partnerships_consultationtheme",
)


def kept_and_watched(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION portal_set_tenant(); SELECT audit_watch('{table}');",
        f"DROP TRIGGER set_tenant ON {table};",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0019_membership_role'),
        ('partnerships', '0020_workstreams'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', config.web.fields.CodeField(choices=[('draft', 'Draft'), ('co_signed', 'The umbrella body has had its say'), ('open', 'Open for answers'), ('closed', 'Closed, being read'), ('considering', 'Being considered'), ('decided', 'Decided'), ('reported_back', 'Reported back'), ('abandoned', 'Given up')], default='draft', max_length=30)),
                ('state_at', models.DateTimeField()),
                ('title', models.CharField(max_length=120)),
                ('question', models.TextField(max_length=600)),
                ('open_to_change', models.TextField(blank=True, max_length=1500)),
                ('not_open', models.TextField(blank=True, max_length=1500)),
                ('options', models.TextField(blank=True, max_length=1500)),
                ('effect', models.TextField(blank=True, max_length=1500)),
                ('materials', models.TextField(blank=True, max_length=1500)),
                ('events', models.TextField(blank=True, max_length=1500)),
                ('owner_role', config.web.fields.CodeField(choices=[('inspector', 'Inspector'), ('commander', 'Commander')], default='inspector', max_length=30)),
                ('decides_on', models.DateField(blank=True, null=True)),
                ('closes_on', models.DateField(blank=True, null=True)),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('visibility', config.web.fields.CodeField(choices=[('police', 'Police alone read an answer'), ('shareable', 'Police, and the umbrella body where its author says so')], default='shareable', max_length=30)),
                ('convenor_name', models.CharField(max_length=200)),
                ('convenor_told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('drafted_at', models.DateTimeField()),
                ('is_public', models.BooleanField(default=False)),
                ('umbrella_public', models.BooleanField(default=False)),
                ('objection', models.TextField(blank=True, max_length=1000)),
                ('cosigned_at', models.DateTimeField(blank=True, null=True)),
                ('is_urgent', models.BooleanField(default=False)),
                ('urgency', models.TextField(blank=True, max_length=500)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('invited_members', models.PositiveIntegerField(default=0, editable=False)),
                ('invited_others', models.PositiveIntegerField(default=0, editable=False)),
                ('answered_members', models.PositiveIntegerField(default=0, editable=False)),
                ('answered_others', models.PositiveIntegerField(default=0, editable=False)),
                ('answered_umbrella', models.PositiveIntegerField(default=0, editable=False)),
                ('positions', django.contrib.postgres.fields.ArrayField(base_field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None), blank=True, default=list, editable=False, size=None)),
                ('decision', models.TextField(blank=True, max_length=1500)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('abandonment', models.TextField(blank=True, max_length=500)),
                ('abandoned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('co_convenor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('cosigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('public_item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.publisheditem')),
            ],
        ),
        migrations.CreateModel(
            name='ConsultationInvitee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_member', models.BooleanField(default=False)),
                ('invited_at', models.DateTimeField()),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitees', to='partnerships.consultation')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
            ],
        ),
        migrations.CreateModel(
            name='ConsultationResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('capacity', config.web.fields.CodeField(choices=[('member', 'A member of the umbrella body, for itself'), ('other', 'An institution that is no member, for itself'), ('umbrella', 'The umbrella body, as a body')], max_length=30)),
                ('position', config.web.fields.CodeField(choices=[('for', 'We agree'), ('with_changes', 'We agree if things change'), ('against', 'We disagree'), ('neither', 'Neither: we say something else')], max_length=30)),
                ('text', models.TextField(max_length=3000)),
                ('is_shared', models.BooleanField(default=False)),
                ('is_late', models.BooleanField(default=False)),
                ('answered_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='partnerships.consultation')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
            ],
        ),
        migrations.CreateModel(
            name='ConsultationTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('heard', models.TextField(max_length=1000)),
                ('named_side', config.web.fields.CodeField(choices=[('police', 'Police'), ('institution', 'Mosque or umbrella body')], max_length=30)),
                ('named_at', models.DateTimeField()),
                ('second_at', models.DateTimeField(blank=True, null=True)),
                ('dissent', models.TextField(blank=True, max_length=600)),
                ('raised_by_members', models.PositiveIntegerField(default=0, editable=False)),
                ('raised_by_others', models.PositiveIntegerField(default=0, editable=False)),
                ('raised_by_umbrella', models.PositiveIntegerField(default=0, editable=False)),
                ('outcome', config.web.fields.CodeField(blank=True, choices=[('changed', 'Changed'), ('partly', 'Partly changed'), ('unchanged', 'Not changed')], max_length=30)),
                ('changed', models.TextField(blank=True, max_length=1000)),
                ('unchanged', models.TextField(blank=True, max_length=1000)),
                ('why', models.TextField(blank=True, max_length=1000)),
                ('promise', models.TextField(blank=True, max_length=500)),
                ('promise_due_on', models.DateField(blank=True, null=True)),
                ('commitment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.commitment')),
                ('consultation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='partnerships.consultation')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('second_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
            ],
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(fields=['force', '-drafted_at', '-id'], name='consultation_force_list'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(fields=['institution', '-id'], name='consultation_unit_list'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['closes_on'], name='consultation_to_close'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(condition=models.Q(('convenor_told_at__isnull', True), ('state', 'draft')), fields=['id'], name='consultation_to_tell'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'abandoned']), ('cosigned_at__isnull', False), _connector='OR'), name='consultation_seen_by_the_umbrella', violation_error_message='The umbrella body has not had its say.'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened_at__isnull', True), ('state__in', ['draft', 'co_signed'])), ('state', 'abandoned'), models.Q(models.Q(('state__in', ['draft', 'co_signed']), _negated=True), ('opened_at__isnull', False)), _connector='OR'), name='consultation_opened_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('decides_on__isnull', True), ('decides_on__gt', models.F('closes_on')), _connector='OR'), name='consultation_decides_after_it_closes', violation_error_message='The day of the decision must come after the last day for answers.'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('decided_on__isnull', True), ('decided_on__gt', models.F('closes_on')), _connector='OR'), name='consultation_decided_after_it_closed', violation_error_message='It cannot be decided before it has closed.'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['decided', 'reported_back']), _negated=True), models.Q(('decided_on__isnull', False), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='consultation_decided_in_words', violation_error_message='Say what was decided.'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('is_urgent', False), models.Q(('urgency', ''), _negated=True), _connector='OR'), name='consultation_urgent_with_a_reason', violation_error_message='Say why it cannot wait.'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'abandoned'), _negated=True), models.Q(('abandonment', ''), _negated=True), _connector='OR'), name='consultation_given_up_with_a_reason', violation_error_message='Say why it is given up.'),
        ),
        migrations.AddConstraint(
            model_name='consultationinvitee',
            constraint=models.UniqueConstraint(fields=('institution', 'consultation'), name='consultation_invitee_once'),
        ),
        migrations.AddConstraint(
            model_name='consultationresponse',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('institution', 'consultation'), name='consultation_response_once', violation_error_message='Somebody else answered meanwhile. Look at it again.'),
        ),
        migrations.AddConstraint(
            model_name='consultationresponse',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='consultation_response_says_something', violation_error_message='Enter your answer.'),
        ),
        migrations.AddIndex(
            model_name='consultationtheme',
            index=models.Index(fields=['consultation', 'id'], name='consultation_theme_list'),
        ),
        migrations.AddConstraint(
            model_name='consultationtheme',
            constraint=models.CheckConstraint(condition=models.Q(('second_by__isnull', True), models.Q(('second_by', models.F('named_by')), _negated=True), _connector='OR'), name='consultation_theme_read_by_two', violation_error_message='Somebody else, of the other side, reads it again.'),
        ),
        migrations.AddConstraint(
            model_name='consultationtheme',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', ''), models.Q(('why', ''), _negated=True), _connector='OR'), name='consultation_theme_says_why', violation_error_message='Say why.'),
        ),
        migrations.AddConstraint(
            model_name='consultationtheme',
            constraint=models.CheckConstraint(condition=models.Q(('promise', ''), ('promise_due_on__isnull', False), _connector='OR'), name='consultation_theme_promise_has_a_day', violation_error_message='Say by which day it is done.'),
        ),
        config.web.fields.AlterCodes(
            model_name='publisheditem',
            name='kind',
            field=config.web.fields.CodeField(choices=[('done', 'What was done'), ('planned', 'What is planned'), ('said_and_did', 'You said, we did'), ('own_words', 'In the mosque’s own words'), ('consultation', 'Open for answers')], max_length=30),
        ),
        *[kept_and_watched(table) for table in TABLES],
    ]
