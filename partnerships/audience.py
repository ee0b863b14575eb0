"""Whom a bulletin reaches on a day, and what they have had lately; each says what it queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef
from django.utils.timezone import localdate

from config.outbox.kinds import To
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import Institution, RoleHolding
from contacts.standing import PARTNER_LEADS

from .models import Bulletin, BulletinRecipient, Partnership
from .querysets.bulletins import count_of

MANY = 3


@dataclass(frozen=True)
class Reach:
    """How far a bulletin goes. ``left_out`` are those meant who have not joined or have paused.

    ``had`` maps how many bulletins somebody was sent in a week (``MANY`` or more in one) to how
    many institutions that is.
    """

    institutions: int
    people: int
    unreached: int
    left_out: int
    had: dict[int, int]


def reached_by(bulletin: Bulletin):
    """Build the queryset of partnerships whose institutions it is sent to: those that go on."""
    return Partnership.objects.meant_by(bulletin).joined()


def leads(*, on: date):
    """Build the queryset of the roles of leads with an account, wherever."""
    roles = RoleHolding.objects.open_on(on).with_role(*PARTNER_LEADS)
    return roles.filter(contact__user__is_active=True)


def reach_of(bulletin: Bulletin, *, at: datetime) -> Reach:
    """Count whom it would be sent to. Four queries, however many there are."""
    here, on = reached_by(bulletin), localdate(at)
    told = (
        leads(on=on)
        .filter(institution__in=here.values("institution"))
        .aggregate(
            people=Count("contact__user", distinct=True),
            institutions=Count("institution", distinct=True),
        )
    )
    sent = BulletinRecipient.objects.counted_for(OuterRef("institution"), at=at)
    had = Counter(here.annotate(had=sent).order_by().values_list("had", flat=True))
    meant = Partnership.objects.meant_by(bulletin).count()
    total = sum(had.values())
    return Reach(
        institutions=total,
        people=told["people"],
        unreached=total - told["institutions"],
        left_out=meant - total,
        had={
            n: sum(count for times, count in had.items() if min(times, MANY) == n)
            for n in range(MANY + 1)
        },
    )


def audience_rows(bulletin: Bulletin, *, at: datetime):
    """Build the list of whom it reaches, each with what it had this week and its leads."""
    return (
        reached_by(bulletin)
        .for_list()
        .annotate(
            had=BulletinRecipient.objects.counted_for(OuterRef("institution"), at=at),
            leads_told=count_of(
                leads(on=localdate(at)).filter(institution=OuterRef("institution"))
            ),
        )
    )


def leads_told(bulletin: Bulletin, *, on: date) -> list[To]:
    """Return every lead of those who were sent it, each once. One query."""
    sent = bulletin.recipients.values("institution")
    users = (
        leads(on=on)
        .filter(institution__in=sent)
        .order_by("contact__user_id")
        .values_list("contact__user_id", flat=True)
    )
    return [To("user", str(pk)) for pk in dict.fromkeys(users)]


def authors(bulletin: Bulletin, *, on: date) -> list[To]:
    """Return who drafted it, while they still serve at the unit."""
    serves = RoleHolding.objects.open_on(on).filter(
        contact=bulletin.drafted_by_id, institution=bulletin.institution_id
    )
    return to_people([bulletin.drafted_by]) if serves.exists() else []


def answerers(bulletin: Bulletin, *, on: date) -> list[To]:
    """Return who answers what is asked: author, the unit's inbox and the coordinators.

    A unit that mosques invite answers nothing itself: what recipients ask is not for it.
    """
    unit = bulletin.institution
    own = [] if unit.is_invited_unit else authors(bulletin, on=on)
    if unit.inbox_email and not unit.is_invited_unit:
        own.append(To.inbox(unit))
    return list(dict.fromkeys(own + coordinators(unit, on=on)))


def coordinators(unit: Institution, *, on: date) -> list[To]:
    return to_people(on_rung("coordinator", over=unit, on=on))


def inspectors(unit: Institution, *, on: date) -> list[To]:
    """Return the inspectors over a unit, or the commanders where there are none."""
    found = on_rung("inspector", over=unit, on=on) or on_rung("commander", over=unit, on=on)
    return to_people(found)
