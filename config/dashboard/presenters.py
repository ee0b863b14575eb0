"""Sentences for the entries of the trail that an institution's timeline shows, and our own."""

from django.utils.translation import gettext_lazy as _

# Only what changed between the two sides; visits, requests, promises and notes have their own rows.
CHANGES = {
    "contacts.institution_added": _("Added to the portal"),
    "contacts.institution_changed": _("Its name or how to reach it was changed"),
    "contacts.house_rules_written": _("The “before you come” text was written"),
    "contacts.weekly_time_added": _("A busy time was added"),
    "contacts.weekly_time_ended": _("A busy time was taken away"),
    "contacts.institution_moved": _("Moved to another policing area"),
    "contacts.glass_broken": _("The record was opened in an emergency"),
    "contacts.disclosure_recorded": _("Something of the record left the portal"),
    "partnerships.partner_invited": _("Invited to join"),
    "partnerships.partnership_activated": _("The partnership began"),
    "partnerships.partnership_paused": _("The partnership was paused"),
    "partnerships.partnership_resumed": _("The partnership went on"),
    "partnerships.partnership_ended": _("The partnership ended"),
    "partnerships.leads_assigned": _("The named officer or cover changed"),
    "partnerships.cadence_agreed": _("How often the mosque wants contact was agreed"),
}
SENTENCES = {
    "dashboard.demo_seeded": _("The demo was filled with invented people and visits"),
    "dashboard.bulk_reading_found": _("Somebody read the records of unusually many institutions"),
}
