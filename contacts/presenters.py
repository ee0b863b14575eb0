"""How people and what happened to them are put into words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Contact, OfficerProfile


def shown_name(contact: Contact | None, *, unit: bool = False) -> str:
    """Return what others may call a person: "PS Amina Holt", "Sara Malik" or "Women's lead".

    Officers are always named, everybody else once they have agreed to it; until then their role
    stands for them. None is the portal itself. ``unit`` adds an officer's unit. Reads
    ``officer.rank``, ``shown_role`` and, for ``unit``, ``institution``: select them.
    """
    if contact is None:
        return _("The portal")
    officer = officer_of(contact)
    if officer is not None:
        name = " ".join(filter(None, [*rank_of(officer), contact.name]))
        return f"{name}, {contact.institution.name}" if unit else name
    if contact.is_named:
        return contact.name
    return contact.shown_role.label if contact.shown_role else _("Somebody not named")


def role_of(contact: Contact) -> str:
    """Return what stands for a person where nobody may be named: "Sergeant, Millbrook West team".

    Reads what :func:`shown_name` reads, and ``institution``.
    """
    officer = officer_of(contact)
    role = officer.rank.label if officer else contact.shown_role and contact.shown_role.label
    return f"{role or _('Somebody not named')}, {contact.institution.name}"


def rank_of(officer: OfficerProfile) -> list[str]:
    """Return the words before an officer's name: "Acting" or "Temporary", then the short rank.

    Staff and volunteers have no rank to write before their names. Reads ``rank``: select it.
    """
    rank = officer.rank.abbreviation
    return [str(officer.get_prefix_display()), rank] if rank else []


def officer_of(contact: Contact) -> OfficerProfile | None:
    """Return the officer's profile, or None; no query where ``officer`` was selected."""
    try:
        return contact.officer
    except OfficerProfile.DoesNotExist:
        return None


# What happened, by the code in the trail; who did it and when stand beside it.
SENTENCES = {
    "contacts.area_ways_set": gettext_lazy("How to get in touch in an area was set"),
    "contacts.area_added": gettext_lazy("A policing area was added"),
    "contacts.institution_added": gettext_lazy("Added to the portal"),
    "contacts.institution_changed": gettext_lazy("Its name or how to reach it was changed"),
    "contacts.institution_moved": gettext_lazy("Moved to another policing area"),
    "contacts.house_rules_written": gettext_lazy("The house rules were written"),
    "contacts.weekly_time_added": gettext_lazy("A time of the week was kept free"),
    "contacts.weekly_time_ended": gettext_lazy("A time of the week was taken out"),
    "contacts.disclosure_recorded": gettext_lazy("Something of the record left the portal"),
    "contacts.notice_held": gettext_lazy("A law forbids telling for now that something left"),
    "contacts.notice_renewal_asked": gettext_lazy("More time was asked for before telling"),
    "contacts.notice_countersigned": gettext_lazy("A commander countersigned that it is not told"),
    "contacts.notice_told": gettext_lazy("Told, later, that something of the record left"),
    "contacts.glass_broken": gettext_lazy("The record was opened in an emergency"),
    "contacts.officer_added": gettext_lazy("An officer was added"),
    "contacts.person_invited": gettext_lazy("Somebody was invited"),
    "contacts.invitation_resent": gettext_lazy("An invitation was sent again"),
    "contacts.invitation_card_printed": gettext_lazy("An invitation was printed as a card"),
    "contacts.account_closed": gettext_lazy("An account was closed with its last role"),
    "contacts.account_reopened": gettext_lazy("A closed account was opened again"),
    "contacts.account_shut": gettext_lazy("An account was shut by an administrator"),
    "contacts.account_opened_again": gettext_lazy("An account was opened by an administrator"),
    "contacts.sessions_ended": gettext_lazy("Somebody was signed out everywhere"),
    "contacts.second_step_removed": gettext_lazy("A lost second step was removed"),
    "contacts.invitation_withdrawn": gettext_lazy("An invitation was withdrawn"),
    "contacts.invitation_accepted": gettext_lazy("An invitation was accepted"),
    "contacts.permission_given": gettext_lazy("A permission was given"),
    "contacts.membership_began": gettext_lazy("It became a member of an umbrella body"),
    "contacts.membership_ended": gettext_lazy("It is no member of an umbrella body any more"),
    "contacts.permission_withdrawn": gettext_lazy("A permission was withdrawn"),
    "contacts.naming_stopped": gettext_lazy("Somebody is not named any more"),
    "contacts.copy_taken": gettext_lazy("A copy of the record was taken"),
    "contacts.dispute_reported": gettext_lazy("Leadership was reported as disputed"),
    "contacts.dispute_confirmed": gettext_lazy("Leadership was confirmed as disputed"),
    "contacts.dispute_dropped": gettext_lazy("A report about leadership was dropped"),
    "contacts.dispute_lifted": gettext_lazy("Leadership is settled"),
    "contacts.standing_down_proposed": gettext_lazy("A lead proposed that leads stand down"),
    "contacts.standing_down_confirmed": gettext_lazy("Two leads agreed who stands down"),
    "contacts.standing_down_dropped": gettext_lazy("The leads stay as they were"),
    "contacts.leads_gone": gettext_lazy("Nobody leads it any more"),
    "contacts.role_ended": gettext_lazy("A role was ended"),
    "contacts.deputy_set": gettext_lazy("Somebody stands in for a while"),
    "contacts.preferences_set": gettext_lazy("E-mail preferences were changed"),
    "contacts.right_asked": gettext_lazy("Somebody asked about their data"),
    "contacts.right_acknowledged": gettext_lazy("A request about data was read"),
    "contacts.right_rectified": gettext_lazy("Something about somebody was corrected"),
    "contacts.right_closed": gettext_lazy("A request about data was answered"),
    "contacts.person_exported": gettext_lazy("What is held about a person was given out"),
    "contacts.erasure_proposed": gettext_lazy("It was proposed to erase a person"),
    "contacts.erasure_confirmed": gettext_lazy("To erase a person was confirmed"),
    "contacts.person_erased": gettext_lazy("A person was erased"),
    "contacts.hold_placed": gettext_lazy("A legal hold was placed"),
    "contacts.hold_lifted": gettext_lazy("A legal hold was lifted"),
    "contacts.disposal_proposed": gettext_lazy("It was proposed to end what reached its time"),
    "contacts.disposal_confirmed": gettext_lazy("To end what reached its time was confirmed"),
    "contacts.disposal_done": gettext_lazy("What had reached its time was ended"),
    "contacts.unsubscribed": gettext_lazy("A kind of e-mail was stopped"),
    "contacts.reference_added": gettext_lazy("An entry was added to a list"),
    "contacts.reference_changed": gettext_lazy("An entry of a list was changed"),
    "contacts.reference_editor_set": gettext_lazy("Who may edit the lists was changed"),
}
