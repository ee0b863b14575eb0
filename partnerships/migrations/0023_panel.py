
import config.web.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


DRAWN = ("partnerships_panelsample", "partnerships_panelitem", "partnerships_panelorigin")
SAID = ("partnerships_panelcomment", "partnerships_panelanswer")
# What was drawn stays as it was drawn, whoever asks; only the worker draws.
FINAL = """
CREATE TRIGGER is_final BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_final();
CREATE TRIGGER stays BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_final();
REVOKE ALL ON {table} FROM portal_app, portal_task;
GRANT SELECT ON {table} TO portal_app;
GRANT SELECT, INSERT ON {table} TO portal_task;
"""
# An answer is given once and stays; its words may be emptied when their time is over.
KEPT = """
REVOKE DELETE ON partnerships_panelcomment, partnerships_panelanswer FROM portal_app, portal_task;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0019_membership_role'),
        ('partnerships', '0022_reviews'),
    ]

    operations = [
        migrations.CreateModel(
            name='PanelSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('number', models.CharField(max_length=120)),
                ('seed', models.CharField(max_length=64)),
                ('drawn_at', models.DateTimeField()),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('measures', models.JSONField(blank=True, default=list)),
                ('listed', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('force', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
            ],
        ),
        migrations.CreateModel(
            name='PanelItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', config.web.fields.CodeField(choices=[('visit', 'A visit'), ('promise', 'A promise'), ('concern', 'A concern'), ('request', 'A request answered late')], max_length=30)),
                ('letter', models.CharField(max_length=3)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('force', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('sample', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='partnerships.panelsample')),
            ],
        ),
        migrations.CreateModel(
            name='PanelComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('measure', models.CharField(blank=True, max_length=40)),
                ('words', models.TextField(max_length=1500)),
                ('asked_role', config.web.fields.CodeField(choices=[('inspector', 'An inspector'), ('commander', 'A commander'), ('coordinator', 'The partnership coordinator')], max_length=30)),
                ('due_on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('late_told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('concern', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='panel_comments', to='partnerships.concern')),
                ('force', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='partnerships.panelitem')),
                ('sample', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='partnerships.panelsample')),
            ],
        ),
        migrations.CreateModel(
            name='PanelOrigin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_ref', models.UUIDField()),
                ('district', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('force', models.ForeignKey(blank=True, db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('institution', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.institution')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='origin', to='partnerships.panelitem')),
            ],
        ),
        migrations.CreateModel(
            name='PanelAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', config.web.fields.CodeField(choices=[('police', 'Police'), ('institution', 'Mosque or umbrella body')], max_length=30)),
                ('words', models.TextField(max_length=1500)),
                ('at', models.DateTimeField()),
                ('role', config.web.fields.CodeField(blank=True, choices=[('inspector', 'An inspector'), ('commander', 'A commander'), ('coordinator', 'The partnership coordinator')], max_length=30)),
                ('told_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.contact')),
                ('force', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.policingarea')),
                ('comment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='partnerships.panelcomment')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('told_at', None)), fields=['at'], name='panel_answer_sweep_tell')],
                'constraints': [models.UniqueConstraint(fields=('comment', 'side'), name='panel_answer_once_a_side', violation_error_message='Your side has answered.')],
            },
        ),
        migrations.AddConstraint(
            model_name='panelsample',
            constraint=models.UniqueConstraint(fields=('force', 'since'), name='panel_sample_once_a_quarter'),
        ),
        migrations.AddConstraint(
            model_name='panelsample',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='panel_sample_has_days'),
        ),
        migrations.AddConstraint(
            model_name='panelitem',
            constraint=models.UniqueConstraint(fields=('sample', 'position'), name='panel_item_in_its_place'),
        ),
        migrations.AddIndex(
            model_name='panelcomment',
            index=models.Index(fields=['force', '-made_at', '-id'], name='panel_comment_force'),
        ),
        migrations.AddIndex(
            model_name='panelcomment',
            index=models.Index(condition=models.Q(('answered_at', None), ('late_told_at', None)), fields=['due_on'], name='panel_comment_sweep_due'),
        ),
        migrations.AddIndex(
            model_name='panelcomment',
            index=models.Index(condition=models.Q(('told_at', None)), fields=['made_at'], name='panel_comment_sweep_tell'),
        ),
        migrations.AddConstraint(
            model_name='panelcomment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('concern', None), ('item__isnull', False), ('measure', ''), ('sample', None)), models.Q(('concern', None), ('item', None), ('sample__isnull', False), models.Q(('measure', ''), _negated=True)), models.Q(('concern__isnull', False), ('item', None), ('measure', ''), ('sample', None)), _connector='OR'), name='panel_comment_about_one_thing'),
        ),
        migrations.AddIndex(
            model_name='panelorigin',
            index=models.Index(fields=['institution', 'item'], name='panel_origin_institution'),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER set_tenant BEFORE INSERT OR UPDATE ON partnerships_panelorigin "
            "FOR EACH ROW EXECUTE FUNCTION portal_set_tenant();",
            "DROP TRIGGER set_tenant ON partnerships_panelorigin;",
        ),
        *[migrations.RunSQL(FINAL.format(table=table), migrations.RunSQL.noop) for table in DRAWN],
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        *[
            migrations.RunSQL(f"SELECT audit_watch('{table}')", migrations.RunSQL.noop)
            for table in (*DRAWN, *SAID)
        ],
    ]
