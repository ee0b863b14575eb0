"""Mail about concerns: reference, institution, dates, state and link; never what was typed."""

from datetime import time

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.london import at_local
from config.outbox import kinds as outbox
from config.outbox.kinds import To
from config.outbox.models import Message
from contacts.mail import plain_kind
from contacts.models import User
from partnerships import concern_clocks as clocks
from partnerships.actions import concern_clocks as letters
from partnerships.models import Concern, ConcernStep

Move = ConcernStep.Move

# What follows for whoever reads the mail about a step.
NEXT = {
    Move.ACKNOWLEDGED: _("A person has read it. The page says who will answer, and by when."),
    Move.CHOSE: _("Those who raised it have chosen anew what it should be."),
    Move.PASSED_TO_COMPLAINTS: _("It is a formal complaint now. The page has its number."),
    Move.REASSIGNED: _("It is now with another officer. The day stays as it was."),
    Move.IN_HAND: _("Somebody is working on the answer."),
    Move.UPDATED: _("There is word on how it stands."),
    Move.ANSWERED: _("Look at the answer: accept it, or challenge it."),
    Move.ACCEPTED: _("Now write what was said and what was done, for them to approve."),
    Move.CHALLENGED: _("The answer is challenged. Another is owed at the next level, by the day."),
    Move.ESCALATED: _("It is with the next level. The page says by when an answer is owed."),
    Move.PANEL_VIEW: _("The independent panel has given its view."),
    Move.STATEMENT: _("One side has written its own statement."),
    Move.CLOSING_PROPOSED: _("Look at the words. It closes only when you approve them."),
    Move.REWORDING: _("They ask for other words before it closes."),
    Move.CLOSED: _("It is closed by those who raised it."),
    Move.CLOSED_NOT_AGREED: _("It is closed without agreement. Both statements stand beside it."),
    Move.SETTLED: _("Four weeks on, it is still settled."),
    Move.UNSETTLED: _("Four weeks on, it is no longer settled. A new concern follows on from it."),
    Move.WITHDRAWN: _("Nothing more is needed."),
    Move.RECOURSE: _("You are asked to step in. Answer within 24 hours."),
    Move.RECOURSE_ANSWERED: _("The inspector or commander answered."),
    Move.RECOURSE_CLIMBED: _("The inspector did not answer in time. It is with the commander."),
}


def concern_of(message) -> Concern:
    return Concern.objects.for_list().get(pk=message.about_id)


def facts(message) -> dict:
    """Return what the templates need, read anew."""
    return facts_of(concern_of(message))


def facts_of(concern: Concern) -> dict:
    return {
        "reference": concern.reference,
        "institution": concern.institution.name,
        "state": concern.get_state_display(),
        "level": concern.level_name,
        "due_at": clocks.due_at(concern),
        "due_on": concern.due_on,
        "is_unread": concern.state == Concern.State.RAISED,
        "path": concern.get_absolute_url(),
    }


def step_facts(message) -> dict:
    step = ConcernStep.objects.get(pk=message.context["step"])
    return facts(message) | {"step": step.get_move_display(), "next": NEXT.get(step.move, "")}


def _always(message) -> bool:
    return True


def _still_planned(message) -> bool:
    """Whether the clock would promise the same mail to the same reader today."""
    concern = Concern.objects.for_clock().get(pk=message.about_id)
    wanted = (message.kind, To(message.recipient_kind, message.recipient_id), message.due_at)
    planned = letters.plan_clock(concern)
    return wanted in {(each.kind, each.recipient, each.due_at) for each in planned}


def _first_of_the_day(message) -> bool:
    """One list a person and day: it holds whatever is late, so the others need not leave."""
    if not _still_planned(message):
        return False
    midnight = at_local(localdate(message.due_at), time(0))
    return not Message.objects.filter(
        kind=message.kind,
        recipient_kind=message.recipient_kind,
        recipient_id=message.recipient_id,
        state=Message.State.SENT,
        ended_at__gte=midnight,
    ).exists()


def list_facts(message) -> dict:
    """Return what is late where the reader stands, the longest waiting first."""
    if message.recipient_kind != "user":
        return {"waiting": [facts(message)]}
    user = User.objects.get(pk=message.recipient_id)
    late = Concern.objects.visible_to(user).late(at=message.due_at).for_list()
    found = [facts_of(concern) for concern in late.order_by("raised_at", "pk")]
    return {"waiting": found or [facts(message)]}


def register():
    for name, still_due, context in (
        ("concern_received", _always, facts),
        ("concern_raised", _always, facts),
        ("concern_moved", _always, step_facts),
        ("concern_warned", _still_planned, facts),
        ("concern_missed", _still_planned, facts),
        ("concern_due", _still_planned, facts),
        ("concern_word_due", _still_planned, facts),
        ("concern_overdue", _first_of_the_day, list_facts),
        ("concern_panel_over", _still_planned, facts),
        ("concern_settled", _still_planned, facts),
    ):
        outbox.register(
            plain_kind(
                f"partnerships.{name}",
                template=f"partnerships/{name}",
                still_due=still_due,
                context=context,
            )
        )
