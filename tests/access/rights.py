"""What people asked about their data at one institution, and what has reached its time there."""

from contacts.actions.held_notices import record_untold
from contacts.actions.retention import place_hold
from contacts.actions.rights import ask_right, propose_erasure
from contacts.models import Disposal, HeldNotice, RoleHolding, StandingDown
from tests.factories import make_contact
from tests.factories.world import LONG_AGO
from tests.roles import as_owner

from .record import AT, DAY


def add_rights(record, rule, *, keeper):
    """Add a lead's request, two of people who have left, a hold and a disposal by ``rule``."""
    by, things = {"by": keeper, "at": AT}, record.things
    things["right"] = ask_right(
        contact=record.lead.contact, kind="rectification", about="phone", **by
    )
    for what in ("right_erasure", "right_proposed"):
        things[what] = ask_right(contact=_gone(record, what), kind="erasure", **by)
    propose_erasure(request=things["right_proposed"], reason="objected", **by)
    things["hold"] = place_hold(
        institution=record.institution, contact=record.hidden.contact, reason="complaint", **by
    )
    for what in ("held_notice", "held_notice_signed"):
        things[what] = _untold(record, by=keeper)
    with as_owner():
        HeldNotice.objects.filter(pk=things["held_notice_signed"].pk).update(
            state="held", signed_by=record.sergeant.contact, signed_at=AT
        )
        things["standing_down"] = StandingDown.objects.create(
            institution=record.institution, proposed_by=record.second.contact, proposed_at=AT
        )
        things["disposal"] = Disposal.objects.create(
            institution=keeper.contact.institution,
            rule=rule,
            ends_before=LONG_AGO,
            row_count=1,
            proposed_by=keeper.contact,
            proposed_at=AT,
        )


def _untold(record, *, by):
    return record_untold(
        institution=record.institution,
        recipient="court",
        gateway="court_order",
        content="visits",
        left_on=AT.date(),
        ground="court",
        review_on=AT.date() + 30 * DAY,
        by=by,
        at=AT,
    )


def _gone(record, what):
    """Make somebody whose last role ended long ago, and who agreed to be named."""
    person = make_contact(record.institution, f"Former {record.key} {what}")
    with as_owner():
        RoleHolding.objects.create(
            contact=person,
            institution=record.institution,
            access_role="mosque_member",
            held_from=LONG_AGO,
            held_until=LONG_AGO,
        )
    return person
