"""The note of a visit: written, called back, left, changed, removed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.outbox.actions import cancel
from contacts.models import User
from events.models import Engagement, EngagementRequest, SharedNote
from events.note_clocks import leaves_at
from partnerships.actions.commitments import withdraw_commitment
from partnerships.actions.partnerships import recall_contact
from partnerships.actions.texts import redraft_text, share_text, withdraw_text, write_version
from partnerships.models import SharedText, Side

from .meetings import note_agreed_meetings
from .note_leaving import Promise
from .note_states import (
    AMENDED,
    WITHDRAWN,
    NoteMoved,
    locked,
    move,
    readers,
    require,
    require_drafter,
    share_again,
    tell,
    tell_readers,
)
from .reminders import UNFINISHED, remind_to_finish
from .request_states import lock_visit, request_not_held
from .visits import require_not_paused

State = SharedNote.State
PARTS = ("told_us", "we_said")
MOST_PROMISES = 5


@transaction.atomic
def finish_visit(
    *,
    engagement: Engagement,
    side: str,
    parts: Mapping[str, str],
    promises: Iterable[Promise],
    nothing_promised: bool,
    facts: Mapping[str, object],
    by: User,
    at: datetime,
) -> SharedNote:
    """Write the note and let it leave when the time to undo is over; nothing is made before that.

    ``facts`` are fields of the visit: topics, roles met, children, photography and so on. With a
    partner who has not joined, a note has no words and only police promise.

    Raises:
        NoteMoved: the note is shared already, or the other side is writing it.
        PartnershipPaused: nothing new may be recorded.
        ValidationError: no topic, or neither a promise nor "nothing promised", or both.
    """
    visit = Engagement.objects.for_action().get(pk=engagement.pk)
    note = SharedNote.objects.for_action().filter(engagement=visit).first()
    _require_unwritten(visit, note, side)
    require_not_paused(visit.partnership)
    promises = list(promises)
    _require_whole(visit, side, parts, promises, nothing_promised, facts, at=at)
    _set_facts(visit, facts)
    if note is None:
        text = share_text(partnership=visit.partnership, side=side, parts=parts, by=by, at=at)
        note = SharedNote(engagement=visit, institution=visit.institution, text=text)
    else:
        redraft_text(text=note.text, parts=parts, by=by, at=at)
    note.drafted_side, note.drafted_by = side, by.contact
    note.nothing_promised = nothing_promised
    note.planned_promises = [promise.as_json() for promise in promises]
    note.shared_at, note.leaves_at = at, leaves_at(at)
    move(note, State.SHARED, code="shared", by=by, at=at, side=str(side), promises=len(promises))
    cancel(about=visit, at=at, kinds=[UNFINISHED])
    return note


@transaction.atomic
def undo_note(*, note: SharedNote, side: str, by: User, at: datetime) -> SharedNote:
    """Call back a note that has not left; its words stay with the side that wrote them.

    Whoever called it back is reminded of it anew.

    Raises:
        NoteMoved: it has left, and others may have read it.
    """
    note = locked(note)
    require_drafter(note, side)
    if note.has_left or note.state != State.SHARED:
        raise NoteMoved(_("The note has left, so it cannot be called back. Change or remove it."))
    note.leaves_at = None
    move(note, State.DRAFT, code="undone", by=by, at=at)
    if note.engagement.partnership.joined_on:
        remind_to_finish(note.engagement, side=side, who=by.contact, at=at)
    return note


@transaction.atomic
def amend_note(
    *, note: SharedNote, parts: Mapping[str, str], side: str, by: User, at: datetime
) -> SharedNote:
    """Change the words by a new version; whoever answered the old ones is asked again.

    Raises:
        NoteMoved: not left, removed, or a correction waits for its answer.
        NothingChanged: the words are the same.
    """
    note = locked(note)
    require_drafter(note, side)
    if note.state == State.CORRECTION_OPEN:
        raise NoteMoved(_("Answer the correction first; that changes the words, too."))
    require(note, *(set(State) - {State.DRAFT, State.CORRECTION_OPEN}))
    _require_no_words_before_joining(note.engagement.partnership, parts)
    note.text.current_version = write_version(
        text=note.text, parts=parts, side=side, by=by, at=at
    ).number
    share_again(note, code="amended", by=by, at=at, version=note.text.current_version)
    tell_readers(AMENDED, note, at=at)
    return note


@transaction.atomic
def withdraw_note(
    *, note: SharedNote, reason: str, with_promises: bool, side: str, by: User, at: datetime
) -> SharedNote:
    """Remove the words everywhere and tell both sides that, when, why and by whom it was done.

    A note of the wrong institution takes its visit with it: that was logged in error. The
    promises of the visit go too, where ``with_promises`` says so, but for those that the side which
    benefits has called kept: these are its words, too.

    Raises:
        NoteMoved: it has not left (call it back instead), or is removed already.
    """
    wrong_place = reason == SharedText.Withdrawal.WRONG_INSTITUTION
    if wrong_place:
        lock_visit(note.engagement)  # it is cancelled below, and a visit is locked before its note
    note = locked(note)
    require_drafter(note, side)
    require(note, *State)
    withdraw_text(text=note.text, reason=reason, by=by, at=at)
    note.text.refresh_from_db()
    if with_promises or wrong_place:
        _withdraw_promises(note, reason, by=by, at=at)
    if wrong_place:
        _cancel_in_error(note.engagement, side, by=by, at=at)
    cancel(about=note, at=at)
    cancel(about=note.engagement, at=at)
    record(
        "events.note_withdrawn",
        subject=note.engagement,
        by=by,
        at=at,
        institution=note.institution,
        reason=reason,
    )
    today = localdate(at)
    told = [to for each in Side for to in readers(note.engagement.partnership, each, on=today)]
    tell(WITHDRAWN, note, told, at=at)
    return note


def _require_unwritten(visit, note, side):
    if visit.state != Engagement.State.HELD:
        raise NoteMoved(
            _("This visit is now “%(state)s”, so there is no note to write.")
            % {"state": visit.get_state_display()}
        )
    if note is not None and note.state != State.DRAFT:
        raise NoteMoved(_("The note of this visit is shared already."))
    if note is not None and note.drafted_side != side:
        raise NoteMoved(_("The other side is writing the note of this visit."))


def _require_no_words_before_joining(partnership, parts):
    if partnership.may_still_join and any(words.strip() for words in parts.values()):
        raise ValidationError(_("Until they have joined, no words are written about a visit."))


def _require_whole(visit, side, parts, promises, nothing_promised, facts, *, at):
    _require_no_words_before_joining(visit.partnership, parts)
    if visit.partnership.takes_new_work:
        if not facts.get("topics"):
            raise ValidationError({"topics": _("Select what you talked about.")})
    elif side != Side.POLICE or any(p.owner_side != Side.POLICE for p in promises):
        raise ValidationError(_("Until they have joined, only what police promise can be noted."))
    if bool(promises) == nothing_promised:
        raise ValidationError(
            {"nothing_promised": _("Enter what was promised, or say that nothing was.")}
        )
    if len(promises) > MOST_PROMISES or any(not promise.text.strip() for promise in promises):
        raise ValidationError({"nothing_promised": _("Enter up to five promises, each in words.")})
    if any(promise.due_on < localdate(at) for promise in promises):
        raise ValidationError({"nothing_promised": _("A promise cannot be due on a day gone by.")})


FACTS = (
    "topics",
    "roles_met",
    "children_present",
    "children_supervised",
    "safeguarding_told",
    "photography",
    "photography_agreed_by",
    "photography_for",
    "body_worn_video",
    "hospitality",
)


def _set_facts(visit, facts):
    for name in FACTS:
        if name in facts:
            setattr(visit, name, facts[name])
    visit.full_clean()
    visit.save()


def _withdraw_promises(note, reason, *, by, at):
    made = note.engagement.promises.select_related("commitment")
    for link in made.exclude(commitment__state__in=["withdrawn", "kept"]):
        withdraw_commitment(commitment=link.commitment, by=by, at=at, reason=reason)


def _cancel_in_error(visit, side, *, by, at):
    visit.state = Engagement.State.CANCELLED
    visit.cancelled_at, visit.cancelled_by, visit.cancelled_side = at, by.contact, side
    visit.cancel_reason = Engagement.CancelReason.LOGGED_IN_ERROR
    visit.full_clean()
    visit.save()
    held = Engagement.objects.held().filter(partnership=visit.partnership)
    recall_contact(visit.partnership, latest=lambda: held.aggregate(latest=Max("on"))["latest"])
    if visit.meeting:
        note_agreed_meetings(visit.partnership)
    if visit.request and visit.request.state == EngagementRequest.State.FEEDBACK_DUE:
        request_not_held(request=visit.request, by=by, at=at)
    record("events.visit_cancelled", subject=visit, by=by, at=at, institution=visit.institution)
