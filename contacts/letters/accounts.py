"""The account mail: what it says, and to whom, is settled when it leaves."""

import json
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from config.outbox import kinds
from config.outbox.kinds import Kind, Recipient
from config.outbox.letters import render_templates
from contacts.actions.accounts import KIND
from contacts.models import Contact, User


def register():
    kinds.register(
        Kind(
            code=KIND,
            still_due=still_due,
            recipient=recipient,
            render=render,
            give_up_after=timedelta(hours=1),
            quiet=False,  # somebody sits and waits for it
        )
    )


def still_due(message):
    """A reset asked for an address that nobody has ends here, unsent."""
    secret = _secret(message)
    if "typed" in secret:
        return _owner(secret["typed"]) is not None
    if _is_code(message):
        return _owner(secret["email"]) is not None
    address = secret["words"].get("confirmation")
    return address is None or EmailAddress.objects.filter(pk=address).exists()


def recipient(message):
    secret = _secret(message)
    owner = _owner(secret.get("typed") or secret["email"])
    contact = owner and Contact.objects.filter(user=owner).select_related("language").first()
    language = contact.language.code if contact and contact.language else None
    # To the address on file, not to what was typed: those two may look alike and differ.
    is_typed = "typed" in secret or _is_code(message)
    return Recipient(owner.email if is_typed else secret["email"], language=language)


def render(message):
    secret = _secret(message)
    words = secret.get("words", {})
    if "typed" in secret:
        words = {"url": _reset_url(_owner(secret["typed"]))}
    elif "confirmation" in words:
        words = {"url": _confirmation_url(words["confirmation"])}
    return render_templates(f"contacts/account_{message.context['letter']}", words)


def _is_code(message):
    return message.context["letter"] == "login_code"


def _secret(message):
    return json.loads(message.reveal())


def _owner(email):
    return User.objects.filter(email__iexact=email, is_active=True).first()


def _reset_url(user):
    """Mint the token now: it lives from the moment at which the mail leaves."""
    uid, key = user_pk_to_url_str(user), default_token_generator.make_token(user)
    return _absolute("account_reset_password_from_key", uidb36=uid, key=key)


def _confirmation_url(pk):
    key = EmailConfirmationHMAC(EmailAddress.objects.get(pk=pk)).key
    return _absolute("account_confirm_email", key=key)


def _absolute(name, **kwargs):
    return settings.SITE_URL.rstrip("/") + reverse(name, kwargs=kwargs)
