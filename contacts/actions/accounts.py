"""The mail of signing in, and what becomes of an account whose last role has ended."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from config.outbox.kinds import To
from config.sweeps import each_alone
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import Contact, RoleHolding, User

KIND = "contacts.account_mail"
SHUT = "contacts.account_shut"
OPENED_AGAIN = "contacts.account_opened_again"
SIGNED_OUT = "contacts.sessions_ended"
CODE_LIVES = timedelta(minutes=15)  # as ACCOUNT_LOGIN_BY_CODE_TIMEOUT

# Whom a typed address belongs to is looked up when the mail leaves, never while somebody waits
# for the answer: that takes as long for an address that nobody has, and the queue does not tell.
_WHOEVER = User(pk=0)


class Why(models.TextChoices):
    """Why somebody's account is shut before their roles end."""

    COMPROMISED = "compromised", _("Somebody else may have got in")
    LEFT = "left", _("They have left, and nobody had said so")
    ASKED = "asked", _("They asked for it")


class AccountMovedOn(ValidationError):
    """The account is not in a state from which this can happen."""


@transaction.atomic
def request_password_reset(*, email: str, at: datetime) -> None:
    """Promise a reset link to ``email`` if it is somebody's. Looks nobody up."""
    _promise("password_reset_key", about=_WHOEVER, secret={"typed": email}, at=at)


@transaction.atomic
def send_account_mail(
    *, letter: str, email: str, user: User | None, words: Mapping[str, str], at: datetime
) -> None:
    """Promise the account letter called ``letter``; ``words`` is what its template shows.

    Address and words are kept encrypted until the message has left.
    """
    secret = {"email": email, "words": dict(words)}
    give_up_at = at + CODE_LIVES if "code" in words else None
    _promise(letter, about=user or _WHOEVER, secret=secret, at=at, give_up_at=give_up_at)


def _promise(letter, *, about, secret, at, give_up_at=None):
    occurrence = uuid.uuid4().hex
    schedule(
        KIND,
        about=about,
        recipient=To("account", str(about.pk)),
        occurrence=occurrence,
        due_at=at,
        at=at,
        context={"letter": letter},
        secret=json.dumps(secret),
        give_up_at=give_up_at,
    )


def close_accounts(*, at: datetime) -> int:
    """Close the accounts whose last role has ended, and return how many."""
    due = User.objects.to_close(on=localdate(at), at=at).order_by("pk").values_list("pk", flat=True)
    return each_alone(list(due), partial(_close, at=at), sweep="contacts.close_accounts")


@transaction.atomic
def _close(number: int, *, at: datetime) -> int:
    due = User.objects.to_close(on=localdate(at), at=at).select_for_update(of=["self"])
    user = due.filter(pk=number).first()
    if user is None:
        return 0
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    _record("account_closed", user, by=None, at=at)
    return 1


@transaction.atomic
def reopen_account(*, email: str, by: User | None, at: datetime) -> None:
    """Let somebody in again who had left; what they may do follows from the invitation alone."""
    user = User.objects.select_for_update().filter(email__iexact=email, is_active=False).first()
    if user is not None:
        user.is_active = True
        user.save(update_fields=["is_active"])
        _record("account_reopened", user, by=by, at=at)


@transaction.atomic
def shut_account(*, contact: Contact, reason: str, by: User, at: datetime) -> None:
    """Shut the account of somebody of the police at once, and tell their coordinators.

    Their roles stand, so that their work is handed over as that of any leaver.

    Raises:
        AccountMovedOn: it is shut already.
    """
    user = _locked(contact, is_active=True)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    _record("account_shut", user, by=by, at=at, reason=reason)
    _tell(SHUT, contact, on_rung("coordinator", over=contact.institution, on=localdate(at)), at)


@transaction.atomic
def open_account_again(*, contact: Contact, by: User, at: datetime) -> None:
    """Open again what was shut; somebody without a role is invited instead.

    Raises:
        AccountMovedOn: it is open already, or its last role has ended.
    """
    user = _locked(contact, is_active=False)
    if not RoleHolding.objects.open_on(localdate(at)).filter(contact=contact).exists():
        raise AccountMovedOn(_("They hold no role any more. A coordinator can invite them anew."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    _record("account_opened_again", user, by=by, at=at)
    _tell(OPENED_AGAIN, contact, [contact], at)


@transaction.atomic
def sign_out_everywhere(*, contact: Contact, by: User, at: datetime) -> None:
    """End somebody's sessions, where a device was lost, and tell them; they sign in again."""
    user = _locked(contact, is_active=True)
    end_sessions(user)
    _record("sessions_ended", user, by=by, at=at)
    _tell(SIGNED_OUT, contact, [contact], at)


def _locked(contact, *, is_active):
    user = User.objects.select_for_update().get(pk=contact.user_id)
    if user.is_active != is_active:
        raise AccountMovedOn(_("This has moved on. Look at it again."))
    return user


def _tell(kind, contact, people, at):
    for recipient in to_people(people):
        schedule(kind, about=contact, recipient=recipient, occurrence=at, due_at=at, at=at)


def _record(verb, user, *, by, at, **details):
    contact = Contact.objects.select_related("institution").get(user=user)
    institution = contact.institution
    record(f"contacts.{verb}", subject=contact, by=by, at=at, institution=institution, **details)


def end_sessions(user: User) -> None:
    """Sign somebody out on every device."""
    for session in UserSession.objects.filter(user=user):
        session.end()
