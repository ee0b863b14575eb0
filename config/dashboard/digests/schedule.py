"""Promising the digests of the coming day; safe to run at any time, any number of times."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from config.outbox.actions import schedule
from config.outbox.kinds import To
from contacts.models import Preferences, RoleHolding, User

from .rhythm import Rhythm, kind_for, rhythm_of

AHEAD = timedelta(hours=26)  # a beat that is away for a day loses no digest


def schedule_digests(*, at: datetime) -> None:
    """Promise every digest due within the next day, each once.

    The key is the person and the week (or day), so a later run promises nothing twice. Who has
    changed their mind since is found out when the digest leaves. Two queries, and one for each
    digest due.
    """
    today = localdate(at)
    days = (today, today + timedelta(days=1))
    for user_id, kind, rhythm in _people(on=today):
        for day in days:
            occurrence, due_at = rhythm.occurrence_on(day), rhythm.due_at(day)
            if occurrence and at < due_at <= at + AHEAD:
                _promise(user_id, kind, rhythm, occurrence, due_at, at)


def _people(*, on):
    """Yield account, kind and rhythm of everybody with a role and an account."""
    roles: dict[int, set[str]] = {}
    holdings = RoleHolding.objects.open_on(on).filter(contact__user__is_active=True)
    for user_id, role in holdings.values_list("contact__user_id", "access_role").order_by():
        roles.setdefault(user_id, set()).add(role)
    chosen = {row.user_id: row for row in Preferences.objects.all()}
    for user_id, held in sorted(roles.items()):
        if kind := kind_for(held):
            yield user_id, kind, rhythm_of(chosen.get(user_id), kind)


def _promise(user_id, kind, rhythm: Rhythm, occurrence, due_at, at):
    schedule(
        kind,
        about=User(pk=user_id),
        recipient=To("user", str(user_id)),
        occurrence=occurrence,
        due_at=due_at,
        at=at,
        context={"occurrence": occurrence, "hour": rhythm.hour, "on": localdate(due_at)},
    )
