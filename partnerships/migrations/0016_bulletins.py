import config.web.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


TABLES = (
    "partnerships_bulletin",
    "partnerships_bulletinversion",
    "partnerships_bulletinrecipient",
    "partnerships_bulletinquestion",
    "partnerships_bulletinasker",
)


def kept_and_watched(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION portal_set_tenant(); SELECT audit_watch('{table}');",
        f"DROP TRIGGER set_tenant ON {table};",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0015_institution_joined_on'),
        ('partnerships', '0015_wordings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bulletin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', config.web.fields.CodeField(choices=[('bulletin', 'Bulletin'), ('statement_of_fact', 'Statement of fact')], default='bulletin', max_length=30)),
                ('state', config.web.fields.CodeField(choices=[('draft', 'Draft'), ('checked', 'Checked'), ('published', 'Published'), ('updated', 'Updated'), ('withdrawn', 'Withdrawn'), ('expired', 'Expired')], default='draft', max_length=30)),
                ('state_at', models.DateTimeField()),
                ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None)),
                ('valid_until', models.DateField()),
                ('questions_until', models.DateField()),
                ('current_version', models.PositiveSmallIntegerField(default=1)),
                ('sent_to', models.PositiveIntegerField(default=0, editable=False)),
                ('sign_off_asked_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('told', models.PositiveIntegerField(default=0, editable=False)),
                ('drafted_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawal', models.TextField(blank=True, max_length=500)),
                ('removal', config.web.fields.CodeField(blank=True, choices=[('names_a_child', 'It named a child'), ('names_a_person', 'It named a person who had not agreed')], max_length=30)),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('language', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.language')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
            ],
        ),
        migrations.CreateModel(
            name='BulletinQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.TextField(max_length=600)),
                ('asked_as', models.CharField(blank=True, max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('state', config.web.fields.CodeField(choices=[('open', 'Waiting for an answer'), ('answered', 'Answered'), ('cannot_answer', 'Police can’t answer, and say why')], default='open', max_length=30)),
                ('answer', models.TextField(blank=True, max_length=1500)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('warned_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('escalated_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('bulletin', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='partnerships.bulletin')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
            ],
        ),
        migrations.CreateModel(
            name='BulletinAsker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('question', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='asker', to='partnerships.bulletinquestion')),
            ],
        ),
        migrations.CreateModel(
            name='BulletinRecipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField()),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recipients', to='partnerships.bulletin')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
            ],
        ),
        migrations.CreateModel(
            name='BulletinVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=150)),
                ('happening', models.TextField(blank=True, max_length=1500)),
                ('why', models.TextField(blank=True, max_length=1500)),
                ('meaning', models.TextField(blank=True, max_length=1500)),
                ('unknown', models.TextField(blank=True, max_length=1500)),
                ('unsaid', models.TextField(blank=True, max_length=1500)),
                ('decided', models.TextField(blank=True, max_length=1500)),
                ('read_out', models.TextField(blank=True, max_length=300)),
                ('written_at', models.DateTimeField()),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='partnerships.bulletin')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
            ],
        ),
        migrations.AddIndex(
            model_name='bulletin',
            index=models.Index(condition=models.Q(('kind', 'statement_of_fact'), ('sign_off_asked_at__isnull', True), ('state', 'draft')), fields=['id'], name='bulletin_to_sign_off'),
        ),
        migrations.AddIndex(
            model_name='bulletin',
            index=models.Index(fields=['force', '-published_at', '-id'], name='bulletin_force_list'),
        ),
        migrations.AddIndex(
            model_name='bulletin',
            index=models.Index(fields=['institution', '-id'], name='bulletin_unit_list'),
        ),
        migrations.AddIndex(
            model_name='bulletin',
            index=models.Index(condition=models.Q(('state__in', ['published', 'updated'])), fields=['valid_until'], name='bulletin_to_expire'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('kinds__contained_by', ['mosque', 'islamic_centre', 'madrasah', 'umbrella_body', 'council', 'school', 'charity_other'])), name='bulletin_for_partners', violation_error_message='Select kinds of institution from the list.'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('questions_until__lte', models.F('valid_until'))), name='bulletin_takes_questions_while_it_holds', violation_error_message='The last day for questions must not come after the last day of the bulletin.'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('checked_by__isnull', False), models.Q(('kind', 'statement_of_fact'), models.Q(('published_by', models.F('drafted_by')), _negated=True)), _connector='OR'), name='bulletin_seen_by_a_second_person', violation_error_message='Somebody else than its author must sign it off.'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('state__in', ['draft', 'checked'])), models.Q(models.Q(('state__in', ['draft', 'checked']), _negated=True), ('published_at__isnull', False)), _connector='OR'), name='bulletin_published_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawal', ''), _negated=True), _connector='OR'), name='bulletin_withdrawn_with_a_reason', violation_error_message='Say why it is withdrawn.'),
        ),
        migrations.AddIndex(
            model_name='bulletinquestion',
            index=models.Index(fields=['bulletin', 'asked_at', 'id'], name='bulletin_question_list'),
        ),
        migrations.AddIndex(
            model_name='bulletinquestion',
            index=models.Index(fields=['force', 'asked_at'], name='bulletin_question_force'),
        ),
        migrations.AddIndex(
            model_name='bulletinquestion',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['asked_at'], name='bulletin_question_open'),
        ),
        migrations.AddConstraint(
            model_name='bulletinquestion',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='bulletin_question_asks_something', violation_error_message='Enter your question.'),
        ),
        migrations.AddConstraint(
            model_name='bulletinquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='bulletin_question_answered_in_words', violation_error_message='Enter the answer.'),
        ),
        migrations.AddIndex(
            model_name='bulletinasker',
            index=models.Index(fields=['institution', '-id'], name='bulletin_asker_own'),
        ),
        migrations.AddIndex(
            model_name='bulletinrecipient',
            index=models.Index(fields=['institution', '-sent_at'], name='bulletin_recipient_lately'),
        ),
        migrations.AddConstraint(
            model_name='bulletinrecipient',
            constraint=models.UniqueConstraint(fields=('institution', 'bulletin'), name='bulletin_recipient_once'),
        ),
        migrations.AddConstraint(
            model_name='bulletinversion',
            constraint=models.UniqueConstraint(fields=('bulletin', 'number'), name='bulletin_version_once'),
        ),
        *[kept_and_watched(table) for table in TABLES],
    ]
