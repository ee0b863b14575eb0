"""What others do about somebody's second step: nothing but take it away, when it is lost."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from contacts.ladder import leads_of, on_rung
from contacts.mail import to_people
from contacts.models import RoleHolding, User

from .accounts import end_sessions

KIND = "contacts.second_step_removed"


class NothingToRemove(ValidationError):
    """They have neither a passkey nor an authenticator app."""


@transaction.atomic
def remove_second_step(*, holding: RoleHolding, by: User, at: datetime) -> None:
    """Take passkeys, app and recovery codes from the holder of a role, and end their sessions.

    No device that was remembered before is known any more, whoever has it now.

    Somebody has rung them back on a number that was known before. The person is told by mail, and
    so is whoever else would want to know: the other leads of a mosque, the coordinators of police.

    Raises:
        NothingToRemove: there is no second step but the e-mail.
    """
    contact, institution = holding.contact, holding.institution
    user = User.objects.select_for_update().get(pk=contact.user_id)
    if not user.has_second_factor:
        raise NothingToRemove(_("They have no passkey and no authenticator app to lose."))
    Authenticator.objects.filter(user=user).delete()
    user.devices_forgotten_at = at
    user.save(update_fields=["devices_forgotten_at"])
    end_sessions(user)
    record("contacts.second_step_removed", subject=contact, by=by, at=at, institution=institution)
    today = localdate(at)
    others = (
        on_rung("coordinator", over=institution, on=today)
        if institution.is_police
        else leads_of(institution, on=today)
    )
    for recipient in to_people([contact, *others]):
        schedule(KIND, about=contact, recipient=recipient, occurrence=at, due_at=at, at=at)
