"""No bulletin tells of a decision on what its readers are being asked about at that time."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships import audience
from partnerships.models import Bulletin, Consultation


class BeingAsked(ValidationError):
    """Its readers are being asked about something, and nobody said that it is another matter."""


def asked_meanwhile(bulletin: Bulletin):
    """Build the queryset of undecided consultations of which any of its readers was asked.

    Those are left out that were said to be about another matter than the words that stand.
    """
    here = bulletin.recipients if bulletin.is_out else audience.reached_by(bulletin)
    rows = Consultation.objects.live().asked_of_any(here.values("institution"))
    return rows.except_for(bulletin.apart_from).for_choice()


def set_apart(bulletin: Bulletin, apart_from: Iterable[int]) -> None:
    """Keep which ones (ids) are another matter, and refuse where something else is being asked.

    Words that name no decision, as those against a rumour, need not wait.

    Raises:
        BeingAsked: see there.
    """
    if not bulletin.versions.get(number=bulletin.current_version).decided.strip():
        return
    said = set(apart_from)
    if waits := asked_meanwhile(bulletin).except_for(said):
        raise BeingAsked({"apart_from": [_sentence(each) for each in waits]})
    bulletin.apart_from = sorted({*bulletin.apart_from, *said})


def _sentence(consultation):
    return _(
        "“%(title)s” is out in a consultation, with answers until %(day)s, and not decided. "
        "Tick it if this is about another matter; otherwise it waits."
    ) % {
        "title": consultation.title,
        "day": date_format(consultation.closes_on, "j F Y"),
    }
