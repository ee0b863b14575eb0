"""The pages that are measured, who opens them, and what each may cost at most."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from contacts.models import Institution, User
from events.models import Engagement

from . import fill_people as people

TOKEN = "b" * 32  # a CSRF secret is its own token
SERGEANT, LEAD, COORDINATOR = people.OFFICER, people.LEAD, people.COORDINATOR
FREE_DAYS = """
    SELECT institution.ref, day::date
    FROM contacts_institution institution,
        generate_series(%s::date - 300, %s::date - 40, '3 days') day
    WHERE institution.id = ANY(%s) AND NOT EXISTS (
        SELECT FROM events_engagement WHERE institution_id = institution.id
        AND "on" BETWEEN day::date - 1 AND day::date + 1
    ) ORDER BY day, institution.id
"""


@dataclass(frozen=True)
class Page:
    """Goals: at most so many ``queries``, so many times the ``floor``, so many ms at ``p50``."""

    name: str
    path: str
    person: int
    queries: int | None = None
    floor: float | None = None
    p50: float | None = None
    forms: object = field(default=None, compare=False)  # an iterator of what is sent

    @property
    def key(self) -> str:
        return "".join(c if c.isalnum() else "-" for c in self.name)


def pages(today: dt.date) -> list[Page]:
    """Return the pages of the first force, whose records every run finds alike."""
    visits, own = Engagement.objects.order_by("pk"), people.MOSQUE
    visit = visits.filter(institution=own, state="held", note__state="confirmed").first()
    mosque = Institution.objects.get(pk=own).get_absolute_url()
    lists = {"queries": 10, "floor": 3}
    return [
        Page("visits, 25 a page (sergeant)", reverse("events:visit-list"), SERGEANT, **lists),
        Page("visits, 25 a page (coordinator)", reverse("events:visit-list"), COORDINATOR, **lists),
        Page("promises, 25 a page", _all_promises(), SERGEANT, **lists),
        Page("requests, 25 a page", reverse("events:request-list"), SERGEANT, **lists),
        Page("one visit with its note", visit.get_absolute_url(), SERGEANT, **lists),
        Page("institution with its timeline", mosque, SERGEANT, queries=12),
        Page("home of a sergeant", reverse("home"), SERGEANT, queries=12),
        Page("home of an imam", reverse("home"), LEAD, queries=12),
        Page("dashboard of a force", reverse("dashboard"), COORDINATOR, p50=60),
        Page(
            "log a visit (POST)",
            reverse("events:visit-log"),
            SERGEANT,
            queries=25,
            forms=visits_to_log(today),
        ),
    ]


def _all_promises():
    return f"{reverse('partnerships:promise-list')}?state=all"


def visits_to_log(today: dt.date):
    """Go through forms for days when nothing else happened, so that none is asked about."""
    mosques = [people.MOSQUE + number for number in range(people.OF_NEIGHBOURHOOD)]
    with connection.cursor() as cursor:
        cursor.execute(FREE_DAYS, [today, today, mosques])
        free = cursor.fetchall()
    for ref, day in free:
        yield {
            "csrfmiddlewaretoken": TOKEN,
            "institution": ref,
            "kind": "visit",
            "purposes": "reassurance",
            "officers": SERGEANT,
            "in_uniform": "on",
            "on_0": day.day,
            "on_1": day.month,
            "on_2": day.year,
            "starts": "09:30",
            "duration_minutes": 30,
            "initiated_by": "police",
            "draft_id": uuid.uuid4(),
        }


def session_of(person: int) -> str:
    """Sign somebody in, as the tests do: the session is made in the database."""
    client = Client()
    client.force_login(User.objects.get(pk=person))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def cookies(session: str) -> str:
    own = f"{settings.SESSION_COOKIE_NAME}={session}"
    return f"{own}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
