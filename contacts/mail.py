"""Where mail to people and shared inboxes goes, and what a kind of mail looks like here."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from config.outbox import unsubscribe
from config.outbox.kinds import Kind, Recipient, To
from config.outbox.letters import render_templates

from .models import Contact, Institution, Preferences, User

REMINDERS, DIGEST = "reminders", "digest"


def to_people(people) -> list[To]:
    """Address each person's account once, in order; those without an account are left out."""
    return [To("user", str(pk)) for pk in dict.fromkeys(p.user_id for p in people if p.user_id)]


def recipient_of(message) -> Recipient | None:
    """Look up the address now: a person's delivery address, else their sign-in address.

    None for a closed account, an empty inbox, or somebody who holds no role any more: mail about
    institutions is not theirs to read.
    """
    if message.recipient_kind == "inbox":
        institution = Institution.objects.filter(pk=message.recipient_id).first()
        return (
            Recipient(institution.inbox_email) if institution and institution.inbox_email else None
        )
    return address_of(message.recipient_id)


def address_of(user_id, *, also_invited: bool = False) -> Recipient | None:
    """Look up somebody's address, as :func:`recipient_of` says.

    With ``also_invited`` the officers of a unit that mosques invite have one as well.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return None
    standing = user.standing
    if not standing.holdings and not (also_invited and standing.is_of_invited_unit):
        return None
    contact = Contact.objects.filter(user=user).select_related("language").first()
    return Recipient(
        address=(contact and contact.email) or user.email,
        language=contact.language.code if contact and contact.language else None,
    )


def reminded(message) -> Recipient | None:
    """Like :func:`recipient_of`, but None for somebody who turned reminders off."""
    if message.recipient_kind == "user" and Preferences.objects.filter(
        user_id=message.recipient_id, reminders=False
    ):
        return None
    return recipient_of(message)


def unsubscribe_url(topic: str):
    """Build the function that gives a message's one-click address for ``topic``.

    It gives None for a shared inbox: several people read it, and no one of them may stop it.
    """

    def url(message):
        if message.recipient_kind != "user":
            return None
        ref = User.objects.values_list("ref", flat=True).get(pk=message.recipient_id)
        token = unsubscribe.make_token(ref=ref, topic=topic)
        return settings.SITE_URL.rstrip("/") + reverse("contacts:unsubscribe", args=[token])

    return url


def plain_kind(
    code: str, *, template: str, still_due, context=None, attachments=None, topic=None, **options
):
    """Build a kind whose mail says kind, institution, date and link, and nothing that was typed.

    The template gets the message's own context plus what ``context(message)`` adds. Mail of a
    ``topic`` can be stopped with one click.
    """
    link_to_stop = unsubscribe_url(topic) if topic else None

    def render(message):
        words = {**message.context, **(context(message) if context else {})}
        if link_to_stop:
            words["unsubscribe_url"] = link_to_stop(message)
        mail = render_templates(template, words)
        if attachments is None:
            return mail
        return type(mail)(mail.subject, mail.text, mail.html, mail.headers, attachments(message))

    return Kind(
        code=code,
        still_due=still_due,
        recipient=options.pop("recipient", recipient_of),
        render=render,
        give_up_after=options.pop("give_up_after", timedelta(days=3)),
        unsubscribe_url=link_to_stop,
        **options,
    )
