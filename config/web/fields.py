"""Model fields of our own."""

from django.db import models


class CodeField(models.CharField):
    """One of a closed set of lowercase codes; the database checks it too.

    The CHECK is part of the column, so a migration that changes ``choices`` changes it as well.
    """

    def __init__(self, *args, max_length=30, **kwargs):
        super().__init__(*args, max_length=max_length, **kwargs)

    def db_check(self, connection):
        codes = [code for code, _label in self.flatchoices]
        if self.blank:
            codes.append("")
        listed = ", ".join("'{}'".format(code.replace("'", "''")) for code in dict.fromkeys(codes))
        return f"{connection.ops.quote_name(self.column)} IN ({listed})"
