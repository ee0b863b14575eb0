"""How a person wants to be written to."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from config.audit.actions import record
from config.web.phones import validate_phone
from contacts.mail import DIGEST, REMINDERS
from contacts.models import Contact, Preferences, User
from contacts.presenters import officer_of


def current_preferences(user: User) -> dict:
    """Return what the form shows at first: what is kept now. One query."""
    kept = Preferences.objects.filter(user=user).first() or Preferences(user=user)
    return {
        "digest": kept.digest,
        "digest_weekday": kept.digest_weekday,
        "digest_hour": kept.digest_hour,
        "reminders": kept.reminders,
        "delivery_address": user.contact.email,
        "named": "yes" if user.contact.is_named else "no",
        "phone": user.contact.phone,
    }


@transaction.atomic
def set_preferences(
    *,
    user: User,
    digest: str,
    digest_weekday: int,
    digest_hour: int,
    reminders: bool,
    delivery_address: str,
    named: bool | None = None,
    phone: str | None = None,
    at: datetime,
) -> Preferences:
    """Keep how and when ``user`` is written to; an empty address means the sign-in address.

    ``named`` gives or takes back the agreement to be named; None, and any officer's, leaves it.
    ``phone`` is an officer's number at work; None, and anybody else's, leaves it.

    Raises:
        ValidationError: the hour lies in the night, or that number cannot be rung.
    """
    preferences = _of(user)
    preferences.digest = digest
    preferences.digest_weekday = digest_weekday
    preferences.digest_hour = digest_hour
    preferences.reminders = reminders
    preferences.full_clean()
    preferences.save()
    contact = _write_contact(user, delivery_address, named=named, phone=phone, on=localdate(at))
    is_named = contact.is_named
    record("contacts.preferences_set", subject=user, by=user, at=at, digest=digest, named=is_named)
    return preferences


@transaction.atomic
def unsubscribe(*, ref: UUID | str, topic: str, at: datetime) -> None:
    """Stop reminders or digests for the person whose link was opened; safe to repeat.

    Raises:
        LookupError: there is no such kind of mail.
        User.DoesNotExist: there is no such person.
    """
    if topic not in {REMINDERS, DIGEST}:
        raise LookupError(topic)
    user = User.objects.get(ref=ref)
    preferences = _of(user)
    if topic == REMINDERS:
        preferences.reminders = False
    else:
        preferences.digest = Preferences.Cadence.OFF
    preferences.save()
    record("contacts.unsubscribed", subject=user, by=user, at=at, topic=topic)


def _write_contact(user, delivery_address, *, named, phone, on):
    contact = Contact.objects.select_for_update(of=["self"]).get(user=user)
    contact.email = delivery_address
    is_officer = officer_of(contact) is not None
    if named is not None and not is_officer:
        contact.name_agreed_on = (contact.name_agreed_on or on) if named else None
    if phone is not None and is_officer:
        if phone:
            validate_phone(phone, field="phone")
        contact.phone = phone
    contact.full_clean()
    contact.save(update_fields=["email", "name_agreed_on", "phone"])
    return contact


def _of(user: User) -> Preferences:
    Preferences.objects.get_or_create(user=user)
    return Preferences.objects.select_for_update().get(user=user)
