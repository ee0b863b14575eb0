"""Who may write down what happened outside, and read it."""

import rules

from contacts.rules import holds, is_person


@rules.predicate
def is_of_its_force(user, event):
    """Police of the force, or a partner there; of those, ``visible_to`` says whom it touches."""
    standing = user.standing
    return event is not None and event.force_id in {
        *standing.force_ids,
        *standing.partner_force_ids,
    }


@rules.predicate
def coordinates_all_it_touches(user, event):
    """A coordinator of the force, or who wrote it down: others do not see all its promises."""
    return event is not None and any(
        holding.access_role == "coordinator"
        and holding.force_id == event.force_id
        and (holding.level == "force" or event.recorded_by_id == user.standing.contact_id)
        for holding in user.standing.holdings
    )


rules.add_perm("partnerships.list_wider_events", is_person)
rules.add_perm("partnerships.record_wider_event", holds("coordinator"))
rules.add_perm("partnerships.view_wider_event", is_of_its_force)
rules.add_perm("partnerships.withdraw_wider_event", coordinates_all_it_touches)
