"""Late police promises climb the police side, and reach each person there as one list a day."""

from datetime import datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate

from config.london import at_local
from config.outbox.actions import cancel, promised, schedule
from config.outbox.kinds import To
from config.outbox.models import Message
from config.outbox.quiet import next_allowed
from config.sweeps import each_alone
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import Institution, User
from partnerships.models import Commitment, CommitmentStep, Side

from .commitment_steps import take_step

ESCALATION_LIST = "partnerships.escalation_list"
AT = time(8)
LADDER = tuple(Commitment.Rung.values)
LISTED = (Commitment.Rung.INSPECTOR, Commitment.Rung.COMMANDER)


def escalate_commitments(*, at: datetime) -> int:
    """Move each late police promise to the rung its lateness asks for; promise the 08:00 lists.

    A step that both sides read says when and to which rung. The sergeants' mail is the reminder at
    +3; from the inspector up, what is new to a person that day is one mail. Each promise climbs in
    a transaction of its own, and joins the lists in it. Returns the number of steps. Running again
    changes nothing.
    """
    people = {}
    return sum(
        each_alone(
            Commitment.objects.to_climb(rung, on=localdate(at))
            .order_by("due_on", "pk")
            .values_list("pk", flat=True),
            partial(_escalate, rung=rung, at=at, people=people),
            sweep="partnerships.escalate_commitments",
        )
        for rung in LADDER
    )


@transaction.atomic
def _escalate(number: int, *, rung: str, at: datetime, people: dict) -> int:
    on = localdate(at)
    commitment = Commitment.objects.skipping_locked().filter(pk=number).first()
    # Asked again under the lock: what another worker committed meanwhile is seen only now.
    if (
        commitment is None
        or not Commitment.objects.to_climb(rung, on=on).filter(pk=number).exists()
    ):
        return 0
    _climb(commitment, rung, at=at)
    if rung in LISTED:
        for recipient in sorted(set(_standing_on(rung, commitment, on=on, known=people))):
            _add_to_list(recipient, commitment, at=at)
    return 1


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


def _add_to_list(recipient: To, commitment: Commitment, *, at: datetime) -> None:
    """Add to the day's list while it waits; once it has left, to tomorrow's."""
    about, today, promises = _holder(recipient), localdate(at), {commitment.pk}
    for day in (today, today + timedelta(days=1)):
        known = promised(ESCALATION_LIST, about=about, recipient=recipient, occurrence=day)
        if known and known.state in (Message.State.SENT, Message.State.DEAD):
            continue
        if known:
            promises |= set(known.context.get("promises", []))
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
    """Return what a list is about: the person or the inbox itself, so that a day has one.

    Locked until the transaction ends: of two sweeps at once, one would lose what the other adds.
    """
    holders = (User if recipient.kind == "user" else Institution).objects
    return holders.select_for_update(no_key=True).get(pk=int(recipient.id))
