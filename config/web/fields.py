"""Model fields of our own."""

from django.db import migrations, models


class CodeField(models.CharField):
    """One of a closed set of lowercase codes; the database checks it too.

    The CHECK is part of the column. Django makes it with the column and forgets it afterwards: a
    migration that changes ``choices`` says :class:`AlterCodes` instead of ``AlterField``.
    """

    def __init__(self, *args, max_length=30, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def db_check(self, connection):
        codes = [code for code, _label in self.flatchoices]
        if self.blank:
            codes.append("")
        listed = ", ".join("'{}'".format(code.replace("'", "''")) for code in dict.fromkeys(codes))
        return f"{connection.ops.quote_name(self.column)} IN ({listed})"


class AlterCodes(migrations.AlterField):
    """``AlterField`` for a :class:`CodeField`, which writes the column's CHECK anew."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        model = to_state.apps.get_model(app_label, self.model_name)
        field, table = model._meta.get_field(self.name), model._meta.db_table
        named = {constraint.name for constraint in model._meta.constraints}
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            existing = connection.introspection.get_constraints(cursor, table)
        for name, found in existing.items():
            if found["check"] and found["columns"] == [field.column] and name not in named:
                schema_editor.execute(schema_editor._delete_check_sql(model, name))
        check = field.db_parameters(connection)["check"]
        name = f"{table}_{field.column}_check"
        schema_editor.execute(schema_editor._create_check_sql(model, name, check))
