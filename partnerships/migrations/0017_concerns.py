import config.web.fields
import django.core.validators
import django.db.models.deletion
import uuid
from django.db import migrations, models


TABLES = ("partnerships_concern", "partnerships_concernstep")


def trigger(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
        f"DROP TRIGGER set_tenant ON {table};",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("contacts", "0018_signposts"),
        ('partnerships', '0016_bulletins'),
    ]

    operations = [
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reference', models.CharField(editable=False, max_length=10, unique=True)),
                ('channel', config.web.fields.CodeField(choices=[('portal', 'Through the portal'), ('in_person', 'In person'), ('phone', 'By phone'), ('letter', 'By letter')], default='portal', max_length=30)),
                ('for_unnamed_member', models.BooleanField(default=False)),
                ('about', config.web.fields.CodeField(choices=[('policy', 'A policy'), ('operation', 'An operation that is already public'), ('incident', 'Something that happened'), ('service', 'A service, or how it was given'), ('portal', 'Something in this portal')], max_length=30)),
                ('urgency', config.web.fields.CodeField(choices=[('routine', 'No hurry'), ('within_2_weeks', 'Within two weeks'), ('this_week', 'This week')], default='routine', max_length=30)),
                ('may_see', config.web.fields.CodeField(choices=[('sides', 'Only the two sides'), ('members', 'The members of our umbrella body, too'), ('public', 'Everybody')], default='sides', max_length=30)),
                ('choice', config.web.fields.CodeField(choices=[('answer', 'We want an answer'), ('complaint', 'We want this to be a formal complaint'), ('help_me_decide', 'Help us decide')], default='answer', max_length=30)),
                ('state', config.web.fields.CodeField(choices=[('raised', 'Waiting for a person’s answer'), ('acknowledged', 'Acknowledged'), ('passed_to_complaints', 'Passed on as a formal complaint'), ('in_hand', 'In hand'), ('answered', 'Answered'), ('accepted', 'Answer accepted'), ('challenged', 'Answer challenged'), ('escalated', 'With a higher level'), ('closed', 'Closed'), ('closed_not_agreed', 'Closed without agreement'), ('withdrawn', 'Withdrawn')], default='raised', max_length=30)),
                ('state_at', models.DateTimeField()),
                ('raised_at', models.DateTimeField()),
                ('acknowledged_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('first_due_on', models.DateField(blank=True, editable=False, null=True)),
                ('first_answered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'First answer'), (1, 'Level 1: inspector'), (2, 'Level 2: commander'), (3, 'Level 3: independent panel')], default=0)),
                ('challenges', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('late_with', config.web.fields.CodeField(blank=True, choices=[('sergeant', 'Sergeant'), ('inspector', 'Inspector'), ('commander', 'Commander')], editable=False, max_length=30)),
                ('recourse', config.web.fields.CodeField(choices=[('none', 'Not used'), ('with_inspector', 'With the inspector'), ('with_commander', 'With the commander'), ('answered', 'Answered')], default='none', max_length=30)),
                ('recourse_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('recourse_answered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('complaint_reference', models.CharField(blank=True, max_length=40, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9][A-Za-z0-9/-]{2,}$', 'Enter the number alone, like CO/01234/26.')])),
                ('panel_viewed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('closing', config.web.fields.CodeField(choices=[('none', 'Not written'), ('proposed', 'Waiting for those who raised it'), ('rewording', 'Other words asked for'), ('approved', 'Approved')], default='none', max_length=30)),
                ('outcome', config.web.fields.CodeField(blank=True, choices=[('did', 'We did'), ('could_not', 'We could not'), ('both', 'We did some, and could not do some')], editable=False, max_length=30)),
                ('audience', config.web.fields.CodeField(blank=True, choices=[('sides', 'Only the two sides'), ('members', 'The members of our umbrella body, too'), ('public', 'Everybody')], editable=False, max_length=30)),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('settled', config.web.fields.CodeField(blank=True, choices=[('yes', 'Still settled'), ('no', 'No longer settled')], editable=False, max_length=30)),
                ('settled_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('answerer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerns_to_answer', to='contacts.contact')),
                ('asked_role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.roletype')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('first_answerer', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='partnerships.concern')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('partnership', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='concerns', to='partnerships.partnership')),
                ('raised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.topic')),
            ],
        ),
        migrations.CreateModel(
            name='ConcernStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', config.web.fields.CodeField(choices=[('raised', 'Raised'), ('acknowledged', 'Acknowledged'), ('chose', 'Chose what it should be'), ('passed_to_complaints', 'Passed on as a formal complaint'), ('reassigned', 'Handed to another officer'), ('in_hand', 'Taken in hand'), ('updated', 'Word on how it stands'), ('answered', 'Answered'), ('accepted', 'Answer accepted'), ('challenged', 'Answer challenged'), ('escalated', 'Taken up at the next level'), ('panel_view', 'The panel’s view'), ('statement', 'A side’s own statement'), ('closing_proposed', '“You said, we did” proposed'), ('rewording', 'Other words asked for'), ('closed', 'Closed by those who raised it'), ('closed_not_agreed', 'Closed without agreement'), ('settled', 'Asked after four weeks: still settled'), ('unsettled', 'Asked after four weeks: no longer settled'), ('withdrawn', 'Withdrawn'), ('recourse', 'Asked the inspector to step in'), ('recourse_answered', 'The inspector or commander answered'), ('recourse_climbed', 'Passed up to the commander'), ('to_sergeant', 'Late: passed to the sergeant'), ('to_inspector', 'Late: passed to the inspector'), ('to_commander', 'Late: passed to the commander')], max_length=30)),
                ('side', config.web.fields.CodeField(blank=True, choices=[('police', 'Police'), ('institution', 'Mosque or umbrella body')], max_length=30)),
                ('at', models.DateTimeField()),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'First answer'), (1, 'Level 1: inspector'), (2, 'Level 2: commander'), (3, 'Level 3: independent panel')], default=0)),
                ('words', models.TextField(blank=True, max_length=1500)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='partnerships.concern')),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('text', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concern_step', to='partnerships.sharedtext')),
            ],
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['partnership', '-raised_at', '-id'], name='concern_timeline'),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['institution', '-raised_at', '-id'], name='concern_institution'),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(fields=['force', '-raised_at', '-id'], name='concern_force'),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(condition=models.Q(('state__in', ['acknowledged', 'in_hand', 'challenged', 'escalated'])), fields=['due_on'], name='concern_sweep_due'),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(condition=models.Q(('state__in', ['raised', 'challenged'])), fields=['state_at'], name='concern_sweep_state'),
        ),
        migrations.AddIndex(
            model_name='concern',
            index=models.Index(condition=models.Q(('recourse', 'with_inspector')), fields=['recourse_at'], name='concern_sweep_recourse'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(('acknowledged_at__isnull', True), ('acknowledged_at__gte', models.F('raised_at')), _connector='OR'), name='concern_acknowledged_after_it_came'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'passed_to_complaints'), _negated=True), models.Q(('choice', 'complaint'), models.Q(('complaint_reference', ''), _negated=True)), _connector='OR'), name='concern_passed_on_as_they_chose', violation_error_message='Only those who raised it can choose a complaint.'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('closing', 'approved'), _connector='OR'), name='concern_closed_with_approved_words', violation_error_message='Those who raised it approve the words first.'),
        ),
        migrations.AddConstraint(
            model_name='concern',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed_not_agreed'), _negated=True), ('panel_viewed_at__isnull', False), _connector='OR'), name='concern_panel_before_no_agreement', violation_error_message='The panel gives its view first.'),
        ),
        migrations.AddIndex(
            model_name='concernstep',
            index=models.Index(fields=['concern', 'at', 'id'], name='concern_step_history'),
        ),
        *[trigger(table) for table in TABLES],
        *[
            migrations.RunSQL(f"SELECT audit_watch('{table}')", migrations.RunSQL.noop)
            for table in TABLES
        ],
    ]
