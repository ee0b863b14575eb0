import re

import pytest
from django.apps import apps
from django.db import connection

from config.web.fields import CodeField

FIELDS = [
    field
    for model in apps.get_models()
    for field in model._meta.local_fields
    if isinstance(field, CodeField)
]


@pytest.mark.django_db
@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_database_takes_exactly_the_codes_of_a_field(field):
    table, column = field.model._meta.db_table, field.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
            [f"{table}_{column}_check"],
        )
        [(definition,)] = cursor.fetchall()

    codes = {code for code, _label in field.flatchoices} | ({""} if field.blank else set())
    assert set(re.findall(r"'([^']*)'", definition)) == codes
