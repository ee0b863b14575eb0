"""A visit as an iCalendar file (RFC 5545), for a download and for the mails about it.

Chosen so that Outlook, Google and Apple take it without asking anybody to "accept":

* METHOD is PUBLISH, and CANCEL once the visit is off. REQUEST would make the portal the organiser
  of a meeting whose answers go to an address that nobody reads, and Outlook and Gmail show a bare
  REQUEST without its attendee as a meeting that cannot be found.
* There is an ORGANIZER, because RFC 5546 wants one for both methods and programs match a CANCEL by
  it; there is no ATTENDEE: RFC 5546 forbids it with PUBLISH, and it would tell each reader of a
  shared inbox who else was asked.
* The MIME type repeats the method (:func:`mime`): without that Outlook does not act on a CANCEL.
* UID never changes and SEQUENCE grows with each move, so a new copy replaces the old one. Google
  leaves some imported visits standing, so the mail about a cancelled visit says so in words, too.
* Times are UTC instants of one single visit: exact on both days on which the clocks change, and
  nothing depends on what a program knows of Europe/London.

Nothing that a person typed goes in: no room, no purpose, no names but the institution's, which is
the LOCATION, so that a phone offers the way there.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

PUBLISH, CANCEL = "PUBLISH", "CANCEL"
FILE_NAME = "visit.ics"


def visit_calendar(
    *,
    ref: UUID,
    kind: str,
    institution: str,
    has_location: bool,
    starts_at: datetime,
    duration_minutes: int,
    sequence: int,
    is_cancelled: bool,
    path: str,
    stamped_at: datetime,
) -> bytes:
    """Return the file; ``path`` is the visit's page, ``stamped_at`` the moment of this copy."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.MAIL_DOMAIN}//Partnership portal//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method(is_cancelled=is_cancelled))
    address = settings.SITE_URL.rstrip("/") + path
    event = Event()
    event.add("uid", f"{ref}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", _utc(stamped_at))
    event.add("dtstart", _utc(starts_at))
    event.add("dtend", _utc(starts_at + timedelta(minutes=duration_minutes)))
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    event.add("class", "PRIVATE")
    institution = _one_line(institution)
    event.add("summary", _("%(kind)s: %(where)s") % {"kind": kind, "where": institution})
    if has_location:
        event.add("location", institution)
    event.add("url", address)
    event.add("description", address)  # Google drops URL
    event.add("organizer", _organizer())
    calendar.add_component(event)
    return calendar.to_ical()


def method(*, is_cancelled: bool) -> str:
    return CANCEL if is_cancelled else PUBLISH


def mime(*, is_cancelled: bool) -> str:
    """Return the MIME type of a mail's attachment; its method must be the file's."""
    return f"text/calendar; method={method(is_cancelled=is_cancelled)}"


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _one_line(text: str) -> str:
    """Fold every kind of line break into a space; the library escapes the rest."""
    return " ".join(text.split())


def _organizer() -> vCalAddress:
    organizer = vCalAddress(f"mailto:no-reply@{settings.MAIL_DOMAIN}")
    organizer.params["cn"] = _one_line(settings.PORTAL_NAME)
    return organizer
