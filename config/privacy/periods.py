"""How long things are kept: defaults that the force's records manager is to agree.

Months are counted from what the catalogue names as the beginning. ``act`` says what the end is:
``redact`` replaces words and empties details and keeps the row, so that counts stay; ``delete``
takes the row; ``note`` says how it ends where neither is done here.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Period:
    """``two`` says that a second records officer confirms; the rest ends by itself at night."""

    label: str
    months: int = 0
    act: str = ""
    two: bool = False
    note: str = ""


PERIODS = {
    "engagement": Period(_("Visits, requests, and what was written"), 72, "redact", two=True),
    "promise": Period(_("Promises, after they were closed"), 72, "redact", two=True),
    "feedback": Period(_("Private words after a visit"), 24, "redact", two=True),
    "person": Period(_("Contact details, after the last role"), 12, "redact", two=True),
    "photo": Period(_("Photographs on the public page"), 12, "redact"),
    "invitation": Period(_("Invitations"), 12, "redact"),
    "session": Period(_("Sessions, after they were last used"), 1, "delete"),
    "account": Period(_("Accounts"), note="with the contact details of the person"),
    "partnership": Period(
        _("Partnerships"), 72, note="after the partnership has ended, by hand; no words are in it"
    ),
    "key_holder": Period(
        _("Key-holders, alarm and layout"),
        note="by itself within the hour: a key-holder when their role ends, all of it when the"
        " institution leaves",
    ),
    "mail": Period(
        _("Messages sent"), 3, note="each night, by the outbox; what they said goes once sent"
    ),
    "trail": Period(
        _("The audit trail"), 72, note="by the database's owner: no role of the portal can"
    ),
    "sample": Period(
        _("Samples for a scrutiny panel"), 72, note="by the database’s owner: no role can"
    ),
    "rights": Period(
        _("Requests about one's data, holds, disposals"), 72, note="by hand; they are the proof"
    ),
    "reference": Period(_("Lists, areas, institutions"), note="kept while they are in use"),
}


def length_of(months: int) -> str:
    """Write a length of time: "6 years", "12 months"."""
    if months > 12 and months % 12 == 0:
        return ngettext("%d year", "%d years", months // 12) % (months // 12)
    return ngettext("%d month", "%d months", months) % months


def months_of(code: str) -> int:
    """Return the period, as the force set it (``RETENTION_MONTHS``) or by default."""
    return settings.RETENTION_MONTHS.get(code, PERIODS[code].months)
