"""Partnerships that wait to begin: a mosque has accepted, and police have the next step."""

from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models import User
from partnerships.models import Partnership

from .sections import Section, sections

TO_BEGIN = "to_begin"
LONGEST_FIRST = [F("state_since").asc(), F("pk").asc()]
# By whether there is a named officer, and a cover.
NEXT_STEPS = {
    (False, False): _("Choose a named officer and who covers for them"),
    (False, True): _("Choose a named officer"),
    (True, False): _("Choose who covers for the named officer"),
    (True, True): _("Everything is there: begin the partnership"),
}


def partnerships_to_begin(user: User, *, on: date) -> Section:
    """Return where a lead has accepted and nobody has begun, for the coordinator. One query."""
    within = Partnership.objects.to_begin(on=on).filter(user.standing.within({"coordinator"}))
    not_ended = {TO_BEGIN: Q(ended_on__isnull=True)}
    found = sections(within.for_list(), not_ended, order_by=LONGEST_FIRST)[TO_BEGIN]
    for row in found.rows:
        row.next_step = NEXT_STEPS[row.has_named_officer, row.has_cover]
    return found
