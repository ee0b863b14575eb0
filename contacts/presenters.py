"""How people and what happened to them are put into words."""

from django.utils.translation import gettext as _

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
        name = f"{officer.rank.abbreviation} {contact.name}".strip()
        return f"{name}, {contact.institution.name}" if unit else name
    if contact.is_named:
        return contact.name
    return contact.shown_role.label if contact.shown_role else _("Somebody not named")


def officer_of(contact: Contact) -> OfficerProfile | None:
    """Return the officer's profile, or None; no query where ``officer`` was selected."""
    try:
        return contact.officer
    except OfficerProfile.DoesNotExist:
        return None
