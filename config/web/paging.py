"""The one paginator of the portal: by key, not by offset, with a count that stops at 1,000."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import models
from django.db.models import F
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import Http404
from django.views.generic import ListView

COUNT_CAP = 1000


@dataclass(frozen=True)
class Page:
    """One page of a list; ``count`` is capped, ``more_than_count`` says that there are more."""

    items: list
    count: int
    more_than_count: bool
    first_number: int
    next_cursor: str
    is_first: bool

    @property
    def last_number(self):
        return self.first_number + len(self.items) - 1


def _pack(values, number):
    texts = [v.isoformat() if isinstance(v, date | datetime) else v for v in values]
    texts = [str(v) if isinstance(v, UUID) else v for v in texts]
    return base64.urlsafe_b64encode(json.dumps([texts, number]).encode()).decode().rstrip("=")


def _unpack(cursor, fields):
    """Return a cursor's values, each as its field holds it, and the number of the first row."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values, number = json.loads(raw)
        if not isinstance(values, list) or type(number) is not int or not 1 <= number < 10**9:
            raise ValueError
        return [_read(*each) for each in zip(fields, values, strict=True)], number
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        raise Http404("No such page") from None


def _read(field, value):
    """Return a value of a cursor, which anybody may have written, if the database can compare it.

    Raises:
        ValueError, OverflowError, ValidationError: it cannot be a value of that field.
    """
    if isinstance(field, models.IntegerField):
        if type(value) is not int or not -(2**63) <= value < 2**63:
            raise ValueError
        return value
    if not isinstance(value, str) or b"\0" in value.encode():  # half a surrogate pair raises, too
        raise ValueError
    if isinstance(field, models.UUIDField):
        return field.to_python(value)
    if not isinstance(field, models.DateField):
        return value
    value = field.to_python(value)
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError
    return value.astimezone(UTC)


def _field(model, path):
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        model = field.related_model
    return field


def _after(keys, values):
    """Build ``row comes after values``, which an index over the keys answers from that place on."""
    comparison = TupleLessThan if keys[0].startswith("-") else TupleGreaterThan
    return comparison(Tuple(*(F(key.lstrip("-")) for key in keys)), tuple(values))


def paginate(queryset, *, keys, size, cursor=""):
    """Return one :class:`Page`; two queries.

    ``keys`` order the list and end on the primary key; all rise or all fall, and none may be null.
    """
    if len({key.startswith("-") for key in keys}) > 1:
        raise ImproperlyConfigured("The keys of a list must all rise or all fall.")
    count = queryset.order_by()[: COUNT_CAP + 1].count()
    rows, number = queryset.order_by(*keys), 1
    if cursor:
        fields = [_field(queryset.model, key.lstrip("-")) for key in keys]
        values, number = _unpack(cursor, fields)
        rows = rows.filter(_after(keys, values))
    items = list(rows[: size + 1])
    further = ""
    if len(items) > size:
        items = items[:size]
        last = [_value(items[-1], key.lstrip("-")) for key in keys]
        further = _pack(last, number + size)
    return Page(items, min(count, COUNT_CAP), count > COUNT_CAP, number, further, not cursor)


def _value(row, path):
    for name in path.split("__"):
        row = getattr(row, name)
    return row


class KeysetListView(ListView):
    """A list in pages of ``page_size``; subclasses give ``order_keys`` and a queryset.

    The template gets ``page`` (see :class:`Page`) and includes ``components/_pagination.html``.
    Order by columns that are never null, all rising or all falling, the primary key last:
    ``("-held_at", "-pk")``.
    """

    page_size = 25
    order_keys = ("-pk",)

    def get_context_data(self, **kwargs):
        cursor = self.request.GET.get("after", "")
        page = paginate(self.object_list, keys=self.order_keys, size=self.page_size, cursor=cursor)
        return super().get_context_data(page=page, object_list=page.items, **kwargs)
