"""To whom mail about a panel's work goes, as references; each function says what it queries."""

from datetime import date

from config.outbox.kinds import To
from contacts.ladder import leads_of, on_rung
from contacts.mail import to_people
from contacts.models import RoleHolding

from .models import PanelAnswer, PanelComment, Side


def members(force_id: int, *, on: date) -> list[To]:
    """Return who sits on a force's panel. One query."""
    return _holders("scrutineer", force_id, on=on)


def asked(comment: PanelComment, *, on: date) -> list[To]:
    """Return who has the rank that was asked; the coordinators where nobody has. Up to two."""
    if comment.place is not None:
        found = to_people(on_rung(comment.asked_role, over=comment.place, on=on))
    else:
        found = _holders(comment.asked_role, comment.force_id, on=on)
    return found or _holders("coordinator", comment.force_id, on=on)


def whose_record(comment: PanelComment, *, on: date) -> list[To]:
    """Return the leads of the institution whose record it is about; none for a measure."""
    return to_people(leads_of(comment.place, on=on)) if comment.place else []


def readers_of(answer: PanelAnswer, comment: PanelComment, *, on: date) -> list[To]:
    """Return the panel, and the other side of the record where it is about one."""
    others = whose_record if answer.side == Side.POLICE else asked
    return members(comment.force_id, on=on) + (
        others(comment, on=on) if comment.is_about_a_record else []
    )


def _holders(role, force_id, *, on):
    holdings = (
        RoleHolding.objects.open_and_acting_on(on)
        .with_role(role)
        .filter(force_id=force_id, contact__user__is_active=True)
        .select_related("contact")
        .order_by("pk")
    )
    return to_people(holding.contact for holding in holdings)
