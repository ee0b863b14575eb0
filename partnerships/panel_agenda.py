"""The concerns before somebody's panel, as the database lists them: no name, no institution."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from contacts.models import User

from .querysets.panel import PANEL


class Before(NamedTuple):
    ref: UUID
    reference: str
    since: datetime
    viewed_at: datetime | None


def agenda_of(user: User) -> list[Before]:
    """Return what waits for the panel's view, then what has it. One query, of members alone."""
    if not user.standing.has(*PANEL):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT ref, reference, since, viewed_at FROM portal.panel_agenda()")
        return [Before(*row) for row in cursor.fetchall()]
