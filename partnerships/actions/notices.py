"""Whom the turns of a partnership are told; the mail itself: partnerships/letters."""

from datetime import datetime

from django.db.models import Model
from django.utils.timezone import localdate

from config.outbox.actions import schedule
from config.outbox.kinds import To
from contacts.ladder import leads_of, on_rung
from contacts.mail import to_people
from partnerships.circle import people_of_side
from partnerships.models import Partnership, Side


def tell_institution(
    letter: str, partnership: Partnership, *, at: datetime, about: Model | None = None
) -> None:
    """Promise the letter to the leads of the mosque or umbrella body.

    It is about the partnership, unless it is ``about`` something that belongs to it.
    """
    people = leads_of(partnership.institution, on=localdate(at))
    promise_to(letter, about or partnership, to_people(people), at=at)


def tell_police(
    letter: str, partnership: Partnership, *, at: datetime, about: Model | None = None
) -> None:
    """Promise the letter to named officer, cover, inspectors, coordinators and the team's inbox."""
    today, over = localdate(at), partnership.institution
    people = people_of_side(partnership, Side.POLICE, on=today)
    for rung in ("inspector", "coordinator"):
        people += on_rung(rung, over=over, on=today)
    everybody = to_people(people)
    if partnership.police_unit.inbox_email:
        everybody.append(To.inbox(partnership.police_unit))
    promise_to(letter, about or partnership, everybody, at=at)


def tell_rung(rung: str, letter: str, partnership: Partnership, *, at: datetime) -> None:
    """Promise the letter to those who hold a police role that reaches the institution."""
    people = on_rung(rung, over=partnership.institution, on=localdate(at))
    promise_to(letter, partnership, to_people(people), at=at)


def promise_to(letter: str, about: Model, recipients: list[To], *, at: datetime) -> None:
    """Promise the letter about something to each of these."""
    for recipient in recipients:
        schedule(
            f"partnerships.{letter}",
            about=about,
            recipient=recipient,
            occurrence=at,
            due_at=at,
            at=at,
        )
