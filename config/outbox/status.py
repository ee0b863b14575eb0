"""How the outbox is doing: what the health page, the banner and the operator read."""

from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.db.models.functions import Greatest

from .models import Freeze, Message


def oldest_due_age(now: datetime) -> timedelta | None:
    """Return how long the oldest unsent message has been due, or None: the figure to alert on."""
    since = Greatest("due_at", "held_until")  # a null does not count in Postgres
    oldest = Message.objects.due(at=now).aggregate(at=Min(since))["at"]
    return now - oldest if oldest else None


def counts() -> dict[str, int]:
    """Return how many messages there are in each state, the empty states too."""
    found = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in Message.State.values}


def is_frozen() -> bool:
    return Freeze.objects.exists()
