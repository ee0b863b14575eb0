"""The one paginator of the portal: by key, not by offset, with a count that stops at 1,000."""

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
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
    return base64.urlsafe_b64encode(json.dumps([texts, number]).encode()).decode().rstrip("=")


def _unpack(cursor, width):
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values, number = json.loads(raw)
        if len(values) != width or not isinstance(number, int) or not 1 <= number < 10**9:
            raise ValueError
        return values, number
    except (ValueError, TypeError):
        raise Http404("No such page") from None


def _after(keys, values):
    """Build ``row comes after values`` for keys like ``-held_at``; no key may be null."""
    condition, equal = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        step = {f"{name}__{'lt' if key.startswith('-') else 'gt'}": value}
        condition |= equal & Q(**step)
        equal &= Q(**{name: value})
    return condition


def paginate(queryset, *, keys, size, cursor=""):
    """Return one :class:`Page`; ``keys`` order the list and end on the primary key. Two queries."""
    count = queryset.order_by()[: COUNT_CAP + 1].count()
    rows, number = queryset.order_by(*keys), 1
    if cursor:
        values, number = _unpack(cursor, len(keys))
        try:
            rows = rows.filter(_after(keys, values))
        except (ValueError, TypeError, ValidationError):
            raise Http404("No such page") from None
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
    Order by columns that are never null, the primary key last: ``("-held_at", "-pk")``.
    """

    page_size = 25
    order_keys = ("-pk",)

    def get_context_data(self, **kwargs):
        cursor = self.request.GET.get("after", "")
        page = paginate(self.object_list, keys=self.order_keys, size=self.page_size, cursor=cursor)
        return super().get_context_data(page=page, object_list=page.items, **kwargs)
