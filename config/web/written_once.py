"""Queries of which only the values differ from one time to the next, written as SQL once.

To write a query that joins thirty tables takes longer than to answer it. So a connection keeps
what Django made of one, and puts in what is new: an account, or the query that finds the row.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.db import connections
from django.db.models import BigIntegerField, Expression, QuerySet
from django.db.models.sql import Query


class WrittenOnce(Query):
    """Keeps its compiler, SQL and all, for as long as a connection lasts.

    What is asked of it after the first time (a filter, an order) is not heard: make it whole.
    """

    def get_compiler(self, using=None, connection=None, elide_empty=True):
        connection = connection or connections[using]
        kept = vars(connection).setdefault("written_once", {})
        if self.kept_as not in kept:
            kept[self.kept_as] = compiler = super().get_compiler(using, connection, elide_empty)
            sql, params = compiler.as_sql()
            compiler.as_sql = lambda: _put_in(sql, params, connection)
        return kept[self.kept_as]


def written_once(queryset):
    """Return ``queryset`` as one that is written once; keep it, and ask copies (``.all()``)."""
    asked = queryset.all()
    asked.query = asked.query.chain(klass=WrittenOnce)
    asked.query.kept_as = object()
    return asked


class Given(Expression):
    """A number that is new each time: the account that asks, or what another query finds."""

    MARK = "(given anew)"

    def __init__(self, name):
        super().__init__(output_field=BigIntegerField())
        self.now = ContextVar(name)

    def as_sql(self, compiler, connection):
        return self.MARK, [self]

    @contextmanager
    def being(self, value):
        """Let it be ``value`` inside the block: a number, or a queryset of one."""
        token = self.now.set(value)
        try:
            yield
        finally:
            self.now.reset(token)

    def written(self, connection):
        value = self.now.get()
        if not isinstance(value, QuerySet):
            return "%s", [value]
        sql, params = value.query.get_compiler(connection=connection).as_sql()
        return f"({sql})", params


def _put_in(sql, params, connection):
    (*texts, end), found, given = sql.split(Given.MARK), [], []
    for each in params:
        text, values = each.written(connection) if isinstance(each, Given) else ("", [each])
        given.extend(values)
        if text:
            found.append(text)
    told = (part for pair in zip(texts, found, strict=True) for part in pair)
    return "".join([*told, end]), tuple(given)


FOUND = Given("found")


def find(rows, loads):
    """Return the one row that ``rows`` finds, or None, with what the method ``loads`` loads.

    It names one of the model's querysets, which asks neither who reads nor what day it is. Rows
    that say something of themselves, who reads them perhaps, are asked as they stand.
    """
    if rows.query.annotations:
        return getattr(rows, loads)().first()
    with FOUND.being(rows.order_by().values("pk")):
        return next(iter(_loading(rows.model, loads).all()), None)


@cache
def _loading(model, loads):
    return written_once(getattr(model.objects.filter(pk=FOUND), loads)())
