"""When police are late: a named inspector steps in within 24 hours, else the commander."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.sweeps import each_alone
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import User
from events import addressees, clocks
from events.models import EngagementRequest
from partnerships.models import Side

from .answers import note_acknowledged, require_words
from .request_clocks import set_clock
from .request_states import Move, NotNow, State, lock, note_step, tell

Recourse = EngagementRequest.Recourse
CLIMBING = (Recourse.WITH_INSPECTOR, Recourse.WITH_COMMANDER)


@transaction.atomic
def use_recourse(
    *, request: EngagementRequest, by: User, at: datetime, words: str = ""
) -> EngagementRequest:
    """Ask the inspector to step in; where there is none, the commander.

    Raises:
        NotNow: nothing is late, or somebody was asked already.
    """
    request = lock(request)
    if not clocks.is_late(request, at=at):
        raise NotNow(_("This is possible once an answer is late. It is not late now."))
    if request.recourse in CLIMBING:
        raise NotNow(_("The inspector was asked already."))
    on = localdate(at)
    inspectors = to_people(on_rung("inspector", over=request.partnership.institution, on=on))
    request.recourse = Recourse.WITH_INSPECTOR if inspectors else Recourse.WITH_COMMANDER
    request.recourse_at, request.recourse_answered_at = at, None
    request.full_clean()
    request.save()
    step = note_step(request, Move.RECOURSE, side=Side.INSTITUTION, by=by, at=at, words=words)
    tell(request, inspectors or addressees.commanders(request.partnership, on=on), step)
    return request


@transaction.atomic
def answer_recourse(
    *, request: EngagementRequest, words: str, by: User, at: datetime
) -> EngagementRequest:
    """Answer as the inspector or commander. It also acknowledges what nobody had, and the clock
    of the present step starts again.

    Raises:
        NotNow: nobody asked, or it was answered.
    """
    request = lock(request)
    if request.recourse not in CLIMBING:
        raise NotNow(_("Nobody waits for that answer any more."))
    require_words(words, field="words")
    request.recourse, request.recourse_answered_at = Recourse.ANSWERED, at
    if request.state == State.SUBMITTED:
        note_acknowledged(request, side=Side.POLICE, by=by, at=at)
    request.full_clean()
    request.save()
    set_clock(request, at=at)
    step = note_step(request, Move.RECOURSE_ANSWERED, side=Side.POLICE, by=by, at=at, words=words)
    tell(request, addressees.requester_and_mosque(request, on=localdate(at)), step)
    return request


def climb_recourse(*, at: datetime) -> int:
    """Pass what inspectors have not answered in time to the commander; return how many.

    Each request climbs in a transaction of its own.
    """
    unanswered = EngagementRequest.objects.with_inspector_since(at - clocks.span("recourse_hours"))
    numbers = unanswered.order_by("pk").values_list("pk", flat=True)
    return each_alone(numbers, partial(_climb, at=at), sweep="events.climb_recourse")


@transaction.atomic
def _climb(number, *, at):
    unanswered = EngagementRequest.objects.with_inspector_since(at - clocks.span("recourse_hours"))
    request = unanswered.skipping_locked().filter(pk=number).first()
    if request is None:  # answered meanwhile, or another worker has it
        return 0
    request.recourse, request.recourse_at = Recourse.WITH_COMMANDER, at
    request.full_clean()
    request.save()
    step = note_step(request, Move.TO_COMMANDER, by=None, at=at, side=Side.POLICE)
    on = localdate(at)
    people = addressees.commanders(request.partnership, on=on)
    tell(request, people + addressees.requester_and_mosque(request, on=on), step)
    return 1
