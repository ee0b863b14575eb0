"""What each side says after a visit, and when a request that led to one is closed."""

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.sweeps import each_alone
from contacts.models import User
from events import addressees, clocks
from events.models import Engagement, EngagementFeedback, EngagementRequest
from partnerships.models import Side

from .request_states import Move, State, lock, lock_visit, move, note_step, tell


class FeedbackOver(ValidationError):
    """The visit was not held, or the time for feedback has passed."""


@transaction.atomic
def give_feedback(
    *,
    engagement: Engagement,
    as_agreed: str,
    next_words: str,
    side: str,
    by: User,
    at: datetime,
) -> EngagementFeedback:
    """Say, for one side, whether it was what was agreed and what should happen next.

    Raises:
        FeedbackOver: not held, or the time has passed.
        ValidationError: this side has said it already.
    """
    engagement = lock_visit(engagement)
    require_open_to_feedback(engagement, at=at)
    feedback = EngagementFeedback(
        institution=engagement.institution,
        engagement=engagement,
        side=side,
        as_agreed=as_agreed,
        next_words=next_words.strip(),
        given_at=at,
        given_by=by.contact,
    )
    feedback.full_clean()
    feedback.save()
    record(
        "events.visit_feedback_given",
        subject=engagement,
        by=by,
        at=at,
        institution=engagement.institution,
        side=str(side),
        as_agreed=str(as_agreed),
    )
    if engagement.request and engagement.request.state == State.FEEDBACK_DUE:
        _note_on_request(engagement, side=side, by=by, at=at)
    return feedback


def require_open_to_feedback(engagement: Engagement, *, at: datetime) -> None:
    """Raise unless feedback is still wanted."""
    if engagement.state != Engagement.State.HELD:
        raise FeedbackOver(_("Feedback is for visits that were held."))
    if engagement.request and engagement.request.state == State.FEEDBACK_DUE:
        return
    if at >= engagement.held_recorded_at + clocks.span("feedback_days"):
        raise FeedbackOver(_("The time for feedback on this visit is over."))


def _note_on_request(engagement, *, side, by, at):
    request = lock(engagement.request)
    note_step(request, Move.FEEDBACK, side=side, by=by, at=at)
    if engagement.feedback.count() == len(Side):
        _close(request, at=at)


def close_feedback(*, at: datetime) -> int:
    """Close the requests whose time for feedback is over, each by itself; return how many."""
    over = EngagementRequest.objects.feedback_over(at - clocks.span("feedback_days"))
    numbers = over.order_by("pk").values_list("pk", flat=True)
    return each_alone(numbers, partial(_close_unheard, at=at), sweep="events.close_feedback")


@transaction.atomic
def _close_unheard(number, *, at):
    over = EngagementRequest.objects.feedback_over(at - clocks.span("feedback_days"))
    request = over.skipping_locked().filter(pk=number).first()
    if request is None:  # closed meanwhile, or another worker has it
        return 0
    _close(request, at=at)
    return 1


def _close(request, *, at):
    move(request, State.CLOSED, at=at)
    step = note_step(request, Move.CLOSED, by=None, at=at)
    on = localdate(at)
    police = addressees.answerers(request.partnership, Side.POLICE, on=on)
    tell(request, addressees.requester_and_mosque(request, on=on) + police, step)
