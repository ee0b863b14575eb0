"""Members of umbrella bodies: a mosque says itself that it is one; either side ends it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from contacts.ladder import leads_of
from contacts.mail import to_people
from contacts.models import Institution, Membership, SharingPermission, User

from .sharing import withdraw_permission

BEGAN, ENDED = "contacts.membership_began", "contacts.membership_ended"


class CannotJoin(ValidationError):
    """It is no umbrella body of the same force, or the institution is a member already."""


class NoMember(ValidationError):
    """The membership does not stand any more."""


@transaction.atomic
def join_umbrella(
    *, institution: Institution, umbrella: Institution, role: str, by: User, at: datetime
) -> Membership:
    """Make the institution a member from today. The body speaks for it and reads nothing by that.

    What was shared with the body in an earlier membership is not shared anew.

    Raises:
        CannotJoin: see there.
        ValidationError: no such role, or a member already.
    """
    bodies = Institution.Kind.UMBRELLA_BODY
    fits = umbrella.kind == bodies and umbrella.force_id == institution.force_id
    if not fits or umbrella.ended_on or institution.kind == bodies:
        raise CannotJoin({"umbrella": _("Select one of the umbrella bodies that are offered.")})
    membership = Membership(
        umbrella=umbrella, member=institution, role=role, member_from=localdate(at)
    )
    membership.full_clean()
    membership.save()
    given = SharingPermission.objects.given_by_place(institution).of_kind("umbrella")
    for permission in given.filter(grantee=umbrella, withdrawn_at=None):
        withdraw_permission(permission=permission, by=by, at=at)
    _note(BEGAN, membership, told=umbrella, by=by, at=at, role=str(role))
    return membership


@transaction.atomic
def end_membership(
    *, institution: Institution, membership: Membership, by: User, at: datetime
) -> Membership:
    """End it today, as the member or as the body; no reason is asked. Sharing ends with it.

    Raises:
        NoMember: see there.
    """
    today = localdate(at)
    held = Membership.objects.open_on(today).select_for_update(of=["self"])
    found = held.of(institution).filter(pk=membership.pk).first()
    if found is None:
        raise NoMember(_("That membership does not stand any more."))
    found.member_until = today
    found.save(update_fields=["member_until"])
    other = found.umbrella if found.member_id == institution.pk else found.member
    _note(ENDED, found, told=other, by=by, at=at)
    return found


def _note(code, membership, *, told, by, at, **details):
    record(
        code,
        subject=membership,
        by=by,
        at=at,
        institution=membership.member,
        umbrella=membership.umbrella_id,
        **details,
    )
    for recipient in to_people(leads_of(told, on=localdate(at))):
        schedule(code, about=membership, recipient=recipient, occurrence=at, due_at=at, at=at)
