"""Declining for police takes two: somebody asks, an inspector decides."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from contacts.models import User
from events import addressees
from events.models import EngagementRequest
from partnerships.models import Side

from .answers import require_words
from .request_states import Move, NotNow, State, lock, move, note_step, require, tell


@transaction.atomic
def ask_to_decline(
    *,
    request: EngagementRequest,
    reason: str,
    words: str,
    other_route: str,
    by: User,
    at: datetime,
) -> EngagementRequest:
    """Ask the inspector to decide whether police decline; both sides see that it was asked.

    Raises:
        NotNow: it is not waiting for police to decide.
    """
    request = lock(request)
    if request.answering_side != Side.POLICE:
        raise NotNow(_("It is for the other side to answer this request."))
    require(request, State.ACKNOWLEDGED)
    if not reason:
        raise ValidationError({"reason": _("Select why.")})
    require_words(words, field="words")
    require_words(other_route, field="other_route")
    request.decline_reason, request.decline_asked_by = reason, by.contact
    move(request, State.DECLINE_ASKED, at=at)
    step = note_step(
        request,
        Move.DECLINE_ASKED,
        side=Side.POLICE,
        by=by,
        at=at,
        words=f"{words.strip()}\n\n{other_route.strip()}",
        reason=str(reason),
    )
    tell(request, addressees.inspectors(request.partnership, on=localdate(at)), step)
    return request


@transaction.atomic
def approve_decline(
    *, request: EngagementRequest, by: User, at: datetime, words: str = ""
) -> EngagementRequest:
    """Decline, as the inspector or whoever deputises.

    Raises:
        NotNow: nobody asks for it any more.
        ValidationError: one's own wish; two people decide.
    """
    request = lock(request)
    require(request, State.DECLINE_ASKED)
    if request.decline_asked_by_id == by.contact.pk:
        raise ValidationError(_("You asked for it, so somebody else decides."))
    request.declined_by = by.contact
    move(request, State.DECLINED, at=at)
    step = note_step(request, Move.DECLINED, side=Side.POLICE, by=by, at=at, words=words)
    on = localdate(at)
    tell(request, addressees.requester(request, on=on) + _asker(request), step)
    return request


@transaction.atomic
def refuse_decline(
    *, request: EngagementRequest, words: str, by: User, at: datetime
) -> EngagementRequest:
    """Do not agree to decline: the request goes on.

    Raises:
        NotNow: nobody asks for it any more.
    """
    request = lock(request)
    require(request, State.DECLINE_ASKED)
    require_words(words, field="words")
    request.decline_reason = ""
    asker = _asker(request)
    move(request, State.ACKNOWLEDGED, at=at)
    step = note_step(request, Move.DECLINE_REFUSED, side=Side.POLICE, by=by, at=at, words=words)
    on = localdate(at)
    tell(request, asker + addressees.answerers(request.partnership, Side.POLICE, on=on), step)
    return request


def _asker(request):
    return addressees.to_people([request.decline_asked_by])
