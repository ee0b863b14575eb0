"""From a message to the e-mail that leaves: templates, headers, the identity of a copy."""

import re
from collections.abc import Mapping
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, select_template
from django.utils import translation
from django.utils.crypto import salted_hmac

from .kinds import Kind, Mail, Recipient
from .models import Message

FOOT = "\n--\n"  # before what emails/base.txt says below every letter


def render_templates(name: str, context: Mapping[str, object]) -> Mail:
    """Render ``emails/<name>.txt`` (its first line is the subject), and the same as HTML.

    Where there is no ``emails/<name>.html``, the HTML says what the text says, in paragraphs and
    with links. Both get ``site_url``, ``portal_name``, ``language`` and ``rtl`` besides
    ``context``, and the HTML its ``subject``. Plain text is not escaped, HTML is.
    ``unsubscribe_url`` in ``context`` shows in the foot of both base templates.
    """
    context = {
        "site_url": settings.SITE_URL.rstrip("/"),
        "portal_name": settings.PORTAL_NAME,
        "language": translation.get_language(),
        "rtl": translation.get_language_bidi(),
        **context,
    }
    plain = get_template(f"emails/{name}.txt").template.render(Context(context, autoescape=False))
    first_line, _, text = plain.strip().partition("\n")
    subject = _in_one_line(first_line)
    text = _squeeze(text)
    html = select_template([f"emails/{name}.html", "emails/letter.html"]).render(
        context | {"subject": subject, "said": text.partition(FOOT)[0]}
    )
    return Mail(subject, text, html)


def _in_one_line(text: str) -> str:
    """A name with a line break in it would be refused as a header, and its letters never leave."""
    return " ".join(text.split())


def _squeeze(text: str) -> str:
    """Drop the empty lines that tags leave behind."""
    return re.sub(r"\n[ \t]*\n\s*\n", "\n\n", text.strip()) + "\n"


def message_id(key: str) -> str:
    """Return the same Message-ID for every copy, so that receivers can tell; it says nothing."""
    digest = salted_hmac("config.outbox.message-id", key, algorithm="sha256").hexdigest()
    return f"<{digest[:40]}@{settings.MAIL_DOMAIN}>"


def compose(message: Message, kind: Kind, recipient: Recipient) -> EmailMultiAlternatives:
    """Build the e-mail, in the recipient's language, and prove that it can be written out."""
    headers = {"Message-ID": message_id(message.key), "Auto-Submitted": "auto-generated"}
    if kind.unsubscribe_url and (url := kind.unsubscribe_url(message)):
        headers["List-Unsubscribe"] = f"<{url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        mail = kind.render(message)
    letter = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((_in_one_line(recipient.name), recipient.address))],
        headers={**mail.headers, **headers},
    )
    if mail.html:
        letter.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments:
        letter.attach(*attachment)
    letter.message()  # a bad header or address shows here, before the server is asked
    return letter
