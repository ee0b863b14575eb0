"""Late police promises climb the police side, and reach each person there as one list a day."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from config.outbox.actions import cancel, schedule
from config.outbox.kinds import To
from config.outbox.models import Message
from config.outbox.quiet import at_local, next_allowed
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import Institution, User
from partnerships.models import Commitment, CommitmentStep, Side

from .commitment_steps import take_step

ESCALATION_LIST = "partnerships.escalation_list"
AT = time(8)
LADDER = tuple(Commitment.Rung.values)
LISTED = (Commitment.Rung.INSPECTOR, Commitment.Rung.COMMANDER)


@transaction.atomic
def escalate_commitments(*, at: datetime) -> int:
    """Move each late police promise to the rung its lateness asks for; promise the 08:00 lists.

    A step that both sides read says when and to which rung. The sergeants' mail is the reminder at
    +3; from the inspector up, what is new to a person that day is one mail. Returns the number of
    steps. Running again changes nothing.
    """
    on, steps, people = localdate(at), 0, {}
    lists = defaultdict(list)
    for rung in LADDER:
        late = Commitment.objects.to_climb(rung, on=on).for_move()
        for commitment in late.select_for_update(of=["self"], skip_locked=True):
            _climb(commitment, rung, at=at)
            steps += 1
            if rung in LISTED:
                for recipient in _standing_on(rung, commitment, on=on, known=people):
                    lists[recipient].append(commitment.pk)
    for recipient, promises in sorted(lists.items()):
        _promise_list(recipient, set(promises), at=at)
    return steps


def _climb(commitment: Commitment, rung: str, *, at: datetime) -> None:
    reached = commitment.escalated_to
    if not reached or LADDER.index(rung) > LADDER.index(reached):
        commitment.escalated_to = rung
    move = CommitmentStep.Move(f"to_{rung}")
    take_step(commitment, move, side=Side.POLICE, by=None, at=at, due_on=commitment.due_on)


def _standing_on(rung: str, commitment: Commitment, *, on, known: dict) -> list[To]:
    """Return who stands there or, where nobody does, above; the team's inbox where nobody does."""
    institution = commitment.partnership.institution
    for step in LADDER[LADDER.index(rung) :]:
        key = (step, institution.area_id)
        if key not in known:
            known[key] = to_people(on_rung(step, over=institution, on=on))
        if known[key]:
            return known[key]
    return [To.inbox(commitment.partnership.police_unit)]


def _promise_list(recipient: To, promises: set, *, at: datetime) -> None:
    """Add to the day's list while it waits; once it has left, to tomorrow's."""
    about, today = _holder(recipient), localdate(at)
    for day in (today, today + timedelta(days=1)):
        lists = Message.objects.about(about).filter(kind=ESCALATION_LIST)
        known = lists.filter(key__endswith=f":{day}").first()
        if known and known.state in (Message.State.SENT, Message.State.DEAD):
            continue
        if known:
            promises = promises | set(known.context.get("promises", []))
            cancel(about=about, at=at, kinds=[ESCALATION_LIST], recipient=recipient)
        schedule(
            ESCALATION_LIST,
            about=about,
            recipient=recipient,
            occurrence=day,
            due_at=next_allowed(max(at, at_local(day, AT))),
            at=at,
            context={"promises": sorted(promises)},
        )
        return


def _holder(recipient: To) -> User | Institution:
    """Return what a list is about: the person or the inbox itself, so that a day has one."""
    return (User if recipient.kind == "user" else Institution)(pk=int(recipient.id))
