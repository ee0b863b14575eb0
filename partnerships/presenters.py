"""Sentences for what happened to a partnership."""

from django.utils.translation import gettext_lazy as _

from config.audit.models import Entry
from contacts.models import Contact
from contacts.presenters import shown_name

from .models import Partnership

SENTENCES = {
    "partnerships.partnership_added": _("The institution was added"),
    "partnerships.partner_invited": _("Somebody of the institution was invited"),
    "partnerships.partnership_activated": _("The partnership began"),
    "partnerships.partnership_paused": _("The partnership was paused by the institution"),
    "partnerships.partnership_resumed": _("The partnership went on"),
    "partnerships.partnership_ended": _("The institution left the partnership"),
    "partnerships.leads_assigned": _("The named officer or the cover changed"),
    "partnerships.cadence_agreed": _("How often the institution wants contact was set"),
}
SHOWN = 20


def history_of(partnership: Partnership) -> list[dict]:
    """Return the last turns of a partnership, newest first, for ``_timeline.html``. Two queries."""
    entries = Entry.objects.about(partnership).newest_first()
    told = [entry for entry in entries[:SHOWN] if entry.action in SENTENCES]
    people = Contact.objects.by_user({entry.actor_id for entry in told if entry.actor_id})
    return [
        {
            "title": SENTENCES[entry.action],
            "at": entry.at,
            "by": shown_name(people.get(entry.actor_id)) if entry.actor_id else "",
        }
        for entry in told
    ]
